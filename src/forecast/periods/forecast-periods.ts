import { choleskyInPlace, rowStart } from '../../kernel/linear-algebra.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { isCovered } from '../../kernel/time-window.ts';
import { meanOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { Period, PeriodLength } from './periods.ts';
import { dayNumber } from '../../kernel/time.ts';

interface PeriodQuantiles {
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

interface PeriodRequest {
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
    mean: meanOf(values),
    q025: at(0.025),
    q10: at(0.1),
    q50: at(0.5),
    q90: at(0.9),
    q975: at(0.975),
  };
};

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

/**
 * Calls per day of weeks and months as a structural model (Harvey 1989): on the log scale a level that walks, growth
 * that may fade, the shape of the year in harmonics, and days off. How fast each moves is not chosen but averaged over
 * a grid, each setting weighted by how well it predicted the history one period at a time: what a short history cannot
 * tell stays uncertain.
 */
interface PeriodSetting {
  /** Standard deviations a period: of the noise and of the level's step, on the log scale. */
  readonly noise: number;
  readonly step: number;
  /** Standard deviation of the step of growth, per period. */
  readonly growthStep: number;
  /** What is left of growth after a period, 0–1. */
  readonly memory: number;
  /** Standard deviation of the first harmonic of the year. */
  readonly season: number;
}

/** A setting fitted to a history: its weight and the state after the last period, mean and packed covariance. */
interface FittedSetting {
  readonly setting: PeriodSetting;
  readonly weight: number;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** Harmonics of the year: six tell twelve months apart. */
const harmonics = 6;
/** Level, growth, two numbers a harmonic, days off. */
const stateSize = 2 + 2 * harmonics + 1;

/** Share of periods that are odd (a storm, a move, a fault), and how many times wider they scatter. */
const oddPeriods = { share: 0.03, times: 5 };

/** A year's growth before anything is known, standard deviation on the log scale. */
const growthPrior = 0.08;
/** A day off changes its calls by so much before anything is known, standard deviation on the log scale. */
const offPrior = 0.7;

const yearOfDays = 365.2425;

/** What the log of calls per day is read from the state by: level, growth (not at once), season, days off. */
const readingOf = (period: Period, meanOff: number): Float64Array => {
  const row = new Float64Array(stateSize);
  row[0] = 1;
  const angle = (2 * Math.PI * middleOf(period)) / yearOfDays;
  for (let k = 1; k <= harmonics; k += 1) {
    row[2 * k] = Math.cos(k * angle);
    row[2 * k + 1] = Math.sin(k * angle);
  }
  row[stateSize - 1] = period.offShare - meanOff;
  return row;
};

/** Settings to average over. Speeds are given by year, so that weeks and months are one line's. */
const settingsFor = (by: PeriodLength): PeriodSetting[] => {
  const perYear = periodsPerYear[by];
  const byRoot = 1 / Math.sqrt(perYear);
  const settings: PeriodSetting[] = [];
  for (const noise of [0.01, 0.02, 0.04, 0.08, 0.16, 0.32])
    for (const step of [0.03, 0.06, 0.12, 0.24, 0.48])
      for (const [growthStep, yearly] of [
        [0, 1],
        [0, 0.6],
        [0.1, 0.6],
      ] as const)
        for (const season of [0.02, 0.06, 0.2])
          settings.push({
            noise,
            step: step * byRoot,
            growthStep: (growthStep * byRoot) / perYear,
            memory: yearly ** (1 / perYear),
            season,
          });
  return settings;
};

const priorCovariance = (setting: PeriodSetting, perYear: number): Float64Array => {
  const covariance = new Float64Array(rowStart(stateSize));
  const set = (i: number, deviation: number): void => void (covariance[rowStart(i) + i] = deviation ** 2);
  set(0, 3);
  set(1, growthPrior / perYear);
  for (let k = 1; k <= harmonics; k += 1) {
    set(2 * k, setting.season / k);
    set(2 * k + 1, setting.season / k);
  }
  set(stateSize - 1, offPrior);
  return covariance;
};

/** Moves the state on by a period: level += growth, growth fades. */
const stepState = (mean: Float64Array, memory: number): void => {
  mean[0] = valueAt(mean, 0) + valueAt(mean, 1);
  mean[1] = memory * valueAt(mean, 1);
};

/** Moves a packed covariance on by a period. */
const stepCovariance = (p: Float64Array, { step, growthStep, memory }: PeriodSetting): void => {
  p[0] = p[0]! + 2 * p[1]! + p[2]! + step ** 2;
  p[1] = memory * (p[1]! + p[2]!);
  p[2] = memory * memory * p[2]! + growthStep ** 2;
  for (let i = 2; i < stateSize; i += 1) {
    const row = rowStart(i);
    p[row] = p[row]! + p[row + 1]!;
    p[row + 1] = memory * p[row + 1]!;
  }
};

const times = (p: Float64Array, x: Float64Array, out: Float64Array): void => {
  out.fill(0);
  for (let i = 0; i < stateSize; i += 1) {
    const row = rowStart(i);
    for (let j = 0; j < i; j += 1) {
      out[i] = out[i]! + p[row + j]! * x[j]!;
      out[j] = out[j]! + p[row + j]! * x[i]!;
    }
    out[i] = out[i]! + p[row + i]! * x[i]!;
  }
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < stateSize; i += 1) sum += a[i]! * b[i]!;
  return sum;
};

/** What the periods of a history show: readings, logs of calls per day, and the variance that counting alone brings. */
interface PeriodHistory {
  readonly by: PeriodLength;
  readonly readings: readonly Float64Array[];
  readonly logs: Float64Array;
  readonly counting: Float64Array;
  /** Days of a period over those known; Infinity where none is. */
  readonly thinness: Float64Array;
  readonly meanOff: number;
  /** Whether the last period is still going on: then the state stays at it. */
  readonly inProgress: boolean;
}

const readyPeriods = (periods: readonly Period[], by: PeriodLength, inProgress: boolean): PeriodHistory => {
  const known = periods.filter(({ knownDays }) => knownDays > 0);
  const meanOff = known.reduce((sum, { offShare }) => sum + offShare, 0) / Math.max(1, known.length);
  return {
    by,
    meanOff,
    inProgress,
    readings: periods.map((period) => readingOf(period, meanOff)),
    logs: Float64Array.from(periods, ({ calls, knownDays }) => Math.log((calls + 0.5) / knownDays)),
    counting: Float64Array.from(periods, ({ calls }) => 1 / (calls + 0.5)),
    thinness: Float64Array.from(periods, ({ days, knownDays }) => days / knownDays),
  };
};

/** Takes a history through one setting: how likely it was, and the state for the period after it. */
const fitSetting = (
  history: PeriodHistory,
  setting: PeriodSetting,
): { readonly logLikelihood: number; readonly mean: Float64Array; readonly covariance: Float64Array } => {
  const covariance = priorCovariance(setting, periodsPerYear[history.by]);
  const mean = new Float64Array(stateSize);
  const seen = history.logs.filter((z) => Number.isFinite(z));
  mean[0] = meanOf(seen);
  const gain = new Float64Array(stateSize);
  let logLikelihood = 0;
  history.readings.forEach((reading, t) => {
    const thin = valueAt(history.thinness, t);
    if (Number.isFinite(thin)) {
      times(covariance, reading, gain);
      const noise = setting.noise ** 2 * thin;
      const usual = dot(gain, reading) + noise + valueAt(history.counting, t);
      const wide = usual + (oddPeriods.times ** 2 - 1) * (noise + valueAt(history.counting, t));
      const error = valueAt(history.logs, t) - dot(mean, reading);
      const asUsual = ((1 - oddPeriods.share) * Math.exp((-error * error) / (2 * usual))) / Math.sqrt(usual);
      const asOdd = (oddPeriods.share * Math.exp((-error * error) / (2 * wide))) / Math.sqrt(wide);
      const total = asUsual + asOdd;
      logLikelihood += total > 0 ? Math.log(total) : (-error * error) / (2 * wide) - Math.log(wide);
      const odd = total > 0 ? asOdd / total : 1;
      const pull = (1 - odd) / usual + odd / wide;
      const apart = 1 / usual - 1 / wide;
      const shrink = pull - odd * (1 - odd) * apart * apart * error * error;
      for (let i = 0; i < stateSize; i += 1) {
        mean[i] = mean[i]! + gain[i]! * error * pull;
        const row = rowStart(i);
        for (let j = 0; j <= i; j += 1)
          covariance[row + j] = covariance[row + j]! - shrink * gain[i]! * gain[j]!;
      }
    }
    if (history.inProgress && t === history.readings.length - 1) return;
    stepState(mean, setting.memory);
    stepCovariance(covariance, setting);
  });
  return { logLikelihood, mean, covariance };
};

/** Weight below which a setting is left out. */
const leastWeight = 1e-3;

/** Fits every setting to a history and weighs them; the state is at the first period ahead. */
const fitPeriods = (history: PeriodHistory): FittedSetting[] => {
  const fits = settingsFor(history.by).map((setting) => ({ setting, ...fitSetting(history, setting) }));
  const best = Math.max(...fits.map(({ logLikelihood }) => logLikelihood));
  const all = fits.map((fit) => ({ ...fit, weight: Math.exp(fit.logLikelihood - best) }));
  const kept = all.filter(({ weight }) => weight >= leastWeight);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ setting, weight, mean, covariance }) => ({
    setting,
    weight: weight / total,
    mean,
    covariance,
  }));
};

