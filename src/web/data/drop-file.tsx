import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useSpeech } from '../words/words.tsx';

/** A place to drop a file on, or to choose one by keyboard. */
export const DropFile = ({ take }: { readonly take: (file: File) => void }) => {
  const { say } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) take(file);
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
        className="hidden"
        tabIndex={-1}
        aria-label={say('data.choose')}
        accept=".csv,.tsv,.txt,.gz,.xlsx,.xls"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) take(file);
          event.target.value = '';
        }}
      />
    </div>
  );
};
