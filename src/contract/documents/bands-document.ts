import { z } from 'zod';
import { band, rate } from './figures.ts';
import { bandChancesSchema } from './monitoring-projection.ts';
import { sayableSchema } from './sayable-schema.ts';
import { textSchema } from '../models/text-schema.ts';

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
