import { z } from 'zod';
import { clockTime, key, seconds, share } from './model-fields.ts';
import { textSchema } from './text-schema.ts';

/** models/monitors/*.json: how the monitor tests. */
export const monitorSchema = z.strictObject({
  monitor: key,
  name: textSchema,
  testCalls: z.number().int().min(1),
  /** Attempts per test before it counts as not connected. */
  attempts: z.number().int().min(1),
  longestWaitSeconds: z.number().positive(),
  /** When tests are placed: local clock windows with their share of the tests (shares sum to 1). */
  windows: z
    .array(
      z.strictObject({
        weekdays: z.array(z.number().int().min(1).max(7)).min(1),
        from: clockTime,
        to: clockTime,
        share,
      }),
    )
    .min(1),
  bands: z.strictObject({ hotFrom: share, warmFrom: share }),
  meanSecondsStandard: seconds,
});
export type MonitorModel = z.output<typeof monitorSchema>;
