import { inLanguage, type Language } from '../kernel/text.ts';

/** Between the Chinese and the English of a name that carries both: '示例省 02 · Province 02'. */
const between = ' · ';

/**
 * A name from data in the language of the reader, where it carries both as '中文 · English'; any other name as it is. Data
 * hold one string for a hotline or a region, so made-up ones have both languages in it.
 */
export const nameIn = (name: string, language: Language): string => {
  const parts = name.split(between);
  const [chinese = '', english = ''] = parts;
  const isBoth =
    parts.length === 2 && /\p{Script=Han}/u.test(chinese) && /^[\p{Script=Latin}\P{L}]+$/u.test(english);
  return isBoth ? inLanguage({ 'zh-CN': chinese, en: english }, language) : name;
};
