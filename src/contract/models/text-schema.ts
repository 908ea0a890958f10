import { z } from 'zod';

/** A sentence or name in both languages. */
export const textSchema = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
