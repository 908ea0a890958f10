import { breachOf, isNight, shiftAt, type Breach, type Judge, type PersonDays } from './breach.ts';

/** Days worked, those before the period included, in order. */
const daysWorked = (days: PersonDays): number[] => {
  const first = -days.person.before.length;
  return Array.from({ length: days.shiftOn.length - first }, (_, at) => first + at).filter(
    (day) => (shiftAt(days, day) ?? -1) !== -1,
  );
};

/** Each duty of the period with the one before it. */
const successions = (days: PersonDays): { readonly before: number; readonly day: number }[] => {
  const worked = daysWorked(days);
  return worked.slice(1).flatMap((day, at) => (day >= 0 ? [{ before: worked[at] as number, day }] : []));
};

/** Days of the period by which a run is longer than `most`. */
const tooLong = (days: PersonDays, isIn: (shift: number) => boolean, most: number): Breach[] => {
  const beyond: number[] = [];
  let run = 0;
  for (let day = -days.person.before.length; day < days.shiftOn.length; day += 1) {
    run = isIn(shiftAt(days, day) as number) ? run + 1 : 0;
    if (run > most && day >= 0) beyond.push(day);
  }
  return breachOf(days, beyond.length, beyond);
};

/** Runs that begin and end inside what is known and are shorter than `fewest`. */
const tooShort = (days: PersonDays, isIn: (shift: number) => boolean, fewest: number): Breach[] => {
  const first = -days.person.before.length;
  const found: Breach[] = [];
  let began: number | undefined;
  for (let day = first; day < days.shiftOn.length; day += 1) {
    if (isIn(shiftAt(days, day) as number)) began ??= day;
    else {
      if (began !== undefined && began > first && day >= 0)
        found.push(...breachOf(days, fewest - (day - began), runOf(began, day)));
      began = undefined;
    }
  }
  return found;
};

const runOf = (from: number, until: number): number[] =>
  Array.from({ length: until - from }, (_, at) => from + at);

/** Judges of the order of days. */
export const orderJudges: {
  readonly 'minimum-rest': Judge<'minimum-rest'>;
  readonly 'forbidden-sequence': Judge<'forbidden-sequence'>;
  readonly 'most-days-in-a-row': Judge<'most-days-in-a-row'>;
  readonly 'fewest-days-in-a-row': Judge<'fewest-days-in-a-row'>;
  readonly 'fewest-days-off-in-a-row': Judge<'fewest-days-off-in-a-row'>;
  readonly 'most-nights-in-a-row': Judge<'most-nights-in-a-row'>;
  readonly 'days-off-after-nights': Judge<'days-off-after-nights'>;
  readonly 'same-start-in-week': Judge<'same-start-in-week'>;
} = {
  'minimum-rest': (rule, days) =>
    successions(days).flatMap(({ before, day }) => {
      const { shifts } = days.problem;
      const earlier = shifts[shiftAt(days, before) as number];
      const later = shifts[shiftAt(days, day) as number];
      if (earlier === undefined || later === undefined) return [];
      const end = before * 1440 + earlier.startMinute + earlier.lengthMinutes;
      return breachOf(days, rule.hours - (day * 1440 + later.startMinute - end) / 60, [before, day]);
    }),
  'forbidden-sequence': (rule, days) =>
    successions(days).flatMap(({ before, day }) => {
      const names = [before, day].map((at) => days.problem.shifts[shiftAt(days, at) as number]?.shift);
      const isForbidden = rule.pairs.some(([first, second]) => first === names[0] && second === names[1]);
      return breachOf(days, day === before + 1 && isForbidden ? 1 : 0, [before, day]);
    }),
  'most-days-in-a-row': (rule, days) => tooLong(days, (shift) => shift !== -1, rule.days),
  'fewest-days-in-a-row': (rule, days) => tooShort(days, (shift) => shift !== -1, rule.days),
  'fewest-days-off-in-a-row': (rule, days) => tooShort(days, (shift) => shift === -1, rule.days),
  'most-nights-in-a-row': (rule, days) => tooLong(days, (shift) => isNight(days, shift), rule.nights),
  'days-off-after-nights': (rule, days) =>
    successions(days).flatMap(({ before, day }) => {
      if (!isNight(days, shiftAt(days, before) as number)) return [];
      const off = day - before - 1;
      const goesOn = off === 0 && isNight(days, shiftAt(days, day) as number);
      return breachOf(days, goesOn ? 0 : rule.days - off, [before, day]);
    }),
  'same-start-in-week': (_, days) => {
    const changes: number[] = [];
    for (const { before, day } of successions(days)) {
      const start = (at: number) => days.problem.shifts[shiftAt(days, at) as number]?.startMinute;
      if (isSameWeek(days, before, day) && start(before) !== start(day)) changes.push(day);
    }
    return breachOf(days, changes.length, changes);
  },
};

const isSameWeek = ({ problem }: PersonDays, before: number, day: number): boolean => {
  const weekday = problem.days[day]?.weekday ?? 1;
  return day - before < weekday;
};
