import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { automatonOf, type LineAutomaton } from '../line/line-model.ts';
import { type LineDraft, optionsWhere, priceOf, type RuleScene } from './rule-scene.ts';

const working = ({ options }: RuleScene): boolean[] =>
  Array.from({ length: options }, (_, option) => option > 0);
const daysOff = ({ options }: RuleScene): boolean[] =>
  Array.from({ length: options }, (_, option) => option === 0);
const nights = (scene: RuleScene): readonly boolean[] =>
  optionsWhere(scene, (shift) => scene.problem.shifts[shift]?.isNight === true);

/** Rules about the order of a person's days. */
export const orderRules = {
  'minimum-rest': {
    line: (rule: LabourRuleOf<'minimum-rest'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      draft.machine(`rest ${rule.hours} ${rule.price}`, () =>
        sequence(draft.scene.options, (before, after, off) => {
          const ended = (shifts[before - 1]?.startMinute ?? 0) + (shifts[before - 1]?.lengthMinutes ?? 0);
          const rest = (1 + off) * 1440 + (shifts[after - 1]?.startMinute ?? 0) - ended;
          const missing = rule.hours * 60 - rest;
          return missing > 0 ? (priceOf(rule) * missing) / 60 : 0;
        }),
      );
    },
  },
  'forbidden-sequence': {
    line: (rule: LabourRuleOf<'forbidden-sequence'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      const forbidden = new Set(rule.pairs.map((pair) => JSON.stringify(pair)));
      draft.machine(`sequence ${[...forbidden].join()} ${rule.price}`, () =>
        sequence(draft.scene.options, (before, after, off) => {
          const pair = JSON.stringify([shifts[before - 1]?.shift, shifts[after - 1]?.shift]);
          return off === 0 && forbidden.has(pair) ? priceOf(rule) : 0;
        }),
      );
    },
  },
  'most-days-in-a-row': {
    line: (rule: LabourRuleOf<'most-days-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`most days ${rule.days} ${rule.price}`, () =>
        mostInARow(working(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'fewest-days-in-a-row': {
    line: (rule: LabourRuleOf<'fewest-days-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`fewest days ${rule.days} ${rule.price}`, () =>
        fewestInARow(working(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'fewest-days-off-in-a-row': {
    line: (rule: LabourRuleOf<'fewest-days-off-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`fewest off ${rule.days} ${rule.price}`, () =>
        fewestInARow(daysOff(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'most-nights-in-a-row': {
    line: (rule: LabourRuleOf<'most-nights-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`most nights ${rule.nights} ${rule.price}`, () =>
        mostInARow(nights(draft.scene), rule.nights, priceOf(rule)),
      ),
  },
  'days-off-after-nights': {
    line: (rule: LabourRuleOf<'days-off-after-nights'>, draft: LineDraft): void =>
      draft.machine(`off after nights ${rule.days} ${rule.price}`, () =>
        daysOffAfter(nights(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'same-start-in-week': {
    line: (rule: LabourRuleOf<'same-start-in-week'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      const starts = [...new Set(shifts.map(({ startMinute }) => startMinute))];
      const valueOf = [undefined, ...shifts.map(({ startMinute }) => starts.indexOf(startMinute))];
      draft.machine(`same start ${rule.price}`, () => oneValueAWeek(valueOf, starts.length, priceOf(rule)));
    },
  },
};

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
