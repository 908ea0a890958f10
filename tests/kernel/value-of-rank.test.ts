import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueOfRank } from '../../src/kernel/statistics.ts';

test('the value of a rank is the one that sorting puts there, ties and all', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(values, fc.nat(), (given, drawn) => {
      const rank = drawn % given.length;
      const expected = Float64Array.from(given).sort()[rank] ?? Number.NaN;
      expect(valueOfRank(Float64Array.from(given), rank) + 0).toBe(expected + 0);
    }),
    { numRuns: 2000 },
  );
});

test('a rank outside is not a number', () => {
  expect(valueOfRank(Float64Array.of(1, 2), 2)).toBeNaN();
  expect(valueOfRank(new Float64Array(0), 0)).toBeNaN();
});
