import { type Random, seededRandom } from '../../kernel/random.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { choleskyInPlace, rowStart, solveLower, solveUpper } from '../../kernel/linear-algebra.ts';
import { meanOf, sumOf } from '../../kernel/statistics.ts';
import { type Cause, causeValue, mostLag } from './cause.ts';

/** A cause that has been found to move the calls, with what it did. */
export interface FoundCause {
  readonly cause: Cause;
  /** Mean of its known values: effects are against it. */
  readonly middle: number;
  readonly least: number;
  readonly most: number;
  /** Standard deviation of its known values. */
  readonly scale: number;
  /** Days on which it is known beside the calls. */
  readonly days: number;
}

/** Effects by regressor: means and covariance, on the scale of the regressors given. */
interface Effects {
  readonly beta: Float64Array;
  /** size × size. */
  readonly covariance: Float64Array;
}

/** Causes found, with the effects of all their lags together: lag by lag, cause by cause. */
export interface FoundCauses {
  readonly found: readonly FoundCause[];
  readonly effects: Effects;
}

const lagCount = mostLag + 1;
/** Weeks before the first that are forecast, and weeks forecast, that the least history has. */
const weeksBefore = 8;
const leastWeeks = 20;
const leastDays = 5 * leastWeeks;
/** Weeks that are forecast from one origin. */
const weeksAhead = 4;
/** Standard errors that a gain must lie above nothing, for one cause; for several the chance is shared out. */
const usualThreshold = 1.85;
const threshold = (causes: number): number => usualThreshold + 0.35 * Math.log(causes);

/** A cause's values on the days that effects are learnt from. */
const knownValues = (history: PreparedHistory, cause: Cause, { days }: PlainDays): number[] => {
  const origin = history.firstDay + history.days;
  return Array.from(days, (d) => causeValue(cause, history.firstDay + d, origin)).filter(
    (value) => !Number.isNaN(value),
  );
};

/** What a cause was like on those days; undefined where there are too few or it hardly moved. */
const usable = (cause: Cause, values: readonly number[]): FoundCause | undefined => {
  const middle = meanOf(values);
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
  if (values.length < leastDays || !(scale > 0)) return undefined;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { cause, middle, scale, least, most, days: values.length };
};

/**
 * A cause's value on a day against its middle; what is not known is the middle, and what lies outside of all that effects
 * were learnt from is the nearest of that.
 */
export const clampedDeviation = (
  { cause, middle, least, most }: FoundCause,
  day: number,
  origin: number,
): number => {
  const value = causeValue(cause, day, origin);
  return Number.isNaN(value) ? 0 : Math.max(least, Math.min(most, value)) - middle;
};

const columnsOf = (history: PreparedHistory, cause: FoundCause, plain: PlainDays): Float64Array[] => {
  const origin = history.firstDay + history.days;
  return Array.from({ length: lagCount }, (_, lag) =>
    withinWeeks(
      Float64Array.from(plain.days, (d) => clampedDeviation(cause, history.firstDay + d - lag, origin)),
      plain,
    ),
  );
};

/** Days left to show the scatter once weeks and weekdays are taken off. */
const freeOf = ({ days, weeks }: PlainDays): number =>
  days.length - weeks - 6 * Math.ceil(weeks / weeksOfHabit);

const fit = (
  columns: readonly Float64Array[],
  causes: readonly FoundCause[],
  y: Float64Array,
  upTo: number,
  free: number,
  whole = true,
): Effects =>
  fitEffects(
    productsOf(columns, y, upTo),
    Int32Array.from(columns, (_, i) => i % lagCount),
    Float64Array.from(columns, (_, i) => causes[Math.floor(i / lagCount)]!.scale),
    free,
    whole,
  );

const told = (columns: readonly Float64Array[], { beta }: Effects, i: number): number =>
  columns.reduce((sum, column, k) => sum + column[i]! * beta[k]!, 0);

