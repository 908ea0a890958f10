import { describe, expect, test } from 'vitest';
import { costOfTours, type CoverProblem, type Tour } from '../../src/scheduling/cover-problem.ts';
import { totalChangePenalty, putDaysBack, settleSmallStarts } from '../../src/scheduling/solve-cover.ts';
import { changePenalty, homesOf, stayCost, stayPricesOf } from '../../src/scheduling/stay-prices.ts';
import { afterLending, lendOperators } from '../../src/scheduling/tier-links.ts';
import { trimTours } from '../../src/scheduling/trim-tours.ts';

const tour = (start: number, type = 0, ...breakOffsets: readonly number[]): Tour => ({
  type,
  start,
  breakOffsets: [...breakOffsets],
});
/** Two days of 24 hours that want so many; a shift of eight hours costs 8, one of four 5; an hour missing costs 10. */
const problemOf = (demand: number, change: Partial<CoverProblem> = {}): CoverProblem => ({
  slots: 48,
  demand: new Int32Array(48).fill(demand),
  mildUnder: new Int32Array(48).fill(1),
  underPrice: 10,
  severeUnderPrice: 20,
  overPrice: 0.5,
  types: [
    { lengthSlots: 8, starts: Int32Array.from({ length: 48 }, (_, t) => t), cost: 8, breaks: [] },
    { lengthSlots: 4, starts: Int32Array.from({ length: 48 }, (_, t) => t), cost: 5, breaks: [] },
  ],
  minimumPerStart: 1,
  ...change,
});

describe('what staying is worth', () => {
  const prices = { shift: 10, pause: 2 };

  test('a shift elsewhere, of another type, or new has the price of a shift; a moved break its own', () => {
    const home = tour(16, 0, 3, 6);
    expect(changePenalty(home, 0, 16, [3, 6], prices)).toBe(0);
    expect(changePenalty(home, 0, 16, [4, 6], prices)).toBe(2);
    expect(changePenalty(home, 0, 16, [4, 7], prices)).toBe(4);
    expect(changePenalty(home, 0, 17, [3, 6], prices)).toBe(10);
    expect(changePenalty(home, 1, 16, [3, 6], prices)).toBe(10);
    expect(changePenalty(undefined, 0, 16, [3, 6], prices)).toBe(10);
  });

  test('homes: the same shift, else the same start, else about the same time, else any that is left', () => {
    const before = [tour(0, 0, 3), tour(0, 0, 4), tour(20, 1), tour(40, 0, 3)];
    expect(homesOf([tour(0, 0, 4), tour(0, 0, 5)], before)).toEqual([before[1], before[0]]);
    expect(homesOf([tour(18, 0, 3)], before)).toEqual([before[2]]);
    expect(homesOf([tour(34, 1)], before)).toEqual([before[3]]);
    expect(
      homesOf([tour(8, 1), tour(8, 1), tour(9, 1), tour(9, 1), tour(9, 1)], before).at(-1),
    ).toBeUndefined();
    expect(homesOf([tour(5)], [])).toEqual([undefined]);
  });

  test('all that is elsewhere adds up, shifts that are gone too', () => {
    const before = [tour(0, 0, 3), tour(20, 1)];
    expect(stayCost(before, before, prices)).toBe(0);
    expect(stayCost([tour(0, 0, 4), tour(20, 1)], before, prices)).toBe(2);
    expect(stayCost([tour(0, 0, 3)], before, prices)).toBe(10);
    expect(stayCost([...before, tour(40)], before, prices)).toBe(10);
    expect(stayCost([], before, prices)).toBe(20);
    const previous = {
      tours: [before, before],
      prices: [prices, { shift: 3, pause: 1 }],
      gap: 0,
      slotsPerDay: 24,
    };
    expect(totalChangePenalty([[tour(0, 0, 4), tour(20, 1)], [tour(0, 0, 3)]], previous)).toBe(2 + 3);
    expect(totalChangePenalty([[], [], [tour(1)]], previous)).toBe(20 + 6);
  });

  test('an hour’s missing operator is worth a shift that stays, a fifth of it a break', () => {
    expect(stayPricesOf(problemOf(1), 60)).toEqual({ shift: 10, pause: 2 });
    expect(stayPricesOf(problemOf(1), 15)).toEqual({ shift: 40, pause: 8 });
  });

  test('days whose changes do not pay are put back whole, the others stay', () => {
    const before = [tour(2), tour(26)];
    const previous = { tours: [before], prices: [prices], gap: 0, slotsPerDay: 24 };
    const settle = (gain: (tours: readonly Tour[]) => number) => (tours: readonly (readonly Tour[])[]) => ({
      tours,
      cost: gain(tours[0] ?? []),
    });
    const starts = (gains: Readonly<Record<number, number>>): number[] => {
      const worth = settle((tours) => tours.reduce((sum, { start }) => sum + (gains[start] ?? 0), 0));
      const found = worth([[tour(3), tour(28)]]);
      return (putDaysBack([problemOf(1)], found, previous, worth).tours[0] ?? [])
        .map(({ start }) => start)
        .toSorted((a, b) => a - b);
    };
    // Moving a shift costs 10: on the first day it saves 12, on the second 8.
    expect(starts({ 3: -12, 28: -8 })).toEqual([3, 26]);
    expect(starts({ 3: -8, 28: -12 })).toEqual([2, 28]);
    expect(starts({ 3: -10, 28: -10.5 })).toEqual([2, 28]);
    expect(starts({})).toEqual([2, 26]);
    const limits = [{ from: 0, to: 24, weights: Float64Array.of(1, 1), most: 0 }];
    const worth = settle(() => 0);
    const kept = putDaysBack([problemOf(1, { limits })], worth([[tour(28)]]), previous, worth);
    expect(kept.tours[0]?.map(({ start }) => start)).toEqual([26]);
    // Nor of any tier where one of them cannot have it back.
    const [was, of] = [previous.tours, previous.prices];
    const two = { ...previous, tours: [...was, ...was], prices: [...of, ...of] };
    const problems = [problemOf(1, { limits }), problemOf(1)];
    const together = putDaysBack(problems, worth([[tour(28)], [tour(28)]]), two, worth);
    expect(together.tours.map((own) => own.map(({ start }) => start))).toEqual([[26], [26]]);
  });
});

