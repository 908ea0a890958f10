import { InvalidArgumentError } from 'commander';
import type { Sayable } from '../kernel/finding.ts';
import { isPlainDate, mondayOfWeek } from '../kernel/time.ts';
import { cliFinding, type NumberRange } from './cli-findings.ts';
import { carried } from './usage-text.ts';

/** Reads a number option; anything outside the range is wrong usage. */
export const numberOption =
  (range: NumberRange) =>
  (given: string): number => {
    if (range.infinite === true && /^\+?inf(inity)?$/i.test(given)) return Infinity;
    const value = given.trim() === '' ? Number.NaN : Number(given);
    const tooLow = range.min !== undefined && (range.open === true ? value <= range.min : value < range.min);
    const tooHigh =
      range.max !== undefined && (range.openAbove === true ? value >= range.max : value > range.max);
    if (!Number.isFinite(value) || tooLow || tooHigh || (range.whole === true && !Number.isInteger(value)))
      throw invalid(cliFinding('a-number', { range }));
    return value;
  };

/** Wrong usage of an option: says what was wanted. */
export const invalid = (wanted: Sayable): InvalidArgumentError => new InvalidArgumentError(carried(wanted));

/** Reads an ISO date. */
export const dateOption = (given: string): string => {
  if (!isPlainDate(given)) throw invalid(cliFinding('a-date'));
  return given;
};

/** Reads an ISO week. */
export const weekOption = (given: string): string => {
  if (mondayOfWeek(given) === undefined) throw invalid(cliFinding('an-iso-week'));
  return given;
};

/** Reads a clock time. */
export const clockOption = (given: string): string => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(given)) throw invalid(cliFinding('a-clock-time'));
  return given;
};

/** What may be said for the plan made last; no option says the same. */
export const latestPlan = 'latest';

/** The plan that a `--plan` option names; undefined for the one made last. */
export const planNamed = (given: string | undefined): string | undefined =>
  given === latestPlan ? undefined : given;
