/** What is replaced of somebody, and by what. */
export interface Replacing {
  /** Replaced where they are all that a field says. */
  readonly whole: ReadonlySet<string>;
  /** Replaced within words that people wrote as well. */
  readonly names: ReadonlySet<string>;
  readonly by: string;
}

/** Fields whose words name shifts, tiers and the like: one of them may be called as an operator is. */
const otherNames: ReadonlySet<string> = new Set([
  'shift',
  'template',
  'tier',
  'team',
  'queue',
  'plan',
  'profile',
  'rule',
  'code',
  'id',
  'letter',
]);

/** Fields in which people write what they like. */
const freeText: ReadonlySet<string> = new Set(['text', 'reason', 'why', 'name']);

/** A name within words: a Chinese one of two characters or more anywhere, any other as a word of its own. */
const withinWords = (name: string): RegExp | undefined => {
  const written = RegExp.escape(name);
  if (/^\p{Script=Han}{2,}$/u.test(name)) return new RegExp(written, 'gu');
  return name.length < 2 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`, 'gu');
};

/** Words without somebody's names. */
export const replaceWithin = (text: string, { names, by }: Replacing): string =>
  [...names].reduce((words, name) => {
    const pattern = withinWords(name);
    return pattern === undefined ? words : words.replaceAll(pattern, by);
  }, text);

const replaceString = (value: string, field: string, replacing: Replacing): string => {
  if (otherNames.has(field)) return value;
  if (replacing.whole.has(value)) return replacing.by;
  return freeText.has(field) ? replaceWithin(value, replacing) : value;
};

/** A document without somebody's names; the same one where they do not stand in it. */
export const replaceNames = (value: unknown, replacing: Replacing, field = ''): unknown => {
  if (typeof value === 'string') return replaceString(value, field, replacing);
  if (Array.isArray(value)) {
    const items = value.map((item) => replaceNames(item, replacing, field));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, item, replaceNames(item, replacing, key)] as const,
  );
  return entries.some(([, before, after]) => before !== after)
    ? Object.fromEntries(entries.map(([key, , after]) => [key, after]))
    : value;
};
