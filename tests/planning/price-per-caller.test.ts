import { expect, test } from 'vitest';
import { perCaller } from '../../src/planning/compare-levers.ts';

test('a lever that recovers nobody, rounded, has no price per caller', () => {
  expect(perCaller(800, 400)).toBe(2);
  expect([perCaller(800, 0.4), perCaller(800, 0), perCaller(800, -3)]).toEqual([null, null, null]);
});
