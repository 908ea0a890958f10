import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayPicture, SeenCounts } from '../../src/intraday/day.ts';
import { foretell, usualLaw } from '../../src/intraday/residual-law.ts';
import {
  buildRest,
  inferOperators,
  projectRest,
  type QueueAhead,
  worthOfPresent,
} from '../../src/intraday/rest-of-day.ts';
import { noRatePaths, type Operation } from '../../src/kernel/hotline.ts';
import { sliceCapacity, sliceDemand } from '../../src/kernel/slice-operation.ts';
import { project } from '../../src/queueing/project.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const { planned, week } = await plannedOperationOf(5, 2);
const count = 48;
const operation: Operation = {
  demand: sliceDemand(planned.demand, 0, count),
  capacity: sliceCapacity(planned.capacity, 0, count),
  policy: planned.policy,
};
const outcome = project(operation);

/** What the switch counted until an interval, if just that had come which these operators would answer. */
const seenUntil = (now: number, share = 1, handle = 1): SeenCounts[] => {
  const tiers = operation.capacity.tiers.map((tier) => ({
    ...tier,
    operators: tier.operators.map((n) => n * share),
  }));
  const came = project({ ...operation, capacity: { ...operation.capacity, tiers } });
  const until = (values: Float64Array): Float64Array =>
    values.map((value, i) => (i < now ? value : Number.NaN));
  return came.queues.map((queue) => ({
    offered: until(queue.offered),
    answered: until(queue.answered),
    answeredInThreshold: until(queue.answeredWithinThreshold),
    abandoned: until(queue.abandoned),
    blocked: until(queue.blocked),
    waitSeconds: until(queue.waitSeconds),
    handleSeconds: until(queue.answered.map((calls) => calls * 240 * handle)),
  }));
};

const pictureAt = (now: number, present = Number.NaN, seen = seenUntil(now)): DayPicture => ({
  date: week.dates[0] ?? '',
  starts: week.starts.slice(0, count),
  asOfMillis: operation.demand.horizon.startMillis + now * 1_800_000,
  now,
  operation,
  targets: planned.models.targets,
  queues: operation.demand.queues.map((queue, q) => ({
    queue: queue.queue,
    planned: {
      offered: outcome.queues[q]?.offered ?? new Float64Array(count),
      handleTimeSeconds: queue.handleTimeSeconds,
      answeredShare: new Float64Array(count).fill(1),
    },
    seen: seen[q] as SeenCounts,
  })),
  tiers: operation.capacity.tiers.map(({ tier, operators }) => ({
    tier,
    rostered: operators,
    present: operators.map((n, i) => (i < now ? n * present : Number.NaN)),
  })),
});

const ahead: QueueAhead[] = operation.demand.queues.map(({ queue, freshMean }) => ({
  queue,
  mean: freshMean,
  ratePaths: noRatePaths,
  pathCount: 0,
  morning: freshMean,
  handleLaw: usualLaw(1),
}));
const yesterday = {
  offered: new Float64Array(count).fill(10),
  answered: new Float64Array(count).fill(9),
};
const restOf = (picture: DayPicture, missing?: number) =>
  buildRest(picture, { ahead, yesterday, mute: new Uint8Array(count), missing });

test('a day that goes as planned comes to what was planned, and the line to the sum of its queues', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: count }), (now) => {
      const picture = pictureAt(now);
      const { total, queues } = projectRest(picture, restOf(picture));
      const all = outcome.queues.reduce(
        (sum, queue) => ({
          offered: sum.offered + queue.offered.reduce((a, b) => a + b, 0),
          answered: sum.answered + queue.answered.reduce((a, b) => a + b, 0),
        }),
        { offered: 0, answered: 0 },
      );
      expect(total.connectionRate.mean).toBeCloseTo(all.answered / all.offered, 2);
      expect(total.plannedCalls + (total.soFar.offered ?? 0)).toBeCloseTo(all.offered, 6);
      expect(queues.reduce((sum, { calls }) => sum + (calls.mean ?? 0), 0)).toBeCloseTo(
        total.calls.mean ?? 0,
        6,
      );
      expect(queues.reduce((sum, { soFar }) => sum + (soFar.answered ?? 0), 0)).toBeCloseTo(
        total.soFar.answered ?? 0,
        6,
      );
      for (const { chances } of [total, ...queues])
        for (const chance of Object.values(chances)) expect([0, 1, null]).toContain(chance);
    }),
    { numRuns: 12 },
  );
});

