import { describe, expect, it } from 'vitest';
import { quietTimesOf, sendOffPeak, usualCalls } from '../../src/diversion/off-peak-targets.ts';
import { placePrompt } from '../../src/diversion/place-prompt.ts';
import { serviceLevels, totalOutcome } from '../../src/kernel/measures.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, offPeak, smallRequest } from '../support/small-world.ts';

/** Twelve hours from 8:00: a peak in the morning, then ever quieter; operators follow the calls. */
const calls = [
  60, 90, 130, 130, 110, 80, 60, 55, 50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24, 22, 20,
];
const later = (offPeakShare: number) =>
  entry({
    ...offPeak(),
    response: { ...offPeak().response, offPeakShare, offPeakReturnShare: 1, announcementSeconds: 0 },
  });

const worldOf = (own: ReturnType<typeof entry>) => {
  const request = smallRequest({
    start: '08:00',
    calls: { main: calls },
    operators: 1,
    catalogue: catalogueOf([own]),
  });
  const operators = Float64Array.from(calls, (n) => Math.ceil((n * 180) / 1800 + 1.2 * Math.sqrt(n / 8)));
  const capacity = { trunks: Infinity, tiers: [{ tier: 'all', operators }] };
  const [queue] = request.demand.queues;
  if (queue === undefined) throw new Error('no queue');
  const before = project({ demand: request.demand, capacity, policy: request.policy });
  const times = quietTimesOf(before, new Uint8Array(calls.length).fill(1), 2);
  const weights = usualCalls(own, queue, times);
  const stretches = sendOffPeak({ from: 1, to: 5 }, own, queue, times, 2, weights);
  const placed = placePrompt(own, 'main', stretches, calls.length, 1, weights);
  const after = project({
    demand: request.demand,
    capacity,
    policy: { ...request.policy, prompts: [placed] },
  });
  return { before, after, stretches, weights };
};

describe('callers who are asked to call off-peak', () => {
  it('call over the hours suggested, so that no half-hour is flooded by whom the peak sent away', () => {
    const { before, after, stretches } = worldOf(later(0.2));
    const sent = totalOutcome(after).deferred;
    expect(sent).toBeGreaterThan(80);
    const extra = after.queues[0]?.offered.map((n, i) => n - (before.queues[0]?.offered[i] ?? 0)) ?? [];
    // Not a third of them in any half-hour: the callers of a block all came in one before.
    expect(Math.max(...extra.slice(7))).toBeLessThan(sent / 6);
    const level = (of: typeof before, i: number): number =>
      serviceLevels(totalOutcome(of, i, i + 1)).ofOffered;
    for (let i = 7; i < calls.length; i += 1)
      expect(level(after, i), `interval ${i}`).toBeGreaterThan(level(before, i) - 0.1);
    for (const { offPeakTarget, offPeakUntil, to } of stretches) {
      expect(offPeakTarget).toBeGreaterThanOrEqual(to + 1);
      // Two hours at least are left to call in.
      expect((offPeakUntil ?? 0) - offPeakTarget).toBeGreaterThanOrEqual(4);
    }
  });

  it('come as calls usually come then; callbacks are made within the hour promised', () => {
    const asked = worldOf(later(0.2));
    expect([...asked.weights]).toEqual(calls);
    const back = worldOf({ ...later(0.2), kind: 'callback' });
    expect(new Set(back.weights)).toEqual(new Set([1]));
    for (const { offPeakTarget, offPeakUntil } of back.stretches)
      expect((offPeakUntil ?? 0) - offPeakTarget).toBe(2);
  });
});
