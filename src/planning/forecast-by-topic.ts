import type { TopicOutlook, TopicsDocument } from '../contract/documents/forecast-document.ts';
import type { TopicsRequest } from '../contract/http/job-requests.ts';
import { forecastQueues } from '../forecast/forecast-queues.ts';
import { quantilesOf } from '../forecast/periods/forecast-periods.ts';
import { forecastTopics, type TopicForecast, silentFrom } from '../forecast/topics/forecast-topics.ts';
import type { Season } from '../forecast/topics/topic-season.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { type DayGrid, dayTotal, emptyDayGrid } from '../kernel/interval-series.ts';
import type { TopicRecord } from '../kernel/records.ts';
import { dateOfDayNumber, dayNumber, mondayOfWeek, type PlainDate, weekdayOfDay } from '../kernel/time.ts';
import type { ForecastSeries } from './forecasts/forecast-series.ts';
import { workspaceSeries } from './forecasts/workspace-series.ts';
import { queueNamed } from './history/effective-models.ts';
import { planningFinding, planningProblem, type TopicYear } from './planning-findings.ts';
import type { Ports } from './ports.ts';

/** Days of which topics must be known, and days over which their share of the calls is taken. */
const leastDays = 56;
const basisDays = 56;
/** Share by which topics and the line's own forecast may differ before it is reported. */
const farApart = 0.1;
/** Days that may lie between the last known day and the first week that is reported. */
const mostDaysBetween = 26 * 7;

type TopicPorts = Pick<Ports, 'store' | 'models'>;

/** The line's calls by day; undefined where it has none. */
const lineSeries = async (
  ports: TopicPorts,
  queue: string | undefined,
): Promise<ForecastSeries | undefined> =>
  (await ports.store.trafficSummary()).length === 0
    ? undefined
    : workspaceSeries(ports, { intervalMinutes: 1440, ...(queue === undefined ? {} : { queue }) });

const callsOf =
  (line: ForecastSeries | undefined) =>
  (day: number): number | undefined => {
    if (line === undefined) return undefined;
    let sum: number | undefined;
    for (const grid of line.queues.values()) {
      const at = day - dayNumber(grid.firstDate);
      const calls = at >= 0 && at < grid.dayCount ? dayTotal(grid, at) : Number.NaN;
      if (!Number.isNaN(calls)) sum = (sum ?? 0) + calls;
    }
    return sum;
  };

/** Names that stand for others: `old=new`. */
const namesOf = (same: readonly string[], records: readonly TopicRecord[]): ((topic: string) => string) => {
  const known = new Set(records.map(({ topic }) => topic));
  const names = new Map(
    same.map((text) => {
      const [old = '', name = ''] = text.split('=').map((part) => part.trim());
      if (old === '' || name === '' || !known.has(old))
        throw new BadInputError([planningProblem('same', 'not-a-topic-name', text)]);
      return [old, name] as const;
    }),
  );
  return (topic) => names.get(topic) ?? topic;
};

const historiesOf = async (
  ports: TopicPorts,
  { queue: asked, week, from, same = [] }: TopicsRequest,
): Promise<
  TopicHistories & { readonly line: ForecastSeries | undefined; readonly queue: string | undefined }
> => {
  const records = await ports.store.read('topics');
  if (records.length === 0) throw new BadInputError([planningProblem('topics', 'no-topics', '')]);
  const { queues } = ports.models.hotline;
  const named = [...new Set(records.flatMap(({ queue }) => queue ?? []))];
  const queue = asked === undefined ? undefined : queueNamed(asked, named, queues);
  const line = await lineSeries(ports, queue);
  const histories = topicHistories(records, {
    queue,
    from: week === undefined ? from : mondayOfWeek(week),
    nameOf: namesOf(same, records),
    callsOn: callsOf(line),
  });
  const known = histories?.knownDays ?? 0;
  if (histories === undefined || known < leastDays)
    throw new BadInputError([
      planningProblem('topics', 'too-few-topic-days', '', { known, least: leastDays }),
    ]);
  return { ...histories, line, queue };
};

/** Topics' demands over the line's calls, over the last days of which both are known. */
const basisOf = (
  { topics, origin }: TopicHistories,
  line: ForecastSeries | undefined,
): TopicsDocument['basis'] => {
  const callsOn = callsOf(line);
  const end = dayNumber(origin);
  let [demands, calls, days] = [0, 0, 0];
  for (let day = end - basisDays; day < end; day += 1) {
    const came = callsOn(day);
    if (came === undefined) continue;
    for (const { firstDate, values } of topics.values()) demands += values[day - dayNumber(firstDate)] || 0;
    calls += came;
    days += 1;
  }
  return days < 14 || calls === 0 ? null : { share: demands / calls, days };
};

