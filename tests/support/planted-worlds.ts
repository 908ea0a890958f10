import { seededRandom, type Random } from '../../src/kernel/random.ts';
import { asRates, type Capacity, type Demand, noRatePaths } from '../../src/kernel/hotline.ts';
import {
  buildPolicy,
  plannedOperation,
  type PlannedOperation,
} from '../../src/planning/operation/planned-operation.ts';
import { explainActualGap, type ExplainedGap } from '../../src/planning/comparison/explain-actual-gap.ts';
import { weekHorizon, type WeekHorizon } from '../../src/planning/operation/week-horizon.ts';
import type { Actuals } from '../../src/planning/comparison/read-actuals.ts';
import { project } from '../../src/queueing/project.ts';
import type { Models } from '../../src/planning/ports.ts';

export const plantedCauses = ['volume', 'handle-time', 'operators'] as const;
export type PlantedCause = (typeof plantedCauses)[number];

/**
 * A made-up week whose truth is known: a line of one queue and one tier in its plan's futures, and a week that came
 * otherwise in one respect (calls or handle time up by a drawn 12–30 %, or operators down as much), in the others only
 * by small chance. What was recorded are whole calls drawn from the projection of what happened.
 */
export const plantedWorld = (
  models: Models,
  planted: PlantedCause,
  seed: number,
): { readonly planned: PlannedOperation; readonly happened: Actuals; readonly week: WeekHorizon } => {
  const random = seededRandom(seed, 77);
  const own = oneQueue(models);
  const week = weekHorizon('2026-W48', own.hotline.zone, own.hotline.intervalMinutes);
  const demand = plannedDemand(own, week, random);
  const capacity = plannedCapacity(own, demand, random);
  const size = 0.12 + 0.18 * random.uniform();
  const factor = (cause: PlantedCause): number =>
    (cause === planted ? (cause === 'operators' ? 1 - size : 1 + size) : 1) * (1 + 0.01 * random.normal());
  const [volume, handle, present] = plantedCauses.map(factor) as [number, number, number];
  const came: Demand = {
    ...demand,
    queues: demand.queues.map((queue) => ({
      ...queue,
      ratePaths: noRatePaths,
      pathCount: 0,
      freshMean: queue.freshMean.map((mean) => random.poisson(mean * volume)),
      handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * handle),
    })),
  };
  const there: Capacity = {
    ...capacity,
    tiers: capacity.tiers.map((tier) => ({
      ...tier,
      operators: tier.operators.map((n) => Math.round(n * present)),
    })),
  };
  const planned = plannedOperation({ demand, capacity }, own);
  return { planned, week, happened: recorded(planned, came, there, random) };
};

/** What the comparison makes of it. */
export const explainPlanted = (models: Models, planted: PlantedCause, seed: number): ExplainedGap => {
  const { planned, happened, week } = plantedWorld(models, planted, seed);
  return explainActualGap(planned, happened, week);
};

/** The cause of greatest effect in the gap's direction. */
export const namedFirst = ({ gap, causes }: ExplainedGap): string | undefined =>
  causes
    .filter(({ effect }) => effect * (gap ?? 0) > 0)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0]?.cause;

const oneQueue = (models: Models): Models => {
  const [queue] = models.hotline.queues;
  const [tier] = models.tiers.tiers;
  if (queue === undefined || tier === undefined) throw new Error('no queue or tier in the models');
  return {
    ...models,
    hotline: { ...models.hotline, queues: [queue] },
    tiers: {
      tiers: [{ ...tier, queues: [{ queue: queue.queue, preference: 1, overflowDelaySeconds: 0 }] }],
    },
  };
};

const futureCount = 10;

const plannedDemand = ({ hotline }: Models, week: WeekHorizon, random: Random): Demand => {
  const busy = 20 + 60 * random.uniform();
  const handle = 180 + 180 * random.uniform();
  const { count } = week.horizon;
  const mean = Float64Array.from(week.starts, (start) => {
    const hour = Number(start.slice(11, 13));
    return hour >= 9 && hour < 11 ? busy : hour >= 7 && hour < 21 ? busy / 2 : busy / 12;
  });
  const paths = new Float64Array(futureCount * count);
  for (let p = 0; p < futureCount; p += 1) {
    const level = Math.exp(0.04 * random.normal());
    for (let i = 0; i < count; i += 1) paths[p * count + i] = (mean[i] ?? 0) * level;
  }
  return {
    horizon: week.horizon,
    queues: [
      {
        queue: hotline.queues[0]?.queue ?? '',
        freshMean: mean,
        ratePaths: asRates(paths),
        pathCount: futureCount,
        handleTimeSeconds: new Float64Array(count).fill(handle),
        patienceSeconds: 60 + 120 * random.uniform(),
        repeats: hotline.assumedRepeats,
      },
    ],
  };
};

/** Operators for an occupancy of some 85 %: enough for a good week, too few when something goes wrong. */
const plannedCapacity = ({ tiers }: Models, { queues, horizon }: Demand, random: Random): Capacity => {
  const aim = 0.8 + 0.1 * random.uniform();
  const [queue] = queues;
  const operators = Float64Array.from({ length: horizon.count }, (_, i) => {
    const calls = queue?.freshMean[i] ?? 0;
    const load = (calls * (queue?.handleTimeSeconds[i] ?? 0)) / (horizon.intervalMinutes * 60);
    return Math.ceil(load / aim) + 1;
  });
  return { trunks: Infinity, tiers: [{ tier: tiers.tiers[0]?.tier ?? '', operators }] };
};

const recorded = (planned: PlannedOperation, came: Demand, there: Capacity, random: Random): Actuals => {
  const { hotline, tiers, prompts } = planned.models;
  const [queue] = project({
    demand: came,
    capacity: there,
    policy: buildPolicy(hotline, tiers, prompts),
  }).queues;
  const [asked] = came.queues;
  if (queue === undefined || asked === undefined) throw new Error('no queue');
  const calls = (values: Float64Array): Map<string, Float64Array> =>
    new Map([[queue.queue, values.map((value) => random.poisson(value))]]);
  const answered = calls(queue.answered);
  const abandoned = calls(queue.abandoned);
  const sum = (i: number): number =>
    (answered.get(queue.queue)?.[i] ?? 0) + (abandoned.get(queue.queue)?.[i] ?? 0);
  return {
    history: { queues: [], firstDate: '', lastDate: '', days: 0, doubts: [] },
    offered: new Map([[queue.queue, Float64Array.from(queue.offered, (_, i) => sum(i))]]),
    fresh: new Map([[queue.queue, asked.freshMean]]),
    answered,
    answeredInThreshold: calls(queue.answeredWithinThreshold),
    abandoned,
    handleTimeSeconds: new Map([[queue.queue, asked.handleTimeSeconds]]),
    capacity: there,
    presenceKnown: new Uint8Array(came.horizon.count).fill(1),
    presentInCalls: false,
    placements: [],
  };
};
