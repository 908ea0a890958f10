import { z } from 'zod';

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
