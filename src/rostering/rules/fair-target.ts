import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson, RosterProblem } from '../roster-problem.ts';

/** Whether a duty counts for a kind of share. */
export const countsFor = (
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
export const fairRange = (
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
