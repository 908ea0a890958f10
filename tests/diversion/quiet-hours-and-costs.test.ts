import { describe, expect, it } from 'vitest';
import { aimCosts, callsShort, lostAfterDeferral } from '../../src/diversion/diversion-aim.ts';
import { joinPlacements } from '../../src/diversion/apply-scenario.ts';
import { offPeakTimesOf, sendOffPeak, usualCalls } from '../../src/diversion/off-peak-targets.ts';
import type { Outcome, PromptPlacement, QueueOutcome } from '../../src/kernel/hotline.ts';
import { sumOf } from '../../src/kernel/statistics.ts';
import { entry, offPeak, targets } from '../support/small-world.ts';

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

describe('stretches of one prompt', () => {
  it('to one queue are one placement, the later one counting where both play', () => {
    const joined = joinPlacements([
      placement([1, 1, 0, 0], [2, 3, -1, -1]),
      placement([0, 0, 0, 1], [-1, -1, -1, 5], { queue: 'b' }),
      placement([0, 1, 1, 0], [-1, 4, 4, -1], {
        offPeakReturn: { until: Int32Array.from([0, 6, 6, 0]), weights: row(1, 1, 1, 1) },
      }),
    ]);
    expect(joined.map(({ queue, on, offPeakTarget }) => [queue, [...on], [...offPeakTarget]])).toEqual([
      ['a', [1, 1, 1, 0], [2, 4, 4, -1]],
      ['b', [0, 0, 0, 1], [-1, -1, -1, 5]],
    ]);
    expect([...(joined[0]?.offPeakReturn?.until ?? [])]).toEqual([0, 6, 6, 0]);
    expect(joined[1]).not.toHaveProperty('offPeakReturn');
  });

  it('know when callers come back, each its own', () => {
    const returning = (until: readonly number[], weights: readonly number[]) => ({
      offPeakReturn: { until: Int32Array.from(until), weights: row(...weights) },
    });
    const [joined] = joinPlacements([
      placement([1, 0], [1, -1], returning([7, 0], [1, 5])),
      placement([0, 1], [-1, 1], returning([0, 8], [2, 3])),
    ]);
    expect([...(joined?.offPeakReturn?.until ?? [])]).toEqual([7, 8]);
    expect([...(joined?.offPeakReturn?.weights ?? [])]).toEqual([2, 5]);
  });
});

describe('what an interval costs', () => {
  const queue = (more: Partial<QueueOutcome> = {}): QueueOutcome =>
    ({
      queue: 'a',
      offered: row(100, 100),
      answered: row(80, 95),
      answeredWithinThreshold: row(60, 90),
      abandoned: row(15, 5),
      blocked: row(5, 0),
      divertedOnline: row(10, 0),
      deferred: row(20, 10),
      ...more,
    }) as QueueOutcome;
  const outcome = (...queues: QueueOutcome[]): Outcome => ({ horizon: { count: 2 }, queues }) as never;
  const played = placement([1, 1], [5, 5]);

  it('calls short of both targets, of a queue’s own where it has them', () => {
    // 90 % of 100 connected, 80 % in time.
    expect(callsShort(queue(), 0, targets)).toBeCloseTo(10 + 20, 9);
    expect(callsShort(queue(), 1, targets)).toBe(0);
    const own = (more: object) => ({ ...targets, queues: { a: more } });
    expect(callsShort(queue(), 0, own({ connectionRate: 0.7 }))).toBeCloseTo(20, 9);
    expect(callsShort(queue(), 0, own({ serviceLevel: null }))).toBeCloseTo(10, 9);
    expect(callsShort(queue(), 0, own({ serviceLevel: 0.7 }))).toBeCloseTo(20, 9);
    expect(callsShort(queue(), 0, { ...targets, serviceLevel: null })).toBeCloseTo(10, 9);
  });

  it('for the fewest diverted: what is short, a tenth of a call for each diverted, one for a stretch', () => {
    const costs = aimCosts(outcome(queue()), [played], targets, 'fewest-diverted');
    expect([...costs]).toEqual([expect.closeTo(30 + 3 + 1, 9), expect.closeTo(1, 9)]);
    const two = aimCosts(outcome(queue(), queue({ queue: 'b' })), [], targets, 'fewest-diverted');
    expect([...two]).toEqual([expect.closeTo(66, 9), expect.closeTo(2, 9)]);
    const apart = aimCosts(outcome(queue()), [placement([0, 1], [5, 5])], targets, 'fewest-diverted');
    expect(apart[1]).toBeCloseTo(2, 9);
  });

  it('for the roster: lost calls, a quarter for a late answer, those who never come back', () => {
    const costs = aimCosts(outcome(queue()), [played], targets, 'best-for-roster');
    // 20 lost, 20 late, 30 % of 20 never back, 30 diverted, one stretch.
    expect(costs[0]).toBeCloseTo(20 + 5 + 6 + 3 + 1, 9);
    expect(costs[1]).toBeCloseTo(5 + 1.25 + 3 + 1, 9);
    expect(lostAfterDeferral([played], 'a', 0)).toBeCloseTo(0.3, 12);
    expect(lostAfterDeferral([played], 'b', 0)).toBe(0);
    expect(lostAfterDeferral([placement([0, 1], [5, 5])], 'a', 0)).toBe(0);
    const online = { ...played, response: entry().response };
    expect(lostAfterDeferral([online, played], 'a', 0)).toBeCloseTo(0.3, 12);
    expect(lostAfterDeferral([online], 'a', 0)).toBe(0);
  });

  it('sums a range from its first to before its last', () => {
    expect([sumOf([1, 2, 4, 8]), sumOf([1, 2, 4, 8], 1, 3), sumOf([], 0, 2)]).toEqual([15, 6, 0]);
  });
});

