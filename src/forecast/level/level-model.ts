import type { LevelData } from './prepare-level.ts';

/** The log totals of days ahead. */
export interface LevelForecast {
  /** Mean of the log total per day. */
  readonly mean: Float64Array;
  /** Variance of the day's expected log total. */
  readonly variance: Float64Array;
  /** Covariance of the days' expected log totals, row by row; only where it was asked for. */
  readonly covariance: Float64Array | undefined;
}

/** What level, weekday, holiday, event and trend add to a day's log total. */
export type LevelParts = readonly [
  level: number,
  weekday: number,
  holiday: number,
  event: number,
  trend: number,
];

/** A fitted form of the day's level. */
export interface LevelModel {
  readonly data: LevelData;
  /** Variance that a day ahead has of its own, by weekday class, count noise apart. */
  readonly dayNoise: Float64Array;
  /** Forecast of `count` days from day `first` on, from the days before `origin` only. */
  forecast(origin: number, first: number, count: number, joint?: boolean): LevelForecast;
  /** Parts of the forecast of days ahead of the whole history. */
  parts(days: readonly number[]): readonly LevelParts[];
}
