import { allDays, breachOf, isNight, type Judge } from './breach.ts';

/** Judges of single days. */
export const dayJudges: {
  readonly unavailable: Judge<'unavailable'>;
  readonly pinned: Judge<'pinned'>;
  readonly 'meal-break': Judge<'meal-break'>;
  readonly 'overtime-a-day': Judge<'overtime-a-day'>;
  readonly 'no-nights-if-exempt': Judge<'no-nights-if-exempt'>;
  readonly 'own-shifts': Judge<'own-shifts'>;
  readonly 'day-off-requests': Judge<'day-off-requests'>;
  readonly 'shift-requests': Judge<'shift-requests'>;
  readonly 'disliked-shifts': Judge<'disliked-shifts'>;
} = {
  unavailable: (_, days) => {
    const worked = allDays(days).filter(
      (day) => days.shiftOn[day] !== -1 && days.person.unavailable.includes(day),
    );
    return breachOf(days, worked.length, worked);
  },
  pinned: (_, days) => {
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
  'meal-break': (rule, days) => {
    const without = allDays(days).filter((day) => {
      const shift = days.problem.shifts[days.shiftOn[day] as number];
      return (
        shift !== undefined &&
        (shift.dutyMinutes ?? shift.lengthMinutes) / 60 > rule.beyondHours &&
        shift.mealMinutes < rule.minutes
      );
    });
    return breachOf(days, without.length, without);
  },
  'overtime-a-day': (rule, days) =>
    allDays(days).flatMap((day) => {
      const hours = (days.problem.shifts[days.shiftOn[day] as number]?.workMinutes ?? 0) / 60;
      return breachOf(days, hours - rule.standard - rule.hours, [day]);
    }),
  'no-nights-if-exempt': (_, days) => {
    if (!days.person.isNightExempt) return [];
    const nights = allDays(days).filter((day) => isNight(days, days.shiftOn[day] as number));
    return breachOf(days, nights.length, nights);
  },
  'own-shifts': (_, days) => {
    const { shifts } = days.person;
    if (shifts === undefined) return [];
    const others = allDays(days).filter((day) => {
      const shift = days.shiftOn[day] as number;
      return shift >= 0 && !shifts.includes(shift);
    });
    return breachOf(days, others.length, others);
  },
  'day-off-requests': (_, days) =>
    days.person.requests.flatMap(({ day, wants, isWanted, weight }) => {
      if (wants !== 'off' || days.shiftOn[day] === undefined) return [];
      const isOff = days.shiftOn[day] === -1;
      return isOff === isWanted ? [] : breachOf(days, weight, [day]);
    }),
  'shift-requests': (_, days) =>
    days.person.requests.flatMap(({ day, wants, isWanted, weight }) => {
      if (wants === 'off' || days.shiftOn[day] === undefined) return [];
      const has = days.shiftOn[day] === wants;
      return has === isWanted ? [] : breachOf(days, weight, [day]);
    }),
  'disliked-shifts': (_, days) => {
    const disliked = allDays(days).filter((day) =>
      days.person.disliked.includes(days.shiftOn[day] as number),
    );
    return breachOf(days, disliked.length, disliked);
  },
};
