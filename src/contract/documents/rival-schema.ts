import { z } from 'zod';
import { rate } from './figures.ts';

/** The same intervals by a plain rule or, where `method` begins with outside:, by a forecast from outside. */
export const rivalSchema = z.object({
  method: z.string(),
  wape: rate,
  /** Of a forecast from outside: its share of the forecasts, on average, and the intervals that it has figures for. */
  weight: z.number().optional(),
  scoredIntervals: z.number().int().optional(),
});
