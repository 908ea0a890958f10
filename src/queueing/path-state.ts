import type { RunningPath } from './running-path.ts';

/** What queues see of the tiers is worked out anew in each interval, but for how often they found them all busy. */
const isCarried = (name: string): boolean =>
  name === 'viewBusy' || !(name === 'work' || name.startsWith('view'));

/** Every array in which a run carries something from interval to interval. */
export const carriedBy = (path: RunningPath): readonly Float64Array[] => {
  if (path.carried !== undefined) return path.carried;
  const kept = Object.entries(path.state).filter(([name]) => isCarried(name));
  const arrays = [
    ...new Set(arraysWithin([path.at, Object.fromEntries(kept), path.measures, path.transfers])),
  ];
  path.carried = arrays;
  return arrays;
};

const arraysWithin = (value: unknown): Float64Array[] => {
  if (value instanceof Float64Array) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(arraysWithin);
};

export const takeState = (path: RunningPath, arrays: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(arrays.reduce((sum, values) => sum + values.length, 1));
  let from = 1;
  all[0] = path.setting.block;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i += 1) all[from + i] = values[i] ?? 0;
    from += values.length;
  }
  return all;
};

export const putState = (path: RunningPath, arrays: readonly Float64Array[], all: Float64Array): void => {
  let from = 1;
  path.setting.block = all[0] ?? 0;
  // Element by element: the arrays are short, and views of `all` would cost more than what they copy.
  for (const values of arrays) {
    for (let i = 0; i < values.length; i += 1) values[i] = all[from + i] ?? 0;
    from += values.length;
  }
};

/** How near carried states must be, relative to 1 or to their size, for the rest of the way to be the same. */
const sameState = 1e-7;

export const isNear = (path: RunningPath, arrays: readonly Float64Array[], there: Float64Array): boolean => {
  const close = (a: number, b: number): boolean =>
    a === b || Math.abs(a - b) <= sameState * Math.max(1, Math.abs(b));
  if (!close(path.setting.block, there[0] ?? 0)) return false;
  let from = 1;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i += 1) if (!close(values[i] ?? 0, there[from + i] ?? 0)) return false;
    from += values.length;
  }
  return true;
};
