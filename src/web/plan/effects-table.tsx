import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useSpeech } from '../words/words.tsx';

/** What operators more or fewer do to one interval, tier by tier. */
export const EffectsTable = ({
  plan,
  answer,
}: {
  readonly plan: PlanDocument;
  readonly answer: RequirementDocument;
}) => {
  const { say, tell, format } = useSpeech();
  const rows = answer.tiers.flatMap(({ name, effects }) =>
    effects.map((effect) => ({ ...effect, name: tell(name) })),
  );
  const title = say('require.effects', {
    at: `${format.day(answer.at.slice(0, 10))} ${answer.at.slice(11, 16)}`,
  });
  return (
    <>
      <h3>{title}</h3>
      <PlainTable
        label={title}
        rows={rows}
        columns={[
          [say('require.tier'), 'text', (row) => row.name],
          [say('require.change'), 'signed', (row) => row.change],
          [say('require.operators'), 'number', (row) => row.operators],
          [say('figure.connectionRate'), 'share', (row) => row.connectionRate],
          [
            say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
            'share',
            (row) => row.serviceLevel,
          ],
          [say('require.occupancy'), 'share', (row) => row.occupancy],
          [say('require.more'), 'signed:1', (row) => row.answeredMore],
        ]}
      />
    </>
  );
};
