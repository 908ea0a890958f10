import { chinese, english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { choosePrompts } from '../../src/diversion/choose-prompts.ts';
import type { PromptRequest } from '../../src/diversion/prompt-spans.ts';
import { explainShortfall, levelAt, worstInterval } from '../../src/diversion/explain-choice.ts';
import { promptHours } from '../../src/diversion/playing-rules.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, smallRequest } from '../support/small-world.ts';

const peak = [40, 90, 120, 120, 80, 40, 30];
const plain = catalogueOf([entry()]);

const explain = (request: PromptRequest): { readonly said: string; readonly interval: number } => {
  const { demand, capacity, policy, catalogue, targets, neverDivert } = request;
  const { prompts } = choosePrompts(request);
  const played = { ...policy, prompts };
  const after = project({ demand, capacity, policy: played });
  const { mayPlay } = promptHours(demand.horizon, request.open, catalogue.rules);
  const interval = worstInterval(after, (i) => mayPlay[i] === 1);
  const name = (key: string) => ({ 'zh-CN': key, en: key });
  const told = explainShortfall({
    demand,
    capacity,
    policy: played,
    catalogue,
    targets,
    neverDivert,
    mayPlay,
    after,
    interval,
    futures: 4,
    queueName: name,
    tierName: name,
  });
  for (const one of told) expect(chinese(one)).toMatch(/[一-龥]/);
  return { said: told.map(english).join('\n'), interval };
};

describe('why a half-hour stays below its target', () => {
  it('names the take-up, and the operators that would do: one fewer would not', () => {
    const request = smallRequest({ calls: { a: peak }, operators: 12, catalogue: plain });
    const { said, interval } = explain(request);
    expect(said).toMatch(/"a" is \d+ calls short and already has one playing; of \d+ callers \d+ follow it/);
    const more = Number(/(\d+) more operators? in/.exec(said)?.[1]);
    expect(more).toBeGreaterThan(0);
    const { prompts } = choosePrompts(request);
    const levelOf = (by: number): number => {
      const tiers = request.capacity.tiers.map((tier) => ({
        ...tier,
        operators: tier.operators.map((n) => n + by),
      }));
      const world = { ...request.capacity, tiers };
      return levelAt(
        project({ demand: request.demand, capacity: world, policy: { ...request.policy, prompts } }),
        interval,
      );
    };
    expect(levelOf(more)).toBeGreaterThanOrEqual(0.8);
    expect(levelOf(more - 1)).toBeLessThan(0.8);
    expect(said).toMatch(
      /or [\d.]+ times the assumed take-up|ten times the assumed take-up would not be enough/,
    );
  });

  it('counts one operator and one call in the singular', () => {
    const said = Array.from({ length: 12 }, (_, more) => {
      const request = smallRequest({ calls: { a: peak }, operators: 8 + more, catalogue: plain });
      return explain(request).said;
    }).join('\n');
    expect(said).toMatch(/: 1 more operator in "/);
    expect(said).toMatch(/: [2-9] more operators in "/);
    expect(said).not.toMatch(/\b1 (more operators|calls)\b/);
  });

  it('names the rule that stands in the way', () => {
    const calls = { a: peak };
    expect(
      explain(smallRequest({ calls, operators: 12, catalogue: plain }, { neverDivert: ['a'] })).said,
    ).toContain('is never diverted (neverDivert in hotline.json)');
    const unsuited = catalogueOf([entry({ queues: ['other'] })]);
    expect(explain(smallRequest({ calls, operators: 12, catalogue: unsuited })).said).toContain(
      'has no prompt with a suitable message',
    );
    const brief = catalogueOf([entry()], { maximumOnMinutesPerDay: 60 });
    expect(
      explain(smallRequest({ calls: { a: peak.map((n) => n + 60) }, operators: 10, catalogue: brief })).said,
    ).toMatch(
      /already has one playing|already has 60 minutes of prompts that day, at most 60 allowed \(maximumOnMinutesPerDay\)/,
    );
    const few = catalogueOf([entry()], { largestDivertedShare: 0.03 });
    expect(explain(smallRequest({ calls, operators: 12, catalogue: few })).said).toContain(
      'largestDivertedShare',
    );
  });

  it('two queues stand by what they are short of, each with what is in its way', () => {
    const level = (request: PromptRequest) => explain(request).said;
    const brief = catalogueOf([entry({ queues: ['b'] })], { maximumOnMinutesPerDay: 60 });
    const calls = { a: peak.map((n) => 0.3 * n), b: peak.map((n) => n + 40) };
    const both = level(smallRequest({ calls, operators: 14, catalogue: brief }));
    const [first = '', second = ''] = both.match(/"[ab]" is \d+ calls short[^;.]*/g) ?? [];
    const short = (said: string) => Number(/(\d+) calls/.exec(said)?.[1]);
    expect([first.slice(0, 3), second.slice(0, 3)]).toEqual(['"b"', '"a"']);
    expect(short(first)).toBeGreaterThan(short(second));
    expect(second).toContain('no prompt with a suitable message');
  });

  it('of many queues the four that are shortest are told, the shortest first', () => {
    const unsuited = catalogueOf([entry({ queues: ['other'] })]);
    const calls = Object.fromEntries([3, 5, 1, 4, 2].map((n) => [`q${n}`, peak.map((own) => own * n)]));
    const { said } = explain(smallRequest({ calls, operators: 60, catalogue: unsuited }));
    expect(said.match(/"q\d" is \d+ calls/g)?.map((told) => told.slice(1, 3))).toEqual([
      ...['q5', 'q4', 'q3', 'q2'],
    ]);
  });

  it('ten times the take-up may not do', () => {
    const weak = catalogueOf([entry({ response: { onlineShare: 0.01, announcementSeconds: 0 } })]);
    expect(explain(smallRequest({ calls: { a: peak }, operators: 7, catalogue: weak })).said).toContain(
      'ten times the assumed take-up would not be enough',
    );
  });

  it('a queue that has heard its day’s minutes hears no more in an hour that stays short', () => {
    const brief = catalogueOf([entry()], { maximumOnMinutesPerDay: 60 });
    const request = smallRequest({ calls: { a: peak.map(() => 120) }, operators: 10, catalogue: brief });
    const { demand, capacity, policy, catalogue, targets, neverDivert } = request;
    const name = (key: string) => ({ 'zh-CN': key, en: key });
    const on = Uint8Array.of(1, 1, 0, 0, 0, 0, 0);
    const placement = {
      prompt: 'online',
      kind: 'online-channel' as const,
      queue: 'a',
      on,
      offPeakTarget: new Int32Array(7).fill(-1),
      response: entry().response,
      channel: 'app',
    };
    const saidIn = (
      interval: number,
      prompts: (typeof placement)[],
      rules = catalogue.rules,
      at = demand,
    ) => {
      const played = { ...policy, prompts };
      const [finding] = explainShortfall({
        ...{ demand: at, capacity, targets, neverDivert, interval },
        catalogue: { ...catalogue, rules },
        policy: played,
        mayPlay: new Uint8Array(7).fill(1),
        after: project({ demand: at, capacity, policy: played }),
        futures: 4,
        queueName: name,
        tierName: name,
      });
      return finding === undefined ? '' : english(finding);
    };
    expect(saidIn(5, [placement])).toContain(
      'already has 60 minutes of prompts that day, at most 60 allowed',
    );
    expect(saidIn(1, [placement])).toContain('has one playing');
    // In two of seven alike half-hours 15 % follow it: 4.3 % of the day's callers.
    const atMost = (largestDivertedShare: number) =>
      saidIn(1, [placement], { ...catalogue.rules, largestDivertedShare });
    expect(atMost(0.044)).toMatch(/has one playing.*largestDivertedShare/);
    expect(atMost(0.1)).not.toContain('largestDivertedShare');
    // Round midnight each day has its own: of the first day's four half-hours two, of the next one's three.
    const late = {
      ...demand,
      horizon: { ...demand.horizon, startMillis: Date.parse('2026-11-23T22:00:00+08:00') },
    };
    const rules = { ...catalogue.rules, quietHours: { from: '03:00', to: '03:00' } };
    const playing = (...intervals: number[]) => ({
      ...placement,
      on: Uint8Array.from({ length: 7 }, (_, i) => (intervals.includes(i) ? 1 : 0)),
    });
    const lateIn = (interval: number, on: number[], largestDivertedShare = 0.5) =>
      saidIn(interval, [playing(...on)], { ...rules, largestDivertedShare }, late);
    expect(lateIn(3, [0, 1])).toContain('has 60 minutes of prompts that day');
    expect(lateIn(5, [0, 1])).not.toContain('minutes of prompts that day');
    expect(lateIn(6, [4, 5])).toContain('has 60 minutes of prompts that day');
    expect(lateIn(1, [0, 1], 0.076)).toMatch(/has one playing.*7\.5%.*largestDivertedShare/);
    expect(lateIn(5, [4, 5], 0.101)).toMatch(/has one playing.*10\.0%.*largestDivertedShare/);
    // What another queue heard is not this one's.
    expect(saidIn(5, [{ ...placement, queue: 'other' }])).not.toContain('minutes of prompts that day');
  });

  it('a level that is just met is met, and of equally bad half-hours the first is the worst', () => {
    const request = smallRequest({ calls: { a: peak }, operators: 12, catalogue: plain });
    const { demand, capacity, policy } = request;
    const lived = project({ demand, capacity, policy });
    const levelled = (levels: readonly number[]) => ({
      ...lived,
      queues: lived.queues.map((queue) => ({
        ...queue,
        offered: Float64Array.from(levels, () => 10),
        answered: Float64Array.from(levels, () => 9),
        answeredWithinThreshold: Float64Array.from(levels, (level) => 10 * level),
      })),
    });
    const after = levelled([0.9, 0.5, 0.8, 0.5, 0.9, 0.9, 0.9]);
    expect(worstInterval(after)).toBe(1);
    const name = (key: string) => ({ 'zh-CN': key, en: key });
    const told = (interval: number) =>
      explainShortfall({
        ...request,
        mayPlay: new Uint8Array(7).fill(1),
        ...{ after, interval, futures: 1, queueName: name, tierName: name },
      }).map(({ code }) => code);
    expect([told(2), told(3)]).toEqual([[], ['interval-stays-short', 'needed-for-target']]);
  });

  it('says nothing of an interval that meets its target', () => {
    expect(explain(smallRequest({ calls: { a: peak }, operators: 40, catalogue: plain })).said).toBe('');
  });
});
