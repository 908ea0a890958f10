import { z } from 'zod';
import { hoursInUseSchema } from '../models/opening-hours-schema.ts';

/** Answer of `hours`: when the line is open, and whether the learnt hours were written to models/hotline.json. */
export const hoursDocumentSchema = hoursInUseSchema.extend({
  document: z.literal('hours'),
  kept: z.boolean(),
});
export type HoursDocument = z.output<typeof hoursDocumentSchema>;