describe('the quietest hours', () => {
  /** Six intervals of 1,000 s of staff, so much work in each; calls come evenly. */
  const sent = (
    work: readonly number[],
    own = offPeak(),
    { leastGap = 1, block = 9, mayCall = [1, 1, 1, 1, 1, 1], staffed = 1000, from = 0, until = 1 } = {},
  ): unknown[] => {
    const count = work.length;
    const times = offPeakTimesOf(
      {
        horizon: { count },
        tiers: [
          {
            busyOperatorSeconds: row(...work),
            staffedOperatorSeconds: new Float64Array(count).fill(staffed / 2),
          },
          {
            busyOperatorSeconds: new Float64Array(count),
            staffedOperatorSeconds: new Float64Array(count).fill(staffed / 2),
          },
        ],
      } as never,
      Uint8Array.from(mayCall),
      leastGap,
    );
    const queue = {
      freshMean: new Float64Array(count).fill(10),
      handleTimeSeconds: new Float64Array(count).fill(100),
    } as never;
    const weights = usualCalls(own, queue, times);
    return sendOffPeak({ from, to: until }, own, queue, times, block, weights).map((own) => [
      own.from,
      own.to,
      own.offPeakTarget,
      own.offPeakUntil,
    ]);
  };

  it('are the latest beginning that leaves twice the gap, where the end is quiet', () => {
    // To the end of the day: from the interval with the lower mean over the rest.
    expect(sent([900, 900, 800, 700, 100, 100])).toEqual([[0, 1, 4, 6]]);
    expect(sent([900, 100, 100, 900, 900, 900])).toEqual([[0, 1, 1, 6]]);
    expect(sent([900, 900, 900, 900, 900, 100])).toEqual([[0, 1, 4, 6]]);
  });

  it('of a callback are all that have room, from the first', () => {
    const back = { ...offPeak(), kind: 'callback' as const };
    // Usually 683 s of work: the third and the sixth interval have less.
    expect(sent([900, 900, 300, 900, 900, 200], back)).toEqual([[0, 1, 2, 6]]);
    expect(sent([900, 0, 0, 300, 300, 900], back, { leastGap: 2 })).toEqual([[0, 1, 2, 6]]);
    // Where all are busier than usual that are left, the quietest of them alone.
    expect(sent([100, 900, 950, 800, 900, 900], back)).toEqual([[0, 1, 3, 6]]);
  });

  it('lie where callers may be sent and somebody is there; nowhere, where none are left', () => {
    expect(sent([900, 100, 800, 700, 600, 500], offPeak(), { mayCall: [1, 0, 1, 1, 0, 0] })).toEqual([
      [0, 1, 2, 4],
    ]);
    expect(sent([900, 900, 900, 900, 900, 900], offPeak(), { from: 5, until: 6 })).toEqual([[5, 6, -1, 0]]);
    expect(sent([9, 9, 9, 9, 9, 9], offPeak(), { staffed: 0 })).toEqual([[0, 1, -1, 0]]);
  });

  it('of a long stretch are found block by block, those sent before counted in', () => {
    const work = [900, 900, 900, 900, 100, 100, 105, 105];
    const mayCall = [1, 1, 1, 1, 1, 1, 1, 1];
    const back = { ...offPeak(), kind: 'callback' as const };
    expect(sent(work, back, { until: 4, block: 2, mayCall })).toEqual([
      [0, 2, 4, 8],
      [2, 4, 4, 8],
    ]);
    expect(sent(work, back, { until: 3, block: 2, mayCall })).toEqual([[0, 3, 4, 8]]);
  });
});
