import { z } from 'zod';
import { band, rate } from './figures.ts';
import { rangeSchema } from './range-schema.ts';
import { sayableSchema } from './sayable-schema.ts';
import { textSchema } from '../models/text-schema.ts';

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
  likeliestBand: band,
  /** Chance of each band in the next monitoring of `testCalls` calls. */
  bandChances: bandChancesSchema,
  /** Fewest connected of `testCalls` that are hot. Absent in plans made before it was told. */
  leastHot: z.number().int().optional(),
  scorecard: z.string(),
  score: rangeSchema,
  indicators: z.array(
    z.object({ indicator: z.string(), name: textSchema, weight: z.number(), points: rate }),
  ),
  assumptions: z.array(sayableSchema),
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
  findings: z.array(sayableSchema).optional(),
});

export type MonitoringProjection = z.output<typeof monitoringProjectionSchema>;
