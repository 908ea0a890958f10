import { z } from 'zod';
import { clockTime, nameKey } from './model-fields.ts';
import { textSchema } from './text-schema.ts';

const mostShrinkage = z.number().min(0).max(0.9);

/** One kind of paid time without calls: all day every day, or in a window of some weekdays. */
const shrinkageKindSchema = z.strictObject({
  kind: nameKey,
  name: textSchema,
  /** Share of the paid time in its window. */
  share: mostShrinkage,
  /** Not known before the day (sickness): drawn operator by operator, for a whole shift. Absent: planned. */
  onTheDay: z.boolean().optional(),
  /** Weekdays on which the window starts, Monday 1; absent: every day. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).optional(),
  /** Window on the local clock, both or neither; `to` before `from` runs past midnight. */
  from: clockTime.optional(),
  to: clockTime.optional(),
});

export const shrinkageSchema = z.union([mostShrinkage, z.array(shrinkageKindSchema).min(1)]);
