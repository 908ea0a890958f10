import { targetsSchema } from '../contract/models/targets-model.ts';
import { noRepeats, type Demand, type Policy } from '../kernel/hotline.ts';
import { noRatePaths } from '../kernel/sample-paths.ts';
import { untranslated } from '../kernel/text.ts';
import type { SimulationModel } from '../queueing/simulator/simulation-model.ts';
import type { StaffingRequest } from './require-operators.ts';

export interface ModelTargets {
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
  typeof value === 'number' ? value : value.reduce((sum, one) => sum + one, 0) / Math.max(1, value.length);

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
  queues: model.classes.map((own, c) => ({
    queue: String(c),
    freshMean: perInterval(count === 1 ? meanOf(own.rate_per_h) : own.rate_per_h, count).map(
      (rate) => rate * hours,
    ),
    ratePaths: noRatePaths,
    pathCount: 0,
    handleTimeSeconds: new Float64Array(count).fill(own.service[1]),
    patienceSeconds: own.patience[0] === 'inf' ? Infinity : own.patience[1],
    repeats: {
      ...noRepeats,
      afterAbandon: own.redial_abandon?.[0] ?? 0,
      afterAbandonDelaySeconds: own.redial_abandon?.[1] ?? noRepeats.afterAbandonDelaySeconds,
      afterBlock: own.redial_block?.[0] ?? 0,
      afterBlockDelaySeconds: own.redial_block?.[1] ?? noRepeats.afterBlockDelaySeconds,
      reconnect: own.reconnect?.[0] ?? 0,
      reconnectDelaySeconds: own.reconnect?.[1] ?? noRepeats.reconnectDelaySeconds,
    },
  })),
});

const policyOf = (model: SimulationModel, thresholdSeconds: number): Policy => ({
  prompts: [],
  channels: [],
  queues: model.classes.map((own, c) => ({
    queue: String(c),
    routes: Object.entries(own.route).map(([pool, [preference, overflowDelaySeconds]]) => ({
      tier: nameOf(Number(pool)),
      preference,
      overflowDelaySeconds,
    })),
    priority: priorityOf(model, c),
    answerTimeThresholdSeconds: thresholdSeconds,
    shortAbandonSeconds: 5,
    smartVoiceShare: 0,
    ...(own.transfer === undefined
      ? {}
      : {
          transfers: own.transfer.map(({ toClass, share, holding, beforeSeconds }) => ({
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
