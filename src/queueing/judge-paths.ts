import { valueOfRank } from '../kernel/value-of-rank.ts';
import {
  occupancyOf,
  setOperators,
  staffPath,
  tierConnectionOf,
  type Judgement,
  type RunState,
} from './judge-interval.ts';
import { carriedBy, putState, takeState } from './path-state.ts';
import { solveInterval } from './run-path.ts';
import type { RunningPath } from './running-path.ts';

/** Sample paths are solved to this share of calls: far finer than they differ. */
export const pathWithin = 2e-4;

/** Solves the present interval on one path under the operators that the mean path was given. */
export const solvePath = (run: RunState, path: RunningPath, p: number, thresholds: boolean): void => {
  staffPath(run, path, p);
  solveInterval(run.runner, path, run.interval, true, thresholds, pathWithin);
};

/** Value of a measure that the share `confidence` of paths reaches or is above. */
const reached = (run: RunState, values: Float64Array): number =>
  values.some(Number.isNaN) ? Number.NaN : valueOfRank(values, values.length - 1 - run.rank);

/**
 * The same question as `judge`, answered path by path: every sample path is solved under the operators, and of each
 * measure the value is taken that the share `confidence` of paths reaches. Exact where `judge` orders paths by their
 * load and looks at one of them; as dear as settling the interval.
 */
export const judgePaths = (run: RunState, operators: ArrayLike<number>): Judgement => {
  const { runner, mean, judged, judgement } = run;
  run.enteredPaths ??= run.paths.map((path) => takeState(path, carriedBy(path)));
  setOperators(run, operators);
  solveInterval(runner, mean, run.interval, false, judged[0] === mean);
  const queues = mean.state.load.length;
  const column = (): Float64Array => new Float64Array(judged.length);
  const connection = Array.from({ length: queues }, column);
  const within = Array.from({ length: queues }, column);
  const tiers = Array.from(mean.state.operators, column);
  const occupancy = column();
  judged.forEach((path, p) => {
    const entered = run.enteredPaths?.[p];
    if (entered !== undefined) {
      putState(path, carriedBy(path), entered);
      solvePath(run, path, p, true);
    }
    const { state, measures, at } = path;
    for (let q = 0; q < queues; q += 1) {
      const none = at.base[q] === 0 && (state.load[q] ?? 0) < 1e-9;
      (connection[q] as Float64Array)[p] = none ? 1 : (measures.answer[q] ?? 0);
      (within[q] as Float64Array)[p] = none ? 1 : (measures.within[q] ?? 0);
    }
    occupancy[p] = occupancyOf(path, measures.answer);
    tiers.forEach((row, k) => (row[p] = tierConnectionOf(path, k)));
    if (entered !== undefined) putState(path, carriedBy(path), entered);
  });
  for (let q = 0; q < queues; q += 1) {
    judgement.connection[q] = reached(run, connection[q] as Float64Array);
    judgement.within[q] = reached(run, within[q] as Float64Array);
  }
  tiers.forEach((row, k) => (judgement.tierConnection[k] = reached(run, row)));
  judgement.occupancy = valueOfRank(occupancy, run.rank);
  return judgement;
};
