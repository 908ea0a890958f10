import type { DurationUnit } from '../../contract/duration-units.ts';
import { longestValue } from '../ingest-limits.ts';

const perUnit: Readonly<Record<DurationUnit, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  milliseconds: 0.001,
  clock: 1,
  'clock-hours': 3600,
};

/**
 * Seconds of a duration as files give it: a number in the unit, h:mm:ss, mm:ss or :ss (h:mm for 'clock-hours'),
 * or 1时2分3秒. NaN when it is none. Negative numbers come back negative: the caller judges them.
 */
export const durationSeconds = (text: string, unit: DurationUnit, decimal: DecimalMark = '.'): number => {
  if (text.length > longestValue) return Number.NaN;
  const plain = text.normalize('NFKC').trim();
  const clock = /^(\d*):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/.exec(plain);
  if (clock !== null) {
    const [first, second, third] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (second >= 60 || third >= 60) return Number.NaN;
    if (clock[3] !== undefined) return first * 3600 + second * 60 + third;
    return unit === 'clock-hours' ? first * 3600 + second * 60 : first * 60 + second;
  }
  const spoken =
    /^(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|m))?\s*(?:(\d+(?:\.\d+)?)\s*(?:秒钟|秒|s))?$/i.exec(
      plain,
    );
  if (spoken !== null && plain !== '')
    return Number(spoken[1] ?? 0) * 3600 + Number(spoken[2] ?? 0) * 60 + Number(spoken[3] ?? 0);
  const number = Number(plainNumber(plain, decimal));
  return plain === '' || Number.isNaN(number) ? Number.NaN : number * perUnit[unit];
};

/** A number's text without what it counts: 40次 becomes 40. */
export const withoutCountWord = (text: string): string =>
  text.replace(/(?<=\d)\s{0,3}(?:人次|次|个|通|人|件|笔|条|calls?)$/i, '');

/** What parts the fraction from the whole in a file's numbers. */
export const decimalMarks = ['.', ','] as const;
export type DecimalMark = (typeof decimalMarks)[number];

/** A number's text without separators of thousands and with a decimal point: 1,234.5 (or 1.234,5) becomes 1234.5. */
export const plainNumber = (text: string, decimal: DecimalMark): string => {
  if (text.length > longestValue) return text;
  if (decimal === '.') return /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  const whole = /^[-+]?(\d{1,3}([.\s]\d{3})+|\d+)(,\d+)?$/.test(text);
  return whole ? text.replaceAll(/[.\s]/g, '').replace(',', '.') : text;
};

/** Whether numbers are written with a decimal comma: some cell can mean nothing else, and none a decimal point. */
export const guessDecimalMark = (cells: readonly string[]): DecimalMark => {
  const plain = cells.map((cell) => cell.trim().replace(/%$/, '').trim());
  const comma = plain.some((cell) =>
    /^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d+,(\d{1,2}|\d{4,})$|^-?0,\d+$/.test(cell),
  );
  const point = plain.some((cell) =>
    /^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d+\.(\d{1,2}|\d{4,})$|^-?0\.\d+$/.test(cell),
  );
  return comma && !point ? ',' : '.';
};
