import { z } from 'zod';
import { sayableSchema } from './sayable-schema.ts';

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
  const isOn = running !== null && Date.parse(origin) - Date.parse(running.to) <= 4 * 86_400_000;
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
