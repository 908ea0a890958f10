import { z } from 'zod';
import {
  clockTime,
  mostListed,
  mostOperators,
  nameKey,
  price,
  rank,
  seconds,
  share,
  textSchema,
} from './model-fields.ts';

/** Only its proportion to the others counts. */
const weight = z.number().min(0).max(1000);

const mostShrinkage = z.number().min(0).max(0.9);

/** One kind of paid time without calls: all day every day, or in a window of some weekdays. */
const shrinkageKindSchema = z.strictObject({
  kind: nameKey,
  name: textSchema,
  /** Share of the paid time in its window. */
  share: mostShrinkage,
  /** Not known before the day (sickness): drawn operator by operator, for a whole shift. Absent: planned. */
  onTheDay: z.boolean().optional(),
  /** Weekdays on which the window starts, Monday 1; absent: every day. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  /** Window on the local clock, both or neither; `to` before `from` runs past midnight. */
  from: clockTime.optional(),
  to: clockTime.optional(),
});

const shrinkageSchema = z.union([mostShrinkage, z.array(shrinkageKindSchema).min(1).max(mostListed)]);

/** models/tiers.json: grades of operators. */
export const tiersSchema = z.strictObject({
  tiers: z
    .array(
      z.strictObject({
        tier: nameKey,
        name: textSchema,
        queues: z
          .array(
            z.strictObject({
              queue: nameKey,
              preference: rank,
              overflowDelaySeconds: seconds.default(0),
            }),
          )
          .min(1)
          .max(mostListed),
        /** Connection rate that this tier's own calls must reach; null: the line's target. */
        connectionTarget: share.nullable(),
        /**
         * Share of the work of the queues whose first choice this tier is that it must be staffed for, rounded
         * down to whole operators, however cheap other tiers are. Absent: 0.6. 0: only where it is cheapest.
         */
        leastOwnShare: share.optional(),
        costPerHour: price,
        /**
         * Share of paid time not available for calls (training, leave, coaching; breaks are planned apart): one
         * figure, or kinds with the times at which they apply, which add up.
         */
        shrinkage: shrinkageSchema,
        /** What an operator must bring to be graded into this tier (`grade`). A figure not known does not pass. */
        requires: z
          .strictObject({
            /** Skills or certificates, as in the operators' file. */
            skills: z.array(nameKey).max(mostListed).default([]),
            /** Least quality score (0–100), first-contact resolution and months of service. */
            qualityScore: z.number().min(0).max(100).optional(),
            firstContactResolution: share.optional(),
            /** Fifty years. */
            monthsOfService: z.number().min(0).max(600).optional(),
            /** Most seconds of handle time. */
            handleTimeSeconds: seconds.optional(),
          })
          .optional(),
      }),
    )
    .min(1)
    .max(mostListed),
  /** What an hour costs is the line's own, also where it is what a new workspace comes with. */
  ownPrices: z.boolean().optional(),
  /** Work that is not calls and can wait: it is placed where operators are to spare, and said in the plan. */
  deferrable: z
    .array(
      z.strictObject({
        work: nameKey,
        name: textSchema,
        /** Operator-hours that come up each day. */
        hoursPerDay: z
          .number()
          .min(0)
          .max(24 * mostOperators),
        /** Days in which a day's hours must be done, that day included. */
        withinDays: z.number().int().min(1).max(366).default(1),
        /** Tiers that may do it; absent: all. */
        tiers: z.array(nameKey).min(1).max(mostListed).optional(),
      }),
    )
    .max(mostListed)
    .optional(),
  /** Weights of the figures by which operators are graded; they are scaled to sum to 1. */
  grading: z
    .strictObject({
      qualityScore: weight.default(0.4),
      firstContactResolution: weight.default(0.3),
      handleTimeSeconds: weight.default(0.2),
      monthsOfService: weight.default(0.1),
    })
    .optional(),
});
export type TiersModel = z.output<typeof tiersSchema>;
