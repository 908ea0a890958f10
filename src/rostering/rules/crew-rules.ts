import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson } from '../roster-problem.ts';
import { type PersonDays, type Breach, binds } from './person-days.ts';
import { type CrewRules, type RuleScene, priceOf } from './rule-scene.ts';

const classesOf = (
  rule: LabourRule,
  { problem }: RuleScene,
  classOf: (person: RosterPerson) => number,
): Int32Array =>
  Int32Array.from(problem.people, (person) =>
    rule.people === undefined || rule.people.includes(person.person) ? classOf(person) : -1,
  );

/** Rules that bind people together on a day. */
export const crewRules = {
  'team-together': {
    crew: (rule, scene) => {
      const { options } = scene;
      const teams = [...new Set(scene.problem.people.flatMap(({ team }) => team ?? []))];
      const broken = (counts: ArrayLike<number>): number => {
        let sum = 0;
        for (let team = 0; team < teams.length; team += 1) {
          let used = 0;
          for (let option = 1; option < options; option += 1)
            if ((counts[team * options + option] as number) > 0) used += 1;
          sum += Math.max(0, used - 1);
        }
        return sum;
      };
      const classOf = classesOf(rule, scene, ({ team }) => (team === undefined ? -1 : teams.indexOf(team)));
      return [{ classOf, classes: teams.length, broken, price: priceOf(rule) }];
    },
    judge: (rule, people) => {
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
  },
  'new-beside-experienced': {
    crew: (rule, scene) => {
      const { options } = scene;
      const broken = (counts: ArrayLike<number>): number => {
        let sum = 0;
        for (let option = 1; option < options; option += 1)
          sum += Math.max(
            0,
            (counts[option] as number) - rule.newPerExperienced * (counts[options + option] as number),
          );
        return sum;
      };
      const classOf = classesOf(rule, scene, ({ experience }) =>
        experience === 'new' ? 0 : experience === 'experienced' ? 1 : -1,
      );
      return [{ classOf, classes: 2, broken, price: priceOf(rule) }];
    },
    judge: (rule, people) => {
      const bound = people.filter(({ person }) => binds(rule, person));
      return daysOf(people).flatMap((day) =>
        shiftsOf(people).flatMap((shift) => {
          const fresh = onShift(bound, day, shift, ({ experience }) => experience === 'new');
          const experienced = onShift(bound, day, shift, ({ experience }) => experience === 'experienced');
          return breach(fresh.length - rule.newPerExperienced * experienced.length, fresh, day);
        }),
      );
    },
  },
  'least-qualified': {
    crew: (rule, scene) => {
      const { problem, options, days } = scene;
      const wanted = new Uint8Array(days * options);
      for (const { day, shift, operators } of problem.demand)
        if (operators > 0 && rule.shifts?.includes(problem.shifts[shift]?.shift ?? '') !== false)
          wanted[day * options + shift + 1] = 1;
      const broken = (counts: ArrayLike<number>, day: number): number => {
        let sum = 0;
        for (let option = 1; option < options; option += 1)
          if (wanted[day * options + option] === 1)
            sum += Math.max(0, rule.operators - (counts[option] as number));
        return sum;
      };
      const classOf = classesOf(rule, scene, ({ skills }) => (skills.includes(rule.skill) ? 0 : -1));
      return [{ classOf, classes: 1, broken, price: priceOf(rule) }];
    },
    judge: (rule, people) => {
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
  },
} satisfies Partial<CrewRules>;

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
