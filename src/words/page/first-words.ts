import { compareWords } from './compare.ts';
import { dataWords } from './data.ts';
import { divertWords } from './divert.ts';
import { everywhereWords } from './everywhere.ts';
import { fieldWords } from './fields.ts';
import { modelPartWords } from './model-parts.ts';
import { planSettingsWords } from './plan-settings.ts';
import { planWhyWords } from './plan-why.ts';
import { planWords } from './plan.ts';
import { rankWords } from './rank.ts';

/** Words that are there as soon as the page opens. */
export const firstWords = {
  ...everywhereWords,
  ...planWords,
  ...planWhyWords,
  ...planSettingsWords,
  ...divertWords,
  ...compareWords,
  ...rankWords,
  ...dataWords,
  ...fieldWords,
  ...modelPartWords,
} as const;
