import type { ParallelMap } from '../../kernel/ports.ts';
import { simulateReplication } from './line-simulation.ts';
import { layOutModel } from './line-spec.ts';
import {
  addReplication,
  emptyRateSums,
  ratesByQueue,
  type RateSums,
  type SimulatedRates,
  splitReplications,
} from './plan-rates.ts';
import type { SimulationModel } from './simulation-model.ts';

interface ModelRatesOptions {
  /** At least 2, for intervals to be known. */
  readonly replications: number;
  readonly seed: number;
  /** Seconds within which an answer counts for the service level. */
  readonly thresholdSeconds: number;
}

interface ModelRatesShare {
  readonly model: SimulationModel;
  readonly seed: number;
  readonly thresholdSeconds: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Connection rate and service level of each class of a bare queueing model, over the horizon and by interval. Classes
 * are called by their numbers. Under one seed two staffings meet the same first callers.
 */
export const simulateModelRates = async (
  model: SimulationModel,
  { replications, seed, thresholdSeconds }: ModelRatesOptions,
  parallel: ParallelMap,
): Promise<readonly SimulatedRates[]> => {
  const inputs = splitReplications(replications).map(({ from, to }): ModelRatesShare => ({
    model,
    seed,
    thresholdSeconds,
    from,
    to,
  }));
  const shares = await parallel<RateSums>(
    { module: import.meta.url, name: simulateModelRatesShare.name },
    inputs,
  );
  const names = model.classes.map((_, c) => String(c));
  return ratesByQueue(names, model.intervals, shares, replications);
};

/** Simulates the replications from `from` to before `to`: the task that worker threads run. */
export const simulateModelRatesShare = (share: ModelRatesShare): RateSums => {
  const { model, seed, from, to } = share;
  const spec = layOutModel(model, [share.thresholdSeconds]);
  const classes = model.classes.length;
  const sums = emptyRateSums(classes, model.intervals, to - from);
  for (let replication = from; replication < to; replication += 1)
    addReplication(sums, simulateReplication(spec, seed, replication), classes, replication - from);
  return sums;
};
