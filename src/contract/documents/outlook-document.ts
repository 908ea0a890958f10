import { z } from 'zod';
import { sayableSchema } from './sayable-schema.ts';

const calls = z.object({
  mean: z.number(),
  q025: z.number(),
  q10: z.number(),
  q50: z.number(),
  q90: z.number(),
  q975: z.number(),
});

/** Growth a year as a fraction: its middle and the ends of its 80 % range. */
const growth = z.object({ middle: z.number(), low: z.number(), high: z.number() });

const queueOutlookSchema = z.object({
  queue: z.string(),
  /** First day that was not used. */
  origin: z.string(),
  /** Periods of the history with calls. */
  knownPeriods: z.number().int(),
  /** At the end of the history; null where it was stated. */
  growth: growth.nullable(),
  periods: z.array(z.object({ start: z.string(), days: z.number().int(), ...calls.shape })),
  /** All periods ahead together. */
  total: calls,
  /** How forecasts of the last year would have done, from up to four origins; null where history is too short. */
  score: z
    .object({
      origins: z.number().int(),
      periods: z.number().int(),
      /** Weighted absolute percentage error, as a fraction. */
      wape: z.number(),
      /** The same of taking the period a year before. */
      yearBeforeWape: z.number(),
      bias: z.number(),
      /** Share of the periods inside their 80 % range. */
      coverage80: z.number(),
    })
    .nullable(),
});
export type QueueOutlook = z.output<typeof queueOutlookSchema>;

/** Answer of `outlook`. */
export const outlookDocumentSchema = z.object({
  document: z.literal('outlook'),
  by: z.enum(['week', 'month']),
  /** Growth a year that was stated; null: the one found. */
  statedGrowth: z.number().nullable(),
  queues: z.array(queueOutlookSchema),
  /** All queues together, where there are several. */
  line: queueOutlookSchema.pick({ periods: true, total: true }).nullable(),
  notices: z.array(sayableSchema),
});
export type OutlookDocument = z.output<typeof outlookDocumentSchema>;
