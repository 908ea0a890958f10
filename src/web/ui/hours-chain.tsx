import { hoursLevels } from '../../contract/documents/hours-document.ts';
import { hoursAt, stepsOf, type NamedChain } from '../../render/hours-table.ts';
import { messages } from '../../words/messages.ts';
import { useSpeech } from '../words/words.tsx';
import { Panel } from './panel.tsx';
import { type Column, PlainTable } from './plain-table.tsx';
import { noFigure } from '../../words/figures.ts';

const chainWords = messages('hours-chain');
const stepWords = messages('hours-step');

/** From required to paid or rostered hours, each step by name, a column per week; nothing where none is reported. */
export const HoursChain = ({
  chains,
  note,
}: {
  readonly chains: readonly NamedChain[];
  readonly note: 'planNote' | 'rosterNote';
}) => {
  const { tell, format } = useSpeech();
  const steps = stepsOf(chains);
  if (steps.length === 0) return null;
  const title = tell(chainWords.title);
  return (
    <Panel title={title} note={tell(chainWords[note])}>
      <PlainTable
        snug
        rows={steps}
        columns={[
          [
            tell(chainWords.step),
            'text',
            (step) =>
              hoursLevels.includes(step) ? <strong>{tell(stepWords[step])}</strong> : tell(stepWords[step]),
          ],
          ...chains.map((chain): Column<(typeof steps)[number]> => [
            chain.name,
            'number',
            (step) => {
              const hours = hoursAt(chain, step);
              if (hours === null) return noFigure;
              return hoursLevels.includes(step) ? (
                <strong>{format.count(hours)}</strong>
              ) : (
                format.signed(hours)
              );
            },
          ]),
        ]}
      />
    </Panel>
  );
};
