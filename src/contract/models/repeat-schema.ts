import { z } from 'zod';
import { seconds, share } from './model-fields.ts';

/** Share of callers who call again after each kind of failure, and after how long. */
export const repeatSchema = z.strictObject({
  afterAbandon: share,
  afterAbandonDelaySeconds: seconds,
  afterBlock: share,
  afterBlockDelaySeconds: seconds,
  reconnect: share,
  reconnectDelaySeconds: seconds,
});
