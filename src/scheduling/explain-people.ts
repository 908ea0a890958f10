import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { PeopleRule } from './people-limits.ts';
import { schedulingFinding, type SchedulingFinding } from './scheduling-findings.ts';

/** The rules that the people on the books set, by tier, and the tiers without people on record. */
export const explainPeople = (
  tiers: readonly TiersModel['tiers'][number][],
  rules: readonly (readonly PeopleRule[])[],
): SchedulingFinding[] => {
  const withRules = tiers.map(({ name }, i) => ({
    tier: name,
    rules: (rules[i] ?? []).map(({ rule }) => rule),
  }));
  const limited = withRules.filter((one) => one.rules.length > 0);
  const free = withRules.filter((one) => one.rules.length === 0).map(({ tier }) => tier);
  return [
    ...(limited.length === 0 ? [] : [schedulingFinding('shifts-within-people', { tiers: limited })]),
    ...(free.length === 0 ? [] : [schedulingFinding('shifts-not-limited-by-people', { tiers: free })]),
  ];
};
