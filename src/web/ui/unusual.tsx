import { Alert } from 'antd';
import type { Sayable } from '../../kernel/finding.ts';
import { useSpeech } from '../words/words.tsx';

/** Figures that calls can hardly have: above everything that rests on them. */
export const Unusual = ({ said: found }: { readonly said: readonly Sayable[] | undefined }) => {
  const { say, tell } = useSpeech();
  if (found === undefined || found.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={say('attention.unusual')}
      description={found.map((said) => (
        <div key={tell(said)}>{tell(said)}</div>
      ))}
    />
  );
};
