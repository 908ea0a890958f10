/** Stands for src/words/doors.ts in the page, which has no use for what the terminal says. */
export const doorSentences = {};
export const doorProblems = {};
