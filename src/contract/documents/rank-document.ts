import { z } from 'zod';
import { band, rate } from './figures.ts';
import { bandChancesSchema } from './monitoring-projection.ts';
import { partRateSchema } from './part-rate-schema.ts';
import { sayableSchema } from './sayable-schema.ts';

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
  /** Weight of a result a year old beside one of now, as earlier periods foretold this one best. */
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
