import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { BacktestRun, ScoredForecast } from '../../forecast/backtest.ts';
import { scoreBacktest, scoredDates, type CountsIn } from '../../forecast/score-backtest.ts';
import { addDays, weekdayOf } from '../../kernel/time.ts';
import type { KeptForecast } from '../forecasts/frozen-forecast.ts';
import { judgeTrend } from './judge-trend.ts';

type Run = BacktestRun<ScoredForecast>;
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

/**
 * Kept forecasts, the earliest first, each held against what came: by how far ahead, by weekday, interval of the day and
 * month, for the line and queue by queue, over the days that count in. Null where none was kept.
 */
export const scoreFrozen = (
  kept: readonly KeptForecast[],
  { queues: named, intervalMinutes }: Pick<HotlineModel, 'queues' | 'intervalMinutes'>,
  countsIn: CountsIn = () => true,
): AccuracyDocument['frozen'] => {
  if (kept.length === 0) return null;
  const queues = [...new Set(kept.flatMap((each) => [...each.keys()]))];
  const runsOf = (queue: string): Run[] => kept.flatMap((each) => each.get(queue) ?? []);
  const dates = scoredDates(queues.flatMap(runsOf), countsIn);
  return {
    forecasts: kept.length,
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    trend: judgeTrend(kept, named, countsIn),
    parts: [
      scorePart(null, queues.flatMap(runsOf), intervalMinutes, countsIn),
      ...queues.map((queue) => scorePart(queue, runsOf(queue), intervalMinutes, countsIn)),
    ],
  };
};

export const scoreOf = (runs: readonly Run[], countsIn?: CountsIn): Score => {
  const { wape, chance, bias, biasPerDay, coverage80, scoredIntervals, rivals } = scoreBacktest(
    runs,
    countsIn,
  );
  return { wape, chance, bias, biasPerDay, coverage80, scoredIntervals, rivals: [...rivals] };
};

const scorePart = (
  queue: string | null,
  runs: readonly Run[],
  intervalMinutes: number,
  countsIn: CountsIn,
): Frozen['parts'][number] => {
  const counted = (counts: CountsIn): Score =>
    scoreOf(runs, (...where) => countsIn(...where) && counts(...where));
  const within = (counts: CountsIn): Score =>
    counted((...where) => isWithinWeek(...where) && counts(...where));
  const dateOf = (run: Run, day: number): string => addDays(run.origin, day);
  const months = new Set(
    runs.flatMap((run) => run.forecast.dates.slice(0, 7).map((date) => date.slice(0, 7))),
  );
  const slots = 1440 / intervalMinutes;
  const known = <Row extends Score>(rows: readonly Row[]): Row[] =>
    rows.filter(({ scoredIntervals }) => scoredIntervals > 0);
  return {
    queue,
    ...scoreOf(runs, countsIn),
    leads: known(
      leads.map(([fromDay, toDay]) => ({
        fromDay,
        toDay,
        ...counted((_, day) => day + 1 >= fromDay && day < toDay),
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
