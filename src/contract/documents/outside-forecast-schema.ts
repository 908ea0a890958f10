import { z } from 'zod';
import { rate } from './figures.ts';

/** A forecast from outside beside a queue's own: how both did on the same past intervals, and its share. Fractions. */
export const outsideForecastSchema = z.object({
  model: z.string(),
  /** Past weeks for which it was made in time and on which both are scored. */
  weeks: z.number().int(),
  wape: rate,
  ownWape: rate,
  mixedWape: rate,
  weight: z.number(),
  /** Share of past days within its own 80 % range; null where it told none. */
  coverage80: rate,
  /** What it says of the days asked for; null where it has no figure. */
  days: z.array(
    z.object({
      date: z.string(),
      calls: z.number().nullable(),
      q10: z.number().nullable(),
      q90: z.number().nullable(),
    }),
  ),
});
