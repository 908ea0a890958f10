import { expect, test } from 'vitest';
import type { PredictiveModel } from '../../src/forecast/plan/predictive-model.ts';
import { updateDay } from '../../src/forecast/plan/within-day.ts';

test('of an even number of past days, errors scatter as the mean of the middle two says', () => {
  const expected = Float64Array.of(100, 100);
  // Mornings a tenth over and under what was expected; afternoons that follow by 0.1 and, as often, by 0.2.
  const past = Array.from({ length: 10 }, (_, day) => ({ day, expected }));
  const values = Float64Array.from(
    past.flatMap(({ day }) => {
      const sign = day % 2 === 0 ? 1 : -1;
      return [100 + 10 * sign, 100 + (day < 5 ? 10 : 20) * sign];
    }),
  );
  const plan = {
    history: { slotOf: Int32Array.of(0, 1), values, open: new Uint8Array(20).fill(1), intervalMinutes: 60 },
    spread: { count: 1, relative: 0.01 },
    shares: Float64Array.of(0.5, 0.5),
    withinDay: () => ({ memory: { shared: 0, fading: 0, hours: 4 }, past }),
  } as unknown as PredictiveModel;
  const { factor } = updateDay(plan, 200, 0, Float64Array.of(120, Number.NaN));
  const variance = (1.4826 * 0.15) ** 2;
  const weight = (5 * 0.01 + 5 * 0.02) / (variance / 0.2 ** 2 + 10 * 0.01);
  expect(factor[1]).toBeCloseTo(1 + 0.2 * weight, 9);
});
