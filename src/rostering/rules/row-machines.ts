import { automatonOf, type LineAutomaton } from '../line/line-automaton.ts';

/** At most so many days in a row on options of a class; each more costs the price. */
export const mostInARow = (inClass: readonly boolean[], most: number, price: number): LineAutomaton =>
  automatonOf(most + 1, inClass.length, 0, (run, option) => {
    if (inClass[option] !== true) return [0, 0];
    return run < most ? [run + 1, 0] : [most, price];
  });

/**
 * At least so many in a row, once begun; each missing costs the price. A run that was under way before the period,
 * or is at its end, is not judged.
 */
export const fewestInARow = (inClass: readonly boolean[], fewest: number, price: number): LineAutomaton =>
  automatonOf(fewest + 1, inClass.length, fewest, (run, option) => {
    if (inClass[option] === true) return [Math.min(run + 1, fewest), 0];
    return [0, run > 0 && run < fewest ? times(price, fewest - run) : 0];
  });

/** Days off owed after the last night of a row; another night goes on with the row, as long as none was taken yet. */
export const daysOffAfter = (nights: readonly boolean[], owed: number, price: number): LineAutomaton =>
  automatonOf(owed + 1, nights.length, 0, (left, option) => {
    if (option === 0) return [Math.max(0, left - 1), 0];
    if (nights[option] === true) return [owed, left < owed ? times(price, left) : 0];
    return [0, times(price, left)];
  });

/** One value a week: changing from it costs the price. Options without a value keep it. */
export const oneValueAWeek = (
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
export const sequence = (
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
