import { z } from 'zod';
import { modelNameSchema } from './model-name.ts';

export const jobParams = z.strictObject({ job: z.string().min(1).max(80) });
export const modelParams = z.strictObject({ model: modelNameSchema });
