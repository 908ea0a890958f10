import { Input } from 'antd';
import { useSpeech } from '../words/words.tsx';

/** Why a roster changes: kept with the change. */
export const ReasonField = ({
  value,
  change,
}: {
  readonly value: string;
  readonly change: (value: string) => void;
}) => {
  const { say } = useSpeech();
  return (
    <Input
      aria-label={say('roster.reason')}
      placeholder={say('roster.reason')}
      value={value}
      maxLength={200}
      style={{ maxWidth: 320 }}
      onChange={(event) => change(event.target.value)}
    />
  );
};
