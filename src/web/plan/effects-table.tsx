import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** What operators more or fewer do to one interval, tier by tier. */
export const EffectsTable = ({
  plan,
  answer,
}: {
  readonly plan: PlanDocument;
  readonly answer: RequirementDocument;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const rows = answer.tiers.flatMap(({ tier, name, effects }) =>
    effects.map((effect) => ({ ...effect, key: `${tier} ${effect.change}`, name: tell(name) })),
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
        keyOf={(row) => row.key}
        columns={[
          { key: 'tier', head: say('require.tier'), cell: (row) => row.name },
          {
            key: 'change',
            head: say('require.change'),
            numeric: true,
            cell: (row) => format.signed(row.change),
          },
          {
            key: 'operators',
            head: say('require.operators'),
            numeric: true,
            cell: (row) => format.decimal(row.operators),
          },
          {
            key: 'connection',
            head: say('figure.connectionRate'),
            numeric: true,
            cell: (row) => format.percent(row.connectionRate),
          },
          {
            key: 'level',
            head: say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
            numeric: true,
            cell: (row) => format.percent(row.serviceLevel),
          },
          {
            key: 'occupancy',
            head: say('require.occupancy'),
            numeric: true,
            cell: (row) => format.percent(row.occupancy),
          },
          {
            key: 'more',
            head: say('require.more'),
            numeric: true,
            cell: (row) => format.signed(row.answeredMore, 1),
          },
        ]}
      />
    </>
  );
};
