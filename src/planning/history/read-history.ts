import { freshDemand } from '../../forecast/behaviour/behaviour.ts';
import { regularisedGamma } from '../../kernel/distributions.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Finding, Sayable } from '../../kernel/finding.ts';
import { type DayGrid, gridOf, layOutDays } from '../../kernel/interval-series.ts';
import { doubtFinding } from '../../kernel/kernel-findings.ts';
import { ofMeasures, trafficFields, type TrafficMeasure } from '../../kernel/records.ts';
import { compareText } from '../../kernel/text.ts';
import { addDays, dayMillis, dayNumber, localClock, type PlainDate, startOfDay } from '../../kernel/time.ts';
import { clockText, intervalStart } from '../../kernel/time-window.ts';
import { judgeQueues, type TrafficDoubt, withoutDoubted } from '../../kernel/traffic-doubts.ts';
import { placeAmong, sumOf } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import type { DayCounts } from '../../monitoring/rates.ts';
import {
  type CallsCountedTwice,
  type HandleTimesDiffer,
  planningFinding,
  planningProblem,
} from '../planning-findings.ts';
import type {
  AcceptedUnusual,
  HandleTimeSpan,
  Models,
  Ports,
  Span,
  Store,
  StoredFeed,
  TrafficColumns,
} from '../ports.ts';

/** Traffic of the queues up to an instant, at the planning step. */
export interface History {
  readonly queues: readonly TrafficColumns[];
  readonly firstDate: PlainDate;
  readonly lastDate: PlainDate;
  readonly days: number;
  /** Figures that calls cannot have, as stored: intervals that have one count as gaps in that figure. */
  readonly doubts: readonly TrafficDoubt[];
}

/**
 * The same store for the length of one answer: traffic is counted once, and what lies within a span that was read of a
 * queue is taken from it.
 */
export const readTrafficOnce = (store: Store): Store => {
  const read = new Map<string, { readonly span: Span; readonly columns: Promise<TrafficColumns> }>();
  let summary: ReturnType<Store['trafficSummary']> | undefined;
  return {
    ...store,
    trafficSummary: () => (summary ??= store.trafficSummary()),
    traffic: async (queue, asked) => {
      const span = asked ?? { fromMillis: -Infinity, toMillis: Infinity };
      const known = read.get(queue);
      if (
        known !== undefined &&
        known.span.fromMillis <= span.fromMillis &&
        span.toMillis <= known.span.toMillis
      )
        return sliceTraffic(await known.columns, span);
      const columns = store.traffic(queue, asked);
      read.set(queue, { span, columns });
      return columns;
    },
  };
};

const sliceTraffic = (columns: TrafficColumns, { fromMillis, toMillis }: Span): TrafficColumns => {
  const { queue, startMillis: starts } = columns;
  const from = placeAmong(starts, fromMillis);
  const startMillis = starts.slice(from, placeAmong(starts, toMillis));
  const own = ofMeasures((name) => columns[name].slice(from, from + startMillis.length));
  return {
    queue,
    intervalMinutes: startMillis.length > 0 ? columns.intervalMinutes : 0,
    startMillis,
    ...own,
    ...(columns.inPart === undefined ? {} : { inPart: columns.inPart }),
  };
};

/** Traffic without the intervals that are known in part, but for one: as if nothing were known of them. */
export const withoutParts = (columns: TrafficColumns, but?: number): TrafficColumns => {
  const { inPart, startMillis, ...others } = columns;
  const parts = new Set(inPart);
  if (but !== undefined) parts.delete(but);
  if (parts.size === 0) return columns;
  const isWhole = (_: number, i: number): boolean => !parts.has(valueAt(startMillis, i));
  return {
    ...others,
    ...ofMeasures((name) => columns[name].filter(isWhole)),
    startMillis: startMillis.filter(isWhole),
  };
};

/**
 * Reads every queue's traffic of a span and brings it to the step that is planned at. Intervals that are known in part are
 * gaps, but for the one that begins at `but`.
 */
