import { describe, expect, it } from 'vitest';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { choosePrompts, type PromptChoice } from '../../src/diversion/choose-prompts.ts';
import type { PromptRequest } from '../../src/diversion/prompt-spans.ts';
import {
  explainChoice,
  explainShortfall,
  levelAt,
  worstInterval,
} from '../../src/diversion/explain-choice.ts';
import {
  explainLearnt,
  gatherEvidence,
  learnCatalogue,
  type SeenTraffic,
} from '../../src/diversion/learn-catalogue.ts';
import { bestMix } from '../../src/diversion/levers/best-mix.ts';
import { directAnswerLever, smartVoiceLever } from '../../src/diversion/levers/caller-levers.ts';
import { dialLever, type LeverTask, pullLevers } from '../../src/diversion/levers/lever.ts';
import { laterStartLever } from '../../src/diversion/levers/later-start-lever.ts';
import { overtimeLever } from '../../src/diversion/levers/overtime-lever.ts';
import { callbacksLever, promptsLever } from '../../src/diversion/levers/prompt-levers.ts';
import { promptHours } from '../../src/diversion/playing-rules.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { asRates } from '../../src/kernel/hotline.ts';
import { project } from '../../src/queueing/project.ts';
import { digest, type Figures } from '../support/digest.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest, targets } from '../support/small-world.ts';

/*
 * What is chosen on small made-up days, what it brings and what it costs. The figures stand as they were worked out;
 * the tests beside this one say that they are right. Whoever changes one on purpose writes the new ones by `npx vitest
 * run tests/diversion/standing-figures.test.ts -u` and names both in the changelog.
 */
const both = catalogueOf([entry(), offPeak()], {}, 14);
const named = (key: string) => ({ 'zh-CN': key, en: key });

const chosen = ({ prompts, ...choice }: PromptChoice): object => ({
  ...choice,
  prompts: prompts.map(({ on, offPeakTarget, offPeakReturn }) => ({ on, offPeakTarget, ...offPeakReturn })),
});
const choose = (request: PromptRequest): Figures => digest([chosen(choosePrompts(request))]);

const twoQueues = (change: Partial<PromptRequest> = {}): PromptRequest =>
  smallRequest(
    {
      calls: { a: peak, b: peak.map((n, i) => 0.4 * n + 2 * i) },
      operators: 13,
      catalogue: both,
    },
    change,
  );
const withPaths = (request: PromptRequest): PromptRequest => ({
  ...request,
  demand: {
    ...request.demand,
    queues: request.demand.queues.map((own) => ({
      ...own,
      ratePaths: asRates(
        Float64Array.from([0.8, 1.15].flatMap((level) => [...own.freshMean.map((n) => n * level)])),
      ),
      pathCount: 2,
    })),
  },
});

const shortfall = (request: PromptRequest, interval?: number): Figures => {
  const { demand, capacity, policy, catalogue, neverDivert } = request;
  const { prompts } = choosePrompts(request);
  const played = { ...policy, prompts };
  const [before, after] = [
    project({ demand, capacity, policy }),
    project({ demand, capacity, policy: played }),
  ];
  const { mayPlay } = promptHours(demand.horizon, request.open, catalogue.rules);
  const worst = interval ?? worstInterval(after, (i) => mayPlay[i] === 1);
  const findings = explainShortfall({
    demand,
    capacity,
    policy: played,
    catalogue,
    targets,
    neverDivert,
    mayPlay,
    after,
    interval: worst,
    futures: 2,
    queueName: named,
    tierName: named,
  });
  const reasons = explainChoice({
    before,
    after,
    targets,
    hours: { mayPlay, barredBy: [] },
    spans: prompts.length,
    limitedByShare: false,
    placements: prompts,
    policy,
  });
  return digest([{ worst, level: levelAt(after, worst), findings, reasons }]);
};

/** Two queues, of which one has a second tier to help it, at a peak that neither covers. */
const leverTask = (): LeverTask => {
  const catalogue = catalogueOf([
    entry(),
    offPeak(),
    { ...offPeak(), prompt: 'back', kind: 'callback' as const },
  ]);
  const { demand, capacity, policy, open } = smallRequest({
    calls: { a: peak, b: peak.map((n) => 0.5 * n) },
    operators: 7,
    catalogue,
  });
  const operators =
    capacity.tiers[0]?.operators.map((n, i) => n + (i > 2 && i < 9 ? 2 : 0)) ?? new Float64Array(0);
  const operation = {
    demand,
    capacity: {
      ...capacity,
      tiers: [
        { tier: 'all', operators },
        { tier: 'help', operators: operators.map(() => 2) },
      ],
    },
    policy: {
      ...policy,
      queues: policy.queues.map((own) =>
        own.queue === 'b'
          ? {
              ...own,
              smartVoiceShare: 0.1,
              routes: [...own.routes, { tier: 'help', preference: 2, overflowDelaySeconds: 0 }],
            }
          : own,
      ),
    },
  };
  return {
    operation,
    outcome: project(operation),
    targets,
    tiers: modelSchemas.tiers.parse({
      tiers: [
        ['all', 30, 0.25],
        ['help', 45, 0.1],
      ].map(([tier, costPerHour, shrinkage]) => ({
        tier,
        name: named(String(tier)),
        queues: [{ queue: 'a', preference: 1 }],
        connectionTarget: null,
        costPerHour,
        shrinkage,
      })),
    }),
    catalogue,
    settings: modelSchemas.levers.parse({ laterStart: { shiftHours: 2, latestMinutes: 60 } }),
    open,
    neverDivert: [],
    shouldStop: () => false,
    pulls: new Map(),
  };
};
const leverOf = {
  prompts: promptsLever,
  callbacks: callbacksLever,
  overtime: overtimeLever,
  laterStart: laterStartLever,
  smartVoice: smartVoiceLever,
  directAnswer: directAnswerLever,
};
const pulled = (make: (typeof leverOf)[keyof typeof leverOf]): Figures => {
  const task = leverTask();
  const lever = make(task);
  const rows = [0.3, 1].map((level) => {
    const { outcome, short, lost } = pullLevers(task, [{ lever, level }]);
    return { short, lost, cost: lever.cost(level, outcome), amount: lever.amount(level, outcome) };
  });
  const { level, reachesTarget, cost } = dialLever(task, lever, 30);
  return digest([...rows, { dialled: level, reachesTarget, dialledCost: cost }]);
};
const mixed = (budget: number): Figures => {
  const task = leverTask();
  const before = pullLevers(task, []).lost;
  const { parts, cost, lost } = bestMix(
    task,
    [overtimeLever(task), smartVoiceLever(task), directAnswerLever(task)],
    before,
    budget,
  );
  return digest([{ before, lost, cost, parts: parts.map(({ level, cost: own }) => ({ level, own })) }]);
};

