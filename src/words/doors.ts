import { cliProblems, cliSentences } from './cli.ts';

/** What only the terminal says: the page is built without it (src/web/vite.config.ts). */
export const doorSentences = cliSentences;
export const doorProblems = cliProblems;
