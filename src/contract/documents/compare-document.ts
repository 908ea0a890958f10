import { z } from 'zod';
import { eveningSchema } from './day-document.ts';
import { band, numbers, rate, sayableSchema } from './schema-parts.ts';
import { monitoringProjectionSchema, partRateSchema } from './rank-document.ts';
import { textSchema } from '../models/model-fields.ts';

/** What a monitor found: its test calls, or a published result. */
const monitoredFiguresSchema = z.object({
  testCalls: z.number().int(),
  connected: z.number().int(),
  connectionRate: z.object({ value: rate, low: rate, high: rate }),
  meanSeconds: rate,
  band: band,
  /** Null where under half of the scorecard's weights is known. */
  score: rate,
  /** Share of the weights that is known, and the totals that the unknown rest leaves possible. */
  scoreStanding: z.object({ knownWeight: z.number(), low: z.number(), high: z.number() }).optional(),
  /** Points that the score lost by indicator, the most first: they and the score sum to 100. Absent in older answers. */
  scoreLost: z.array(z.object({ name: textSchema, lost: z.number() })).optional(),
});

/** Answer of `compare`: forecast against actual, projection against monitored, and the causes of the gap. */
export const compareDocumentSchema = z.object({
  document: z.literal('compare'),
  week: z.string().nullable(),
  period: z.string().nullable(),
  plan: z.string().nullable(),
  /** Figures that calls can hardly have and that the comparison rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  forecast: z
    .object({
      wape: rate,
      bias: rate,
      coverage80: rate,
      coverage95: rate,
      days: z.array(
        z.object({ date: z.string(), forecast: z.number(), q10: z.number(), q90: z.number(), actual: rate }),
      ),
      queues: z.array(z.object({ queue: z.string(), wape: rate, bias: rate, coverage80: rate })),
      /** Errors of day totals on the days that planners changed, with the change and without; null where none was. */
      overruled: z.object({ days: z.number().int(), wape: rate, originalWape: rate }).nullable().optional(),
      intervals: z.object({
        starts: z.array(z.string()),
        forecast: numbers,
        q10: numbers,
        q90: numbers,
        actual: z.array(rate),
      }),
    })
    .nullable(),
  /** Days on which somebody acted: the gap of each by cause, and what came of the actions. Absent where there is none. */
  days: z.array(eveningSchema.extend({ date: z.string() })).optional(),
  /** `presentInCalls`: where nobody was recorded, present are those whom call records show with a call. */
  operators: z
    .object({ plannedHours: z.number(), presentHours: rate, presentInCalls: z.boolean().optional() })
    .nullable(),
  /** Within so many seconds a call counts as answered in time. */
  answerTimeThresholdSeconds: z.number(),
  traffic: z
    .object({
      projectedConnectionRate: rate,
      actualConnectionRate: rate,
      projectedServiceLevel: rate,
      actualServiceLevel: rate,
    })
    .nullable(),
  /**
   * The projection run on what really happened (volume, handle time, operators): its error is the model's own.
   * Null where answered calls or operators present were not recorded.
   */
  calibration: z
    .object({
      intervals: z.number().int(),
      projectedConnectionRate: rate,
      actualConnectionRate: rate,
      projectedAbandonShare: rate,
      actualAbandonShare: rate,
      projectedServiceLevel: rate,
      actualServiceLevel: rate,
      /** How far luck alone moves the actual connection rate, in 95 of 100 weeks with these counts; 0–1. */
      luck: rate.optional(),
      /** Mean absolute error of the connection rate over intervals, weighted by offered calls. */
      meanAbsoluteError: rate,
    })
    .nullable(),
  /** Of the week. */
  monitored: monitoredFiguresSchema.nullable(),
  /** Of a period: its test calls beside the switchboard's rates, over all days of it with traffic on record. */
  span: z
    .object({
      from: z.string(),
      to: z.string(),
      /** Days with traffic on record, and days of the period without. */
      days: z.number().int(),
      daysWithoutTraffic: z.number().int(),
      monitored: monitoredFiguresSchema,
      /** Test calls of the period on days without traffic on record. */
      testCallsLeftOut: z.number().int(),
      offered: z.number(),
      connectionRate: rate,
      serviceLevel: rate,
      /** What the plans of the span's weeks promised and what came, both over the intervals of these weeks on record. */
      planned: z
        .object({
          /** Weeks that have a plan, of those with traffic. */
          weeks: z.number().int(),
          weeksWithTraffic: z.number().int(),
          projectedConnectionRate: rate,
          actualConnectionRate: rate,
          projectedServiceLevel: rate,
          actualServiceLevel: rate,
        })
        .nullish(),
    })
    .nullish(),
  projection: monitoringProjectionSchema.nullable(),
  /** What the week has taught: estimates before it and after it, which the next plan reads from the same records. */
  learnt: z
    .array(
      z.object({
        what: z.enum([
          'forecast-bias',
          'patience',
          'handle-time',
          'take-up',
          'occupancy-effect',
          'scorecard',
        ]),
        name: sayableSchema,
        unit: z.enum(['share', 'seconds', 'points']),
        before: rate,
        after: rate,
        /** Interval of the estimate after, where there is one. */
        low: rate,
        high: rate,
        /** Weeks, calls, intervals, test calls or results behind the estimate after. */
        evidence: z.number().int(),
        used: sayableSchema,
      }),
    )
    .optional(),
  /** The switch's connection rate by day and night, working day and day off, beside the projected one, and test calls. */
  byTime: z
    .array(
      partRateSchema.extend({
        projected: rate,
        testCalls: z.number().int(),
        testConnected: z.number().int(),
      }),
    )
    .optional(),
  /** Parts of (actual − projected) connection rate; they sum to the gap. */
  causes: z.array(
    z.object({
      cause: z.enum(['volume', 'handle-time', 'operators', 'prompts', 'model']),
      name: sayableSchema,
      effect: z.number(),
    }),
  ),
  gap: rate,
  /**
   * The same split where nobody calls again: of queues whose redials no record counts, a share of lost calls is assumed
   * to. Left out where nothing is assumed, or it moves calls and their distance from the forecast by less than 1 %.
   */
  withoutAssumedRedials: z
    .object({
      /** Share of lost calls that is assumed to call again. */
      share: z.number(),
      /** What the assumption takes off the calls that came: a share of them. */
      callsOff: z.number(),
      bias: rate,
      projectedConnectionRate: rate,
      causes: z.array(
        z.object({
          cause: z.enum(['volume', 'handle-time', 'operators', 'prompts', 'model']),
          effect: z.number(),
        }),
      ),
      gap: rate,
    })
    .optional(),
  /** What each prompt that played was believed to do, and what the counts say that it did. */
  prompts: z.array(
    z.object({
      prompt: z.string(),
      name: textSchema,
      from: z.enum(['channel', 'calls']),
      /** Intervals with the prompt that something could be compared with, and the callers who heard it. */
      intervals: z.number().int(),
      heard: z.number(),
      predictedShare: z.number(),
      /** Share of hearers that moved, and its 80 % interval: may be negative by chance. */
      seenShare: z.number(),
      low: z.number(),
      high: z.number(),
      predictedCallers: z.number(),
      seenCallers: z.number(),
    }),
  ),
  withinSamplingNoise: z.boolean().nullable(),
  /** Chance of a monitored result at least as unlikely, over every future of the plan, if the plan is right. */
  pValue: rate.optional(),
  /** The cause of greatest effect in the direction of the monitored gap. */
  likeliestCause: z.string().nullable().optional(),
  verdict: sayableSchema,
  notices: z.array(sayableSchema),
});
export type CompareDocument = z.output<typeof compareDocumentSchema>;
