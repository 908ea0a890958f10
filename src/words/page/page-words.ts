import { firstWords } from './first-words.ts';
import { rosterPageWords } from './roster.ts';

/** Words of the page: each in every language, with {gaps} for what stands in them. Some come with the view that says them. */
export const pageWords = { ...firstWords, ...rosterPageWords } as const;
