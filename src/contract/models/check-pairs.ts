import type { Problem } from '../../kernel/errors.ts';
import { type Change, changesBetween } from '../../kernel/merge-edits.ts';
import { clockText, dayMinutes, minuteOf, windowEnd } from '../../kernel/time-window.ts';
import { contractProblem } from '../contract-findings.ts';

/** How the names of two fields say that the first may not lie above the second: a least and a most, a start and an end. */
const ends = [
  ['least', 'most'],
  ['fewest', 'most'],
  ['smallest', 'largest'],
  ['shortest', 'longest'],
  ['minimum', 'maximum'],
  ['min', 'max'],
  ['low', 'high'],
  ['lowest', 'highest'],
  ['earliest', 'latest'],
  ['first', 'last'],
  ['from', 'to'],
  ['from', 'until'],
  ['start', 'end'],
] as const;

/** Pairs whose names say no order. */
const otherPairs = [
  ['warmFrom', 'hotFrom'],
  ['fullSeconds', 'zeroSeconds'],
  ['underPerHour', 'severeUnderPerHour'],
] as const;

/** `leastMinutes` as its words, small. */
const wordsOf = (field: string): string[] => field.split(/(?=[A-Z])/).map((word) => word.toLowerCase());

/** Pairs among the fields of one part. */
export const pairsAmong = (fields: readonly string[]): readonly (readonly [low: string, high: string])[] => {
  const byWords = new Map(fields.map((field) => [wordsOf(field).join(' '), field]));
  const named = fields.flatMap((field) => {
    const words = wordsOf(field);
    return words.flatMap((word, at) =>
      ends.flatMap(([low, high]) => {
        const other = word === low ? byWords.get(words.with(at, high).join(' ')) : undefined;
        return other === undefined ? [] : [[field, other] as const];
      }),
    );
  });
  return [...named, ...otherPairs.filter((pair) => pair.every((field) => fields.includes(field)))];
};

/** Hours up to which a window that ends before it begins is taken for a night. */
const longestNight = 12;

/** Whether a window ends before it begins and is none over midnight: of more than twelve hours it is a slip. */
export const isBackwards = (earliest: string, latest: string): boolean => {
  const minutes = minuteOf(latest) - minuteOf(earliest);
  return minutes < 0 && minutes + dayMinutes > 60 * longestNight;
};

type Part = Readonly<Record<string, unknown>>;

/**
 * A model as somebody wants to keep it, its windows as they are stored, and every pair that stands the wrong way round.
 * A window that ends before it begins runs past midnight: a night of up to twelve hours is written so (22:00–06:00).
 * What would be longer is questioned, since it is mostly two times that changed places (21:00–20:00 is 23 hours); who
 * means it writes the end beyond 24:00, as 44:00. Breaks of a shift are held against its length and one another. What
 * is in `standing` already is let be.
 */
