import { monthIndex } from './count-rules.ts';
import {
  type PersonDays,
  breachOf,
  allDays,
  workedOn,
  weeksOf,
  monthsOf,
  isOnWeekend,
  outside,
} from './person-days.ts';
import { type PersonRules, addSum, priceOf, type LineDraft } from './rule-scene.ts';
import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { RosterPerson } from '../roster-problem.ts';

/** Days of an accounting period, on average. */
const accountDays = { month: 365 / 12, quarter: 365 / 4, year: 365 } as const;

/** Rules about hours of work. */
export const hourRules = {
  'hours-a-week': {
    line: (rule, draft) => {
      const { scene, person } = draft;
      const { week, wholeWeek } = scene;
      const leave = (at: number): number =>
        leaveDays(person, scene.days, (day) => week[day] === at) * rule.leaveHours * 60;
      const { least, most } = rule;
      addSum(draft, rule, pricePerMinute(rule), {
        weight: minutesOf(draft),
        window: (day) => week[day] ?? 0,
        ...(least === undefined
          ? {}
          : { least: (at) => (wholeWeek[at] === true ? (shareOfHours(person, least) ?? 0) - leave(at) : 0) }),
        ...(most === undefined ? {} : { most: () => shareOfHours(person, most) }),
      });
    },
    judge: (rule, days) =>
      weeksOf(days.problem).flatMap((week) =>
        breachOf(days, hoursOutside(days, rule, week, week.length === 7), week),
      ),
  },
  'hours-in-period': {
    line: (rule, draft) => {
      const { person, scene } = draft;
      const leave = leaveDays(person, scene.days, () => true) * rule.leaveHours * 60;
      const { least, most } = rule;
      addSum(draft, rule, pricePerMinute(rule), {
        weight: minutesOf(draft),
        ...(least === undefined ? {} : { least: () => (shareOfHours(person, least) ?? 0) - leave }),
        ...(most === undefined ? {} : { most: () => shareOfHours(person, most) }),
      });
    },
    judge: (rule, days) => breachOf(days, hoursOutside(days, rule, allDays(days), true), allDays(days)),
  },
  'accounting-period': {
    line: (rule, draft) => {
      const { person, scene } = draft;
      const standard = rule.standardDays * rule.hoursPerDay * (scene.days / accountDays[rule.period]);
      const left = (standard * person.contractShare - person.balance.hoursOverStandard) * 60;
      addSum(draft, rule, pricePerMinute(rule), {
        weight: minutesOf(draft),
        most: () => Math.floor(left + 1e-6),
      });
    },
    judge: (rule, days) => {
      const daysOfAccount = { month: 365 / 12, quarter: 365 / 4, year: 365 }[rule.period];
      const standard = (rule.standardDays * rule.hoursPerDay * days.shiftOn.length) / daysOfAccount;
      const left = standard * days.person.contractShare - days.person.balance.hoursOverStandard;
      const wholeMinutes = Math.max(0, Math.floor(left * 60 + 1e-6));
      return breachOf(days, hoursOn(days, allDays(days)) - wholeMinutes / 60, allDays(days));
    },
  },
  'overtime-a-month': {
    line: (rule, draft) => {
      const { person, scene } = draft;
      const month = monthIndex(scene);
      const most = (shareOfHours(person, rule.standardHours) ?? 0) + rule.hours * 60;
      addSum(draft, rule, pricePerMinute(rule), {
        weight: minutesOf(draft),
        window: (day) => month[day] ?? 0,
        most: () => most,
        carried: person.balance.hoursInMonth * 60,
      });
    },
    judge: (rule, days) =>
      monthsOf(days.problem).flatMap((month, at) => {
        const carried = at === 0 ? Math.round(days.person.balance.hoursInMonth * 60) / 60 : 0;
        const most = ownHours(days, rule.standardHours) + rule.hours;
        const before = Math.max(most, carried);
        return breachOf(days, carried + hoursOn(days, month) - before, month);
      }),
  },
  'overtime-pay': {
    line: (rule, draft) => {
      const { scene, person } = draft;
      const { problem, week } = scene;
      const rateOn = (day: number): number => {
        if (problem.days[day]?.isHoliday === true) return rule.holiday;
        return rule.weekendsAreRest && valueAt(problem.days, day).weekday >= 6 ? rule.restDay : 0;
      };
      const minutes = minutesOf(draft);
      for (let day = 0; day < scene.days; day += 1)
        if (rateOn(day) > 0)
          for (const shift of problem.shifts.keys())
            draft.charge(day, shift + 1, (priceOf(rule) * rateOn(day) * minutes(day, shift)) / 60);
      addSum(draft, rule, pricePerMinute(rule) * rule.beyondStandard, {
        weight: (day, shift) => (rateOn(day) > 0 ? 0 : minutes(day, shift)),
        window: (day) => week[day] ?? 0,
        most: () => shareOfHours(person, rule.standardHoursPerWeek),
      });
    },
    judge: (rule, days) =>
      weeksOf(days.problem).flatMap((week) => {
        const rate = (day: number): number => {
          if (days.problem.days[day]?.isHoliday === true) return rule.holiday;
          return rule.weekendsAreRest && isOnWeekend(days, day) ? rule.restDay : 0;
        };
        const special = week.filter((day) => rate(day) > 0);
        const ordinary = week.filter((day) => rate(day) === 0);
        const beyond = Math.max(0, hoursOn(days, ordinary) - ownHours(days, rule.standardHoursPerWeek));
        const paid = special.reduce((sum, day) => sum + (rate(day) * minutesOn(days, day)) / 60, 0);
        return breachOf(days, paid + beyond * rule.beyondStandard, week);
      }),
  },
} satisfies Partial<PersonRules>;

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

interface HoursLimit {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  readonly leaveHours: number;
}

const hoursOn = (days: PersonDays, which: readonly number[]): number =>
  which.reduce((sum, day) => sum + minutesOn(days, day), 0) / 60;

const minutesOn = (days: PersonDays, day: number): number => workedOn(days, day)?.workMinutes ?? 0;

/** Full-time hours, to the minute, for a person's share of full time. */
const ownHours = ({ person }: PersonDays, hours: number): number =>
  Math.round(hours * person.contractShare * 60) / 60;

const leaveIn = ({ person }: PersonDays, which: readonly number[]): number =>
  which.filter((day) => person.unavailable.includes(day)).length;

const minutesOf =
  (draft: LineDraft) =>
  (_day: number, shift: number): number =>
    draft.scene.problem.shifts[shift]?.workMinutes ?? 0;

/** Price per minute of a rule that is priced per hour. */
const pricePerMinute = (rule: LabourRule): number => priceOf(rule) / 60;

/** Minutes of a number of full-time hours for this person. */
const shareOfHours = (person: RosterPerson, hours: number | undefined): number | undefined =>
  hours === undefined ? undefined : Math.round(hours * 60 * person.contractShare);

/** Days of leave in a window of days. */
const leaveDays = (person: RosterPerson, days: number, isIn: (day: number) => boolean): number =>
  new Set(person.unavailable.filter((day) => day >= 0 && day < days && isIn(day))).size;
