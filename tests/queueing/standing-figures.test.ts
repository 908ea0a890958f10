import { describe, expect, it } from 'vitest';
import {
  asRates,
  type Capacity,
  type Demand,
  type Outcome,
  type Policy,
  type PromptPlacement,
} from '../../src/kernel/hotline.ts';
import { project, projectPaths } from '../../src/queueing/project.ts';
import { simulateModelRates, simulateModelRatesShare } from '../../src/queueing/simulator/model-rates.ts';
import { simulateModel } from '../../src/queueing/simulator/simulate-model.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { openStaffingRun } from '../../src/queueing/staffing-run.ts';
import { digest, type Figures } from '../support/digest.ts';

/*
 * A day on which everything happens at once: tiers that help out, callers who come back, calls handed on, few lines,
 * prompts of every kind. Its figures stand as they were worked out; the tests beside this one say that they are right.
 * Whoever changes one on purpose writes the new ones by `npx vitest run tests/queueing/standing-figures.test.ts -u` and
 * names both in the changelog.
 */
const count = 10;
const wave = (calls: number, shift: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => calls * (1 + 0.7 * Math.sin((i + shift) / 1.6)));
const queue = (
  name: string,
  calls: number,
  handle: number,
  patienceSeconds: number,
): Demand['queues'][number] => {
  const freshMean = wave(calls, name.length);
  const levels = [0.8, 1.05, 1.3];
  return {
    queue: name,
    freshMean,
    ratePaths: asRates(Float64Array.from(levels.flatMap((level) => [...freshMean.map((n) => n * level)]))),
    pathCount: levels.length,
    handleTimeSeconds: wave(handle, 3).map((s) => 0.1 * s + 0.9 * handle),
    patienceSeconds,
    repeats: {
      afterAbandon: 0.5,
      afterAbandonDelaySeconds: 500,
      afterBlock: 0.8,
      afterBlockDelaySeconds: 90,
      reconnect: 0.12,
      reconnectDelaySeconds: 4000,
    },
    behaviour: {
      handleTime: Float64Array.of(0.95, 1, 1.08),
      patience: Float64Array.of(1.2, 1, 0.8),
      repeats: Float64Array.of(0.9, 1, 1.15),
    },
  };
};
const demand: Demand = {
  horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 30, count },
  queues: [queue('a', 60, 240, 100), queue('bb', 25, 400, 200), queue('ccc', 8, 600, Infinity)],
};
const capacity: Capacity = {
  trunks: 28,
  tiers: [
    { tier: 'one', operators: Float64Array.from([7, 7, 8, 9, 9, 9, 8, 6, 5, 5]) },
    { tier: 'two', operators: Float64Array.from([5, 5, 6, 6, 7, 7, 6, 5, 5, 4]) },
    {
      tier: 'three',
      operators: new Float64Array(count).fill(5),
      attendance: Float64Array.from({ length: 3 * count }, (_, i) => 1 + 0.2 * Math.sin(i)),
    },
  ],
};
const route = (tier: string, preference: number, overflowDelaySeconds = 0) => ({
  tier,
  preference,
  overflowDelaySeconds,
});
const rules = { answerTimeThresholdSeconds: 15, shortAbandonSeconds: 5 };
const queues: Policy['queues'] = [
  {
    queue: 'a',
    ...rules,
    priority: 1,
    smartVoiceShare: 0.1,
    routes: [route('one', 1), route('two', 2, 20)],
    transfers: [{ toQueue: 'ccc', share: 0.06, holding: true, beforeSeconds: 90 }],
  },
  {
    queue: 'bb',
    ...rules,
    priority: 2,
    smartVoiceShare: 0,
    routes: [route('two', 1), route('three', 2), route('one', 2)],
    transfers: [{ toQueue: 'ccc', share: 0.08, holding: false }],
  },
  { queue: 'ccc', ...rules, priority: 1, smartVoiceShare: 0, routes: [route('three', 1)] },
];
const prompt = (name: string, from: number, to: number, more: Partial<PromptPlacement>): PromptPlacement => ({
  prompt: name,
  kind: 'online-channel',
  queue: 'a',
  on: Uint8Array.from({ length: count }, (_, i) => (i >= from && i < to ? 1 : 0)),
  offPeakTarget: new Int32Array(count).fill(-1),
  response: {
    reach: 0.9,
    onlineShare: 0.2,
    offPeakShare: 0,
    offPeakReturnShare: 0.7,
    onlineFailureShare: 0.15,
    onlineHandleSeconds: 60,
    announcementSeconds: 8,
    patienceFactor: 1.2,
    assumed: true,
  },
  ...more,
});
const prompts: PromptPlacement[] = [
  prompt('online', 1, 4, { channel: 'app' }),
  prompt('later', 2, 5, {
    kind: 'off-peak',
    offPeakTarget: new Int32Array(count).fill(7),
    offPeakReturn: { until: new Int32Array(count).fill(9), weights: wave(10, 1) },
    response: { ...prompt('', 0, 0, {}).response, onlineShare: 0, offPeakShare: 0.15 },
  }),
  prompt('who waits', 3, 7, { queue: 'bb', offeredTo: { waitAboveSeconds: 25 } }),
];
const channels = [{ channel: 'app', capacityPerInterval: 8, operatorSeconds: 45, failureShare: 0.2 }];
const everything: Policy = { queues, prompts, channels };
const plain: Policy = {
  queues: queues.map(({ transfers: _transfers, ...own }) => own),
  prompts: [],
  channels,
};

