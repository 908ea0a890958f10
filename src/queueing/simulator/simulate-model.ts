import { CancelledError } from '../../kernel/errors.ts';
import type { ParallelMap, Progress, ShouldStop } from '../../kernel/ports.ts';
import {
  addCounts,
  countField,
  emptyCounts,
  type LineCounts,
  totalsOfCounts,
  transferField,
  transferWidth,
} from './line-counts.ts';
import { simulateReplication } from './line-simulation.ts';
import { layOutModel, modelAbandonLimits, modelAnswerLimits } from './line-spec.ts';
import { type Estimate, meanEstimate, ratioEstimate, splitReplications } from './plan-rates.ts';
import type { SimulationModel } from './simulation-model.ts';

interface ModelSimulationOptions {
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

interface ModelShare {
  readonly model: SimulationModel;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** Sums of a share's replications, and each one's totals (see `totalsOfCounts`). */
interface ModelSums {
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
    const counts = simulateReplication(spec, seed, replication);
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

/** [estimate, half width of the 95 % interval] per measure; null where the base is 0. */
type Measures = Record<string, [number, number] | null>;

/** A count per replication, read from its row of counts. */
type Reading = (row: Float64Array) => number;

const field =
  (index: number): Reading =>
  (row) =>
    row[index] ?? 0;

const answeredWithin = (seconds: (typeof modelAnswerLimits)[number]): Reading =>
  field(limitsAt + modelAnswerLimits.indexOf(seconds));

const limitsAt = Math.max(...Object.values(countField)) + 1;
const shortAbandons = field(limitsAt + modelAnswerLimits.length + modelAbandonLimits.indexOf(5));

const attempts = field(countField.attempts);
const first = field(countField.first);
const blocked = field(countField.blocked);
const deflected = field(countField.deflected);
const connected = field(countField.connected);
const abandoned = field(countField.abandoned);
const admitted: Reading = (row) => attempts(row) - blocked(row) - deflected(row);
const redials: Reading = (row) =>
  (row[countField.redialAfterAbandon] ?? 0) + (row[countField.redialAfterBlock] ?? 0);

const counted: Readonly<Record<string, Reading>> = {
  attempts,
  first,
  redial_after_abandon: field(countField.redialAfterAbandon),
  redial_after_block: field(countField.redialAfterBlock),
  reconnects: field(countField.reconnects),
  blocked,
  deflected,
  connected,
  abandoned,
  callers: field(countField.fresh),
  callers_settled: field(countField.settledByOperator),
  callers_gave_up_after_abandoning: field(countField.gaveUpAfterAbandoning),
  callers_gave_up_after_blocking: field(countField.gaveUpAfterBlocking),
  callers_diverted: field(countField.divertedForGood),
  callers_still_open: field(countField.stillOpen),
};

const ratios: Readonly<Record<string, readonly [Reading, Reading]>> = {
  p_connect_of_attempts: [connected, attempts],
  p_abandon_of_attempts: [abandoned, attempts],
  p_abandon_of_queued_or_served: [abandoned, (row) => connected(row) + abandoned(row)],
  p_block_of_attempts: [blocked, attempts],
  p_deflect_of_attempts: [deflected, attempts],
  sl10_of_attempts: [answeredWithin(10), attempts],
  sl15_of_attempts: [answeredWithin(15), attempts],
  sl20_of_attempts: [answeredWithin(20), attempts],
  sl60_of_attempts: [answeredWithin(60), attempts],
  sl15_of_admitted: [answeredWithin(15), admitted],
  sl15_excl_short_abandons5: [answeredWithin(15), (row) => admitted(row) - shortAbandons(row)],
  sl15_of_answered: [answeredWithin(15), connected],
  asa_answered_s: [field(countField.waitAnswered), connected],
  mean_wait_admitted_s: [field(countField.waitAll), admitted],
  p_wait_of_admitted: [field(countField.waited), admitted],
  redial_rate: [redials, attempts],
  attempts_per_first: [attempts, first],
};

const pair = (estimate: Estimate | undefined): [number, number] | null =>
  estimate === undefined ? null : [estimate[0], estimate[1]];

/** All measures of calls, under the reference's names, from one row of counts per replication. */
const measureCalls = (rows: readonly Float64Array[]): Measures => {
  const measures: Measures = {};
  for (const [name, read] of Object.entries(counted)) measures[name] = pair(meanEstimate(rows.map(read)));
  for (const [name, [top, bottom]] of Object.entries(ratios)) {
    measures[name] = pair(ratioEstimate(rows.map(top), rows.map(bottom)));
  }
  return measures;
};

const transferred = (name: keyof typeof transferField): Reading => field(transferField[name]);

/** What became of calls handed on, from one row of counts per replication; the waits are for the next operator. */
const measureTransfers = (rows: readonly Float64Array[]): Measures => {
  const mean = (name: keyof typeof transferField) => pair(meanEstimate(rows.map(transferred(name))));
  const ratio = (top: keyof typeof transferField, bottom: keyof typeof transferField) =>
    pair(ratioEstimate(rows.map(transferred(top)), rows.map(transferred(bottom))));
  return {
    transfers_out: mean('sent'),
    transfers_in: mean('received'),
    transfers_answered: mean('answered'),
    transfers_abandoned: mean('abandoned'),
    p_abandon_of_transfers_in: ratio('abandoned', 'received'),
    mean_wait_transfers_in_s: ratio('waitAll', 'received'),
  };
};

/** Measures of a pool from its busy, staffed and overrun seconds per replication. */
const measurePool = (
  busy: readonly number[],
  staffed: readonly number[],
  overrun: readonly number[],
): Measures => {
  const hours = (seconds: readonly number[]): [number, number] | null =>
    pair(meanEstimate(seconds.map((value) => value / 3600)));
  return {
    occupancy_busy_over_scheduled: pair(ratioEstimate(busy, staffed)),
    busy_h: hours(busy),
    scheduled_h: hours(staffed),
    overrun_h: hours(overrun),
  };
};
