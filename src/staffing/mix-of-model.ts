import type { MixDocument } from '../contract/documents/requirement-document.ts';
import { targetsSchema } from '../contract/models/targets-model.ts';
import { type Capacity, type Demand, noRatePaths, noRepeats, type Policy } from '../kernel/hotline.ts';
import type { ParallelMap } from '../kernel/ports.ts';
import { untranslated } from '../kernel/text.ts';
import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import { simulateModelRates } from '../queueing/simulator/model-rates.ts';
import type { SimulatedRates } from '../queueing/simulator/plan-rates.ts';
import type { SimulationModel } from '../queueing/simulator/simulation-model.ts';
import { priceBounds } from './price-variants.ts';
import { operatorHours, requireOperators, type StaffingRequest } from './require-operators.ts';
import { settleRequirement } from './settle-requirement.ts';
import { staffingFinding } from './staffing-findings.ts';
import { type SimulatedLine, topUpRequirement } from './top-up-requirement.ts';

interface MixQuestion extends ModelTargets {
  /** Simulated horizons behind each step of the search; at least 2. */
  readonly replications: number;
  readonly seed: number;
}

type Measure = MixDocument['oneFewer'][number]['measure'];

/** What is found is mended and proved by so many times the search's replications, under other seeds. */
const proofTimes = 10;
/** A proof that leaves a target open is settled by more replications, up to this many times the search's. */
const mostProofTimes = 160;
/** One operator makes far more of a difference than two targets' noise: fewer replications tell. */
const fewerTimes = 3;

/**
 * The least operators per pool (and interval, where the model is not stationary) for which every class meets its
 * targets, whatever the staff that the model names: a formula's mix, settled by simulation under the model's own laws,
 * mended and then proved under seeds that it was not found by. Beside it the formula's mix and the two bounds of all
 * designs, and what one operator fewer does.
 */
export const mixOfModel = async (question: MixQuestion, parallel: ParallelMap): Promise<MixDocument> => {
  const { replications, seed } = question;
  const request = requestOfModel(question);
  const byFormula = requireOperators(request);
  const simulate = async (capacity: Capacity, by: number, times = 1) => ({
    queues: await ratesUnder(question, capacity, by, times * replications, parallel),
  });
  const settled = await settleRequirement(request, byFormula, (capacity) => simulate(capacity, seed));
  const { requirement } = await topUpRequirement(request, settled, (capacity) =>
    simulate(capacity, seed + 1, proofTimes),
  );
  const { capacity } = requirement;
  const proof = await prove(question, (times) => simulate(capacity, seed + 2, times));
  const { intervalMinutes } = request.demand.horizon;
  const bounds = new Map(priceBounds(request).map((own) => [own.variant, own.operatorHours]));
  const pools = capacity.tiers.map(({ operators }, pool) => writePool(question.model, pool, operators));
  const { connectionRate, serviceLevel, thresholdSeconds } = question;
  return {
    document: 'require-model',
    targets: { connectionRate, serviceLevel, thresholdSeconds },
    pools,
    operatorHours: pools.reduce((sum, pool) => sum + pool.operatorHours, 0),
    cost: pools.reduce((sum, pool) => sum + pool.costPerHour * pool.operatorHours, 0),
    byFormula: {
      mix: operatorHours(byFormula, intervalMinutes),
      pooled: bounds.get('pooled') ?? Number.NaN,
      dedicated: bounds.get('dedicated') ?? Number.NaN,
    },
    classes: proof.classes,
    oneFewer: await oneFewer(question, capacity, (tried) => simulate(tried, seed + 2, fewerTimes)),
    replications: proof.times * replications,
    notices: [...requirement.relaxed, ...noticesOf(question.model)],
  };
};

/** Each class's rates against its targets, by as many replications as it takes to tell. */
const prove = async (
  { connectionRate, serviceLevel }: MixQuestion,
  simulate: (times: number) => Promise<SimulatedLine>,
): Promise<{ readonly classes: MixDocument['classes']; readonly times: number }> => {
  for (let times = proofTimes; ; times *= 2) {
    const { queues } = await simulate(times);
    const classes = queues.map((rates, c) => ({
      class: c,
      connectionRate: heldOrNone(rates.connectionRate, connectionRate),
      serviceLevel: heldOrNone(rates.serviceLevel, serviceLevel),
    }));
    const open = classes.some(
      (own) => own.connectionRate?.holds === null || own.serviceLevel?.holds === null,
    );
    if (!open || times >= mostProofTimes) return { classes, times };
  }
};

