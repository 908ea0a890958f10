import { seededRandom } from '../kernel/random.ts';
import type { LeaveRecord, OperatorRecord, RosterRequestRecord } from '../kernel/records.ts';
import { addDays, weekdayOf } from '../kernel/time.ts';
import type { DemoSettings } from './demo-settings.ts';
import { madeUpName } from './operator-names.ts';

/** People of one team, and weeks after the data in which leave and requests lie. */
const perTeam = 10;
const daysAhead = 42;
/** Months of service from which an operator stands beside new ones. */
const seniorMonths = 24;

/**
 * What a roster needs to know of the demo's operators: contracts, teams, balances of the months before. Comprehensive
 * hours by the quarter are the rule, standard hours the exception; a few are exempt from nights or have fixed days off.
 */
export const withContracts = (
  settings: DemoSettings,
  operators: readonly OperatorRecord[],
): OperatorRecord[] => {
  const random = seededRandom(settings.seed, 401);
  const upTo = (most: number): number => Math.floor(random.uniform() * (most + 1));
  return operators.map((operator, at) => {
    const isStandard = random.uniform() < 0.1;
    const isExempt = random.uniform() < 0.08;
    const hasFixedDays = random.uniform() < 0.04;
    const months = operator.monthsOfService ?? 12;
    return {
      ...operator,
      team: String.fromCharCode(65 + Math.floor(at / perTeam)),
      contract: isStandard ? 'standard' : 'comprehensive',
      ...(isStandard ? {} : { hoursAccount: 'quarter' }),
      nightExempt: isExempt,
      joined: addDays(settings.lastDate, -Math.round(months * 30.4)),
      senior: months >= seniorMonths,
      ...(hasFixedDays ? { fixedDaysOff: ['7'] } : {}),
      hoursOverStandard: isStandard ? 0 : upTo(16) - 8,
      nightsWorked: isExempt ? 0 : upTo(3),
      weekendsWorked: upTo(3),
      holidaysWorked: upTo(1),
      name: madeUpName(at),
    };
  });
};

/** Leave of the weeks after the data: two operators in five are away once, for some days. */
export const madeUpLeave = (settings: DemoSettings, operators: readonly OperatorRecord[]): LeaveRecord[] => {
  const random = seededRandom(settings.seed, 402);
  return operators.flatMap(({ operator }): LeaveRecord[] => {
    if (random.uniform() > 0.4) return [];
    const kind = random.uniform() < 0.75 ? 'annual' : 'training';
    const from = addDays(settings.lastDate, 1 + Math.floor(random.uniform() * daysAhead));
    const days = kind === 'training' ? 2 : 2 + Math.floor(random.uniform() * 5);
    const state = random.uniform() < 0.9 ? 'approved' : 'asked';
    return [{ operator, from, to: addDays(from, days - 1), kind, state }];
  });
};

/** Days off, and nights to be spared, that operators ask for in the same weeks. */
export const madeUpRequests = (
  settings: DemoSettings,
  operators: readonly OperatorRecord[],
): RosterRequestRecord[] => {
  const random = seededRandom(settings.seed, 403);
  return operators.flatMap(({ operator }): RosterRequestRecord[] => {
    if (random.uniform() > 0.5) return [];
    const date = addDays(settings.lastDate, 1 + Math.floor(random.uniform() * daysAhead));
    const wants = weekdayOf(date) > 4 || random.uniform() < 0.7 ? 'off' : 'not night';
    return [{ operator, date, wants, weight: 1 }];
  });
};
