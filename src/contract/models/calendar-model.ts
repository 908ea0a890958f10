import { z } from 'zod';
import { key } from './model-fields.ts';

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
