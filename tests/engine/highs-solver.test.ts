import { CancelledError } from '../../src/kernel/errors.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import type { LinearProgramme } from '../../src/kernel/ports.ts';

const solver = createHighsSolver();
afterAll(() => solver.close());

/** max 30 chairs + 50 tables, carpentry and finishing limited; `whole` asks for whole numbers. */
const workshop = (whole: boolean, carpentry = 41): LinearProgramme => ({
  columns: 2,
  rows: 2,
  cost: Float64Array.of(-30, -50),
  lower: Float64Array.of(0, 0),
  upper: Float64Array.of(Infinity, Infinity),
  integer: Uint8Array.of(whole ? 1 : 0, whole ? 1 : 0),
  rowLower: Float64Array.of(-Infinity, -Infinity),
  rowUpper: Float64Array.of(carpentry, 50),
  starts: Int32Array.of(0, 2, 4),
  indices: Int32Array.of(0, 1, 0, 1),
  values: Float64Array.of(1, 2, 2, 1),
});

/** A knapsack that no root node settles. */
const knapsack = (items: number): LinearProgramme => ({
  columns: items,
  rows: 1,
  cost: Float64Array.from({ length: items }, (_, i) => -(100 + ((i * 37) % 61))),
  lower: new Float64Array(items),
  upper: new Float64Array(items).fill(1),
  integer: new Uint8Array(items).fill(1),
  rowLower: Float64Array.of(-Infinity),
  rowUpper: Float64Array.of(items * 40),
  starts: Int32Array.from({ length: items + 1 }, (_, i) => i),
  indices: new Int32Array(items),
  values: Float64Array.from({ length: items }, (_, i) => 90 + ((i * 53) % 71)),
});

describe('the solver', () => {
  it('solves a linear programme', async () => {
    const answer = await solver.solve(workshop(false), { gap: 0 });
    expect(answer.status).toBe('optimal');
    expect([...answer.x].map((v) => v.toFixed(6))).toEqual(['19.666667', '10.666667']);
    expect(answer.objective).toBeCloseTo(-1123.333333, 5);
    expect(answer.bound).toBeCloseTo(answer.objective, 5);
  });

  it('solves it by interior point to the same value', async () => {
    const answer = await solver.solve(workshop(false), { gap: 0, interior: true });
    expect(answer.status).toBe('optimal');
    expect(answer.objective).toBeCloseTo(-1123.333333, 3);
  });

  it('solves it in whole numbers', async () => {
    const answer = await solver.solve(workshop(true), { gap: 0 });
    expect(answer.status).toBe('optimal');
    // 19 chairs and 11 tables use 41 and 49.
    expect([...answer.x]).toEqual([19, 11]);
    expect(answer.objective).toBe(-1120);
  });

  it('says when there is no answer', async () => {
    const answer = await solver.solve(workshop(true, -1), { gap: 0 });
    expect(answer).toMatchObject({ status: 'infeasible', bound: Infinity });
    expect(answer.x).toHaveLength(0);
  });

  it('stops at a node limit with a bound that holds, and repeats itself', async () => {
    const limits = { gap: 0, nodes: 1 };
    const first = await solver.solve(knapsack(40), limits);
    const exact = await solver.solve(knapsack(40), { gap: 0 });
    expect(exact.status).toBe('optimal');
    expect(first.bound).toBeLessThanOrEqual(exact.objective + 1e-6);
    expect(await solver.solve(knapsack(40), limits)).toEqual(first);
  });

  it('answers many requests in order and refuses a broken programme without harm to the next', async () => {
    const broken = { ...workshop(false), indices: Int32Array.of(0, 1, 0, 7) };
    const [good, bad, after] = await Promise.allSettled([
      solver.solve(workshop(true), { gap: 0 }),
      solver.solve(broken, { gap: 0 }),
      solver.solve(workshop(true), { gap: 0 }),
    ]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { objective: -1120 } });
    expect(bad.status).toBe('rejected');
    expect(after).toMatchObject({ status: 'fulfilled', value: { objective: -1120 } });
  });

  it('gives up what it works at once it is closed, and takes no more', async () => {
    const own = createHighsSolver();
    const pending = own.solve(knapsack(40), { gap: 0 });
    const givenUp = expect(pending).rejects.toBeInstanceOf(CancelledError);
    await own.close();
    await givenUp;
    await expect(own.solve(workshop(true), { gap: 0 })).rejects.toBeInstanceOf(CancelledError);
  });
});
