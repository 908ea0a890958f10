import { z } from 'zod';
import { hoursInUseSchema, textSchema } from '../models/model-fields.ts';
import { whatIfSchema } from '../models/scenario-model.ts';
import { planStandingSchema } from '../plan-life.ts';
import { dayPartsSchema, outsideForecastSchema } from './forecast-document.ts';
import { hoursChainSchema } from './hours-document.ts';
import { monitoringProjectionSchema } from './rank-document.ts';
import { band, numbers, promptSpanSchema, rangeSchema, rate, rates, sayableSchema } from './schema-parts.ts';

/**
 * The answer of `plan` and `demo`, as printed with --json, stored, sent over HTTP and drawn on the page.
 * Arrays named per interval have one entry for every interval of the week, in order. A rate whose base is 0
 * is null. Percent appears nowhere here.
 */

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

const planDaySchema = z.object({
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
  band: band,
  bandChance: z.number(),
  score: rangeSchema,
  prompts: z.array(promptSpanSchema),
  shifts: z.number().int(),
  /** Operators seen at the same peak interval on the same weekdays of the last four weeks; null: not recorded. */
  operatorsSeen: z.object({ peak: z.number(), hours: z.number(), days: z.number().int() }).nullable(),
});

/** A rate by formula and by simulation, with the half width of the simulation's 95 % interval. */
const proofRateSchema = z.object({
  target: rate,
  analytic: rate,
  simulated: rate,
  halfWidth: rate,
  /** Whether the whole 95 % interval is on the target's good side or bad side; null: across it, or no target. */
  holds: z.boolean().nullable(),
});

