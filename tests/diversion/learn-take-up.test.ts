import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoSettingsSchema } from '../../src/demo/demo-settings.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import {
  evidenceFromCalls,
  evidenceFromChannel,
  learnTakeUp,
  takeUpPrior,
  takeUpRange,
  usualDispersion,
} from '../../src/diversion/learn-catalogue.ts';
import { seededRandom } from '../../src/kernel/random.ts';

type PromptedInterval = Parameters<typeof evidenceFromCalls>[0];

type TakeUpEvidence = Parameters<typeof learnTakeUp>[1][number];

const prior = takeUpPrior(0.1);

/** A month of 20 workdays with the prompt in three intervals, ten like them without; share known. */
const madeUpMonth = (seed: number, share: number, from: 'channel' | 'calls'): TakeUpEvidence[] => {
  const random = seededRandom(seed);
  const intervals: PromptedInterval[] = [];
  for (let slot = 0; slot < 3; slot += 1) {
    for (let day = 0; day < 20; day += 1) {
      const usualMean = from === 'channel' ? 8 + slot : 140;
      const usual = Array.from({ length: 10 }, () => random.poisson(usualMean));
      const callers = 130 + 10 * slot;
      const heard = from === 'channel' ? callers * 0.95 : usualMean * 0.95;
      const count =
        from === 'channel'
          ? random.poisson(usualMean + heard * share)
          : random.poisson(usualMean - heard * share);
      intervals.push({ count, usual, callers, reach: 0.95 });
    }
  }
  const dispersion = usualDispersion(intervals);
  const evidenceOf = from === 'channel' ? evidenceFromChannel : evidenceFromCalls;
  return intervals.map((interval) => evidenceOf(interval, dispersion));
};

describe('learnTakeUp', () => {
  it.each(['channel', 'calls'] as const)(
    'covers the known share in 75–85 of 100 made-up months with its 80 percent interval: from %s',
    (from) => {
      let covered = 0;
      const months = 400;
      for (let month = 0; month < months; month += 1) {
        const share = 0.04 + 0.1 * seededRandom(month, 9).uniform();
        const { low, high } = takeUpRange(learnTakeUp(takeUpPrior(0.1, 2), madeUpMonth(month, share, from)));
        if (share >= low && share <= high) covered += 1;
      }
      expect(covered / months).toBeGreaterThan(0.75);
      expect(covered / months).toBeLessThan(0.85);
    },
  );

  it('moves from the prior to the data and gets surer', () => {
    const learnt = learnTakeUp(prior, madeUpMonth(1, 0.05, 'channel'));
    const before = takeUpRange(prior);
    const after = takeUpRange(learnt);
    expect(Math.abs(after.mean - 0.05)).toBeLessThan(0.01);
    expect(after.high - after.low).toBeLessThan(0.2 * (before.high - before.low));
  });

  it('the spread of usual counts is told by intervals that have several, and by no others', () => {
    const interval = (...usual: number[]): PromptedInterval => ({ count: 9, usual, callers: 100, reach: 1 });
    const spread = usualDispersion([interval(4, 16), interval(1, 19)]);
    // Squares of deviations 36·2 + 81·2 over the means 10 + 10.
    expect(spread).toBeCloseTo(234 / 20, 9);
    expect(usualDispersion([interval(4, 16), interval(1, 19), interval(), interval(7)])).toBe(spread);
    expect(usualDispersion([interval(7)])).toBe(1);
  });

  it('evidence without any doubt weighs as much as all who heard it', () => {
    const sure = learnTakeUp({ a: 2, b: 18 }, [
      { heard: 60, moved: 15, movedVariance: 0 },
      { heard: 40, moved: 15, movedVariance: 0 },
    ]);
    expect([sure.a, sure.b]).toEqual([2 + 30, 18 + 70].map((n) => expect.closeTo(n, 9)));
    // A share of 0.3 with a variance of 0.3 · 0.7 / 20 is worth 20 callers.
    const doubted = learnTakeUp({ a: 2, b: 18 }, [{ heard: 100, moved: 30, movedVariance: 105 }]);
    expect([doubted.a, doubted.b]).toEqual([2 + 6, 18 + 14].map((n) => expect.closeTo(n, 9)));
  });

  it('learns nothing without callers, and stays between 0 and 1', () => {
    expect(learnTakeUp(prior, [])).toEqual(prior);
    const negative = takeUpRange(learnTakeUp(prior, [{ heard: 100, moved: -5, movedVariance: 20 }]));
    expect(negative.low).toBeGreaterThan(0);
    const all = takeUpRange(learnTakeUp(prior, [{ heard: 100, moved: 130, movedVariance: 20 }]));
    expect(all.high).toBeLessThan(1);
  });

  it('finds the take-up planted in the demo from its channel volumes', () => {
    const settings = demoSettingsSchema.parse(
      JSON.parse(readFileSync(new URL('../../data/demo.json', import.meta.url), 'utf8')),
    );
    const demo = generateDemo({ ...settings, days: 182, lines: 1 });
    const planted = settings.pastPrompts[0];
    const general = new Map(demo.traffic.filter((r) => r.queue === 'general').map((r) => [r.startMillis, r]));
    const volumes = new Map(
      demo.channelVolumes
        .filter((v) => v.channel === planted?.channel)
        .map((v) => [v.startMillis, v.requests]),
    );
    const on = new Set<number>();
    for (const p of demo.promptsPlayed)
      if (p.prompt === planted?.prompt)
        for (let t = p.startMillis; t < p.endMillis; t += 1_800_000) on.add(t);
    const evidence = [...on].flatMap((start) => {
      const count = volumes.get(start) ?? 0;
      // Wednesday to Friday of the same week at the same time: workdays on which this prompt never plays.
      const usual = [1, 2, 3, 4]
        .map((d) => start + d * 86_400_000)
        .filter((t) => !on.has(t) && volumes.has(t) && new Date(t + 28_800_000).getUTCDay() < 6)
        .map((t) => volumes.get(t) ?? 0);
      const record = general.get(start);
      const asked = (record?.offered ?? 0) - (record?.redials ?? 0);
      return usual.length === 0
        ? []
        : [evidenceFromChannel({ count, usual, callers: asked / (1 - 0.95 * 0.08), reach: 0.95 })];
    });
    const learnt = takeUpRange(learnTakeUp(prior, evidence), 0.95);
    expect(evidence.length).toBeGreaterThan(100);
    // Redials hear the prompt too and some follow it, so the share of first calls is a little higher.
    expect(learnt.low).toBeLessThan(0.095);
    expect(learnt.high).toBeGreaterThan(0.08);
    expect(learnt.high - learnt.low).toBeLessThan(0.03);
  });
});
