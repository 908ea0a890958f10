import type { Operation, Outcome, QueueDemand } from '../../kernel/hotline.ts';
import { seededRandom, type Random } from '../../kernel/random.ts';
import { asRates } from '../../kernel/sample-paths.ts';
import { addWeighted, copyOutcome, project, projectPaths } from '../../queueing/project.ts';
import { futures } from '../operation/project-plan.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Pairs of weeks with the luck of calls put on the counts, up in one where it is down in the other. */
const pairs = 4;

/**
 * What the line would have made of calls that were counted. A count is a rate with the luck of single calls on it, and
 * the formula puts that luck on once more: waits would come out too long. So the same luck is put on the counts a second
 * time, and what it does is taken off once (simulation and extrapolation: Cook and Stefanski 1994). `counted` has 1 where
 * a queue's `freshMean` is a count; elsewhere it is a rate. What else differs from path to path goes on doing so.
 */
export const projectCounted = (operation: Operation, counted: ReadonlyMap<string, Uint8Array>): Outcome => {
  const certain = withoutSpread(operation);
  const plain = project(certain);
  const lucky = projectPaths(withLuck(certain, counted)).outcome;
  const found = copyOutcome(
    differs(operation) ? projectPaths(onAllPaths(operation), futures).outcome : plain,
  );
  addWeighted(found, plain, 1);
  addWeighted(found, lucky, -1);
  return found;
};

/** Operators, handle times and patience as they are on average. */
const withoutSpread = ({ demand, capacity, policy }: Operation): Operation => ({
  demand: { ...demand, queues: demand.queues.map(({ behaviour: _behaviour, ...queue }) => queue) },
  capacity: { ...capacity, tiers: capacity.tiers.map(({ tier, operators }) => ({ tier, operators })) },
  policy,
});

/** Whether anything but the calls differs from path to path. */
const differs = ({ demand, capacity }: Operation): boolean =>
  demand.queues.some(({ behaviour }) => behaviour !== undefined) ||
  capacity.tiers.some(({ attendance }) => attendance !== undefined);

/** The counted calls on as many paths as the rest has. */
const onAllPaths = (operation: Operation): Operation =>
  withRates(
    operation,
    futures,
    ({ freshMean }) =>
      () =>
        freshMean,
  );

const withLuck = (operation: Operation, counted: ReadonlyMap<string, Uint8Array>): Operation => {
  const random = seededRandom(1);
  return withRates(operation, 2 * pairs, (queue) => {
    const known = counted.get(queue.queue);
    const luck = queue.freshMean.map((calls, i) => (known?.[i] === 1 ? Math.sqrt(Math.max(0, calls)) : 0));
    const signs = Array.from({ length: pairs }, () => signsOf(luck.length, random));
    return (path) =>
      queue.freshMean.map((calls, i) => {
        const sign = (path % 2 === 0 ? 1 : -1) * (signs[path >> 1]?.[i] ?? 0);
        return Math.max(0, calls + sign * valueAt(luck, i));
      });
  });
};

const signsOf = (count: number, random: Random): Int8Array =>
  Int8Array.from({ length: count }, () => (random.uniform() < 0.5 ? -1 : 1));

/** The operation with so many paths of calls, nothing else differing where `certain`. */
const withRates = (
  { demand, ...rest }: Operation,
  pathCount: number,
  ratesOf: (queue: QueueDemand) => (path: number) => Float64Array,
): Operation => ({
  ...rest,
  demand: {
    ...demand,
    queues: demand.queues.map((queue) => {
      const rates = ratesOf(queue);
      const ratePaths = new Float64Array(pathCount * demand.horizon.count);
      for (let path = 0; path < pathCount; path += 1) ratePaths.set(rates(path), path * demand.horizon.count);
      return { ...queue, ratePaths: asRates(ratePaths), pathCount };
    }),
  },
});
