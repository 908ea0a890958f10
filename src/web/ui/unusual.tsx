import { Alert } from 'antd';
import type { Sayable } from '../../kernel/finding.ts';
import { isAssumedShape } from '../../words/planning.ts';
import { useSpeech } from '../words/words.tsx';

/** What is above everything that rests on it: an assumed shape of the day, figures that calls can hardly have. */
export const Unusual = ({ said: found = [] }: { readonly said: readonly Sayable[] | undefined }) => {
  const { say, tell } = useSpeech();
  const block = (title: string, type: 'warning' | 'error', said: readonly Sayable[]) =>
    said.length > 0 && (
      <Alert
        type={type}
        showIcon
        title={title}
        description={said.map((each) => (
          <div key={tell(each)}>{tell(each)}</div>
        ))}
      />
    );
  return (
    <>
      {block(
        say('attention.unusual'),
        'error',
        found.filter((each) => !isAssumedShape(each)),
      )}
      {block(say('attention.assumedShape'), 'warning', found.filter(isAssumedShape))}
    </>
  );
};