test('calls in are those answered, lost, and gone elsewhere or waiting, in every queue and in all', () => {
  const counts = fc.record({
    answered: fc.nat(90),
    abandoned: fc.nat(30),
    blocked: fc.option(fc.nat(10), { nil: Number.NaN }),
    elsewhere: fc.nat(20),
  });
  fc.assert(
    fc.property(fc.array(counts, { minLength: 1, maxLength: 24 }), (came) => {
      const now = came.length;
      const of = (field: 'answered' | 'abandoned' | 'blocked' | 'elsewhere'): Float64Array =>
        Float64Array.from({ length: count }, (_, i) => came[i]?.[field] ?? Number.NaN);
      const [answered, abandoned, blocked, elsewhere] = [
        of('answered'),
        of('abandoned'),
        of('blocked'),
        of('elsewhere'),
      ];
      const offered = answered.map((n, i) => n + abandoned[i]! + (blocked[i] || 0) + elsewhere[i]!);
      const seen = seenUntil(now).map((own) => ({ ...own, offered, answered, abandoned, blocked }));
      const picture = pictureAt(now, Number.NaN, seen);
      const { total, queues } = projectRest(picture, restOf(picture));
      const lost = came.reduce((sum, one) => sum + one.abandoned + (one.blocked || 0), 0);
      for (const { soFar } of [total, ...queues])
        expect(soFar.answered! + soFar.lost! + soFar.elsewhere!).toBe(soFar.offered);
      for (const { soFar } of queues) expect(soFar.lost).toBe(lost);
    }),
    { numRuns: 20 },
  );
});

test('operators who are missing now lower the rest of the day, less and less until their shift ends', () => {
  const now = 20;
  const rates = [1, 0.8, 0.6].map((present) => {
    const picture = pictureAt(now, present);
    const rest = restOf(picture);
    const operators = rest.operation.capacity.tiers[0]?.operators ?? new Float64Array(0);
    expect(operators[now]).toBeCloseTo(5 * present, 6);
    expect(operators[now + 16]).toBeCloseTo(5, 6);
    return projectRest(picture, rest).total.restConnectionRate.mean ?? Number.NaN;
  });
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
  expect(rates[2]).toBeLessThan((rates[0] ?? 0) - 0.005);
});

test('the last count holds until a newer one, however old it is, and nothing inferred besides', () => {
  const [counted, now] = [20, 28];
  const picture = pictureAt(now, 0.8);
  const tiers = picture.tiers.map((tier) => ({
    ...tier,
    present: tier.present.map((n, i) => (i < counted ? n : Number.NaN)),
  }));
  const share = (i: number, missing?: number): number => {
    const [rest] = restOf({ ...picture, tiers }, missing).operation.capacity.tiers;
    return (rest?.operators[i] ?? Number.NaN) / (tiers[0]?.rostered[i] ?? Number.NaN);
  };
  // Those who were on duty then have half of their hours left.
  expect(share(now)).toBeCloseTo(0.9, 6);
  expect(share(now, 0.5)).toBeCloseTo(0.9, 6);
  expect(share(counted + 16)).toBeCloseTo(1, 6);
});

test('where no presence is told, the missing are found by the calls that were answered', () => {
  const now = 24;
  for (const share of [0.6, 0.75, 0.9]) {
    const seen = seenUntil(now, share);
    const answered = Float64Array.from({ length: count }, (_, i) =>
      seen.reduce((sum, own) => sum + (own.answered[i] ?? 0), 0),
    );
    const picture = pictureAt(now, Number.NaN, seen);
    expect(inferOperators(restOf(picture).operation, 16, now, answered)).toBeCloseTo(share, 1);
  }
  const picture = pictureAt(now);
  const [as, fewer] = [undefined, 0.25].map(
    (missing) => projectRest(picture, restOf(picture, missing)).total,
  );
  expect(fewer?.restConnectionRate.mean).toBeLessThan(as?.restConnectionRate.mean ?? 0);
});

test('longer calls are carried on, but not all of them, and patience only with evidence', () => {
  const picture = pictureAt(24, Number.NaN, seenUntil(24, 1, 1.3));
  for (const { handleTimeFactor, patienceFactor } of restOf(picture).queues) {
    expect(handleTimeFactor).toBeGreaterThan(1.05);
    expect(handleTimeFactor).toBeLessThan(1.3);
    expect(patienceFactor).toBeGreaterThan(0.5);
    expect(patienceFactor).toBeLessThan(2);
  }
  expect(restOf(pictureAt(0)).queues.map(({ handleTimeFactor }) => handleTimeFactor)).toEqual([1, 1]);
});

