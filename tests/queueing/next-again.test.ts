import { expect, test } from 'vitest';
import { nextRedialShare } from '../../src/queueing/run-path.ts';

const starting = () => ({
  again: new Float64Array(1),
  triedAgain: new Float64Array(1),
  ledToAgain: new Float64Array(1),
});

/** One round where the more is tried, the more come back. */
const round = (at: ReturnType<typeof starting>, i: number, floor: number): void => {
  at.again[0] = nextRedialShare(at, 0, i, floor + 0.6 * (at.again[0] ?? 0));
};

test('steps along the slope are there in three rounds', () => {
  const at = starting();
  for (let i = 0; i < 3; i += 1) round(at, i, 0.2);
  expect(at.again[0]).toBeCloseTo(0.5, 12);
});

test('two paths that are solved by turns go the same ways as each alone', () => {
  const [left, right] = [starting(), starting()];
  for (let i = 0; i < 3; i += 1) {
    round(left, i, 0.2);
    round(right, i, 0.1);
  }
  expect([left.again[0], right.again[0]]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.25, 12)]);
});