const figures = ({ queues: own, tiers }: Outcome): Figures =>
  digest([...own, ...tiers.map(({ answeredByQueue, ...tier }) => ({ ...tier, ...answeredByQueue }))]);

const judged = (
  policy: Policy,
  trunks: number,
  confidence: number,
  load: 'mean' | 'high' = 'high',
): Figures => {
  const run = openStaffingRun({
    demand,
    policy,
    tierNames: ['one', 'two', 'three'],
    trunks,
    confidence,
    pathLimit: Infinity,
    load,
    operatorsPresent: (k, operators, path) => operators * (1 - 0.03 * ((k + path) % 3)),
  });
  const rows = Array.from({ length: 4 }, (_, i) => {
    run.enter(i);
    const judge = structuredClone(run.judge([8, 6, 5]));
    const paths = structuredClone(run.judgePaths([8, 6, 5]));
    const holds = [0.5, 0.8, 0.9].map((least) =>
      run.holdsOnPaths([8, 6, 5], {
        connection: Float64Array.of(least, least, 0),
        within: Float64Array.of(least / 2, 0, 0),
        tierConnection: Float64Array.of(0, least, least),
        occupancyMax: least,
      }),
    );
    return { judge, paths, holds, settled: run.settle([8, 6, 5]) };
  });
  return digest(rows);
};

/** Callers of two queues are called back, some of them known from before; whom nobody reaches is tried again. */
const calledBack: Policy = {
  ...everything,
  prompts: prompts.slice(0, 1),
  callBacks: ['a', 'bb'].map((name, k) => ({
    queue: name,
    attempts: Float64Array.from([0, 4, 9, 0.5, 12, 3, 0, 7, 20, 20], (n) => n / (k + 1)),
    reachShare: 0.6,
    mostTries: 2,
    firstAfterIntervals: 1 + k,
    retryAfterIntervals: 2 - k,
    expiresAfterIntervals: k === 0 ? 5 : Infinity,
    ...(k === 1
      ? {}
      : {
          known: {
            at: 2,
            lost: [
              { lostAt: 0, againAfterAbandon: 9, againAfterBlock: 0.5, gaveUp: 3 },
              { lostAt: -2, againAfterAbandon: 1, againAfterBlock: 0, gaveUp: 2 },
              { lostAt: 1, againAfterAbandon: 4, againAfterBlock: 30, gaveUp: 6.5 },
            ],
          },
        }),
  })),
};

/** Prompts by the wait from the first interval on, one of them on a queue that comes second; in one interval nobody calls. */
const byWait: Policy = {
  ...plain,
  prompts: [
    prompt('first', 0, 2, { offeredTo: { waitAboveSeconds: 20 } }),
    prompt('second', 0, 2, { queue: 'bb', offeredTo: { waitAboveSeconds: 40 } }),
    prompt('all', 4, 7, { queue: 'bb' }),
  ],
};
const silence: Demand = {
  ...demand,
  queues: demand.queues.map((own) => ({
    ...own,
    freshMean: own.freshMean.map((n, i) => (i === 0 || (i === 5 && own.queue === 'bb') ? 0 : n)),
    repeats: { ...own.repeats, reconnect: 0, afterAbandon: own.queue === 'bb' ? 0 : 0.5, afterBlock: 0 },
  })),
};
/** Two tiers, each with a queue of its own, and a queue that both answer. */
const betweenTwo: Policy = {
  ...plain,
  queues: plain.queues.map((own, q) => ({
    ...own,
    routes: [[route('one', 1)], [route('two', 1), route('one', 2)], [route('two', 1)]][q] ?? [],
  })),
};
const few: Capacity = {
  trunks: 400,
  tiers: capacity.tiers.map(({ tier }) => ({ tier, operators: new Float64Array(count).fill(1.5) })),
};