/** The line's own forecast, week by week. */
const lineWeeks = (line: ForecastSeries, origin: PlainDate, weeks: TopicWeeks, seed: number): number[] => {
  const days = daysTo(weeks, origin);
  const { calendar, events } = line;
  const forecasts = forecastQueues(line.queues, {
    origin,
    days,
    calendar,
    events,
    method: 'auto',
    seed,
    pathCount: 0,
  });
  return weeks.map((week) => {
    const from = dayNumber(week.start) - dayNumber(origin);
    let sum = 0;
    for (const { mean } of forecasts.values())
      for (let j = from; j < from + week.days; j += 1) sum += mean[j]!;
    return sum;
  });
};

/** Days from the origin to the end of the last week. */
const daysTo = (weeks: TopicWeeks, origin: PlainDate): number => {
  const { start, days } = weeks.at(-1)!;
  return dayNumber(start) + days - dayNumber(origin);
};

/** The weeks asked for. Throws `BadInputError` where they begin further behind the last known day than is forecast. */
const weeksAsked = (origin: PlainDate, { week, weeks }: TopicsRequest): TopicWeeks => {
  const first = (week === undefined ? undefined : mondayOfWeek(week)) ?? origin;
  if (dayNumber(first) - dayNumber(origin) > mostDaysBetween)
    throw new BadInputError([
      planningProblem('week', 'topics-week-far', week ?? '', { origin, weeks: mostDaysBetween / 7 }),
    ]);
  return weeksFrom(first, weeks);
};

/**
 * Demands of each topic in the weeks ahead, which add up to those of all together; when its season begins and what
 * earlier years did; and topics that rise out of season. Throws `BadInputError` where there are none, or too few.
 */
export const forecastByTopic = async (ports: TopicPorts, request: TopicsRequest): Promise<TopicsDocument> => {
  const histories = await historiesOf(ports, request);
  const { line, origin, topics, pooled, knownDays } = histories;
  const weeks = weeksAsked(origin, request);
  const days = daysTo(weeks, origin);
  const { country } = ports.models.hotline;
  const calendar = line?.calendar ?? (await loadCalendar({ country, overrides: ports.models.calendar }));
  const events = line?.events ?? [];
  const ended = endedTopics(topics);
  const living = new Map([...topics].filter(([topic]) => !ended.has(topic)));
  const forecasts = forecastTopics(living, { origin, days, calendar, events, seed: request.seed });
  const described = describeTopics(forecasts, topics, origin, weeks);
  const basis = basisOf(histories, line);
  const calls = basis === null || line === undefined ? null : lineWeeks(line, origin, weeks, request.seed);
  const notices: Sayable[] = [
    basis === null ? planningFinding('topics-without-calls') : planningFinding('topics-basis', basis),
    ...(knownDays < 365 ? [planningFinding('topics-without-a-year', { days: knownDays })] : []),
    ...farFromLine(described.total.total.mean, calls, basis),
    ...(pooled > 0 ? [planningFinding('topics-pooled', { topics: pooled })] : []),
    ...ended.values(),
  ];
  return {
    document: 'topics',
    origin,
    ...(request.week === undefined ? {} : { week: request.week }),
    weeks,
    ...described,
    basis,
    line: calls,
    early: earlyNotices(forecasts, origin, days),
    notices,
  };
};

/** Says where the line's own forecast, which does not know the topics' seasons, lies far from theirs. */
const farFromLine = (
  demands: number,
  calls: readonly number[] | null,
  basis: TopicsDocument['basis'],
): Sayable[] => {
  if (calls === null || basis === null || basis.share === 0) return [];
  const total = calls.reduce((sum, week) => sum + week, 0);
  const asCalls = demands / basis.share;
  if (!(total > 0) || Math.abs(asCalls / total - 1) < farApart) return [];
  return [planningFinding('topics-far-from-line', { calls: asCalls, line: total })];
};

type TopicWeeks = TopicsDocument['weeks'];

/** Demands of every week ahead on joint paths. */
type WeekPaths = readonly Float64Array[];

/** The weeks ahead, from Monday; the first from the day on that is given. */
const weeksFrom = (from: PlainDate, count: number): TopicWeeks => {
  const first = dayNumber(from);
  const monday = first - weekdayOfDay(first);
  return Array.from({ length: count }, (_, week) => {
    const start = Math.max(first, monday + 7 * week);
    return { start: dateOfDayNumber(start), days: monday + 7 * (week + 1) - start };
  });
};

