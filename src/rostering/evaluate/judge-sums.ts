import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { RosterPerson, RosterProblem, RosterShift } from '../roster-problem.ts';

const minutesOn = (days: PersonDays, day: number): number => workedOn(days, day)?.workMinutes ?? 0;

const hoursOn = (days: PersonDays, which: readonly number[]): number =>
  which.reduce((sum, day) => sum + minutesOn(days, day), 0) / 60;

const nightsAmong = (days: PersonDays, which: readonly number[]): number[] =>
  which.filter((day) => isNight(days, day));

/** Full-time hours, to the minute, for a person's share of full time. */
const ownHours = ({ person }: PersonDays, hours: number): number =>
  Math.round(hours * person.contractShare * 60) / 60;

const leaveIn = ({ person }: PersonDays, which: readonly number[]): number =>
  which.filter((day) => person.unavailable.includes(day)).length;

const outside = (value: number, least: number, most: number): number =>
  Math.max(0, least - value) + Math.max(0, value - most);

interface HoursLimit {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  readonly leaveHours: number;
}

const hoursOutside = (
  days: PersonDays,
  limit: HoursLimit,
  which: readonly number[],
  judgesLeast: boolean,
): number => {
  const least =
    limit.least === undefined || !judgesLeast
      ? 0
      : Math.max(0, ownHours(days, limit.least) - leaveIn(days, which) * limit.leaveHours);
  const most = limit.most === undefined ? Infinity : ownHours(days, limit.most);
  return outside(hoursOn(days, which), least, most);
};

/** Judges of what days add up to. */
export const sumJudges: {
  readonly 'weekly-rest': Judge<'weekly-rest'>;
  readonly 'most-weekends': Judge<'most-weekends'>;
  readonly 'most-nights': Judge<'most-nights'>;
  readonly 'most-of-shift': Judge<'most-of-shift'>;
  readonly 'hours-a-week': Judge<'hours-a-week'>;
  readonly 'hours-in-period': Judge<'hours-in-period'>;
  readonly 'accounting-period': Judge<'accounting-period'>;
  readonly 'overtime-a-month': Judge<'overtime-a-month'>;
  readonly 'overtime-pay': Judge<'overtime-pay'>;
  readonly 'fair-share': Judge<'fair-share'>;
} = {
  'weekly-rest': (rule, days) =>
    weeksOf(days.problem)
      .filter((week) => week.length === 7)
      .flatMap((week) => {
        const off = week.filter((day) => days.shiftOn[day] === -1);
        return breachOf(days, rule.days - off.length, week);
      }),
  'most-weekends': (rule, days) => {
    const worked = weeksOf(days.problem)
      .map((week) => week.filter((day) => weekdayOf(days, day) >= 6 && days.shiftOn[day] !== -1))
      .filter((duties) => duties.length > 0);
    return breachOf(days, worked.length - rule.weekends, worked.flat());
  },
  'most-nights': (rule, days) => {
    const windows = { week: weeksOf, month: monthsOf, period: () => [allDays(days)] }[rule.per](days.problem);
    return windows.flatMap((which) => {
      const nights = nightsAmong(days, which);
      return breachOf(days, nights.length - rule.nights, nights);
    });
  },
  'most-of-shift': (rule, days) => {
    const counted = allDays(days).filter(
      (day) => days.problem.shifts[days.shiftOn[day] as number]?.shift === rule.shift,
    );
    return breachOf(days, counted.length - rule.times, counted);
  },
  'hours-a-week': (rule, days) =>
    weeksOf(days.problem).flatMap((week) =>
      breachOf(days, hoursOutside(days, rule, week, week.length === 7), week),
    ),
  'hours-in-period': (rule, days) =>
    breachOf(days, hoursOutside(days, rule, allDays(days), true), allDays(days)),
  'accounting-period': (rule, days) => {
    const daysOfAccount = { month: 365 / 12, quarter: 365 / 4, year: 365 }[rule.period];
    const standard = (rule.standardDays * rule.hoursPerDay * days.shiftOn.length) / daysOfAccount;
    const left = standard * days.person.contractShare - days.person.balance.hoursOverStandard;
    const wholeMinutes = Math.max(0, Math.floor(left * 60 + 1e-6));
    return breachOf(days, hoursOn(days, allDays(days)) - wholeMinutes / 60, allDays(days));
  },
  'overtime-a-month': (rule, days) =>
    monthsOf(days.problem).flatMap((month, at) => {
      const carried = at === 0 ? Math.round(days.person.balance.hoursInMonth * 60) / 60 : 0;
      const most = ownHours(days, rule.standardHours) + rule.hours;
      const before = Math.max(most, carried);
      return breachOf(days, carried + hoursOn(days, month) - before, month);
    }),
  'overtime-pay': (rule, days) =>
    weeksOf(days.problem).flatMap((week) => {
      const rate = (day: number): number => {
        if (days.problem.days[day]?.isHoliday === true) return rule.holiday;
        return rule.weekendsAreRest && weekdayOf(days, day) >= 6 ? rule.restDay : 0;
      };
      const special = week.filter((day) => rate(day) > 0);
      const ordinary = week.filter((day) => rate(day) === 0);
      const beyond = Math.max(0, hoursOn(days, ordinary) - ownHours(days, rule.standardHoursPerWeek));
      const paid = special.reduce((sum, day) => sum + (rate(day) * minutesOn(days, day)) / 60, 0);
      return breachOf(days, paid + beyond * rule.beyondStandard, week);
    }),
  'fair-share': (rule, days) => {
    const mine = allDays(days).filter((day) =>
      isShared(days.problem, rule, day, days.shiftOn[day] as number),
    );
    const range = shareOf(days, rule);
    return range === undefined ? [] : breachOf(days, outside(mine.length, range.least, range.most), mine);
  },
};

