import type { Sayable } from '../kernel/finding.ts';
import type { CountPaths, RatePaths } from '../kernel/hotline.ts';
import type { Cause } from './causes/cause.ts';
import type { HistoryRequest } from './history/prepare-history.ts';
import type { MethodName } from '../contract/http/job-requests.ts';
import type { OutsideForecast, OutsideShare } from './outside/outside-forecast.ts';
import type { PlainDate } from '../kernel/time.ts';

/** Counts of the first day asked for that are known already: the rest of that day is updated from them. */
export interface IntradayCounts {
  /** The day whose first slots are known; must be the first day asked for. */
  readonly date: PlainDate;
  /** Number of slots from midnight that are over. */
  readonly knownSlots: number;
  /** The day's counts so far, slot by slot from midnight; NaN is a gap. */
  readonly counts: Float64Array;
}

/** What is asked: of which days, by which method, and what it is told beside the history. */
export interface ForecastTask extends HistoryRequest {
  /** Forecasts that were made elsewhere: mixed into `auto` as far as past weeks speak for them. */
  readonly outside?: readonly OutsideForecast[];
  /** Something by the day that may move calls: looked at for `auto`. */
  readonly causes?: readonly Cause[];
  readonly method: 'auto' | MethodName;
  readonly seed: number;
  /** Joint sample paths to draw (default 200); 0 leaves them out. */
  readonly pathCount?: number;
  readonly intraday?: IntradayCounts;
}

/** Quantiles of every interval, day after day (`days * slotsPerDay`). */
export interface Quantiles {
  readonly q025: Float64Array;
  readonly q10: Float64Array;
  readonly q50: Float64Array;
  readonly q90: Float64Array;
  readonly q975: Float64Array;
}

/** Of each quantile what `take` makes of it. */
export const mapQuantiles = <Value>(
  { q025, q10, q50, q90, q975 }: Quantiles,
  take: (values: Float64Array) => Value,
): Readonly<Record<keyof Quantiles, Value>> => ({
  q025: take(q025),
  q10: take(q10),
  q50: take(q50),
  q90: take(q90),
  q975: take(q975),
});

/** Day totals: mean and quantiles, one entry per day. */
interface DayQuantiles extends Quantiles {
  readonly mean: Float64Array;
}

/** Factors that multiply to the mean of a day: level × weekday × holiday × event × trend. */
export interface ForecastParts {
  readonly date: PlainDate;
  /** Calls of an ordinary, average day at the time of the forecast. */
  readonly level: number;
  readonly weekday: number;
  /** Holidays, days before and after them, and the turn of the month. */
  readonly holiday: number;
  readonly event: number;
  readonly trend: number;
  /** Stored causes that were found to move the calls; left out where none is. */
  readonly cause?: number;
}

/** A method that was tried on the last weeks of the history. */
export interface Candidate {
  readonly method: string;
  /** Sum of absolute errors over sum of calls in rolling forecasts, fraction; NaN where it was not tried. */
  readonly wape: number;
  /** Share of the forecast that comes from it, 0–1. */
  readonly weight: number;
}

/** What was found odd in the history. */
export interface CleanedHistory {
  readonly outages: readonly { readonly date: PlainDate; readonly slots: number }[];
  readonly outliers: readonly {
    readonly date: PlainDate;
    readonly calls: number;
    readonly expected: number;
  }[];
  readonly levelShifts: readonly { readonly date: PlainDate; readonly factor: number }[];
}

/** The distribution of one queue's future calls. Plain data: see `encodeForecast`. */
export interface QueueForecast {
  readonly origin: PlainDate;
  readonly method: string;
  readonly candidates: readonly Candidate[];
  readonly reasons: readonly Sayable[];
  readonly notices: readonly Sayable[];
  readonly dates: readonly PlainDate[];
  readonly intervalMinutes: number;
  readonly slotsPerDay: number;
  /** Mean calls per interval, day after day; 0 in closed hours. */
  readonly mean: Float64Array;
  readonly quantiles: Quantiles;
  readonly dayQuantiles: DayQuantiles;
  /** Joint sample paths, path after path (`pathCount * days * slotsPerDay`): calls to be expected, and as counted. */
  readonly ratePaths: RatePaths;
  readonly countPaths: CountPaths;
  readonly pathCount: number;
  readonly parts: readonly ForecastParts[];
  /** Share of the day's calls per interval, day after day: mean / day's mean. */
  readonly shape: Float64Array;
  /** 1 where the line is open, day after day. */
  readonly openSlots: Uint8Array;
  readonly cleaned: CleanedHistory;
  /** Forecasts from outside, beside it or in it; left out where there are none. */
  readonly outside?: readonly OutsideShare[];
}
