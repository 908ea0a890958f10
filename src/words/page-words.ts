import { firstWords } from './first-words.ts';
import { messages } from './messages.ts';
import { doorWords, memberWords } from './door-words.ts';
import { settingsPageWords } from './settings-page-words.ts';

/** Words of the page: each in every language, with {gaps} for what is in them. Some come with the view that says them. */
export const pageWords = {
  ...firstWords,
  ...messages('page-cause'),
  ...messages('page-outlook'),
  ...messages('page-overrule'),
  ...messages('page-plan-life'),
  ...doorWords,
  ...messages('page-lines'),
  ...memberWords,
  ...messages('page-rank'),
  ...messages('page-roster'),
  ...settingsPageWords,
  ...messages('page-today'),
  ...messages('page-together'),
  ...messages('page-topics'),
  ...messages('page-tour'),
} as const;