export const readHistory = async (
  store: Store,
  zone: string,
  intervalMinutes: number,
  span: Span,
  but?: number,
): Promise<History> => {
  const summary = await store.trafficSummary();
  const stored: TrafficColumns[] = [];
  for (const { queue } of summary) {
    const columns = withoutParts(await store.traffic(queue, span), but);
    if (columns.startMillis.length > 0) stored.push(columns);
  }
  const doubts = judgeQueues(stored.map((traffic) => () => traffic));
  const queues = stored.map((columns, i) =>
    toStep(withoutDoubted(columns, doubts[i] ?? []), intervalMinutes, zone),
  );
  if (queues.length === 0)
    throw new BadInputError([
      span.fromMillis === -8.64e15 && span.toMillis < 8.64e15
        ? planningProblem('traffic', 'no-traffic-before', '', { date: localClock(zone)(span.toMillis).date })
        : emptySpan,
    ]);
  const first = Math.min(...queues.map((queue) => queue.startMillis[0] ?? Infinity));
  const last = Math.max(...queues.map((queue) => queue.startMillis.at(-1) ?? -Infinity));
  const clock = localClock(zone);
  const firstDate = clock(first).date;
  const lastDate = clock(last).date;
  const days = Math.round((startOfDay(lastDate, zone) - startOfDay(firstDate, zone)) / dayMillis) + 1;
  return { queues, firstDate, lastDate, days, doubts: doubts.flat() };
};

const emptySpan = planningProblem('traffic', 'no-traffic-in-span', '');

/**
 * Sums a queue's intervals to a longer step of the local clock. A longer interval of which any part is absent is a
 * gap, not a smaller count. A step that the data's own does not divide is an error.
 */
const toStep = (columns: TrafficColumns, intervalMinutes: number, zone: string): TrafficColumns => {
  if (columns.intervalMinutes === intervalMinutes) return columns;
  if (intervalMinutes % columns.intervalMinutes !== 0)
    throw new BadInputError([wrongStep(columns, intervalMinutes)]);
  const parts = intervalMinutes / columns.intervalMinutes;
  const clock = localClock(zone);
  const starts: number[] = [];
  const groups: number[] = [];
  columns.startMillis.forEach((at) => {
    const start = at - (clock(at).minute % intervalMinutes) * 60_000;
    if (starts.at(-1) !== start) starts.push(start);
    groups.push(starts.length - 1);
  });
  const sum = (values: Float64Array): Float64Array => {
    const out = new Float64Array(starts.length);
    const found = new Float64Array(starts.length);
    groups.forEach((group, i) => {
      addAt(out, group, valueAt(values, i));
      addAt(found, group, 1);
    });
    return out.map((value, group) => (found[group] === parts ? value : Number.NaN));
  };
  const mean = (values: Float64Array): Float64Array => meanByGroup(values, groups, starts.length);
  return {
    queue: columns.queue,
    intervalMinutes,
    startMillis: Float64Array.from(starts),
    ...ofMeasures((name) => ('state' in trafficFields[name] ? mean : sum)(columns[name])),
  };
};

const meanByGroup = (values: Float64Array, groups: readonly number[], count: number): Float64Array => {
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  groups.forEach((group, i) => {
    addAt(sums, group, valueAt(values, i));
    addAt(sizes, group, 1);
  });
  return sums.map((sum, i) => sum / valueAt(sizes, i));
};

const wrongStep = (columns: TrafficColumns, intervalMinutes: number) =>
  planningProblem('models/hotline.json intervalMinutes', 'step-does-not-fit', intervalMinutes, {
    queue: columns.queue,
    stepMinutes: columns.intervalMinutes,
    intervalMinutes,
  });

/** Layouts of intervals that were read: a queue's fields lie on the same ones. */
const layouts = new WeakMap<Float64Array, { readonly key: string; readonly layout: DayLayout }>();

type DayLayout = NonNullable<ReturnType<typeof layOutDays>>;