export const checkPairs = (
  document: unknown,
  standing: unknown,
): { readonly document: unknown; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const known = new Set<string>();
  walk(standing, '', (part, path) => {
    for (const [low, high] of pairsAmong(Object.keys(part))) known.add(keyOf(path, part, low, high));
    if (hasBreaks(part)) known.add(breaksKey(part));
    return part;
  });
  const settled = walk(document, '', (part, path) => {
    const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
    let kept = part;
    if (hasBreaks(part) && !known.has(breaksKey(part)))
      problems.push(
        ...misplacedBreaks(part).map((problem) => ({ ...problem, path: at(problem.path ?? '') })),
      );
    for (const [low, high] of pairsAmong(Object.keys(part))) {
      const [first, last] = [part[low], part[high]];
      if (typeof first === 'number' && typeof last === 'number') {
        if (first <= last || known.has(keyOf(path, part, low, high))) continue;
        const values = { low, high, least: first };
        problems.push({ ...contractProblem('pair-reversed', values), path: at(high), value: String(last) });
      }
      if (!isClock(first) || !isClock(last)) continue;
      const minutes = minuteOf(last) - minuteOf(first);
      // Written as such: stored as the clock shows it.
      if (minuteOf(last) > dayMinutes && minutes < dayMinutes)
        kept = { ...kept, [high]: clockText(minuteOf(last) - dayMinutes) };
      else if (isBackwards(first, last)) {
        if (known.has(keyOf(path, part, low, high))) continue;
        const values = {
          low,
          high,
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

/** A pair that stands the wrong way round: its two ends, and the model with the one that nobody touched moved along. */
interface MendedPair {
  readonly low: string;
  readonly high: string;
  readonly first: string | number;
  readonly last: string | number;
  /** The end that is moved, to where the other stands. */
  readonly other: string;
  readonly document: unknown;
}

/** How a pair that was found the wrong way round can be put right; undefined for whatever else is wrong. */
export const mendPair = (
  document: unknown,
  standing: unknown,
  { rule, path = '', values }: Problem,
): MendedPair | undefined => {
  if (rule !== 'pair-reversed' && rule !== 'window-reversed') return undefined;
  const { low, high } = values as { readonly low: string; readonly high: string };
  const keys = path.split('.').slice(0, -1);
  const partIn = (whole: unknown): Record<string, unknown> | undefined =>
    keys.reduce<unknown>((part, key) => (part as Part | undefined)?.[key], whole) as
      Record<string, unknown> | undefined;
  const mended = structuredClone(document);
  const part = partIn(mended);
  const [first, last] = [part?.[low], part?.[high]] as (string | number)[];
  if (part === undefined || first === undefined || last === undefined) return undefined;
  const other = partIn(standing)?.[high] === last ? high : low;
  part[other] = other === low ? last : first;
  return { low, high, first, last, other, document: mended };
};

/**
 * A model as its file keeps it: a window of more than a night that somebody wrote as such, now (`given`) or before (`stored`,
 * the file's content), ends beyond 24:00 there, so that nobody is asked or warned of it again.
 */
export const keepConfirmed = (model: unknown, given: unknown, stored: unknown): unknown => {
  const confirmed = new Set<string>();
  const note = (part: Part, path: string): Part => {
    for (const [low, high] of pairsAmong(Object.keys(part))) {
      const last = part[high];
      if (isClock(last) && minuteOf(last) > dayMinutes)
        confirmed.add(keyOf(path, { ...part, [high]: clockText(minuteOf(last) - dayMinutes) }, low, high));
    }
    return part;
  };
  walk(given, '', note);
  walk(stored, '', note);
  return walk(model, '', (part, path) =>
    pairsAmong(Object.keys(part)).reduce((kept, [low, high]) => {
      const [first, last] = [part[low], part[high]];
      if (!isClock(first) || !isClock(last) || !confirmed.has(keyOf(path, part, low, high))) return kept;
      const isLong = minuteOf(first) - minuteOf(last) < dayMinutes - 60 * longestNight;
      return isLong && minuteOf(last) < minuteOf(first)
        ? { ...kept, [high]: clockText(minuteOf(last) + dayMinutes) }
        : kept;
    }, part),
  );
};

/** Shares that a plan is to reach or may not exceed: hardly anybody means less than a third. */
const targetShare =
  /^(?:connectionRate|serviceLevel|rollingConnectionRate|connectionTarget|occupancyMax|confidence|warmFrom|hotFrom)$/;

const isOdd = (field: string, before: unknown, after: unknown): after is number => {
  if (typeof after !== 'number' || before === after) return false;
  if (
    targetShare.test(field) &&
    after > 0 &&
    after <= 1 &&
    (after < 1 / 3 || (typeof before === 'number' && after <= before / 2))
  )
    return true;
  if (typeof before !== 'number' || before === 0 || after === 0) return false;
  const times = Math.abs(after / before);
  return times >= 5 || times <= 1 / 5;
};

/**
 * Changes of a model's figures that look half typed (9 % instead of 95 %) or mistyped: a target halved or below a third, any figure five times what it
 * was or a fifth of it. They may be meant: a planner who changes them by hand is asked, once.
 */
export const oddChanges = (before: unknown, after: unknown): readonly Change[] =>
  changesBetween(before, after).flatMap((change): readonly Change[] => {
    const [was, is] = [change.before, change.after];
    // Entries without names, one by one where none was put in or taken away.
    if (Array.isArray(was) && Array.isArray(is))
      return was.length === is.length
        ? is.flatMap((entry: unknown, at) =>
            oddChanges(was[at], entry).map((one) => ({
              ...one,
              path: [...change.path, String(at), ...one.path],
            })),
          )
        : [];
    return isOdd(change.path.at(-1) ?? '', was, is) ? [change] : [];
  });

/** A shift's hours with its breaks, as far as they are numbers. */
interface ShiftPart extends Part {
  readonly hours: number;
  readonly breaks: readonly BreakPart[];
}

interface BreakPart {
  readonly minutes: number;
  readonly earliestHours: number;
  readonly latestHours: number;
}

const hasBreaks = (part: Part): part is ShiftPart =>
  typeof part['hours'] === 'number' &&
  Array.isArray(part['breaks']) &&
  part['breaks'].every((pause: Part | null) =>
    (['minutes', 'earliestHours', 'latestHours'] as const).every(
      (field) => typeof pause?.[field] === 'number',
    ),
  );

const breaksKey = ({ hours, breaks }: ShiftPart): string => JSON.stringify(['breaks', hours, breaks]);

/** Breaks that would end after their shift, or that no time is left for between the breaks before and their latest start. */
const misplacedBreaks = ({ hours, breaks }: ShiftPart): Problem[] => {
  let free = 0;
  return [...breaks.entries()]
    .sort(([, a], [, b]) => a.earliestHours - b.earliestHours)
    .flatMap(([at, { minutes, earliestHours, latestHours }]): Problem[] => {
      const begins = Math.max(free, earliestHours);
      free = begins + minutes / 60;
      const most = hours - minutes / 60;
      const late = earliestHours > most + 1e-9 ? ('earliestHours' as const) : ('latestHours' as const);
      const found = (code: 'break-beyond-shift' | 'break-overtaken', field: keyof BreakPart): Problem[] => [
        {
          ...contractProblem(code, { minutes, hours, most: Math.max(0, most), begins }),
          path: `breaks.${at}.${field}`,
          value: String(breaks[at]?.[field]),
        },
      ];
      if (minutes >= 60 * hours) return found('break-beyond-shift', 'minutes');
      if (Math.max(earliestHours, latestHours) > most + 1e-9) return found('break-beyond-shift', late);
      // A latest start before the earliest is a pair of its own.
      return latestHours >= earliestHours && begins > latestHours + 1e-9
        ? found('break-overtaken', 'latestHours')
        : [];
    });
};

const isClock = (value: unknown): value is string => typeof value === 'string' && windowEnd.test(value);

/** A pair by where it is, whichever item of a list it is in. */
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
