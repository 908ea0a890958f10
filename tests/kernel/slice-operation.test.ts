import { describe, expect, it } from 'vitest';
import type { PromptPlacement } from '../../src/kernel/hotline.ts';
import {
  sliceCapacity,
  sliceDemand,
  sliceSamplePaths,
  slicePlacements,
} from '../../src/kernel/slice-operation.ts';
import { aDemand, to } from '../support/a-line.ts';
import { offPeak } from '../support/small-world.ts';

const row = (...values: readonly number[]): Float64Array => Float64Array.from(values);
const placement = (
  on: readonly number[],
  target: readonly number[],
  more: Partial<PromptPlacement> = {},
): PromptPlacement => ({
  prompt: 'p',
  kind: 'off-peak',
  queue: 'a',
  on: Uint8Array.from(on),
  offPeakTarget: Int32Array.from(target),
  response: { ...offPeak().response, offPeakShare: 0.2, offPeakReturnShare: 0.7 },
  ...more,
});

describe('a part of the horizon', () => {
  const demand = aDemand(
    [
      {
        queue: 'a',
        callsPerHour: [1, 2, 3, 4],
        handle: 60,
        patience: 60,
        routes: [to('one')],
        paths: [
          [10, 11, 12, 13],
          [20, 21, 22, 23],
          [30, 31, 32, 33],
        ],
      },
    ],
    4,
  );

  it('begins later and holds its own intervals; the mean has no paths', () => {
    const part = sliceDemand(demand, 1, 3);
    expect(part.horizon).toEqual({
      ...demand.horizon,
      startMillis: demand.horizon.startMillis + 3_600_000,
      count: 2,
    });
    const [queue] = part.queues;
    expect([[...(queue?.freshMean ?? [])], queue?.handleTimeSeconds.length, queue?.pathCount]).toEqual([
      [2, 3],
      2,
      0,
    ]);
    expect(queue?.ratePaths).toHaveLength(0);
  });

  it('has the first paths, each in its part', () => {
    const paths = (most: number): unknown => {
      const [queue] = sliceSamplePaths(demand, 1, 3, most).queues;
      return [queue?.pathCount, [...(queue?.ratePaths ?? [])]];
    };
    expect(paths(2)).toEqual([2, [11, 12, 21, 22]]);
    expect(paths(9)).toEqual([3, [11, 12, 21, 22, 31, 32]]);
    expect(paths(0)).toEqual([0, []]);
  });

  it('has the operators of its intervals, and who turns up of them on each path', () => {
    const tiers = [
      { tier: 'one', operators: row(1, 2, 3, 4) },
      { tier: 'two', operators: row(5, 6, 7, 8), attendance: row(1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3) },
    ];
    expect(sliceCapacity({ trunks: 9, tiers }, 1, 3)).toEqual({
      trunks: 9,
      tiers: [
        { tier: 'one', operators: row(2, 3) },
        { tier: 'two', operators: row(6, 7), attendance: row(0.9, 0.8, 0.5, 0.4) },
      ],
    });
  });

  it('has its prompts, whose hours count from its own beginning', () => {
    const returns = { until: Int32Array.from([0, 4, 4, 0]), weights: row(1, 2, 3, 4) };
    const [first, second] = slicePlacements(
      [
        placement([0, 1, 1, 0], [-1, 3, 2, -1], { offPeakReturn: returns }),
        placement([1, 0, 0, 0], [2, -1, 0, 1]),
      ],
      1,
      3,
    );
    expect([...(first?.on ?? [])]).toEqual([1, 1]);
    expect([...(first?.offPeakTarget ?? [])]).toEqual([2, 1]);
    expect([...(first?.offPeakReturn?.until ?? [])]).toEqual([3, 3]);
    expect([...(first?.offPeakReturn?.weights ?? [])]).toEqual([2, 3, 4]);
    expect([...(second?.offPeakTarget ?? [])]).toEqual([-1, -1]);
    expect(second).not.toHaveProperty('offPeakReturn');
  });
});
