import { z } from 'zod';
import { withSchemaId } from './model-name.ts';
import { problemDetailsSchema } from '../documents/schema-parts.ts';

/** What may be looked for among the jobs; the others are nobody's question, or name people. */
const kindsFound = [
  'plan',
  'forecast',
  'outlook',
  'topics',
  'accuracy',
  'divert',
  'levers',
  'requirement',
  'simulate',
  'compare',
  'roster',
] as const;

/** Which jobs are listed: all, or those that were asked for the same. */
export const jobsQuerySchema = z.strictObject({
  kind: z.enum(kindsFound).optional(),
  request: z
    .string()
    .max(20_000)
    .optional()
    .describe('JSON: only jobs of this kind that were asked for this very request'),
  week: z.string().max(8).optional().describe('Only jobs that were asked for this week'),
});
export type JobsQuery = z.output<typeof jobsQuerySchema>;

export const jobSchema = withSchemaId(
  'Job',
  z.object({
    id: z.string(),
    kind: z.enum([...kindsFound, 'repair', 'overview']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    done: z.number().min(0).max(1).describe('Share of the work that is done'),
    step: z.string().nullable(),
    createdAt: z.string(),
    by: z.string().describe('Name of who ordered it; empty where nobody signs in'),
    result: z.string().nullable().describe('Path of the answer under the API root, when done'),
    problem: problemDetailsSchema.nullable(),
  }),
);
export type Job = z.output<typeof jobSchema>;
export type JobKind = Job['kind'];
