import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { monthIndex } from './count-rules.ts';
import {
  addSum,
  leaveDays,
  type LineDraft,
  minutesOf,
  priceOf,
  pricePerMinute,
  shareOfHours,
} from './rule-scene.ts';

/** Days of an accounting period, on average. */
const accountDays = { month: 365 / 12, quarter: 365 / 4, year: 365 } as const;

/** Rules about hours of work. */
export const hourRules = {
  'hours-a-week': {
    line: (rule: LabourRuleOf<'hours-a-week'>, draft: LineDraft): void => {
      const { scene, person } = draft;
      const { week, wholeWeek } = scene;
      const leave = (at: number): number =>
        leaveDays(person, scene.days, (day) => week[day] === at) * rule.leaveHours * 60;
      const { least, most } = rule;
      addSum(draft, 'minutes', pricePerMinute(rule), {
        weight: minutesOf(draft),
        window: (day) => week[day] ?? 0,
        ...(least === undefined
          ? {}
          : { least: (at) => (wholeWeek[at] === true ? (shareOfHours(person, least) ?? 0) - leave(at) : 0) }),
        ...(most === undefined ? {} : { most: () => shareOfHours(person, most) }),
      });
    },
  },
  'hours-in-period': {
    line: (rule: LabourRuleOf<'hours-in-period'>, draft: LineDraft): void => {
      const { person, scene } = draft;
      const leave = leaveDays(person, scene.days, () => true) * rule.leaveHours * 60;
      const { least, most } = rule;
      addSum(draft, 'minutes', pricePerMinute(rule), {
        weight: minutesOf(draft),
        ...(least === undefined ? {} : { least: () => (shareOfHours(person, least) ?? 0) - leave }),
        ...(most === undefined ? {} : { most: () => shareOfHours(person, most) }),
      });
    },
  },
  'accounting-period': {
    line: (rule: LabourRuleOf<'accounting-period'>, draft: LineDraft): void => {
      const { person, scene } = draft;
      const standard = rule.standardDays * rule.hoursPerDay * (scene.days / accountDays[rule.period]);
      const left = (standard * person.contractShare - person.balance.hoursOverStandard) * 60;
      addSum(draft, 'minutes', pricePerMinute(rule), {
        weight: minutesOf(draft),
        most: () => Math.floor(left + 1e-6),
      });
    },
  },
  'overtime-a-month': {
    line: (rule: LabourRuleOf<'overtime-a-month'>, draft: LineDraft): void => {
      const { person, scene } = draft;
      const month = monthIndex(scene);
      const most = (shareOfHours(person, rule.standardHours) ?? 0) + rule.hours * 60;
      addSum(draft, 'minutes', pricePerMinute(rule), {
        weight: minutesOf(draft),
        window: (day) => month[day] ?? 0,
        most: () => most,
        carried: person.balance.hoursInMonth * 60,
      });
    },
  },
  'overtime-pay': {
    line: (rule: LabourRuleOf<'overtime-pay'>, draft: LineDraft): void => {
      const { scene, person } = draft;
      const { problem, week } = scene;
      const rateOn = (day: number): number => {
        if (problem.days[day]?.isHoliday === true) return rule.holiday;
        return rule.weekendsAreRest && (problem.days[day]?.weekday ?? 1) >= 6 ? rule.restDay : 0;
      };
      const minutes = minutesOf(draft);
      for (let day = 0; day < scene.days; day += 1)
        if (rateOn(day) > 0)
          for (const shift of problem.shifts.keys())
            draft.charge(day, shift + 1, (priceOf(rule) * rateOn(day) * minutes(day, shift)) / 60);
      addSum(draft, `ordinary minutes ${rule.weekendsAreRest}`, pricePerMinute(rule) * rule.beyondStandard, {
        weight: (day, shift) => (rateOn(day) > 0 ? 0 : minutes(day, shift)),
        window: (day) => week[day] ?? 0,
        most: () => shareOfHours(person, rule.standardHoursPerWeek),
      });
    },
  },
};
