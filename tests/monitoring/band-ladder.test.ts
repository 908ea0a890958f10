import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monitorSchema } from '../../src/contract/models/monitor-model.ts';
import {
  bandLadder,
  bandSteps,
  bandTargets,
  indexOfRate,
  judgeBand,
  searchLadder,
} from '../../src/monitoring/band-ladder.ts';
import { figuresAtTestTimes, testTimesOf } from '../../src/monitoring/test-times.ts';
import { projectPaths } from '../../src/queueing/project.ts';
import type { Outcome } from '../../src/kernel/hotline.ts';
import { aCapacity, aDemand, aPolicy, to } from '../support/a-line.ts';
import { requireOperators } from '../../src/staffing/require-operators.ts';
import { tierDesigns } from '../support/tier-designs.ts';
import { readFileSync } from 'node:fs';

/** Chances that grow along the ladder, some of them all but 0 or 1. */
const growing = fc
  .array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 1e-4, 1 - 1e-4)), {
    minLength: bandLadder.length,
    maxLength: bandLadder.length,
  })
  .map((chances) => chances.toSorted((a, b) => a - b));

test('the least step of the ladder is found, whatever is guessed and asked before, with few steps made', () => {
  const guessed = fc.option(fc.integer({ min: 0, max: bandLadder.length - 1 }), { nil: undefined });
  fc.assert(
    fc.property(
      growing,
      fc.array(fc.tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), guessed), {
        minLength: 1,
        maxLength: 3,
      }),
      (chances, questions) => {
        const made: number[] = [];
        const ladder = searchLadder((index) => {
          made.push(index);
          return index;
        });
        for (const [wanted, guess] of questions) {
          const before = made.length;
          const known = chances.findIndex((chance) => chance >= wanted);
          const least = known < 0 ? bandLadder.length - 1 : known;
          expect(ladder.least((step) => chances[step] ?? 0, wanted, guess)).toBe(least);
          // Halving takes five; the odds may be wrong five times.
          expect(made.length - before).toBeLessThanOrEqual(11);
        }
        expect(new Set(made).size).toBe(made.length);
        expect(made.every((index) => index >= 0 && index < bandLadder.length)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('where chances grow with the odds of the rate, a few steps find the least', () => {
  let all = 0;
  const logit = (share: number): number => Math.log(share / (1 - share));
  for (const shift of [-2, -1, 0, 1, 2]) {
    const chances = bandLadder.map((rate) => 1 / (1 + Math.exp(-(logit(rate) + shift))));
    for (const wanted of [0.5, 0.8, 0.9]) {
      let made = 0;
      const ladder = searchLadder((index) => ((made += 1), index));
      const found = ladder.least((step) => chances[step] ?? 0, wanted, indexOfRate(wanted));
      const least = chances.findIndex((chance) => chance >= wanted);
      expect(found).toBe(least < 0 ? bandLadder.length - 1 : least);
      // halving would take five
      expect(made).toBeLessThanOrEqual(3);
      all += made;
    }
  }
  expect(all).toBeLessThanOrEqual(41);
});

test('where every step is all but sure, the first is asked next', () => {
  const asked: number[] = [];
  const ladder = searchLadder((index) => {
    asked.push(index);
    return index;
  });
  expect(ladder.least(() => 1, 0.8, 12)).toBe(0);
  expect(asked).toEqual([12, 0]);
});

test('where steps are all but sure or all but hopeless, what is left is halved', () => {
  let made = 0;
  const ladder = searchLadder((index) => ((made += 1), index));
  expect(ladder.least((step) => (step < 9 ? 0 : 1), 0.8, 12)).toBe(9);
  expect(made).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(12)));
});

test('the step of a rate is the first that is no lower', () => {
  for (const [at, rate] of bandLadder.entries()) {
    expect(indexOfRate(rate)).toBe(at);
    expect(indexOfRate(rate - 1e-6)).toBe(at);
  }
  expect(indexOfRate(1)).toBe(bandLadder.length - 1);
});

test('a band is judged as the mean over the sample paths, with the error that so few of them leave', () => {
  const monitor = monitorSchema.parse(
    JSON.parse(readFileSync(new URL('../../models/monitors/standard-11.json', import.meta.url), 'utf8')),
  );
  const count = 24;
  const queue = {
    queue: 'general',
    callsPerHour: 60,
    handle: 240,
    patience: 120,
    routes: [to('one')],
    paths: [0.8, 1, 1.3].map((level) => Array.from({ length: count }, () => 60 * level)),
  };
  const operation = {
    demand: aDemand([queue], count),
    capacity: aCapacity({ one: 6 }, count),
    policy: aPolicy([queue]),
  };
  const open = new Uint8Array(count).fill(1, 8, 20);
  const models = { monitor, hotline: { greetingSeconds: 6 } };
  const weights = testTimesOf(operation.demand.horizon, monitor, undefined, open);
  const rates: number[] = [];
  projectPaths(operation, Infinity, {
    visit: (outcome: Outcome) =>
      rates.push(figuresAtTestTimes(outcome, monitor, { greetingSeconds: 6, weights }).connectionRate),
  });
  expect(new Set(rates).size).toBe(3);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  // Of eleven calls all must connect for hot, four (30 %) for warm or better.
  const atLeast = (rate: number, least: number) => {
    let sum = 0;
    for (let k = least, choose = 1; k <= 11; k += 1) {
      choose = 1;
      for (let j = 0; j < k; j += 1) choose *= (11 - j) / (j + 1);
      sum += choose * rate ** k * (1 - rate) ** (11 - k);
    }
    return sum;
  };
  const judge = (band: 'hot' | 'warm', testCalls?: number, paths?: number) =>
    judgeBand(
      operation,
      { band, confidence: 0.9, ...(testCalls === undefined ? {} : { testCalls }) },
      models,
      open,
      paths,
    );
  for (const [band, least] of [
    ['hot', 11],
    ['warm', 4],
  ] as const) {
    const each = rates.map((rate) => atLeast(rate, least));
    const found = judge(band);
    expect([...found.rateFutures]).toEqual(rates);
    expect(found.chance).toBeCloseTo(mean(each), 9);
    const spread = mean(each.map((one) => (one - mean(each)) ** 2)) * (3 / 2);
    expect(found.standardError).toBeCloseTo(Math.sqrt(spread / 3), 9);
    expect(found.testRate).toBeCloseTo(mean(rates), 9);
    expect(found.chances.hot + (band === 'warm' ? found.chances.warm : 0)).toBeCloseTo(found.chance, 9);
  }
  expect(judge('hot', 1).chance).toBeCloseTo(mean(rates), 9);
  expect(judge('hot', 11, 1)).toMatchObject({ standardError: 0, testRate: rates[0] });
  const [a = 0, b = 0] = rates.map((rate) => rate ** 11);
  expect(judge('hot', 11, 2).standardError).toBeCloseTo(Math.abs(a - b) / 2, 9);
});

test('a plan for a band asks for one connection rate per interval and for nothing else', () => {
  const [design] = tierDesigns;
  if (design === undefined) throw new Error('no design');
  const { targets } = design.request;
  const own = {
    ...targets,
    rollingConnectionRate: 0.95,
    occupancyMax: 0.8,
    queues: { a: { serviceLevel: 0.9 } },
  };
  expect(bandTargets(own, 0.7)).toEqual({ ...targets, connectionRate: 0.7, serviceLevel: null });
});

test('a step of the ladder is staffed for its rate, and judged as what is staffed', () => {
  const monitor = monitorSchema.parse(
    JSON.parse(readFileSync(new URL('../../models/monitors/standard-11.json', import.meta.url), 'utf8')),
  );
  const [design] = tierDesigns;
  if (design === undefined) throw new Error('no design');
  const { request } = design;
  const models = { monitor, hotline: { greetingSeconds: 6 } };
  const target = { band: 'hot', confidence: 0.9 } as const;
  const steps = bandSteps(target, request, models);
  const hours = [2, 9].map((index) => {
    const step = steps.at(index);
    const rate = bandLadder[index] ?? Number.NaN;
    expect(step.rate).toBe(rate);
    const alone = requireOperators({ ...request, targets: bandTargets(request.targets, rate) });
    expect(step.requirement).toEqual(alone);
    const operation = { demand: request.demand, policy: request.policy, capacity: alone.capacity };
    expect(step).toMatchObject(judgeBand(operation, target, models, request.open));
    return step.hours;
  });
  expect(hours[1]).toBeGreaterThan(hours[0] ?? Infinity);
});
