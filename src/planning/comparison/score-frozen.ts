import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import { isWhatIf } from '../../contract/documents/plan-id.ts';
import { standingPlan } from '../../contract/plan-states.ts';
import {
  scoreBacktest,
  type BacktestRun,
  type CountsIn,
  type ScoredForecast,
} from '../../forecast/backtest.ts';
import { addDays, weekdayOf } from '../../kernel/time.ts';
import type { ForecastSeries } from '../forecasts/forecast-series.ts';
import { frozenRuns } from '../forecasts/frozen-forecast.ts';
import type { Ports } from '../ports.ts';
import { judgeTrend } from './judge-trend.ts';

export type KeptRun = BacktestRun<ScoredForecast>;
type Frozen = NonNullable<AccuracyDocument['frozen']>;
type Score = AccuracyDocument['leads'][number]['all'];

/** Days ahead that are told apart: tomorrow, the week, the month in which leave is granted, the quarter. */
const leads = [
  [1, 1],
  [2, 3],
  [4, 7],
  [8, 14],
  [15, 28],
  [29, 56],
  [57, 84],
] as const;

/** Weekdays, times of day and months are told of the days that a week's plan is made from. */
const isWithinWeek: CountsIn = (_, day) => day < 7;

/** Weeks whose forecast is scored, the latest first. */
const mostWeeks = 53;

/**
 * The forecasts that were kept with the plans that stand for their weeks, each held against what came: by how far ahead,
 * by weekday, interval of the day and month, for the line and queue by queue. Null where none was kept or none of its
 * days is known yet.
 */
export const scoreFrozen = async (
  { store, models }: Ports,
  series: ForecastSeries,
): Promise<AccuracyDocument['frozen']> => {
  const kept = await readKept(store, series);
  if (kept.length === 0) return null;
  const queues = [...new Set(kept.flatMap((each) => [...each.keys()]))];
  const runsOf = (queue: string): KeptRun[] => kept.flatMap((each) => each.get(queue) ?? []);
  const { dates } = scoredDays(kept);
  return {
    forecasts: kept.length,
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    trend: judgeTrend(kept, models.hotline.queues),
    parts: [
      scorePart(null, queues.flatMap(runsOf), series.intervalMinutes),
      ...queues.map((queue) => scorePart(queue, runsOf(queue), series.intervalMinutes)),
    ],
  };
};

/** The runs of each kept forecast by queue, the earliest first; one of several with the same origin. */
const readKept = async (
  store: Ports['store'],
  series: ForecastSeries,
): Promise<ReadonlyMap<string, KeptRun>[]> => {
  const plans = (await store.plans()).filter(({ id }) => !isWhatIf(id));
  const byOrigin = new Map<string, ReadonlyMap<string, KeptRun>>();
  for (const week of new Set(plans.map((plan) => plan.week))) {
    if (byOrigin.size === mostWeeks) break;
    const plan = standingPlan(plans, week);
    const bytes = plan === undefined ? undefined : await store.frozenForecast(plan.id);
    const runs = bytes === undefined ? new Map<string, KeptRun>() : frozenRuns(bytes, series);
    const [first] = runs.values();
    if (first === undefined || byOrigin.has(first.origin) || scoredDays([runs]).dates.length === 0) continue;
    byOrigin.set(first.origin, runs);
  }
  return [...byOrigin].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, runs]) => runs);
};

/** Dates of which anything is known. */
const scoredDays = (kept: readonly ReadonlyMap<string, KeptRun>[]): { readonly dates: readonly string[] } => {
  const dates = new Set<string>();
  for (const { forecast, actual, reported } of kept.flatMap((runs) => [...runs.values()]))
    for (const [day, date] of forecast.dates.entries()) {
      const [from, to] = [day * forecast.slotsPerDay, (day + 1) * forecast.slotsPerDay];
      const known = actual
        .subarray(from, to)
        .some((calls, i) => reported[from + i] === 1 && !Number.isNaN(calls));
      if (known) dates.add(date);
    }
  return { dates: [...dates].toSorted() };
};

export const scoreOf = (runs: readonly KeptRun[], countsIn?: CountsIn): Score => {
  const { wape, bias, biasPerDay, coverage80, scoredIntervals, rivals } = scoreBacktest(runs, countsIn);
  return { wape, bias, biasPerDay, coverage80, scoredIntervals, rivals: [...rivals] };
};

const scorePart = (
  queue: string | null,
  runs: readonly KeptRun[],
  intervalMinutes: number,
): Frozen['parts'][number] => {
  const within = (counts: CountsIn): Score =>
    scoreOf(runs, (run, day, slot) => isWithinWeek(run, day, slot) && counts(run, day, slot));
  const dateOf = (run: KeptRun, day: number): string => addDays(run.origin, day);
  const months = new Set(
    runs.flatMap((run) => run.forecast.dates.slice(0, 7).map((date) => date.slice(0, 7))),
  );
  const slots = 1440 / intervalMinutes;
  const known = <Row extends Score>(rows: readonly Row[]): Row[] =>
    rows.filter(({ scoredIntervals }) => scoredIntervals > 0);
  return {
    queue,
    ...scoreOf(runs),
    leads: known(
      leads.map(([fromDay, toDay]) => ({
        fromDay,
        toDay,
        ...scoreOf(runs, (_, day) => day + 1 >= fromDay && day < toDay),
      })),
    ),
    weekdays: known(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        ...within((run, day) => weekdayOf(dateOf(run, day)) === weekday - 1),
      })),
    ),
    intervals: known(
      Array.from({ length: slots }, (_, i) => ({
        start: clockOf(i * intervalMinutes),
        ...within((_run, _day, slot) => slot === i),
      })),
    ),
    months: known(
      [...months].toSorted().map((month) => ({
        month,
        ...within((run, day) => dateOf(run, day).startsWith(month)),
      })),
    ),
  };
};

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
