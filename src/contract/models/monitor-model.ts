import { z } from 'zod';
import { clockTime, key, mostListed, seconds, secondsOfDay, share } from './model-fields.ts';
import { textSchema } from './text-schema.ts';

/** models/monitors/*.json: how the monitor tests. */
export const monitorSchema = z.strictObject({
  monitor: key,
  name: textSchema,
  /** Of one hotline in one period; a monitor that calls more than a thousand times is its caller. */
  testCalls: z.number().int().min(1).max(1000),
  /** Attempts per test before it counts as not connected; after ten nobody tries again. */
  attempts: z.number().int().min(1).max(10),
  longestWaitSeconds: z.number().min(1).max(secondsOfDay),
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
    .min(1)
    .max(mostListed),
  /** Whether tests are placed while the line is closed as well, where they fail; else only while it is open. */
  testsWhileClosed: z.boolean().default(false),
  bands: z.strictObject({ hotFrom: share, warmFrom: share }),
  meanSecondsStandard: seconds,
});
export type MonitorModel = z.output<typeof monitorSchema>;