/** One field of a queue's traffic as days × slots of the local wall clock. */
export const fieldGrid = (columns: TrafficColumns, field: TrafficMeasure, zone: string): DayGrid => {
  const layout = layoutOf(columns, zone);
  if (layout === undefined) throw new BadInputError([emptySpan]);
  return gridOf(layout, columns[field]);
};

/** Undefined where there are no intervals. */
const layoutOf = (
  { startMillis, intervalMinutes }: Pick<TrafficColumns, 'startMillis' | 'intervalMinutes'>,
  zone: string,
): DayLayout | undefined => {
  const key = `${intervalMinutes} ${zone}`;
  const known = layouts.get(startMillis);
  const layout = known?.key === key ? known.layout : layOutDays(startMillis, zone, intervalMinutes);
  if (layout !== undefined) layouts.set(startMillis, { key, layout });
  return layout;
};

/** First-time calls of every queue of a history as days × slots, and what was assumed to find them. */
export const freshGrids = (
  history: History,
  { zone, assumedRepeats }: Pick<Models['hotline'], 'zone' | 'assumedRepeats'>,
): { readonly grids: ReadonlyMap<string, DayGrid>; readonly assumptions: readonly Sayable[] } => {
  const assumptions: Sayable[] = [];
  const grids = new Map<string, DayGrid>();
  for (const columns of history.queues) {
    const field = (name: 'offered' | 'answered' | 'redials') => fieldGrid(columns, name, zone);
    const { fresh, reasons } = freshDemand(
      field('offered'),
      field('answered'),
      field('redials'),
      assumedRepeats.afterAbandon,
    );
    assumptions.push(...reasons);
    grids.set(columns.queue, fresh);
  }
  return { grids, assumptions };
};

/**
 * Says that handle times of these queues are counted by more than one convention up to where they end, with the first and
 * the last day of each; nothing where there is one.
 */
export const handleTimesDiffer = (
  spans: readonly HandleTimeSpan[],
  queues: readonly { readonly queue: string; readonly toMillis: number }[],
  zone: string,
): readonly Finding<'handle-times-differ', HandleTimesDiffer>[] => {
  const ends = new Map(queues.map(({ queue, toMillis }) => [queue, toMillis]));
  const own = spans.filter(({ queue, fromMillis }) => fromMillis < (ends.get(queue) ?? -Infinity));
  const byConvention = Map.groupBy(own, ({ convention }) => convention);
  if (byConvention.size < 2) return [];
  const dateOf = (at: number): PlainDate => localClock(zone)(at).date;
  const conventions = [...byConvention].map(([convention, some]) => ({
    convention,
    from: dateOf(Math.min(...some.map(({ fromMillis }) => fromMillis))),
    to: dateOf(Math.max(...some.map(({ toMillis }) => toMillis)) - 1),
  }));
  conventions.sort((a, b) => compareText(a.from, b.from));
  return [planningFinding('handle-times-differ', { conventions })];
};

/**
 * What is at the top of every answer that rests on an assumed shape of the day, or on figures which calls can hardly have: those that the user has
 * confirmed, and those that are in the stored traffic whether confirmed or not.
 */
export const reportUnusual = (
  { doubts, queues }: Pick<History, 'doubts' | 'queues'>,
  accepted: readonly AcceptedUnusual[],
  handleTimes: readonly HandleTimeSpan[],
  zone: string,
): readonly Finding[] => {
  const confirmations = accepted.flatMap(({ file, at, said }) =>
    said.map((doubt) => ({ doubt, confirmed: { file, date: at.slice(0, 10) } })),
  );
  const stored = doubts.map((each) => ({ doubt: doubtFinding(each), use: useOf(each.slips) }));
  const read = queues.map(({ queue, startMillis, intervalMinutes }) => ({
    queue,
    toMillis: (startMillis.at(-1) ?? -Infinity) + intervalMinutes * 60_000,
  }));
  return [
    ...handleTimesDiffer(handleTimes, read, zone),
    ...stored.map(({ doubt, use }) => {
      const confirmed = confirmations.find((each) => isSame(each.doubt, doubt))?.confirmed ?? null;
      return planningFinding('doubtful-figures', { doubt, use, confirmed });
    }),
    ...confirmations
      .filter(({ doubt }) => !stored.some((each) => isSame(each.doubt, doubt)))
      .map(({ doubt, confirmed }) =>
        isSpread(doubt)
          ? planningFinding('shape-assumed', { spread: doubt, confirmed })
          : planningFinding('doubtful-figures', { doubt, use: null, confirmed }),
      ),
  ];
};

