import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** The parts that make up the monitor's score. */
export const ScorePanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <Panel title={say('why.score')}>
      <PlainTable
        label={say('why.score')}
        rows={plan.monitoring.indicators}
        keyOf={(indicator) => indicator.indicator}
        columns={[
          { key: 'name', head: say('why.indicator'), cell: (indicator) => tell(indicator.name) },
          {
            key: 'weight',
            head: say('why.weight'),
            numeric: true,
            cell: (indicator) => format.percent(indicator.weight, 0),
          },
          {
            key: 'points',
            head: say('why.points'),
            numeric: true,
            cell: (indicator) => format.decimal(indicator.points),
          },
          {
            key: 'part',
            head: say('why.contribution'),
            numeric: true,
            cell: (indicator) =>
              format.decimal(indicator.points === null ? null : indicator.weight * indicator.points),
          },
        ]}
      />
    </Panel>
  );
};