/** How forecasts of the last year would have done. */
interface PeriodScore {
  readonly origins: number;
  /** Periods scored, each once an origin. */
  readonly periods: number;
  /** Weighted absolute percentage error, and that of taking the period a year before; fractions. */
  readonly wape: number;
  readonly yearBeforeWape: number;
  readonly bias: number;
  /** Share of the periods inside their 80 % range. */
  readonly coverage80: number;
}

const year: Readonly<Record<PeriodLength, number>> = { week: 52, month: 12 };

/** Origins in the last year, evenly. */
const originCount = 4;

/**
 * Forecasts the last year again from each quarter of it, to its end, and scores what came; null where less than two
 * years of whole periods are known.
 */
export const scorePeriods = (past: readonly Period[], request: PeriodRequest): PeriodScore | null => {
  const whole = past.at(-1)?.knownDays === past.at(-1)?.days ? past : past.slice(0, -1);
  const span = year[request.by];
  if (whole.length < 2 * span) return null;
  let periods = 0;
  let calls = 0;
  let missed = 0;
  let over = 0;
  let missedBefore = 0;
  let inside = 0;
  for (let origin = 0; origin < originCount; origin += 1) {
    const at = whole.length - span + Math.round((origin * span) / originCount);
    const ahead = whole.slice(at);
    const unknown = ahead.map((period) => ({ ...period, knownDays: 0, calls: 0 }));
    const forecast = forecastPeriods(whole.slice(0, at), unknown, request);
    ahead.forEach((period, h) => {
      const before = valueAt(whole, at + h - span);
      if (period.knownDays < period.days || before.knownDays < before.days) return;
      const { mean, q10, q90 } = valueAt(forecast.periods, h);
      periods += 1;
      calls += period.calls;
      missed += Math.abs(mean - period.calls);
      over += mean - period.calls;
      missedBefore += Math.abs((before.calls / before.days) * period.days - period.calls);
      if (isCovered(period.calls, q10, q90)) inside += 1;
    });
  }
  if (periods === 0 || calls === 0) return null;
  return {
    origins: originCount,
    periods,
    wape: missed / calls,
    yearBeforeWape: missedBefore / calls,
    bias: over / calls,
    coverage80: inside / periods,
  };
};

/** Usual count of periods in a year. */
const periodsPerYear: Readonly<Record<PeriodLength, number>> = { week: 52.18, month: 12 };

/** Day in the middle of a period, for its place in the year. */
const middleOf = ({ start, days }: Pick<Period, 'start' | 'days'>): number => dayNumber(start) + days / 2;
