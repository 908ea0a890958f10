import { compareWords } from './zh-CN/compare.ts';
import { dataWords } from './zh-CN/data.ts';
import { divertWords } from './zh-CN/divert.ts';
import { everywhereWords } from './zh-CN/everywhere.ts';
import { planWords } from './zh-CN/plan.ts';
import { rankWords } from './zh-CN/rank.ts';

/** The page's words in Chinese. Its keys are the keys of every language; {gaps} are filled by `fill`. */
export const zhCN = {
  ...everywhereWords,
  ...planWords,
  ...divertWords,
  ...compareWords,
  ...rankWords,
  ...dataWords,
} as const;
