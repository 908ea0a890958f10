import { z } from 'zod';
import { textSchema } from '../models/model-fields.ts';
import { planPricesSchema } from './plan-document.ts';
import { bandChancesSchema } from './rank-document.ts';
import { band, rate, sayableSchema } from './schema-parts.ts';

/** Answer of `require`: what one operator more or less does to an interval of a plan, and what rates cost. */
export const requirementDocumentSchema = z.object({
  document: z.literal('requirement'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  /** Local start of the interval that is looked at. */
  at: z.string(),
  /** Within so many seconds a call counts as answered in time. */
  answerTimeThresholdSeconds: z.number(),
  /** Why this one: asked for, or the open interval with the lowest projected connection rate. */
  atFrom: z.enum(['asked', 'weakest']),
  tiers: z.array(
    z.object({
      tier: z.string(),
      name: textSchema,
      /** One entry per change, from two fewer to two more, as far as there is somebody to take away. */
      effects: z.array(
        z.object({
          change: z.number().int(),
          operators: z.number(),
          connectionRate: rate,
          /** Answered within the threshold, of offered. */
          serviceLevel: rate,
          averageSpeedOfAnswerSeconds: rate,
          occupancy: rate,
          abandoned: z.number(),
          blocked: z.number(),
          /** Calls answered from this interval to the end beyond those of the plan: overload and redials reach on. */
          answeredMore: z.number(),
        }),
      ),
    }),
  ),
  /** Operator-hours ready for calls that each rate needs as the only target of every interval; null: not asked. */
  curve: z
    .object({
      measure: z.enum(['connection-rate', 'service-level']),
      points: z.array(z.object({ rate: z.number(), operatorHours: z.number(), reached: z.boolean() })),
      /** What the plan's own targets need. */
      requiredOperatorHours: z.number(),
    })
    .nullable(),
  /** What the plan's assumptions cost, where that is asked. */
  prices: planPricesSchema.optional(),
  notices: z.array(sayableSchema),
});
export type RequirementDocument = z.output<typeof requirementDocumentSchema>;

const heldRate = z.object({
  target: z.number(),
  simulated: z.number(),
  /** Of the 95 % interval. */
  halfWidth: z.number(),
  /** Whether the whole 95 % interval is on the target's good side or bad side; null: across it. */
  holds: z.boolean().nullable(),
});

/** Answer of `require --model`: the least operators of a bare queueing model for targets, settled by simulation. */
export const mixDocumentSchema = z.object({
  document: z.literal('require-model'),
  targets: z.object({
    connectionRate: z.number(),
    serviceLevel: z.number().nullable(),
    thresholdSeconds: z.number(),
  }),
  /** Operators by pool; one figure per interval. */
  pools: z.array(
    z.object({
      pool: z.number().int(),
      costPerHour: z.number(),
      staff: z.array(z.number().int()),
      operatorHours: z.number(),
    }),
  ),
  operatorHours: z.number(),
  cost: z.number(),
  /** Operator-hours found by formula: for these pools, if everybody answered everything, if each class stood alone. */
  byFormula: z.object({ mix: z.number(), pooled: z.number(), dedicated: z.number() }),
  /** Simulated under another seed than those by which the mix was found. */
  classes: z.array(
    z.object({
      class: z.number().int(),
      /** Null where the class has no calls. */
      connectionRate: heldRate.nullable(),
      /** Null where it is not asked for, too. */
      serviceLevel: heldRate.nullable(),
    }),
  ),
  /** One operator fewer of a pool in the busiest interval (of a stationary model: in all), and what suffers most. */
  oneFewer: z.array(
    z.object({
      pool: z.number().int(),
      interval: z.number().int(),
      class: z.number().int(),
      measure: z.enum(['connectionRate', 'serviceLevel']),
      ...heldRate.shape,
    }),
  ),
  replications: z.number().int(),
  notices: z.array(sayableSchema),
});
export type MixDocument = z.output<typeof mixDocumentSchema>;

/** Answer of `bands`: what the hot band takes, and what a sample of test calls says. Fractions. */
export const bandsDocumentSchema = z.object({
  document: z.literal('bands'),
  /** The monitor whose rules apply. */
  monitor: z.object({
    monitor: z.string(),
    name: textSchema,
    attempts: z.number().int(),
    longestWaitSeconds: z.number(),
    hotFrom: z.number(),
    warmFrom: z.number(),
  }),
  /** The stored plan whose week the operator-hours are for; null where none was asked for. */
  plan: z.object({ id: z.string(), week: z.string() }).nullable(),
  /** What hot takes, by the number of test calls: it moves in jumps. */
  needs: z.array(
    z.object({
      testCalls: z.number().int(),
      /** Least test calls that must connect, and most that may fail. */
      needed: z.number().int(),
      failuresAllowed: z.number().int(),
      chances: z.array(
        z.object({
          /** Chance of hot in the next monitoring. */
          chance: z.number(),
          /** True rate of a test call that it takes, and of one attempt where a test has several. */
          testRate: z.number(),
          attemptRate: z.number(),
          /** Operator-hours of the plan's week before shifts; null without a plan, or where no number suffices. */
          operatorHours: rate,
        }),
      ),
    }),
  ),
  /** What k of n test calls say; null where no sample was given. */
  sample: z
    .object({
      connected: z.number().int(),
      testCalls: z.number().int(),
      rate: z.number(),
      low: z.number(),
      high: z.number(),
      band,
      /** Chance of each band in the next monitoring of as many calls, if the rate seen were the true one. */
      nextBandChances: bandChancesSchema,
      /** The same, and the true rate's band, given how the rates of many hotlines are spread. */
      pooled: z.object({
        /** Hotlines whose results tell the spread; 0: the 344 of the published 2019 monitoring. */
        hotlines: z.number().int(),
        rate: z.number(),
        low: z.number(),
        high: z.number(),
        nextBandChances: bandChancesSchema,
        trueBandChances: bandChancesSchema,
      }),
    })
    .nullable(),
  notices: z.array(sayableSchema),
});
export type BandsDocument = z.output<typeof bandsDocumentSchema>;

/** Answer of `erlang` for one interval: the reference's measure names. */
export const erlangDocumentSchema = z.object({
  document: z.literal('erlang'),
  stable: z.boolean(),
  p_block: rate,
  p_imm: rate,
  p_wait: rate,
  p_abandon: rate,
  p_connect: rate,
  mean_queue_len: rate,
  mean_wait_admitted_s: rate,
  asa_answered_s: rate,
  occupancy: rate,
  p_virtual_wait_gt_t: rate,
  p_wait_gt_t: rate,
  p_answered_le_t: rate,
  p_abandon_le_t: rate,
  sl_offered: rate,
  sl_excl_short_ab: rate,
  sl_admitted: rate,
  sl_admitted_excl_short_ab: rate,
});
export type ErlangDocument = z.output<typeof erlangDocumentSchema>;
