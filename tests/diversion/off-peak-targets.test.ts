import { describe, expect, it } from 'vitest';
import { choosePrompts } from '../../src/diversion/choose-prompts.ts';
import { callsShort } from '../../src/diversion/diversion-aim.ts';
import {
  callsSentLater,
  offPeakTimesOf,
  sendOffPeak,
  usualCalls,
} from '../../src/diversion/off-peak-targets.ts';
import { placePrompt } from '../../src/diversion/prompt-spans.ts';
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
  const times = offPeakTimesOf(before, new Uint8Array(calls.length).fill(1), 2);
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

  it('come as calls usually come then; callbacks are made where the line has room', () => {
    const asked = worldOf(later(0.2));
    expect([...asked.weights]).toEqual(calls);
    const { before, after, stretches, weights } = worldOf({ ...later(0.2), kind: 'callback' });
    // None in the intervals that are busier than the day is: the peak.
    expect([...weights.slice(1, 6)]).toEqual([0, 0, 0, 0, 0]);
    expect([...weights].filter((weight) => weight > 0).length).toBeGreaterThan(9);
    for (const { offPeakTarget, offPeakUntil } of stretches)
      expect((offPeakUntil ?? 0) - offPeakTarget).toBeGreaterThanOrEqual(10);
    const sent = totalOutcome(after).deferred;
    const extra = calls.map(
      (_, i) => (after.queues[0]?.offered[i] ?? 0) - (before.queues[0]?.offered[i] ?? 0),
    );
    // Half of them came in one half-hour before.
    expect(Math.max(...extra.slice(7))).toBeLessThan(sent / 5);
  });
});

describe('the choice of prompts', () => {
  /** A line that is short from nine to half past two and has room in the evening, for so many callbacks and no more. */
  const shortDay = (kind: 'callback' | 'off-peak', share: number) => {
    const day = [
      80, 140, 180, 180, 170, 120, 100, 90, 90, 100, 120, 120, 110, 100, 80, 60, 50, 45, 45, 40, 40, 36, 34,
      30,
    ];
    const sending = later(share);
    const request = smallRequest({
      start: '08:00',
      calls: { main: day },
      operators: 1,
      catalogue: catalogueOf([
        { ...sending, kind, response: { ...sending.response, announcementSeconds: 3 } },
        entry({ prompt: 'mild', response: { onlineShare: 0.06, announcementSeconds: 1 } }),
      ]),
    });
    const operators = Float64Array.from(day, (n) =>
      Math.ceil(Math.min(n, 100) / 10 + 0.7 * Math.sqrt(n / 8)),
    );
    return { ...request, capacity: { trunks: Infinity, tiers: [{ tier: 'all', operators }] } };
  };

  it.each([
    ['callback', 0.12],
    ['callback', 0.3],
    ['off-peak', 0.3],
  ] as const)('does not move the peak into another hour: %s taken by %d', (kind, share) => {
    const request = shortDay(kind, share);
    const { demand, capacity, policy, targets } = request;
    const { prompts } = choosePrompts(request);
    const before = project({ demand, capacity, policy });
    const after = project({ demand, capacity, policy: { ...policy, prompts } });
    const short = (of: typeof before, i: number): number =>
      of.queues.reduce((sum, queue) => sum + callsShort(queue, i, targets), 0);
    const all = (of: typeof before): number =>
      Array.from({ length: demand.horizon.count }, (_, i) => short(of, i)).reduce((a, b) => a + b);
    for (let i = 0; i < demand.horizon.count; i += 1) {
      if (prompts.some(({ on }) => on[i] === 1)) continue;
      const offered = before.queues[0]?.offered[i] ?? 0;
      expect(short(after, i) - short(before, i), `interval ${i}`).toBeLessThanOrEqual(0.05 * offered + 1e-9);
    }
    // And still mends what it can.
    expect(all(after)).toBeLessThan(0.8 * all(before));
  });
});

it('callers come later from where a prompt plays alone, after the shares of hearing, following and coming', () => {
  const own = entry({ ...offPeak(), response: { ...offPeak().response, reach: 0.5 } });
  const request = smallRequest({ calls: { main: calls }, operators: 9, catalogue: catalogueOf([own]) });
  const placed = placePrompt(own, 'main', [{ from: 1, to: 3, offPeakTarget: 20 }], calls.length);
  const aimed = { ...placed, offPeakTarget: new Int32Array(calls.length).fill(20) };
  for (const placement of [placed, aimed]) {
    const sent = callsSentLater(request.demand, [placement]);
    // 90 and 130 call; half hear it, a fifth follow, four of five of them come.
    expect([...sent.entries()].filter(([, n]) => n > 0)).toEqual([
      [20, expect.closeTo((90 + 130) * 0.5 * 0.2 * 0.8, 9)],
    ]);
  }
  expect(callsSentLater(request.demand, [{ ...placed, queue: 'other' }]).every((n) => n === 0)).toBe(true);
});

it('callbacks are placed evenly where all hours are as busy', () => {
  const [busy, some] = [Float64Array.of(5, 5, 5), Float64Array.of(10, 10, 10)];
  const times = { mayCall: Uint8Array.of(1, 1, 0), staffed: some, work: busy };
  expect([...usualCalls({ kind: 'callback' }, { freshMean: some }, times)]).toEqual([1, 1, 0]);
});
