import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson } from '../roster-problem.ts';
import { binds, type Breach, type PersonDays } from './breach.ts';

type CrewJudge<Code extends 'team-together' | 'new-beside-experienced' | 'least-qualified'> = (
  rule: LabourRuleOf<Code>,
  people: readonly PersonDays[],
) => Breach[];

const onShift = (
  people: readonly PersonDays[],
  day: number,
  shift: number,
  isMeant: (person: RosterPerson) => boolean,
): number[] =>
  people.filter((one) => one.shiftOn[day] === shift && isMeant(one.person)).map(({ index }) => index);

const breach = (units: number, people: readonly number[], day: number): Breach[] =>
  units > 0 ? [{ units, people, days: [day] }] : [];

const daysOf = (people: readonly PersonDays[]): number[] => [...(people[0]?.shiftOn.keys() ?? [])];
const shiftsOf = (people: readonly PersonDays[]): number[] => [...(people[0]?.problem.shifts.keys() ?? [])];

/** Judges of rules that bind people together, day by day. */
export const crewJudges: {
  readonly 'team-together': CrewJudge<'team-together'>;
  readonly 'new-beside-experienced': CrewJudge<'new-beside-experienced'>;
  readonly 'least-qualified': CrewJudge<'least-qualified'>;
} = {
  'team-together': (rule, people) => {
    const bound = people.filter(({ person }) => binds(rule, person));
    const teams = new Set(bound.flatMap(({ person }) => person.team ?? []));
    return [...teams].flatMap((team) =>
      daysOf(people).flatMap((day) => {
        const members = bound.filter((one) => one.person.team === team && one.shiftOn[day] !== -1);
        const shifts = new Set(members.map((one) => one.shiftOn[day]));
        return breach(
          shifts.size - 1,
          members.map(({ index }) => index),
          day,
        );
      }),
    );
  },
  'new-beside-experienced': (rule, people) => {
    const bound = people.filter(({ person }) => binds(rule, person));
    return daysOf(people).flatMap((day) =>
      shiftsOf(people).flatMap((shift) => {
        const fresh = onShift(bound, day, shift, ({ experience }) => experience === 'new');
        const experienced = onShift(bound, day, shift, ({ experience }) => experience === 'experienced');
        return breach(fresh.length - rule.newPerExperienced * experienced.length, fresh, day);
      }),
    );
  },
  'least-qualified': (rule, people) => {
    const problem = people[0]?.problem;
    if (problem === undefined) return [];
    const bound = people.filter(({ person }) => binds(rule, person));
    return daysOf(people).flatMap((day) =>
      shiftsOf(people).flatMap((shift) => {
        const isNamed = rule.shifts?.includes(problem.shifts[shift]?.shift ?? '') ?? true;
        const isStaffed = problem.demand.some(
          (row) => row.day === day && row.shift === shift && row.operators > 0,
        );
        if (!isNamed || !isStaffed) return [];
        const qualified = onShift(bound, day, shift, ({ skills }) => skills.includes(rule.skill));
        return breach(rule.operators - qualified.length, qualified, day);
      }),
    );
  },
};
