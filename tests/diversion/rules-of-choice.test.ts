import { english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { choosePrompts } from '../../src/diversion/choose-prompts.ts';
import type { PromptRequest } from '../../src/diversion/prompt-spans.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest } from '../support/small-world.ts';
import { onOf, run, world } from './peak-world.ts';

describe('rules of the choice', () => {
  const forced = (
    rules: Parameters<typeof catalogueOf>[1],
    change: Partial<PromptRequest> = {},
  ): ReturnType<typeof choosePrompts> =>
    choosePrompts({
      ...world({ catalogue: catalogueOf([entry({ response: { onlineShare: 0.3 } })], rules) }),
      ...change,
    });

  it('minimum on-time: no stretch is shorter', () => {
    for (const minutes of [60, 90, 150]) {
      const lengths = forced({ minimumOnMinutes: minutes }).spans.map((span) => (span.to - span.from) * 30);
      expect(lengths.length).toBeGreaterThan(0);
      expect(Math.min(...lengths)).toBeGreaterThanOrEqual(minutes);
    }
  });
  it('maximum on-time per day: no queue hears prompts for longer', () => {
    expect(onOf(forced({}).prompts).length).toBeGreaterThan(2);
    expect(onOf(forced({ maximumOnMinutesPerDay: 60 }).prompts).length).toBeLessThanOrEqual(2);
  });
  it('never in quiet hours', () => {
    const quiet = { from: '10:30', to: '11:30' };
    const on = onOf(forced({ quietHours: quiet, minimumOnMinutes: 30 }).prompts);
    expect(on.length).toBeGreaterThan(0);
    expect(on.filter((i) => i === 3 || i === 4)).toEqual([]);
  });
  it('never outside opening hours', () => {
    const open = new Uint8Array(peak.length).fill(1).fill(0, 3, 5);
    expect(onOf(forced({ minimumOnMinutes: 30 }).prompts)).toEqual(expect.arrayContaining([3, 4]));
    const on = onOf(forced({ minimumOnMinutes: 30 }, { open }).prompts);
    expect(on.length).toBeGreaterThan(0);
    expect(on.filter((i) => i === 3 || i === 4)).toEqual([]);
  });
  it('largest diverted share of a queue’s callers of the day', () => {
    const request = world({
      catalogue: catalogueOf([entry({ response: { onlineShare: 0.3 } })], { largestDivertedShare: 0.08 }),
    });
    const totals = totalOutcome(run(request, choosePrompts(request).prompts));
    const free = totalOutcome(run(request, forced({}).prompts));
    expect(totals.divertedOnline / totals.fresh).toBeLessThanOrEqual(0.08);
    expect(totals.divertedOnline).toBeGreaterThan(0);
    expect(free.divertedOnline / free.fresh).toBeGreaterThan(0.08);
  });
  it('callers whom smart voice serves are no part of those', () => {
    const base = world({
      calls: { a: peak.map((calls) => 2 * calls) },
      catalogue: catalogueOf([entry({ response: { onlineShare: 0.3 } })], { largestDivertedShare: 0.08 }),
    });
    const queues = base.policy.queues.map((queue) => ({ ...queue, smartVoiceShare: 0.5 }));
    const request: PromptRequest = { ...base, policy: { ...base.policy, queues } };
    const totals = totalOutcome(run(request, choosePrompts(request).prompts));
    const callers = 0.5 * request.demand.queues[0]!.freshMean.reduce((sum, calls) => sum + calls, 0);
    expect(totals.divertedOnline).toBeGreaterThan(0.05 * callers);
    expect(totals.divertedOnline).toBeLessThanOrEqual(0.08 * callers);
  });
  it('never-divert queues hear nothing', () => {
    const request = smallRequest(
      { calls: { a: peak, b: peak.map((n) => n / 2) }, operators: 12, catalogue: catalogueOf([entry()]) },
      { neverDivert: ['a'] },
    );
    const { prompts } = choosePrompts(request);
    expect(new Set(prompts.map((p) => p.queue))).toEqual(new Set(['b']));
  });
  it('queues that a prompt’s words suit', () => {
    const request = smallRequest({
      calls: { a: peak, b: peak.map((n) => n / 2) },
      operators: 12,
      catalogue: catalogueOf([entry({ queues: ['a'] })]),
    });
    expect(new Set(choosePrompts(request).prompts.map((p) => p.queue))).toEqual(new Set(['a']));
  });
  it('channel capacity: what a channel cannot serve fails there, and the answer says so', () => {
    const narrow = world({ catalogue: catalogueOf([entry()], {}, 5) });
    const chosen = choosePrompts(narrow);
    const t = totalOutcome(run(narrow, chosen.prompts));
    const playing = chosen.prompts[0]?.on.reduce((sum, on) => sum + on, 0) ?? 0;
    expect(t.fresh - t.offered).toBeLessThanOrEqual(5 * playing + 1e-9);
    expect(chosen.reasons.some((reason) => english(reason).includes('can serve only'))).toBe(true);
    const wide = world({ catalogue: catalogueOf([entry()], {}, 1000) });
    expect(choosePrompts(wide).reasons.some((reason) => english(reason).includes('can serve only'))).toBe(
      false,
    );
  });
  it('callers who would not wait are left alone where a prompt is offered by the wait', () => {
    const request = world({
      catalogue: catalogueOf([entry({ offeredTo: { waitAboveSeconds: 20 } })]),
    });
    const chosen = choosePrompts(request);
    expect(chosen.prompts.map(({ offeredTo }) => offeredTo)).toEqual([{ waitAboveSeconds: 20 }]);
    const all = world({ catalogue: catalogueOf([entry()]) });
    const some = totalOutcome(run(request, chosen.prompts));
    const played = chosen.prompts.map((placement) => ({ ...placement, offeredTo: 'all' as const }));
    expect(some.divertedOnline).toBeLessThan(totalOutcome(run(all, played)).divertedOnline);
  });
  it('one prompt per queue at a time', () => {
    const { prompts } = choosePrompts(
      world({
        catalogue: catalogueOf([
          entry(),
          entry({ prompt: 'short', response: { onlineShare: 0.08, announcementSeconds: 1 } }),
          offPeak(),
        ]),
      }),
    );
    const atOnce = peak.map((_, i) => prompts.filter((p) => p.on[i] === 1).length);
    expect(Math.max(...atOnce)).toBe(1);
  });
  it('off-peak callers are never sent into quiet hours', () => {
    const request = world({
      start: '15:00',
      catalogue: catalogueOf([offPeak()], { quietHours: { from: '20:00', to: '08:00' } }),
    });
    const { prompts } = choosePrompts(request);
    expect(prompts.length).toBeGreaterThan(0);
    for (const p of prompts) for (const target of p.offPeakTarget) expect(target).toBeLessThan(10);
  });
  it('a prompt for an online channel sends nobody to another hour', () => {
    const { prompts } = choosePrompts(world());
    expect(prompts.length).toBeGreaterThan(0);
    for (const p of prompts) expect(p.offPeakTarget.every((target) => target === -1)).toBe(true);
  });
  it('from: nothing plays before the hour of the advice', () => {
    expect(Math.min(...onOf(choosePrompts(world()).prompts))).toBeLessThan(4);
    const on = onOf(choosePrompts({ ...world(), from: 4 }).prompts);
    expect(on.length).toBeGreaterThan(0);
    expect(Math.min(...on)).toBeGreaterThanOrEqual(4);
  });
});
