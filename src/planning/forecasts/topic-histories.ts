import { emptyDayGrid, type DayGrid } from '../../kernel/interval-series.ts';
import type { TopicRecord } from '../../kernel/records.ts';
import { dateOfDayNumber, dayNumber, type PlainDate } from '../../kernel/time.ts';

/** Demands by topic, day by day, up to the day before the origin. */
export interface TopicHistories {
  readonly origin: PlainDate;
  /** First and last second-level topic apart; days without a row of a topic are 0 where there is one of another. */
  readonly topics: ReadonlyMap<string, DayGrid>;
  /** Days of which topics are known. */
  readonly knownDays: number;
  /** Topics that are too small to be forecast alone, in one. */
  readonly pooled: number;
}

/** Topics that are forecast one by one: the largest by the demands of the last year. */
const mostTopics = 60;
/** What the rest goes by. */
export const otherTopics = '*';
/** A topic whose first demand comes later than so many days after the first of all has begun then. */
const beganLate = 60;

/** The first two levels of a topic. */
export const leafOf = (topic: string): string => topic.split('/').slice(0, 2).join('/');

/** Demands of a record on each of its days: as the line's calls were, or evenly where they are not known. */
const spread = (
  { date, days, demands }: TopicRecord,
  callsOn: (day: number) => number | undefined,
): readonly (readonly [number, number])[] => {
  const first = dayNumber(date);
  const calls = Array.from({ length: days }, (_, d) => callsOn(first + d));
  const sum = calls.reduce<number>((all, own) => all + (own ?? Number.NaN), 0);
  return calls.map((own, d) => [first + d, sum > 0 ? (demands * (own ?? 0)) / sum : demands / days] as const);
};

const sumOf = (grid: DayGrid, days: number): number =>
  grid.values.subarray(Math.max(0, grid.dayCount - days)).reduce((sum, count) => sum + (count || 0), 0);

/** All but the largest, added up. */
const pool = (topics: ReadonlyMap<string, DayGrid>, first: number, end: number): Map<string, DayGrid> => {
  const bySize = [...topics].sort(([, a], [, b]) => sumOf(b, 365) - sumOf(a, 365));
  const rest = bySize.slice(mostTopics);
  const kept = new Map(bySize.slice(0, mostTopics));
  if (rest.length === 0) return kept;
  const values = new Float64Array(end - first);
  for (const [, { firstDate, values: own }] of rest)
    own.forEach((count, d) => (values[dayNumber(firstDate) - first + d]! += count));
  return kept.set(otherTopics, { ...emptyDayGrid(dateOfDayNumber(first), end - first, 1440), values });
};

/** Lays records out by topic, of one queue or all; undefined where there are none before the origin. */
export const topicHistories = (
  records: readonly TopicRecord[],
  {
    queue,
    from,
    nameOf,
    callsOn,
  }: {
    readonly queue: string | undefined;
    readonly from: PlainDate | undefined;
    /** Another name of a topic. */
    readonly nameOf: (topic: string) => string;
    readonly callsOn: (day: number) => number | undefined;
  },
): TopicHistories | undefined => {
  const limit = from === undefined ? Infinity : dayNumber(from);
  const counts = new Map<string, Map<number, number>>();
  const covered = new Set<number>();
  for (const record of records) {
    if (queue !== undefined && record.queue !== queue) continue;
    const leaf = leafOf(nameOf(record.topic));
    const own = counts.get(leaf) ?? new Map<number, number>();
    counts.set(leaf, own);
    for (const [day, demands] of spread(record, callsOn)) {
      if (day >= limit) continue;
      covered.add(day);
      own.set(day, (own.get(day) ?? 0) + demands);
    }
  }
  if (covered.size === 0) return undefined;
  let [first, last] = [Infinity, -Infinity];
  for (const day of covered) [first, last] = [Math.min(first, day), Math.max(last, day)];
  const end = last + 1;
  const topics = new Map(
    [...counts]
      .filter(([, own]) => own.size > 0)
      .map(([topic, own]) => {
        const began = own.keys().reduce((least, day) => Math.min(least, day), Infinity);
        const start = began - first > beganLate ? began : first;
        const grid = emptyDayGrid(dateOfDayNumber(start), end - start, 1440);
        for (let day = start; day < end; day += 1)
          if (covered.has(day)) grid.values[day - start] = own.get(day) ?? 0;
        return [topic, grid] as const;
      }),
  );
  return {
    origin: dateOfDayNumber(end),
    topics: pool(topics, first, end),
    knownDays: covered.size,
    pooled: Math.max(0, topics.size - mostTopics),
  };
};
