import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { NotProved } from './attention.tsx';
import { HeatStrip } from './heat-strip.tsx';
import { ProofPanel } from './proof-panel.tsx';

/** What callers and the monitor will meet, and whether simulation bears it out. */
export const ProjectionView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <NotProved plan={plan} />
    <HeatStrip plan={plan} />
    <ProofPanel plan={plan} />
    <ScorePanel plan={plan} />
    <TransfersPanel plan={plan} />
  </>
);

/** The parts that make up the monitor's score. */
const ScorePanel = ({ plan }: { readonly plan: PlanDocument }) => {
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

type Row = NonNullable<PlanDocument['transfers']>[number];

/** Calls that operators hand on to an expert or a department's desk; nothing where none are. */
const TransfersPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  if (plan.transfers === undefined) return null;
  const columns: Column<Row>[] = [
    {
      key: 'way',
      head: say('transfers.way'),
      cell: (row) => `${tell(row.fromName)} → ${tell(row.toName)}`,
    },
    { key: 'share', head: say('transfers.share'), numeric: true, cell: (row) => format.percent(row.share) },
    {
      key: 'holding',
      head: say('transfers.first'),
      cell: (row) => say(row.holding ? 'transfers.holds' : 'transfers.letsGo'),
    },
    { key: 'calls', head: say('transfers.calls'), numeric: true, cell: (row) => format.count(row.calls) },
    {
      key: 'wait',
      head: say('transfers.wait'),
      numeric: true,
      cell: (row) => format.decimal(row.averageWaitSeconds),
    },
    {
      key: 'lost',
      head: say('transfers.lost'),
      numeric: true,
      cell: (row) => format.percent(row.abandonedShare),
    },
  ];
  return (
    <Panel title={say('transfers.title')} note={say('transfers.note')}>
      <PlainTable
        label={say('transfers.title')}
        rows={plan.transfers}
        keyOf={(row) => `${row.from} ${row.to}`}
        columns={columns}
      />
    </Panel>
  );
};
