import type { CallBackPlacement, OffPeakReturn, PromptResponse } from '../../kernel/hotline.ts';
import type { DurationLaw } from './duration-law.ts';
import type { SimulationModel } from './simulation-model.ts';

/**
 * What the event engine simulates: classes of calls, pools of operators, lines. Both a reference scenario
 * and a plan are laid out in this shape. Arrays per interval have `intervals` entries; times are seconds.
 */
export interface LineSpec {
  readonly intervals: number;
  readonly intervalSeconds: number;
  /** Calls that arrive before are lived through but not counted. */
  readonly warmupSeconds: number;
  /** Most calls in service, in queue and hearing an announcement, over all classes. */
  readonly trunks: number;
  /** Attempts of one caller for one matter; a reconnect starts again. */
  readonly maxAttempts: number;
  readonly classes: readonly LineClass[];
  readonly pools: readonly LinePool[];
  /** Requests that an online channel takes per interval, by the channel's index. */
  readonly channelCapacity: readonly number[];
  /** True: staffed time ends with the last event, as the reference counts it; false: with the horizon. */
  readonly staffedUntilLastEvent: boolean;
}

export interface LineRepeat {
  readonly chance: number;
  readonly delaySeconds: number;
}

export interface LineClass {
  /** Poisson: mean first calls per interval. Counted: exactly that many (a fraction is a chance of one). */
  readonly arrivals: 'poisson' | 'counted';
  readonly freshCalls: Float64Array;
  readonly serviceMeanSeconds: Float64Array;
  readonly serviceLaw: DurationLaw;
  readonly patienceMeanSeconds: number;
  readonly patienceLaw: DurationLaw;
  readonly afterAbandon: LineRepeat;
  readonly afterBlock: LineRepeat;
  readonly reconnect: LineRepeat;
  /** Offered to a call that would wait longer than the estimate; taken with the chance. */
  readonly diversion: { readonly estimatedWaitSeconds: number; readonly chance: number } | undefined;
  /** In order of preference. */
  readonly routes: readonly { readonly pool: number; readonly delaySeconds: number }[];
  /** Share of first calls that a smart voice settles. */
  readonly containedShare: number;
  readonly prompts: readonly LinePrompt[];
  /** Shares of answered calls that go on to other classes; together at most 1. */
  readonly transfers: readonly LineTransfer[];
  /** How those who were lost are called back; left out: nobody is. */
  readonly callBacks?: CallBackPlacement | undefined;
  /** Answers and abandonments are counted within each of these limits. */
  readonly answerLimitsSeconds: readonly number[];
  readonly abandonLimitsSeconds: readonly number[];
}

export interface LineTransfer {
  readonly toClass: number;
  readonly share: number;
  /** The first operator is kept until the next one answers or the caller hangs up. */
  readonly holding: boolean;
  /** Mean service before it; undefined: the class's own. */
  readonly beforeSeconds: number | undefined;
}

export interface LinePrompt {
  readonly on: Uint8Array;
  readonly offPeakTarget: Int32Array;
  readonly offPeakReturn?: OffPeakReturn;
  /** Played to callers whose estimated wait is above this; 0: to everyone. */
  readonly offeredAboveSeconds: number;
  readonly response: PromptResponse;
  /** Index into `channelCapacity`; −1: no channel with a capacity. */
  readonly channel: number;
}

interface LinePool {
  readonly staff: Int32Array;
  /** Lower is taken first, per class. */
  readonly classPriority: Float64Array;
}

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
  modelClass: ModelClass,
  answerLimitsSeconds: readonly number[],
): LineClass => ({
  arrivals: 'poisson',
  freshCalls: spread(modelClass.rate_per_h, model.intervals).map((rate) => (rate * model.interval_s) / 3600),
  serviceMeanSeconds: new Float64Array(model.intervals).fill(modelClass.service[1]),
  serviceLaw: lawOf(modelClass.service),
  patienceMeanSeconds: modelClass.patience[0] === 'inf' ? 1 : modelClass.patience[1],
  patienceLaw: lawOf(modelClass.patience),
  afterAbandon: repeatOf(modelClass.redial_abandon),
  afterBlock: repeatOf(modelClass.redial_block),
  reconnect: repeatOf(modelClass.reconnect),
  diversion:
    modelClass.divert === undefined
      ? undefined
      : { estimatedWaitSeconds: modelClass.divert[0], chance: modelClass.divert[1] },
  routes: Object.entries(modelClass.route)
    .map(([pool, [preference, delaySeconds]]) => ({ pool: Number(pool), preference, delaySeconds }))
    .sort((a, b) => a.preference - b.preference || a.pool - b.pool),
  containedShare: 0,
  prompts: [],
  transfers: (modelClass.transfer ?? []).filter(({ share }) => share > 0),
  answerLimitsSeconds,
  abandonLimitsSeconds: modelAbandonLimits,
});
