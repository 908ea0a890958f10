import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable, type Column } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

type Row = NonNullable<PlanDocument['transfers']>[number];

/** Calls that operators hand on to an expert or a department's desk; nothing where none are. */
export const TransfersPanel = ({ plan }: { readonly plan: PlanDocument }) => {
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
