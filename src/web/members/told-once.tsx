import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../words/words.tsx';

/** A secret that is shown this once: until it is closed, or the page is left. */
export const ToldOnce = ({
  title,
  secret,
  note,
  close,
}: {
  readonly title: string;
  readonly secret: string;
  readonly note?: ReactNode;
  readonly close: () => void;
}) => {
  const { say } = useSpeech();
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={title}
      description={
        <>
          <p>
            <code className="secret">{secret}</code>
          </p>
          {note !== undefined && <p>{note}</p>}
        </>
      }
      action={
        <Button size="small" onClick={close}>
          {say('members.yes')}
        </Button>
      }
    />
  );
};
