import fc from 'fast-check';
import { expect, test } from 'vitest';
import { totalsGivingWay } from '../../src/kernel/interval-series.ts';

const hour = 3_600_000;

test('a total gives way to an interval of its own day, be that one of 23, 24 or 25 hours', () => {
  const day = fc.record({
    hours: fc.constantFrom(23, 24, 25),
    given: fc.array(fc.integer({ min: 0, max: 22 })),
  });
  fc.assert(
    fc.property(fc.array(day, { minLength: 1 }), (days) => {
      const starts = days.map((_, i) => days.slice(0, i).reduce((sum, { hours }) => sum + hours * hour, 0));
      const intervals = days.flatMap(({ given }, i) => given.map((each) => (starts[i] ?? 0) + each * hour));
      expect(totalsGivingWay(starts, intervals)).toEqual(
        starts.filter((_, i) => (days[i]?.given.length ?? 0) > 0),
      );
    }),
  );
  // The day after a short one is another's, whether or not it has a total.
  expect(totalsGivingWay([0], [23 * hour])).toEqual([]);
  expect(totalsGivingWay([0, 25 * hour], [24.5 * hour])).toEqual([0]);
});
