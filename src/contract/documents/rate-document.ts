import { z } from 'zod';
import { rate } from './figures.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Answer of `rate`: the share of calls answered in time, forecast by day and line. Fractions. */
export const rateDocumentSchema = z.object({
  document: z.literal('rate'),
  /** First day forecast: no later day was used. */
  from: z.string(),
  days: z.number().int(),
  /** Days after which a past day weighs half, chosen on rolling origins before `from`. */
  halfLifeDays: z.number(),
  lines: z.array(
    z.object({
      line: z.string(),
      days: z.array(
        z.object({
          date: z.string(),
          mean: z.number(),
          q025: z.number(),
          q10: z.number(),
          q90: z.number(),
          q975: z.number(),
          /** Null where the day has not happened or was not recorded. */
          calls: rate,
          actual: rate,
          sameWeekdayBefore: rate,
        }),
      ),
      /** Over the days that have happened, each weighing as much as its calls. */
      forecast: rate,
      actual: rate,
    }),
  ),
  /** Over all lines and days that have happened; errors are weighed by calls. Null where none has. */
  score: z
    .object({
      days: z.number().int(),
      meanAbsoluteError: rate,
      /** Forecast minus actual: above 0 is too high. */
      bias: rate,
      sameWeekdayBeforeError: rate,
      coverage80: z.number(),
      coverage95: z.number(),
    })
    .nullable(),
  notices: z.array(sayableSchema),
});
export type RateDocument = z.output<typeof rateDocumentSchema>;
