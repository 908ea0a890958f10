import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { type CountsIn, scoreBacktest } from '../../forecast/backtest.ts';
import type { Finding } from '../../kernel/finding.ts';
import { untranslated } from '../../kernel/text.ts';
import { addDays, type PlainDate, weekdayOf } from '../../kernel/time.ts';
import { meanOf, sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { forecastAccuracy } from '../../monitoring/forecast-accuracy.ts';
import type { KeptForecast } from '../forecasts/forecast-week.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Actuals } from './read-actuals.ts';

/** A plan's forecast of fresh calls beside those that came, over the days that count in. Null where no interval can be compared. */
export const forecastAgainstActual = (
  plan: PlanDocument,
  happened: Pick<Actuals, 'fresh'>,
  countsDay: CountsDay = () => true,
): CompareDocument['forecast'] => {
  const countsIn = (i: number): boolean => countsDay(valueAt(plan.starts, i).slice(0, 10));
  const queues = plan.queues.filter((queue) => happened.fresh.has(queue.queue));
  if (queues.length === 0) return null;
  const {
    mean: forecast,
    q10,
    q90,
    q025,
    q975,
  } = queues.length === plan.queues.length ? plan.calls : callsOf(plan, queues);
  const actual = plan.starts.map((_, i) => {
    const values = queues.map((queue) => happened.fresh.get(queue.queue)?.[i] ?? Number.NaN);
    return values.some(Number.isNaN) ? null : sumOf(values);
  });
  const accuracy = forecastAccuracy({ mean: forecast, q10, q90, q025, q975 }, actual, countsIn);
  return {
    wape: accuracy.wape,
    bias: accuracy.bias,
    coverage80: accuracy.coverage80,
    coverage95: accuracy.coverage95,
    days: plan.days.map((day) =>
      scoreDay(plan, queues, countsDay(day.date) ? happened.fresh : new Map(), day),
    ),
    queues: queues.map((queue) => {
      const own = forecastAccuracy(queue, happened.fresh.get(queue.queue) ?? [], countsIn);
      return { queue: queue.queue, wape: own.wape, bias: own.bias, coverage80: own.coverage80 };
    }),
    overruled: scoreChangedDays(changedDays(plan, queues, happened, countsDay)),
    intervals: { starts: [...plan.starts], forecast, q10, q90, actual },
  };
};

/**
 * A day's calls over the intervals that each queue has on record, beside the forecast of the same intervals. The range
 * of a day recorded in part is the day's own, scaled by the forecast's share in those intervals. A day without any
 * record keeps its whole forecast and no actual.
 */
const scoreDay = (
  plan: PlanDocument,
  queues: PlanDocument['queues'],
  came: Actuals['fresh'],
  day: PlanDocument['days'][number],
): NonNullable<CompareDocument['forecast']>['days'][number] => {
  const at = plan.starts.flatMap((start, i) => (start.startsWith(day.date) ? [i] : []));
  const known = queues.flatMap(({ queue, mean }) => {
    const fresh = came.get(queue);
    return at.flatMap((i) => {
      const calls = fresh?.[i] ?? Number.NaN;
      return Number.isNaN(calls) ? [] : [{ calls, expected: valueAt(mean, i) }];
    });
  });
  const whole = sumOf(plan.queues.flatMap(({ mean }) => at.map((i) => valueAt(mean, i))));
  const expected = sumOf(known.map((own) => own.expected));
  const share = known.length === 0 || whole <= 0 ? 1 : expected / whole;
  return {
    date: day.date,
    forecast: share * (day.calls.mean ?? 0),
    q10: share * (day.calls.q10 ?? 0),
    q90: share * (day.calls.q90 ?? 0),
    actual: known.length === 0 ? null : sumOf(known.map(({ calls }) => calls)),
  };
};

/** A day of a queue that planners changed: what came, the forecast as changed, and as the method had it. */
export interface ChangedDay {
  readonly queue: string;
  readonly date: string;
  readonly came: number;
  readonly forecast: number;
  readonly original: number;
}

/** The changed days of a plan of which something is known. */
export const changedDays = (
  plan: PlanDocument,
  queues: PlanDocument['queues'],
  happened: Pick<Actuals, 'fresh'>,
  countsDay: CountsDay = () => true,
): ChangedDay[] =>
  queues.flatMap((queue) => {
    const actual = happened.fresh.get(queue.queue);
    return queue.parts.flatMap(({ date, overrule }): ChangedDay[] => {
      if (!countsDay(date) || Math.abs(overrule - 1) < 1e-9 || overrule === 0 || actual === undefined)
        return [];
      const at = plan.starts.flatMap((start, i) =>
        start.startsWith(date) && !Number.isNaN(valueAt(actual, i)) ? [i] : [],
      );
      if (at.length === 0) return [];
      const came = at.reduce((sum, i) => sum + valueAt(actual, i), 0);
      const forecast = at.reduce((sum, i) => sum + valueAt(queue.mean, i), 0);
      return [{ queue: queue.queue, date, came, forecast, original: forecast / overrule }];
    });
  });

/** Errors of day totals, as changed and as the method had them; null where no day was changed. */
export const scoreChangedDays = (
  days: readonly ChangedDay[],
): { days: number; wape: number | null; originalWape: number | null } | null => {
  if (days.length === 0) return null;
  const sum = (of: (day: ChangedDay) => number): number => days.reduce((total, day) => total + of(day), 0);
  const calls = sum(({ came }) => came);
  const share = (error: number): number | null => (calls > 0 ? error / calls : null);
  return {
    days: days.length,
    wape: share(sum(({ came, forecast }) => Math.abs(came - forecast))),
    originalWape: share(sum(({ came, original }) => Math.abs(came - original))),
  };
};

/** Calls of some of the plan's queues; the sums of their own quantiles hold more than the range says. */
const callsOf = (plan: PlanDocument, queues: PlanDocument['queues']): PlanDocument['calls'] => {
  const sum = (field: 'mean' | 'q025' | 'q10' | 'q90' | 'q975'): number[] =>
    plan.starts.map((_, i) => queues.reduce((total, queue) => total + valueAt(queue[field], i), 0));
  return { mean: sum('mean'), q025: sum('q025'), q10: sum('q10'), q90: sum('q90'), q975: sum('q975') };
};

/** Whether a day is scored. */
export type CountsDay = (date: PlainDate) => boolean;

/** Below so many scored weeks a change cannot be distinguished from luck. */
const leastWeeks = 6;

/** Error of the first seven days of kept forecasts, of one queue and ISO weekday or of all; null where nothing is scored. */
type ErrorOf = (kept: readonly KeptForecast[], queue?: string, weekday?: number) => number | null;

const errorOver =
  (countsIn: CountsIn): ErrorOf =>
  (kept, queue, weekday) => {
    const runs = kept.flatMap((each) =>
      [...each].flatMap(([name, run]) => ((queue ?? name) === name ? [run] : [])),
    );
    return scoreBacktest(
      runs,
      (run, day, slot) =>
        day < 7 &&
        (weekday === undefined || weekdayOf(addDays(run.origin, day)) === weekday - 1) &&
        countsIn(run, day, slot),
    ).wape;
  };

/** Weeks that are scored, each by itself and together. */
interface Half {
  readonly kept: readonly KeptForecast[];
  readonly errors: readonly number[];
  readonly error: number;
}

/** The earlier and the later half of the weeks that are scored; or how many there are, where they are too few. */
const halvesOf = (
  kept: readonly KeptForecast[],
  errorOf: ErrorOf,
): { readonly earlier: Half; readonly later: Half } | number => {
  const scored = kept.flatMap((each) => {
    const error = errorOf([each]);
    return error === null ? [] : [{ each, error }];
  });
  const half = (weeks: typeof scored): Half | undefined => {
    const own = weeks.map(({ each }) => each);
    const error = errorOf(own);
    return error === null ? undefined : { kept: own, errors: weeks.map((week) => week.error), error };
  };
  const middle = Math.floor(scored.length / 2);
  const [earlier, later] = [half(scored.slice(0, middle)), half(scored.slice(middle))];
  return scored.length < leastWeeks || earlier === undefined || later === undefined
    ? scored.length
    : { earlier, later };
};

/** Variance of a mean of independent weeks. */
const varianceOfMean = (values: readonly number[]): number => {
  const middle = meanOf(values);
  return (
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length * (values.length - 1))
  );
};

