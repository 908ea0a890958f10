import type { ShownNames } from './file-problems.ts';

const mostShown = 20;
const longestName = 60;

/** Names out of a file as far as they fit into a sentence. */
export const shownNames = (names: readonly string[]): ShownNames => ({
  shown: names
    .slice(0, mostShown)
    .map((name) => (name.length <= longestName ? name : `${name.slice(0, longestName)}…`)),
  all: names.length,
});
