import type { FittedForms } from '../../src/forecast/level/level-forms.ts';
import { mixedNoise, weighForms } from '../../src/forecast/level/level-forms.ts';
import type { LevelForecast } from '../../src/forecast/level/day-level.ts';
import { mixForecasts } from '../../src/forecast/level/family-level.ts';
import { type FarEvidence, lognormalCorrection } from '../../src/forecast/level/rolling-levels.ts';

/** What every form says of all days ahead. */
export const formsAhead = ({ fits, level: { history } }: FittedForms): LevelForecast[] =>
  fits.map((fit) => fit.forecast(history.days, history.days, history.horizon));

/** Log mean of the days ahead by the mix, its forms weighed anew with other priors and evidence so much sharper. */
export const mixedLogs = (
  forms: FittedForms,
  ahead: readonly LevelForecast[],
  far: FarEvidence,
  priors = forms.priors,
  sharpness = 1,
): Float64Array => {
  const weights = weighForms({ ...forms, priors }, { ...far, weeks: far.weeks * sharpness });
  const { days, features } = forms.level.history;
  const { mean, variance } = mixForecasts(ahead, weights);
  const noise = mixedNoise(forms, weights);
  return mean.map(
    (log, j) =>
      log +
      lognormalCorrection(variance[j]! + noise[features.weekdayClass[days + j]!]!, forms.level.onCounts),
  );
};
