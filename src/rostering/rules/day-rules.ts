import { dayMinutes } from '../../kernel/time-window.ts';
import type { RosterShift } from '../roster-problem.ts';
import { breachOf, allDays, workedOn, isNight, spanAt } from './person-days.ts';
import { type PersonRules, type LineDraft, priceOf } from './rule-scene.ts';

const chargeWhere = (
  draft: LineDraft,
  day: number,
  price: number,
  holds: (option: number) => boolean,
): void => {
  if (day < 0 || day >= draft.scene.days || price === 0) return;
  for (let option = 0; option < draft.scene.options; option += 1)
    if (holds(option)) draft.charge(day, option, price);
};

const chargeShifts = (draft: LineDraft, price: number, holds: (shift: number) => boolean): void => {
  for (let day = 0; day < draft.scene.days; day += 1)
    chargeWhere(draft, day, price, (option) => option > 0 && holds(option - 1));
};

const endOf = (shift: RosterShift | undefined): number =>
  shift === undefined ? 0 : shift.startMinute + shift.lengthMinutes;

/** Rules that look at one day of one person at a time. */
export const dayRules = {
  unavailable: {
    line: (rule, draft) => {
      for (const day of new Set(draft.person.unavailable))
        chargeWhere(draft, day, priceOf(rule), (option) => option > 0);
    },
    judge: (_, days) => {
      const worked = allDays(days).filter(
        (day) => days.shiftOn[day] !== -1 && days.person.unavailable.includes(day),
      );
      return breachOf(days, worked.length, worked);
    },
  },
  'clear-of-leave': {
    line: (rule, draft) => {
      const { problem, days } = draft.scene;
      for (const day of new Set(draft.person.leave))
        if (day > 0 && day <= days)
          chargeWhere(
            draft,
            day - 1,
            priceOf(rule),
            (option) => option > 0 && endOf(problem.shifts[option - 1]) > dayMinutes,
          );
    },
    judge: (_, days) => {
      const { leave = [] } = days.person;
      const late = allDays(days).filter(
        (day) => leave.includes(day + 1) && (spanAt(days, day)?.[1] ?? 0) > 1440,
      );
      return breachOf(days, late.length, late);
    },
  },
  pinned: {
    line: (rule, draft) => {
      for (const { day, shift } of draft.person.pinned)
        chargeWhere(draft, day, priceOf(rule), (option) => option !== (shift === 'off' ? 0 : shift + 1));
    },
    judge: (_, days) => {
      const moved = days.person.pinned.filter(
        ({ day, shift }) =>
          days.shiftOn[day] !== undefined && days.shiftOn[day] !== (shift === 'off' ? -1 : shift),
      );
      return breachOf(
        days,
        moved.length,
        moved.map(({ day }) => day),
      );
    },
  },
  'meal-break': {
    line: (rule, draft) => {
      const { shifts } = draft.scene.problem;
      chargeShifts(draft, priceOf(rule), (shift) => {
        const { lengthMinutes = 0, dutyMinutes = lengthMinutes, mealMinutes = 0 } = shifts[shift] ?? {};
        return dutyMinutes > rule.beyondHours * 60 && mealMinutes < rule.minutes;
      });
    },
    judge: (rule, days) => {
      const without = allDays(days).filter((day) => {
        const shift = workedOn(days, day);
        return (
          shift !== undefined &&
          (shift.dutyMinutes ?? shift.lengthMinutes) / 60 > rule.beyondHours &&
          shift.mealMinutes < rule.minutes
        );
      });
      return breachOf(days, without.length, without);
    },
  },
  'overtime-a-day': {
    line: (rule, draft) => {
      const { shifts } = draft.scene.problem;
      for (const [index, { workMinutes }] of shifts.entries()) {
        const over = workMinutes / 60 - rule.standard - rule.hours;
        if (over > 0) chargeShifts(draft, priceOf(rule) * over, (shift) => shift === index);
      }
    },
    judge: (rule, days) =>
      allDays(days).flatMap((day) => {
        const hours = (workedOn(days, day)?.workMinutes ?? 0) / 60;
        return breachOf(days, hours - rule.standard - rule.hours, [day]);
      }),
  },
  'no-nights-if-exempt': {
    line: (rule, draft) => {
      if (!draft.person.isNightExempt) return;
      chargeShifts(draft, priceOf(rule), (shift) => draft.scene.problem.shifts[shift]?.isNight === true);
    },
    judge: (_, days) => {
      if (!days.person.isNightExempt) return [];
      const nights = allDays(days).filter((day) => isNight(days, day));
      return breachOf(days, nights.length, nights);
    },
  },
  'own-shifts': {
    line: (rule, draft) => {
      const { shifts } = draft.person;
      if (shifts !== undefined) chargeShifts(draft, priceOf(rule), (shift) => !shifts.includes(shift));
    },
    judge: (_, days) => {
      const { shifts } = days.person;
      if (shifts === undefined) return [];
      const others = allDays(days).filter((day) => {
        const shift = days.shiftOn[day] as number;
        return shift >= 0 && !shifts.includes(shift);
      });
      return breachOf(days, others.length, others);
    },
  },
  'day-off-requests': {
    line: (rule, draft) => {
      for (const { day, wants, isWanted, weight } of draft.person.requests)
        if (wants === 'off' && weight > 0)
          chargeWhere(draft, day, priceOf(rule) * weight, (option) => (option === 0) !== isWanted);
    },
    judge: (_, days) =>
      days.person.requests.flatMap(({ day, wants, isWanted, weight }) => {
        if (wants !== 'off' || days.shiftOn[day] === undefined) return [];
        const isOff = days.shiftOn[day] === -1;
        return isOff === isWanted ? [] : breachOf(days, weight, [day]);
      }),
  },
  'shift-requests': {
    line: (rule, draft) => {
      for (const { day, wants, isWanted, weight } of draft.person.requests)
        if (wants !== 'off' && weight > 0)
          chargeWhere(draft, day, priceOf(rule) * weight, (option) => (option === wants + 1) !== isWanted);
    },
    judge: (_, days) =>
      days.person.requests.flatMap(({ day, wants, isWanted, weight }) => {
        if (wants === 'off' || days.shiftOn[day] === undefined) return [];
        const has = days.shiftOn[day] === wants;
        return has === isWanted ? [] : breachOf(days, weight, [day]);
      }),
  },
  'disliked-shifts': {
    line: (rule, draft) =>
      chargeShifts(draft, priceOf(rule), (shift) => draft.person.disliked.includes(shift)),
    judge: (_, days) => {
      const disliked = allDays(days).filter((day) =>
        days.person.disliked.includes(days.shiftOn[day] as number),
      );
      return breachOf(days, disliked.length, disliked);
    },
  },
} satisfies Partial<PersonRules>;
