import type { PreparedHistory } from '../history/prepare-history.ts';
import { causeValue, mostLag, type Cause } from './cause.ts';
import { fitEffects } from './fit-effects.ts';
import { productsOf, type Effects } from './posterior.ts';
import { plainDays, weeksOfHabit, withinWeeks, type PlainDays } from './plain-days.ts';

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
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
  if (values.length < leastDays || !(scale > 0)) return undefined;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { cause, middle, scale, least, most, days: values.length };
};

/**
 * A cause's value on a day against its middle; what is not known is the middle, and what lies outside of all that effects
 * were learnt from is the nearest of that.
 */
export const leanAt = ({ cause, middle, least, most }: FoundCause, day: number, origin: number): number => {
  const value = causeValue(cause, day, origin);
  return Number.isNaN(value) ? 0 : Math.max(least, Math.min(most, value)) - middle;
};

const columnsOf = (history: PreparedHistory, own: FoundCause, plain: PlainDays): Float64Array[] => {
  const origin = history.firstDay + history.days;
  return Array.from({ length: lagCount }, (_, lag) =>
    withinWeeks(
      Float64Array.from(plain.days, (d) => leanAt(own, history.firstDay + d - lag, origin)),
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
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const scatter = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  return asNormal(mean / Math.sqrt(Math.max(1e-18, scatter) / gains.length), gains.length - 1);
};

/** Why a cause has no part. */
export type NoPart = 'too-short' | 'no-effect' | 'no-gain';

export interface JudgedCauses {
  readonly taken: FoundCauses | undefined;
  /** Each with the days on which it is known beside the calls. */
  readonly refused: readonly { readonly cause: Cause; readonly why: NoPart; readonly days: number }[];
}

/**
 * Which causes move a queue's calls, and how much: days before `until` are looked at within their weeks, so that neither
 * the level nor the weekday is taken for a cause. One after the other, the clearest first, is taken while rolling
 * forecasts get better by it beyond chance; effects are then found of all together.
 */
export const judgeCauses = (
  history: PreparedHistory,
  causes: readonly Cause[],
  until = history.days,
): JudgedCauses => {
  const plain = plainDays(history, until);
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
