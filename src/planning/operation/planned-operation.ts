import { z } from 'zod';
import { calendarSchema } from '../../contract/models/calendar-model.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { modelSchemas } from '../../contract/models/model-schemas.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { BadInputError } from '../../kernel/errors.ts';
import {
  asRates,
  type Capacity,
  type Operation,
  type Policy,
  type PromptPlacement,
} from '../../kernel/hotline.ts';
import type { AbsenceLaw } from '../../kernel/shrinkage.ts';
import { planningProblem } from '../planning-findings.ts';
import type { Models } from '../ports.ts';

/** The operation that a plan plans, with the models that it was made with: enough to run it again with something changed. */
export interface PlannedOperation extends Operation {
  readonly models: Models;
  /** What prices of the requirement are asked with; absent in older plans and in those for a band. */
  readonly pricing?: { readonly absences: AbsenceLaw; readonly connectionFloor: number } | undefined;
}

/** The planned operation of these models: its policy is theirs, with the prompts that play. */
export const plannedOperation = (
  { demand, capacity }: Pick<Operation, 'demand' | 'capacity'>,
  models: Models,
  prompts: readonly PromptPlacement[] = [],
): PlannedOperation => ({
  demand,
  capacity,
  policy: buildPolicy(models.hotline, models.tiers, models.prompts, prompts),
  models,
});

/** Of the bytes below; what has none was stored before there was one. */
const version = 2;

/** The operation as bytes, to be kept beside its plan. Its policy follows from its models and its prompts. */
export const packOperation = ({ demand, capacity, policy, models, pricing }: PlannedOperation): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(
      { version, demand, capacity: storedCapacity(capacity), placements: policy.prompts, models, pricing },
      pack,
    ),
  );

/** The bytes have the attendance as `turnout`. */
const storedCapacity = ({ tiers, trunks }: Capacity) => ({
  tiers: tiers.map(({ attendance, ...tier }) => ({
    ...tier,
    ...(attendance === undefined ? {} : { turnout: attendance }),
  })),
  trunks,
});

/**
 * The operation that bytes hold, whichever version wrote them. Throws `BadInputError` naming the plan and the first
 * field that does not hold what it should.
 */
export const unpackOperation = (bytes: Uint8Array, plan: string): PlannedOperation => {
  const read = storedOperation.safeParse(parseJson(bytes));
  if (read.success) {
    const { models: own, placements, pricing } = read.data;
    return { ...plannedOperation(read.data, own, placements), ...(pricing === undefined ? {} : { pricing }) };
  }
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new BadInputError([planningProblem('plan', 'stored-plan-unreadable', plan, { field })]);
};

/** Undefined where the bytes are no JSON: the schema then says so. */
const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes), unpack);
  } catch {
    return undefined;
  }
};

/** Typed arrays and Infinity, which JSON does not know, as tagged objects. */
export const pack = (_: string, value: unknown): unknown => {
  if (value instanceof Float64Array)
    return { kind: 'Float64Array', values: Array.from(value, (v) => Number(v.toPrecision(12))) };
  if (value instanceof Uint8Array) return { kind: 'Uint8Array', values: [...value] };
  if (value instanceof Int32Array) return { kind: 'Int32Array', values: [...value] };
  return value === Infinity ? { kind: 'Infinity' } : value;
};

export const unpack = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value;
  if (value.kind === 'Infinity') return Infinity;
  const values = 'values' in value && Array.isArray(value.values) ? (value.values as number[]) : undefined;
  if (values === undefined) return value;
  switch (value.kind) {
    case 'Float64Array':
      return Float64Array.from(values);
    case 'Uint8Array':
      return Uint8Array.from(values);
    case 'Int32Array':
      return Int32Array.from(values);
    default:
      return value;
  }
};

const numbers = z.instanceof(Float64Array);
/** Zod's own number ends before infinity. */
const orEndless = z.union([z.number(), z.literal(Infinity)]);

const horizon = z.object({
  zone: z.string(),
  startMillis: z.number(),
  intervalMinutes: z.number().positive(),
  count: z.number().int().positive(),
});

const repeats = z.object({
  afterAbandon: z.number(),
  afterAbandonDelaySeconds: z.number(),
  afterBlock: z.number(),
  afterBlockDelaySeconds: z.number(),
  reconnect: z.number(),
  reconnectDelaySeconds: z.number(),
});

