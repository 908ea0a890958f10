import type { Problem } from '../../kernel/errors.ts';
import { clockText, dayMinutes, minuteOf } from '../../kernel/time-window.ts';
import { contractProblem } from '../contract-findings.ts';

/** Numbers of which the first may not lie above the second. */
const numberPairs = [
  ['least', 'most'],
  ['earliestHours', 'latestHours'],
  ['warmFrom', 'hotFrom'],
  ['fullSeconds', 'zeroSeconds'],
] as const;

/** Clock times of which the first begins a window and the second ends it. */
const clockPairs = [
  ['from', 'to'],
  ['earliestStart', 'latestStart'],
] as const;

/** Hours up to which a window that ends before it begins is taken for a night. */
export const longestNight = 12;

const clock = /^(?:[0-3]\d|4[0-7]):[0-5]\d$/;

type Part = Readonly<Record<string, unknown>>;

/**
 * A model as somebody wants to keep it, its windows as they are stored, and every pair that stands the wrong way round.
 * A window that ends before it begins runs past midnight: a night of up to twelve hours is written so (22:00–06:00).
 * What would be longer is questioned, since it is mostly two times that changed places (21:00–20:00 is 23 hours); who
 * means it writes the end beyond 24:00, as 44:00. A pair that stands in `standing` already is let be.
 */
export const settlePairs = (
  document: unknown,
  standing: unknown,
): { readonly document: unknown; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const known = new Set<string>();
  walk(standing, '', (part, path) => {
    for (const [low, high] of [...numberPairs, ...clockPairs]) known.add(keyOf(path, part, low, high));
    return part;
  });
  const settled = walk(document, '', (part, path) => {
    const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
    for (const [low, high] of numberPairs) {
      const [first, last] = [part[low], part[high]];
      if (typeof first !== 'number' || typeof last !== 'number' || first <= last) continue;
      if (known.has(keyOf(path, part, low, high))) continue;
      const values = { low, high, least: first };
      problems.push({ ...contractProblem('pair-reversed', values), path: at(high), value: String(last) });
    }
    let kept = part;
    for (const [low, high] of clockPairs) {
      const [first, last] = [part[low], part[high]];
      if (!isClock(first) || !isClock(last)) continue;
      const minutes = minuteOf(last) - minuteOf(first);
      // Written as such: stored as the clock shows it.
      if (minuteOf(last) > dayMinutes && minutes < dayMinutes)
        kept = { ...kept, [high]: clockText(minuteOf(last) - dayMinutes) };
      else if (minutes < 0 && minutes + dayMinutes > 60 * longestNight) {
        if (known.has(keyOf(path, part, low, high))) continue;
        const values = {
          from: first,
          to: last,
          hours: (minutes + dayMinutes) / 60,
          asSuch: clockText(minuteOf(last) + dayMinutes),
        };
        problems.push({ ...contractProblem('window-reversed', values), path: at(high), value: last });
      }
    }
    return kept;
  });
  return { document: settled, problems };
};

const isClock = (value: unknown): value is string => typeof value === 'string' && clock.test(value);

/** A pair by where it stands, whichever item of a list it is in. */
const keyOf = (path: string, part: Part, low: string, high: string): string =>
  JSON.stringify([path.replaceAll(/\d+/g, '*'), low, part[low], high, part[high]]);

/** A copy of a document with every object of it as `change` has it. */
const walk = (value: unknown, path: string, change: (part: Part, path: string) => Part): unknown => {
  const below = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((each, at) => walk(each, below(String(at)), change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(change(value as Part, path)).map(([key, each]) => [key, walk(each, below(key), change)]),
  );
};
