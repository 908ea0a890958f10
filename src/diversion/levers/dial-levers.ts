import type { Operation, Outcome } from '../../kernel/hotline.ts';
import { project } from '../../queueing/project.ts';
import { CancelledError } from '../../kernel/errors.ts';
import { callersLost, type Lever, type LeverTask, shortOfTargets } from './lever.ts';

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

export const pullLevers = (
  task: LeverTask,
  pulled: readonly { readonly lever: Lever; readonly level: number }[],
): Pulled => {
  if (task.shouldStop()) throw new CancelledError();
  const operation = pulled.reduce<Operation>(
    (sofar, { lever, level }) => (level > 0 ? lever.apply(sofar, level) : sofar),
    task.operation,
  );
  const outcome = project(operation);
  return { outcome, short: shortOfTargets(outcome, task.targets), lost: callersLost(outcome, operation) };
};

/**
 * The least of a lever that brings the calls short of the targets down to `atMost`, in twentieths of its most; its
 * most where that does not do it. More of a lever mends more, so halving finds it.
 */
export const dialLever = (task: LeverTask, lever: Lever, atMost: number): DialledLever => {
  const tried = new Map<number, Pulled>();
  const at = (step: number): Pulled => {
    const known = tried.get(step) ?? pullLevers(task, [{ lever, level: step / leverSteps }]);
    tried.set(step, known);
    return known;
  };
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
