import { Alert, Button } from 'antd';
import { useState } from 'react';
import { isLargeChange } from '../../contract/documents/overrule-schema.ts';
import { useSpeech } from '../words/words.tsx';

/**
 * Asks back before a day's calls are changed by more than half: `ask` does what is to be done where the share is small,
 * and else shows what was typed with a button that does it.
 */
export const useLargeChange = () => {
  const { say, format } = useSpeech();
  const [held, setHeld] = useState<{ readonly share: number; readonly go: () => void }>();
  const ask = (share: number, go: () => void): void => {
    if (isLargeChange(share)) return setHeld({ share, go });
    setHeld(undefined);
    return go();
  };
  const question =
    held === undefined ? null : (
      <Alert
        className="wide"
        type="warning"
        role="alert"
        showIcon
        title={say('large.title', {
          share: `${format.points(held.share, 0)}%`,
          factor: format.decimal(1 + held.share, 2),
        })}
        action={
          <span className="row">
            <Button size="small" onClick={() => setHeld(undefined)}>
              {say('large.no')}
            </Button>
            <Button
              size="small"
              danger
              onClick={() => {
                setHeld(undefined);
                held.go();
              }}
            >
              {say('large.yes')}
            </Button>
          </span>
        }
      />
    );
  return { ask, question };
};
