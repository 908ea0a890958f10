import { causePageWords } from './causes.ts';
import { doorWords } from './door.ts';
import { linePageWords } from './lines.ts';
import { memberWords } from './members.ts';
import { firstWords } from './first-words.ts';
import { outlookPageWords } from './outlook.ts';
import { overruleWords } from './overrules.ts';
import { planLifePageWords } from './plan-life.ts';
import { rankWords } from './rank.ts';
import { rosterPageWords } from './roster.ts';
import { togetherWords } from './together.ts';
import { topicsPageWords } from './topics.ts';
import { tourWords } from './tour.ts';
import { settingsPageWords } from './settings-words.ts';

/** Words of the page: each in every language, with {gaps} for what stands in them. Some come with the view that says them. */
export const pageWords = {
  ...firstWords,
  ...causePageWords,
  ...outlookPageWords,
  ...overruleWords,
  ...planLifePageWords,
  ...doorWords,
  ...linePageWords,
  ...memberWords,
  ...rankWords,
  ...rosterPageWords,
  ...settingsPageWords,
  ...togetherWords,
  ...topicsPageWords,
  ...tourWords,
} as const;
