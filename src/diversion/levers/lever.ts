import type { LeverName } from '../../contract/documents/effect-documents.ts';
import type { LeversModel } from '../../contract/models/levers-model.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { CancelledError } from '../../kernel/errors.ts';
import type { Horizon, Operation, Outcome, PromptPlacement } from '../../kernel/hotline.ts';
import type { ShouldStop } from '../../kernel/ports.ts';
import { shrinkageByInterval } from '../../kernel/shrinkage.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { project } from '../../queueing/project.ts';
import { callsShort, lostAfterDeferral, shortOfTargets } from '../diversion-aim.ts';
import type { DiversionFinding } from '../diversion-findings.ts';

/** What levers are set up from: the line as it is, with no prompt playing, and what may be done to it. */
export interface LeverTask {
  readonly operation: Operation;
  /** The line as it is, projected. */
  readonly outcome: Outcome;
  readonly targets: TargetsModel;
  readonly tiers: TiersModel;
  readonly catalogue: PromptsModel;
  readonly settings: LeversModel;
  /** 1 where the line is open. */
  readonly open: Uint8Array;
  readonly neverDivert: readonly string[];
  readonly shouldStop: ShouldStop;
  /** What pulls led to, kept for whoever asks the same again. */
  readonly pulls: Map<string, Pulled>;
}

/**
 * Something that relieves a peak, to be had in part: level 0 is nothing, 1 the most that models/levers.json allows.
 * Levers change different parts of an operation, so that several can be applied one after the other.
 */
export interface Lever {
  readonly lever: LeverName;
  /** True while its settings are nobody's figures. */
  readonly assumed: boolean;
  /** Number of parts that it comes in, of which a level takes the nearest; left out: every share is possible. */
  readonly parts?: number;
  apply(operation: Operation, level: number): Operation;
  /** Money for the horizon, given what the lever alone leads to at that level. */
  cost(level: number, alone: Outcome): number;
  /** What a level comes to. */
  amount(level: number, alone: Outcome): DiversionFinding;
}

/** Money that an hour ready for calls costs in a tier, by interval: paid time without calls is in it. 0: no such tier. */
export const readyHourCosts = (tiers: TiersModel, tier: string, horizon: Horizon): Float64Array => {
  const own = tiers.tiers.find((each) => each.tier === tier);
  if (own === undefined) return new Float64Array(horizon.count);
  return shrinkageByInterval(own.shrinkage, horizon).map((away) => own.costPerHour / (1 - away));
};

/** Stretches in which a placement plays, in order. */
export const stretchesPlayed = ({ on }: PromptPlacement): { from: number; to: number }[] => {
  const stretches: { from: number; to: number }[] = [];
  for (let i = 0; i < on.length; i += 1) {
    if (on[i] !== 1) continue;
    const last = stretches.at(-1);
    if (last?.to === i) last.to = i + 1;
    else stretches.push({ from: i, to: i + 1 });
  }
  return stretches;
};

/**
 * First callers who are not served in the end: those who give up after hanging up or a busy line, and those who
 * were sent to another time and never call again.
 */
export const callersLost = (outcome: Outcome, { demand, policy }: Operation): number => {
  let lost = 0;
  for (const queue of outcome.queues) {
    const repeats = demand.queues.find((own) => own.queue === queue.queue)?.repeats;
    lost += sumOf(queue.abandoned) * (1 - (repeats?.afterAbandon ?? 0));
    lost += sumOf(queue.blocked) * (1 - (repeats?.afterBlock ?? 0));
    queue.deferred.forEach((sent, i) => (lost += sent * lostAfterDeferral(policy.prompts, queue.queue, i)));
  }
  return lost;
};

/**
 * Operators that each tier lacks per interval for its own queues to meet their targets: the work of the calls that
 * are short, counted for the tier that a queue is answered by first.
 */
export const operatorsShort = (
  outcome: Outcome,
  { demand, capacity, policy }: Operation,
  targets: TargetsModel,
): Float64Array[] => {
  const { count, intervalMinutes } = demand.horizon;
  const short = capacity.tiers.map(() => new Float64Array(count));
  for (const queue of outcome.queues) {
    const demanded = demand.queues.find((each) => each.queue === queue.queue);
    const routes = policy.queues.find((each) => each.queue === queue.queue)?.routes ?? [];
    const first = routes.toSorted((a, b) => a.preference - b.preference)[0]?.tier;
    const row = short[capacity.tiers.findIndex(({ tier }) => tier === first)];
    if (demanded === undefined || row === undefined) continue;
    for (let i = 0; i < count; i += 1) {
      const work = callsShort(queue, i, targets) * valueAt(demanded.handleTimeSeconds, i);
      addAt(row, i, work / (intervalMinutes * 60));
    }
  }
  return short;
};

/** A line with some levers pulled, and what that leads to. */
export interface Pulled {
  readonly outcome: Outcome;
  /** Calls short of the targets, and first callers not served in the end. */
  readonly short: number;
  readonly lost: number;
}

/** One lever, turned until the target is reached, or to its most where it cannot be. */
export interface DialledLever extends Pulled {
  readonly lever: Lever;
  readonly level: number;
  readonly reachesTarget: boolean;
  readonly cost: number;
}

/** Steps in which a lever is turned. */
export const leverSteps = 20;

/** The parts of a lever that a level comes to, or the level itself. */
const roundedTo = (parts: number | undefined, level: number): number =>
  parts === undefined ? level : Math.round(level * parts);

export const pullLevers = (
  task: LeverTask,
  pulled: readonly { readonly lever: Lever; readonly level: number }[],
): Pulled => {
  if (task.shouldStop()) throw new CancelledError();
  const key = pulled.map(({ lever: { lever, parts }, level }) => [lever, roundedTo(parts, level)]).join();
  const known = task.pulls.get(key);
  if (known !== undefined) return known;
  const operation = pulled.reduce<Operation>(
    (sofar, { lever, level }) => lever.apply(sofar, level),
    task.operation,
  );
  const outcome = project(operation);
  const found = {
    outcome,
    short: shortOfTargets(outcome, task.targets),
    lost: callersLost(outcome, operation),
  };
  task.pulls.set(key, found);
  return found;
};

/**
 * The least of a lever that brings the calls short of the targets down to `atMost`, in twentieths of its most; its
 * most where that does not do it. More of a lever mends more, so halving finds it.
 */
export const dialLever = (task: LeverTask, lever: Lever, atMost: number): DialledLever => {
  const at = (step: number): Pulled => pullLevers(task, [{ lever, level: step / leverSteps }]);
  const reaches = (step: number): boolean => at(step).short <= atMost + 1e-6;
  let low = 0;
  let high = leverSteps;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle + 1;
  }
  const found = at(high);
  const level = high / leverSteps;
  return { lever, level, reachesTarget: reaches(high), ...found, cost: lever.cost(level, found.outcome) };
};
