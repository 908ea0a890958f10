import { describe, expect, it } from 'vitest';
import { asRates, type Demand, type Policy } from '../../src/kernel/hotline.ts';
import type { Judgement } from '../../src/queueing/judge-interval.ts';
import { project } from '../../src/queueing/project.ts';
import { openStaffingRun } from '../../src/queueing/staffing-run.ts';

const count = 12;
const queue = (name: string, calls: number): Demand['queues'][number] => {
  const freshMean = Float64Array.from({ length: count }, (_, i) => calls * (1 + 0.6 * Math.sin(i / 2)));
  const pathCount = 7;
  const paths = new Float64Array(pathCount * count);
  for (let p = 0; p < pathCount; p += 1)
    paths.set(
      freshMean.map((n) => n * (0.8 + 0.07 * p)),
      p * count,
    );
  return {
    queue: name,
    freshMean,
    ratePaths: asRates(paths),
    pathCount,
    handleTimeSeconds: new Float64Array(count).fill(240),
    patienceSeconds: 90,
    repeats: {
      afterAbandon: 0.7,
      afterAbandonDelaySeconds: 300,
      afterBlock: 0.8,
      afterBlockDelaySeconds: 120,
      reconnect: 0.1,
      reconnectDelaySeconds: 3600,
    },
  };
};
const demand: Demand = {
  horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 30, count },
  queues: [queue('a', 60), queue('b', 30), queue('c', 10)],
};
const route = (tier: string, preference: number, overflowDelaySeconds = 0) => ({
  tier,
  preference,
  overflowDelaySeconds,
});
const rules = { priority: 1, answerTimeThresholdSeconds: 15, shortAbandonSeconds: 5, smartVoiceShare: 0 };
const policy: Policy = {
  queues: [
    { queue: 'a', ...rules, routes: [route('one', 1), route('two', 2, 20)] },
    { queue: 'b', ...rules, priority: 2, routes: [route('two', 1)] },
    { queue: 'c', ...rules, routes: [route('three', 1)] },
  ],
  prompts: [],
  channels: [],
};
const handing: Policy = {
  ...policy,
  queues: policy.queues.map((own) =>
    own.queue === 'a' ? { ...own, transfers: [{ toQueue: 'c', share: 0.3, holding: true }] } : own,
  ),
};
const tierNames = ['one', 'two', 'three'];
const open = (own: Policy, trunks: number, withPaths = true) =>
  openStaffingRun({
    demand,
    policy: own,
    tierNames,
    trunks,
    confidence: 0.8,
    pathLimit: withPaths ? Infinity : 0,
    load: 'mean',
  });
const copy = (judged: Judgement) => structuredClone(judged);

/** Far too few, enough, far too many, and nobody at all in one tier. */
const mixes = [
  [3, 2, 1],
  [11, 6, 3],
  [30, 20, 9],
  [9, 0, 2],
];

describe.each([
  ['lines for all', policy, Infinity],
  ['few lines', policy, 14],
  ['calls handed on', handing, Infinity],
  ['calls handed on and few lines', handing, 16],
])('operators are judged the same whatever was judged before: %s', (_, own, trunks) => {
  it('in every interval, after the best and the worst of others', () => {
    const alone = open(own, trunks);
    const among = open(own, trunks);
    for (let i = 0; i < count; i += 1) {
      alone.enter(i);
      among.enter(i);
      for (const mix of mixes) {
        const first = copy(among.judge(mix));
        for (const other of mixes) {
          among.judge(other);
          expect(copy(among.judge(mix))).toEqual(first);
        }
      }
      // What is settled does not hang on it either, nor does the next interval.
      const settled = structuredClone(alone.settle([9, 5, 3]));
      expect(among.settle([9, 5, 3])).toEqual(settled);
    }
  });
});

it.each([
  ['some lost', [9, 5, 2]],
  ['many lost', [4, 3, 1]],
  ['hardly any lost', [20, 12, 5]],
])('a judgement is what the projection finds on the same demand: %s', (_, mix) => {
  const run = open(policy, Infinity, false);
  const tiers = tierNames.map((tier, k) => ({ tier, operators: new Float64Array(count).fill(mix[k] ?? 0) }));
  const { queues } = project({ demand, capacity: { trunks: Infinity, tiers }, policy });
  for (let i = 0; i < count; i += 1) {
    run.enter(i);
    const { connection } = run.judge(mix);
    queues.forEach(({ answered, offered }, q) =>
      expect(Math.abs((connection[q] ?? 0) - (answered[i] ?? 0) / (offered[i] ?? 1))).toBeLessThan(0.004),
    );
    run.settle(mix);
  }
});

describe.each([
  ['lines for all', policy, Infinity],
  ['few lines', policy, 14],
])('a judgement that is broken off says how far it may be off: %s', (_, own, trunks) => {
  it('in every interval, and changes none after it', () => {
    const run = open(own, trunks);
    const rise = (from: Float64Array, to: Float64Array): number =>
      from.reduce((sum, value, q) => sum + Math.max(0, (to[q] ?? 0) - value), 0);
    let brokenOff = 0;
    for (let i = 0; i < count; i += 1) {
      run.enter(i);
      for (const mix of mixes) {
        const whole = copy(run.judge(mix));
        const early = copy(run.judge(mix, () => true));
        let asked = 0;
        const misses = (): boolean => {
          asked += 1;
          return false;
        };
        expect(copy(run.judge(mix, misses))).toEqual(whole);
        expect(whole.unsure).toBe(0);
        // Asked once, as soon as there is an answer: later it would save less.
        expect(asked).toBe(early.unsure === 0 ? 0 : 1);
        if (early.unsure === 0) {
          expect(early).toEqual(whole);
          continue;
        }
        brokenOff += 1;
        const higher = rise(early.connection, whole.connection) + rise(early.within, whole.within);
        expect(higher).toBeLessThan(early.unsure ?? 0);
      }
      run.settle([9, 5, 3]);
    }
    expect(brokenOff).toBeGreaterThan(count);
  });
});
