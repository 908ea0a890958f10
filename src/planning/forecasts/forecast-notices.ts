import type { ForecastRequest } from '../../forecast/forecast-types.ts';
import { prepareHistory } from '../../forecast/history/prepare-history.ts';
import { silentFrom, type TopicForecast } from '../../forecast/topics/forecast-topics.ts';
import type { Season } from '../../forecast/topics/topic-season.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate, weekdayOf } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import {
  planningFinding,
  type PlanningFinding,
  type RunOfDays,
  type TopicYear,
} from '../planning-findings.ts';

/** Shortest run of days without data worth a word: shorter ones are holidays and closed days. */
const leastRun = 3;
const mostListed = 5;

/**
 * Says where a history has no data for days on end, closed weekdays aside, between its first day and its last:
 * such days are unknown, not days without calls.
 */
export const gapNotices = (queue: string, grid: DayGrid): PlanningFinding[] => {
  const runs = emptyRuns(grid);
  if (runs.length === 0) return [];
  const listed = runs.slice(0, mostListed);
  return [planningFinding('days-without-data', { queue, runs: listed, more: runs.length - listed.length })];
};

/** Says on which days before an origin a queue's zeros look like an outage, as forecasts take them. */
export const outageNotices = (queue: string, grid: DayGrid, request: OutageRequest): PlanningFinding[] => {
  const { outages = [] } = prepareHistory(grid, { ...request, days: 0, method: 'auto', seed: 1 }) ?? {};
  if (outages.length === 0) return [];
  const latest = outages.slice(-mostListed).map(({ date }) => date);
  return [planningFinding('outages-suspected', { queue, days: outages.length, latest })];
};

type OutageRequest = Pick<ForecastRequest, 'origin' | 'calendar' | 'events'>;

const emptyRuns = (grid: DayGrid): RunOfDays[] => {
  const has = Array.from({ length: grid.dayCount }, (_, day) =>
    grid.values
      .subarray(day * grid.slotsPerDay, (day + 1) * grid.slotsPerDay)
      .some((calls) => !Number.isNaN(calls)),
  );
  const usual = usualWeekdays(grid, has);
  const runs: RunOfDays[] = [];
  const last = has.lastIndexOf(true);
  for (let day = Math.max(0, has.indexOf(true)); day < last; day += 1) {
    if (has[day] === true) continue;
    const end = has.indexOf(true, day);
    const missing = Array.from({ length: end - day }, (_, i) => addDays(grid.firstDate, day + i)).filter(
      (date) => usual[weekdayOf(date)] === true,
    );
    const [from, to] = [missing[0], missing.at(-1)];
    if (missing.length >= leastRun && from !== undefined && to !== undefined)
      runs.push({ from, to, days: missing.length });
    day = end;
  }
  return runs;
};

/** Weekdays that have data at least every other time. */
const usualWeekdays = (grid: DayGrid, has: readonly boolean[]): readonly boolean[] => {
  const days = new Float64Array(7);
  const withData = new Float64Array(7);
  has.forEach((there, day) => {
    const weekday = weekdayOf(addDays(grid.firstDate, day));
    addAt(days, weekday, 1);
    addAt(withData, weekday, there ? 1 : 0);
  });
  return Array.from(days, (count, weekday) => 2 * valueAt(withData, weekday) >= count && count > 0);
};

/** Days since a season began on which it is still told. */
const toldFor = 60;
/** Days apart of one topic's end and another's beginning at which the other may be its new name. */
const renamedWithin = 14;
/** And how many times one's demands may be the other's. */
const renamedTimes = 2;

/** A season as it is reported. */
export const topicYearOfSeason = ({ day, end, riseDays, before, after }: Season): TopicYear => ({
  from: dateOfDayNumber(day),
  to: dateOfDayNumber(end - 1),
  riseDays,
  before,
  after,
});

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
export const earlyNotices = (
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
export const endedTopics = (topics: ReadonlyMap<string, DayGrid>): ReadonlyMap<string, Sayable> => {
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
