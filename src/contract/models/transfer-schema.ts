import { z } from 'zod';
import { handleTime, nameKey, share } from './model-fields.ts';

/** A share of a queue's answered calls that its operators hand on to another queue. */
export const transferSchema = z.strictObject({
  toQueue: nameKey,
  share,
  /** Whether the first operator stays on the call until the next one answers. */
  holding: z.boolean(),
  /** Mean seconds of the first operator before handing on; absent: the queue's handle time. */
  beforeSeconds: handleTime.optional(),
});
