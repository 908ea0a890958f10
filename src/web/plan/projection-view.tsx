import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
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
  return (
    <Panel title={say('why.score')}>
      <PlainTable
        label={say('why.score')}
        rows={plan.monitoring.indicators}
        keyOf={(indicator) => indicator.indicator}
        columns={[
          [say('why.indicator'), 'text', (indicator) => tell(indicator.name)],
          [say('why.weight'), 'share:0', (indicator) => indicator.weight],
          [say('why.points'), 'number', (indicator) => indicator.points],
          [
            say('why.contribution'),
            'number',
            (indicator) => (indicator.points === null ? null : indicator.weight * indicator.points),
          ],
        ]}
      />
    </Panel>
  );
};

type Row = NonNullable<PlanDocument['transfers']>[number];

/** Calls that operators hand on to an expert or a department's desk; nothing where none are. */
const TransfersPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  if (plan.transfers === undefined) return null;
  const columns: Column<Row>[] = [
    [say('transfers.way'), 'text', (row) => `${tell(row.fromName)} → ${tell(row.toName)}`],
    [say('transfers.share'), 'share', (row) => row.share],
    [say('transfers.first'), 'text', (row) => say(row.holding ? 'transfers.holds' : 'transfers.letsGo')],
    [say('transfers.calls'), 'number:0', (row) => row.calls],
    [say('transfers.wait'), 'number', (row) => row.averageWaitSeconds],
    [say('transfers.lost'), 'share', (row) => row.abandonedShare],
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
