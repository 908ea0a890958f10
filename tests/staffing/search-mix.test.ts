import { describe, expect, it } from 'vitest';
import { searchMix, type MixSearch } from '../../src/staffing/search-mix.ts';

/** Two tiers and one queue that is met when `enough` of the operators is at least five. */
const search = (
  enough: (operators: Int32Array) => number,
  change: Partial<MixSearch> = {},
): readonly number[] => {
  const { operators } = searchMix({
    judge: (operators) => ({
      connection: Float64Array.of(Math.min(1, enough(operators) / 5)),
      within: Float64Array.of(1),
      tierConnection: Float64Array.of(1, 1),
      occupancy: 0,
      block: 0,
    }),
    targets: {
      connection: Float64Array.of(1),
      within: Float64Array.of(0.8),
      tierConnection: Float64Array.of(0, 0),
      occupancyMax: 1,
      minimumOperators: 0,
    },
    cost: Float64Array.of(1, 2),
    least: Int32Array.of(0, 0),
    start: Int32Array.of(0, 0),
    load: 3,
    ...change,
  });
  return [...operators];
};
const either = ([a = 0, b = 0]: Int32Array): number => a + b;

describe('searchMix', () => {
  it('takes the cheaper of two tiers that do the same, wherever it starts', () => {
    for (const start of [
      [0, 0],
      [9, 9],
      [5, 0],
      [0, 5],
      [2, 3],
    ]) {
      const from = Int32Array.from(start);
      expect(search(either, { start: from })).toEqual([5, 0]);
      expect(search(either, { start: from, cost: Float64Array.of(2, 1) })).toEqual([0, 5]);
    }
  });

  it('takes the dear one where the cheap one does not help, and nobody else', () => {
    const [first, second] = [(own: Int32Array) => own[0] ?? 0, (own: Int32Array) => own[1] ?? 0];
    expect(search(second)).toEqual([0, 5]);
    expect(search(second, { start: Int32Array.of(2, 5) })).toEqual([0, 5]);
    expect(search(first, { cost: Float64Array.of(2, 1), start: Int32Array.of(5, 2) })).toEqual([5, 0]);
  });

  it('keeps the fewest of each tier, though others would be cheaper', () => {
    expect(search(either, { least: Int32Array.of(0, 2) })).toEqual([3, 2]);
    expect(search(either, { least: Int32Array.of(0, 2), start: Int32Array.of(0, 5) })).toEqual([3, 2]);
  });

  it('judges no dear tier where a cheap one does all that it could', () => {
    const judged = new Set<string>();
    const seen = (own: Int32Array): number => {
      judged.add(own.join());
      return either(own);
    };
    expect(search(seen, { least: Int32Array.of(5, 0), start: Int32Array.of(4, 0) })).toEqual([5, 0]);
    judged.clear();
    expect(search(seen, { start: Int32Array.of(4, 0) })).toEqual([5, 0]);
    expect(judged.has('4,1')).toBe(false);
    expect(search(seen, { start: Int32Array.of(0, 4), cost: Float64Array.of(2, 1) })).toEqual([0, 5]);
    expect(judged.has('1,4')).toBe(false);
  });

  it('takes the first of equal tiers', () => {
    expect(search(either, { cost: Float64Array.of(1, 1) })).toEqual([5, 0]);
  });

  it('judges nothing where too few are present whatever they do', () => {
    let judged = 0;
    const least = { minimumOperators: 3, occupancyMax: 1 };
    const found = search(
      (own) => {
        judged += 1;
        return own.length * 5;
      },
      {
        start: Int32Array.of(3, 0),
        targets: {
          connection: Float64Array.of(1),
          within: Float64Array.of(0.8),
          tierConnection: Float64Array.of(0, 0),
          ...least,
        },
      },
    );
    expect(found).toEqual([3, 0]);
    expect(judged).toBe(1);
  });
});
