import { sameOrder, isRecord, keyedAlike, orderOf, sameValue, type Keyed } from './keyed-entries.ts';

/** A field that two people changed, each in their own way, since both read it; undefined: it is not there. */
export interface Collision {
  /** Fields from the outside in; an entry of a list by what names it (`queues`, `general`, `priority`). */
  readonly path: readonly string[];
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
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
