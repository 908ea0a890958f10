import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/queueing/judge-interval.ts';
import {
  type IntervalTargets,
  type MixSearch,
  type PathJudge,
  quickError,
  searchMix,
  settleMix,
  shortfall,
} from '../../src/staffing/search-mix.ts';

const judgement = (more: Partial<Judgement> = {}): Judgement => ({
  connection: Float64Array.of(1),
  within: Float64Array.of(1),
  tierConnection: Float64Array.of(1, 1),
  occupancy: 0,
  block: 0,
  ...more,
});
const targets = (more: Partial<IntervalTargets> = {}): IntervalTargets => ({
  connection: Float64Array.of(1),
  within: Float64Array.of(0),
  tierConnection: Float64Array.of(0, 0),
  occupancyMax: 1,
  minimumOperators: 0,
  ...more,
});
/** Two tiers, the second twice as dear, and a queue whose connection rate follows from the operators. */
const searchOf = (rate: (a: number, b: number) => number, more: Partial<MixSearch> = {}): MixSearch => ({
  judge: ([a = 0, b = 0]) => judgement({ connection: Float64Array.of(rate(a, b)) }),
  targets: targets(),
  cost: Float64Array.of(1, 2),
  least: Int32Array.of(0, 0),
  start: Int32Array.of(0, 0),
  load: 3,
  ...more,
});
const reach =
  (enough: number) =>
  (a: number, b: number): number =>
    Math.min(1, (a + b) / enough);

describe('what is missing from the targets', () => {
  const missing = (found: Partial<Judgement>, wanted: Partial<IntervalTargets>, staffed = [0, 0]): number =>
    shortfall(
      searchOf(() => 1, { judge: () => judgement(found), targets: targets(wanted) }),
      Int32Array.from(staffed),
    );

  it('adds up over queues, tiers, occupancy and presence', () => {
    expect(missing({}, {})).toBe(0);
    expect(missing({ connection: Float64Array.of(0.7) }, { connection: Float64Array.of(0.9) })).toBeCloseTo(
      0.2,
      6,
    );
    expect(missing({ within: Float64Array.of(0.5) }, { within: Float64Array.of(0.8) })).toBeCloseTo(0.3, 6);
    const tiers = { tierConnection: Float64Array.of(0.9, 0.6) };
    expect(missing(tiers, { tierConnection: Float64Array.of(0.95, 0.8) })).toBeCloseTo(0.25, 6);
    expect(missing({ occupancy: 0.95 }, { occupancyMax: 0.8 })).toBeCloseTo(0.15, 6);
    expect(missing({}, { minimumOperators: 5 }, [2, 1])).toBe(2);
    expect(
      missing(
        { connection: Float64Array.of(0.7), within: Float64Array.of(0.5), occupancy: 0.95 },
        {
          connection: Float64Array.of(0.9),
          within: Float64Array.of(0.8),
          occupancyMax: 0.8,
          minimumOperators: 4,
        },
        [1, 1],
      ),
    ).toBeCloseTo(2.65, 6);
  });

  it('nothing is missing where nobody calls, where more is held than asked, and within rounding', () => {
    expect(missing({ connection: Float64Array.of(NaN), within: Float64Array.of(NaN) }, {})).toBe(0);
    expect(missing({ occupancy: 0.2 }, { occupancyMax: 0.8, minimumOperators: 2 }, [3, 3])).toBe(0);
    expect(missing({ connection: Float64Array.of(1 - 5e-10) }, {})).toBe(0);
    expect(missing({ occupancy: 0.8 + 5e-10 }, { occupancyMax: 0.8 })).toBe(0);
    // What one queue has too much is no help to another.
    const two = { connection: Float64Array.of(1, 0.5), within: Float64Array.of(1, 1) };
    const asked = { connection: Float64Array.of(0.8, 0.8), within: Float64Array.of(0, 0) };
    expect(missing(two, asked)).toBeCloseTo(0.3, 6);
  });
});

describe('searchMix on hard ground', () => {
  it('crosses a plateau on which no single operator helps', () => {
    for (const wall of [2, 12, 30]) {
      const search = searchOf((a, b) => (a + b >= wall ? 1 : 0.4));
      expect(searchMix(search)).toEqual({ operators: Int32Array.of(wall, 0), met: true });
    }
  });

  it('where nothing reaches the targets: the fewest that come as near as can be', () => {
    const search = searchOf((a, b) => Math.min(0.6, (a + b) / 5));
    expect(searchMix(search)).toEqual({ operators: Int32Array.of(3, 0), met: false });
    expect(searchMix({ ...search, least: Int32Array.of(0, 1) }).operators).toEqual(Int32Array.of(2, 1));
    const never = searchOf(() => 0.5);
    expect(searchMix(never)).toEqual({ operators: Int32Array.of(0, 0), met: false });
  });

  it('takes the tier that mends most for its price', () => {
    // The second mends three times as much at twice the price.
    const search = searchOf((a, b) => Math.min(1, (a + 3 * b) / 9));
    expect(searchMix(search).operators).toEqual(Int32Array.of(0, 3));
  });

  it('replaces a dear operator by a cheap one, and takes away whom that makes needless', () => {
    const search = searchOf(reach(6), { start: Int32Array.of(0, 6) });
    expect(searchMix(search).operators).toEqual(Int32Array.of(6, 0));
    // Only the first two of the second tier can be done without.
    const kept = searchOf((a, b) => Math.min(1, (a + b) / 6, b >= 4 ? 1 : 0.9), {
      start: Int32Array.of(0, 6),
    });
    expect(searchMix(kept).operators).toEqual(Int32Array.of(2, 4));
  });

  it('brings as many as must be present, at the least price', () => {
    const search = searchOf(() => 1, { targets: targets({ minimumOperators: 4 }) });
    expect(searchMix(search).operators).toEqual(Int32Array.of(4, 0));
    expect(searchMix({ ...search, cost: Float64Array.of(2, 1) }).operators).toEqual(Int32Array.of(0, 4));
  });

  it('takes great steps under a great load, and finds the same', () => {
    const search = searchOf(reach(403), { load: 400 });
    expect(searchMix(search).operators).toEqual(Int32Array.of(403, 0));
    expect(searchMix({ ...search, start: Int32Array.of(900, 50) }).operators).toEqual(Int32Array.of(403, 0));
  });
});

