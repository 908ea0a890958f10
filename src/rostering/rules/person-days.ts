import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { RosterPerson, RosterProblem, RosterShift } from '../roster-problem.ts';

/** One person's shifts by day, read from a roster: −1 a day off. Days before the period have negative numbers. */
export interface PersonDays {
  readonly problem: RosterProblem;
  readonly person: RosterPerson;
  readonly index: number;
  readonly shiftOn: readonly number[];
  /** Days whose duty has settled times: its shift with these. */
  readonly ownTimes: ReadonlyMap<number, RosterShift>;
  /** What a rule shares out among all, worked out by the person who is judged first. */
  readonly pools: Map<LabourRule, SharedPool>;
}

/** Duties that people share under a rule, with what they bring along, and the sum of their contracts. */
interface SharedPool {
  readonly duties: number;
  readonly contracts: number;
}

/** Where a roster breaks a rule: how many of the rule's units, by whom, on which days. */
export interface Breach {
  readonly units: number;
  /** People concerned, as indexes. */
  readonly people: readonly number[];
  readonly days: readonly number[];
}

export const breachOf = ({ index }: PersonDays, units: number, days: readonly number[]): Breach[] =>
  units > 1e-9 ? [{ units, people: [index], days }] : [];

/** Shift of a day, the days before the period included; undefined where it is not known. */
export const shiftAt = ({ person, shiftOn }: PersonDays, day: number): number | undefined =>
  day >= 0 ? shiftOn[day] : person.before[person.before.length + day];

export const allDays = ({ shiftOn }: PersonDays): number[] => [...shiftOn.keys()];

/** What is worked on a day, at the times at which it is. */
export const workedOn = (days: PersonDays, day: number): RosterShift | undefined =>
  days.ownTimes.get(day) ?? days.problem.shifts[shiftAt(days, day) ?? -1];

/**
 * Start and end of a day's duty: its own, where they are settled; else from its shift's earliest start to its latest end,
 * so that whatever becomes of it holds.
 */
export const spanAt = (days: PersonDays, day: number): readonly [number, number] | undefined => {
  const shift = workedOn(days, day);
  if (shift === undefined) return undefined;
  const { startMinute, lengthMinutes } = shift;
  const { before, endedBefore } = days.person;
  const isLastBefore = day < 0 && before.findLastIndex((one) => one !== -1) === before.length + day;
  return [
    startMinute,
    isLastBefore && endedBefore !== undefined ? endedBefore - day * 1440 : startMinute + lengthMinutes,
  ];
};

export const isNight = (days: PersonDays, day: number): boolean => workedOn(days, day)?.isNight ?? false;

export const binds = (rule: LabourRule, person: RosterPerson): boolean =>
  rule.people?.includes(person.person) ?? true;

/** Calendar weeks: days up to and with Sunday. */
export const weeksOf = ({ days }: RosterProblem): number[][] => {
  const weeks: number[][] = [[]];
  for (const [day, { weekday }] of days.entries()) {
    weeks.at(-1)?.push(day);
    if (weekday === 7) weeks.push([]);
  }
  return weeks.filter((week) => week.length > 0);
};

export const monthsOf = ({ days }: RosterProblem): number[][] => {
  const months = new Map<string, number[]>();
  for (const [day, { month }] of days.entries()) months.set(month, [...(months.get(month) ?? []), day]);
  return [...months.values()];
};

/** Whether a day of the period is a Saturday or Sunday. */
export const isOnWeekend = ({ problem }: PersonDays, day: number): boolean =>
  valueAt(problem.days, day).weekday >= 6;

export const outside = (value: number, least: number, most: number): number =>
  Math.max(0, least - value) + Math.max(0, value - most);