const oneTier: Policy = {
  ...plain,
  queues: plain.queues.map((own) => ({ ...own, routes: [route('one', 1)] })),
};
const fifteen: Capacity = {
  trunks: 20,
  tiers: [{ tier: 'one', operators: new Float64Array(count).fill(15) }],
};
/** Two classes and two pools under laws of their own. */
const model = () =>
  parseSimulationModel({
    intervals: 8,
    interval_s: 900,
    warmup_s: 900,
    trunks: 19,
    classes: [
      {
        rate_per_h: [60, 80, 120, 150, 120, 90, 60, 40],
        service: ['lognormal', 240, 1.5],
        patience: ['exp', 90],
        route: { '0': [1, 0], '1': [2, 30] },
      },
      {
        rate_per_h: 40,
        service: ['hyperexp2', 300, 2],
        patience: ['det', 120],
        route: { '1': [1, 0] },
      },
    ],
    pools: [
      { staff: [8, 9, 10, 11, 10, 9, 8, 7], class_priority: [1, 1] },
      { staff: 5, class_priority: [2, 1] },
    ],
  });

const cases: Readonly<Record<string, () => Figures | Promise<Figures>>> = {
  everything: () => figures(project({ demand, capacity, policy: everything })),
  plain: () => figures(project({ demand, capacity, policy: plain })),
  endlessLines: () =>
    figures(project({ demand, capacity: { ...capacity, trunks: Infinity }, policy: everything })),
  samplePaths: () => figures(projectPaths({ demand, capacity, policy: everything }).outcome),
  oneTier: () => figures(project({ demand, capacity: fifteen, policy: oneTier })),
  simulated: () => {
    const { outcome, ...rest } = simulatePlan(
      { demand, capacity, policy: everything },
      { replications: 7, seed: 5 },
    );
    return { ...digest([rest]), ...figures(outcome) };
  },
  simulatedOften: () => {
    const { halfWidths, queues: own } = simulatePlan(
      { demand, capacity: fifteen, policy: oneTier },
      { replications: 70, seed: 9 },
    );
    return digest([{ halfWidths, own }]);
  },
  simulatedModel: () => digest([simulateModel(model(), { replications: 6, seed: 3 })]),
  ratesOfModel: async () =>
    digest([
      // Shares of the replications are the only task there is.
      await simulateModelRates(model(), { replications: 6, seed: 3, thresholdSeconds: 20 }, (_, shares) =>
        Promise.resolve(shares.map((share) => simulateModelRatesShare(share as never) as never)),
      ),
    ]),
  smartVoiceTakesAll: () => {
    const policy = {
      ...plain,
      queues: plain.queues.map((own, q) => ({ ...own, smartVoiceShare: q === 1 ? 1 : 0.3 })),
    };
    const on = { demand, capacity, policy };
    return digest([{ mean: project(on).queues, paths: projectPaths(on).outcome.queues }]);
  },
  calledBack: () => figures(project({ demand, capacity, policy: calledBack })),
  calledBackOnPaths: () => figures(projectPaths({ demand, capacity, policy: calledBack }).outcome),
  calledBackSimulated: () => {
    const { outcome, callers } = simulatePlan(
      { demand, capacity, policy: calledBack },
      { replications: 5, seed: 8 },
    );
    return { ...digest([callers]), ...figures(outcome) };
  },
  byWait: () => figures(project({ demand: silence, capacity, policy: byWait })),
  byWaitForFew: () => figures(project({ demand, capacity: few, policy: byWait })),
  byWaitSimulated: () =>
    figures(
      simulatePlan({ demand: silence, capacity, policy: byWait }, { replications: 3, seed: 4 }).outcome,
    ),
  betweenTwo: () => figures(project({ demand, capacity, policy: betweenTwo })),
  betweenTwoOfFew: () => figures(project({ demand: silence, capacity: few, policy: betweenTwo })),
  judged: () => judged(everything, Infinity, 0.6),
  judgedOnMeans: () => judged(plain, Infinity, 0.7, 'mean'),
  judgedBetweenTwo: () => judged(betweenTwo, 40, 0.4, 'mean'),
  judgedOnFewLines: () => judged(plain, 24, 0.9),
};

describe('figures that stand', () => {
  it.each(Object.keys(cases))('%s', async (name) => {
    expect(await cases[name]?.()).toMatchSnapshot();
  });
});
