import { z } from 'zod';
import { clockTime } from './model-fields.ts';

const openSpan = z.strictObject({ from: clockTime, to: clockTime });

const dayHours = z.union([openSpan, z.array(openSpan).min(1).max(24)]).nullable();

/**
 * Per weekday, Monday first: opening and closing time, a list of such spans where the line closes in between, or null
 * when closed all day.
 */
export const weekHoursSchema = z.array(dayHours).length(7);

/** What an answer says of the hours that the line is open. */
export const hoursInUseSchema = z.object({
  /** Stated in models/hotline.json, or learnt from the data because the model states none. */
  source: z.enum(['stated', 'learnt']),
  /** The hours that the answer rests on. */
  week: weekHoursSchema,
  /** What the data show: hours in which calls come. */
  learnt: weekHoursSchema,
  /** Hours in which calls came on make-up workdays (调休), which are worked whatever their weekday; absent where none is on record. */
  makeUpWorkdays: dayHours.optional(),
});
export type HoursInUse = z.output<typeof hoursInUseSchema>;
