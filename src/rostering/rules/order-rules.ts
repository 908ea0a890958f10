import { valueAt } from '../../kernel/value-at.ts';
import { automatonOf, type LineAutomaton } from '../line/line-model.ts';
import { type PersonDays, type Breach, breachOf, shiftAt, isNight, spanAt } from './person-days.ts';
import { type PersonRules, type RuleScene, priceOf } from './rule-scene.ts';

const working = ({ options }: RuleScene): boolean[] =>
  Array.from({ length: options }, (_, option) => option > 0);
const daysOff = ({ options }: RuleScene): boolean[] =>
  Array.from({ length: options }, (_, option) => option === 0);
const nights = (scene: RuleScene): readonly boolean[] =>
  optionsWhere(scene, (shift) => scene.problem.shifts[shift]?.isNight === true);

/** Rules about the order of a person's days. */
export const orderRules = {
  'minimum-rest': {
    line: (rule, draft) => {
      const { shifts } = draft.scene.problem;
      draft.machine(rule, () =>
        sequence(draft.scene.options, (before, after, off) => {
          const ended = (shifts[before - 1]?.startMinute ?? 0) + (shifts[before - 1]?.lengthMinutes ?? 0);
          const rest = (1 + off) * 1440 + (shifts[after - 1]?.startMinute ?? 0) - ended;
          const missing = rule.hours * 60 - rest;
          return missing > 0 ? (priceOf(rule) * missing) / 60 : 0;
        }),
      );
    },
    judge: (rule, days) =>
      successions(days).flatMap(({ before, day }) => {
        const [earlier, later] = [spanAt(days, before), spanAt(days, day)];
        if (earlier === undefined || later === undefined) return [];
        const rest = (day - before) * 1440 + later[0] - earlier[1];
        return breachOf(days, rule.hours - rest / 60, [before, day]);
      }),
  },
  'forbidden-sequence': {
    line: (rule, draft) => {
      const { shifts } = draft.scene.problem;
      const forbidden = new Set(rule.pairs.map((pair) => JSON.stringify(pair)));
      draft.machine(rule, () =>
        sequence(draft.scene.options, (before, after, off) => {
          const pair = JSON.stringify([shifts[before - 1]?.shift, shifts[after - 1]?.shift]);
          return off === 0 && forbidden.has(pair) ? priceOf(rule) : 0;
        }),
      );
    },
    judge: (rule, days) =>
      successions(days).flatMap(({ before, day }) => {
        const names = [before, day].map((at) => days.problem.shifts[shiftAt(days, at) as number]?.shift);
        const isForbidden = rule.pairs.some(([first, second]) => first === names[0] && second === names[1]);
        return breachOf(days, day === before + 1 && isForbidden ? 1 : 0, [before, day]);
      }),
  },
  'most-days-in-a-row': {
    line: (rule, draft) =>
      draft.machine(rule, () => mostInARow(working(draft.scene), rule.days, priceOf(rule))),
    judge: (rule, days) => tooLong(days, (day) => shiftAt(days, day) !== -1, rule.days),
  },
  'fewest-days-in-a-row': {
    line: (rule, draft) =>
      draft.machine(rule, () => fewestInARow(working(draft.scene), rule.days, priceOf(rule))),
    judge: (rule, days) => tooShort(days, (shift) => shift !== -1, rule.days),
  },
  'fewest-days-off-in-a-row': {
    line: (rule, draft) =>
      draft.machine(rule, () => fewestInARow(daysOff(draft.scene), rule.days, priceOf(rule))),
    judge: (rule, days) => tooShort(days, (shift) => shift === -1, rule.days),
  },
  'most-nights-in-a-row': {
    line: (rule, draft) =>
      draft.machine(rule, () => mostInARow(nights(draft.scene), rule.nights, priceOf(rule))),
    judge: (rule, days) => tooLong(days, (day) => isNight(days, day), rule.nights),
  },
  'days-off-after-nights': {
    line: (rule, draft) =>
      draft.machine(rule, () => daysOffAfter(nights(draft.scene), rule.days, priceOf(rule))),
    judge: (rule, days) =>
      successions(days).flatMap(({ before, day }) => {
        if (!isNight(days, before)) return [];
        const off = day - before - 1;
        const goesOn = off === 0 && isNight(days, day);
        return breachOf(days, goesOn ? 0 : rule.days - off, [before, day]);
      }),
  },
  'same-start-in-week': {
    line: (rule, draft) => {
      const { shifts } = draft.scene.problem;
      const starts = [...new Set(shifts.map(({ startMinute }) => startMinute))];
      const valueOf = [undefined, ...shifts.map(({ startMinute }) => starts.indexOf(startMinute))];
      draft.machine(rule, () => oneValueAWeek(valueOf, starts.length, priceOf(rule)));
    },
    judge: (_, days) => {
      const changes: number[] = [];
      for (const { before, day } of successions(days)) {
        const start = (at: number) => days.problem.shifts[shiftAt(days, at) as number]?.startMinute;
        if (isSameWeek(days, before, day) && start(before) !== start(day)) changes.push(day);
      }
      return breachOf(days, changes.length, changes);
    },
  },
} satisfies Partial<PersonRules>;

