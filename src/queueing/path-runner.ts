import type { Operation } from '../kernel/hotline.ts';
import { openPromptFlow, type PromptFlow } from './prompt-flow.ts';
import { newQueueWork, type QueueWork } from './queue-work.ts';
import { repeatRates, type RepeatRates } from './repeat-calls.ts';
import type { Allocation } from './tier-state.ts';
import { compileTiers, type TierSystem } from './tier-system.ts';

/**
 * How an interval's load is taken: the mean of the modified offered load within it (the default), the load
 * that it stays within nine tenths of the time (`high`), its maximum (where every moment must hold), or
 * calls × handle time of the interval by itself.
 */
export type LoadWithin = 'mean' | 'high' | 'maximum' | 'stationary';

export interface ProjectOptions {
  readonly load?: LoadWithin;
}

/** What one run over the horizon needs, prepared once for all sample paths. */
export interface PathRunner extends Operation {
  readonly system: TierSystem;
  readonly seconds: number;
  readonly rates: readonly RepeatRates[];
  readonly smartVoice: readonly number[];
  readonly load: LoadWithin;
  /** How tiers share the load in each interval, from the mean demand; filled by the first run. */
  readonly allocations: Allocation[];
  /** What its paths are worked out in, one after another. */
  readonly work: QueueWork;
}

/** Lays out names, routes and redial rates once for all paths; `options.load` is `mean` where left out. */
export const preparePaths = (operation: Operation, options: ProjectOptions = {}): PathRunner => {
  const { demand, capacity, policy } = operation;
  const names = demand.queues.map((queue) => queue.queue);
  const tierNames = capacity.tiers.map((tier) => tier.tier);
  const seconds = demand.horizon.intervalMinutes * 60;
  const system = compileTiers(names, tierNames, policy);
  return {
    system,
    demand,
    capacity,
    policy,
    seconds,
    rates: demand.queues.map((queue) => repeatRates(queue.repeats, seconds)),
    smartVoice: names.map((name) => policy.queues.find((q) => q.queue === name)?.smartVoiceShare ?? 0),
    load: options.load ?? 'mean',
    allocations: [],
    work: newQueueWork(system),
  };
};

/** First calls that reach the line (after smart voice), per queue: the mean (path −1) or one sample path. */
export const callsOnLine = (runner: PathRunner, path: number): Float64Array[] =>
  runner.demand.queues.map((queue, q) => {
    const { count } = runner.demand.horizon;
    const calls = path < 0 ? queue.freshMean : queue.ratePaths.subarray(path * count, (path + 1) * count);
    const kept = 1 - (runner.smartVoice[q] ?? 0);
    return calls.map((value) => value * kept);
  });

/** The policy's prompts at the start of a path's first calls; undefined where the policy has none. */
export const promptFlow = (
  { policy, system, demand }: PathRunner,
  calls: readonly Float64Array[],
): PromptFlow | undefined =>
  policy.prompts.length === 0 ? undefined : openPromptFlow(calls, system.queueNames, demand.horizon, policy);
