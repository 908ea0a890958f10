import { z } from 'zod';
import { textSchema } from '../models/text-schema.ts';

export const problemSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  file: z.string().optional(),
  row: z.number().int().optional(),
  column: z.string().optional(),
  value: z.string().optional(),
  path: z.string().optional(),
  values: z.unknown().optional(),
  rows: z.number().int().optional(),
  unlisted: z.number().int().optional(),
  message: textSchema.optional(),
  remedy: textSchema.optional(),
});
