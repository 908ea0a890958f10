import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { openAt, smallestGap } from '../../render/shortages.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { levelOfAll } from './heat-strip.tsx';
import { WhyLink } from './why-link.tsx';

/** A day interval by interval: calls, who is required and scheduled, who is missing, what callers get; each with its why. */
export const DayGrid = ({ plan, date }: { readonly plan: PlanDocument; readonly date: string }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const levels = levelOfAll(plan);
  const rows = plan.starts.flatMap((start, i) => (start.startsWith(date) ? [i] : []));
  const sum = (field: 'required' | 'scheduled', i: number): number =>
    plan.tiers.reduce((all, tier) => all + (tier[field][i] ?? 0), 0);
  const title = say('grid.title', { day: format.day(date) });
  return (
    <Panel title={title} note={say('grid.note')}>
      <PlainTable
        label={title}
        rows={rows}
        keyOf={(i) => String(i)}
        columns={[
          {
            key: 'at',
            head: say('calls.interval'),
            cell: (i) => <WhyLink start={plan.starts[i] ?? ''}>{(plan.starts[i] ?? '').slice(11)}</WhyLink>,
          },
          {
            key: 'calls',
            head: say('day.calls'),
            numeric: true,
            cell: (i) => format.decimal(plan.calls.mean[i]),
          },
          {
            key: 'required',
            head: say('operators.required'),
            numeric: true,
            cell: (i) => format.count(sum('required', i)),
          },
          {
            key: 'scheduled',
            head: say('operators.scheduled'),
            numeric: true,
            cell: (i) => format.decimal(sum('scheduled', i)),
          },
          {
            key: 'open',
            head: say('attention.open'),
            numeric: true,
            cell: (i) => {
              const open = openAt(plan, i);
              return open < smallestGap ? noFigure : <span className="short">{format.decimal(open)}</span>;
            },
          },
          {
            key: 'level',
            head: say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
            numeric: true,
            cell: (i) => format.percent(levels[i]),
          },
        ]}
      />
    </Panel>
  );
};
