import type { Duty } from '../../contract/documents/roster-document.ts';
import { rosterModelOf } from '../../rostering/roster-model.ts';
import type { Roster, RosterProblem } from '../../rostering/roster-problem.ts';
import { linesOfRoster } from '../../rostering/roster-solution.ts';
import { createRosterState, type RosterState } from '../../rostering/search/roster-state.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A roster under change, with what it rests on. */
export interface RosterDesk {
  readonly problem: RosterProblem;
  readonly state: RosterState;
}

export const openDesk = (problem: RosterProblem, roster: Roster): RosterDesk => {
  const model = rosterModelOf(problem);
  return { problem, state: createRosterState(model, linesOfRoster(model, roster)) };
};

/** Change of the cost by a person's day, taken back at once; Infinity where a hard rule of theirs breaks. */
export const tryDay = ({ state }: RosterDesk, person: number, day: number, option: number): number => {
  state.put(person, day, option);
  const delta = state.delta();
  state.undo();
  return delta;
};

export const optionOn = ({ state, problem }: RosterDesk, person: number, day: number): number =>
  valueAt(state.lines, person * problem.days.length + day);

/** Whoever has the day off and could be asked: not away, and holding the tier where one is given. */
export const freeOn = (desk: RosterDesk, day: number, tier?: number): number[] =>
  [...desk.problem.people.keys()].filter((person) => {
    const own = desk.problem.people[person];
    if (own === undefined || own.unavailable.includes(day) || optionOn(desk, person, day) !== 0) return false;
    return own.tiers.length > 0 && (tier === undefined || own.tiers.includes(tier));
  });

/**
 * Day by day, how many more people could be away with no duty left open that is covered now: those who are too many on
 * duty, and those off duty who could step in and keep every hard rule, less the duties that are open already.
 */
export const moreAway = (desk: RosterDesk, roster: Roster): number[] => {
  const { problem } = desk;
  return [...problem.days.keys()].map((day) => {
    const rows = problem.demand.filter((row) => row.day === day && row.operators > 0);
    const onDuty = (shift: number, tier: number): number =>
      roster.filter((duty) => duty.day === day && duty.shift === shift && duty.tier === tier).length;
    const spare = rows.reduce((sum, row) => sum + onDuty(row.shift, row.tier) - row.operators, 0);
    const shifts = [...new Set(rows.map(({ shift }) => shift))];
    const standIns = freeOn(desk, day).filter((person) =>
      shifts.some((shift) => tryDay(desk, person, day, shift + 1) < Infinity),
    );
    return Math.max(0, Math.min(roster.filter((duty) => duty.day === day).length, standIns.length + spare));
  });
};

/** A person's day under another shift, or off. */
export interface Move {
  readonly person: number;
  readonly day: number;
  readonly before: Duty | undefined;
  /** The duty whose shift, times and tier they take; undefined: a day off. */
  readonly after: Duty | undefined;
}

/** Duties after moves: who moves gives up their day and takes what they move to. */
export const movedDuties = (
  duties: readonly Duty[],
  moves: readonly Move[],
  names: readonly string[],
  dates: readonly string[],
): Duty[] => {
  const keyOf = (operator: string, date: string): string => `${operator} ${date}`;
  const gone = new Set(moves.map(({ person, day }) => keyOf(names[person] ?? '', dates[day] ?? '')));
  const kept = duties.filter(({ operator, date }) => !gone.has(keyOf(operator, date)));
  const taken = moves.flatMap(({ person, day, after }) =>
    after === undefined
      ? []
      : [{ ...after, operator: names[person] ?? '', date: dates[day] ?? '', pinned: false }],
  );
  return [...kept, ...taken].sort((a, b) =>
    a.operator < b.operator ? -1 : a.operator > b.operator ? 1 : a.date < b.date ? -1 : 1,
  );
};
