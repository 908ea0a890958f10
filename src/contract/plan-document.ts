import { z } from 'zod';
import { textSchema } from './model-files.ts';

/**
 * The answer of `plan` and `demo`, as printed with --json, stored, sent over HTTP and drawn on the page.
 * Arrays named per interval have one entry for every interval of the week, in order. A rate whose base is 0
 * is null. Percent appears nowhere here.
 */

const rate = z.number().nullable();
const numbers = z.array(z.number());
const rates = z.array(rate);

/** Factors that multiply to the mean of a day, a planner's change (overrule) included. */
export const dayPartsSchema = z.object({
  date: z.string(),
  level: z.number(),
  weekday: z.number(),
  holiday: z.number(),
  event: z.number(),
  trend: z.number(),
  overrule: z.number(),
});

/** A figure with the range that holds it in 80 of 100 futures. */
export const rangeSchema = z.object({ mean: rate, q10: rate, q90: rate });

export const candidateSchema = z.object({
  method: z.string(),
  /** Weighted absolute percentage error of rolling origins, as a fraction. */
  wape: rate,
  weight: z.number(),
});

export const promptSpanSchema = z.object({
  prompt: z.string(),
  name: textSchema,
  kind: z.enum(['online-channel', 'off-peak', 'callback']),
  queue: z.string(),
  date: z.string(),
  /** Local clock times; `to` may be 24:00. */
  from: z.string(),
  to: z.string(),
  announcement: textSchema,
  callersDiverted: z.number(),
});

export const shiftSchema = z.object({
  tier: z.string(),
  date: z.string(),
  template: z.string(),
  name: textSchema,
  start: z.string(),
  end: z.string(),
  operators: z.number().int(),
  breaks: z.array(z.object({ start: z.string(), minutes: z.number(), operators: z.number().int() })),
  cost: z.number(),
});

const levelsSchema = z.object({
  ofOffered: rate,
  ofOfferedWithoutShortAbandons: rate,
  ofAnswered: rate,
  withAbandonsWithinThreshold: rate,
});

export const bandChancesSchema = z.object({
  hot: z.number(),
  warm: z.number(),
  cold: z.number(),
  dead: z.number(),
});

export const monitoringProjectionSchema = z.object({
  monitor: z.string(),
  testCalls: z.number().int(),
  connectionRate: rangeSchema,
  secondsToOperator: rangeSchema,
  meetsSecondsStandard: z.boolean().nullable(),
  likeliestBand: z.enum(['hot', 'warm', 'cold', 'dead']),
  /** Chance of each band in the next monitoring of `testCalls` calls. */
  bandChances: bandChancesSchema,
  scorecard: z.string(),
  score: rangeSchema,
  indicators: z.array(
    z.object({ indicator: z.string(), name: textSchema, weight: z.number(), points: rate }),
  ),
  assumptions: z.array(textSchema),
  /** How points of the line's own test calls moved with occupancy, and by how much that moves this projection. */
  occupancyEffects: z
    .array(
      z.object({
        source: z.enum(['quality-score', 'first-contact-resolution']),
        /** Test calls with such points and a known occupancy. */
        rows: z.number().int(),
        meanOccupancy: z.number(),
        /** Occupancy at the monitor's test times, as projected. */
        projectedOccupancy: rate,
        /** Points per unit of occupancy, as measured, with its standard error; null where it cannot be told. */
        slope: rate,
        standardError: rate,
        pValue: z.number(),
        found: z.boolean(),
        /** Slope that is used (shrunk, 0 where no effect is found), and the points that it moves this projection. */
        usedSlope: z.number(),
        shiftPoints: z.number(),
      }),
    )
    .optional(),
  /** Which tier's quality holds the score back, and what training or an exchange between tiers would bring. */
  grading: z
    .object({
      tiers: z.array(
        z.object({
          tier: z.string(),
          /** Share of the calls at the monitor's test times that the tier answers. */
          answeredShare: z.number(),
          qualityScore: rate,
          firstContactResolution: rate,
          /** Points of score lost against the best figures of any tier. */
          heldBack: rate,
          /** Operators below their tier's median, and the points of score when they are brought up to it. */
          training: z.object({ operators: z.number().int(), scoreGain: z.number() }).nullable(),
        }),
      ),
      /** The exchange that brings most: the strongest of one tier for the weakest of another. */
      regrading: z
        .object({
          into: z.string(),
          outOf: z.string(),
          operators: z.number().int(),
          scoreGain: z.number(),
        })
        .nullable(),
    })
    .optional(),
  /** The two above in sentences. */
  findings: z.array(textSchema).optional(),
});