/** The plan lived through by simulated events, in many futures of its demand. */
const planProofSchema = z.object({
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

const candidateSchema = z.object({
  method: z.string(),
  /** Weighted absolute percentage error of rolling origins, as a fraction. */
  wape: rate,
  weight: z.number(),
});

const prices = {
  /** Operator-hours that the same targets need when one thing is left out. */
  variants: z.array(
    z.object({
      variant: z.enum([
        'certain-demand',
        'certain-absences',
        'no-redials',
        'erlang-c',
        'pooled',
        'dedicated',
      ]),
      name: sayableSchema,
      operatorHours: z.number(),
    }),
  ),
  /** Operator-hours, ready for calls, that the same targets need if one ground were a tenth larger. */
  tenths: z
    .array(z.object({ ground: z.enum(['handle-time', 'patience', 'redials']), operatorHours: z.number() }))
    .optional(),
  /** Operators of all tiers, by interval, that the targets need if the mean forecast came true. Absent in older plans. */
  certain: numbers.optional(),
};

/** What a plan's assumptions cost. */
export const planPricesSchema = z.object(prices);
export type PlanPrices = z.output<typeof planPricesSchema>;

export const planDocumentSchema = z.object({
  document: z.literal('plan'),
  version: z.literal(1),
  id: z.string(),
  createdAt: z.string(),
  seed: z.number().int(),
  hotline: z.object({ name: textSchema, zone: z.string(), madeUp: z.boolean() }),
  week: z.string(),
  /** What it is by now, told wherever the plan is shown; not kept with it. */
  standing: planStandingSchema.optional(),
  firstDate: z.string(),
  intervalMinutes: z.number().int(),
  answerTimeThresholdSeconds: z.number(),
  history: z.object({
    firstDate: z.string(),
    lastDate: z.string(),
    days: z.number().int(),
    dataHash: z.string(),
  }),
  /** Absent in plans made before hours were learnt. */
  openingHours: hoursInUseSchema.optional(),
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
      reasons: z.array(sayableSchema),
      /** Forecasts from outside; left out where there are none. */
      outside: z.array(outsideForecastSchema).optional(),
      mean: numbers,
      q025: numbers,
      q10: numbers,
      q50: numbers,
      q90: numbers,
      q975: numbers,
      handleTimeSeconds: numbers,
      patienceSeconds: z.number().nullable(),
      /**
       * Factors that multiply to the mean of a day, and names of what makes its event factor (`fading`: of events that are
       * over); plans of earlier versions name none.
       */
      parts: z.array(
        dayPartsSchema.extend({
          events: z.array(z.string()).optional(),
          fading: z.array(z.string()).optional(),
        }),
      ),
      offered: numbers,
      /** First-time calls over the sample paths, and callers whom prompts divert: offered are first-time calls less these, and those who call again. Absent in older plans. */
      fresh: numbers.optional(),
      diverted: numbers.optional(),
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
      /** Operators of other tiers who step in, less those lent to other tiers. Absent in older plans: not recorded. */
      standIns: numbers.optional(),
      seen: z.array(z.number().nullable()).nullable(),
      /** Share of paid time not available for calls. Absent in older plans. */
      shrinkage: numbers.optional(),
      occupancy: rates,
      /** Share of the tier's answered calls, by queue. */
      answered: z.record(z.string(), z.number()),
    }),
  ),
  shifts: z.array(shiftSchema),
  /**
   * The week's earlier plan whose shifts these start from, and what became of them: operators' shifts kept, added and
   * removed, breaks moved, and the dates with changes. Absent where nothing moved or there was no earlier plan.
   */
  shiftsFrom: z
    .object({
      plan: z.string(),
      kept: z.number().int(),
      added: z.number().int(),
      removed: z.number().int(),
      breaks: z.number().int(),
      days: z.array(z.object({ date: z.string(), added: z.number().int(), removed: z.number().int() })),
    })
    .optional(),
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
    /** True where at some times nobody recorded who was on duty: then those count whom call records show with a call. Absent in older plans. */
    seenInCalls: z.boolean().optional(),
    /** What the shifts cost: hours paid (breaks without pay taken off), and their wages in `currency`. Absent in older plans. */
    paidHours: z.number().optional(),
    wages: z.number().optional(),
    /** ISO 4217; absent where nobody has said which. */
    currency: z.string().optional(),
    /** True where a tier has the price that its workspace came with: nobody has set it. */
    pricesAssumed: z.boolean().optional(),
    /** Operator-hours below the requirement, tier by tier and interval by interval; what stand-ins from other tiers fill; what is left open. Absent in older plans. */
    shortage: z
      .object({
        hours: z.number(),
        standInHours: z.number(),
        openHours: z.number(),
        /** Intervals short of half an operator or more, and the moment at which most are short. Absent in older plans. */
        intervals: z.number().int().optional(),
        worst: z.object({ start: z.string(), tier: z.string(), operators: z.number() }).nullable().optional(),
        /** Stretches in which people are required and nobody is on duty; `tier`: of that tier alone. Absent in older plans. */
        unstaffed: z
          .array(
            z.object({
              date: z.string(),
              from: z.string(),
              to: z.string(),
              hours: z.number(),
              tier: z.string().nullable(),
            }),
          )
          .optional(),
      })
      .optional(),
    /** Of the paid hours, those kept for leave, and those that leave on record takes. Absent in older plans. */
    leave: z.object({ keptHours: z.number(), bookedHours: z.number() }).optional(),
    /** From required to paid hours, step by step. Absent in older plans. */
    hoursChain: hoursChainSchema.optional(),
    /**
     * What of the operator-hours beyond the requirement could be released: where most are, and the operators' shifts
     * that can go with no interval falling short for it. Absent in older plans.
     */
    release: z
      .object({
        spareHours: z.number(),
        stretches: z.array(
          z.object({
            date: z.string(),
            from: z.string(),
            to: z.string(),
            most: z.number(),
            hours: z.number(),
          }),
        ),
        shifts: z.array(
          z.object({
            tier: z.string(),
            date: z.string(),
            template: z.string(),
            start: z.string(),
            operators: z.number().int(),
            paidHours: z.number(),
            wages: z.number(),
          }),
        ),
        /** The shortest shift that there is: a surplus shorter than it cannot be released. */
        shortest: z.object({ template: z.string(), name: textSchema, hours: z.number() }).nullable(),
      })
      .optional(),
  }),
  /** The same plan without prompts: what the prompts bring. */
  withoutPrompts: z.object({ connectionRate: rate, serviceLevel: rate }).nullable(),
  /** Empty in a what-if, but for one of a band: `require --prices` works them out. */
  variants: prices.variants,
  /** Absent in plans made before plans were proved. */
  proof: planProofSchema.nullish(),
  /** Calls that operators hand on from queue to queue; not counted again in the plan's calls and rates. */
  transfers: z
    .array(
      z.object({
        from: z.string(),
        fromName: textSchema,
        to: z.string(),
        toName: textSchema,
        /** Share of the calls that the first queue answers. */
        share: z.number(),
        holding: z.boolean(),
        /** Calls of the week. */
        calls: z.number(),
        /** Of calls handed on to that queue: mean wait there, and the share that hangs up. */
        averageWaitSeconds: rate,
        abandonedShare: rate,
      }),
    )
    .optional(),
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
  /** What the plan rests on beside its forecast, queue by queue and tier by tier. Absent in older plans. */
  grounds: z
    .array(
      z.object({
        ground: z.enum(['handle-time', 'patience', 'redials', 'shrinkage', 'take-up']),
        /** Queue, tier or prompt. */
        key: z.string(),
        name: textSchema,
        /** Seconds, or a share; null: without end. What the plan was made with, its factor taken in. */
        value: z.number().nullable(),
        /** Read off the records, assumed by the models for want of records, or set there by somebody. */
        source: z.enum(['measured', 'assumed', 'set']),
        /** Calls that it is measured from; of take-up intervals in which the prompt played. */
        records: z.number().nullable(),
      }),
    )
    .optional(),
  /** Factors on these that the plan was asked with; absent: none. */
  factors: z
    .object({
      handleTime: z.number(),
      patience: z.number(),
      redials: z.number(),
      shrinkage: z.number(),
    })
    .optional(),
  /** Values of causes that the plan was asked to assume, on every day (null) or on one; absent: none. */
  assumedCauses: z
    .array(z.object({ cause: z.string(), date: z.string().nullable(), value: z.number() }))
    .optional(),
  /** What the plan was asked to take otherwise than the settings have it, one entry a question; absent: nothing. */
  whatIf: z.array(whatIfSchema).optional(),
  /** What planners can change, as it was when the plan was made: settings by model, and the events about its week. Absent in older plans. */
  madeWith: z
    .object({
      settings: z.record(z.string(), z.unknown()),
      /** People on the books that shifts may use. Absent in older plans. */
      people: z
        .array(z.object({ tier: z.string(), operators: z.number(), weeklyHours: z.number() }))
        .optional(),
      events: z.array(
        z.object({
          date: z.string(),
          end: z.string().nullable(),
          label: z.string(),
          /** Null: every queue. */
          queue: z.string().nullable(),
          /** Factor on the day's calls, less 1; null: learnt. */
          effect: z.number().nullable(),
        }),
      ),
    })
    .optional(),
  tenths: prices.tenths,
  certain: prices.certain,
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
  /** Figures that calls can hardly have and that the plan rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  /** Priced rules that could not all hold, with their price. */
  relaxed: z.array(sayableSchema),
  assumptions: z.array(sayableSchema),
  notices: z.array(sayableSchema),
});
export type PlanDocument = z.output<typeof planDocumentSchema>;
export type PlanDay = z.output<typeof planDaySchema>;