/** The part of which a figure is largest: the first of equals. */
const most = <Part>([first, ...rest]: readonly [Part, ...Part[]], by: (part: Part) => number): Part => {
  let best = { part: first, figure: by(first) };
  for (const part of rest) {
    const figure = by(part);
    if (figure > best.figure) best = { part, figure };
  }
  return best.part;
};

/**
 * Are forecasts getting better or worse, and where? The later half of the weeks against the earlier, a week ahead; a
 * change counts where it is twice what the weeks' own scatter makes of it.
 */
export const judgeTrend = (
  kept: readonly KeptForecast[],
  queues: HotlineModel['queues'],
  countsIn: CountsIn = () => true,
): Finding => {
  const errorOf = errorOver(countsIn);
  const halves = halvesOf(kept, errorOf);
  const [queue, ...others] = new Set(kept.flatMap((each) => [...each.keys()]));
  if (typeof halves === 'number' || queue === undefined)
    return planningFinding('forecasts-few-weeks', {
      weeks: typeof halves === 'number' ? halves : 0,
      least: leastWeeks,
    });
  const { earlier, later } = halves;
  const change = meanOf(later.errors) - meanOf(earlier.errors);
  const isLuck =
    Math.abs(change) < 2 * Math.sqrt(varianceOfMean(earlier.errors) + varianceOfMean(later.errors));
  /** How much a part has moved the way that all went; where nothing moved, how large its error is. What is not scored comes last. */
  const moved = (name?: string, weekday?: number): number => {
    const [was, is] = [errorOf(earlier.kept, name, weekday), errorOf(later.kept, name, weekday)];
    if (is === null) return -Infinity;
    if (isLuck) return is;
    return was === null ? -Infinity : Math.sign(change) * (is - was);
  };
  const worst = most([queue, ...others], (name) => moved(name));
  return planningFinding(isLuck ? 'forecasts-steady' : change < 0 ? 'forecasts-better' : 'forecasts-worse', {
    earlierWeeks: earlier.kept.length,
    laterWeeks: later.kept.length,
    before: earlier.error,
    now: later.error,
    queue: queues.find((each) => each.queue === worst)?.name ?? untranslated(worst),
    weekday: most([1, 2, 3, 4, 5, 6, 7], (each) => moved(undefined, each)),
  });
};
