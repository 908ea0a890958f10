import { z } from 'zod';
import { modelNameSchema } from '../http/model-name.ts';

/** How many earlier versions of each model are kept: the oldest go first. */
export const keptVersions = 30;

/** A model as it stood until somebody saved another in its place. */
export const earlierModelSchema = z.object({
  id: z.number().int(),
  model: modelNameSchema,
  until: z.string().describe('When another took its place, ISO instant'),
  by: z.string().describe('Whose save that was; empty: who works on this machine'),
  document: z.unknown().describe('The model as it stood: what PUT /models/:model takes'),
});
export type EarlierModel = z.output<typeof earlierModelSchema>;
