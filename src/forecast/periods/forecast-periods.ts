import { seededRandom, type Random } from '../../kernel/random.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { choleskyInPlace, rowStart } from '../numbers/linear-algebra.ts';
import {
  fitPeriods,
  oddPeriods,
  readingOf,
  readyPeriods,
  stateSize,
  stepState,
  type FittedSetting,
} from './period-model.ts';
import { periodsPerYear, type Period, type PeriodLength } from './periods.ts';

/** Mean and quantiles of some totals. */
export interface PeriodQuantiles {
  readonly mean: number;
  readonly q025: number;
  readonly q10: number;
  readonly q50: number;
  readonly q90: number;
  readonly q975: number;
}

export interface PeriodForecast {
  readonly periods: readonly (Period & PeriodQuantiles)[];
  /** All periods together. */
  readonly total: PeriodQuantiles;
  /** Growth a year at the end of the history, as a fraction: the middle and the ends of its 80 % range. */
  readonly growth: { readonly middle: number; readonly low: number; readonly high: number };
  /** Calls of every period on joint paths: path p of any queue is the same future. */
  readonly paths: readonly Float64Array[];
}

export interface PeriodRequest {
  readonly by: PeriodLength;
  readonly seed: number;
  /** Growth a year to be assumed instead of the one found, as a fraction (0.1: 10 %). */
  readonly growth?: number;
}

const pathCount = 2000;

/** Mean and quantiles of what some paths say. */
export const quantilesOf = (values: Float64Array): PeriodQuantiles => {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number): number => valueAt(sorted, Math.round(p * (sorted.length - 1)));
  return {
    mean: values.reduce((sum, v) => sum + v, 0) / values.length,
    q025: at(0.025),
    q10: at(0.1),
    q50: at(0.5),
    q90: at(0.9),
    q975: at(0.975),
  };
};

/** A state drawn from what is known of it. */
const drawState = (
  { mean, covariance }: FittedSetting,
  factor: Float64Array | undefined,
  random: Random,
): { readonly state: Float64Array; readonly factor: Float64Array } => {
  const root = factor ?? choleskyInPlace(Float64Array.from(covariance), stateSize, 1e-18);
  const normals = Float64Array.from({ length: stateSize }, () => random.normal());
  const state = Float64Array.from(mean, (value, i) => {
    let sum = value;
    for (let j = 0; j <= i; j += 1) sum += valueAt(root, rowStart(i) + j) * valueAt(normals, j);
    return sum;
  });
  return { state, factor: root };
};

/** Joint paths of the periods ahead: their calls, and the growth that each path starts with. */
interface Paths {
  readonly columns: readonly Float64Array[];
  readonly growths: Float64Array;
}

const samplePaths = (
  fits: readonly FittedSetting[],
  ahead: readonly Period[],
  readings: readonly Float64Array[],
  { by, seed, growth }: PeriodRequest,
): Paths => {
  const random = seededRandom(seed, 31);
  const perYear = periodsPerYear[by];
  const columns = ahead.map(() => new Float64Array(pathCount));
  const growths = new Float64Array(pathCount);
  const factors = new Map<FittedSetting, Float64Array>();
  const settled = settleByWeight(fits);
  for (let path = 0; path < pathCount; path += 1) {
    const fit = settled(path);
    const { state, factor } = drawState(fit, factors.get(fit), random);
    factors.set(fit, factor);
    growths[path] = Math.expm1(valueAt(state, 1) * perYear);
    const { noise, step, growthStep, memory } = fit.setting;
    if (growth !== undefined) state[1] = Math.log1p(growth) / perYear;
    readings.forEach((reading, h) => {
      const { days, knownDays, calls } = valueAt(ahead, h);
      const left = days - knownDays;
      const wide = random.uniform() < oddPeriods.share ? oddPeriods.times : 1;
      const scatter = random.normal() * noise * wide * Math.sqrt(days / Math.max(1, left));
      const perDay = Math.exp(readState(state, reading) + scatter);
      valueAt(columns, h)[path] = calls + random.poisson(Math.min(mostCalls, perDay * left));
      stepState(state, growth === undefined ? memory : 1);
      state[0] = valueAt(state, 0) + random.normal() * step;
      if (growth === undefined) state[1] = valueAt(state, 1) + random.normal() * growthStep;
    });
  }
  return { columns, growths };
};

/** Calls of a period that no line has: a path that runs away ends there. */
const mostCalls = 1e12;

/** Which setting a path is drawn from: as many paths each as its weight says. */
const settleByWeight = (fits: readonly FittedSetting[]): ((path: number) => FittedSetting) => {
  let at = 0;
  let reached = valueAt(fits, 0).weight;
  return (path) => {
    while ((path + 0.5) / pathCount > reached && at < fits.length - 1) {
      at += 1;
      reached += valueAt(fits, at).weight;
    }
    return valueAt(fits, at);
  };
};

const readState = (state: Float64Array, reading: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < stateSize; i += 1) sum += valueAt(state, i) * valueAt(reading, i);
  return sum;
};

/** Path by path the sum of some periods' calls. */
export const addPaths = (columns: readonly Float64Array[]): Float64Array =>
  Float64Array.from({ length: pathCount }, (_, path) =>
    columns.reduce((sum, column) => sum + valueAt(column, path), 0),
  );

/**
 * Calls of the weeks or months ahead, which follow the history without a gap; one that is going on is the history's
 * last and the first ahead, and what is known of it is kept. Joint paths, so that totals have honest ranges as well.
 */
export const forecastPeriods = (
  past: readonly Period[],
  ahead: readonly Period[],
  request: PeriodRequest,
): PeriodForecast => {
  const inProgress = (ahead[0]?.knownDays ?? 0) > 0;
  const history = readyPeriods(past, request.by, inProgress);
  const readings = ahead.map((period) => readingOf(period, history.meanOff));
  const { columns, growths } = samplePaths(fitPeriods(history), ahead, readings, request);
  const grown = quantilesOf(growths);
  return {
    periods: ahead.map((period, h) => ({ ...period, ...quantilesOf(valueAt(columns, h)) })),
    total: quantilesOf(addPaths(columns)),
    growth: { middle: grown.q50, low: grown.q10, high: grown.q90 },
    paths: columns,
  };
};
