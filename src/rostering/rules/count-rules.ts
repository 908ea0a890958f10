import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { countsFor, fairRange } from './fair-target.ts';
import { priceOf, type LineDraft, type RuleScene } from './rule-scene.ts';
import { addSum } from './sum-tallies.ts';

/** Index of each day's month among the period's months. */
export const monthIndex = ({ problem }: RuleScene): readonly number[] => {
  const months = [...new Set(problem.days.map(({ month }) => month))];
  return problem.days.map(({ month }) => months.indexOf(month));
};

const one = () => 1;

/** Rules about how many days, nights or shifts a person has. */
export const countRules = {
  'weekly-rest': {
    line: (rule: LabourRuleOf<'weekly-rest'>, draft: LineDraft): void => {
      const { week, wholeWeek } = draft.scene;
      addSum(draft, 'days off', priceOf(rule), {
        weight: () => 0,
        offWeight: 1,
        window: (day) => week[day] ?? 0,
        least: (at) => (wholeWeek[at] === true ? rule.days : 0),
      });
    },
  },
  'most-weekends': {
    line: (rule: LabourRuleOf<'most-weekends'>, draft: LineDraft): void => {
      const { week, problem } = draft.scene;
      const isWeekend = (day: number): boolean => (problem.days[day]?.weekday ?? 1) >= 6;
      addSum(draft, 'weekend days', priceOf(rule), {
        weight: (day) => (isWeekend(day) ? 1 : 0),
        most: () => rule.weekends,
        group: (day) => (isWeekend(day) ? (week[day] ?? 0) : -1),
      });
    },
  },
  'most-nights': {
    line: (rule: LabourRuleOf<'most-nights'>, draft: LineDraft): void => {
      const { week, problem } = draft.scene;
      const month = monthIndex(draft.scene);
      const windowOf = {
        week: (day: number) => week[day] ?? 0,
        month: (day: number) => month[day] ?? 0,
        period: () => 0,
      };
      addSum(draft, 'nights', priceOf(rule), {
        weight: (_, shift) => (problem.shifts[shift]?.isNight === true ? 1 : 0),
        window: windowOf[rule.per],
        most: () => rule.nights,
      });
    },
  },
  'most-of-shift': {
    line: (rule: LabourRuleOf<'most-of-shift'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      const counted = shifts.findIndex(({ shift }) => shift === rule.shift);
      if (rule.times === 0 && rule.price === 'hard')
        for (let day = 0; day < draft.scene.days; day += 1) draft.charge(day, counted + 1, Infinity);
      else
        addSum(draft, `shift ${rule.shift}`, priceOf(rule), {
          weight: (_, shift) => (shift === counted ? one() : 0),
          most: () => rule.times,
        });
    },
  },
  'fair-share': {
    line: (rule: LabourRuleOf<'fair-share'>, draft: LineDraft): void => {
      const { problem } = draft.scene;
      const { least, most } = fairRange(problem, rule, draft.person);
      if (most === Infinity) return;
      addSum(draft, `share ${rule.of} ${rule.shifts?.join() ?? ''}`, priceOf(rule), {
        weight: (day, shift) => (countsFor(problem, rule, day, shift) ? 1 : 0),
        least: () => least,
        most: () => most,
      });
    },
  },
};
