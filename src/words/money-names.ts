import type { Language } from '../kernel/text.ts';

/** Money whose sign would be read for another's is named in words. */
export const yuan: Readonly<Record<Language, string>> = { 'zh-CN': '元', en: 'yuan' };
