import { z } from 'zod';
import { isPlainDate } from '../../kernel/time.ts';

/** What can have happened on a day. */
export const diaryKinds = ['weather', 'outage', 'campaign', 'policy', 'other'] as const;

/** What somebody noted of a day. */
export const diaryNoteSchema = z.strictObject({
  date: z.string().refine(isPlainDate),
  kind: z.enum(diaryKinds),
  text: z.string().trim().min(1).max(200),
  event: z
    .boolean()
    .default(false)
    .describe('Whether forecasts take the day as an event of this kind, its effect learnt'),
});
export type DiaryNote = z.output<typeof diaryNoteSchema>;

export const storedDiaryNoteSchema = diaryNoteSchema.extend({
  /** Whether such an event stands in the calendar. */
  event: z.boolean(),
  id: z.number().int(),
  /** Rises with every change: whoever changes it says which one was read. */
  version: z.number().int(),
  /** ISO instant of the last change. */
  at: z.string(),
  /** Name of the account that made it; empty for whoever works on this machine. */
  by: z.string(),
});
export type StoredDiaryNote = z.output<typeof storedDiaryNoteSchema>;
