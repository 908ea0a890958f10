import { isHeardAtOnce, sourceOf } from '../../contract/documents/feed-documents.ts';
import { levelOf, type Silence } from '../../intraday/watched-day.ts';
import type { QueueDemand } from '../../kernel/hotline.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { progressOf } from '../history/read-history.ts';
import type { StoredFeed } from '../ports.ts';
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

/** Chance that nobody calls in these shares of the intervals, over all that the forecast holds for possible. */
const chanceOfNone = (
  queues: readonly Pick<QueueDemand, 'freshMean' | 'ratePaths' | 'pathCount'>[],
  shares: Float64Array,
  level: number,
): number => {
  const paths = Math.max(1, ...queues.map(({ pathCount }) => pathCount));
  const within = [...shares.keys()].filter((i) => valueAt(shares, i) > 0);
  let chance = 0;
  for (let path = 0; path < paths; path += 1) {
    let due = 0;
    for (const { freshMean, ratePaths, pathCount } of queues)
      for (const i of within) {
        const rate = pathCount === 0 ? freshMean[i] : ratePaths[(path % pathCount) * shares.length + i];
        due += valueAt(shares, i) * (rate ?? 0);
      }
    chance += Math.exp(-level * due) / paths;
  }
  return chance;
};

type Stretch = { readonly from: number; readonly to: number };

/**
 * Stretches in which no call came of any queue of the feeds that follow calls one by one, the last of them until now (`to`
 * without end), and these queues.
 */
const pausesOf = (
  feeds: readonly StoredFeed[],
): { readonly queues: ReadonlySet<string>; readonly pauses: readonly Stretch[] } => {
  const own = feeds.flatMap((feed) => {
    // written by the feeds alone
    const { lastCall, pauses, callsOf } = (feed.state ?? {}) as {
      lastCall?: number;
      pauses?: readonly Stretch[];
      callsOf?: string;
    };
    const isHeard = isHeardAtOnce(feed.settings.kind) && callsOf === sourceOf(feed.settings);
    if (!isHeard || lastCall === undefined) return [];
    const open = { from: lastCall, to: Infinity };
    return [{ queues: progressOf(feed).queues, pauses: [...(pauses ?? []), open] }];
  });
  const together = (one: readonly Stretch[], other: readonly Stretch[]): Stretch[] =>
    one.flatMap(({ from, to }) =>
      other.flatMap((each) => {
        const both = { from: Math.max(from, each.from), to: Math.min(to, each.to) };
        return both.from < both.to ? [both] : [];
      }),
    );
  const [first, ...others] = own.map(({ pauses }) => pauses);
  return {
    queues: new Set(own.flatMap(({ queues }) => queues)),
    pauses: others.reduce<readonly Stretch[]>(together, first ?? []),
  };
};