test('what is foretold lies between nothing and what was seen, and fades with the hours', () => {
  const residual = new Float64Array(count).fill(Number.NaN).fill(0.2, 16, 24);
  const told = foretell(usualLaw(1), { residual, weight: new Float64Array(count).fill(50) }, 30);
  const means = [24, 28, 36, 47].map((interval) => told(interval).mean);
  expect(means).toEqual(means.toSorted((a, b) => b - a));
  for (const mean of means) {
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(0.2);
  }
});

test('the lowest 24 hours take yesterday in, and say nothing where it is not known', () => {
  const picture = pictureAt(24);
  const known = projectRest(picture, restOf(picture)).total.rolling;
  expect(known.connectionRate.mean).toBeGreaterThan(0.5);
  expect(known.connectionRate.mean).toBeLessThanOrEqual(1);
  const none = new Float64Array(count).fill(Number.NaN);
  const unknown = projectRest(picture, { ...restOf(picture), yesterday: { offered: none, answered: none } });
  expect(unknown.total.rolling).toMatchObject({ connectionRate: { mean: null }, chance: null });
});

test('who is there besides is so many people for the rest of the day, and not a part of all who come later', () => {
  const now = 20;
  const picture = pictureAt(now, 1.4);
  const grown = {
    ...picture,
    operation: {
      ...operation,
      capacity: {
        ...operation.capacity,
        tiers: operation.capacity.tiers.map((tier) => ({
          ...tier,
          operators: tier.operators.map((n, i) => (i > now + 4 ? 10 * n : n)),
        })),
      },
    },
  };
  const operators = restOf(grown).operation.capacity.tiers[0]?.operators ?? new Float64Array(0);
  expect(operators[now]).toBeCloseTo(7, 6);
  expect(operators[now + 5]).toBeGreaterThan(50);
  expect(operators[now + 5]).toBeLessThan(52);
});

test('those present are worth what they have answered, as far as the day shows it', () => {
  const now = 30;
  const busy = (share: number): Operation => ({
    ...operation,
    capacity: {
      ...operation.capacity,
      tiers: operation.capacity.tiers.map((tier) => ({
        ...tier,
        operators: tier.operators.map((n) => n * 0.8 * share),
      })),
    },
  });
  const answeredWith = (share: number): Float64Array => {
    const { queues } = project(busy(share));
    return Float64Array.from({ length: count }, (_, i) =>
      queues.reduce((sum, own) => sum + (own.answered[i] ?? 0), 0),
    );
  };
  const none = new Uint8Array(count);
  const worthOf = (share: number, until = now): number =>
    worthOfPresent(busy(1), until, answeredWith(share), none);
  expect(worthOf(1)).toBeCloseTo(1, 6);
  expect(worthOf(1, 0)).toBe(1);
  const [low, some, high] = [worthOf(0.7), worthOf(0.85), worthOf(1.15)];
  expect(low).toBeLessThan(some);
  expect(some).toBeLessThan(1);
  expect(high).toBeGreaterThan(1);
  // A few operators say little of it, and a night hardly anything.
  expect(low).toBeLessThan(0.94);
  expect(Math.abs(worthOf(0.85, 8) - 1)).toBeLessThan(Math.abs(some - 1));
  // It begins with what it was on the days before, and moves from there.
  const after = (before: number, until: number): number =>
    worthOfPresent(busy(1), until, answeredWith(0.85), none, before);
  expect(after(0.8, 0)).toBe(0.8);
  expect(after(0.8, now)).toBeLessThan(after(1, now));
  // The rest of a day is projected with that, and so are those of whom nothing is told yet.
  const operators = (present: number, worth: number): number =>
    buildRest(pictureAt(now, present), { ahead, yesterday, mute: none, worth }).operation.capacity.tiers[0]
      ?.operators[now] ?? Number.NaN;
  expect(operators(1, 0.8)).toBeCloseTo(0.8 * operators(1, 1), 6);
  expect(operators(Number.NaN, 0.8)).toBeCloseTo(0.8 * operators(Number.NaN, 1), 6);
});

test('a day is to reach what any 24 hours are to reach, where that is more', () => {
  const picture = pictureAt(20);
  for (const [rollingConnectionRate, target] of [
    [0.95, 0.95],
    [0.5, 0.9],
    [null, 0.9],
  ] as const) {
    const targets = { ...picture.targets, connectionRate: 0.9, rollingConnectionRate };
    const own = { ...picture, targets };
    expect(projectRest(own, restOf(own)).total.targets.connectionRate).toBe(target);
  }
});
