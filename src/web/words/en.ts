import { compareWords } from './en/compare.ts';
import { dataWords } from './en/data.ts';
import { divertWords } from './en/divert.ts';
import { everywhereWords } from './en/everywhere.ts';
import { planWords } from './en/plan.ts';
import { rankWords } from './en/rank.ts';
import type { zhCN } from './zh-CN.ts';

/** The page's words in English. */
export const en: Readonly<Record<keyof typeof zhCN, string>> = {
  ...everywhereWords,
  ...planWords,
  ...divertWords,
  ...compareWords,
  ...rankWords,
  ...dataWords,
};
