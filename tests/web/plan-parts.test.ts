import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factorNames, leastSure, shapeOf, stepsOf } from '../../src/web/plan/forecast-view.tsx';
import { formulaGap } from '../../src/web/plan/projection-view.tsx';

describe('the parts of a forecast', () => {
  const factor = fc.double({ min: 0, max: 5, noNaN: true });
  const anyParts = fc.record({
    date: fc.constant('2026-11-23'),
    level: fc.double({ min: 0, max: 1e5, noNaN: true }),
    weekday: factor,
    holiday: factor,
    event: factor,
    cause: factor,
    trend: factor,
    overrule: factor,
  });
  test('each step starts where the one before ended, and the last is the product of all', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        const steps = stepsOf(parts);
        const product = factorNames.reduce((reached, name) => reached * parts[name], parts.level);
        expect(steps.at(-1)?.to).toBeCloseTo(product, 6);
        expect(steps).toHaveLength(factorNames.length + 2);
        for (let i = 1; i < steps.length - 1; i += 1) expect(steps[i]?.from).toBe(steps[i - 1]?.to);
      }),
    );
  });
  test("a day's shape adds up to one; a day without calls has none", () => {
    const plan = { starts: ['2026-11-23T09:00', '2026-11-23T09:30', '2026-11-24T09:00'] };
    expect(shapeOf(plan, [30, 10, 5], '2026-11-23')).toEqual([0.75, 0.25]);
    expect(shapeOf(plan, [30, 10, 0], '2026-11-24')).toEqual([0]);
  });
});

test('a formula is called off only outside the interval of the simulation', () => {
  const rate = { target: 0.8, holds: true, analytic: 0.86, simulated: 0.87 };
  expect(formulaGap({ ...rate, halfWidth: 0.02 })).toBe(0);
  expect(formulaGap({ ...rate, halfWidth: 0.005 })).toBeCloseTo(0.01);
  expect(formulaGap({ ...rate, simulated: null, halfWidth: null })).toBe(0);
});

test('the worst hours of a forecast are those whose ranges are widest, the widest first', () => {
  const interval = fc.tuple(fc.nat(500), fc.nat(500)).map(([low, more]) => ({ low, high: low + more }));
  fc.assert(
    fc.property(fc.array(interval, { minLength: 1, maxLength: 60 }), (all) => {
      const of = (pick: (each: (typeof all)[number]) => number): number[] => all.map(pick);
      const shown = leastSure({
        starts: all.map((_, i) => String(i)),
        calls: { mean: of(({ low }) => low), q10: of(({ low }) => low), q90: of(({ high }) => high) },
      });
      const widths = shown.map(({ low, high }) => high - low);
      expect(widths).toEqual(
        of(({ low, high }) => high - low)
          .toSorted((a, b) => b - a)
          .slice(0, 8),
      );
      for (const { start, low } of shown) expect(all[Number(start)]?.low).toBe(low);
    }),
  );
});
