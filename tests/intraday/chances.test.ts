import { expect, test } from 'vitest';
import { countedRange } from '../../src/intraday/chances.ts';
import type { DayPicture, RestOfDay } from '../../src/intraday/day.ts';
import { projectRest } from '../../src/intraday/rest-of-day.ts';
import { asRates, type Outcome } from '../../src/kernel/hotline.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { isLongRun } from '../support/sweep.ts';
import { count, fill, operationOf, settingOf } from './call-back-world.ts';

/** A day that is still to come, of a line whose calls are foreseen exactly: what is left is the luck of single calls. */
const dayOf = (
  n: number,
  size: number,
  load: number,
  patienceSeconds = settingOf(n).line.patienceSeconds,
) => {
  const { line: usual } = settingOf(n);
  const line = { ...usual, ...(patienceSeconds === undefined ? {} : { patienceSeconds }) };
  const operation = operationOf({
    ...line,
    operators: line.operators.map((own) => Math.max(1, Math.round(own * size))),
    ...(line.trunks === undefined ? {} : { trunks: Math.round(line.trunks * size) }),
    calls: line.calls.map((calls) => calls * load * size),
  });
  const none = fill(Number.NaN);
  const names = [
    'offered',
    'answered',
    'answeredInThreshold',
    'abandoned',
    'blocked',
    'waitSeconds',
    'handleSeconds',
  ];
  const seen = Object.fromEntries(names.map((name) => [name, none]));
  const picture = {
    queues: operation.demand.queues.map(({ queue, freshMean, handleTimeSeconds }) => ({
      queue,
      planned: { offered: freshMean, handleTimeSeconds },
      seen,
    })),
  } as unknown as DayPicture;
  const nothing = { offered: 0, answered: 0, answeredInThreshold: 0, abandoned: 0 };
  const restTo = (connectionRate: number, serviceLevel: number) =>
    projectRest(picture, {
      now: 0,
      operation,
      queues: operation.demand.queues.map(({ queue }) => ({ queue, soFar: nothing })),
      yesterday: { offered: none, answered: none },
      targets: { connectionRate, serviceLevel, rollingConnectionRate: null, queues: {} },
    } as unknown as RestOfDay).total;
  return { operation, restTo };
};

test('ranges and chances of a day’s rates hold what simulated days come to', { timeout: 900_000 }, () => {
  const runs = 60;
  const held = { connectionRate: [0, 0], serviceLevel: [0, 0] };
  const off: number[] = [];
  for (const [size, load] of [
    [0.3, 1],
    [1, 1],
    [1, 0.8],
    ...(isLongRun
      ? [
          [4, 1],
          [4, 0.85],
        ]
      : []),
  ] as const)
    for (let n = 0; n < (isLongRun ? 20 : 6); n += 1) {
      const { operation, restTo } = dayOf(n, size, load);
      const days = Array.from(
        { length: runs },
        (_, seed) => simulatePlan(operation, { replications: 1, seed }).outcome,
      );
      const ratesOf = (day: Outcome) => {
        const { offered, answered, answeredWithinThreshold } = totalOutcome(day, 0, count);
        return { connectionRate: answered / offered, serviceLevel: answeredWithinThreshold / offered };
      };
      const rates = days.map(ratesOf);
      const { connectionRate, serviceLevel } = restTo(0, 0);
      const wanted = {
        connectionRate: (connectionRate.q10! + connectionRate.mean!) / 2,
        serviceLevel: (serviceLevel.q90! + serviceLevel.mean!) / 2,
      };
      const { chances } = restTo(wanted.connectionRate, wanted.serviceLevel);
      for (const rate of ['connectionRate', 'serviceLevel'] as const) {
        const { q10, q90 } = { connectionRate, serviceLevel }[rate];
        held[rate][0]! += rates.filter((own) => own[rate] >= q10! && own[rate] <= q90!).length;
        held[rate][1]! += runs;
        off.push(
          (chances[rate] ?? Number.NaN) - rates.filter((own) => own[rate] >= wanted[rate]).length / runs,
        );
      }
    }
  const share = ([inside, all]: number[]): number => inside! / all!;
  for (const rate of ['connectionRate', 'serviceLevel'] as const) {
    expect(share(held[rate])).toBeGreaterThan(0.72);
    expect(share(held[rate])).toBeLessThan(0.88);
  }
  expect(Math.sqrt(off.reduce((sum, own) => sum + own * own, 0) / off.length)).toBeLessThan(0.13);
});

test(
  'so they do on a line that blocks calls and whose callers mostly call again',
  { timeout: 300_000 },
  () => {
    // the 15th of the settings has trunks, and two of three callers who fail call again
    const runs = isLongRun ? 200 : 60;
    const held = [
      [0.3, 1],
      [1, 1],
      [1, 0.8],
    ].map(([size = 1, load = 1]) => {
      const { operation, restTo } = dayOf(15, size, load);
      const { mean, q10, q90 } = restTo(0, 0).connectionRate;
      const rates = Array.from({ length: runs }, (_, seed) => {
        const { outcome } = simulatePlan(operation, { replications: 1, seed });
        const { offered, answered } = totalOutcome(outcome, 0, count);
        return answered / offered;
      });
      const middle = rates.reduce((sum, rate) => sum + rate, 0) / runs;
      // the scatter is what is held against it, not the mean of the projection
      return (
        rates.filter((rate) => rate - middle >= q10! - mean! && rate - middle <= q90! - mean!).length / runs
      );
    });
    expect(held.reduce((sum, share) => sum + share, 0) / held.length).toBeGreaterThan(0.6);
  },
);

test('calls of queues together lie in their range on 80 of 100 days, however much the queues have in common', () => {
  for (const shared of [0, 0.5, 1]) {
    const random = seededRandom(8, 10 * shared);
    const paths = 400;
    const common = Array.from({ length: paths }, () => random.normal());
    const parts = [30, 60, 90].map((calls) => ({
      mean: Float64Array.of(calls),
      demand: {
        pathCount: paths,
        freshMean: Float64Array.of(calls),
        ratePaths: asRates(
          Float64Array.from(
            common,
            (own) => calls * (1 + 0.15 * (Math.sqrt(shared) * own + Math.sqrt(1 - shared) * random.normal())),
          ),
        ),
      },
    }));
    const { low, high } = countedRange(parts);
    const days = Array.from({ length: 10 * paths }, (_, day) =>
      parts.reduce((sum, { demand }) => sum + random.poisson(demand.ratePaths[day % paths]!), 0),
    );
    const held = days.filter((calls) => calls >= low[0]! && calls <= high[0]!).length / days.length;
    expect(held).toBeGreaterThan(0.77);
    expect(held).toBeLessThan(0.83);
  }
});

test('a line on which nobody ever hung up has its ranges and chances', () => {
  const { restTo } = dayOf(1, 1, 0.8, Infinity);
  const { connectionRate, serviceLevel, chances, rolling } = restTo(0.9, 0.8);
  for (const range of [connectionRate, serviceLevel])
    for (const figure of Object.values(range)) expect(figure).toSatisfy(Number.isFinite);
  for (const chance of Object.values(chances)) expect(chance).toSatisfy(Number.isFinite);
  // nobody knows yesterday
  expect(rolling).toEqual({
    connectionRate: { mean: null, q10: null, q90: null },
    target: null,
    chance: null,
  });
});
