import { planningProblem } from '../planning-problems.ts';
import { BadInputError } from '../../kernel/errors.ts';
import { toDayGrid, type DayGrid, type TimedCount } from '../../kernel/interval-series.ts';
import { judgeQueues, withoutDoubted, type TrafficDoubt } from '../../kernel/traffic-doubts.ts';
import { localClock, startOfDay, type PlainDate } from '../../kernel/time.ts';
import { ofMeasures, trafficFields, type TrafficMeasure } from '../../kernel/records.ts';
import type { Span, Store, TrafficColumns } from '../ports.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

/** Traffic of the queues up to an instant, at the planning step. */
export interface History {
  readonly queues: readonly TrafficColumns[];
  readonly firstDate: PlainDate;
  readonly lastDate: PlainDate;
  readonly days: number;
  /** Figures that calls cannot have, as stored: intervals that have one count as gaps in that figure. */
  readonly doubts: readonly TrafficDoubt[];
}

/** Reads every queue's traffic of a span and brings it to the step that is planned at. */
export const readHistory = async (
  store: Store,
  zone: string,
  intervalMinutes: number,
  span: Span,
): Promise<History> => {
  const summary = await store.trafficSummary();
  const stored: TrafficColumns[] = [];
  for (const { queue } of summary) {
    const columns = await store.traffic(queue, span);
    if (columns.startMillis.length > 0) stored.push(columns);
  }
  const doubts = judgeQueues(stored.map((traffic) => () => traffic));
  const queues = stored.map((columns, i) =>
    toStep(withoutDoubted(columns, doubts[i] ?? []), intervalMinutes, zone),
  );
  if (queues.length === 0) throw new BadInputError([emptySpan]);
  const first = Math.min(...queues.map((queue) => queue.startMillis[0] ?? Infinity));
  const last = Math.max(...queues.map((queue) => queue.startMillis.at(-1) ?? -Infinity));
  const clock = localClock(zone);
  const firstDate = clock(first).date;
  const lastDate = clock(last).date;
  const days = Math.round((startOfDay(lastDate, zone) - startOfDay(firstDate, zone)) / 86_400_000) + 1;
  return { queues, firstDate, lastDate, days, doubts: doubts.flat() };
};

const emptySpan = planningProblem('traffic', 'no-traffic-in-span', '');

/**
 * Sums a queue's intervals to a longer step of the local clock. A longer interval of which any part is absent is a
 * gap, not a smaller count. A step that the data's own does not divide is an error.
 */
export const toStep = (columns: TrafficColumns, intervalMinutes: number, zone: string): TrafficColumns => {
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

/** One field of a queue's traffic as days × slots of the local wall clock. */
export const fieldGrid = (columns: TrafficColumns, field: TrafficMeasure, zone: string): DayGrid => {
  const counts: TimedCount[] = [];
  columns.startMillis.forEach((startMillis, i) => {
    counts.push({ startMillis, count: valueAt(columns[field], i) });
  });
  const grid = toDayGrid(counts, zone, columns.intervalMinutes);
  if (grid === undefined) throw new BadInputError([emptySpan]);
  return grid;
};
