import { z } from 'zod';
import { monitoringProjectionSchema } from './rank-document.ts';
import { numbers, promptSpanSchema, rate, sayableSchema } from './schema-parts.ts';

/** What every figure of an answer rests on: one demand and one roster for all of them. */
const basisSchema = z.object({
  /** Average over the forecast's futures, the mean forecast, or the mean of a day of which a part is counted. */
  demand: z.enum(['futures', 'mean-forecast', 'day-in-progress']),
  /** Futures averaged over; 1 where demand is taken as certain. */
  futures: z.number().int(),
  roster: z.enum(['planned', 'seen']),
  /** Within so many seconds a call counts as answered in time. */
  answerTimeThresholdSeconds: z.number(),
  told: sayableSchema,
});

/** How the line fares under one set of calls, operators and prompts. Rates are 0–1. */
export const effectSchema = z.object({
  connectionRate: rate,
  serviceLevel: rate,
  averageSpeedOfAnswerSeconds: rate,
  occupancy: rate,
  abandoned: z.number(),
  blocked: z.number(),
  callersDiverted: z.number(),
  answered: z.number(),
  offered: z.number(),
  worstIntervalServiceLevel: rate,
  worstInterval: z.string().nullable(),
  /** Queue that fares worst in it. */
  worstIntervalQueue: z.string().nullish(),
});

/** Answer of `simulate` for a scenario against a plan. */
export const simulateDocumentSchema = z.object({
  document: z.literal('simulate'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  scenario: z.string(),
  /** Of every figure here; the proof lives through futures of the same demand. */
  basis: basisSchema,
  baseline: effectSchema,
  outcome: effectSchema,
  days: z.array(z.object({ date: z.string(), baseline: effectSchema, outcome: effectSchema })),
  intervals: z.object({
    starts: z.array(z.string()),
    offered: numbers,
    serviceLevelBaseline: z.array(rate),
    serviceLevel: z.array(rate),
    connectionRate: z.array(rate),
    operators: numbers,
  }),
  proof: z
    .object({
      replications: z.number().int(),
      connectionRate: z.tuple([z.number(), z.number()]),
      serviceLevel: z.tuple([z.number(), z.number()]),
      /** What became of first callers in the end, per simulated week: the parts sum to `first`. */
      callers: z.object({
        first: z.number(),
        settledByOperator: z.number(),
        gaveUpAfterAbandoning: z.number(),
        gaveUpAfterBlocking: z.number(),
        settledOnline: z.number(),
        divertedForGood: z.number(),
        stillOpen: z.number(),
      }),
    })
    .nullable(),
  monitoring: monitoringProjectionSchema.nullable(),
  assumptions: z.array(sayableSchema),
});
export type SimulateDocument = z.output<typeof simulateDocumentSchema>;

const measures = z.record(z.string(), z.tuple([z.number(), z.number()]).nullable());
/** Answer of `simulate --model`: [estimate, half width of the 95 % interval] per measure. */
export const modelSimulationSchema = z.object({
  all: measures,
  per_class: z.array(measures),
  pools: z.array(measures),
  intervals: z.record(z.string(), numbers),
});

export type Basis = z.output<typeof basisSchema>;

/** Answer of `divert`: prompts and what they do. */
export const divertDocumentSchema = z.object({
  document: z.literal('divert'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  /** For advice in the course of a day: until when its calls were known. Effects are then of the day's rest. */
  asOf: z.string().nullable(),
  /** Of every figure here: prompts, effects, sensitivities, intervals and those within reasons. */
  basis: basisSchema,
  prompts: z.array(promptSpanSchema),
  before: effectSchema,
  after: effectSchema,
  halfTakeUp: effectSchema,
  doubleTakeUp: effectSchema,
  /** True when the prompts lose their point at half the assumed take-up. */
  fragile: z.boolean(),
  operatorHoursSavedNet: z.number(),
  /** The same prompts when something turns out otherwise; what moves the service level most comes first. */
  sensitivities: z.array(
    z.object({
      case: z.enum([
        'half-take-up',
        'double-take-up',
        'more-calls',
        'fewer-calls',
        'two-absent',
        'storm',
        'offered-otherwise',
        'less-patience',
        'more-patience',
      ]),
      name: sayableSchema,
      effect: effectSchema,
      /** Against the prompts as recommended, in fractions of 1. */
      serviceLevelChange: z.number(),
      connectionRateChange: z.number(),
    }),
  ),
  intervals: z.object({
    starts: z.array(z.string()),
    offeredBefore: numbers,
    offeredAfter: numbers,
    serviceLevelBefore: z.array(rate),
    serviceLevelAfter: z.array(rate),
  }),
  reasons: z.array(sayableSchema),
  assumptions: z.array(sayableSchema),
});
export type DivertDocument = z.output<typeof divertDocumentSchema>;

/** What can relieve a peak, in the order in which it is shown. */
export const leverNames = [
  'prompts',
  'callbacks',
  'overtime',
  'later-start',
  'smart-voice',
  'direct-answer',
] as const;
export type LeverName = (typeof leverNames)[number];

/** Answer of `divert --levers`: the same target by prompts and by what else relieves a peak, and the best mix. */
export const leversDocumentSchema = z.object({
  document: z.literal('levers'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  roster: z.enum(['planned', 'seen']),
  basis: basisSchema,
  /** The line as it is, no prompt playing. */
  before: effectSchema,
  callsShortBefore: z.number(),
  /** Calls short of the targets that every lever is turned to: what all prompts reach, or the share asked for. */
  callsShortTarget: z.number(),
  targetFrom: z.enum(['prompts', 'share']),
  levers: z.array(
    z.object({
      lever: z.enum(leverNames),
      name: sayableSchema,
      /** Part of the most that models/levers.json allows, and what that comes to. */
      level: z.number(),
      amount: sayableSchema,
      reachesTarget: z.boolean(),
      callsShort: z.number(),
      cost: z.number(),
      /** First callers served who would not have been; the cost of one is null where there is none. */
      recoveredCallers: z.number(),
      costPerRecovered: rate,
      effect: effectSchema,
      assumed: z.boolean(),
    }),
  ),
  /** Most callers recovered for the money; null where nothing is short. */
  mix: z
    .object({
      budget: z.number(),
      budgetFrom: z.enum(['asked', 'overtime']),
      /** What the mix has most of, of all that were tried within the budget. */
      maximises: z.literal('recovered-callers'),
      cost: z.number(),
      callsShort: z.number(),
      recoveredCallers: z.number(),
      costPerRecovered: rate,
      parts: z.array(
        z.object({
          lever: z.string(),
          name: sayableSchema,
          level: z.number(),
          amount: sayableSchema,
          cost: z.number(),
        }),
      ),
      effect: effectSchema,
    })
    .nullable(),
  reasons: z.array(sayableSchema),
  assumptions: z.array(sayableSchema),
});
export type LeversDocument = z.output<typeof leversDocumentSchema>;
