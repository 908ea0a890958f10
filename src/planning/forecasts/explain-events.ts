import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { addDays, type PlainDate } from '../../kernel/time.ts';

const mostNamed = 5;
/** Days after which a fading event is as good as over: seven halvings leave under a hundredth. */
const halvings = 7;

/**
 * Says which stored events have a part in forecasts of days up to `lastDate` from a history since `firstDate`: those
 * behind teach their kind, those ahead move the days that they cover. Nothing where there are none.
 */
export const explainEvents = (
  stored: readonly EventRecord[],
  firstDate: PlainDate,
  lastDate: PlainDate,
): readonly PlanningFinding[] => {
  const over = ({ date, end, decayDays }: EventRecord): PlainDate =>
    addDays(end ?? date, Math.ceil(halvings * (decayDays ?? 0)));
  const taken = stored.filter((event) => event.date <= lastDate && over(event) >= firstDate);
  if (taken.length === 0) return [];
  const events = [...taken]
    .sort((a, b) => (a.date < b.date ? 1 : -1))
    .slice(0, mostNamed)
    .map(({ date, end, label }) => ({ date, end: end ?? date, label }));
  return [planningFinding('events-taken-in', { count: taken.length, events })];
};
