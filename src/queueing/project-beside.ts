import type { Operation, Outcome } from '../kernel/hotline.ts';
import { traceRun } from './near-projection.ts';
import { addWeighted, emptyOutcome } from './outcome-sums.ts';
import { preparePaths } from './path-runner.ts';

/**
 * True where two operations differ in prompts and calls only: handle times, patience, repeat calls, operators, trunks,
 * routing and channels are the same to the last bit, so that one can lend the other what is the same in both.
 */
export const isSameButForPrompts = (one: Operation, other: Operation): boolean =>
  alike(withoutPromptsAndCalls(one), withoutPromptsAndCalls(other));

const withoutPromptsAndCalls = ({ demand, capacity, policy }: Operation): unknown => [
  demand.horizon,
  demand.queues.map(({ freshMean: _mean, ratePaths: _rates, ...own }) => own),
  capacity,
  { ...policy, prompts: [] },
];

const alike = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (one instanceof Float64Array)
    return (
      other instanceof Float64Array &&
      one.length === other.length &&
      one.every((value, i) => value === other[i])
    );
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => alike((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
  );
};

/**
 * Mean outcomes of operations that differ in prompts and calls only (`isSameButForPrompts`) over the same sample paths,
 * at most `pathLimit` of them: each as `projectPaths` finds it by itself, within what `projectNear` says of lent
 * figures. Path by path the first lends the others the intervals in which nothing differs: it should be the one that
 * most of them are near to.
 */
export const projectBeside = (operations: readonly Operation[], pathLimit: number): Outcome[] => {
  const runs = operations.map((operation) => {
    const runner = preparePaths(operation);
    return { runner, outcome: emptyOutcome(runner) };
  });
  const [first, ...others] = runs;
  if (first === undefined) return [];
  const paths = Math.min(pathLimit, ...first.runner.demand.queues.map(({ pathCount }) => pathCount));
  const only = !(paths >= 1 && paths < Infinity);
  const weight = only ? 1 : 1 / paths;
  // How tiers share the load is settled on mean demand; sample paths then use it.
  for (let path = -1; path < (only ? 0 : paths); path += 1) {
    const counts = only || path >= 0;
    const near = traceRun(first.runner, path);
    if (counts) addWeighted(first.outcome, near.outcome, weight);
    for (const { runner, outcome } of others) {
      const own = traceRun(runner, path, near);
      if (counts) addWeighted(outcome, own.outcome, weight);
    }
  }
  return runs.map(({ outcome }) => outcome);
};
