import type { LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import {
  noBalance,
  type Roster,
  type RosterDemand,
  type RosterPerson,
  type RosterProblem,
  type RosterShift,
} from '../../src/rostering/roster-problem.ts';

const shiftOf = (shift: string, startHour: number, hours: number, mealMinutes = 30): RosterShift => ({
  shift,
  startMinute: startHour * 60,
  lengthMinutes: hours * 60,
  workMinutes: hours * 60,
  mealMinutes,
  isNight: startHour >= 22,
});

/** E 06–14, D 09–17, L 14–22, N 22–06, X 08–20 without a meal. */
export const smallShifts: readonly RosterShift[] = [
  shiftOf('E', 6, 8),
  shiftOf('D', 9, 8),
  shiftOf('L', 14, 8),
  shiftOf('N', 22, 8),
  shiftOf('X', 8, 12, 0),
];

export const smallPerson = (person: string, more: Partial<RosterPerson> = {}): RosterPerson => ({
  person,
  tiers: [0],
  skills: [],
  isNightExempt: false,
  experience: 'usual',
  contractShare: 1,
  unavailable: [],
  pinned: [],
  requests: [],
  disliked: [],
  balance: noBalance,
  before: [],
  ...more,
});

/** A roster's problem without demand, from a Monday on. */
export const smallProblem = (
  rules: readonly LabourRule[],
  people: readonly RosterPerson[] = [smallPerson('a')],
  days = 7,
  demand: readonly RosterDemand[] = [],
): RosterProblem => ({
  days: Array.from({ length: days }, (_, day) => ({
    weekday: (day % 7) + 1,
    month: day < 10 ? '2026-11' : '2026-12',
    isHoliday: day === 3,
  })),
  shifts: smallShifts,
  tiers: ['0'],
  people,
  demand,
  downgradePrice: 1,
  rules,
});

/** Duties as people's letters by day, '.' a day off: `['DDD.N..', …]`. */
export const rosterOf = (problem: RosterProblem, ...rows: readonly string[]): Roster =>
  rows.flatMap((row, person) =>
    [...row].flatMap((letter, day) => {
      const shift = problem.shifts.findIndex((one) => one.shift === letter);
      return shift < 0
        ? []
        : [{ person, day, shift, tier: Math.max(...(problem.people[person]?.tiers ?? [0])) }];
    }),
  );

export const demandOf = (day: number, shift: number, operators: number): RosterDemand => ({
  day,
  shift,
  tier: 0,
  operators,
  underPrice: 100,
  overPrice: 8,
});