/** The standard normal value that is as rare as a value of Student's t: few weeks tell their own scatter badly. */
const asNormal = (t: number, freedom: number): number =>
  (t * (1 - 1 / (4 * freedom))) / Math.sqrt(1 + t ** 2 / (2 * freedom));

/**
 * By how many standard errors rolling forecasts of weeks got better with the causes: what each week gained, on average,
 * over what weeks of gain scatter; as rare as such a value of a normal distribution.
 */
const gainOf = (
  columns: readonly Float64Array[],
  causes: readonly FoundCause[],
  y: Float64Array,
  plain: PlainDays,
): number => {
  const gains: number[] = [];
  for (let week = weeksBefore; week < plain.weeks; week += weeksAhead) {
    const from = plain.week.indexOf(week);
    const effects = fit(columns, causes, y, from, (from * freeOf(plain)) / plain.days.length, false);
    for (let i = from; i < y.length && plain.week[i]! < week + weeksAhead; i += 1) {
      const w = plain.week[i]! - weeksBefore;
      gains[w] = (gains[w] ?? 0) + y[i]! ** 2 - (y[i]! - told(columns, effects, i)) ** 2;
    }
  }
  const mean = meanOf(gains);
  const scatter = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  return asNormal(mean / Math.sqrt(Math.max(1e-18, scatter) / gains.length), gains.length - 1);
};

/** Why a cause has no part. */
export type RejectionReason = 'too-short' | 'no-effect' | 'no-gain';

interface JudgedCauses {
  readonly taken: FoundCauses | undefined;
  /** Each with the days on which it is known beside the calls. */
  readonly refused: readonly {
    readonly cause: Cause;
    readonly why: RejectionReason;
    readonly days: number;
  }[];
}

/**
 * Which causes move a queue's calls, and how much: days are looked at within their weeks, so that neither
 * the level nor the weekday is taken for a cause. One after the other, the clearest first, is taken while rolling
 * forecasts get better by it beyond chance; effects are then found of all together.
 */
export const selectRegressors = (history: PreparedHistory, causes: readonly Cause[]): JudgedCauses => {
  const plain = plainDays(history, history.days);
  const known = causes.map((cause) => ({ cause, values: knownValues(history, cause, plain) }));
  if (plain.weeks < leastWeeks)
    return {
      taken: undefined,
      refused: known.map(({ cause, values }) => ({ cause, why: 'too-short', days: values.length })),
    };
  const y = withinWeeks(
    Float64Array.from(plain.days, (d) => Math.log(history.totals[d]!)),
    plain,
  );
  const looked = known.map((each) => ({ ...each, own: usable(each.cause, each.values) }));
  const open = looked.flatMap(({ own }) =>
    own === undefined ? [] : [{ own, columns: columnsOf(history, own, plain) }],
  );
  const chosen: typeof open = [];
  let left = y;
  for (;;) {
    const tried = open
      .filter((each) => !chosen.includes(each))
      .map((each) => ({ each, gain: gainOf(each.columns, [each.own], left, plain) }))
      .toSorted((a, b) => b.gain - a.gain);
    const [best] = tried;
    if (best === undefined || best.gain < threshold(open.length)) break;
    chosen.push(best.each);
    const columns = chosen.flatMap((each) => each.columns);
    const owns = chosen.map(({ own }) => own);
    const effects = fit(columns, owns, y, y.length, freeOf(plain), false);
    left = y.map((value, i) => value - told(columns, effects, i));
  }
  const columns = chosen.flatMap((each) => each.columns);
  const owns = chosen.map(({ own }) => own);
  return {
    taken:
      chosen.length === 0
        ? undefined
        : { found: owns, effects: fit(columns, owns, y, y.length, freeOf(plain)) },
    refused: looked
      .filter(({ own }) => own === undefined || !owns.includes(own))
      .map(({ cause, own, values }) => ({
        cause,
        why: own === undefined ? 'too-short' : 'no-effect',
        days: values.length,
      })),
  };
};

