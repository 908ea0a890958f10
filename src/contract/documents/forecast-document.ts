import { z } from 'zod';
import { dayMillis } from '../../kernel/time.ts';
import { hoursInUseSchema } from '../models/model-fields.ts';
import { numbers, rate, sayableSchema } from './schema-parts.ts';

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

const calls = z.object({
  mean: z.number(),
  q025: z.number(),
  q10: z.number(),
  q50: z.number(),
  q90: z.number(),
  q975: z.number(),
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
      days: z.array(z.object({ date: z.string(), ...calls.shape })),
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

const range = z.object({ mean: z.number(), q10: z.number(), q90: z.number() });

const seasonSchema = z.object({
  from: z.string(),
  to: z.string(),
  riseDays: z.number().int(),
  /** Demands of a usual day before it rose and after. */
  before: z.number(),
  after: z.number(),
});

const topicSchema = z.object({
  /** The topic; levels are parted by '/'. */
  topic: z.string(),
  /** The topic of the level above; null for a topic of the first level. */
  parent: z.string().nullable(),
  /** Demands a day: of the last four weeks, and of the weeks ahead. */
  lately: z.number(),
  ahead: z.number(),
  weeks: z.array(
    z.object({
      ...range.shape,
      /** Demands of the same week a year before; null where they are not known. */
      yearBefore: z.number().nullable(),
    }),
  ),
  total: range,
  /** Left out where the topic has no season, or is made of several. */
  season: z
    .object({
      years: z.array(seasonSchema),
      /** This year's, where it has begun. */
      running: seasonSchema.nullable(),
      /** First day of the next: its middle and the ends of its 80 % range. */
      next: z.object({ day: z.string(), low: z.string(), high: z.string() }),
    })
    .optional(),
});
export type TopicOutlook = z.output<typeof topicSchema>;

/** First day of the season that is on at the origin, or else of the next as it is expected; null where there is none. */
export const seasonDay = ({ season }: Pick<TopicOutlook, 'season'>, origin: string): string | null => {
  if (season === undefined) return null;
  const { running, next } = season;
  // a season that reaches the last days known goes on
  const isOn = running !== null && Date.parse(origin) - Date.parse(running.to) <= 4 * dayMillis;
  return isOn ? running.from : next.day;
};

/** Answer of `topics`. */
export const topicsDocumentSchema = z.object({
  document: z.literal('topics'),
  /** First day that was not used. */
  origin: z.string(),
  /** The week asked for, which is the first of `weeks`; left out where none was. */
  week: z.string().optional(),
  /** The weeks ahead, from Monday; of the first only days from the origin on. */
  weeks: z.array(z.object({ start: z.string(), days: z.number().int() })),
  /** Those that rise most first, each before its sub-topics. */
  topics: z.array(topicSchema),
  /** All topics together: the sum of the above. */
  total: topicSchema.pick({ weeks: true, total: true, lately: true, ahead: true }),
  /** Topics' demands over the line's first-time calls, over so many days; null where these are not known. */
  basis: z.object({ share: z.number(), days: z.number().int() }).nullable(),
  /** The line's own forecast of first-time calls, week by week; null where it has no calls of these days. */
  line: z.array(z.number()).nullable(),
  /** Seasons to come or begun, and rises beyond chance: those that come first stand first. */
  early: z.array(sayableSchema),
  notices: z.array(sayableSchema),
});
export type TopicsDocument = z.output<typeof topicsDocumentSchema>;
