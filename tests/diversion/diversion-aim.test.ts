import { describe, expect, it } from 'vitest';
import {
  aimCosts,
  callsShort,
  diversionPrices,
  lostAfterDeferral,
} from '../../src/diversion/diversion-aim.ts';
import { placePrompt } from '../../src/diversion/prompt-spans.ts';
import { entry, offPeak, peak, targets } from '../support/small-world.ts';
import { run, world } from './peak-world.ts';

const aims = ['fewest-diverted', 'best-for-roster'] as const;
const outcome = run(world(), []);
const [queue] = outcome.queues;

describe('what an aim costs', () => {
  it.each(aims)('each stretch costs its price where it begins, on top of the calls (%s)', (aim) => {
    const stretches = [
      { from: 0, to: 2, offPeakTarget: -1 },
      { from: 4, to: 7, offPeakTarget: -1 },
    ];
    const placed = placePrompt(entry(), 'a', stretches, peak.length);
    const without = aimCosts(outcome, [], targets, aim);
    const dearer = aimCosts(outcome, [placed], targets, aim).map((cost, i) => cost - (without[i] ?? 0));
    expect([...dearer].map((cost) => Math.round(cost * 1e9) / 1e9)).toEqual(
      peak.map((_, i) => (i === 0 || i === 4 ? diversionPrices.stretch : 0)),
    );
    expect(without[4]).toBeGreaterThan(0);
  });

  it('calls short are counted against the queue’s own targets where it has some', () => {
    if (queue === undefined) throw new Error('no queue');
    const [offered, answered, inTime] = [
      queue.offered[4] ?? 0,
      queue.answered[4] ?? 0,
      queue.answeredWithinThreshold[4] ?? 0,
    ];
    expect(callsShort(queue, 4, targets)).toBeCloseTo(
      Math.max(0, 0.9 * offered - answered) + Math.max(0, 0.8 * offered - inTime),
      9,
    );
    const own = { ...targets, queues: { a: { connectionRate: 1, serviceLevel: null } } };
    expect(callsShort(queue, 4, own)).toBeCloseTo(offered - answered, 9);
  });

  it('lost calls, late answers and who never calls again, at their prices, where the roster stands', () => {
    if (queue === undefined) throw new Error('no queue');
    const late = (queue.answered[4] ?? 0) - (queue.answeredWithinThreshold[4] ?? 0);
    expect(late).toBeGreaterThan(1);
    expect(aimCosts(outcome, [], targets, 'best-for-roster')[4]).toBeCloseTo(
      (queue.abandoned[4] ?? 0) + (queue.blocked[4] ?? 0) + diversionPrices.answeredLate * late,
      9,
    );
    const sent = placePrompt(offPeak(), 'a', [{ from: 2, to: 4, offPeakTarget: 9 }], peak.length);
    expect([1, 2, 3, 4].map((i) => lostAfterDeferral([sent], 'a', i))).toEqual([
      0,
      expect.closeTo(0.2, 9),
      expect.closeTo(0.2, 9),
      0,
    ]);
    expect(lostAfterDeferral([sent], 'b', 2)).toBe(0);
  });
});
