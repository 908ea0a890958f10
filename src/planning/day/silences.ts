import { chanceOfNone, levelOf, type Silence } from '../../intraday/watched-day.ts';
import type { QueueDemand } from '../../kernel/hotline.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { pausesOf } from '../history/read-history.ts';
import type { AskedDay, DayPorts } from './day-picture.ts';

/** How unlikely it must be that none came of all who were due. */
const leastLuck = 1e-6;

/** How long none must have come, and how much later than they came calls are heard of. */
const [leastMillis, lagMillis] = [180_000, 60_000];

/** What share of the calls due are of queues that are silent, where others are not, for the line to be called silent. */
const mostOfLine = 0.8;

/** Share of an interval that lies in a stretch. */
const shareWithin = (
  { from, to }: Pick<Silence, 'from' | 'to'>,
  startMillis: number,
  stepMillis: number,
): number => Math.max(0, Math.min(to, startMillis + stepMillis) - Math.max(from, startMillis)) / stepMillis;

/** Of each interval of a day the share that lies in a stretch. */
export const sharesWithin = ({ day }: AskedDay, stretch: Pick<Silence, 'from' | 'to'>): Float64Array => {
  const { startMillis, count, intervalMinutes } = day.horizon;
  const stepMillis = intervalMinutes * 60_000;
  return Float64Array.from({ length: count }, (_, i) =>
    shareWithin(stretch, startMillis + i * stepMillis, stepMillis),
  );
};

/**
 * Stretches of a day in which no call came of any queue that feeds follow event by event, though by the plan, as far as the day
 * has brought what was planned, one would have come but for a chance in a million: the switchboard or its feed was down. A
 * small line waits longer. While a feed reads what is old, what came last is not known yet (`isMoving`). Intervals of which
 * calls were brought in another way are known; where other queues are called, those that are silent must be most of the line.
 */
export const silencesOf = async (
  { store, nowMillis }: DayPorts,
  asked: AskedDay,
  isMoving: boolean,
): Promise<readonly Silence[]> => {
  const { day, operation, asOfMillis } = asked;
  const { startMillis, intervalMinutes } = day.horizon;
  const stepMillis = intervalMinutes * 60_000;
  const until = Math.min(asOfMillis, nowMillis);
  const { queues: heard, pauses } = pausesOf(await store.feeds.all());
  const due = operation.demand.queues.filter(({ queue }) => heard.has(queue));
  /** When the line opens, if it is closed at an instant. */
  const openSince = (at: number): number => {
    let i = Math.floor((at - startMillis) / stepMillis);
    const isClosed = () =>
      i < day.horizon.count && due.every(({ freshMean }) => !(valueAt(freshMean, i) > 0));
    if (!isClosed()) return at;
    while (isClosed()) i += 1;
    return startMillis + i * stepMillis;
  };
  const found = pauses
    .map(({ from, to }) => {
      const starts = openSince(Math.max(from, startMillis));
      const since = starts === startMillis ? Math.min(from, starts) : starts;
      return { from: starts, to: Math.min(to, until), isOpen: to > until, since, queues: heard };
    })
    .filter(({ from, to, isOpen }) => from < to && !(isOpen && isMoving));
  if (found.length === 0) return [];
  const rows = await Promise.all(
    (await store.trafficSummary()).map(({ queue }) =>
      store.traffic(queue, { fromMillis: startMillis, toMillis: until }),
    ),
  );
  const calls = rows.flatMap(({ queue, startMillis: starts, offered }) =>
    Array.from(starts, (start, i) => ({ start, isHeard: heard.has(queue), n: valueAt(offered, i) || 0 })),
  );
  const level = (before: number): number => {
    const whole = sharesWithin(asked, { from: startMillis, to: before });
    const came = calls.reduce((sum, { start, isHeard, n }) => sum + (isHeard && start < before ? n : 0), 0);
    return levelOf(came, sumDue(due, whole));
  };
  return found.flatMap((stretch) => {
    const { from, to } = stretch;
    const shares = sharesWithin(asked, stretch);
    const within = calls.filter(({ start, n }) => n > 0 && start >= from && start < to);
    const isPart =
      within.some(({ isHeard }) => !isHeard) &&
      sumDue(due, shares) < mostOfLine * sumDue(operation.demand.queues, shares);
    if (isPart || chanceOfNone(due, shares, level(from)) >= leastLuck) return [];
    // the call at its very beginning is of the interval that begins there
    const known = within.filter(({ start, isHeard }) => isHeard && start > from && start + stepMillis <= to);
    const starts = [...new Set(known.map(({ start }) => start))].sort((a, b) => a - b);
    const ends = starts.map((start) => start + stepMillis);
    return [from, ...ends]
      .map((begins, k) => ({
        ...stretch,
        from: begins,
        to: starts[k] ?? to,
        isOpen: stretch.isOpen && k === starts.length,
        since: k === 0 ? stretch.since : begins,
      }))
      .filter((part) => part.to - part.from >= leastMillis + (part.isOpen ? lagMillis : 0));
  });
};

const sumDue = (queues: readonly QueueDemand[], shares: Float64Array): number =>
  queues.reduce(
    (sum, { freshMean }) => sum + shares.reduce((all, share, i) => all + share * valueAt(freshMean, i), 0),
    0,
  );