export const planDaySchema = z.object({
  date: z.string(),
  /** ISO weekday, Monday 1. */
  weekday: z.number().int(),
  /** Holiday, make-up workday or event that shapes the day. */
  dayKind: textSchema.nullable(),
  /** Fresh calls of the day, all queues. */
  calls: rangeSchema,
  /** The interval that needs most operators. */
  peak: z.object({ start: z.string(), operators: z.record(z.string(), z.number()), total: z.number() }),
  requiredOperatorHours: z.number(),
  scheduledOperatorHours: z.number(),
  connectionRate: rangeSchema,
  /** Share answered within the threshold, of offered. */
  serviceLevel: rangeSchema,
  averageSpeedOfAnswerSeconds: rate,
  occupancy: rate,
  band: z.enum(['hot', 'warm', 'cold', 'dead']),
  bandChance: z.number(),
  score: rangeSchema,
  prompts: z.array(promptSpanSchema),
  shifts: z.number().int(),
  /** Operators seen at the same peak interval on the same weekdays of the last four weeks; null: not recorded. */
  operatorsSeen: z.object({ peak: z.number(), hours: z.number(), days: z.number().int() }).nullable(),
});

/** A rate by formula and by simulation, with the half width of the simulation's 95 % interval. */
export const proofRateSchema = z.object({
  target: rate,
  analytic: rate,
  simulated: rate,
  halfWidth: rate,
  /** Whether the whole 95 % interval is on the target's good side or bad side; null: across it, or no target. */
  holds: z.boolean().nullable(),
});

/** The plan lived through by simulated events, in many futures of its demand. */
export const planProofSchema = z.object({
  /** Simulated weeks. */
  replications: z.number().int(),
  connectionRate: proofRateSchema,
  serviceLevel: proofRateSchema,
  queues: z.array(
    z.object({
      queue: z.string(),
      connectionRate: proofRateSchema,
      serviceLevel: proofRateSchema,
      intervalsUnderTarget: z.number().int(),
    }),
  ),
  /** Open intervals, and those in which some queue is under its target beyond the simulation's noise. */
  intervals: z.number().int(),
  intervalsUnderTarget: z.number().int(),
  /** What simulation added to the requirement found by formula, before shifts were made. */
  toppedUp: z.object({ operatorHours: z.number(), intervals: z.number().int() }),
});

