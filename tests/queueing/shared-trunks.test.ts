import { describe, expect, it } from 'vitest';
import { erlang } from '../../src/queueing/erlang.ts';
import { blockFromTotals } from '../../src/queueing/queue-measures.ts';
import type { QueueMeasures, TierState } from '../../src/queueing/tier-state.ts';

interface Queue {
  readonly load: number;
  readonly answer?: number;
  readonly waitSeconds?: number;
  readonly theta?: number;
}
/** The chance as found: half of the way from `block`. */
const found = (queues: readonly Queue[], trunks: number, block = 0): number => {
  const state = {
    load: Float64Array.from(queues, ({ load }) => load),
    handleSeconds: Float64Array.from(queues, () => 100),
    viewTheta: Float64Array.from(queues, ({ theta }) => theta ?? 1),
  } as Partial<TierState> as TierState;
  const measures = {
    answer: Float64Array.from(queues, ({ answer }) => answer ?? 1),
    allWait: Float64Array.from(queues, ({ waitSeconds }) => waitSeconds ?? 0),
  } as Partial<QueueMeasures> as QueueMeasures;
  return 2 * (blockFromTotals(state, measures, block, trunks) - 0.5 * block);
};

describe('the chance that all shared lines are taken', () => {
  it.each([
    [10, 10],
    [20, 25],
    [100, 100],
    [50, 70],
  ])('of %d calls on %d lines that nobody waits on: near Erlang B', (load, trunks) => {
    const exact = erlang({
      loadErlangs: load,
      operators: trunks,
      trunks,
      handleTimeSeconds: 100,
      patienceSeconds: Infinity,
      thresholdSeconds: 0,
    });
    const block = exact.stable ? exact.pBlock : Number.NaN;
    expect(Math.abs(found([{ load }], trunks) - block)).toBeLessThan(0.1 * block + 1e-3);
    // Several queues share the lines: their calls add up, those who are not answered left out.
    expect(found([{ load: load / 4 }, { load: (3 * load) / 4 }], trunks)).toBeCloseTo(
      found([{ load }], trunks),
      12,
    );
    expect(found([{ load: 2 * load, answer: 0.5 }], trunks)).toBeCloseTo(found([{ load }], trunks), 12);
  });

  it('counts those who wait, spread wider where their patience is long', () => {
    // Eight are served; four wait 25 s of 100: two more on the lines.
    const waiting: Queue = { load: 8, waitSeconds: 25 };
    expect(found([waiting], 10)).toBeCloseTo(found([{ load: 10 }], 10), 12);
    expect(found([{ ...waiting, theta: 3 }], 10)).toBeCloseTo(found([{ load: 10 }], 10), 12);
    expect(found([{ ...waiting, theta: 0 }], 10)).toBeCloseTo(found([{ load: 10 }], 10), 12);
    // With a quarter of the leaving the variance is 8 + 4 × 2: φ(z) / (4 Φ(z)) at z = 0.5 / 4.
    const z = 0.125;
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    expect(found([{ ...waiting, theta: 0.25 }], 10)).toBeCloseTo(density / (4 * 0.549738), 5);
  });

  it('measures that were made with a chance of no line are of those who came through', () => {
    expect(found([{ load: 8 }], 10, 0.2)).toBeCloseTo(found([{ load: 10 }], 10), 12);
    expect(blockFromTotals({ load: [] } as never, {} as never, 0, 0)).toBe(1);
    expect(blockFromTotals({ load: [] } as never, {} as never, 0, 5)).toBe(0);
    expect(found([{ load: 1 }], 1000)).toBe(0);
  });

  it('of many more calls than lines is what does not fit', () => {
    for (const load of [600, 700, 1000])
      expect(Math.abs(found([{ load }], 500) - (load - 500) / load), String(load)).toBeLessThan(0.01);
  });
});
