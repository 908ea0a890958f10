import { z } from 'zod';
import { named } from './named.ts';

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

/** Names that the records use: what models may be given entries for. */
export const namesSeenSchema = named(
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
