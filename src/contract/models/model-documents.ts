import { z } from 'zod';
import { labourRulesSchema } from './labour-rules-model.ts';
import { modelSchemas } from './model-schemas.ts';

/**
 * Models as they are read and replaced as a whole: each as its file has it, but for labour rules, whose profiles (a file
 * each) are one document, in the order of the files.
 */
export const modelDocuments = {
  ...modelSchemas,
  labourRules: z.strictObject({ profiles: z.array(labourRulesSchema).min(1).max(20) }),
} as const;
