import { z } from 'zod';
import { templateKinds } from '../template-kinds.ts';
import { planId } from './job-requests.ts';
import { modelNameSchema } from './model-name.ts';

export const planParams = z.strictObject({ plan: planId.describe("A plan's id, or latest") });
export const noteParams = z.strictObject({ note: z.coerce.number().int() });
export const jobParams = z.strictObject({ job: z.string().min(1).max(80) });
export const modelParams = z.strictObject({ model: modelNameSchema });
export const rosterParams = z.strictObject({
  roster: z.string().min(1).max(80).describe("A roster's id, or latest"),
});
export const templateParams = z.strictObject({ kind: z.enum(templateKinds) });
