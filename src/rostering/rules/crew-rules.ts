import type { LabourRule, LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson } from '../roster-problem.ts';
import { priceOf, type CrewRule, type RuleScene } from './rule-scene.ts';

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
    crew: (rule: LabourRuleOf<'team-together'>, scene: RuleScene): readonly CrewRule[] => {
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
  },
  'new-beside-experienced': {
    crew: (rule: LabourRuleOf<'new-beside-experienced'>, scene: RuleScene): readonly CrewRule[] => {
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
  },
  'least-qualified': {
    crew: (rule: LabourRuleOf<'least-qualified'>, scene: RuleScene): readonly CrewRule[] => {
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
  },
};