/**
 * Queues whose days have the calls of another queue's, or of all others' together: the same calls stored twice. Two lines
 * with as many calls still differ by their luck from day to day: the root mean square of (q − f·r)/√(q + f²·r) is about 1
 * for two Poisson counts, far less for one count kept twice. A tenth of the days may differ: exports end amid a day. Of
 * `different` a planner has said that they are not the same.
 */
export const countedTwice = (
  all: readonly CountedCalls[],
  zone: string,
  different: readonly (readonly string[])[] = [],
): readonly Finding<'calls-counted-twice', CallsCountedTwice>[] => {
  const queues = all.filter(({ startMillis }) => startMillis.length > 0);
  if (queues.length < 2) return [];
  const { dates, calls } = callsByDay(queues, zone);
  // days on which every queue has calls
  const sum = Float64Array.from(dates, (_, day) =>
    calls.every((own) => valueAt(own, day) > 0) ? calls.reduce((sum, own) => sum + valueAt(own, day), 0) : 0,
  );
  const keys = queues.map(({ queue }) => queue);
  const known = new Set<string>();
  const isDifferent = (some: readonly string[]): boolean =>
    different.some((own) => own.length === some.length && some.every((each) => own.includes(each)));
  const found = [];
  for (const [i, ofQueue] of calls.entries()) {
    const queue = keys[i] ?? '';
    const pairs = calls.slice(i + 1).map((other, j) => ({ others: [keys[i + 1 + j] ?? ''], other }));
    const rest = sum.map((each, day) => Math.max(0, each - valueAt(ofQueue, day)));
    const sums = calls.length > 2 ? [{ others: keys.toSpliced(i, 1), other: rest }] : [];
    for (const { others, other } of [...pairs, ...sums]) {
      const alike = [queue, ...others];
      if (alike.some((each) => known.has(each)) || isDifferent(alike)) continue;
      const same = sameCalls(ofQueue, other, dates);
      if (same === undefined) continue;
      // of two that are alike either may go; of a sum and its parts the sum
      for (const each of others.length === 1 ? others : [queue]) known.add(each);
      found.push(planningFinding('calls-counted-twice', { keys: alike, queue, others, ...same }));
    }
  }
  return found;
};

type CountedCalls = Pick<TrafficColumns, 'queue' | 'startMillis' | 'intervalMinutes' | 'offered'>;

/** Calls of each queue on each local day, in order; 0 where it has none. */
const callsByDay = (
  queues: readonly CountedCalls[],
  zone: string,
): { readonly dates: readonly PlainDate[]; readonly calls: readonly Float64Array[] } => {
  const laid = queues.flatMap((queue) => {
    const layout = layoutOf(queue, zone);
    return layout === undefined
      ? []
      : [{ ...layout, offered: queue.offered, from: dayNumber(layout.firstDate) }];
  });
  const first = Math.min(...laid.map(({ from }) => from));
  const days = Math.max(0, ...laid.map(({ from, dayCount }) => from + dayCount - first));
  const calls = laid.map(({ from, places, slotsPerDay, offered }) => {
    const sums = new Float64Array(days);
    for (const [i, place] of places.entries())
      if (valueAt(offered, i) > 0)
        addAt(sums, from - first + Math.floor(place / slotsPerDay), valueAt(offered, i));
    return sums;
  });
  const firstDate = laid.find(({ from }) => from === first)?.firstDate;
  const dates = Array.from(calls[0] ?? [], (_, day) => addDays(firstDate ?? '', day));
  return { dates, calls };
};

