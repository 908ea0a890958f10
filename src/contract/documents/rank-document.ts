import { z } from 'zod';
import { textSchema } from '../models/model-fields.ts';
import { band, rangeSchema, rate, sayableSchema } from './schema-parts.ts';

export const bandChancesSchema = z.object({
  hot: z.number(),
  warm: z.number(),
  cold: z.number(),
  dead: z.number(),
});

/** Rates by day (8:00 to 20:00) and night, and by working day and day off. */
export const partRateSchema = z.object({
  part: z.enum(['day', 'night', 'working-day', 'day-off']),
  calls: z.number(),
  connected: z.number(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
});

/** Answer of `rank`: league table and bands of many hotlines. */
export const rankDocumentSchema = z.object({
  document: z.literal('rank'),
  /** Test calls of a monitor, or the lines' own traffic: then `testCalls` are calls offered and `connected` those answered within the threshold. */
  basis: z.enum(['test-calls', 'traffic']).optional(),
  /** The monitor's rules: test calls, attempts of each, and the lower edges of hot and warm. */
  monitor: z
    .object({
      testCalls: z.number().int(),
      attempts: z.number().int(),
      bands: z.object({ hotFrom: z.number(), warmFrom: z.number() }),
    })
    .optional(),
  period: z.string(),
  previousPeriod: z.string().nullable(),
  madeUp: z.boolean(),
  hotlines: z.array(
    z.object({
      hotline: z.string(),
      name: z.string(),
      province: z.string().nullable(),
      region: z.string().nullable(),
      cityTier: z.string().nullable(),
      /** Null where the list of hotlines does not say. */
      roundTheClock: z.boolean().nullable(),
      smartVoice: z.boolean().nullable(),
      enterpriseLine: z.boolean().nullable(),
      testCalls: z.number().int(),
      connected: z.number().int(),
      connectionRate: z.number(),
      low: z.number(),
      high: z.number(),
      pooledRate: z.number(),
      band: band,
      previousBand: band.nullable(),
      /** True when the move on the year is more than sampling noise explains (two-sided 95 %). */
      moveBeyondChance: z.boolean().nullable(),
      bandChances: bandChancesSchema,
      meanSeconds: rate,
      meetsSecondsStandard: z.boolean().nullable(),
      score: rate,
      rank: z.number().int(),
      rankLow: z.number().int(),
      rankHigh: z.number().int(),
      /**
       * Who is at risk: the chance that the next monitoring (of traffic: the next week) says a colder band, earlier
       * periods weighed in, and the chance that the true rate lies in a colder band already.
       */
      risk: z
        .object({
          nextBandChances: bandChancesSchema,
          fallChance: z.number(),
          trueFallChance: z.number(),
        })
        .optional(),
      /** Where the times of calls are known. */
      byTime: z.array(partRateSchema).optional(),
    }),
  ),
  /** Weight of a result a year old beside one of now, as earlier periods predicted this one best. */
  weightPerYear: z.number().optional(),
  bands: z.array(
    z.object({
      band: band,
      hotlines: z.number().int(),
      share: z.number(),
      previous: z.number().int().nullable(),
      change: z.number().int().nullable(),
    }),
  ),
  secondsStandard: z.object({
    /** Mean seconds on test calls up to which a hotline meets the standard, as models/monitors has it. */
    standardSeconds: z.number(),
    hotlines: z.number().int(),
    share: z.number(),
    meanSecondsOfThose: rate,
  }),
  regions: z.array(
    z.object({
      region: z.string(),
      hotlines: z.number().int(),
      connectionRate: rate,
      meanSeconds: rate,
      hot: z.number().int(),
      dead: z.number().int(),
    }),
  ),
  notices: z.array(sayableSchema),
});
export type RankDocument = z.output<typeof rankDocumentSchema>;

export const monitoringProjectionSchema = z.object({
  monitor: z.string(),
  testCalls: z.number().int(),
  connectionRate: rangeSchema,
  secondsToOperator: rangeSchema,
  meetsSecondsStandard: z.boolean().nullable(),
  likeliestBand: band,
  /** Chance of each band in the next monitoring of `testCalls` calls. */
  bandChances: bandChancesSchema,
  /** Fewest connected of `testCalls` that are hot. Absent in plans made before it was reported. */
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
        /** Points per unit of occupancy, as measured, with its standard error; null where it cannot be determined. */
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

/** Answer of `rank --hotline`: one hotline through the periods, oldest first. */
export const hotlineDocumentSchema = z.object({
  document: z.literal('rank-hotline'),
  hotline: z.string(),
  name: z.string(),
  madeUp: z.boolean(),
  /** Lower edges of hot and warm. */
  bands: z.object({ hotFrom: z.number(), warmFrom: z.number() }),
  /** Mean seconds on test calls up to which a hotline meets the standard. */
  standardSeconds: z.number(),
  periods: z.array(
    z.object({
      ...rankDocumentSchema.shape.hotlines.element.shape,
      period: z.string(),
      /** Hotlines ranked in that period. */
      among: z.number().int(),
    }),
  ),
});
export type HotlineDocument = z.output<typeof hotlineDocumentSchema>;
