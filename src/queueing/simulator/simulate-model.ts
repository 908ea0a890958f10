import { CancelledError } from '../../kernel/errors.ts';
import type { ParallelMap, Progress, ShouldStop } from '../../kernel/ports.ts';
import {
  addCounts,
  countField,
  emptyCounts,
  totalsOfCounts,
  transferWidth,
  type LineCounts,
} from './line-counts.ts';
import { simulateLine } from './line-simulation.ts';
import { layOutModel, modelAnswerLimits } from './model-line.ts';
import { measureCalls, measurePool, measureTransfers, type Measures } from './model-measures.ts';
import type { SimulationModel } from './simulation-model.ts';
import { splitReplications } from './split-replications.ts';

export interface ModelSimulationOptions {
  /** At least 2, for intervals to be known. */
  readonly replications: number;
  readonly seed: number;
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

/** Measures over all calls, per class and per pool, and mean counts per interval of arrival. */
export interface ModelSimulation {
  readonly all: Measures;
  readonly per_class: Measures[];
  readonly pools: Measures[];
  readonly intervals: Record<string, number[]>;
}

export interface ModelShare {
  readonly model: SimulationModel;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** Sums of a share's replications, and each one's totals (see `totalsOfCounts`). */
export interface ModelSums {
  readonly counts: LineCounts;
  readonly totals: readonly Float64Array[];
}

/** Simulates a bare queueing model; counts are per replication, ratios by ratio estimator over replications. */
export const simulateModel = (model: SimulationModel, options: ModelSimulationOptions): ModelSimulation => {
  const { replications, seed } = options;
  const shares = splitReplications(replications).map(({ from, to }) => {
    if (options.shouldStop?.() === true) throw new CancelledError();
    const sums = simulateModelShare({ model, seed, from, to });
    options.progress?.(to / replications);
    return sums;
  });
  return joinShares(model, shares, replications);
};

/** The same on threads: equal to `simulateModel` number by number. */
export const simulateModelOnThreads = async (
  model: SimulationModel,
  options: ModelSimulationOptions,
  parallel: ParallelMap,
): Promise<ModelSimulation> => {
  const { replications, seed } = options;
  const inputs = splitReplications(replications).map(({ from, to }): ModelShare => ({
    model,
    seed,
    from,
    to,
  }));
  const task = { module: import.meta.url, name: 'simulateModelShare' };
  const shares = await parallel<ModelSums>(task, inputs, options.progress);
  return joinShares(model, shares, replications);
};

/** Simulates the replications from `from` to before `to`: the task that worker threads run. */
export const simulateModelShare = ({ model, seed, from, to }: ModelShare): ModelSums => {
  const spec = layOutModel(model);
  const sum = emptyCounts(spec);
  const totals: Float64Array[] = [];
  for (let replication = from; replication < to; replication += 1) {
    const counts = simulateLine(spec, seed, replication);
    addCounts(sum, counts);
    totals.push(totalsOfCounts(spec, counts));
  }
  return { counts: sum, totals };
};

const joinShares = (
  model: SimulationModel,
  shares: readonly ModelSums[],
  replications: number,
): ModelSimulation => {
  const sum = emptyCounts(layOutModel(model));
  for (const { counts } of shares) addCounts(sum, counts);
  const totals = shares.flatMap((share) => share.totals);
  const { width } = sum;
  const classes = model.classes.length;
  const rowsOf = (c: number): Float64Array[] => totals.map((row) => row.subarray(c * width, (c + 1) * width));
  const poolColumn = (p: number, k: number): number[] =>
    totals.map((row) => row[classes * width + 3 * p + k] ?? 0);
  const transfersAt = classes * width + 3 * model.pools.length;
  const handedOn = (c: number): Float64Array[] =>
    totals.map((row) => row.subarray(transfersAt + c * transferWidth, transfersAt + (c + 1) * transferWidth));
  const transfersOf = (rows: readonly Float64Array[]): Measures =>
    sum.transfers.length > 0 ? measureTransfers(rows) : {};
  return {
    all: {
      ...measureCalls(totals.map((row) => sumOfClasses(row, classes, width))),
      ...transfersOf(totals.map((row) => sumOfClasses(row.subarray(transfersAt), classes, transferWidth))),
    },
    per_class: model.classes.map((_, c) => ({ ...measureCalls(rowsOf(c)), ...transfersOf(handedOn(c)) })),
    pools: model.pools.map((_, p) => measurePool(poolColumn(p, 0), poolColumn(p, 1), poolColumn(p, 2))),
    intervals: intervalMeans(sum, model.intervals, classes, replications),
  };
};

const sumOfClasses = (row: Float64Array, classes: number, width: number): Float64Array => {
  const sum = new Float64Array(width);
  for (let c = 0; c < classes; c += 1) {
    for (let f = 0; f < width; f += 1) sum[f] = (sum[f] ?? 0) + (row[c * width + f] ?? 0);
  }
  return sum;
};

const intervalMeans = (
  sum: LineCounts,
  intervals: number,
  classes: number,
  replications: number,
): Record<string, number[]> => {
  const mean = (field: number): number[] =>
    Array.from({ length: intervals }, (_, i) => {
      let total = 0;
      for (let c = 0; c < classes; c += 1) total += sum.calls[(c * intervals + i) * sum.width + field] ?? 0;
      return total / replications;
    });
  return {
    attempts: mean(countField.attempts),
    blocked: mean(countField.blocked),
    deflected: mean(countField.deflected),
    connected: mean(countField.connected),
    abandoned: mean(countField.abandoned),
    ans15: mean(sum.answerLimitAt + modelAnswerLimits.indexOf(15)),
    wait_answered_sum: mean(countField.waitAnswered),
  };
};
