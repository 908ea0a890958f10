import { z } from 'zod';
import type { Finding, Sayable } from '../../kernel/finding.ts';
import { withSchemaId } from '../http/model-name.ts';
import { textSchema } from '../models/model-fields.ts';

/** A rate whose base is 0 is null. */
export const rate = z.number().nullable();
export const numbers = z.array(z.number());
export const rates = z.array(rate);

/** Temperature band: from `hotFrom` up, from `warmFrom` up, above 0, 0. */
export const band = z.enum(['hot', 'warm', 'cold', 'dead']);

/** A figure with the range that holds it in 80 of 100 futures. */
export const rangeSchema = z.object({ mean: rate, q10: rate, q90: rate });

export type Range = z.output<typeof rangeSchema>;

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

/** A finding: its code, the values that belong to it and, in what goes out, its sentence in every language. */
const findingSchema: z.ZodType<Finding> = textSchema
  .partial()
  .extend({ code: z.string(), values: z.unknown() });

/** Something said: a finding, or a sentence alone, as plans of earlier versions carry it. */
export const sayableSchema: z.ZodType<Sayable> = z.union([findingSchema, textSchema]);

/** RFC 9457 problem details, with every problem and its place. */
export const problemDetailsSchema = withSchemaId(
  'ProblemDetails',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    text: textSchema,
    problems: z.array(problemSchema),
  }),
);
export type ProblemDetails = z.output<typeof problemDetailsSchema>;

/** A prompt that plays over a span of one day, and the calls it takes from a queue. */
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
