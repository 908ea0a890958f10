interface Way {
  readonly from: string;
  readonly to: string;
}

/**
 * A round trip among ways on, as the places passed (the first again at the end); undefined where every way leads
 * on for good. A way from a place to itself is one.
 */
export const findCycle = (ways: readonly Way[]): readonly string[] | undefined => {
  const follow = (trail: readonly string[]): readonly string[] | undefined => {
    const here = trail.at(-1);
    for (const { from, to } of ways) {
      if (from !== here) continue;
      const again = trail.indexOf(to);
      if (again >= 0) return [...trail.slice(again), to];
      const found = follow([...trail, to]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const { from } of ways) {
    const found = follow([from]);
    if (found !== undefined) return found;
  }
  return undefined;
};
