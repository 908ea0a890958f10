import { InvalidArgumentError } from 'commander';
import { isPlainDate, mondayOfWeek } from '../kernel/time.ts';

interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** The minimum itself is not allowed. */
  readonly open?: boolean;
  readonly whole?: boolean;
  /** `inf` is allowed. */
  readonly infinite?: boolean;
}

/** Reads a number option; anything outside the range is wrong usage. */
export const numberOption =
  (range: NumberRange) =>
  (given: string): number => {
    if (range.infinite === true && /^\+?inf(inity)?$/i.test(given)) return Infinity;
    const value = given.trim() === '' ? Number.NaN : Number(given);
    const tooLow = range.min !== undefined && (range.open === true ? value <= range.min : value < range.min);
    const tooHigh = range.max !== undefined && value > range.max;
    if (!Number.isFinite(value) || tooLow || tooHigh || (range.whole === true && !Number.isInteger(value)))
      throw new InvalidArgumentError(`wanted ${describeRange(range)}.`);
    return value;
  };

const describeRange = ({ min, max, open, whole, infinite }: NumberRange): string => {
  const kind = whole === true ? 'a whole number' : 'a number';
  const low = min === undefined ? '' : open === true ? ` above ${min}` : ` from ${min}`;
  return `${kind}${low}${max === undefined ? '' : ` up to ${max}`}${infinite === true ? ' or inf' : ''}`;
};

/** Reads an ISO date. */
export const dateOption = (given: string): string => {
  if (!isPlainDate(given)) throw new InvalidArgumentError('wanted a date YYYY-MM-DD.');
  return given;
};

/** Reads an ISO week. */
export const weekOption = (given: string): string => {
  if (mondayOfWeek(given) === undefined)
    throw new InvalidArgumentError('wanted an ISO week such as 2026-W48.');
  return given;
};

/** Reads a clock time. */
export const clockOption = (given: string): string => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(given)) throw new InvalidArgumentError('wanted a clock time HH:MM.');
  return given;
};

/** The plan that a `--plan` option names; `latest`, like no option, stands for the one made last: undefined. */
export const planNamed = (given: string | undefined): string | undefined =>
  given === 'latest' ? undefined : given;
