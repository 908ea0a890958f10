import { chanceOfNone, levelOf, type Silence } from '../../intraday/watched-day.ts';
import type { QueueDemand } from '../../kernel/hotline.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { pausesOf } from '../history/read-history.ts';
import type { AskedDay, DayPorts } from './day-picture.ts';

/** How unlikely it must be that none came of all who were due. */
const leastLuck = 1e-6;

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
 * small line waits longer. While a feed reads what is old, what came last is not known yet (`isMoving`).
 */
export const silencesOf = async (
  { store, nowMillis }: DayPorts,
  asked: AskedDay,
  isMoving: boolean,
): Promise<readonly Silence[]> => {
  const { day, operation, asOfMillis } = asked;
  const { startMillis } = day.horizon;
  const until = Math.min(asOfMillis, nowMillis);
  const { queues: heard, pauses } = pausesOf(await store.feeds.all());
  const found = pauses
    .map(({ from, to }) => ({
      from: Math.max(from, startMillis),
      to: Math.min(to, until),
      isOpen: to > until,
    }))
    .filter(({ from, to, isOpen }) => from < to && !(isOpen && isMoving));
  if (found.length === 0) return [];
  const rows = await Promise.all(
    (await store.trafficSummary()).map(({ queue }) =>
      store.traffic(queue, { fromMillis: startMillis, toMillis: until }),
    ),
  );
  const due = operation.demand.queues.filter(({ queue }) => heard.has(queue));
  const level = (before: number): number => {
    const whole = sharesWithin(asked, { from: startMillis, to: before });
    const came = rows
      .filter(({ queue }) => heard.has(queue))
      .reduce(
        (sum, own) =>
          sum +
          own.offered.reduce((all, n, i) => all + (valueAt(own.startMillis, i) < before ? n || 0 : 0), 0),
        0,
      );
    return levelOf(came, sumDue(due, whole));
  };
  return found.filter((stretch) => {
    const isHeardOtherwise = rows.some(
      ({ queue, startMillis: starts, offered }) =>
        !heard.has(queue) && starts.some((start, i) => start >= stretch.from && valueAt(offered, i) > 0),
    );
    return (
      !isHeardOtherwise && chanceOfNone(due, sharesWithin(asked, stretch), level(stretch.from)) < leastLuck
    );
  });
};

const sumDue = (queues: readonly QueueDemand[], shares: Float64Array): number =>
  queues.reduce(
    (sum, { freshMean }) => sum + shares.reduce((all, share, i) => all + share * valueAt(freshMean, i), 0),
    0,
  );
