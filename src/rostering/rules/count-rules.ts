import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson, RosterProblem } from '../roster-problem.ts';
import { addSum, type LineDraft, priceOf, type RuleScene } from './rule-scene.ts';

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

/** Whether a duty counts for a kind of share. */
const countsFor = (
  problem: RosterProblem,
  rule: LabourRuleOf<'fair-share'>,
  day: number,
  shift: number,
): boolean => {
  switch (rule.of) {
    case 'nights':
      return problem.shifts[shift]?.isNight === true;
    case 'weekends':
      return (problem.days[day]?.weekday ?? 1) >= 6;
    case 'holidays':
      return problem.days[day]?.isHoliday === true;
    default:
      return rule.shifts?.includes(problem.shifts[shift]?.shift ?? '') === true;
  }
};

/** Between how many such duties a person's share lies: demand and all balances, divided by contract. */
const fairRange = (
  problem: RosterProblem,
  rule: LabourRuleOf<'fair-share'>,
  person: RosterPerson,
): { readonly least: number; readonly most: number } => {
  const takesPart = (one: RosterPerson): boolean =>
    (rule.people === undefined || rule.people.includes(one.person)) &&
    !(rule.of === 'nights' && one.isNightExempt);
  if (!takesPart(person)) return { least: 0, most: Infinity };
  const sharing = problem.people.filter(takesPart);
  const demanded = problem.demand
    .filter(({ day, shift }) => countsFor(problem, rule, day, shift))
    .reduce((sum, { operators }) => sum + operators, 0);
  const carried = sharing.reduce((sum, one) => sum + one.balance[rule.of], 0);
  const contracts = sharing.reduce((sum, one) => sum + one.contractShare, 0);
  const target = ((demanded + carried) * person.contractShare) / contracts - person.balance[rule.of];
  return {
    least: Math.max(0, Math.floor(target - rule.within + 1e-9)),
    most: Math.max(0, Math.ceil(target + rule.within - 1e-9)),
  };
};
