import type { Calendar } from '../../kernel/calendar.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { dateOfDayNumber, dayNumber, type PlainDate } from '../../kernel/time.ts';
import { meanOf, median, robustScale, sumOf } from '../../kernel/statistics.ts';
import { forecastQueues, forecastQueue } from '../forecast-queues.ts';
import type { ForecastTask, QueueForecast } from '../forecast-task.ts';
import {
  demandsIn,
  seasonOfTopic,
  type SeasonShape,
  shapeOf,
  topicDays,
  type TopicDays,
  type TopicSeason,
  usualIn,
} from './topic-season.ts';

interface TopicsRequest {
  /** First day that may not be used, and the first forecast. */
  readonly origin: PlainDate;
  readonly days: number;
  readonly calendar: Calendar;
  readonly events?: ForecastTask['events'];
  readonly seed: number;
  /** Look for seasons (default true). */
  readonly seasons?: boolean;
  /** How topics are made to add up to what all together are forecast to be; null: they are left as they are. */
  readonly reconcile?: Reconcile | null;
}

/** A topic's demands on joint paths, day by day, and what is known of its season. */
export interface TopicForecast {
  readonly forecast: QueueForecast;
  /** Demands of each day ahead: path after path. */
  readonly paths: Float64Array;
  readonly pathCount: number;
  readonly season: TopicSeason | undefined;
  readonly rise: RiseNow | undefined;
}

const pathCount = 200;

/** Days without a demand at the end of a history after which a topic is taken to be no more, where it had some a week. */
const silentDays = 28;

/** A topic that had demands every week and now has none at all. */
export const silentFrom = (grid: DayGrid): number | undefined => {
  let last = grid.dayCount - 1;
  while (last >= 0 && !(grid.values[last]! > 0)) last -= 1;
  const silent = grid.dayCount - 1 - last;
  if (last < 0 || silent < silentDays) return undefined;
  let before = 0;
  for (let d = Math.max(0, last - silent + 1); d <= last; d += 1) before += grid.values[d]! || 0;
  // as many days earlier had so many that none now is no chance
  return before >= 12 ? dayNumber(grid.firstDate) + last + 1 : undefined;
};

interface Seen {
  readonly days: TopicDays;
  readonly season: TopicSeason | undefined;
  readonly shape: SeasonShape | undefined;
}

const seeTopic = (grid: DayGrid, { calendar, seasons = true }: TopicsRequest): Seen => {
  const days = topicDays(grid, calendar);
  const season = seasons ? seasonOfTopic(days) : undefined;
  return { days, season, shape: season === undefined ? undefined : shapeOf(days, season.seasons) };
};

/** By how much its seasons made each day of the history differ from usual. */
const seasonPast = ({ season, shape }: Seen, day: number): number => {
  if (season === undefined || shape === undefined) return 1;
  const all = season.running === undefined ? season.seasons : [...season.seasons, season.running];
  return all.reduce((times, own) => times * timesOn(shape, own.day, day), 1);
};

/** The next onsets that a path has: of the season that is running, and one that is drawn from what is expected. */
const drawOnset = ({ next }: TopicSeason, origin: number, random: Random): number => {
  for (let tries = 0; tries < 50; tries += 1) {
    const day = next.day + next.deviation * random.normal();
    // it has not begun yet
    if (day > origin - 3) return day;
  }
  return origin;
};

/** Puts a topic's season on the rates of what is forecast without it, and draws counts. */
const pathsOf = (
  seen: Seen,
  forecast: QueueForecast,
  moved: readonly number[],
  request: TopicsRequest,
  at: number,
): Float64Array => {
  const { season, shape } = seen;
  const random = seededRandom(request.seed, 5000 + at);
  const origin = dayNumber(request.origin);
  const days = forecast.dates.length;
  const paths = new Float64Array(forecast.pathCount * days);
  for (let path = 0; path < forecast.pathCount; path += 1) {
    const height = shape === undefined ? 1 : Math.max(0.2, 1 + shape.heightDeviation * random.normal());
    const next = season === undefined ? 0 : drawOnset(season, origin, random);
    for (let j = 0; j < days; j += 1) {
      const times = shape === undefined ? 1 : seasonAhead(season, shape, next, height, origin + j);
      const rate = forecast.ratePaths[path * days + j]! * moved[Math.floor(j / 7)]!;
      paths[path * days + j] = random.poisson(rate * times);
    }
  }
  return paths;
};

