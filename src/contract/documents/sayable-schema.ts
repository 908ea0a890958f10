import { z } from 'zod';
import type { Finding, Sayable } from '../../kernel/finding.ts';
import { textSchema } from '../models/text-schema.ts';

/** A finding: its code, the values that belong to it and, in what goes out, its sentence in every language. */
export const findingSchema: z.ZodType<Finding> = textSchema
  .partial()
  .extend({ code: z.string(), values: z.unknown() });

/** Something said: a finding, or a sentence alone, as plans of earlier versions carry it. */
export const sayableSchema: z.ZodType<Sayable> = z.union([findingSchema, textSchema]);
