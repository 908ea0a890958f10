import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { dayMinutes } from '../../kernel/time-window.ts';
import type { RosterShift } from '../roster-problem.ts';
import { priceOf, type LineDraft } from './rule-scene.ts';

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
    line: (rule: LabourRuleOf<'unavailable'>, draft: LineDraft): void => {
      for (const day of new Set(draft.person.unavailable))
        chargeWhere(draft, day, priceOf(rule), (option) => option > 0);
    },
  },
  'clear-of-leave': {
    line: (rule: LabourRuleOf<'clear-of-leave'>, draft: LineDraft): void => {
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
  },
  pinned: {
    line: (rule: LabourRuleOf<'pinned'>, draft: LineDraft): void => {
      for (const { day, shift } of draft.person.pinned)
        chargeWhere(draft, day, priceOf(rule), (option) => option !== (shift === 'off' ? 0 : shift + 1));
    },
  },
  'meal-break': {
    line: (rule: LabourRuleOf<'meal-break'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      chargeShifts(draft, priceOf(rule), (shift) => {
        const { lengthMinutes = 0, dutyMinutes = lengthMinutes, mealMinutes = 0 } = shifts[shift] ?? {};
        return dutyMinutes > rule.beyondHours * 60 && mealMinutes < rule.minutes;
      });
    },
  },
  'overtime-a-day': {
    line: (rule: LabourRuleOf<'overtime-a-day'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      for (const [index, { workMinutes }] of shifts.entries()) {
        const over = workMinutes / 60 - rule.standard - rule.hours;
        if (over > 0) chargeShifts(draft, priceOf(rule) * over, (shift) => shift === index);
      }
    },
  },
  'no-nights-if-exempt': {
    line: (rule: LabourRuleOf<'no-nights-if-exempt'>, draft: LineDraft): void => {
      if (!draft.person.isNightExempt) return;
      chargeShifts(draft, priceOf(rule), (shift) => draft.scene.problem.shifts[shift]?.isNight === true);
    },
  },
  'own-shifts': {
    line: (rule: LabourRuleOf<'own-shifts'>, draft: LineDraft): void => {
      const { shifts } = draft.person;
      if (shifts !== undefined) chargeShifts(draft, priceOf(rule), (shift) => !shifts.includes(shift));
    },
  },
  'day-off-requests': {
    line: (rule: LabourRuleOf<'day-off-requests'>, draft: LineDraft): void => {
      for (const { day, wants, isWanted, weight } of draft.person.requests)
        if (wants === 'off' && weight > 0)
          chargeWhere(draft, day, priceOf(rule) * weight, (option) => (option === 0) !== isWanted);
    },
  },
  'shift-requests': {
    line: (rule: LabourRuleOf<'shift-requests'>, draft: LineDraft): void => {
      for (const { day, wants, isWanted, weight } of draft.person.requests)
        if (wants !== 'off' && weight > 0)
          chargeWhere(draft, day, priceOf(rule) * weight, (option) => (option === wants + 1) !== isWanted);
    },
  },
  'disliked-shifts': {
    line: (rule: LabourRuleOf<'disliked-shifts'>, draft: LineDraft): void =>
      chargeShifts(draft, priceOf(rule), (shift) => draft.person.disliked.includes(shift)),
  },
};
