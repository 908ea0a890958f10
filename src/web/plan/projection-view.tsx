import { Button } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { apiAddress } from '../api/call-api.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useFormat, noFigure } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { NotProved, ProofPanel } from './attention.tsx';
import { levelOfAll, WhyLink } from './day-table.tsx';

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

/** Prompts that the plan plays, what they bring, and the sheet for the switchboard. */
export const PromptsTable = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  const queueName = (key: string): string => {
    const queue = plan.queues.find((each) => each.queue === key);
    return queue === undefined ? key : tell(queue.name);
  };
  const gain =
    plan.withoutPrompts === null
      ? undefined
      : say('prompts.gain', {
          before: format.percent(plan.withoutPrompts.serviceLevel),
          after: format.percent(plan.total.serviceLevel.mean),
          n: format.count(plan.total.callersDiverted),
          seconds: plan.answerTimeThresholdSeconds,
        });
  return (
    <Panel
      title={say('prompts.title')}
      note={plan.prompts.length === 0 ? say('prompts.none') : gain}
      actions={
        <span className="row no-print">
          <Button href={placeHref('divert', { plan: plan.id })}>{say('prompts.try')}</Button>
          <Button href={apiAddress('switchboardSheet', { plan: plan.id }, { language })} download>
            {say('prompts.sheet')}
          </Button>
        </span>
      }
    >
      {plan.prompts.length > 0 && (
        <PlainTable
          label={say('prompts.title')}
          rows={plan.prompts}
          keyOf={(span, i) => `${span.date}${span.from}${i}`}
          columns={[
            [say('day.day'), 'text', (span) => format.day(span.date)],
            [say('prompts.time'), 'text', (span) => `${span.from}–${span.to}`],
            [say('calls.queue'), 'text', (span) => queueName(span.queue)],
            [say('prompts.prompt'), 'text', (span) => tell(span.name)],
            [say('prompts.diverted'), 'number:0', (span) => span.callersDiverted],
            [say('prompts.words'), 'text', (span) => tell(span.announcement), { wide: true }],
          ]}
        />
      )}
    </Panel>
  );
};

const steps = [0.5, 0.65, 0.8, 0.9, 0.95] as const;

/** How well an interval does, from 0 (worst) to 5. */
const heatOf = (level: number): number => steps.filter((step) => level >= step).length;

/** The projected 15-second rate, day by day and hour by hour: where the week is thin. */
const HeatStrip = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const levels = levelOfAll(plan);
  const clocks = [...new Set(plan.starts.map((start) => start.slice(11)))].sort();
  const at = new Map(plan.starts.map((start, i) => [start, levels[i] ?? null]));
  return (
    <Panel
      title={say('heat.title', { n: plan.answerTimeThresholdSeconds })}
      note={say('heat.note')}
      actions={<HeatLegend />}
    >
      <div
        className="scroll"
        tabIndex={0}
        role="group"
        aria-label={say('heat.title', { n: plan.answerTimeThresholdSeconds })}
      >
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">{say('day.day')}</th>
              {clocks.map((clock) => (
                <th key={clock} scope="col">
                  {clock.endsWith(':00') ? clock.slice(0, 2) : <span className="hidden">{clock}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.days.map((day) => (
              <tr key={day.date}>
                <th scope="row">{format.day(day.date)}</th>
                {clocks.map((clock) => {
                  const level = at.get(`${day.date}T${clock}`) ?? null;
                  return (
                    <td
                      key={clock}
                      className={level === null ? 'none' : `heat${heatOf(level)}`}
                      title={`${format.day(day.date)} ${clock} · ${format.percent(level)}`}
                    >
                      {level === null ? (
                        noFigure
                      ) : (
                        <WhyLink start={`${day.date}T${clock}`}>{Math.round(level * 100)}</WhyLink>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
};

const HeatLegend = () => {
  const format = useFormat();
  return (
    <span className="legend" aria-hidden="true">
      <span className="heat0">&lt;{format.percent(steps[0], 0)}</span>
      {steps.map((step, i) => (
        <span key={step} className={`heat${i + 1}`}>
          ≥{format.percent(step, 0)}
        </span>
      ))}
    </span>
  );
};
