import type { ParallelTask } from '../../kernel/ports.ts';
import { relaxedBound, type RelaxedPlan, type RelaxedPrices } from '../columns/relaxed-bound.ts';
import type { RosterProblem } from '../roster-problem.ts';
import { keptModel, raiseBound, type RosterSearch } from './roster-search.ts';

/** One leg of a descent, asked of a thread: the problem travels, since what is built from it cannot. */
export interface BoundRequest extends RelaxedPlan {
  readonly roster: number;
  readonly problem: RosterProblem;
  readonly start: RelaxedPrices | undefined;
}

export const boundTask = (request: BoundRequest): ReturnType<typeof relaxedBound> =>
  relaxedBound(keptModel(request.roster, request.problem), request, request.start);

const task: ParallelTask = { module: new URL('./bound-task.ts', import.meta.url).href, name: 'boundTask' };

/** Between legs it can be stopped. */
const legs = 15;
const passesPerLeg = 20;
/** Person-days beyond which legs have fewer passes, so that a descent takes about as long. */
const usualPersonDays = 6000;

/** Raises the bound by relaxed lines, on a thread where there is one. */
export const boundByRelaxing = async (search: RosterSearch): Promise<void> => {
  const { people, means, model, problem, roster, scale } = search;
  const share = Math.min(1, usualPersonDays / Math.max(1, model.days * people.length));
  const passes = Math.max(5, Math.round(passesPerLeg * share));
  let start: RelaxedPrices | undefined;
  for (let leg = 0; leg < legs && !search.isPast(0.3); leg += 1) {
    const plan = { people, scale, passes, from: leg / legs, until: (leg + 1) / legs };
    const request: BoundRequest = { ...plan, roster, problem, start };
    const answers =
      means.parallel === undefined
        ? [boundTask(request)]
        : await means.parallel<ReturnType<typeof boundTask>>(task, [request]);
    const answer = answers[0];
    if (answer === undefined) return;
    start = answer.prices;
    raiseBound(search, answer.bound);
    search.report('prices');
  }
};
