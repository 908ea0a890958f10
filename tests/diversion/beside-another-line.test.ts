import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import { applyScenario, checkPlacements, placeInWeek } from '../../src/diversion/apply-scenario.ts';
import { choosePrompts } from '../../src/diversion/choose-prompts.ts';
import { explainShortfall, onlineWork } from '../../src/diversion/explain-choice.ts';
import { callsSentLater } from '../../src/diversion/off-peak-targets.ts';
import { placePrompt, type PromptRequest, spansOf } from '../../src/diversion/prompt-spans.ts';
import type { PromptPlacement } from '../../src/kernel/hotline.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest } from '../support/small-world.ts';

/**
 * Two lines of one queue each that share nothing: what is said of one of them is the same where the other stands
 * before it, after it or not there at all. The other has prompts of its own and a tenth of the calls.
 */
const catalogue = catalogueOf([entry(), offPeak()]);
const count = peak.length;
const lineOf = (queue: string, share: number, operators: number): PromptRequest => {
  const calls = { [queue]: peak.map((n) => share * n) };
  const request = smallRequest({ start: '16:00', calls, operators, catalogue });
  const [tier] = request.capacity.tiers;
  const routes = [{ tier: `${queue}'s`, preference: 1, overflowDelaySeconds: 0 }];
  return {
    ...request,
    capacity: {
      ...request.capacity,
      tiers: tier === undefined ? [] : [{ ...tier, tier: `${queue}'s` }],
    },
    policy: { ...request.policy, queues: request.policy.queues.map((own) => ({ ...own, routes })) },
  };
};
const joined = (one: PromptRequest, other: PromptRequest): PromptRequest => ({
  ...one,
  demand: { ...one.demand, queues: [...one.demand.queues, ...other.demand.queues] },
  capacity: { ...one.capacity, tiers: [...one.capacity.tiers, ...other.capacity.tiers] },
  policy: { ...one.policy, queues: [...one.policy.queues, ...other.policy.queues] },
});
const own = lineOf('own', 1, 7);
const other = lineOf('other', 0.1, 2);
const [online = entry(), later = offPeak()] = catalogue.prompts;
const play = (prompt: typeof later, queue: string, from: number, to: number, target = -1): PromptPlacement =>
  placePrompt(prompt, queue, [{ from, to, offPeakTarget: target }], count, 1);
const ownPrompts = [play(online, 'own', 2, 5), play(later, 'own', 5, 8, 10)];
const otherPrompts = [play(online, 'other', 1, 6), play(later, 'other', 7, 8, 12)];

