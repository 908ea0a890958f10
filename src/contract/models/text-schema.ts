import { z } from 'zod';
import { languages, modelLanguages, type Language } from '../../kernel/text.ts';

const words = z.string().min(1);

/** A sentence or name in the languages of models, and in whatever others the product speaks. */
export const textSchema: z.ZodObject<{ 'zh-CN': z.ZodString; en: z.ZodString }> = z.object({
  'zh-CN': words,
  en: words,
  ...Object.fromEntries(
    languages
      .filter((language: Language) => !(modelLanguages as readonly Language[]).includes(language))
      .map((language) => [language, words.optional()]),
  ),
});