const weekdayOf = ({ problem }: PersonDays, day: number): number => problem.days[day]?.weekday ?? 1;

const isShared = (
  problem: RosterProblem,
  rule: LabourRuleOf<'fair-share'>,
  day: number,
  shift: number,
): boolean => {
  const worked = problem.shifts[shift];
  if (worked === undefined) return false;
  if (rule.of === 'nights') return worked.isNight;
  if (rule.of === 'weekends') return (problem.days[day]?.weekday ?? 1) >= 6;
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

const poolOf = ({ problem, pools }: PersonDays, rule: LabourRuleOf<'fair-share'>): SharedPool => {
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

/** Where a roster breaks a rule: how many of the rule's units, by whom, on which days. */
export interface Breach {
  readonly units: number;
  /** People concerned, as indexes. */
  readonly people: readonly number[];
  readonly days: readonly number[];
}

/** One person's shifts by day, read from a roster: −1 a day off. Days before the period have negative numbers. */
export interface PersonDays {
  readonly problem: RosterProblem;
  readonly person: RosterPerson;
  readonly index: number;
  readonly shiftOn: readonly number[];
  /** Days whose duty has settled times: its shift with these. */
  readonly ownTimes: ReadonlyMap<number, RosterShift>;
  /** What a rule shares out among all, worked out by the person who is judged first. */
  readonly pools: Map<LabourRule, SharedPool>;
}

/** Duties that people share under a rule, with what they bring along, and the sum of their contracts. */
interface SharedPool {
  readonly duties: number;
  readonly contracts: number;
}

/** Judges one person under a rule. */
export type Judge<Code extends LabourRuleCode> = (rule: LabourRuleOf<Code>, days: PersonDays) => Breach[];

export const breachOf = ({ index }: PersonDays, units: number, days: readonly number[]): Breach[] =>
  units > 1e-9 ? [{ units, people: [index], days }] : [];

/** Shift of a day, the days before the period included; undefined where it is not known. */
export const shiftAt = ({ person, shiftOn }: PersonDays, day: number): number | undefined =>
  day >= 0 ? shiftOn[day] : person.before[person.before.length + day];

export const allDays = ({ shiftOn }: PersonDays): number[] => [...shiftOn.keys()];

/** What is worked on a day, at the times at which it is. */
export const workedOn = (days: PersonDays, day: number): RosterShift | undefined =>
  days.ownTimes.get(day) ?? days.problem.shifts[shiftAt(days, day) ?? -1];

export const isNight = (days: PersonDays, day: number): boolean => workedOn(days, day)?.isNight ?? false;

/** Calendar weeks: days up to and with Sunday. */
const weeksOf = ({ days }: RosterProblem): number[][] => {
  const weeks: number[][] = [[]];
  for (const [day, { weekday }] of days.entries()) {
    weeks.at(-1)?.push(day);
    if (weekday === 7) weeks.push([]);
  }
  return weeks.filter((week) => week.length > 0);
};

const monthsOf = ({ days }: RosterProblem): number[][] => {
  const months = new Map<string, number[]>();
  for (const [day, { month }] of days.entries()) months.set(month, [...(months.get(month) ?? []), day]);
  return [...months.values()];
};

export const binds = (rule: LabourRule, person: RosterPerson): boolean =>
  rule.people?.includes(person.person) ?? true;
