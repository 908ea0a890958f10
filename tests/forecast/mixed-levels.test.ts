import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mixForecasts } from '../../src/forecast/level/family-level.ts';

/** A forecast of so many days, by points that are equally likely: its mean and covariance are theirs. */
const forecastOf = (points: readonly (readonly number[])[]) => {
  const days = points[0]?.length ?? 0;
  const meanOf = (pick: (point: readonly number[]) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const mean = Float64Array.from({ length: days }, (_, j) => meanOf((point) => point[j] ?? 0));
  const covariance = new Float64Array(days * days);
  for (let i = 0; i < days; i += 1)
    for (let j = 0; j < days; j += 1)
      covariance[i * days + j] = meanOf(
        (point) => ((point[i] ?? 0) - (mean[i] ?? 0)) * ((point[j] ?? 0) - (mean[j] ?? 0)),
      );
  const variance = mean.map((_, j) => covariance[j * days + j] ?? 0);
  return { mean, variance, covariance };
};

const days = 4;
const point = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: days, maxLength: days });
const own = fc.array(point, { minLength: 2, maxLength: 3 });

test('a mixture of forecasts is what all of their points together say, day by day and between days', () => {
  fc.assert(
    fc.property(fc.array(own, { minLength: 1, maxLength: 3 }), (forms) => {
      // Each form counts by its points, so that the mixture is the forecast of all points.
      const all = forms.flat();
      const mixed = mixForecasts(
        forms.map(forecastOf),
        forms.map((points) => points.length / all.length),
      );
      const expected = forecastOf(all);
      for (const part of ['mean', 'variance', 'covariance'] as const) {
        expect(mixed[part]).toHaveLength(expected[part].length);
        expected[part].forEach((value, i) => expect(mixed[part]?.[i]).toBeCloseTo(value, 8));
      }
    }),
  );
});

test('one that says nothing between days leaves the mixture without it', () => {
  const [first, second] = [
    [
      [1, 2],
      [3, 5],
    ],
    [
      [0, 1],
      [2, 0],
    ],
  ].map(forecastOf);
  if (first === undefined || second === undefined) throw new Error('two forecasts');
  expect(mixForecasts([first, { ...second, covariance: undefined }], [0.5, 0.5]).covariance).toBeUndefined();
});
