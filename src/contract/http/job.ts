import { z } from 'zod';
import { withSchemaId } from './model-name.ts';
import { problemDetailsSchema } from '../documents/schema-parts.ts';

export const jobSchema = withSchemaId(
  'Job',
  z.object({
    id: z.string(),
    kind: z.enum([
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
      'repair',
      'overview',
    ]),
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
