import { InvalidArgumentError, Option, type Command } from 'commander';
import { text, type Text } from '../kernel/text.ts';
import { isPlainDate, mondayOfWeek } from '../kernel/time.ts';
import { hintInBoth } from './usage-text.ts';

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
      throw invalid(describeRange(range));
    return value;
  };

/** Wrong usage of an option: says in both languages what was wanted. */
export const invalid = (wanted: Text): InvalidArgumentError =>
  new InvalidArgumentError(hintInBoth(text(`应为${wanted['zh-CN']}`, `Wanted: ${wanted.en}`)));

const describeRange = ({ min, max, open, whole, infinite }: NumberRange): Text => {
  const low = {
    'zh-CN': min === undefined ? '' : open === true ? `大于 ${min}` : `不小于 ${min}`,
    en: min === undefined ? '' : open === true ? ` above ${min}` : ` from ${min}`,
  };
  const high = {
    'zh-CN': max === undefined ? '' : `不大于 ${max}`,
    en: max === undefined ? '' : ` up to ${max}`,
  };
  const bounds = [low['zh-CN'], high['zh-CN']].filter((part) => part !== '').join('、');
  return text(
    `${bounds === '' ? '' : `${bounds} 的`}${whole === true ? '整数' : '数'}${infinite === true ? '，或 inf' : ''}`,
    `${whole === true ? 'a whole number' : 'a number'}${low.en}${high.en}${infinite === true ? ', or inf' : ''}`,
  );
};

/** Reads an ISO date. */
export const dateOption = (given: string): string => {
  if (!isPlainDate(given)) throw invalid(text('日期，如 2026-11-23', 'a date such as 2026-11-23'));
  return given;
};

/** Reads an ISO week. */
export const weekOption = (given: string): string => {
  if (mondayOfWeek(given) === undefined)
    throw invalid(text('存在的 ISO 周次，如 2026-W48', 'an ISO week that exists, such as 2026-W48'));
  return given;
};

/** Reads a clock time. */
export const clockOption = (given: string): string => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(given))
    throw invalid(text('时刻 HH:MM，如 08:30', 'a clock time HH:MM such as 08:30'));
  return given;
};

/** `--from` and `--days`: which days are foretold. */
export const addDaysToCome = (command: Command): Command =>
  command
    .addOption(
      new Option('--from <date>', 'first day; default: the day after the data').argParser(dateOption),
    )
    .addOption(
      new Option('--days <n>', 'days to forecast')
        .argParser(numberOption({ min: 1, max: 366, whole: true }))
        .default(7),
    );

/** The plan that a `--plan` option names; `latest`, like no option, stands for the one made last: undefined. */
export const planNamed = (given: string | undefined): string | undefined =>
  given === 'latest' ? undefined : given;
