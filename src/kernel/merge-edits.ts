import { compareText } from './text.ts';

/** A field that two people changed, each in their own way, since both read it; undefined: it is not there. */
interface Collision {
  /** Fields from the outside in; an entry of a list by what names it (`queues`, `general`, `priority`). */
  readonly path: readonly string[];
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

interface Merged {
  readonly value: unknown;
  readonly collisions: readonly Collision[];
}

/** A field that differs between two versions; undefined: it is not there. */
export interface Change {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Names a path for good: two fields never share it. */
export const pathKey = (path: readonly string[]): string => JSON.stringify(path);

/**
 * What becomes of a document of plain JSON that two people changed at once. Fields that one of them changed are as they
 * left them. Those that both changed, differently, are collisions: `mine` stands, or `theirs` where its `pathKey` is in
 * `taken`. Lists whose entries have names are merged entry by entry, so that an entry put in moves no other; every other
 * list is one field. Whose side is called mine changes nothing else.
 */
export const mergeEdits = (
  { base, mine, theirs }: { readonly base: unknown; readonly mine: unknown; readonly theirs: unknown },
  taken: ReadonlySet<string> = new Set(),
): Merged => {
  const collisions: Collision[] = [];
  const merge = (was: unknown, one: unknown, other: unknown, path: readonly string[]): unknown => {
    if (sameValue(one, other) || sameValue(was, other)) return one;
    if (sameValue(was, one)) return other;
    if (isRecord(was) && isRecord(one) && isRecord(other)) return mergeRecords(was, one, other, path);
    const entries = keyedAlike([was, one, other]);
    const keys = entries && orderOf(entries);
    if (entries !== undefined && keys !== undefined) return mergeEntries(entries, keys, path);
    collisions.push({ path, base: was, mine: one, theirs: other });
    return taken.has(pathKey(path)) ? other : one;
  };
  type Fields = Readonly<Record<string, unknown>>;
  const mergeRecords = (was: Fields, one: Fields, other: Fields, path: readonly string[]): unknown => {
    const names = [...new Set([...Object.keys(was), ...Object.keys(one), ...Object.keys(other)])];
    const merged = names.map((name) => [name, merge(was[name], one[name], other[name], [...path, name])]);
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  };
  const mergeEntries = (
    [was, one, other]: Keyed,
    keys: readonly string[],
    path: readonly string[],
  ): unknown =>
    keys
      .map((key) => merge(was.get(key), one.get(key), other.get(key), [...path, key]))
      .filter((value) => value !== undefined);
  return { value: merge(base, mine, theirs, []), collisions };
};

/** Every field in which two versions differ. */
export const changesBetween = (before: unknown, after: unknown): readonly Change[] => {
  const changes = (was: unknown, is: unknown, path: readonly string[]): readonly Change[] => {
    if (sameValue(was, is)) return [];
    if (isRecord(was) && isRecord(is)) {
      const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
      return names.flatMap((name) => changes(was[name], is[name], [...path, name]));
    }
    const entries = keyedAlike([was, is, is]);
    if (entries === undefined || !sameOrder(entries[0], entries[1]))
      return [{ path, before: was, after: is }];
    const keys = new Set([...entries[0].keys(), ...entries[1].keys()]);
    return [...keys].flatMap((key) => changes(entries[0].get(key), entries[1].get(key), [...path, key]));
  };
  return changes(before, after, []);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values of plain JSON say the same; the order of a record's fields says nothing. */
export const sameValue = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, i) => sameValue(value, other[i]));
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameValue(one[name], other[name]))
  );
};

/** Fields that name an entry among those of its list, the first that does counts. */
const names = ['queue', 'toQueue', 'template', 'tier', 'prompt', 'channel', 'profile', 'rule', 'date'];
const moreNames = ['indicator', 'part', 'kind', 'work'];
/** All of them, in that order. */
export const entryKeys: readonly string[] = [...names, ...moreNames];

type Entries = ReadonlyMap<string, unknown>;
/** A list as it was, and as two people have it, by the names of its entries. */
type Keyed = readonly [was: Entries, one: Entries, other: Entries];

const keyed = (list: unknown, name: string): Entries | undefined => {
  if (!Array.isArray(list)) return undefined;
  const entries = list.map((entry: unknown) => [isRecord(entry) ? entry[name] : undefined, entry] as const);
  if (!entries.every((pair): pair is [string, unknown] => typeof pair[0] === 'string')) return undefined;
  const map = new Map(entries);
  return map.size === list.length ? map : undefined;
};

/** Three versions of a list by what names their entries; undefined where they are no lists, or nothing names them all. */
const keyedAlike = (lists: readonly [unknown, unknown, unknown]): Keyed | undefined => {
  for (const name of entryKeys) {
    const [was, one, other] = lists.map((list) => keyed(list, name));
    if (was !== undefined && one !== undefined && other !== undefined) return [was, one, other];
  }
  return undefined;
};

const within = (entries: Entries, other: Entries): readonly string[] =>
  [...entries.keys()].filter((key) => other.has(key));

/** Whether what two lists both hold is in the same order. */
const sameOrder = (one: Entries, other: Entries): boolean =>
  sameValue(within(one, other), within(other, one));

/**
 * The order of a list that two people changed: that of the person who changed the order, with the other's entries after those
 * that they stand behind there. Undefined where both changed the order, each in another way.
 */
const orderOf = ([was, one, other]: Keyed): readonly string[] | undefined => {
  // Which of them is called the first must not matter.
  const [first, second] = [one, other].toSorted((a, b) =>
    compareText(JSON.stringify([...a.keys()]), JSON.stringify([...b.keys()])),
  ) as [Entries, Entries];
  if (!sameOrder(was, first) && !sameOrder(was, second) && !sameOrder(first, second)) return undefined;
  const [leads, follows] = sameOrder(was, first) ? [second, first] : [first, second];
  const order = [...leads.keys()];
  let behind: string | undefined;
  for (const key of follows.keys()) {
    if (!leads.has(key)) order.splice(behind === undefined ? 0 : order.indexOf(behind) + 1, 0, key);
    behind = key;
  }
  return order;
};
