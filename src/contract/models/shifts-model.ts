import { z } from 'zod';
import { clockTime, key, share } from './model-fields.ts';
import { textSchema } from './text-schema.ts';

/** models/shifts.json: shift templates and labour rules. */
export const shiftsSchema = z.strictObject({
  templates: z
    .array(
      z.strictObject({
        template: key,
        name: textSchema,
        hours: z.number().positive().max(16),
        /** Earliest and latest start; a shift may start every `startEveryMinutes`. A latest below the earliest wraps past midnight. */
        earliestStart: clockTime,
        latestStart: clockTime,
        startEveryMinutes: z.number().int().positive(),
        breaks: z.array(
          z.strictObject({
            minutes: z.number().int().positive(),
            /** Window for the break's start, hours after the shift's start. */
            earliestHours: z.number().min(0),
            latestHours: z.number().min(0),
            paid: z.boolean(),
          }),
        ),
        /** Factor on the tier's cost per hour, e.g. 1.3 for night work. */
        costFactor: z.number().positive().default(1),
      }),
    )
    .min(1),
  prices: z.strictObject({
    /** Per operator-hour missing, for the first share of the requirement and beyond. */
    underPerHour: z.number().positive(),
    severeUnderPerHour: z.number().positive(),
    mildUnderShare: share,
    overPerHour: z.number().min(0),
  }),
  /** Fewest operators to give one start time, so that shifts do not splinter; 1: free. */
  minimumPerStart: z.number().int().min(1).default(1),
});
export type ShiftsModel = z.output<typeof shiftsSchema>;