/** At most so many days in a row on options of a class; each more costs the price. */
const mostInARow = (inClass: readonly boolean[], most: number, price: number): LineAutomaton =>
  automatonOf(most + 1, inClass.length, 0, (run, option) => {
    if (inClass[option] !== true) return [0, 0];
    return run < most ? [run + 1, 0] : [most, price];
  });

/**
 * At least so many in a row, once begun; each missing costs the price. A run that was under way before the period,
 * or is at its end, is not judged.
 */
const fewestInARow = (inClass: readonly boolean[], fewest: number, price: number): LineAutomaton =>
  automatonOf(fewest + 1, inClass.length, fewest, (run, option) => {
    if (inClass[option] === true) return [Math.min(run + 1, fewest), 0];
    return [0, run > 0 && run < fewest ? times(price, fewest - run) : 0];
  });

/** Days off owed after the last night of a row; another night goes on with the row, as long as none was taken yet. */
const daysOffAfter = (nights: readonly boolean[], owed: number, price: number): LineAutomaton =>
  automatonOf(owed + 1, nights.length, 0, (left, option) => {
    if (option === 0) return [Math.max(0, left - 1), 0];
    if (nights[option] === true) return [owed, left < owed ? times(price, left) : 0];
    return [0, times(price, left)];
  });

/** One value a week: changing from it costs the price. Options without a value keep it. */
const oneValueAWeek = (
  valueOf: readonly (number | undefined)[],
  values: number,
  price: number,
): LineAutomaton =>
  automatonOf(
    values + 1,
    valueOf.length,
    0,
    (kept, option) => {
      const value = valueOf[option];
      if (value === undefined) return [kept, 0];
      return [value + 1, kept > 0 && kept !== value + 1 ? price : 0];
    },
    () => 0,
  );

/** Prices of a shift that follows another after so many days off (0 or 1): what lies further back is forgotten. */
const sequence = (
  options: number,
  priceAfter: (before: number, after: number, daysOff: number) => number,
): LineAutomaton =>
  automatonOf(2 * options, options, 0, (state, option) => {
    const before = state % options;
    const daysOff = state < options ? 0 : 1;
    if (option > 0) return [option, before === 0 ? 0 : priceAfter(before, option, daysOff)];
    return [before === 0 || daysOff === 1 ? 0 : before + options, 0];
  });

const times = (price: number, units: number): number => (units === 0 ? 0 : price * units);

/** Each duty of the period with the one before it. */
const successions = (days: PersonDays): { readonly before: number; readonly day: number }[] => {
  const worked = daysWorked(days);
  return worked.slice(1).flatMap((day, at) => (day >= 0 ? [{ before: worked[at] as number, day }] : []));
};

/** Days worked, those before the period included, in order. */
const daysWorked = (days: PersonDays): number[] => {
  const first = -days.person.before.length;
  return Array.from({ length: days.shiftOn.length - first }, (_, at) => first + at).filter(
    (day) => (shiftAt(days, day) ?? -1) !== -1,
  );
};

/** Days of the period by which a run is longer than `most`. */
const tooLong = (days: PersonDays, isIn: (day: number) => boolean, most: number): Breach[] => {
  const beyond: number[] = [];
  let run = 0;
  for (let day = -days.person.before.length; day < days.shiftOn.length; day += 1) {
    run = isIn(day) ? run + 1 : 0;
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

/** Whether a day of the period lies in the same calendar week as one before it. */
const isSameWeek = ({ problem }: PersonDays, before: number, day: number): boolean => {
  return day - before < valueAt(problem.days, day).weekday;
};

/** Options of the shifts that a question is true of. */
const optionsWhere = (
  { problem, options }: RuleScene,
  holds: (shift: number) => boolean,
): readonly boolean[] =>
  Array.from(
    { length: options },
    (_, option) => option > 0 && option <= problem.shifts.length && holds(option - 1),
  );