/** Simulated rates of the model with these operators; of a stationary one the whole horizon is its one interval. */
const ratesUnder = async (
  { model, thresholdSeconds }: MixQuestion,
  { tiers }: Capacity,
  seed: number,
  replications: number,
  parallel: ParallelMap,
): Promise<readonly SimulatedRates[]> => {
  const pools = model.pools.map((pool, p) => {
    const operators = tiers[p]?.operators ?? new Float64Array(0);
    return { ...pool, staff: model.stationary === true ? (operators[0] ?? 0) : Array.from(operators) };
  });
  const rates = await simulateModelRates(
    { ...model, pools },
    { replications, seed, thresholdSeconds },
    parallel,
  );
  if (model.stationary !== true) return rates;
  const none = [Number.NaN, Number.NaN] as const;
  return rates.map((queue) => ({
    ...queue,
    intervals: {
      connectionRate: [queue.connectionRate ?? none],
      serviceLevel: [queue.serviceLevel ?? none],
      calls: [sumOf(queue.intervals.calls)],
    },
  }));
};

const writePool = (model: SimulationModel, pool: number, operators: Float64Array) => {
  const staff = Array.from(
    perInterval(model.stationary === true ? (operators[0] ?? 0) : Array.from(operators), model.intervals),
  );
  return {
    pool,
    costPerHour: model.pools[pool]?.cost_per_hour ?? 1,
    staff,
    operatorHours: (sumOf(staff) * model.interval_s) / 3600,
  };
};

/** A rate against its target; null where nobody called. */
const heldOrNone = (estimate: readonly [number, number] | undefined, target: number | null) =>
  estimate === undefined || target === null ? null : held(estimate, target);

const held = ([simulated, halfWidth]: readonly [number, number], target: number) => {
  const holds = simulated - halfWidth >= target ? true : simulated + halfWidth < target ? false : null;
  return { target, simulated, halfWidth, holds };
};

/** The interval with the most calls over all classes. */
const busiestInterval = (model: SimulationModel): number => {
  const calls = perInterval(0, intervalsOf(model));
  for (const { rate_per_h } of model.classes)
    perInterval(rate_per_h, calls.length).forEach((rate, i) => addAt(calls, i, rate));
  return calls.indexOf(Math.max(...calls));
};

const oneFewer = async (
  { model, connectionRate, serviceLevel }: MixQuestion,
  capacity: Capacity,
  simulate: (capacity: Capacity) => Promise<SimulatedLine>,
): Promise<MixDocument['oneFewer']> => {
  const interval = busiestInterval(model);
  const rows: MixDocument['oneFewer'] = [];
  const targets: readonly (readonly [Measure, number | null])[] = [
    ['connectionRate', connectionRate],
    ['serviceLevel', serviceLevel],
  ];
  for (const [pool, { operators }] of capacity.tiers.entries()) {
    if (valueAt(operators, interval) < 1) continue;
    const tiers = capacity.tiers.map((tier, k) =>
      k === pool ? { ...tier, operators: tier.operators.map((n, i) => (i === interval ? n - 1 : n)) } : tier,
    );
    const { queues } = await simulate({ ...capacity, tiers });
    const found = queues.flatMap(({ intervals }, c) =>
      targets.flatMap(([measure, target]) => {
        const estimate = intervals[measure][interval];
        return target === null || estimate === undefined || Number.isNaN(estimate[0])
          ? []
          : [{ pool, interval, class: c, measure, ...held(estimate, target) }];
      }),
    );
    const [worst] = found.toSorted((a, b) => a.simulated - a.target - (b.simulated - b.target));
    if (worst !== undefined) rows.push(worst);
  }
  return rows;
};

const noticesOf = ({ pools }: SimulationModel): MixDocument['notices'] =>
  pools.some(({ cost_per_hour }) => cost_per_hour === undefined)
    ? [staffingFinding('pools-priced-at-one')]
    : [];

interface ModelTargets {
  readonly model: SimulationModel;
  /** Answered / offered of every class, 0–1. */
  readonly connectionRate: number;
  /** Answered within the threshold / offered of every class, 0–1; null: not asked. */
  readonly serviceLevel: number | null;
  readonly thresholdSeconds: number;
}

/** A stationary model is one long interval: its staff does not change. */
export const intervalsOf = ({ stationary, intervals }: SimulationModel): number =>
  stationary === true ? 1 : intervals;

