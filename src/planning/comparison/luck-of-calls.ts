import type { Operation } from '../../kernel/hotline.ts';
import { asCounts } from '../../kernel/sample-paths.ts';
import { simulatePlanOnThreads } from '../../queueing/simulator/simulate-plan.ts';
import type { Ports } from '../ports.ts';

/** Weeks lived through, all with the same counts. */
const weeks = 20;

/**
 * How far the week's connection rate lies, in 95 of 100 weeks of just these counts, from what it is on average: when
 * within an interval calls come, how long each takes and who hangs up is chance. Over the share of the week that was
 * recorded; null where nobody called.
 */
export const luckOfCalls = async (
  ports: Pick<Ports, 'parallel'>,
  { demand, ...rest }: Operation,
  knownShare: number,
  seed: number,
): Promise<number | null> => {
  const { halfWidths } = await simulatePlanOnThreads(
    { ...rest, demand },
    {
      replications: weeks,
      seed,
      counts: demand.queues.map(({ freshMean }) => asCounts(freshMean.map((calls) => Math.round(calls)))),
    },
    ports.parallel,
  );
  // Of the mean of so many weeks; one week's is wider.
  const luck = halfWidths.connectionRate * Math.sqrt(weeks / Math.max(knownShare, 1e-9));
  return Number.isFinite(luck) ? luck : null;
};