describe('shifts beyond a limit', () => {
  const limit = (most: number, from = 0, to = 48) => ({ from, to, weights: Float64Array.of(8, 4), most });

  test('are dropped where that costs least for the hours that it frees', () => {
    const needed = tour(0);
    const twice = [tour(20), tour(20), tour(20)];
    const limits = [limit(24)];
    // One operator is wanted: three at once from hour 20 are two too many.
    expect(trimTours(problemOf(1, { limits }), [...twice, needed])).toEqual([tour(20), tour(20), needed]);
    expect(trimTours(problemOf(1, { limits: [limit(16)] }), [...twice, needed])).toEqual([tour(20), needed]);
    expect(trimTours(problemOf(1, { limits: [limit(32)] }), [...twice, needed])).toHaveLength(4);
    expect(trimTours(problemOf(1), [...twice, needed])).toHaveLength(4);
  });

  test('none is dropped that does not use what is short', () => {
    expect(() => trimTours(problemOf(1, { limits: [limit(-1, 30)] }), [tour(2)])).toThrow(RangeError);
  });

  test('only those that start within it count', () => {
    const tours = [tour(2), tour(30), tour(40)];
    expect(trimTours(problemOf(1, { limits: [limit(8, 24, 48)] }), tours)).toHaveLength(2);
    expect(trimTours(problemOf(1, { limits: [limit(0, 24, 48)] }), tours)).toEqual([tour(2)]);
    expect(trimTours(problemOf(1, { limits: [limit(0, 24, 40)] }), tours)).toEqual([tour(2), tour(40)]);
    expect(trimTours(problemOf(1, { limits: [limit(0, 30, 48)] }), tours)).toEqual([tour(2)]);
    const weightless = [{ from: 0, to: 48, weights: Float64Array.of(1, 0), most: 0 }];
    expect(trimTours(problemOf(1, { limits: weightless }), [tour(2), tour(3, 1)])).toEqual([tour(3, 1)]);
  });
});

describe('starts that too few share', () => {
  test('are told apart by type and start, also where sums of both are alike', () => {
    // Type 1 at 0 and type 0 at 48 would be one number if slots did not part them.
    const problem = problemOf(2, { minimumPerStart: 2 });
    const settled = settleSmallStarts(problem, [tour(1, 0), tour(0, 1)]);
    expect(settled.filter(({ type, start }) => type === 0 && start === 1)).toHaveLength(2);
    expect(settled.filter(({ type, start }) => type === 1 && start === 0)).toHaveLength(2);
    expect(costOfTours(problem, settled)).toBeLessThan(costOfTours(problem, []));
  });
});

describe('operators who step in for another tier', () => {
  const one = problemOf(2);
  const lend = (covers: readonly number[], links: readonly { from: number; to: number; price: number }[]) => {
    const problems = covers.map(() => one);
    const found = lendOperators(
      problems,
      links,
      covers.map((n) => new Int32Array(48).fill(n)),
    );
    return { lent: found.lent.map((row) => row[0]), price: found.price, problems, found };
  };

  test('go where they save more than they cost, and nobody goes for nothing', () => {
    // Two wanted, one there: a missing one costs 20 (beyond one 10); four there: a spare one costs 0.5.
    expect(lend([4, 1], [{ from: 0, to: 1, price: 1 }])).toMatchObject({ lent: [1], price: 48 });
    expect(lend([4, 1], [{ from: 0, to: 1, price: 11 }])).toMatchObject({ lent: [0], price: 0 });
    expect(lend([4, 2], [{ from: 0, to: 1, price: 0 }])).toMatchObject({ lent: [0] });
    expect(lend([2, 2], [{ from: 0, to: 1, price: 0 }])).toMatchObject({ lent: [0] });
    expect(lend([4, 1], [{ from: 1, to: 0, price: 1 }])).toMatchObject({ lent: [0] });
  });

  test('by chains of tiers, the cheapest first', () => {
    const chain = [
      { from: 0, to: 1, price: 1 },
      { from: 1, to: 2, price: 2 },
      { from: 0, to: 2, price: 5 },
    ];
    expect(lend([4, 2, 1], chain)).toMatchObject({ lent: [1, 1, 0], price: 48 * 3 });
    expect(lend([4, 2, 1], [...chain.slice(0, 2), { from: 0, to: 2, price: 2.5 }])).toMatchObject({
      lent: [0, 0, 1],
      price: 48 * 2.5,
    });
  });

  test('count where they went: demand less there, more here', () => {
    const { problems, found } = lend([4, 1], [{ from: 0, to: 1, price: 1 }]);
    const settled = problems.map((problem, tier) =>
      afterLending(problem, tier, [{ from: 0, to: 1, price: 1 }], found.lent),
    );
    expect(settled.map(({ demand }) => demand[0])).toEqual([3, 1]);
  });
});