/** One value per interval, of one for all or one each. */
export const perInterval = (value: number | readonly number[], count: number): Float64Array =>
  typeof value === 'number'
    ? new Float64Array(count).fill(value)
    : Float64Array.from({ length: count }, (_, i) => value[i] ?? 0);

const meanOf = (value: number | readonly number[]): number =>
  typeof value === 'number' ? value : sumOf(value) / Math.max(1, value.length);

const nameOf = (pool: number): string => String(pool);

/** The model as staffing by formula takes it: laws by their means, priorities where classes meet. */
export const requestOfModel = ({
  model,
  connectionRate,
  serviceLevel,
  thresholdSeconds,
}: ModelTargets): StaffingRequest => {
  const count = intervalsOf(model);
  const hours = (model.intervals * model.interval_s) / 3600 / count;
  return {
    demand: demandOf(model, count, hours),
    policy: policyOf(model, thresholdSeconds),
    tiers: model.pools.map(({ cost_per_hour }, p) => ({
      tier: nameOf(p),
      name: untranslated(nameOf(p)),
      queues: model.classes.flatMap(({ route }, c) => {
        const way = route[p];
        return way === undefined
          ? []
          : [{ queue: String(c), preference: way[0], overflowDelaySeconds: way[1] }];
      }),
      connectionTarget: null,
      leastOwnShare: 0,
      costPerHour: cost_per_hour ?? 1,
      shrinkage: 0,
    })),
    targets: targetsSchema.parse({
      connectionRate,
      serviceLevel,
      rollingConnectionRate: null,
      occupancyMax: 1,
      confidence: 0.5,
      minimumOperators: 0,
    }),
    trunks: model.trunks ?? Infinity,
    open: new Uint8Array(count).fill(1),
  };
};

const demandOf = (model: SimulationModel, count: number, hours: number): Demand => ({
  horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 60 * hours, count },
  queues: model.classes.map((modelClass, c) => ({
    queue: String(c),
    freshMean: perInterval(count === 1 ? meanOf(modelClass.rate_per_h) : modelClass.rate_per_h, count).map(
      (rate) => rate * hours,
    ),
    ratePaths: noRatePaths,
    pathCount: 0,
    handleTimeSeconds: new Float64Array(count).fill(modelClass.service[1]),
    patienceSeconds: modelClass.patience[0] === 'inf' ? Infinity : modelClass.patience[1],
    repeats: {
      ...noRepeats,
      afterAbandon: modelClass.redial_abandon?.[0] ?? 0,
      afterAbandonDelaySeconds: modelClass.redial_abandon?.[1] ?? noRepeats.afterAbandonDelaySeconds,
      afterBlock: modelClass.redial_block?.[0] ?? 0,
      afterBlockDelaySeconds: modelClass.redial_block?.[1] ?? noRepeats.afterBlockDelaySeconds,
      reconnect: modelClass.reconnect?.[0] ?? 0,
      reconnectDelaySeconds: modelClass.reconnect?.[1] ?? noRepeats.reconnectDelaySeconds,
    },
  })),
});

const policyOf = (model: SimulationModel, thresholdSeconds: number): Policy => ({
  prompts: [],
  channels: [],
  queues: model.classes.map((modelClass, c) => ({
    queue: String(c),
    routes: Object.entries(modelClass.route).map(([pool, [preference, overflowDelaySeconds]]) => ({
      tier: nameOf(Number(pool)),
      preference,
      overflowDelaySeconds,
    })),
    priority: priorityOf(model, c),
    answerTimeThresholdSeconds: thresholdSeconds,
    shortAbandonSeconds: 5,
    smartVoiceShare: 0,
    ...(modelClass.transfer === undefined
      ? {}
      : {
          transfers: modelClass.transfer.map(({ toClass, share, holding, beforeSeconds }) => ({
            toQueue: String(toClass),
            share,
            holding,
            ...(beforeSeconds === undefined ? {} : { beforeSeconds }),
          })),
        }),
  })),
});

/** A class's priority where it meets others: the formula knows one for all pools. */
const priorityOf = ({ classes, pools }: SimulationModel, c: number): number => {
  const met = pools.flatMap((pool, p) =>
    classes[c]?.route[p] !== undefined && classes.filter(({ route }) => route[p] !== undefined).length > 1
      ? [pool.class_priority[c] ?? 1]
      : [],
  );
  return met.length === 0 ? 1 : Math.max(...met);
};