/** By how much a path's seasons make a day ahead differ from usual. */
const seasonAhead = (
  season: TopicSeason | undefined,
  shape: SeasonShape,
  next: number,
  height: number,
  day: number,
): number => {
  const running = season?.running === undefined ? 1 : timesOn(shape, season.running.day, day);
  return running * timesOn(shape, next, day) ** height;
};

/** Demands of a stretch of days on every path. */
const sumsOf = ({ countPaths, pathCount, dates }: QueueForecast, from: number, to: number): Float64Array =>
  Float64Array.from({ length: pathCount }, (_, path) => {
    let sum = 0;
    for (let j = from; j < to; j += 1) sum += countPaths[path * dates.length + j]!;
    return sum;
  });

/** All topics' days together; a day that is a gap of one is one of all. */
const togetherOf = (grids: readonly DayGrid[]): DayGrid => {
  const first = Math.min(...grids.map(({ firstDate }) => dayNumber(firstDate)));
  const end = Math.max(...grids.map(({ firstDate, dayCount }) => dayNumber(firstDate) + dayCount));
  const values = new Float64Array(end - first);
  for (const grid of grids) {
    const shift = dayNumber(grid.firstDate) - first;
    grid.values.forEach((count, d) => (values[shift + d]! += count));
  }
  return {
    firstDate: dateOfDayNumber(first),
    dayCount: end - first,
    intervalMinutes: 1440,
    slotsPerDay: 1,
    values,
  };
};

/** By how much each topic's weeks ahead are moved so that they add up to the forecast of all together. */
const movesOf = (
  bare: ReadonlyMap<string, DayGrid>,
  forecasts: ReadonlyMap<string, QueueForecast>,
  asked: ForecastTask,
  reconcile: Reconcile | null,
): ReadonlyMap<string, readonly number[]> => {
  const weeks = Math.ceil(asked.days / 7);
  const topics = [...forecasts.keys()];
  if (reconcile === null || topics.length < 2)
    return new Map(topics.map((topic) => [topic, Array<number>(weeks).fill(1)]));
  const all = forecastQueue(togetherOf([...bare.values()]), { ...asked, pathCount: 0 });
  const moved = topics.map((): number[] => []);
  for (let week = 0; week < weeks; week += 1) {
    const [from, to] = [7 * week, Math.min(asked.days, 7 * week + 7)];
    const total = sumOf(all.mean, from, to);
    const demands = [...forecasts.values()].map((forecast) => sumsOf(forecast, from, to));
    reconcile(demands, total).forEach((mean, i) => {
      const own = meanOf(demands[i]!);
      moved[i]!.push(own > 0 ? mean / own : 1);
    });
  }
  return new Map(topics.map((topic, i) => [topic, moved[i]!]));
};

/** By how much a season makes the days of the last week differ from the four weeks before. */
const seasonChange =
  (seen: Seen) =>
  (from: number, to: number): number => {
    let [now, before] = [0, 0];
    for (let day = from; day < to; day += 1) now += seasonPast(seen, day) / (to - from);
    for (let day = from - 28; day < from; day += 1) before += seasonPast(seen, day) / 28;
    return now / before;
  };

/** A rise near the time at which the season is expected, or has begun, is the season's. */
const isSeasonal = ({ season }: Seen, origin: number): boolean => {
  if (season === undefined) return false;
  const { running, next } = season;
  if (running !== undefined && origin - running.day <= 42 + running.riseDays) return true;
  return origin >= next.day - 35 && origin <= next.day + 35;
};

/** Days of a history without its seasons. */
const withoutSeason = (grid: DayGrid, seen: Seen): DayGrid => {
  const first = dayNumber(grid.firstDate);
  return { ...grid, values: grid.values.map((count, d) => count / seasonPast(seen, first + d)) };
};

/**
 * Demands of each topic ahead. A topic's season is found in its own earlier years and taken out; the rest is forecast
 * like the queues of a line, the small leaning on all together; then the season is put in again, its onset and height as
 * unsure as years differ. Histories end on the day before the origin.
 */
