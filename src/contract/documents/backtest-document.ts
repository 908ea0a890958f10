import { z } from 'zod';
import { rate } from './figures.ts';
import { hoursInUseSchema } from '../models/opening-hours-schema.ts';
import { rivalSchema } from './rival-schema.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Answer of `backtest`: accuracy over rolling origins. Fractions, not percent. */
export const backtestDocumentSchema = z.object({
  document: z.literal('backtest'),
  /** Of a workspace's line, as the last origin saw them; a bare file states none. */
  openingHours: hoursInUseSchema.optional(),
  queues: z.array(
    z.object({
      queue: z.string(),
      method: z.string(),
      origins: z.array(z.string()),
      horizonDays: z.number().int(),
      wape: rate,
      bias: rate,
      /** Calls of a day forecast less those that came, on average. */
      biasPerDay: z.number().nullable(),
      dayMape: rate,
      coverage80: rate,
      coverage95: rate,
      scoredIntervals: z.number().int(),
      rivals: z.array(rivalSchema),
    }),
  ),
  notices: z.array(sayableSchema),
});
export type BacktestDocument = z.output<typeof backtestDocumentSchema>;