const weekPaths = ({ paths, pathCount }: TopicForecast, weeks: TopicWeeks, origin: number): WeekPaths => {
  const days = paths.length / pathCount;
  return weeks.map((week) => {
    const start = dayNumber(week.start) - origin;
    return Float64Array.from({ length: pathCount }, (_, path) => {
      let sum = 0;
      for (let j = start; j < start + week.days; j += 1) sum += paths[path * days + j]!;
      return sum;
    });
  });
};

const addUp = (columns: readonly Float64Array[]): Float64Array => {
  const sum = new Float64Array(columns[0]?.length ?? 0);
  for (const column of columns) column.forEach((value, i) => (sum[i]! += value));
  return sum;
};

const rangeOf = (values: Float64Array): { mean: number; q10: number; q90: number } => {
  const { mean, q10, q90 } = quantilesOf(values);
  return { mean, q10, q90 };
};

/** Demands between two days; null where a day of them is not known. */
const knownIn = (grids: readonly DayGrid[], from: number, to: number): number | null => {
  let sum = 0;
  for (const { firstDate, values } of grids)
    for (let day = from; day < to; day += 1) {
      const at = day - dayNumber(firstDate);
      const count = at < 0 ? 0 : values[at];
      if (count === undefined || Number.isNaN(count)) return null;
      sum += count;
    }
  return sum;
};

const describe = (
  paths: WeekPaths,
  grids: readonly DayGrid[],
  weeks: TopicWeeks,
  origin: number,
  firstKnown: number,
): Pick<TopicOutlook, 'lately' | 'ahead' | 'weeks' | 'total'> => {
  const days = weeks.reduce((sum, week) => sum + week.days, 0);
  const total = rangeOf(addUp(paths));
  return {
    lately: (knownIn(grids, origin - 28, origin) ?? Number.NaN) / 28 || 0,
    ahead: total.mean / days,
    weeks: weeks.map((week, w) => {
      // the same weekday, 52 weeks before
      const from = dayNumber(week.start) - 364;
      return {
        ...rangeOf(paths[w]!),
        yearBefore: from < firstKnown ? null : knownIn(grids, from, from + week.days),
      };
    }),
    total,
  };
};

const seasonOf = ({ season }: TopicForecast): Pick<TopicOutlook, 'season'> =>
  season === undefined
    ? {}
    : {
        season: {
          years: season.seasons.map(topicYearOfSeason),
          running: season.running === undefined ? null : topicYearOfSeason(season.running),
          next: {
            day: dateOfDayNumber(season.next.day),
            low: dateOfDayNumber(season.next.low),
            high: dateOfDayNumber(season.next.high),
          },
        },
      };

const rising = (a: TopicOutlook, b: TopicOutlook): number => b.ahead - b.lately - (a.ahead - a.lately);

/** Topics with their weeks ahead, those that rise most first, each before its sub-topics; and all together. */
const describeTopics = (
  forecasts: ReadonlyMap<string, TopicForecast>,
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  weeks: TopicWeeks,
): Pick<TopicsDocument, 'topics' | 'total'> => {
  const at = dayNumber(origin);
  const firstKnown = Math.min(...[...grids.values()].map(({ firstDate }) => dayNumber(firstDate)));
  const paths = new Map([...forecasts].map(([topic, own]) => [topic, weekPaths(own, weeks, at)] as const));
  const together = (topics: readonly string[]): ReturnType<typeof describe> =>
    describe(
      weeks.map((_, w) => addUp(topics.map((topic) => paths.get(topic)![w]!))),
      topics.map((topic) => grids.get(topic)!),
      weeks,
      at,
      firstKnown,
    );
  const byParent = Map.groupBy(forecasts.keys(), (topic) => topic.split('/')[0]!);
  const tops = [...byParent].map(([top, leaves]) => {
    const single = leaves.length === 1 ? leaves[0] : undefined;
    const topic: TopicOutlook = {
      topic: single ?? top,
      parent: null,
      ...together(leaves),
      ...(single === undefined ? {} : seasonOf(forecasts.get(single)!)),
    };
    const under = leaves.map((leaf): TopicOutlook => ({
      topic: leaf,
      parent: top,
      ...together([leaf]),
      ...seasonOf(forecasts.get(leaf)!),
    }));
    return { topic, under: single === undefined ? under.sort(rising) : [] };
  });
  tops.sort((a, b) => rising(a.topic, b.topic));
  return {
    topics: tops.flatMap(({ topic, under }) => [topic, ...under]),
    total: together([...forecasts.keys()]),
  };
};