export const planDocumentSchema = z.object({
  document: z.literal('plan'),
  version: z.literal(1),
  id: z.string(),
  createdAt: z.string(),
  seed: z.number().int(),
  hotline: z.object({ name: textSchema, zone: z.string(), madeUp: z.boolean() }),
  week: z.string(),
  firstDate: z.string(),
  intervalMinutes: z.number().int(),
  answerTimeThresholdSeconds: z.number(),
  history: z.object({
    firstDate: z.string(),
    lastDate: z.string(),
    days: z.number().int(),
    dataHash: z.string(),
  }),
  targets: z.object({
    connectionRate: z.number(),
    serviceLevel: z.number().nullable(),
    rollingConnectionRate: z.number().nullable(),
    occupancyMax: z.number(),
    confidence: z.number(),
  }),
  days: z.array(planDaySchema).length(7),
  /** Local wall clock 'YYYY-MM-DDTHH:MM' of each interval. */
  starts: z.array(z.string()),
  /** Fresh calls of all queues per interval: quantiles of the joint futures, not sums of the queues' own. */
  calls: z.object({ mean: numbers, q025: numbers, q10: numbers, q90: numbers, q975: numbers }),
  queues: z.array(
    z.object({
      queue: z.string(),
      name: textSchema,
      method: z.string(),
      candidates: z.array(candidateSchema),
      reasons: z.array(textSchema),
      mean: numbers,
      q025: numbers,
      q10: numbers,
      q50: numbers,
      q90: numbers,
      q975: numbers,
      handleTimeSeconds: numbers,
      patienceSeconds: z.number().nullable(),
      /** Factors that multiply to the mean of a day. */
      parts: z.array(dayPartsSchema),
      offered: numbers,
      connectionRate: rates,
      serviceLevel: rates,
      averageSpeedOfAnswerSeconds: rates,
    }),
  ),
  tiers: z.array(
    z.object({
      tier: z.string(),
      name: textSchema,
      queues: z.array(z.string()),
      connectionTarget: z.number().nullable(),
      required: numbers,
      scheduled: numbers,
      seen: z.array(z.number().nullable()).nullable(),
      occupancy: rates,
      /** Share of the tier's answered calls, by queue. */
      answered: z.record(z.string(), z.number()),
    }),
  ),
  shifts: z.array(shiftSchema),
  scheduleCost: z.object({ cost: z.number(), bound: z.number(), gap: z.number() }),
  prompts: z.array(promptSpanSchema),
  total: z.object({
    calls: rangeSchema,
    offered: z.number(),
    connectionRate: rangeSchema,
    serviceLevels: levelsSchema,
    serviceLevel: rangeSchema,
    averageSpeedOfAnswerSeconds: rate,
    occupancy: rate,
    abandoned: z.number(),
    blocked: z.number(),
    callersDiverted: z.number(),
    requiredOperatorHours: z.number(),
    scheduledOperatorHours: z.number(),
    seenOperatorHours: z.number().nullable(),
  }),
  /** The same plan without prompts: what the prompts bring. */
  withoutPrompts: z.object({ connectionRate: rate, serviceLevel: rate }).nullable(),
  /** Operator-hours that the same targets need when one thing is left out. */
  variants: z.array(
    z.object({
      variant: z.enum(['certain-demand', 'no-redials', 'erlang-c', 'pooled', 'dedicated']),
      name: textSchema,
      operatorHours: z.number(),
    }),
  ),
  /** Absent in plans made before plans were proved. */
  proof: planProofSchema.nullish(),
  /** Work that can wait, as models/tiers.json names it, placed where operators are to spare. */
  deferrable: z
    .array(
      z.object({
        work: z.string(),
        name: textSchema,
        /** Operator-hours of the week, those that found a trough in time, and the latter by day. */
        hours: z.number(),
        placedHours: z.number(),
        dayHours: numbers,
        /** What the rest costs at the cheapest tier that may do it. */
        unplacedCost: z.number(),
        /** Operators at this work by interval. */
        tiers: z.array(z.object({ tier: z.string(), operators: numbers })),
      }),
    )
    .optional(),
  monitoring: monitoringProjectionSchema,
  overrules: z.array(
    z.object({
      queue: z.string().nullable(),
      date: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      factor: z.number().nullable(),
      calls: z.number().nullable(),
      reason: z.string(),
      author: z.string(),
    }),
  ),
  /** Priced rules that could not all hold, with their price. */
  relaxed: z.array(textSchema),
  assumptions: z.array(textSchema),
  notices: z.array(textSchema),
});
export type PlanDocument = z.output<typeof planDocumentSchema>;
export type PlanDay = z.output<typeof planDaySchema>;
export type Range = z.output<typeof rangeSchema>;
export type PromptSpan = z.output<typeof promptSpanSchema>;
export type MonitoringProjection = z.output<typeof monitoringProjectionSchema>;
