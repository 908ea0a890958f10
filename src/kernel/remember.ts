/**
 * What a pure function answered is remembered by its argument: the same answers, sooner. No other state outlives a
 * call in a stage; what a computation writes to again and again is a workspace that the caller hands in.
 */

/** Remembers the answers for small whole numbers. */
export const rememberedAt = <Value>(of: (index: number) => Value): ((index: number) => Value) => {
  const known: Value[] = [];
  return (index) => (known[index] ??= of(index));
};

/** Remembers the answers by key; all are forgotten when there are as many as `most`. */
export const remembered = <Key, Value>(of: (key: Key) => Value, most = Infinity): ((key: Key) => Value) => {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = of(key);
    if (known.size >= most) known.clear();
    known.set(key, value);
    return value;
  };
};

/** Works out once, when first asked. */
export const once = <Value>(of: () => Value): (() => Value) => {
  const at = rememberedAt(of);
  return () => at(0);
};
