import { valueAt } from '../../kernel/value-at.ts';
import type { LevelForecast } from './level-model.ts';

/** Means of several forecasts, weighted, and a covariance that holds each one's own and how far they are apart. */
export const mixForecasts = (
  forecasts: readonly LevelForecast[],
  weights: readonly number[],
): Required<LevelForecast> => {
  const days = forecasts[0]?.mean.length ?? 0;
  const mean = Float64Array.from({ length: days }, (_, j) =>
    forecasts.reduce((sum, forecast, form) => sum + valueAt(weights, form) * valueAt(forecast.mean, j), 0),
  );
  const between = (i: number, j: number, own: (forecast: LevelForecast) => number): number => {
    let sum = 0;
    forecasts.forEach((forecast, form) => {
      const apart =
        (valueAt(forecast.mean, i) - valueAt(mean, i)) * (valueAt(forecast.mean, j) - valueAt(mean, j));
      sum += valueAt(weights, form) * (own(forecast) + apart);
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
