import { compareWords } from './compare.ts';
import { divertWords } from './divert.ts';
import { everywhereWords } from './everywhere.ts';
import { planSettingsWords } from './plan-settings.ts';
import { planWhyWords } from './plan-why.ts';
import { planWords } from './plan.ts';

/** Words that are there as soon as the page opens. */
export const firstWords = {
  ...everywhereWords,
  ...planWords,
  ...planWhyWords,
  ...planSettingsWords,
  ...divertWords,
  ...compareWords,
} as const;