const queueDemand = z
  .object({
    queue: z.string(),
    freshMean: numbers,
    ratePaths: numbers.optional(),
    /** Before sample paths were distinguished into rates and counts: the plan took these as rates. */
    paths: numbers.optional(),
    pathCount: z.number().int().min(0),
    handleTimeSeconds: numbers,
    patienceSeconds: orEndless,
    repeats,
    behaviour: z.object({ handleTime: numbers, patience: numbers, repeats: numbers }).optional(),
  })
  .transform(({ paths, ratePaths, behaviour, ...queue }) => ({
    ...queue,
    ratePaths: asRates(ratePaths ?? paths ?? new Float64Array(0)),
    ...(behaviour === undefined ? {} : { behaviour }),
  }));

const demand = z
  .object({ horizon, queues: z.array(queueDemand) })
  .refine(
    ({ horizon: { count }, queues }) =>
      queues.every(
        ({ freshMean, handleTimeSeconds, ratePaths, pathCount }) =>
          freshMean.length === count &&
          handleTimeSeconds.length === count &&
          ratePaths.length === pathCount * count,
      ),
    { path: ['queues'] },
  );

const tierCapacity = z
  .object({
    tier: z.string(),
    operators: numbers,
    turnout: numbers.optional(),
  })
  .transform(({ turnout, ...tier }) => ({
    ...tier,
    ...(turnout === undefined ? {} : { attendance: turnout }),
  }));

const capacity = z.object({
  tiers: z.array(tierCapacity),
  trunks: orEndless,
});

const placement = z.object({
  prompt: z.string(),
  kind: z.enum(['online-channel', 'off-peak', 'callback']),
  queue: z.string(),
  on: z.instanceof(Uint8Array),
  offPeakTarget: z.instanceof(Int32Array),
  offPeakReturn: z.object({ until: z.instanceof(Int32Array), weights: numbers }).exactOptional(),
  offeredTo: z.union([z.literal('all'), z.object({ waitAboveSeconds: z.number() })]).exactOptional(),
  response: z.object({
    reach: z.number(),
    onlineShare: z.number(),
    offPeakShare: z.number(),
    offPeakReturnShare: z.number(),
    onlineFailureShare: z.number(),
    announcementSeconds: z.number(),
    onlineHandleSeconds: z.number(),
    patienceFactor: z.number().exactOptional(),
    assumed: z.boolean(),
  }),
  channel: z.string().exactOptional(),
});

/** Files that earlier versions did not know yet have what a workspace without them has. */
const models = z.object({
  hotline: modelSchemas.hotline,
  targets: modelSchemas.targets,
  tiers: modelSchemas.tiers,
  shifts: modelSchemas.shifts,
  prompts: modelSchemas.prompts,
  levers: modelSchemas.levers.default(modelSchemas.levers.parse({})),
  scorecard: modelSchemas.scorecard,
  monitor: modelSchemas.monitor,
  calendar: calendarSchema.shape.days.default([]),
});

const storedOperation = z.object({
  version: z.literal(version).optional(),
  demand,
  capacity,
  placements: z.array(placement),
  models,
  pricing: z
    .object({
      absences: z.object({ seed: z.number(), daySpread: z.record(z.string(), z.number()) }),
      connectionFloor: z.number(),
    })
    .optional(),
});

/** Routing, priorities and thresholds of the models as a policy, with the prompts that play. */
export const buildPolicy = (
  hotline: HotlineModel,
  tiers: TiersModel,
  prompts: PromptsModel,
  placements: readonly PromptPlacement[] = [],
): Policy => ({
  queues: hotline.queues.map((queue) => ({
    queue: queue.queue,
    routes: tiers.tiers.flatMap((tier) =>
      tier.queues
        .filter((route) => route.queue === queue.queue)
        .map((route) => ({
          tier: tier.tier,
          preference: route.preference,
          overflowDelaySeconds: route.overflowDelaySeconds,
        })),
    ),
    priority: queue.priority,
    answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
    shortAbandonSeconds: hotline.shortAbandonSeconds,
    smartVoiceShare: queue.smartVoiceShare,
    ...(queue.transfers === undefined ? {} : { transfers: queue.transfers }),
  })),
  prompts: placements,
  channels: prompts.channels.map((channel) => ({
    channel: channel.channel,
    capacityPerInterval: channel.capacityPerInterval,
    operatorSeconds: channel.operatorSeconds,
    failureShare: channel.failureShare,
  })),
});

/** Queues whose callers no prompt may move. */
export const neverDiverted = (models: Models): string[] =>
  models.hotline.queues.filter((queue) => queue.neverDivert).map((queue) => queue.queue);