export const forecastTopics = (
  histories: ReadonlyMap<string, DayGrid>,
  request: TopicsRequest,
): ReadonlyMap<string, TopicForecast> => {
  const seen = new Map([...histories].map(([topic, grid]) => [topic, seeTopic(grid, request)] as const));
  const bare = new Map([...histories].map(([topic, grid]) => [topic, withoutSeason(grid, seen.get(topic)!)]));
  const { origin, days, calendar, events, seed, reconcile = byShares } = request;
  const asked: ForecastTask = {
    origin,
    days,
    calendar,
    ...(events === undefined ? {} : { events }),
    method: 'auto',
    seed,
    pathCount,
  };
  const forecasts = forecastQueues(bare, asked);
  const moves = movesOf(bare, forecasts, asked, reconcile);
  const first = dayNumber(origin);
  return new Map(
    [...forecasts].map(([topic, forecast], at) => {
      const topicSeen = seen.get(topic)!;
      const rise = isSeasonal(topicSeen, first)
        ? undefined
        : riseNow(topicSeen.days, first, seasonChange(topicSeen));
      return [
        topic,
        {
          forecast,
          paths: pathsOf(topicSeen, forecast, moves.get(topic)!, request, at),
          pathCount,
          season: topicSeen.season,
          rise,
        },
      ] as const;
    }),
  );
};

/** Demands of a period on joint paths, topic by topic. */
type JointDemands = readonly Float64Array[];

/** How topics' means are moved so that they add up to the total. */
type Reconcile = (demands: JointDemands, total: number) => readonly number[];

/** None falls below 0, and the sum is the total. */
export const withinTotal = (moved: readonly number[], total: number): readonly number[] => {
  const bounded = moved.map((mean) => Math.max(0, mean));
  const sum = sumOf(bounded);
  return sum === 0 ? bounded : bounded.map((mean) => (mean * total) / sum);
};

/** Each gives or takes in proportion to its own mean. */
export const byShares: Reconcile = (demands, total) => withinTotal(demands.map(meanOf), total);

/** A topic's last week far above the four before it. */
interface RiseNow {
  readonly demands: number;
  readonly expected: number;
  /** Standard deviations of what such weeks differ by. */
  readonly deviations: number;
}

const weeksBefore = 4;
/** Weeks that show by how much a week differs from the four before it. */
const weeksSeen = 104;
const fewestWeeks = 12;
/** From here on a week is reported; measured on topics that only scatter and walk (tests/forecast/topics.test.ts). */
const leastDeviations = 4;
const leastTimes = 1.3;
const leastMore = 10;

/** Log of a week's demands over those that the four weeks before it make usual, and the variance that counting brings. */
const changeAt = (
  days: TopicDays,
  end: number,
  timesOf: (from: number, to: number) => number,
): { readonly log: number; readonly counting: number; readonly expected: number } | undefined => {
  const start = end - 7;
  const before = start - 7 * weeksBefore;
  if (before < days.first) return undefined;
  const usual = usualIn(days, start, end);
  const usualBefore = usualIn(days, before, start);
  if (usual < 3 || usualBefore < 10) return undefined;
  const count = demandsIn(days, start, end);
  const expected = ((demandsIn(days, before, start) + 0.5) / usualBefore) * usual * timesOf(start, end);
  return {
    log: Math.log((count + 0.5) / (expected + 0.5)),
    counting: 1 / (expected + 0.5) + 1 / (demandsIn(days, before, start) + 0.5),
    expected,
  };
};

/**
 * Is the last week above the four before it beyond chance? `timesOf` says by how much a season makes days differ from
 * those four weeks.
 */
export const riseNow = (
  days: TopicDays,
  end: number,
  timesOf: (from: number, to: number) => number = () => 1,
): RiseNow | undefined => {
  const now = changeAt(days, end, timesOf);
  if (now === undefined) return undefined;
  const past: number[] = [];
  for (let back = 1; back <= weeksSeen; back += 1) {
    const week = changeAt(days, end - 7 * back, () => 1);
    if (week !== undefined) past.push(week.log / Math.sqrt(week.counting));
  }
  if (past.length < fewestWeeks) return undefined;
  const middle = median(past);
  const wide = Math.max(1, robustScale(past.map((value) => value - middle)));
  const deviations = now.log / Math.sqrt(now.counting) / wide;
  const demands = demandsIn(days, end - 7, end);
  const isFar =
    deviations >= leastDeviations &&
    demands >= leastTimes * now.expected &&
    demands - now.expected >= leastMore;
  return isFar ? { demands, expected: now.expected, deviations } : undefined;
};

/** Times the usual on a day, where the season began on another. */
const timesOn = ({ times, before }: SeasonShape, onset: number, day: number): number => {
  const at = Math.round(day - onset) + before;
  return at < 0 || at >= times.length ? 1 : times[at]!;
};
