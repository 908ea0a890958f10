/** Stands for src/words/doors.ts in the page, which has no use for what only the terminal and the HTTP layer say. */
export const doorSentences = {};
export const doorProblems = {};
