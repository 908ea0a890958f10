import type { PreparedHistory } from '../history/prepare-history.ts';

/**
 * Smooths a profile along the day (Whittaker 1923, second differences) on square roots, where counts scatter
 * alike at every size. Waves shorter than about 6 × `hours` fade. Runs of open slots that follow each other
 * are smoothed apart, so that opening and closing times stay sharp. Each class keeps its sum.
 */
export const smoothProfiles = (
  history: PreparedHistory,
  profiles: Float64Array,
  hours: number,
): Float64Array => {
  const slots = history.slotOf.length;
  const out = profiles.slice();
  const strength = ((hours * 60) / history.intervalMinutes) ** 4;
  for (let at = 0; at < out.length; at += slots) {
    let from = 0;
    while (from < slots) {
      let to = from;
      while (to < slots && profiles[at + to]! > 0 && (to === from || follows(history, to))) to += 1;
      if (to - from > 3) smoothRun(out, at + from, at + to, strength);
      from = Math.max(to, from + 1);
    }
  }
  return out;
};

const follows = (history: PreparedHistory, slot: number): boolean =>
  (history.slotOf[slot] ?? 0) - (history.slotOf[slot - 1] ?? 0) === 1;

const smoothRun = (values: Float64Array, from: number, to: number, strength: number): void => {
  const run = Float64Array.from(values.subarray(from, to), Math.sqrt);
  solveSmooth(run, strength);
  let before = 0;
  let after = 0;
  for (let i = 0; i < run.length; i += 1) {
    before += values[from + i]!;
    run[i] = Math.max(0, run[i]!) ** 2;
    after += run[i]!;
  }
  for (let i = 0; i < run.length; i += 1) values[from + i] = (run[i]! * before) / after;
};

/** Solves (I + strength·DᵀD) x = y in place, D second differences: an LDLᵀ of five diagonals. */
const solveSmooth = (y: Float64Array, strength: number): void => {
  const size = y.length;
  const pivot = new Float64Array(size);
  const near = new Float64Array(size);
  const far = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const edge = i === 0 || i === size - 1 ? 1 : i === 1 || i === size - 2 ? 5 : 6;
    const nearRaw = i === size - 1 ? 0 : i === 0 || i === size - 2 ? -2 : -4;
    const [p1, p2] = [i > 0 ? pivot[i - 1]! : 0, i > 1 ? pivot[i - 2]! : 0];
    const [e1, f2] = [i > 0 ? near[i - 1]! : 0, i > 1 ? far[i - 2]! : 0];
    const f1 = i > 0 ? far[i - 1]! : 0;
    pivot[i] = 1 + strength * edge - e1 * e1 * p1 - f2 * f2 * p2;
    near[i] = i < size - 1 ? (strength * nearRaw - e1 * f1 * p1) / pivot[i]! : 0;
    far[i] = i < size - 2 ? strength / pivot[i]! : 0;
  }
  for (let i = 1; i < size; i += 1) {
    y[i]! -= near[i - 1]! * y[i - 1]! + (i > 1 ? far[i - 2]! * y[i - 2]! : 0);
  }
  for (let i = 0; i < size; i += 1) y[i]! /= pivot[i]!;
  for (let i = size - 2; i >= 0; i -= 1) {
    y[i]! -= near[i]! * y[i + 1]! + (i < size - 2 ? far[i]! * y[i + 2]! : 0);
  }
};
