import { z } from 'zod';
import { contentHash } from '../../kernel/content-hash.ts';

export const modelNameSchema = z.enum([
  'hotline',
  'targets',
  'tiers',
  'shifts',
  'prompts',
  'levers',
  'scorecard',
  'monitor',
  'labourRules',
  'calendar',
]);
export type ModelName = z.output<typeof modelNameSchema>;

/** Gives a schema the name under which the OpenAPI document lists it. */
export const withSchemaId = <Schema extends z.ZodType>(id: string, schema: Schema): Schema =>
  schema.meta({ id });

/** Names that the records use: what models may be given entries for. */
export const namesSeenSchema = withSchemaId(
  'NamesSeen',
  z.object({
    tiers: z.array(z.string()).describe('Of presence and of operators'),
    skills: z.array(z.string()),
    prompts: z.array(z.string()).describe('Prompts that have been played'),
    channels: z.array(z.string()),
    indicators: z.array(z.string()).describe('Of published results'),
    hotlines: z.array(z.string()).describe('Hotlines that monitoring names'),
  }),
);
export type NamesSeen = z.output<typeof namesSeenSchema>;

/** Names a model and what it says: another one as soon as anything in it changes, by whatever hand. What `ETag` says. */
export const modelVersion = async (name: ModelName, model: unknown): Promise<string> =>
  `${name}.${(await contentHash(JSON.stringify(model))).slice(0, 16)}`;