describe.each([
  ['before', joined(other, own), [...otherPrompts, ...ownPrompts]],
  ['after', joined(own, other), [...ownPrompts, ...otherPrompts]],
] as const)('a line with another one that stands %s it', (_, both, allPrompts) => {
  const outcomeOf = (request: PromptRequest, prompts: readonly PromptPlacement[]) =>
    project({
      demand: request.demand,
      capacity: request.capacity,
      policy: { ...request.policy, prompts: [...prompts] },
    });
  const alone = outcomeOf(own, ownPrompts);
  const beside = outcomeOf(both, allPrompts);

  it('has its own spans and callers', () => {
    const spans = spansOf(allPrompts, beside, catalogue).filter(({ queue }) => queue === 'own');
    const expected = spansOf(ownPrompts, alone, catalogue);
    expect(spans).toEqual(
      expected.map((span) => ({
        ...span,
        callersDiverted: expect.closeTo(span.callersDiverted, 6) as number,
      })),
    );
    expect(expected.every(({ callersDiverted }) => callersDiverted > 1)).toBe(true);
  });

  it('breaks its own rules', () => {
    const checked = (request: PromptRequest, placements: readonly PromptPlacement[]) =>
      checkPlacements({
        placements,
        rules: { ...catalogue.rules, maximumOnMinutesPerDay: 150 },
        horizon: request.demand.horizon,
        open: request.open,
        neverDivert: ['other'],
      });
    const problems = checked(both, allPrompts);
    const [forOwn, forOther] = ['own', 'other'].map((queue) =>
      problems.filter(({ path }) => path?.endsWith(`.${queue}`)),
    );
    expect(forOwn).toEqual(checked(own, ownPrompts));
    expect(forOther).toEqual(checked(other, otherPrompts));
    expect(new Set(problems.map(({ rule }) => rule))).toEqual(
      new Set(['never-divert-queue', 'minimum-on-time', 'maximum-on-time-per-day']),
    );
  });

  it('sends its own callers online and to later hours', () => {
    const work = (outcome: typeof alone, prompts: readonly PromptPlacement[]) =>
      onlineWork(outcome, prompts, own.policy.channels);
    const requests = (found: ReturnType<typeof work>, i: number): number =>
      found.filter(({ interval }) => interval === i).reduce((sum, one) => sum + one.requests, 0);
    const otherAlone = work(outcomeOf(other, otherPrompts), otherPrompts);
    for (let i = 0; i < count; i += 1)
      expect(requests(work(beside, allPrompts), i)).toBeCloseTo(
        requests(work(alone, ownPrompts), i) + requests(otherAlone, i),
        6,
      );
    const sent = callsSentLater(own.demand, ownPrompts);
    const sentByOther = callsSentLater(other.demand, otherPrompts);
    expect([...callsSentLater(both.demand, allPrompts)]).toEqual(
      [...sent].map((n, i) => expect.closeTo(n + (sentByOther[i] ?? 0), 9) as number),
    );
  });

  it('is called later as people usually call it', () => {
    const idle = {
      ...both,
      demand: { ...both.demand, queues: both.demand.queues.map((queue) => ({ ...queue })) },
    };
    for (const queue of idle.demand.queues)
      if (queue.queue === 'other') queue.freshMean = new Float64Array(count);
    const placed = (request: PromptRequest) => placeInWeek(later, 'own', 2, 4, request.demand, catalogue);
    expect(placed(idle)).toEqual(placed(own));
    const scenario = scenarioSchema.parse({
      scenario: 'drawn',
      placements: [{ prompt: 'later', queue: 'own', date: '2026-11-23', from: '17:00', to: '18:00' }],
    });
    const starts = Array.from(
      { length: count },
      (_one, i) => `2026-11-23T${String(16 + (i >> 1)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
    );
    const laid = (request: PromptRequest) =>
      applyScenario(request, scenario, { starts, catalogue }).policy.prompts;
    expect(laid(idle)).toEqual(laid(own));
  });

  it('stays short for its own reasons', () => {
    const name = (key: string) => ({ 'zh-CN': key, en: key });
    const explained = (request: PromptRequest, prompts: readonly PromptPlacement[], interval: number) =>
      explainShortfall({
        ...request,
        policy: { ...request.policy, prompts: [...prompts] },
        mayPlay: new Uint8Array(count).fill(1),
        after: outcomeOf(request, prompts),
        interval,
        futures: 1,
        queueName: name,
        tierName: name,
      });
    const asked = [true, false].flatMap((plays) => [2, 3, 4, 5, 6].map((interval) => ({ plays, interval })));
    for (const { plays, interval } of asked) {
      const [short] = explained(both, plays ? allPrompts : otherPrompts, interval);
      const [expected] = explained(own, plays ? ownPrompts : [], interval);
      expect(expected?.code, `${interval}`).toBe('interval-stays-short');
      const queues = (found: typeof short) =>
        JSON.stringify(found?.values, (_key, value: unknown) =>
          typeof value === 'number' ? Number(value.toPrecision(4)) : value,
        );
      expect(queues(short)).toBe(queues(expected));
    }
  });

  it('has its own prompts chosen', () => {
    const chosen = (request: PromptRequest) =>
      choosePrompts({ ...request, evaluationsPerDay: 400 }).spans.filter(({ queue }) => queue === 'own');
    const spans = (found: ReturnType<typeof chosen>) =>
      found.map(({ prompt, from, to }) => [prompt, from, to]);
    expect(spans(chosen(both))).toEqual(spans(chosen(own)));
    expect(chosen(own).length).toBeGreaterThan(0);
  });
});
