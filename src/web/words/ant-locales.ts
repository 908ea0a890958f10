import type { Locale } from 'antd/es/locale/index.js';
import english from 'antd/es/locale/en_US.js';
import chinese from 'antd/es/locale/zh_CN.js';
import type { Language } from '../../kernel/text.ts';

// Under Node's module rules the checker takes these ES modules for CommonJS and their default for the module.
const localeOf = (loaded: unknown): Locale => loaded as Locale;

/** Ant Design's own words in the page's languages. */
export const antLocales: Readonly<Record<Language, Locale>> = {
  'zh-CN': localeOf(chinese),
  en: localeOf(english),
};
