import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { ForecastTask } from '../../forecast/forecast-task.ts';
import { prepareHistory } from '../../forecast/history/prepare-history.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, type PlainDate, weekdayOf } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { nameQueues } from '../history/effective-models.ts';
import { type LineHistory, openingOfLine } from '../history/line-history.ts';
import { nextWeek, weekHorizon, type WeekHorizon } from '../operation/week-horizon.ts';
import { planningFinding, type PlanningFinding, type RunOfDays } from '../planning-findings.ts';
import type { Store } from '../ports.ts';
import { originProblem } from './series-options.ts';

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

type OutageRequest = Pick<ForecastTask, 'origin' | 'calendar' | 'events'>;

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

/** What the planner would say against a plan of the week after the data. */
export const refusalsOf = async (store: Store, line: LineHistory): Promise<Problem[]> => {
  const { zone, intervalMinutes } = line.models.hotline;
  const summary = await store.trafficSummary();
  if (summary.length === 0) return [];
  const week = weekHorizon(nextWeek(summary, zone), zone, intervalMinutes);
  return [...refusedHistories(line.fresh, originOfWeek(line, week), line.models.hotline.queues)];
};

/** The first day that a week's forecast has to say something of. */
export const originOfWeek = (line: LineHistory, { firstDate, horizon }: WeekHorizon): PlainDate =>
  firstUnknown(
    line.history.lastDate,
    firstDate,
    openingOfLine(line, horizon.intervalMinutes),
    1440 / horizon.intervalMinutes,
  );

/** The first day after the data that may have calls, or the week's first: of days that are closed all is known. */
const firstUnknown = (
  lastDate: PlainDate,
  firstDate: PlainDate,
  isOpen: (date: PlainDate, slot: number) => boolean,
  slotsPerDay: number,
): PlainDate => {
  const slots = Array.from({ length: slotsPerDay }, (_, slot) => slot);
  let date = addDays(lastDate, 1);
  while (date < firstDate && !slots.some((slot) => isOpen(date, slot))) date = addDays(date, 1);
  return date < firstDate ? date : firstDate;
};

/**
 * Says which queues have too short a history for a weekly pattern. A line of which every queue is so new cannot be
 * planned: that is bad input. Beside queues with a history a new one is planned all the same, with a warning.
 */
export const judgeHistories = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  names: HotlineModel['queues'],
): readonly Sayable[] => {
  const { short, problems } = judged(grids, origin);
  if (short.length === grids.size) throw new BadInputError(nameQueues(problems, names));
  return nameQueues(short.map(newQueue), names);
};

/** The problems with which a line would be refused; none where it can be planned. */
const refusedHistories = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  names: HotlineModel['queues'],
): readonly Problem[] => {
  const { short, problems } = judged(grids, origin);
  return short.length === grids.size ? nameQueues(problems, names) : [];
};

/** Queues of too short a history, and the problem of each. */
const judged = (
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
): { readonly short: readonly string[]; readonly problems: readonly Problem[] } => {
  const found = [...grids].flatMap(([queue, grid]) => {
    const problem = originProblem(queue, grid, origin);
    return problem === undefined ? [] : [{ queue, problem }];
  });
  return { short: found.map(({ queue }) => queue), problems: found.map(({ problem }) => problem) };
};

const newQueue = (queue: string): Sayable => planningFinding('no-weekly-pattern-yet', { queue });
