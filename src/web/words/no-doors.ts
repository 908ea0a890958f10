/** Stands for src/words/doors.ts in the page, which has no use for what only the terminal, the HTTP layer and the store say. */
export const doorSentences = {};
export const doorProblems = {};