/** Six weeks of four slots in which a prompt plays on some mornings, with gaps, and another now and then. */
const seenTraffic = (): SeenTraffic => {
  const random = seededRandom(4);
  const [days, slotsPerDay] = [42, 4];
  const rows = (calls: number): Float64Array =>
    Float64Array.from({ length: days * slotsPerDay }, (_, i) =>
      i % 37 === 5 ? Number.NaN : random.poisson(calls),
    );
  const playing = (on: (day: number, slot: number) => boolean): Uint8Array =>
    Uint8Array.from({ length: days * slotsPerDay }, (_, i) =>
      on(Math.floor(i / slotsPerDay), i % slotsPerDay) ? 1 : 0,
    );
  const online = playing((day, slot) => day % 5 === 1 && (slot === 1 || slot === 2));
  const later = playing((day, slot) => day % 6 === 2 && slot === 2);
  const attempts = rows(130);
  const requests = rows(9).map((n, i) => n + (online[i] === 1 ? 14 : 0));
  return {
    slotsPerDay,
    dayKind: Array.from({ length: days }, (_, d) => (d % 7 < 5 ? 'workday' : 'rest')),
    calls: new Map([['a', rows(120).map((n, i) => n - (later[i] === 1 ? 20 : 0))]]),
    attempts: new Map([['a', attempts]]),
    requests: new Map([['app', requests]]),
    played: [
      { prompt: 'online', queue: 'a', on: online },
      { prompt: 'later', queue: 'a', on: later },
    ],
  };
};
const learnt = (): Figures => {
  const { channel: _channel, ...own } = offPeak();
  const catalogue = catalogueOf([entry(), own]);
  const found = learnCatalogue(catalogue, seenTraffic());
  const evidence = catalogue.prompts.map((each) =>
    gatherEvidence(each, catalogue.prompts, seenTraffic(), 7, 35),
  );
  return digest([
    {
      learnt: found.learnt.map(({ name: _name, ...rest }) => rest),
      responses: found.catalogue.prompts.map(({ response }) => response),
      evidence,
      said: explainLearnt(found.learnt),
    },
  ]);
};

const cases: Readonly<Record<string, () => Figures>> = {
  oneQueue: () => choose(smallRequest({ calls: { a: peak }, operators: 8, catalogue: both })),
  twoQueues: () => choose(twoQueues()),
  forTheRoster: () => choose(twoQueues({ aim: 'best-for-roster' })),
  fewLooks: () => choose(twoQueues({ evaluationsPerDay: 12 })),
  overPaths: () => choose(withPaths(twoQueues({ evaluationsPerDay: 30, takeUpFactor: 0.8, from: 3 }))),
  shareBinds: () =>
    choose(
      smallRequest({
        calls: { a: peak },
        operators: 8,
        catalogue: catalogueOf([entry(), offPeak()], { largestDivertedShare: 0.02, minimumOnMinutes: 90 }),
      }),
    ),
  quietInThePeak: () =>
    choose(
      smallRequest({
        calls: { a: peak, b: peak.map((n, i) => 0.4 * n + 2 * i) },
        operators: 13,
        catalogue: catalogueOf([entry(), offPeak()], {
          quietHours: { from: '10:30', to: '11:30' },
          minimumOnMinutes: 30,
        }),
      }),
    ),
  shortWithPrompt: () => shortfall(smallRequest({ calls: { a: peak }, operators: 8, catalogue: both })),
  shortWithout: () => shortfall(withPaths(twoQueues({ neverDivert: ['b'] })), 1),
  shortAtLimit: () =>
    shortfall(
      smallRequest({
        calls: { a: peak },
        operators: 9,
        catalogue: catalogueOf([entry()], { maximumOnMinutesPerDay: 60 }),
      }),
      7,
    ),
  ...Object.fromEntries(Object.entries(leverOf).map(([own, make]) => [own, () => pulled(make)])),
  mixOfSmallBudget: () => mixed(60),
  mixOfBudget: () => mixed(400),
  learnt,
};

describe('figures that stand', () => {
  it.each(Object.keys(cases))('%s', (name) => {
    expect(cases[name]?.()).toMatchSnapshot();
  });
});
