import type { ForecastRequest } from '../../forecast/forecast-request.ts';
import { prepareHistory } from '../../forecast/history/prepare-history.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, weekdayOf } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { planningFinding, type PlanningFinding, type RunOfDays } from '../planning-findings.ts';

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
  const { outages = [] } = prepareHistory(grid, { ...request, days: 0 }) ?? {};
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
