import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { RosterPerson, RosterProblem } from '../roster-problem.ts';
import {
  type PersonDays,
  breachOf,
  allDays,
  isNight,
  weeksOf,
  monthsOf,
  isOnWeekend,
  outside,
} from './person-days.ts';
import { type PersonRules, type RuleScene, addSum, priceOf } from './rule-scene.ts';

/** Index of each day's month among the period's months. */
export const monthIndex = ({ problem }: RuleScene): readonly number[] => {
  const months = [...new Set(problem.days.map(({ month }) => month))];
  return problem.days.map(({ month }) => months.indexOf(month));
};

/** Rules about how many days, nights or shifts a person has. */
export const countRules = {
  'weekly-rest': {
    line: (rule, draft) => {
      const { week, wholeWeek } = draft.scene;
      addSum(draft, rule, priceOf(rule), {
        weight: () => 0,
        offWeight: 1,
        window: (day) => week[day] ?? 0,
        least: (at) => (wholeWeek[at] === true ? rule.days : 0),
      });
    },
    judge: (rule, days) =>
      weeksOf(days.problem)
        .filter((week) => week.length === 7)
        .flatMap((week) => {
          const off = week.filter((day) => days.shiftOn[day] === -1);
          return breachOf(days, rule.days - off.length, week);
        }),
  },
  'most-weekends': {
    line: (rule, draft) => {
      const { week, problem } = draft.scene;
      const isWeekend = (day: number): boolean => valueAt(problem.days, day).weekday >= 6;
      addSum(draft, rule, priceOf(rule), {
        weight: (day) => (isWeekend(day) ? 1 : 0),
        most: () => rule.weekends,
        group: (day) => (isWeekend(day) ? (week[day] ?? 0) : -1),
      });
    },
    judge: (rule, days) => {
      const worked = weeksOf(days.problem)
        .map((week) => week.filter((day) => isOnWeekend(days, day) && days.shiftOn[day] !== -1))
        .filter((duties) => duties.length > 0);
      return breachOf(days, worked.length - rule.weekends, worked.flat());
    },
  },
  'most-nights': {
    line: (rule, draft) => {
      const { week, problem } = draft.scene;
      const month = monthIndex(draft.scene);
      const windowOf = {
        week: (day: number) => week[day] ?? 0,
        month: (day: number) => month[day] ?? 0,
        period: () => 0,
      };
      addSum(draft, rule, priceOf(rule), {
        weight: (_, shift) => (problem.shifts[shift]?.isNight === true ? 1 : 0),
        window: windowOf[rule.per],
        most: () => rule.nights,
      });
    },
    judge: (rule, days) => {
      const windows = { week: weeksOf, month: monthsOf, period: () => [allDays(days)] }[rule.per](
        days.problem,
      );
      return windows.flatMap((which) => {
        const nights = nightsAmong(days, which);
        return breachOf(days, nights.length - rule.nights, nights);
      });
    },
  },
  'most-of-shift': {
    line: (rule, draft) => {
      const { shifts } = draft.scene.problem;
      const counted = shifts.findIndex(({ shift }) => shift === rule.shift);
      if (rule.times === 0 && rule.price === 'hard')
        for (let day = 0; day < draft.scene.days; day += 1) draft.charge(day, counted + 1, Infinity);
      else
        addSum(draft, rule, priceOf(rule), {
          weight: (_, shift) => (shift === counted ? 1 : 0),
          most: () => rule.times,
        });
    },
    judge: (rule, days) => {
      const counted = allDays(days).filter(
        (day) => days.problem.shifts[days.shiftOn[day] as number]?.shift === rule.shift,
      );
      return breachOf(days, counted.length - rule.times, counted);
    },
  },
  'fair-share': {
    line: (rule, draft) => {
      const { problem } = draft.scene;
      const { least, most } = fairRange(problem, rule, draft.person);
      if (most === Infinity) return;
      addSum(draft, rule, priceOf(rule), {
        weight: (day, shift) => (countsFor(problem, rule, day, shift) ? 1 : 0),
        least: () => least,
        most: () => most,
      });
    },
    judge: (rule, days) => {
      const mine = allDays(days).filter((day) =>
        isShared(days.problem, rule, day, days.shiftOn[day] as number),
      );
      const range = shareOf(days, rule);
      return range === undefined ? [] : breachOf(days, outside(mine.length, range.least, range.most), mine);
    },
  },
} satisfies Partial<PersonRules>;

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
      return valueAt(problem.days, day).weekday >= 6;
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

const nightsAmong = (days: PersonDays, which: readonly number[]): number[] =>
  which.filter((day) => isNight(days, day));

const isShared = (
  problem: RosterProblem,
  rule: LabourRuleOf<'fair-share'>,
  day: number,
  shift: number,
): boolean => {
  const worked = problem.shifts[shift];
  if (worked === undefined) return false;
  if (rule.of === 'nights') return worked.isNight;
  if (rule.of === 'weekends') return valueAt(problem.days, day).weekday >= 6;
  if (rule.of === 'holidays') return problem.days[day]?.isHoliday ?? false;
  return rule.shifts?.includes(worked.shift) ?? false;
};

/** A person's part of all such duties that are demanded and that people bring along. */
const shareOf = (days: PersonDays, rule: LabourRuleOf<'fair-share'>) => {
  const { person, pools } = days;
  if (!shares(rule, person)) return undefined;
  const { duties, contracts } = pools.get(rule) ?? poolOf(days, rule);
  const target = (duties / contracts) * person.contractShare - person.balance[rule.of];
  return {
    least: Math.max(0, Math.floor(target - rule.within + 1e-9)),
    most: Math.max(0, Math.ceil(target + rule.within - 1e-9)),
  };
};

const shares = (rule: LabourRuleOf<'fair-share'>, person: RosterPerson): boolean =>
  (rule.people?.includes(person.person) ?? true) && (rule.of !== 'nights' || !person.isNightExempt);

const poolOf = ({ problem, pools }: PersonDays, rule: LabourRuleOf<'fair-share'>) => {
  let duties = 0;
  for (const { day, shift, operators } of problem.demand)
    if (isShared(problem, rule, day, shift)) duties += operators;
  let contracts = 0;
  for (const one of problem.people.filter((each) => shares(rule, each))) {
    duties += one.balance[rule.of];
    contracts += one.contractShare;
  }
  pools.set(rule, { duties, contracts });
  return { duties, contracts };
};
