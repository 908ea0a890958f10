import { z } from 'zod';
import { clockTime, mostListed, nameKey, share } from './model-fields.ts';

/** models/targets.json: what a plan must reach. */
export const targetsSchema = z.strictObject({
  preset: z.string().optional(),
  /** Answered / offered, every interval (tiers and queues may ask for more). */
  connectionRate: share,
  /** Share answered within the threshold, of offered, every interval; null: not asked for. */
  serviceLevel: share.nullable(),
  /** Connection rate over any rolling 24 hours; null: not asked for. */
  rollingConnectionRate: share.nullable(),
  /** At least a tenth: operators who are busy less are not held back for calls but for nothing. */
  occupancyMax: z.number().min(0.1).max(1),
  /** Share of demand futures in which an interval must hold its targets on average. */
  confidence: share,
  /** Fewest operators while the line is open; more than five hundred are there because calls ask for them. */
  minimumOperators: z.number().int().min(0).max(500),
  /** More than that in some hours, such as the night, while the line is open; `to` before `from` runs past midnight. */
  minimumPresence: z
    .array(
      z.strictObject({
        from: clockTime,
        to: clockTime,
        /** Weekdays on which the hours start, Monday 1; absent: every day. */
        weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
        operators: z.number().int().min(0).max(500),
      }),
    )
    .max(mostListed)
    .optional(),
  queues: z
    .record(
      nameKey,
      z.strictObject({ connectionRate: share.optional(), serviceLevel: share.nullable().optional() }),
    )
    .default({}),
});
export type TargetsModel = z.output<typeof targetsSchema>;
