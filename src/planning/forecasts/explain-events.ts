import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { addDays, type PlainDate } from '../../kernel/time.ts';

const mostNamed = 5;
/** Days after which a fading event is as good as over: seven halvings leave under a hundredth. */
const halvings = 7;

/** The last day on which an event moves calls. */
const over = ({ date, end, decayDays }: EventRecord): PlainDate =>
  addDays(end ?? date, Math.ceil(halvings * (decayDays ?? 0)));

/** Names of the events that move calls of a day: of those on that day, and of those behind that still fade. */
export const eventsOn = (
  events: readonly EventRecord[],
  date: PlainDate,
): { readonly events: string[]; readonly fading: string[] } => {
  const felt = events.filter((event) => event.date <= date && over(event) >= date);
  const [on, behind] = [true, false].map((isOn) =>
    felt.filter((event) => (event.end ?? event.date) >= date === isOn),
  );
  return { events: (on ?? []).map(({ label }) => label), fading: (behind ?? []).map(({ label }) => label) };
};

/**
 * Says which stored events have a part in forecasts of days up to `lastDate` from a history since `firstDate`: those
 * behind teach their kind, those ahead move the days that they cover. Nothing where there are none.
 */
export const explainEvents = (
  stored: readonly EventRecord[],
  firstDate: PlainDate,
  lastDate: PlainDate,
): readonly PlanningFinding[] => {
  const taken = stored.filter((event) => event.date <= lastDate && over(event) >= firstDate);
  if (taken.length === 0) return [];
  const events = [...taken]
    .sort((a, b) => (a.date < b.date ? 1 : -1))
    .slice(0, mostNamed)
    .map(({ date, end, label }) => ({ date, end: end ?? date, label }));
  return [planningFinding('events-taken-in', { count: taken.length, events })];
};
