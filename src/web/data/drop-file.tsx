import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useSpeech } from '../words/words.tsx';

/** A place to drop files on, or to choose them by keyboard. */
export const DropFile = ({ take }: { readonly take: (files: readonly File[]) => void }) => {
  const { say } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const takeAny = (files: readonly File[]): void => {
    if (files.length > 0) take(files);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    takeAny([...event.dataTransfer.files]);
  };
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{say('data.dropHere')}</p>
      <Button type="primary" onClick={() => input.current?.click()}>
        {say('data.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        tabIndex={-1}
        aria-label={say('data.choose')}
        accept=".csv,.tsv,.txt,.gz,.xlsx,.xls"
        onChange={(event) => {
          takeAny([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
};
