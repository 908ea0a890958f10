import type { DurationLaw } from './duration-law.ts';
import type { LineClass, LineRepeat, LineSpec } from './line-spec.ts';
import type { SimulationModel } from './simulation-model.ts';

/** Limits for which answers and abandonments of a model are counted, seconds. */
export const modelAnswerLimits = [10, 15, 20, 60] as const;
export const modelAbandonLimits = [5] as const;

type ModelClass = SimulationModel['classes'][number];

const spread = (value: number | readonly number[], intervals: number): Float64Array =>
  typeof value === 'number' ? new Float64Array(intervals).fill(value) : Float64Array.from(value);

const lawOf = ([law, , parameter]: ModelClass['service']): DurationLaw => ({
  law,
  parameter: parameter ?? 1,
});

const repeatOf = (pair: readonly [number, number] | undefined): LineRepeat => ({
  chance: pair?.[0] ?? 0,
  delaySeconds: pair?.[1] ?? 0,
});

/** A reference scenario as a line to simulate; answers are counted within each of the limits, seconds. */
export const layOutModel = (
  model: SimulationModel,
  answerLimitsSeconds: readonly number[] = modelAnswerLimits,
): LineSpec => ({
  intervals: model.intervals,
  intervalSeconds: model.interval_s,
  warmupSeconds: model.warmup_s,
  trunks: model.trunks ?? Infinity,
  maxAttempts: model.max_attempts ?? Infinity,
  channelCapacity: [],
  staffedUntilLastEvent: true,
  classes: model.classes.map((own) => layOutClass(model, own, answerLimitsSeconds)),
  pools: model.pools.map((pool) => ({
    staff: Int32Array.from(spread(pool.staff, model.intervals)),
    classPriority: Float64Array.from(pool.class_priority),
  })),
});

const layOutClass = (
  model: SimulationModel,
  own: ModelClass,
  answerLimitsSeconds: readonly number[],
): LineClass => ({
  arrivals: 'poisson',
  freshCalls: spread(own.rate_per_h, model.intervals).map((rate) => (rate * model.interval_s) / 3600),
  serviceMeanSeconds: new Float64Array(model.intervals).fill(own.service[1]),
  serviceLaw: lawOf(own.service),
  patienceMeanSeconds: own.patience[0] === 'inf' ? 1 : own.patience[1],
  patienceLaw: lawOf(own.patience),
  afterAbandon: repeatOf(own.redial_abandon),
  afterBlock: repeatOf(own.redial_block),
  reconnect: repeatOf(own.reconnect),
  diversion:
    own.divert === undefined ? undefined : { estimatedWaitSeconds: own.divert[0], chance: own.divert[1] },
  routes: Object.entries(own.route)
    .map(([pool, [preference, delaySeconds]]) => ({ pool: Number(pool), preference, delaySeconds }))
    .sort((a, b) => a.preference - b.preference || a.pool - b.pool),
  containedShare: 0,
  prompts: [],
  transfers: (own.transfer ?? []).filter(({ share }) => share > 0),
  answerLimitsSeconds,
  abandonLimitsSeconds: modelAbandonLimits,
});