describe('settleMix', () => {
  /** Paths that need so many operators, whatever the quick judgement says. */
  const paths = (needed: number): PathJudge => ({
    judge: ([a = 0, b = 0]) => judgement({ connection: Float64Array.of(a + b >= needed ? 1 : 0.5) }),
    holds: ([a = 0, b = 0]) => a + b >= needed,
  });
  /** By the quick judgement 0.95 + 0.01 for each operator, of which 1 is asked: five are enough. */
  const slope = (a: number, b: number): number => 0.95 + 0.01 * (a + b);
  const settle = (search: MixSearch, needed: number, near: number, operators: readonly number[]) =>
    settleMix(search, { operators: Int32Array.from(operators), met: true }, paths(needed), near);

  it('how far the quick judgement may be off grows with how much callers differ, up to 0.02', () => {
    expect(quickError(0)).toBe(0.006);
    expect(quickError(0.1)).toBeCloseTo(0.016, 12);
    expect(quickError(0.5)).toBe(0.02);
  });

  it('leaves alone what was not met', () => {
    const found = { operators: Int32Array.of(2, 1), met: false };
    expect(settleMix(searchOf(slope), found, paths(1), 0.02)).toEqual({
      ...found,
      heldByOwnShare: [],
      heldByPresence: false,
    });
  });

  it('adds whom the paths miss where the quick judgement is near the target', () => {
    expect(settle(searchOf(slope), 6, 0.02, [5, 0]).operators).toEqual(Int32Array.of(6, 0));
    // At eight the quick judgement is 0.03 above: it is believed where that is beyond three times its usual error.
    expect(settle(searchOf(slope), 9, 0.009, [8, 0]).operators).toEqual(Int32Array.of(8, 0));
    expect(settle(searchOf(slope), 9, 0.011, [8, 0]).operators).toEqual(Int32Array.of(9, 0));
  });

  it('takes no occupancy for near where none is capped', () => {
    const full = (occupancyMax: number): MixSearch =>
      searchOf(() => 1, {
        judge: () => judgement({ occupancy: Math.min(1, occupancyMax) - 0.001 }),
        targets: targets({ connection: Float64Array.of(0.9), occupancyMax }),
      });
    expect(settle(full(0.9), 3, 0.02, [2, 0]).operators).toEqual(Int32Array.of(3, 0));
    expect(settle(full(1), 3, 0.02, [2, 0]).operators).toEqual(Int32Array.of(2, 0));
  });

  it('takes away whom no path needs, as far as the quick judgement is near and the floor allows', () => {
    expect(settle(searchOf(slope), 4, 0.025, [5, 0]).operators).toEqual(Int32Array.of(4, 0));
    expect(settle(searchOf(slope), 3, 0.025, [5, 0]).operators).toEqual(Int32Array.of(3, 0));
    // With near 0.0075 the quick judgement is sure that four are not enough without the fifth and fourth.
    expect(settle(searchOf(slope), 3, 0.0075, [5, 0]).operators).toEqual(Int32Array.of(4, 0));
    const floor = searchOf(slope, { least: Int32Array.of(4, 0) });
    expect(settle(floor, 1, 0.1, [5, 0]).operators).toEqual(Int32Array.of(4, 0));
  });

  it('names what holds those whom no target needs', () => {
    const share = settle(searchOf(slope, { least: Int32Array.of(0, 4) }), 2, 0.04, [0, 4]);
    expect(share).toMatchObject({ heldByOwnShare: [1], heldByPresence: false });
    const needed = settle(searchOf(slope), 5, 0.02, [5, 0]);
    expect(needed).toMatchObject({ heldByOwnShare: [], heldByPresence: false });
    const present = searchOf(() => 1, { targets: targets({ minimumOperators: 4 }) });
    expect(settle(present, 0, 0.02, [4, 0])).toMatchObject({
      operators: Int32Array.of(4, 0),
      heldByOwnShare: [],
      heldByPresence: true,
    });
  });
});
