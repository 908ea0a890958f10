import type { ReactNode } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { placeWith } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** Share answered within the threshold of all queues together, per interval; null without calls. */
export const levelOfAll = (plan: Pick<PlanDocument, 'queues' | 'starts' | 'calls'>): (number | null)[] =>
  plan.starts.map((_, i) => {
    // Where no calls are expected, the few that dial again after closing make no rate.
    if ((plan.calls.mean[i] ?? 0) < 0.05) return null;
    let met = 0;
    let offered = 0;
    for (const queue of plan.queues) {
      const level = queue.serviceLevel[i];
      if (level === null || level === undefined) continue;
      met += level * (queue.offered[i] ?? 0);
      offered += queue.offered[i] ?? 0;
    }
    return offered > 0 ? met / offered : null;
  });

const steps = [0.5, 0.65, 0.8, 0.9, 0.95] as const;

/** How well an interval does, from 0 (worst) to 5. */
const heatOf = (level: number): number => steps.filter((step) => level >= step).length;

/** The projected 15-second rate, day by day and hour by hour: where the week is thin. */
export const HeatStrip = ({ plan }: { readonly plan: PlanDocument }) => {
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

/** A figure of an interval that can be asked why: opens how it comes about. */
export const WhyLink = ({ start, children }: { readonly start: string; readonly children: ReactNode }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <a className="why" href={placeWith({ at: start })} title={say('chain.ask', { at: format.moment(start) })}>
      {children}
    </a>
  );
};
