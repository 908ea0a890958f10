import { z } from 'zod';
import {
  clockTime,
  costFactor,
  key,
  minutes,
  money,
  mostListed,
  price,
  share,
  shiftHours,
  textSchema,
} from './model-fields.ts';

/** models/shifts.json: shift templates and labour rules. */
export const shiftsSchema = z.strictObject({
  templates: z
    .array(
      z.strictObject({
        template: key,
        name: textSchema,
        hours: shiftHours,
        /** Earliest and latest start; a shift may start every `startEveryMinutes`. A latest below the earliest wraps past midnight. */
        earliestStart: clockTime,
        latestStart: clockTime,
        startEveryMinutes: minutes,
        breaks: z
          .array(
            z.strictObject({
              minutes,
              /** Window for the break's start, hours after the shift's start; no shift has more. */
              earliestHours: z.number().min(0).max(16),
              latestHours: z.number().min(0).max(16),
              paid: z.boolean(),
            }),
          )
          .max(mostListed),
        /** Factor on the tier's cost per hour, e.g. 1.3 for night work. */
        costFactor: costFactor.default(1),
      }),
    )
    .min(1)
    .max(mostListed),
  prices: z.strictObject({
    /** Per operator-hour missing, for the first share of the requirement and beyond. */
    underPerHour: price,
    severeUnderPerHour: price,
    mildUnderShare: share,
    overPerHour: money,
  }),
  /**
   * Fewest operators to give one start time, so that shifts do not splinter; 1: free. A group of more than fifty comes
   * at one time for other reasons than that.
   */
  minimumPerStart: z.number().int().min(1).max(50).default(1),
});
export type ShiftsModel = z.output<typeof shiftsSchema>;
