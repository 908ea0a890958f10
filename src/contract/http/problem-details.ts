import { z } from 'zod';
import { problemSchema } from '../documents/schema-parts.ts';
import { withSchemaId } from './model-name.ts';
import { textSchema } from '../models/model-fields.ts';

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
