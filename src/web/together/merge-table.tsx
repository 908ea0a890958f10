import { Select } from 'antd';
import { messages } from '../../words/messages.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-together'));

/** A place that somebody else changed. */
export interface TheirChange {
  readonly key: string;
  readonly where: string;
  readonly was: string;
  readonly theirs: string;
  /** What the reader made of the same place; left out: they did not touch it. */
  readonly mine?: string;
}

/** Whose change stands, by the place's key; what nobody has chosen yet is left out. */
export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>;

/** Whether every place that both changed has been decided on. */
export const allChosen = (changes: readonly TheirChange[], choices: Choices): boolean =>
  changes.every(({ key, mine }) => mine === undefined || choices.has(key));

/** What others changed, place by place; where the reader changed the same place, they choose. */
export const MergeTable = ({
  changes,
  choices,
  choose,
}: {
  readonly changes: readonly TheirChange[];
  readonly choices: Choices;
  readonly choose: (choices: Choices) => void;
}) => {
  const { say } = useSpeech();
  const collide = changes.filter(({ mine }) => mine !== undefined).length;
  return (
    <>
      <p>{collide === 0 ? say('together.apart') : say('together.collide', { n: collide })}</p>
      <PlainTable
        label={say('together.changes')}
        rows={changes}
        keyOf={({ key }) => key}
        columns={[
          [say('together.where'), 'text', ({ where }) => where, { wide: true }],
          [say('together.was'), 'text', ({ was }) => was],
          [say('together.theirs'), 'text', ({ theirs }) => theirs],
          [say('together.mine'), 'text', ({ mine }) => mine ?? say('together.untouched')],
          [
            say('together.keep'),
            'text',
            ({ key, where, mine }) =>
              mine === undefined ? (
                say('together.theirs')
              ) : (
                <Select
                  aria-label={`${say('together.keep')} ${where}`}
                  style={{ minWidth: 96 }}
                  status={choices.has(key) ? '' : 'warning'}
                  value={choices.get(key) ?? null}
                  options={(['mine', 'theirs'] as const).map((side) => ({
                    value: side,
                    label: say(`together.${side}`),
                  }))}
                  onChange={(side) => side !== null && choose(new Map(choices).set(key, side))}
                />
              ),
          ],
        ]}
      />
    </>
  );
};
