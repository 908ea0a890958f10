import { hoursLevels } from '../../contract/documents/hours-document.ts';
import { hoursAt, stepsOf, type NamedChain } from '../../render/hours-table.ts';
import { hoursChainWords, hoursStepWords } from '../../words/plan-life.ts';
import { useSpeech } from '../words/words.tsx';
import { Panel } from './panel.tsx';
import { type Column, PlainTable } from './plain-table.tsx';
import { noFigure, useFormat } from './use-format.ts';

/** From required to paid or rostered hours, each step by name, a column per week; nothing where none is reported. */
export const HoursChain = ({
  chains,
  note,
}: {
  readonly chains: readonly NamedChain[];
  readonly note: 'planNote' | 'rosterNote';
}) => {
  const { tell } = useSpeech();
  const format = useFormat();
  const steps = stepsOf(chains);
  if (steps.length === 0) return null;
  const title = tell(hoursChainWords.title);
  return (
    <Panel title={title} note={tell(hoursChainWords[note])}>
      <PlainTable
        label={title}
        snug
        rows={steps}
        keyOf={(step) => step}
        columns={[
          [
            tell(hoursChainWords.step),
            'text',
            (step) =>
              hoursLevels.includes(step) ? (
                <strong>{tell(hoursStepWords[step])}</strong>
              ) : (
                tell(hoursStepWords[step])
              ),
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
