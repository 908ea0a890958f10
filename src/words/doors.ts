import { accessSentences } from './access.ts';
import { cliProblems } from './cli-problems.ts';
import { cliSentences } from './cli.ts';
import { httpProblems, httpSentences } from './http.ts';

/** What only the terminal and the HTTP layer say: the page is built without it (src/web/vite.config.ts). */
export const doorSentences = { ...accessSentences, ...cliSentences, ...httpSentences };
export const doorProblems = { ...cliProblems, ...httpProblems };
