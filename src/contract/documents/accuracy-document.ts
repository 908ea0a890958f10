import { z } from 'zod';
import { accuracyRequestSchema } from '../http/job-requests.ts';
import { hoursInUseSchema } from '../models/model-fields.ts';
import { rate, sayableSchema } from './schema-parts.ts';

/** Errors over the scored intervals; null where none could be scored. Fractions, not percent. */
const score = () => ({
  wape: rate,
  /** What of it the luck of single calls makes: the error of a forecast that is the true mean of Poisson counts. */
  chance: rate.optional(),
  bias: rate,
  /** Calls of a day forecast less those that came, on average. */
  biasPerDay: z.number().nullable(),
  coverage80: rate,
  scoredIntervals: z.number().int(),
  /** The same intervals by plain rules that anybody could follow. */
  rivals: z.array(rivalSchema),
});

/** The same intervals by a plain rule or, where `method` begins with outside:, by a forecast from outside. */
const rivalSchema = z.object({
  method: z.string(),
  wape: rate,
  /** Of a forecast from outside: its share of the forecasts, on average, and the intervals that it has figures for. */
  weight: z.number().optional(),
  scoredIntervals: z.number().int().optional(),
});

/** Answer of `accuracy`: the last weeks forecast again from further and further back, and plans as they were kept. */
export const accuracyDocumentSchema = z.object({
  document: z.literal('accuracy'),
  /** What was asked for, by field of the request; empty: the usual. */
  asked: accuracyRequestSchema.omit({ seed: true }),
  /** First and last day that are scored. */
  from: z.string(),
  to: z.string(),
  weeks: z.number().int(),
  /** The same weeks, forecast so many weeks ahead with what was known then. */
  leads: z.array(
    z.object({
      weeksAhead: z.number().int(),
      /** All queues, each interval of each queue by itself. */
      all: z.object(score()),
      queues: z.array(z.object({ queue: z.string(), ...score() })),
    }),
  ),
  /** Hours of the week with the largest errors a week ahead, all queues together, the largest first. */
  worstHours: z.array(
    z.object({
      /** Monday 1. */
      weekday: z.number().int(),
      hour: z.number().int(),
      /** Weeks of which the hour is scored; calls of one of them on average, forecast and as they came. */
      weeks: z.number().int(),
      forecast: z.number(),
      came: z.number(),
      /** By how many calls the hour was off on average, whichever way, and what of that the luck of single calls makes. */
      off: z.number(),
      chance: z.number(),
      /** Calls forecast less those that came, on average. */
      bias: z.number(),
    }),
  ),
  /** Stored plans of weeks that are over, the latest first: their forecast as it was kept, planners' changes in it. */
  plans: z.array(
    z.object({
      plan: z.string(),
      week: z.string(),
      createdAt: z.string(),
      wape: rate,
      bias: rate,
      coverage80: rate,
      /** Errors of day totals on the days that planners changed, with the change and without; null where none was. */
      overruled: z.object({ days: z.number().int(), wape: rate, originalWape: rate }).nullable(),
    }),
  ),
  /**
   * Forecasts that were kept with the plans of their weeks, held against what came. Weekdays, intervals and months are
   * told of the first seven days ahead. Null: none was kept, or none of its days is known yet.
   */
  frozen: z
    .object({
      forecasts: z.number().int(),
      from: z.string(),
      to: z.string(),
      /** Whether they get better or worse, and where. */
      trend: sayableSchema,
      /** The line (queue null), then each queue. */
      parts: z.array(
        z.object({
          queue: z.string().nullable(),
          ...score(),
          leads: z.array(z.object({ fromDay: z.number().int(), toDay: z.number().int(), ...score() })),
          /** Monday 1. */
          weekdays: z.array(z.object({ weekday: z.number().int(), ...score() })),
          intervals: z.array(z.object({ start: z.string(), ...score() })),
          months: z.array(z.object({ month: z.string(), ...score() })),
        }),
      ),
    })
    .nullable(),
  /** Changes by hand in those plans, by who made them: errors of day totals with and without; the most gained first. */
  overruledBy: z.array(
    z.object({ author: z.string(), days: z.number().int(), wape: rate, originalWape: rate }),
  ),
  notices: z.array(sayableSchema),
});
export type AccuracyDocument = z.output<typeof accuracyDocumentSchema>;

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