/** The effects of causes that were taken as the days before `until` alone show them; undefined where these are too few. */
export const refitCauses = (
  history: PreparedHistory,
  { found }: FoundCauses,
  until: number,
): FoundCauses | undefined => {
  const plain = plainDays(history, Math.max(0, until));
  if (plain.weeks < weeksBefore) return undefined;
  const y = withinWeeks(
    Float64Array.from(plain.days, (d) => Math.log(history.totals[d]!)),
    plain,
  );
  const columns = found.flatMap((own) => columnsOf(history, own, plain));
  return { found, effects: fit(columns, found, y, y.length, freeOf(plain)) };
};

/** Widths of the belief about effects that are tried: log of calls for a usual move of the cause. */
const widths = [0.002, 0.01, 0.03, 0.1, 0.3];
/** An effect a day later is believed to be so much smaller. */
const fading = 0.7;

interface Belief extends Factored {
  /** Variance of the belief about each effect. */
  readonly prior: Float64Array;
}

/** Beliefs under which the days would have been predicted best, one for the same day and one for all later ones. */
const commonBelief = (products: Products, noise: number, lags: Int32Array, scales: Float64Array): Belief => {
  let best: Belief | undefined;
  for (const sameDay of widths)
    for (const later of widths) {
      if (later > sameDay) continue;
      const prior = Float64Array.from(scales, (scale, i) => {
        const width = lags[i] === 0 ? sameDay : later * fading ** lags[i]!;
        return (width / Math.max(1e-12, scale)) ** 2;
      });
      const found = factored(products, noise, prior);
      if (best === undefined || found.evidence > best.evidence) best = { ...found, prior };
    }
  return best!;
};

/**
 * Effects of regressors, each with its `lag` in days and its usual move, under beliefs of zero that narrow with the
 * lag; how wide they are is chosen by how well each would have predicted the days. `whole`: with all that is uncertain
 * of them, lag by lag.
 */
const fitEffects = (
  products: Products,
  lags: Int32Array,
  scales: Float64Array,
  free: number,
  whole: boolean,
): Effects => {
  const { size, power } = products;
  let noise = Math.max(1e-9, power / Math.max(1, free));
  let best: Belief | undefined;
  for (let round = 0; round < 2; round += 1) {
    best = commonBelief(products, noise, lags, scales);
    noise = Math.max(1e-9, residualPower(products, best.beta) / Math.max(1, free));
  }
  if (whole) return modelAverage(products, noise, free, scales, best!.prior);
  const { factor, beta } = best!;
  return { beta, covariance: inverseOf(factor, size).map((value) => value * noise) };
};

/** Widths of the belief about an effect that are averaged over: log of calls for a usual move of the cause. */
const beliefWidths = [0.01, 0.03, 0.1, 0.3];
/** Turns of the sampler that settle it, and that are averaged over. */
const settling = 30;
const turns = 150;

/** A number of `weights` drawn in proportion to their exponentials. */
const drawOf = (logWeights: readonly number[], random: Random): number => {
  const most = Math.max(...logWeights);
  const weights = logWeights.map((log) => Math.exp(log - most));
  let left = random.uniform() * sumOf(weights);
  const drawn = weights.findIndex((weight) => (left -= weight) < 0);
  return drawn < 0 ? weights.length - 1 : drawn;
};

