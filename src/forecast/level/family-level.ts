import { sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { ForecastTask } from '../forecast-task.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { fitLevel, type LevelForecast, type LevelModel, type LevelParts } from './day-level.ts';
import { fitForms, type FittedForms, mixedNoise, weighForms } from './level-forms.ts';
import { scaleWindowDays } from './level-moves.ts';
import { prepareLevel } from './prepare-level.ts';
import { rollFar } from './rolling-levels.ts';

/** Name, in candidates, of the level as a share of the family's. */
export const familyShare = 'family-share';

/** The share's weight before any evidence. */
const familyPrior = 0.7;

/** What queues of one line have in common: the level of all their calls together. Days are numbers of the calendar. */
export interface FamilyLevel {
  readonly history: PreparedHistory;
  readonly dayNoise: Float64Array;
  forecast(origin: number, first: number, count: number, joint: boolean): LevelForecast;
  parts(days: readonly number[]): readonly LevelParts[];
}

/** The level of a family's calls, in its own forms weighed by its own rolling forecasts. */
export const fitFamily = (history: PreparedHistory, request: ForecastTask): FamilyLevel => {
  const forms = fitForms(history, request);
  const weights = weighForms(forms, rollFar(history, forms.fits));
  const { firstDay } = history;
  // Every member asks for the same days from the same origins.
  const made = new Map<string, LevelForecast>();
  return {
    history,
    dayNoise: mixedNoise(forms, weights),
    forecast: (origin, first, count, joint) => {
      const key = `${origin}/${first}/${count}/${joint}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const forecasts = forms.fits.map((fit) =>
        fit.forecast(origin - firstDay, first - firstDay, count, joint),
      );
      const mixed = mixForecasts(forecasts, weights);
      made.set(key, mixed);
      return mixed;
    },
    parts: (days) => {
      const own = forms.fits.map((fit) => fit.parts(days.map((day) => day - firstDay)));
      return days.map((_, j) =>
        sumOfParts(own.map((parts, form) => ({ parts: parts[j]!, weight: weights[form]! }))),
      );
    },
  };
};

const sumOfParts = (all: readonly { readonly parts: LevelParts; readonly weight: number }[]): LevelParts => {
  const of = (k: number): number => all.reduce((sum, { parts, weight }) => sum + weight * parts[k]!, 0);
  return [of(0), of(1), of(2), of(3), of(4)];
};

/** Log of the family's calls on a day of a member's history; undefined where they are not known. */
const knownLevel = (
  history: PreparedHistory,
  { history: total }: FamilyLevel,
  day: number,
): number | undefined => {
  const calls = day < history.days ? total.totals[history.firstDay + day - total.firstDay] : undefined;
  return calls !== undefined && calls > 0 ? Math.log(calls) : undefined;
};

/** Special days are few, and their likes may lie far back. */
const isSpecial = ({ features }: PreparedHistory, day: number): boolean =>
  features.holiday[day]! > 0 || features.after[day]! > 0 || features.before[day] === 1;

/**
 * A member's history with the family's calls as what is expected of each day, so that its level is that of its share.
 * Shares move slowly: of days further back than the level settles on, only special ones are looked at.
 */
const besideFamily = (history: PreparedHistory, family: FamilyLevel): PreparedHistory => {
  const { features } = history;
  const common = family.history.features.eventPrior;
  const shift = history.firstDay - family.history.firstDay;
  const totals = history.totals.slice();
  const eventPrior = features.eventPrior.map((prior, day) => {
    const all = knownLevel(history, family, day);
    if (
      day < history.days &&
      (all === undefined || (day < history.days - scaleWindowDays && !isSpecial(history, day)))
    )
      totals[day] = Number.NaN;
    return prior - (common[day + shift] ?? 0) + (all ?? 0);
  });
  return {
    ...history,
    totals,
    features: { ...features, eventPrior, holidayPrior: new Float64Array(features.count) },
  };
};

/** A member's level as its share of the family's: what all do together is seen on all of them. */
const fitShare = (history: PreparedHistory, family: FamilyLevel, request: ForecastTask): LevelModel => {
  const { levelShifts, outliers } = request.cleaning ?? {};
  const data = prepareLevel(besideFamily(history, family), levelShifts !== false, outliers !== false);
  const share = fitLevel(data);
  return {
    data,
    toldEventVariance: share.toldEventVariance,
    dayNoise: share.dayNoise.map((noise, dayClass) => noise + family.dayNoise[dayClass]!),
    forecast: (origin, first, count, joint = false) => {
      const ahead = share.forecast(origin, first, count, joint);
      const all = family.forecast(origin + history.firstDay, first + history.firstDay, count, joint);
      return {
        mean: ahead.mean.map(
          (value, j) => value - (knownLevel(history, family, first + j) ?? 0) + all.mean[j]!,
        ),
        variance: ahead.variance.map((value, j) => value + all.variance[j]!),
        covariance: ahead.covariance?.map((value, i) => value + all.covariance![i]!),
      };
    },
    parts: (days) => {
      const all = family.parts(days.map((day) => history.firstDay + day));
      return share
        .parts(days)
        .map((parts, j) => sumOfParts([parts, all[j]!].map((one) => ({ parts: one, weight: 1 }))));
    },
  };
};

/** A member's forms with its share of the family among them; evidence weighs it like the others. */
export const withFamilyForm = (
  forms: FittedForms,
  family: FamilyLevel | undefined,
  request: ForecastTask,
): FittedForms => {
  if (family === undefined) return forms;
  const { names, priors, fits } = forms;
  const at = priors.length;
  const rest = sumOf(priors);
  return {
    ...forms,
    names: [...names.slice(0, at), familyShare, ...names.slice(at)],
    priors: [...priors.map((prior) => (prior * (1 - familyPrior)) / rest), familyPrior],
    fits: [...fits.slice(0, at), fitShare(forms.level.history, family, request), ...fits.slice(at)],
  };
};

/** Means of several forecasts, weighted, and a covariance that holds each one's own and how far they are apart. */
export const mixForecasts = (
  forecasts: readonly LevelForecast[],
  weights: readonly number[],
): Required<LevelForecast> => {
  const days = forecasts[0]?.mean.length ?? 0;
  const mean = Float64Array.from({ length: days }, (_, j) =>
    forecasts.reduce((sum, forecast, form) => sum + valueAt(weights, form) * valueAt(forecast.mean, j), 0),
  );
  const between = (i: number, j: number, valueOf: (forecast: LevelForecast) => number): number => {
    let sum = 0;
    forecasts.forEach((forecast, form) => {
      const apart =
        (valueAt(forecast.mean, i) - valueAt(mean, i)) * (valueAt(forecast.mean, j) - valueAt(mean, j));
      sum += valueAt(weights, form) * (valueOf(forecast) + apart);
    });
    return sum;
  };
  const variance = mean.map((_, j) => between(j, j, (forecast) => valueAt(forecast.variance, j)));
  if (forecasts.some(({ covariance }) => covariance === undefined))
    return { mean, variance, covariance: undefined };
  const covariance = new Float64Array(days * days);
  for (let j = 0; j < days; j += 1) {
    for (let i = 0; i <= j; i += 1) {
      const sum = between(i, j, (forecast) => valueAt(forecast.covariance!, i * days + j));
      covariance[i * days + j] = sum;
      covariance[j * days + i] = sum;
    }
  }
  return { mean, variance, covariance };
};
