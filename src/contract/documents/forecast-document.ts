import { z } from 'zod';
import { numbers, rate } from './figures.ts';
import { hoursInUseSchema } from '../models/opening-hours-schema.ts';
import { outsideForecastSchema } from './outside-forecast-schema.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Factors that multiply to the mean of a day, a planner's change (overrule) included. */
export const dayPartsSchema = z.object({
  date: z.string(),
  level: z.number(),
  weekday: z.number(),
  holiday: z.number(),
  event: z.number(),
  trend: z.number(),
  /** Stored causes that move the calls; left out where none is. */
  cause: z.number().optional(),
  overrule: z.number(),
});

export const candidateSchema = z.object({
  method: z.string(),
  /** Weighted absolute percentage error of rolling origins, as a fraction. */
  wape: rate,
  weight: z.number(),
});

/** Answer of `forecast`. */
export const forecastDocumentSchema = z.object({
  document: z.literal('forecast'),
  intervalMinutes: z.number(),
  /** Of a workspace's line; a bare file states none and is forecast in the hours that it shows. */
  openingHours: hoursInUseSchema.optional(),
  queues: z.array(
    z.object({
      queue: z.string(),
      origin: z.string(),
      method: z.string(),
      candidates: z.array(z.object({ method: z.string(), wape: rate, weight: z.number() })),
      reasons: z.array(sayableSchema),
      /** Forecasts from outside; left out where there are none. */
      outside: z.array(outsideForecastSchema).optional(),
      starts: z.array(z.string()),
      mean: numbers,
      q025: numbers,
      q10: numbers,
      q50: numbers,
      q90: numbers,
      q975: numbers,
      days: z.array(
        z.object({
          date: z.string(),
          mean: z.number(),
          q025: z.number(),
          q10: z.number(),
          q50: z.number(),
          q90: z.number(),
          q975: z.number(),
        }),
      ),
      /** Factors that multiply to the mean of each day, a planner's change (overrule) included. */
      parts: z.array(dayPartsSchema).optional(),
      /** Share of its day that falls on each interval of `starts`. */
      shape: numbers.optional(),
      /** What was found odd in the history and weakened or left out. */
      cleaned: z
        .object({
          outages: z.array(z.object({ date: z.string(), slots: z.number().int() })),
          outliers: z.array(z.object({ date: z.string(), calls: z.number(), expected: z.number() })),
          levelShifts: z.array(z.object({ date: z.string(), factor: z.number() })),
        })
        .optional(),
    }),
  ),
  notices: z.array(sayableSchema),
});
export type ForecastDocument = z.output<typeof forecastDocumentSchema>;
