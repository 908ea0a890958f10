import type { Language } from '../kernel/text.ts';
import en from './locales/en.json' with { type: 'json' };
import zhCN from './locales/zh-CN.json' with { type: 'json' };

/** Every message of one language: a language without one of another's does not compile. */
export type Catalogue = typeof en & typeof zhCN;

/** What is said, by language. The page is built with the sections that it says (src/web/vite.config.ts). */
export const catalogues: Readonly<Record<Language, Catalogue>> = { 'zh-CN': zhCN, en };
