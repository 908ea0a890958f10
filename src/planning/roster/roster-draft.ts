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

/** How many more people could be away on a day, in all and of each tier alone. */
export interface MoreAway {
  readonly all: number;
  readonly byTier: readonly number[];
}

/**
 * Day by day, how many more people could be away with no duty left open that is covered now: those who are too many on
 * duty, and those off duty who could step in and keep every hard rule, less the duties that are open already. Of a tier:
 * its own duties, and whoever off duty may serve it.
 */
export const moreAway = (draft: RosterDraft, roster: Roster): MoreAway[] => {
  const { problem } = draft;
  return [...problem.days.keys()].map((day) => {
    const rows = problem.demand.filter((row) => row.day === day && row.operators > 0);
    const onDuty = roster.filter((duty) => duty.day === day);
    const steppingIn = freeOn(draft, day).map((person) => ({
      tiers: problem.people[person]?.tiers ?? [],
      shifts: [...new Set(rows.map(({ shift }) => shift))].filter(
        (shift) => tryDay(draft, person, day, shift + 1) < Infinity,
      ),
    }));
    const within = (tiers: readonly number[]): number => {
      const own = rows.filter(({ tier }) => tiers.includes(tier));
      const there = onDuty.filter(({ tier }) => tiers.includes(tier)).length;
      const spare = own.reduce(
        (sum, row) =>
          sum +
          onDuty.filter(({ shift, tier }) => shift === row.shift && tier === row.tier).length -
          row.operators,
        0,
      );
      const standIns = steppingIn.filter(
        (one) =>
          one.tiers.some((tier) => tiers.includes(tier)) &&
          own.some(({ shift }) => one.shifts.includes(shift)),
      );
      return Math.max(0, Math.min(there, standIns.length + spare));
    };
    const tiers = [...problem.tiers.keys()];
    return { all: within(tiers), byTier: tiers.map((tier) => within([tier])) };
  });
};
