import { stretchesOf, type PromptSchedule } from './best-spans.ts';

/** All queues' rows with one of them replaced. */
export const replaceRow = (
  rows: readonly PromptSchedule[],
  q: number,
  row: PromptSchedule,
): PromptSchedule[] => rows.map((r, i) => (i === q ? row : r));

/** Rows with one stretch an interval earlier or later. */
export const movedRows = (row: PromptSchedule): PromptSchedule[] =>
  stretchesOf(row).flatMap(({ prompt, from, to }) =>
    [-1, 1].flatMap((by) => {
      if (from + by < 0 || to + by > row.length) return [];
      return [
        row
          .slice()
          .fill(-1, from, to)
          .fill(prompt, from + by, to + by),
      ];
    }),
  );

/**
 * Rows one step away: a stretch longer, shorter, moved, gone or with another prompt; a new shortest stretch that
 * holds one of the `hot` intervals.
 */
export const nearbyRows = (
  row: PromptSchedule,
  prompts: number,
  minimumOn: number,
  hot: readonly number[],
): PromptSchedule[] => {
  const near: PromptSchedule[] = [];
  const changed = (edit: (copy: PromptSchedule) => void): void => {
    const copy = row.slice();
    edit(copy);
    near.push(copy);
  };
  for (const { prompt, from, to } of stretchesOf(row)) {
    changed((r) => r.fill(-1, from, to));
    for (let p = 0; p < prompts; p += 1) if (p !== prompt) changed((r) => r.fill(p, from, to));
    for (const step of [1, 2]) {
      changed((r) => r.fill(prompt, Math.max(0, from - step), from));
      changed((r) => r.fill(prompt, to, Math.min(r.length, to + step)));
      changed((r) => r.fill(-1, from, from + step));
      changed((r) => r.fill(-1, to - step, to));
    }
    changed((r) => r.fill(-1, from, from + 1).fill(prompt, to, Math.min(r.length, to + 1)));
    changed((r) => r.fill(-1, to - 1, to).fill(prompt, Math.max(0, from - 1), from));
  }
  const length = Math.max(1, minimumOn);
  for (const i of hot)
    for (let back = 0; back < length; back += 1)
      for (let p = 0; p < prompts; p += 1)
        if (i - back >= 0) changed((r) => r.fill(p, i - back, Math.min(r.length, i - back + length)));
  return near;
};

/** All queues' rows in which a stretch of one queue is played to another instead, or to both; `prompts` counts each queue's. */
export const handedOver = (rows: readonly PromptSchedule[], prompts: readonly number[]): PromptSchedule[][] =>
  rows.flatMap((row, q) =>
    stretchesOf(row).flatMap(({ from, to }) =>
      prompts.flatMap((count, other) => {
        if (other === q) return [];
        const without = replaceRow(rows, q, row.slice().fill(-1, from, to));
        return Array.from({ length: count }, (_, p) => {
          const taken = (rows[other] ?? new Int8Array(0)).slice().fill(p, from, to);
          return [replaceRow(without, other, taken), replaceRow(rows, other, taken)];
        }).flat();
      }),
    ),
  );