/** Draws the width of each effect in turn, given those of the others: exact, by what one entry of the diagonal changes. */
const redrawWidths = (
  products: Products,
  noise: number,
  prior: Float64Array,
  scales: Float64Array,
  random: Random,
): void => {
  const { size } = products;
  const { factor, beta } = factored(products, noise, prior);
  const inverse = inverseOf(factor, size);
  for (let i = 0; i < size; i += 1) {
    const now = noise / prior[i]!;
    const leverage = inverse[i * size + i]!;
    const wanted = beliefWidths.map((width) => (width / Math.max(1e-12, scales[i]!)) ** 2);
    const logs = wanted.map((variance) => {
      const step = noise / variance - now;
      return (
        (-(step * beta[i]! ** 2) / (1 + step * leverage) / noise -
          Math.log1p(step * leverage) +
          Math.log(noise / variance)) /
        2
      );
    });
    prior[i] = wanted[drawOf(logs, random)]!;
    const step = noise / prior[i]! - now;
    if (step === 0) continue;
    const part = step / (1 + step * leverage);
    const column = inverse.slice(i * size, (i + 1) * size);
    const was = beta[i]!;
    for (let j = 0; j < size; j += 1) {
      beta[j]! -= part * column[j]! * was;
      for (let k = 0; k < size; k += 1) inverse[j * size + k]! -= part * column[j]! * column[k]!;
    }
  }
};

/**
 * Effects averaged over all widths of belief, lag by lag, and over what the noise may be, as far as the days speak for
 * each (a Gibbs sampler): one set of widths alone would pass for surer than it is.
 */
const modelAverage = (
  products: Products,
  startNoise: number,
  free: number,
  scales: Float64Array,
  startPrior: Float64Array,
): Effects => {
  const { size } = products;
  const random = seededRandom(1);
  const prior = startPrior.slice();
  const mean = new Float64Array(size);
  const square = new Float64Array(size * size);
  let noise = startNoise;
  for (let turn = -settling; turn < turns; turn += 1) {
    redrawWidths(products, noise, prior, scales, random);
    const { factor, beta } = factored(products, noise, prior);
    if (turn >= 0) {
      const inverse = inverseOf(factor, size);
      for (let i = 0; i < size; i += 1) {
        mean[i]! += beta[i]! / turns;
        for (let j = 0; j < size; j += 1)
          square[i * size + j]! += (noise * inverse[i * size + j]! + beta[i]! * beta[j]!) / turns;
      }
    }
    const normals = Float64Array.from({ length: size }, () => random.normal() * Math.sqrt(noise));
    const drawn = solveUpper(factor, normals, size).map((value, i) => value + beta[i]!);
    noise = Math.max(1e-9, residualPower(products, drawn) / (2 * random.gamma(Math.max(1, free) / 2)));
  }
  return {
    beta: mean,
    covariance: square.map((value, at) => value - mean[Math.floor(at / size)]! * mean[at % size]!),
  };
};

/** Days that calendar and events leave alone, by their weeks: what effects of causes are learnt from. */
interface PlainDays {
  /** Days since the history's first, in order. */
  readonly days: Int32Array;
  /** Week and weekday class of each, as numbers from 0. */
  readonly week: Int32Array;
  readonly weekday: Int32Array;
  readonly weeks: number;
}

/** Days of a week that must be plain for it to say anything. */
const leastOfWeek = 4;
/** A weekday's usual place in its week is learnt again every so many weeks. */
const weeksOfHabit = 26;

/** Days of whole weeks before `until` without holidays, what surrounds them, and events. */
const plainDays = ({ features: f, totals }: PreparedHistory, until: number): PlainDays => {
  const isPlain = (d: number): boolean =>
    totals[d]! > 0 &&
    f.holiday[d] === 0 &&
    f.after[d] === 0 &&
    f.before[d] === 0 &&
    f.bridge[d] === 0 &&
    f.weekdayClass[d]! < 7 &&
    f.events.every(({ strength }) => strength[d]! < 0.05);
  const days: number[] = [];
  const week: number[] = [];
  const weekday: number[] = [];
  let weeks = 0;
  for (let start = until % 7; start + 7 <= until; start += 7) {
    const own = Array.from({ length: 7 }, (_, i) => start + i).filter(isPlain);
    if (own.length < leastOfWeek) continue;
    for (const d of own) {
      days.push(d);
      week.push(weeks);
      weekday.push(7 * Math.floor(weeks / weeksOfHabit) + f.weekdayClass[d]!);
    }
    weeks += 1;
  }
  return {
    days: Int32Array.from(days),
    week: Int32Array.from(week),
    weekday: Int32Array.from(weekday),
    weeks,
  };
};