/** Days in common, calls a day and share of them from which, and likeness up to which, calls are the same. */
const twice = { days: 7, calls: 5, share: 0.03, rms: 0.35, luck: 1e-9, kept: 0.9 } as const;

/** Parts of the shares that a median may have, a little beyond those that count, in which it is looked for. */
const parts = { beyond: 1.1 * twice.share, count: 64 } as const;

/**
 * Whether the calls may be the same: a bound without a sort, since nearly all pairs are not. The median of q/r is found to a
 * part; with none of its values may more days be apart by half a unit than the mean square leaves room for.
 */
const mayBeSame = (calls: Float64Array, others: Float64Array): boolean => {
  const { beyond, count } = parts;
  const step = (2 * beyond) / count;
  const found = new Int32Array(count + 2);
  let days = 0;
  for (let day = 0; day < calls.length; day += 1) {
    const q = calls[day] ?? 0;
    const r = others[day] ?? 0;
    if (!(q > 0 && r > 0)) continue;
    days += 1;
    const at = Math.min(count + 1, Math.max(0, 1 + Math.floor((q / r - 1 + beyond) / step)));
    found[at] = (found[at] ?? 0) + 1;
  }
  let [part, before] = [0, valueAt(found, 0)];
  while (before <= days >> 1 && part <= count) before += valueAt(found, (part += 1));
  if (part === 0 || part > count) return false;
  const low = 1 - beyond + (part - 2) * step;
  const kept = Math.ceil(twice.kept * days);
  let far = kept - days;
  for (let day = 0; day < calls.length; day += 1) {
    const q = calls[day] ?? 0;
    const r = others[day] ?? 0;
    if (!(q > 0 && r > 0)) continue;
    const f = Math.min(low + 3 * step, Math.max(low, q / r));
    if ((q - f * r) ** 2 > 0.5 * (q + f * f * r)) far += 1;
  }
  return 0.5 * far <= kept * twice.rms ** 2;
};

const sameCalls = (
  calls: Float64Array,
  others: Float64Array,
  dates: readonly PlainDate[],
): Omit<CallsCountedTwice, 'keys' | 'queue' | 'others'> | undefined => {
  if (!mayBeSame(calls, others)) return undefined;
  const days = dates
    .map((date, i) => ({ date, q: valueAt(calls, i), r: valueAt(others, i) }))
    .filter(({ q, r }) => q > 0 && r > 0);
  const kept = Math.ceil(twice.kept * days.length);
  if (kept < twice.days) return undefined;
  const f = valueAt(
    days.map(({ q, r }) => q / r).sort((a, b) => a - b),
    days.length >> 1,
  );
  const apart = days.map(({ q, r }) => (q - f * r) ** 2 / (q + f * f * r)).sort((a, b) => a - b);
  const squares = sumOf(apart, 0, kept);
  const perDay = days.reduce((sum, { q, r }) => sum + Math.min(q, r), 0) / days.length;
  if (
    perDay < twice.calls ||
    Math.abs(f - 1) > twice.share ||
    squares > kept * twice.rms ** 2 ||
    regularisedGamma((kept - 1) / 2, squares / 2) > twice.luck
  )
    return undefined;
  return { from: days[0]?.date ?? '', to: days.at(-1)?.date ?? '', days: days.length, calls: perDay };
};

/** What becomes of doubted figures: single intervals are left out, the whole is what there is. */
const useOf = (slips: boolean): 'left-out' | 'relied-on' => (slips ? 'left-out' : 'relied-on');

/** Days that came as totals are no doubtful figures: where their peaks lie is assumed. */
const isSpread = (said: Sayable): boolean => 'code' in said && said.code === 'days-spread';

const isSame = (one: Sayable, other: Sayable): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Calls offered and answered within the threshold of each local day of a queue, over the intervals that tell both,
 * in time order. Days that tell neither are absent.
 */
