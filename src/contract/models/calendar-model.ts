import { z } from 'zod';
import { withSchemaId } from '../http/model-name.ts';
import { key, nameKey, textSchema } from './model-fields.ts';

/** Twenty years of days. */
const mostDays = 7305;

/**
 * models/calendar.json, which need not be there: days that the line's calendar gets wrong or does not know yet
 * (next year's make-up workdays). It outranks every other source.
 */
export const calendarSchema = z.strictObject({
  days: z
    .array(
      z.strictObject({
        date: z.iso.date(),
        kind: z.enum(['holiday', 'partial-holiday', 'make-up-workday', 'ordinary']),
        name: z.string().min(1).optional(),
        /** Of a partial holiday: offices work about half of the day. */
        half: z.boolean().optional(),
        /** Key shared by the same holiday of every year, such as spring-festival. */
        holiday: key.optional(),
      }),
    )
    .max(mostDays),
});

const eventParts = {
  date: z.iso.date(),
  end: z.iso.date().exactOptional(),
  kind: nameKey,
  label: z.string().trim().min(1).max(200),
  expectedEffect: z
    .number()
    .min(-1)
    .max(10)
    .exactOptional()
    .describe('Factor on the calls minus 1: 0.2 is 20 % more; absent: learnt from events of its kind'),
  /** Ten years: nothing that happened once moves calls for longer. */
  decayDays: z
    .number()
    .min(0)
    .max(3650)
    .exactOptional()
    .describe('Days in which the effect halves afterwards'),
  queue: nameKey.exactOptional().describe('The queue that it moves; absent: all'),
};

/** An event as it is stored: its names came with a file, as long as they are there. */
const storedParts = {
  ...eventParts,
  kind: z.string(),
  label: z.string(),
  queue: z.string().exactOptional().describe('The queue that it moves; absent: all'),
};

/** A planner's event as it is stored: moves demand from `date` to `end`, then fades. */
export const plannedEventSchema = withSchemaId('PlannedEvent', z.strictObject(storedParts));
export type PlannedEvent = z.output<typeof plannedEventSchema>;

const endsAfterItStarts = ({ date, end }: PlannedEvent): boolean => end === undefined || end >= date;

/** The same as it is given: what goes in has no name in the description of what comes out. */
const givenEventSchema = z.strictObject(eventParts);

/** One event changed: added where nothing was before, removed where nothing is after. */
export const eventChangeSchema = z.strictObject({
  before: z.strictObject(storedParts).nullable().describe('The event as it was read; null: a new one'),
  after: givenEventSchema
    .refine(endsAfterItStarts, {
      path: ['end'],
      params: { rule: 'event-ends-before-it-starts', value: '' },
    })
    .nullable()
    .describe('What stands in its place; null: nothing'),
});

/** What kind of day each date is, and the events. */
export const calendarDocumentSchema = withSchemaId(
  'Calendar',
  z.object({
    days: z.array(
      z.object({
        date: z.string(),
        kind: z.enum(['ordinary', 'holiday', 'partial-holiday', 'make-up-workday', 'day-before-holiday']),
        name: textSchema.nullable(),
        working: z.boolean(),
        half: z.boolean().describe('Offices work about half of the day'),
        presumed: z.boolean().describe("Set by law, while that year's notice is not known yet"),
        own: z.boolean().describe("Stated in this hotline's own calendar"),
      }),
    ),
    coveredUntil: z.string().nullable().describe('Last date whose holidays are known; null: no such limit'),
    events: z.array(plannedEventSchema),
  }),
);
export type CalendarDocument = z.output<typeof calendarDocumentSchema>;
