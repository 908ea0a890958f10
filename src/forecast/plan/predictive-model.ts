import type { CauseExplanation } from '../causes/cause-ahead.ts';
import type { Candidate } from '../forecast-task.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import type { FittedForms } from '../level/level-forms.ts';
import type { OutsideShare } from '../outside/outside-forecast.ts';
import type { SlotSpread } from '../shape/day-shape.ts';

/** Variances of a day's relative surprise: what the whole day shares, and what fades to 1/e within so many hours. */
export interface Memory {
  readonly shared: number;
  readonly fading: number;
  readonly hours: number;
}

/** A plan of the days ahead with what it was made from, for parts, reasons and the update within the day. */
export interface PredictiveModel extends PredictiveDay {
  readonly history: PreparedHistory;
  readonly forms: FittedForms;
  /** Share of each form of the level in the mean. */
  readonly weights: readonly number[];
  /** Rolling error of what was chosen, fraction; NaN where the history is too short. */
  readonly mixWape: number;
  readonly replayed: Replayed;
  /** What was found of the causes that were given; left out where none were. */
  readonly causes?: CauseExplanation;
  /** Factor that causes have on each day ahead; left out where none is taken. */
  readonly causeFactor?: Float64Array;
  /** Memory of surprises within the day, and the past days that it is learnt from; learnt when first asked for. */
  readonly withinDay: () => { readonly memory: Memory; readonly past: readonly PastDay[] };
}

/**
 * What is known of the days ahead before it is turned into quantiles and paths: the day's level as a
 * log-normal, the shape, and how widely days and slots scatter around them.
 */
export interface PredictiveDay {
  /** Log of the day's expected calls; -Infinity where no calls are expected. */
  readonly logMean: Float64Array;
  /** Covariance of the days' levels (days × days), forecast error included, day noise not. */
  readonly covariance: Float64Array;
  /** Variance of each day's own noise on the log scale, counts apart. */
  readonly dayNoise: Float64Array;
  /** Share of the day per active slot, day after day. */
  readonly shares: Float64Array;
  readonly spread: SlotSpread;
  /** Factors on standard deviations, per day: of slots at 80 % and at 95 %, and of day totals. */
  readonly slotScale80: Float64Array;
  readonly slotScale95: Float64Array;
  readonly dayScale: Float64Array;
  readonly candidates: readonly Candidate[];
  readonly method: string;
  /** Forecasts from outside beside it, or in it. */
  readonly outside: readonly OutsideShare[];
}

/** The rest of a day from its calls so far. */
export interface DayUpdate {
  /** Factor on each active slot's mean; 1 for slots that are known. */
  readonly factor: Float64Array;
  /** Variance left in each active slot's level, relative (replaces the day's). */
  readonly variance: Float64Array;
  /** Known counts per active slot; NaN where not known. */
  readonly known: Float64Array;
  /** Factors on standard deviations: of slots at 80 % and 95 %, and of the sum of what is left. */
  readonly scales: { readonly slot80: number; readonly slot95: number; readonly rest: number };
}

/** A past day as it was forecast at the time, slot by slot. */
export interface PastDay {
  readonly day: number;
  readonly expected: Float64Array;
}

/** Past days as they would have been forecast, the last week of the horizon ahead of each, `judgedWeeks` from its origin. */
export interface Replayed {
  readonly past: readonly PastDay[];
  readonly judgedWeeks: number;
}