/** Demands by topic, day by day, up to the day before the origin. */
interface TopicHistories {
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
const otherTopics = '*';
/** A topic whose first demand comes later than so many days after the first of all has begun then. */
const beganLate = 60;

/** The first two levels of a topic. */
const leafOf = (topic: string): string => topic.split('/').slice(0, 2).join('/');

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
const topicHistories = (
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
    const byDay = counts.get(leaf) ?? new Map<number, number>();
    counts.set(leaf, byDay);
    for (const [day, demands] of spread(record, callsOn)) {
      if (day >= limit) continue;
      covered.add(day);
      byDay.set(day, (byDay.get(day) ?? 0) + demands);
    }
  }
  if (covered.size === 0) return undefined;
  let [first, last] = [Infinity, -Infinity];
  for (const day of covered) [first, last] = [Math.min(first, day), Math.max(last, day)];
  const end = last + 1;
  const topics = new Map(
    [...counts]
      .filter(([, own]) => own.size > 0)
      .map(([topic, byDay]) => {
        const began = byDay.keys().reduce((least, day) => Math.min(least, day), Infinity);
        const start = began - first > beganLate ? began : first;
        const grid = emptyDayGrid(dateOfDayNumber(start), end - start, 1440);
        for (let day = start; day < end; day += 1)
          if (covered.has(day)) grid.values[day - start] = byDay.get(day) ?? 0;
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

/** Days since a season began on which it is still told. */
const toldFor = 60;

/** Days apart of one topic's end and another's beginning at which the other may be its new name. */
const renamedWithin = 14;

/** And how many times one's demands may be the other's. */
const renamedTimes = 2;

const seasonNotice = (
  topic: string,
  { season }: TopicForecast,
  origin: number,
  daysAhead: number,
): { readonly day: number; readonly notice: Sayable } | undefined => {
  if (season === undefined) return undefined;
  const { running, next } = season;
  const years = season.seasons.map(topicYearOfSeason);
  const expected = {
    day: dateOfDayNumber(next.day),
    low: dateOfDayNumber(next.low),
    high: dateOfDayNumber(next.high),
  };
  if (running !== undefined && origin - running.day <= toldFor)
    return {
      day: running.day,
      notice: planningFinding('topic-season-begun', { topic, years, running: topicYearOfSeason(running) }),
    };
  if (next.low - origin > daysAhead) return undefined;
  const late = next.high < origin;
  return {
    day: next.day,
    notice: late
      ? planningFinding('topic-season-late', { topic, years, ...expected })
      : planningFinding('topic-season-ahead', { topic, years, ...expected, daysAhead: next.day - origin }),
  };
};

/** Seasons that come within the days ahead or have begun, the first first, and rises beyond chance before them. */
const earlyNotices = (
  forecasts: ReadonlyMap<string, TopicForecast>,
  origin: PlainDate,
  daysAhead: number,
): Sayable[] => {
  const first = dayNumber(origin);
  const rises = [...forecasts].flatMap(([topic, { rise }]) =>
    rise === undefined
      ? []
      : [planningFinding('topic-rises-now', { topic, demands: rise.demands, expected: rise.expected })],
  );
  const seasons = [...forecasts]
    .flatMap(([topic, forecast]) => seasonNotice(topic, forecast, first, daysAhead) ?? [])
    .sort((a, b) => a.day - b.day);
  return [...rises, ...seasons.map(({ notice }) => notice)];
};

const perDay = (values: Float64Array): number =>
  values.reduce((sum, count) => sum + (count || 0), 0) / Math.max(1, values.length);

/** Topics that have no demands any more, with the topic that began as each ended, where one did. */
const endedTopics = (topics: ReadonlyMap<string, DayGrid>): ReadonlyMap<string, Sayable> => {
  const firstOfAll = Math.min(...[...topics.values()].map(({ firstDate }) => dayNumber(firstDate)));
  return new Map(
    [...topics].flatMap(([topic, grid]) => {
      const since = silentFrom(grid);
      if (since === undefined) return [];
      const usual = perDay(
        grid.values.slice(
          Math.max(0, since - dayNumber(grid.firstDate) - 56),
          since - dayNumber(grid.firstDate),
        ),
      );
      const heir = [...topics].find(([, other]) => {
        const began = dayNumber(other.firstDate);
        const times = perDay(other.values.slice(0, 56)) / usual;
        return (
          began > firstOfAll &&
          Math.abs(began - since) <= renamedWithin &&
          times <= renamedTimes &&
          times >= 1 / renamedTimes
        );
      })?.[0];
      const values = { topic, since: dateOfDayNumber(since) };
      return [
        [
          topic,
          heir === undefined
            ? planningFinding('topic-ended', values)
            : planningFinding('topic-perhaps-renamed', { ...values, heir }),
        ] as const,
      ];
    }),
  );
};

/** A season as it is reported. */
const topicYearOfSeason = ({ day, end, riseDays, before, after }: Season): TopicYear => ({
  from: dateOfDayNumber(day),
  to: dateOfDayNumber(end - 1),
  riseDays,
  before,
  after,
});
