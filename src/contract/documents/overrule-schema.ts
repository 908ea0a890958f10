import { z } from 'zod';

/** A planner's change to a forecast, kept beside the original. Exactly one of factor and calls. */
export const overruleSchema = z.strictObject({
  /** null: every queue. */
  queue: z.string().nullable(),
  date: z.string(),
  /** Local clock times; null: the whole day. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  factor: z.number().min(0).max(20).nullable(),
  calls: z.number().min(0).nullable(),
  reason: z.string().min(1),
  author: z.string().min(1),
});
export type Overrule = z.output<typeof overruleSchema>;
