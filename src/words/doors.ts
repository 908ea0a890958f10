import type { SettingsProblems } from '../engine/read-settings.ts';
import { accessSentences } from './access.ts';
import { cliProblems, cliSentences } from './cli.ts';
import { feedProblems, feedSentences } from './feeds.ts';
import { httpProblems, httpSentences } from './http.ts';
import { nameFields } from './ingest-names.ts';
import { seriesProblems } from './ingest-problems.ts';
import { messages } from './messages.ts';
import { fieldWords } from './record-kinds.ts';
import type { ProblemSentences } from './sentences.ts';
import { storeProblems } from './store.ts';

// On the page they come with the views that say them.
nameFields(fieldWords);

/**
 * What only the terminal and the HTTP layer say, and what is wrong with a store, a bare series or an installation: the
 * page is built without it (src/web/vite.config.ts), since answers bring the sentences of their problems along.
 */
export const doorSentences = { ...accessSentences, ...cliSentences, ...feedSentences, ...httpSentences };

/** What is wrong with an installation's settings, and what to do. */
const settingsProblems: ProblemSentences<SettingsProblems> = messages('settings-problems');

export const doorProblems = {
  ...cliProblems,
  ...feedProblems,
  ...httpProblems,
  ...storeProblems,
  ...seriesProblems,
  ...settingsProblems,
};
