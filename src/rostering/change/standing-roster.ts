import type { Duty } from '../../contract/documents/roster-document.ts';
import type { RosterProblem } from '../roster-problem.ts';

/** A roster as it stands, for changes by hand. */
export interface StandingRoster {
  readonly problem: RosterProblem;
  /** Date of each of the problem's days. */
  readonly dates: readonly string[];
  readonly duties: readonly Duty[];
}

/** A person's day. */
export interface PersonDay {
  readonly person: number;
  readonly day: number;
}

/** A person's day under another shift, or off. */
export interface Move extends PersonDay {
  readonly before: Duty | undefined;
  /** The duty whose shift, times and tier they take; undefined: a day off. */
  readonly after: Duty | undefined;
}

/** A person's duty on a day. */
export const dutyOn = (
  { problem, dates, duties }: StandingRoster,
  { person, day }: PersonDay,
): Duty | undefined => {
  const operator = problem.people[person]?.person;
  return duties.find((duty) => duty.operator === operator && duty.date === dates[day]);
};

/** Duties after moves: who moves gives up their day and takes what they move to. */
export const movedDuties = ({ problem, dates, duties }: StandingRoster, moves: readonly Move[]): Duty[] => {
  const nameOf = ({ person }: Move): string => problem.people[person]?.person ?? '';
  const gone = new Set(moves.map((move) => `${nameOf(move)} ${dates[move.day]}`));
  const kept = duties.filter(({ operator, date }) => !gone.has(`${operator} ${date}`));
  const taken = moves.flatMap((move) =>
    move.after === undefined
      ? []
      : [{ ...move.after, operator: nameOf(move), date: dates[move.day] ?? '', pinned: false }],
  );
  return [...kept, ...taken].sort((a, b) =>
    a.operator < b.operator ? -1 : a.operator > b.operator ? 1 : a.date < b.date ? -1 : 1,
  );
};
