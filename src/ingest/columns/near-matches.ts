import { valueAt } from '../../kernel/value-at.ts';
/** Edits (insert, delete, replace) that turn one word into another (Levenshtein 1966). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = valueAt(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, valueAt(row, j) + 1, valueAt(next, j - 1) + 1));
    }
    row = next;
  }
  return valueAt(row, b.length);
};

/** Up to three known names that a misspelt one may mean, the nearest first. */
export const nearMatches = (name: string, known: readonly string[]): string[] => {
  const wanted = name.toLowerCase();
  return known
    .map((candidate) => {
      const plain = candidate.toLowerCase();
      const within = plain.includes(wanted) || wanted.includes(plain) ? 1 : Infinity;
      return { candidate, distance: Math.min(within, editDistance(wanted.slice(0, 60), plain.slice(0, 60))) };
    })
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
};
