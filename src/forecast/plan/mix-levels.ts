import type { PreparedHistory } from '../history/prepare-history.ts';
import { mixedNoise, type FittedForms } from '../level/level-forms.ts';
import { liftOfMean } from '../level/lift-of-mean.ts';
import { mixForecasts } from '../level/mix-forecasts.ts';
import type { DayPlan } from './day-plan.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A past forecast's lasting error, and how many weeks ahead it was found. */
export interface CarriedError {
  readonly error: number;
  readonly judgedWeeks: number;
}

/**
 * The level of the days ahead by all forms together: weighted means, and a covariance that holds each form's own
 * and how far the forms are apart.
 */
export const mixLevels = (
  history: PreparedHistory,
  forms: FittedForms,
  weights: readonly number[],
  { error, judgedWeeks }: CarriedError,
): Pick<DayPlan, 'logMean' | 'covariance' | 'dayNoise'> => {
  const { level, fits } = forms;
  const days = history.horizon;
  const { mean: middle, covariance: known = new Float64Array(days * days) } = mixForecasts(
    fits.map((fit) => fit.forecast(history.days, history.days, days, true)),
    weights,
  );
  const covariance = level.lateStep === 0 ? known : known.map((value) => value + level.lateStep);
  const { weekdayClass } = history.features;
  const noise = mixedNoise(forms, weights);
  const dayNoise = Float64Array.from({ length: days }, (_, j) =>
    valueAt(noise, valueAt(weekdayClass, history.days + j)),
  );
  // A lasting error grows from nothing to its size where it was found.
  const logMean = middle.map(
    (mean, j) =>
      mean +
      error * Math.min(1, (j + 1) / (7 * judgedWeeks)) +
      liftOfMean(valueAt(known, j * days + j) + valueAt(dayNoise, j), level.onCounts),
  );
  return { logMean, covariance, dayNoise };
};
