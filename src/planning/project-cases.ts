import type { Capacity, Demand, Outcome, Policy } from '../kernel/hotline.ts';
import type { Progress } from '../kernel/ports.ts';
import { projectPaths } from '../queueing/project.ts';
import type { Ports } from './ports.ts';
import { futures } from './project-plan.ts';

/** A line in one case: as it is, with prompts, or with something changed. */
export interface LineCase {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
}

/** The outcome of a case over the forecast's futures: the task that worker threads run. */
export const projectCase = ({ demand, capacity, policy }: LineCase): Outcome =>
  projectPaths(demand, capacity, policy, futures).outcome;

/** Cases side by side on threads, all on the same futures, in order. */
export const projectCases = (
  ports: Pick<Ports, 'parallel'>,
  cases: readonly LineCase[],
  progress?: Progress,
): Promise<Outcome[]> =>
  ports.parallel<Outcome>({ module: import.meta.url, name: projectCase.name }, cases, progress);
