import type { LabourRule, LabourRulesModel } from '../../contract/models/labour-rules-model.ts';
import { hoursAccounts, type OperatorRecord } from '../../kernel/records.ts';
import { fullTimeHours } from './rostered-people.ts';

/** Working days that the law counts in an accounting period (2025: 248 a year). */
const standardDays: Readonly<Record<(typeof hoursAccounts)[number], number>> = {
  month: 20.67,
  quarter: 62,
  year: 248,
};

/**
 * The rules of a profile as they bind these people: comprehensive hours are accounted over each contract's own
 * period, and whoever has standard hours is held to the week instead. Where records name shifts that people may work,
 * they are held to these.
 */
export const rulesInForce = (
  { rules }: LabourRulesModel,
  operators: readonly OperatorRecord[],
): LabourRule[] => {
  const isLimited = operators.some(({ shifts = [] }) => shifts.length > 0);
  const isHeld = rules.some(({ rule }) => rule === 'own-shifts');
  const all: readonly LabourRule[] =
    isLimited && !isHeld ? [...rules, { rule: 'own-shifts', price: 'hard' }] : rules;
  return all.flatMap((rule): LabourRule[] => {
    if (rule.rule !== 'accounting-period' || rule.people !== undefined) return [rule];
    const groups = Map.groupBy(operators, ({ contract, hoursAccount }) =>
      contract === 'standard' ? 'standard' : (hoursAccount ?? rule.period),
    );
    return [...groups].map(([period, own]): LabourRule => {
      const people = own.map(({ operator }) => operator);
      if (period === 'standard')
        return { rule: 'hours-a-week', most: fullTimeHours, leaveHours: 0, price: rule.price, people };
      const account = hoursAccounts.find((one) => one === period) ?? rule.period;
      const days = account === rule.period ? rule.standardDays : standardDays[account];
      return { ...rule, period: account, standardDays: days, people };
    });
  });
};
