import { expect, it } from 'vitest';
import { shownDifference } from '../../src/kernel/measures.ts';

it('is what a reader gets who takes one printed percentage from the other', () => {
  // 94.1 % and 78.9 % in print; the difference alone, −15.26, would read −15.3
  expect(shownDifference(0.9412, 0.7886)).toBeCloseTo(-0.152, 12);
  expect((0.7886 - 0.9412) * 100).toBeCloseTo(-15.26, 9);
  expect(shownDifference(0.7886, 0.9412, 2)).toBeCloseTo(0.1526, 12);
  expect(shownDifference(0.72544, 0.72456)).toBe(0);
  expect(shownDifference(0.5, Number.NaN)).toBeNaN();
});
