import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import { isLargeChange } from '../../contract/documents/overrule-schema.ts';
import type { PlainDate } from '../../kernel/time.ts';
import type { WeekForecast } from '../forecasts/forecast-week.ts';
import type { History } from '../history/read-history.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Times of the busiest that was ever seen from which a requirement is questioned. */
const timesSeen = 10;

/** Operators below which no requirement is questioned: a quiet line may well need ten times one operator. */
const leastQuestioned = 20;

/**
 * Questions a requirement of ten times what was ever seen: busy operators at the history's busiest interval, by calls
 * and handle times. `assumedHandleSeconds` stands in where the data has no handle time.
 */
export const sayFarAboveSeen = (
  required: readonly ArrayLike<number>[],
  history: History,
  assumedHandleSeconds: (queue: string) => number,
): readonly PlanningFinding[] => {
  const busy = new Map<number, number>();
  for (const queue of history.queues) {
    const seconds = queue.intervalMinutes * 60;
    queue.startMillis.forEach((at, i) => {
      const handle = valueAt(queue.handleSecondsTotal, i);
      const own = Number.isNaN(handle)
        ? valueAt(queue.offered, i) * assumedHandleSeconds(queue.queue)
        : handle;
      if (own > 0) busy.set(at, (busy.get(at) ?? 0) + own / seconds);
    });
  }
  let seen = 0;
  for (const erlangs of busy.values()) seen = Math.max(seen, erlangs);
  let most = 0;
  for (let i = 0; i < (required[0]?.length ?? 0); i += 1)
    most = Math.max(
      most,
      required.reduce((sum, tier) => sum + valueAt(tier, i), 0),
    );
  if (most < leastQuestioned || !(most > timesSeen * seen)) return [];
  return [
    planningFinding('requirement-far-above-seen', { operators: most, busiest: seen, times: timesSeen }),
  ];
};

/**
 * Days of the week that people have changed by more than half: the forecast by hand, or an event whose effect was
 * stated and not learnt. A slip of the keys (+200 for +20) stands at the plan's top with what it does.
 */
export const sayChangedByHalf = (
  { original, overruled, dayOffset, events }: WeekForecast,
  dates: readonly PlainDate[],
): readonly PlanningFinding[] => {
  const callsOf = (forecasts: WeekForecast['original'], day: number): number =>
    [...forecasts.values()].reduce(
      (sum, { dayQuantiles }) => sum + (dayQuantiles.mean[dayOffset + day] ?? 0),
      0,
    );
  return dates.flatMap((date, day) => {
    const [before, after] = [callsOf(original, day), callsOf(overruled, day)];
    const stated = events.filter(
      (event) =>
        event.date <= date && date <= (event.end ?? event.date) && isLargeChange(event.expectedEffect ?? 0),
    );
    return [
      ...(before > 0 && isLargeChange(after / before - 1)
        ? [planningFinding('day-changed-by-hand', { date, before, after })]
        : []),
      ...stated.map(({ label, expectedEffect = 0 }) =>
        planningFinding('event-changes-day', { date, event: label, effect: expectedEffect }),
      ),
    ];
  });
};
