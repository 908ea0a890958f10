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
import { rosterPageWords } from './roster.ts';

/** Words of the page: each in every language, with {gaps} for what stands in them. */
export const pageWords = {
  ...everywhereWords,
  ...planWords,
  ...planWhyWords,
  ...planSettingsWords,
  ...divertWords,
  ...compareWords,
  ...rankWords,
  ...rosterPageWords,
  ...dataWords,
  ...fieldWords,
  ...modelPartWords,
} as const;
