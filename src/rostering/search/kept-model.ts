import { rosterModelOf, type RosterModel } from '../roster-model.ts';
import type { RosterProblem } from '../roster-problem.ts';

let kept: { readonly roster: number; readonly model: RosterModel } | undefined;

/** What a thread has built from a problem, kept as long as it is asked about the same roster. */
export const keptModel = (roster: number, problem: RosterProblem): RosterModel => {
  if (kept?.roster !== roster) kept = { roster, model: rosterModelOf(problem) };
  return kept.model;
};
