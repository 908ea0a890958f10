import { z } from 'zod';
import { textSchema } from '../models/text-schema.ts';

export const promptSpanSchema = z.object({
  prompt: z.string(),
  name: textSchema,
  kind: z.enum(['online-channel', 'off-peak', 'callback']),
  queue: z.string(),
  date: z.string(),
  /** Local clock times; `to` may be 24:00. */
  from: z.string(),
  to: z.string(),
  announcement: textSchema,
  /** How long it takes to play. */
  announcementSeconds: z.number().optional(),
  /** Only callers whose estimated wait is above this hear it; left out: everyone. */
  waitAboveSeconds: z.number().optional(),
  callersDiverted: z.number(),
});

export type PromptSpan = z.output<typeof promptSpanSchema>;
