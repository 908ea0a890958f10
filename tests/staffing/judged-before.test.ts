import { expect, test } from 'vitest';
import { memoiseJudge } from '../../src/staffing/require-operators.ts';

test('a mix is judged once until it is forgotten, and its judgement outlives the next', () => {
  const reused = {
    connection: new Float64Array(1),
    within: new Float64Array(1),
    tierConnection: new Float64Array(2),
    occupancy: 0,
    block: 0,
  };
  const asked: string[] = [];
  const { judge, forget } = memoiseJudge((operators) => {
    asked.push(operators.join());
    reused.connection[0] = 1 - 1 / (1 + (operators[0] ?? 0));
    reused.occupancy = 1 / (1 + (operators[1] ?? 0));
    return reused;
  });
  const first = judge(Int32Array.of(1, 2));
  const other = judge(Int32Array.of(2, 1));
  expect([first.connection[0], first.occupancy]).toEqual([0.5, 1 / 3]);
  expect(other.connection[0]).toBeCloseTo(2 / 3, 12);
  expect(judge(Int32Array.of(1, 2))).toBe(first);
  expect(asked).toEqual(['1,2', '2,1']);
  forget();
  judge(Int32Array.of(1, 2));
  expect(asked).toEqual(['1,2', '2,1', '1,2']);
});
