import { rosterModelOf } from '../../rostering/roster-model.ts';
import type { Roster, RosterProblem } from '../../rostering/roster-problem.ts';
import { linesOfRoster } from '../../rostering/roster-solution.ts';
import { createRosterState, type RosterState } from '../../rostering/search/roster-state.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A roster under change, with what it rests on. */
export interface RosterDraft {
  readonly problem: RosterProblem;
  readonly state: RosterState;
}

export const openDraft = (problem: RosterProblem, roster: Roster): RosterDraft => {
  const model = rosterModelOf(problem);
  return { problem, state: createRosterState(model, linesOfRoster(model, roster)) };
};

/** Change of the cost by a person's day, taken back at once; Infinity where a hard rule of theirs breaks. */
export const tryDay = ({ state }: RosterDraft, person: number, day: number, option: number): number => {
  state.put(person, day, option);
  const delta = state.delta();
  state.undo();
  return delta;
};

export const optionOn = ({ state, problem }: RosterDraft, person: number, day: number): number =>
  valueAt(state.lines, person * problem.days.length + day);

/** Whoever has the day off and could be asked: not away, and holding the tier where one is given. */
export const freeOn = (draft: RosterDraft, day: number, tier?: number): number[] =>
  [...draft.problem.people.keys()].filter((person) => {
    const own = draft.problem.people[person];
    if (own === undefined || own.unavailable.includes(day) || optionOn(draft, person, day) !== 0)
      return false;
    return own.tiers.length > 0 && (tier === undefined || own.tiers.includes(tier));
  });

/**
 * Day by day, how many more people could be away with no duty left open that is covered now: those who are too many on
 * duty, and those off duty who could step in and keep every hard rule, less the duties that are open already.
 */
export const moreAway = (draft: RosterDraft, roster: Roster): number[] => {
  const { problem } = draft;
  return [...problem.days.keys()].map((day) => {
    const rows = problem.demand.filter((row) => row.day === day && row.operators > 0);
    const onDuty = (shift: number, tier: number): number =>
      roster.filter((duty) => duty.day === day && duty.shift === shift && duty.tier === tier).length;
    const spare = rows.reduce((sum, row) => sum + onDuty(row.shift, row.tier) - row.operators, 0);
    const shifts = [...new Set(rows.map(({ shift }) => shift))];
    const standIns = freeOn(draft, day).filter((person) =>
      shifts.some((shift) => tryDay(draft, person, day, shift + 1) < Infinity),
    );
    return Math.max(0, Math.min(roster.filter((duty) => duty.day === day).length, standIns.length + spare));
  });
};