const rounds = 30;

const lessMeans = (values: Float64Array, group: Int32Array): void => {
  const sums: number[] = [];
  const counts: number[] = [];
  values.forEach((value, i) => {
    const g = group[i]!;
    sums[g] = (sums[g] ?? 0) + value;
    counts[g] = (counts[g] ?? 0) + 1;
  });
  for (let i = 0; i < values.length; i += 1) values[i]! -= sums[group[i]!]! / counts[group[i]!]!;
};

/** What of a series its weeks and weekdays do not tell: both are taken off until nothing of them is left. */
const withinWeeks = (values: Float64Array, { week, weekday }: PlainDays): Float64Array => {
  const left = values.slice();
  for (let round = 0; round < rounds; round += 1) {
    lessMeans(left, weekday);
    lessMeans(left, week);
  }
  return left;
};

/** Sums of squares and products over some days: what effects follow from. */
interface Products {
  readonly size: number;
  /** Packed lower triangle. */
  readonly gram: Float64Array;
  readonly moment: Float64Array;
  readonly power: number;
  readonly count: number;
}

const productsOf = (columns: readonly Float64Array[], y: Float64Array, upTo: number): Products => {
  const size = columns.length;
  const gram = new Float64Array(rowStart(size));
  const moment = new Float64Array(size);
  let power = 0;
  for (let d = 0; d < upTo; d += 1) {
    power += y[d]! ** 2;
    for (let i = 0; i < size; i += 1) {
      const x = columns[i]![d]!;
      moment[i]! += x * y[d]!;
      for (let j = 0; j <= i; j += 1) gram[rowStart(i) + j]! += x * columns[j]![d]!;
    }
  }
  return { size, gram, moment, power, count: upTo };
};

interface Factored {
  readonly factor: Float64Array;
  readonly beta: Float64Array;
  readonly evidence: number;
}

/** Posterior under normal beliefs of variance `prior` by regressor. */
const factored = ({ size, gram, moment }: Products, noise: number, prior: Float64Array): Factored => {
  const matrix = gram.slice();
  let log = 0;
  for (let i = 0; i < size; i += 1) {
    matrix[rowStart(i) + i]! += noise / prior[i]!;
    log -= Math.log(noise / prior[i]!);
  }
  const factor = choleskyInPlace(matrix, size, 1e-12);
  for (let i = 0; i < size; i += 1) log += 2 * Math.log(factor[rowStart(i) + i]!);
  const half = solveLower(factor, moment.slice(), size);
  const gain = half.reduce((sum, value) => sum + value * value, 0);
  const beta = solveUpper(factor, half.slice(), size);
  return { factor, beta, evidence: (gain / noise - log) / 2 };
};

/** Inverse of a factored matrix, size × size. */
const inverseOf = (factor: Float64Array, size: number): Float64Array => {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    const unit = new Float64Array(size);
    unit[i] = 1;
    inverse.set(solveUpper(factor, solveLower(factor, unit, size), size), i * size);
  }
  return inverse;
};

/** Sum of squares that effects leave unexplained. */
const residualPower = ({ size, gram, moment, power }: Products, beta: Float64Array): number => {
  let left = power;
  for (let i = 0; i < size; i += 1) {
    left -= 2 * beta[i]! * moment[i]!;
    for (let j = 0; j < size; j += 1)
      left += beta[i]! * beta[j]! * gram[i >= j ? rowStart(i) + j : rowStart(j) + i]!;
  }
  return Math.max(0, left);
};
