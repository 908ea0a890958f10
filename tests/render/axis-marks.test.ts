import fc from 'fast-check';
import { expect, it } from 'vitest';
import { axisMarks } from '../../src/render/report-file.ts';

it('an axis of a printed chart has round marks, a step apart, from 0 to the largest value or above', () => {
  // 50 people in quarters stood at 12.5
  expect(axisMarks(50)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(axisMarks(47.2)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(axisMarks(1.3)).toEqual([0, 1, 2]);
  expect(axisMarks(0)).toEqual([0, 1]);
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (largest) => {
      const marks = axisMarks(largest);
      const [step = Number.NaN] = marks.slice(1);
      expect(marks.length).toBeGreaterThanOrEqual(2);
      expect(marks.length).toBeLessThanOrEqual(6);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(largest * (1 - 1e-6));
      expect((marks.at(-1) ?? 0) - step).toBeLessThan(largest);
      expect([1, 2, 5]).toContain(Number(step.toExponential(9).split('e')[0]));
      if (largest > 1) for (const mark of marks) expect(Number.isInteger(mark)).toBe(true);
      marks.forEach((mark, at) => expect(mark).toBeCloseTo(at * step, 6));
    }),
  );
});
