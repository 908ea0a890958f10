import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson, RosterProblem } from '../roster-problem.ts';

/** Where a roster breaks a rule: how many of the rule's units, by whom, on which days. */
export interface Breach {
  readonly units: number;
  /** People concerned, as indexes. */
  readonly people: readonly number[];
  readonly days: readonly number[];
}

/** One person's shifts by day, read from a roster: −1 a day off. Days before the period have negative numbers. */
export interface PersonDays {
  readonly problem: RosterProblem;
  readonly person: RosterPerson;
  readonly index: number;
  readonly shiftOn: readonly number[];
  /** What a rule shares out among all, worked out by whoever is judged first. */
  readonly pools: Map<LabourRule, SharedPool>;
}

/** Duties that people share under a rule, with what they bring along, and the sum of their contracts. */
export interface SharedPool {
  readonly duties: number;
  readonly contracts: number;
}

/** Judges one person under a rule. */
export type Judge<Code extends LabourRuleCode> = (rule: LabourRuleOf<Code>, days: PersonDays) => Breach[];

export const breachOf = ({ index }: PersonDays, units: number, days: readonly number[]): Breach[] =>
  units > 1e-9 ? [{ units, people: [index], days }] : [];

/** Shift of a day, the days before the period included; undefined where it is not known. */
export const shiftAt = ({ person, shiftOn }: PersonDays, day: number): number | undefined =>
  day >= 0 ? shiftOn[day] : person.before[person.before.length + day];

export const allDays = ({ shiftOn }: PersonDays): number[] => [...shiftOn.keys()];

export const isNight = ({ problem }: PersonDays, shift: number): boolean =>
  problem.shifts[shift]?.isNight ?? false;

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

export const binds = (rule: LabourRule, person: RosterPerson): boolean =>
  rule.people?.includes(person.person) ?? true;
