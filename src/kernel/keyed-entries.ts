export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
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

type Entries = ReadonlyMap<string, unknown>;
/** A list as it was, and as two people have it, by the names of its entries. */
export type Keyed = readonly [was: Entries, one: Entries, other: Entries];

const keyed = (list: unknown, name: string): Entries | undefined => {
  if (!Array.isArray(list)) return undefined;
  const entries = list.map((entry: unknown) => [isRecord(entry) ? entry[name] : undefined, entry] as const);
  if (!entries.every((pair): pair is [string, unknown] => typeof pair[0] === 'string')) return undefined;
  const map = new Map(entries);
  return map.size === list.length ? map : undefined;
};

/** Three versions of a list by what names their entries; undefined where they are no lists, or nothing names them all. */
export const keyedAlike = (lists: readonly [unknown, unknown, unknown]): Keyed | undefined => {
  for (const name of [...names, ...moreNames]) {
    const [was, one, other] = lists.map((list) => keyed(list, name));
    if (was !== undefined && one !== undefined && other !== undefined) return [was, one, other];
  }
  return undefined;
};

const within = (entries: Entries, other: Entries): readonly string[] =>
  [...entries.keys()].filter((key) => other.has(key));

/** Whether what two lists both hold stands in the same order. */
export const sameOrder = (one: Entries, other: Entries): boolean =>
  sameValue(within(one, other), within(other, one));

/**
 * The order of a list that two people changed: that of whoever changed the order, with the other's entries after those
 * that they stand behind there. Undefined where both changed the order, each in another way.
 */
export const orderOf = ([was, one, other]: Keyed): readonly string[] | undefined => {
  // Which of them is called the first must not matter.
  const [first, second] = [one, other].toSorted((a, b) =>
    JSON.stringify([...a.keys()]) < JSON.stringify([...b.keys()]) ? -1 : 1,
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
