/**
 * What a row of prompts may look like: index of the prompt that plays in each interval, −1 for none.
 */
export type PromptSchedule = Int8Array;

export interface SpanRules {
  /** Fewest intervals that a prompt plays in a row once it has started. */
  readonly minimumOn: number;
  /** Most intervals of the day in which a prompt of the row may play. */
  readonly maximumOn: number;
  /** What starting a stretch costs, in the unit of the worths (0 when left out). */
  readonly startCost?: number;
}

/**
 * The row of greatest summed worth under the span rules, by dynamic programming over intervals; exact for
 * worths that add up. `worth[p][i]` is the worth of prompt p in interval i, −Infinity where it may not play.
 * State: prompt that plays, intervals it has played (up to the minimum), intervals used in all.
 */
export const bestSpans = (
  worth: readonly Float64Array[],
  count: number,
  rules: SpanRules,
): PromptSchedule => {
  const prompts = worth.length;
  const runs = Math.max(1, rules.minimumOn);
  const most = Math.min(count, rules.maximumOn);
  const states = 1 + prompts * runs;
  const width = states * (most + 1);
  // cell = state × (most + 1) + intervals used; state 0 is off, 1 + p × runs + (run − 1) is prompt p in a run.
  let values = new Float64Array(width).fill(-Infinity);
  values[0] = 0;
  const cameFrom: Int32Array[] = [];
  const ended = (state: number): boolean => state === 0 || (state - 1) % runs === runs - 1;
  for (let i = 0; i < count; i += 1) {
    const next = new Float64Array(width).fill(-Infinity);
    const from = new Int32Array(width).fill(-1);
    const reach = (cell: number, value: number, source: number): void => {
      if (value > (next[cell] as number)) {
        next[cell] = value;
        from[cell] = source;
      }
    };
    for (let cell = 0; cell < width; cell += 1) {
      const value = values[cell] as number;
      if (value === -Infinity) continue;
      const state = Math.floor(cell / (most + 1));
      const used = cell % (most + 1);
      if (ended(state)) reach(used, value, cell);
      if (used === most) continue;
      for (let p = 0; p < prompts; p += 1) {
        const gain = worth[p]?.[i] ?? -Infinity;
        if (gain === -Infinity) continue;
        const same = state > 0 && Math.floor((state - 1) / runs) === p;
        if (!same && !ended(state)) continue;
        const run = same ? Math.min(runs - 1, ((state - 1) % runs) + 1) : 0;
        const cost = same ? 0 : (rules.startCost ?? 0);
        reach((1 + p * runs + run) * (most + 1) + used + 1, value + gain - cost, cell);
      }
    }
    cameFrom.push(from);
    values = next;
  }
  return traceBack(values, cameFrom, runs, most, ended);
};

const traceBack = (
  values: Float64Array,
  cameFrom: readonly Int32Array[],
  runs: number,
  most: number,
  ended: (state: number) => boolean,
): PromptSchedule => {
  let cell = 0;
  for (let c = 0; c < values.length; c += 1)
    if (ended(Math.floor(c / (most + 1))) && (values[c] as number) > (values[cell] as number)) cell = c;
  const row = new Int8Array(cameFrom.length).fill(-1);
  for (let i = cameFrom.length - 1; i >= 0; i -= 1) {
    const state = Math.floor(cell / (most + 1));
    if (state > 0) row[i] = Math.floor((state - 1) / runs);
    cell = cameFrom[i]?.[cell] ?? 0;
  }
  return row;
};

/** Stretches of a row, in order: prompt index, first interval, interval after the last. */
export const stretchesOf = (row: PromptSchedule): { prompt: number; from: number; to: number }[] => {
  const stretches: { prompt: number; from: number; to: number }[] = [];
  for (let i = 0; i < row.length; i += 1) {
    const prompt = row[i] as number;
    if (prompt < 0) continue;
    const last = stretches.at(-1);
    if (last !== undefined && last.to === i && last.prompt === prompt) last.to = i + 1;
    else stretches.push({ prompt, from: i, to: i + 1 });
  }
  return stretches;
};