export const dayCountsOf = async (
  store: Store,
  queue: string,
  zone: string,
  span?: Span,
): Promise<(DayCounts & { readonly date: PlainDate })[]> => {
  const { startMillis, offered, answeredInThreshold } = await store.traffic(queue, span);
  const clock = localClock(zone);
  const perDay = new Map<PlainDate, DayCounts>();
  for (const [i, start] of startMillis.entries()) {
    const [calls, met] = [valueAt(offered, i), valueAt(answeredInThreshold, i)];
    if (Number.isNaN(calls) || Number.isNaN(met)) continue;
    const { date } = clock(start);
    const so = perDay.get(date) ?? { calls: 0, met: 0 };
    perDay.set(date, { calls: so.calls + calls, met: so.met + met });
  }
  return Array.from(perDay, ([date, counts]) => ({ date, ...counts }));
};

/** Minutes after midnight of an as-of time: 'HH:MM', or the clock time of a date and time. */
export const minuteOfAsOf = (asOf: string | undefined): number | undefined => {
  if (asOf === undefined) return undefined;
  const match = /^(?:\d{4}-\d{2}-\d{2}[T ])?([01]?\d|2[0-4]):([0-5]\d)(?::\d{2})?$/.exec(asOf.trim());
  const minute = match === null ? Number.NaN : 60 * Number(match[1]) + Number(match[2]);
  if (minute >= 0 && minute <= 1440) return minute;
  throw new BadInputError([planningProblem('as-of', 'bad-as-of', asOf)]);
};

/** The moment that is asked about; without one now. */
export const momentOf = (
  { models, nowMillis }: Pick<Ports, 'models' | 'nowMillis'>,
  asOf: string | undefined,
): { readonly date: string; readonly minute: number; readonly asOf: string } => {
  const clock = localClock(models.hotline.zone)(nowMillis);
  const text = asOf === undefined || /^\d{4}-\d{2}-\d{2}/.test(asOf) ? asOf : `${clock.date}T${asOf}`;
  const minute = text === undefined ? clock.minute : (minuteOfAsOf(text) ?? 0);
  const date = text?.slice(0, 10) ?? clock.date;
  return { date, minute, asOf: `${date}T${clockText(minute)}` };
};

/** Start of the interval that is running by the clock: what had to be decided before comes too late. */
export const runningSince = (ports: Pick<Ports, 'models' | 'nowMillis'>): string =>
  intervalStart(momentOf(ports, undefined).asOf, ports.models.hotline.intervalMinutes);

/**
 * What an answer about a day rests on of the clock: the minute; where a moment is asked about, the interval that is running,
 * and whether that moment has come.
 */
export const clockKey = (
  ports: Pick<Ports, 'models' | 'nowMillis'>,
  asOf: string | undefined,
): number | string => {
  const now = momentOf(ports, undefined);
  return asOf === undefined
    ? Math.floor(ports.nowMillis / 60_000)
    : `${runningSince(ports)} ${momentOf(ports, asOf).asOf <= now.asOf}`;
};

/** How far a feed that follows events has come (`watermark`: the last it has heard of), and of which queues it has heard. */
export const progressOf = ({ state }: StoredFeed) => {
  const said = (state ?? {}) as { readonly [name in 'watermark' | 'gainsUntil' | 'quiet']?: unknown };
  const millis = (value: unknown): number => (typeof value === 'number' ? value : -Infinity);
  const queues = Object.keys(said.quiet ?? {});
  return { watermark: millis(said.watermark), gainsUntil: millis(said.gainsUntil), queues };
};

/**
 * Until when calls are known while the feed that has come farthest reads what is old, an instant: what came later is on its
 * way. undefined: none does. Feeds that follow no events have no such instant.
 */
export const caughtUpTo = async ({
  store,
  nowMillis,
}: Pick<Ports, 'store' | 'nowMillis'>): Promise<number | undefined> => {
  const feeds = (await store.feeds.all()).map(progressOf).filter(({ watermark }) => watermark > -Infinity);
  const farthest = Math.max(...feeds.map(({ watermark }) => watermark));
  return feeds.some(({ watermark, gainsUntil }) => watermark === farthest && nowMillis < gainsUntil)
    ? farthest
    : undefined;
};
