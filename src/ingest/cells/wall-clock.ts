import { dayMillis, hourMillis } from '../../kernel/time.ts';
import { longestValue } from '../ingest-limits.ts';

/**
 * Reading times as switchboards write them. A wall-clock time is a number: the epoch milliseconds that it
 * would be in UTC ("local milliseconds"); its zone comes in later.
 */

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

interface ReadTime {
  /** Local milliseconds, or the instant itself when `fixed`. */
  readonly millis: number;
  /** True when the text carries an offset, Z or is an epoch number: `millis` is an instant. */
  readonly fixed: boolean;
  /** Length when the text is a range such as 8:00-8:30, minutes. */
  readonly rangeMinutes?: number;
  /** True when the text has no time of day. */
  readonly dateOnly: boolean;
}

type TimeFault = 'not-a-time' | 'impossible-date' | 'ambiguous-date';

/** Local milliseconds of a calendar date (two digits each for month and day), NaN when there is no such date. */
const localDate = (year: number, month: number, day: number): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // a day that the month does not have lies in another one
  return date.getUTCMonth() === month - 1 ? date.getTime() : Number.NaN;
};

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface DatePart {
  readonly millis: number;
  readonly rest: string;
}

const yearFirst = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;
const packed = /^(\d{4})(\d{2})(\d{2})(?!\d{1}(?:\D|$))/;
const namedDayFirst = /^(\d{1,2})[-\s]([A-Za-z]{3})[a-z]*\.?[-\s,]+(\d{4})/;
const namedMonthFirst = /^([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})/;

const monthOfName = (name: string | undefined): number => monthNames.indexOf((name ?? '').toLowerCase()) + 1;

const yearLastDate = (match: RegExpExecArray, order: DateOrder | undefined): number | TimeFault => {
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const year = (match[3] ?? '').length === 2 ? 2000 + third : third;
  if (order === 'dmy' || (order === undefined && first > 12)) return localDate(year, second, first);
  if (order === 'mdy' || (order === undefined && second > 12)) return localDate(year, first, second);
  return order === undefined && first !== second ? 'ambiguous-date' : localDate(year, first, second);
};

const readDate = (text: string, order: DateOrder | undefined): DatePart | TimeFault => {
  const first = yearFirst.exec(text) ?? packed.exec(text);
  if (first !== null)
    return {
      millis: localDate(Number(first[1]), Number(first[2]), Number(first[3])),
      rest: text.slice(first[0].length),
    };
  const serial = /^\d{5}(?=\s+\S)/.exec(text);
  if (serial !== null) return { millis: serialDate(Number(serial[0])), rest: text.slice(serial[0].length) };
  const last = yearLast.exec(text);
  if (last !== null) {
    const millis = yearLastDate(last, order);
    return typeof millis === 'string' ? millis : { millis, rest: text.slice(last[0].length) };
  }
  const named = namedDayFirst.exec(text);
  if (named !== null && monthOfName(named[2]) > 0)
    return {
      millis: localDate(Number(named[3]), monthOfName(named[2]), Number(named[1])),
      rest: text.slice(named[0].length),
    };
  const month = namedMonthFirst.exec(text);
  if (month !== null && monthOfName(month[1]) > 0)
    return {
      millis: localDate(Number(month[3]), monthOfName(month[1]), Number(month[2])),
      rest: text.slice(month[0].length),
    };
  return 'not-a-time';
};

const clockText = /^(\d{1,2})(?:[:时点h]\s*(\d{1,2})?(?:[:分m]\s*(\d{1,2}(?:\.\d+)?)?秒?)?分?)?$/;
const packedClock = /^(\d{2})(\d{2})(\d{2})?$/;

/** Milliseconds since midnight of a clock time such as 8:00, 0800, 8时30分, 8:00 PM, 下午3:00; NaN when none. */
export const clockMillis = (text: string): number => {
  let plain = text.trim();
  if (plain.length > longestValue) return Number.NaN;
  const half =
    /^(上午|下午|凌晨|晚上|中午)\s*/.exec(plain) ?? /\s*(am|pm|a\.m\.|p\.m\.|上午|下午)$/i.exec(plain);
  if (half !== null) plain = plain.replace(half[0], '').trim();
  const match = packedClock.exec(plain) ?? clockText.exec(plain);
  if (match === null) return Number.NaN;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  if (half !== null) {
    const afternoon = /^(p|下午|晚上|中午)/i.test(half[1] ?? '');
    if (hour > 12) return afternoon ? clock(hour, minute, second) : Number.NaN;
    hour = afternoon ? (hour === 12 ? 12 : hour < 11 || half[1] !== '中午' ? hour + 12 : hour) : hour % 12;
  }
  return clock(hour, minute, second);
};

const clock = (hour: number, minute: number, second: number): number =>
  hour > 24 || minute > 59 || second >= 60 || (hour === 24 && (minute > 0 || second > 0))
    ? Number.NaN
    : hour * hourMillis + minute * 60_000 + Math.floor(second * 1000);

const offsetTail = /\s*(z|[+-]\d{2}:?\d{2})$/i;
const weekdayTail = /[\s(]*(星期|周)[一二三四五六日天]\)?\s*/;
const rangeMark =
  /\s*(?:~|～|〜|—|–|−|至|到|--| - |(?<=(?::\d{2}(?::\d{2})?|[AaPp]\.?[Mm]\.?)\s*)-(?=\s*\d{1,2}(?::|\s*[AaPp]))|(?<=^\d{4})-(?=\d{4}$))\s*/;
const hyphenRange = /^\d{1,2}:?\d{2}\s*-\s*\d{1,2}:?\d{2}$/;

const offsetMillis = (tail: string): number => {
  const digits = tail.replaceAll(':', '');
  const size = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -size : size) * 60_000;
};

/** Days from 1899-12-30, as spreadsheets count, to local milliseconds, rounded to the second. */
const serialDate = (serial: number): number => Math.round((serial - 25_569) * 86_400) * 1000;

const readNumber = (text: string): ReadTime | undefined => {
  if (/^\d{13}$/.test(text)) return { millis: Number(text), fixed: true, dateOnly: false };
  if (/^\d{10}$/.test(text) && Number(text) < 1_900_000_000)
    return { millis: Number(text) * 1000, fixed: true, dateOnly: false };
  if (!/^\d{5}(\.\d+)?$/.test(text)) return undefined;
  const serial = Number(text);
  return { millis: serialDate(serial), fixed: false, dateOnly: Number.isInteger(serial) };
};

/** Reads a time in any of the known forms; tells what is wrong when there is none. */
export const readTime = (raw: string, order?: DateOrder): ReadTime | TimeFault => {
  if (raw.length > longestValue) return 'not-a-time';
  const text = raw.normalize('NFKC').trim();
  const number = readNumber(text);
  if (number !== undefined) return number;
  const date = readDate(text, order);
  if (typeof date === 'string') return date;
  if (Number.isNaN(date.millis)) return 'impossible-date';
  return readClockPart(date, order);
};

const readClockPart = (date: DatePart, order: DateOrder | undefined): ReadTime | TimeFault => {
  const iso = date.rest.startsWith('T');
  const rest = date.rest
    .replace(weekdayTail, ' ')
    .replace(/^[T\s,]+/, '')
    .trim();
  if (rest === '') return { millis: date.millis, fixed: false, dateOnly: true };
  if (/^0?\.\d+$/.test(rest))
    return { millis: date.millis + Math.round(Number(rest) * 86_400) * 1000, fixed: false, dateOnly: false };
  const offset = offsetOf(rest, iso);
  const [from = '', until] = (offset === null ? rest : rest.slice(0, -offset[0].length)).split(rangeMark);
  const start = clockMillis(from);
  if (Number.isNaN(start)) return /^\d{1,2}:\d{1,2}/.test(rest) ? 'impossible-date' : 'not-a-time';
  const at = date.millis + start - (offset === null ? 0 : offsetMillis(offset[1] ?? 'z'));
  const read = { millis: at, fixed: offset !== null, dateOnly: false };
  if (until === undefined) return read;
  const rangeMinutes = rangeLength(until, date.millis, start, order);
  // 08:00-05:00 is neither a sound stretch nor, beside 02:00-05:00 in the same file, safely an offset
  const runsOn = rangeMinutes > 120 && start + rangeMinutes * 60_000 > dayMillis && hyphenRange.test(rest);
  return Number.isNaN(rangeMinutes) || runsOn ? 'not-a-time' : { ...read, rangeMinutes };
};

/**
 * The offset at the end of a time of day. 9:30-10:00 is a stretch of local time, not half past nine ten hours
 * west: a minus means an offset only after T and a two-digit hour, after seconds, or before four bare digits
 * that follow a time with a colon (08:00 -0500).
 */
const offsetOf = (text: string, iso: boolean): RegExpExecArray | null => {
  const offset = offsetTail.exec(text);
  const tail = offset?.[1] ?? '';
  if (offset === null || !tail.startsWith('-')) return offset;
  const clockPart = text.slice(0, -offset[0].length);
  if (iso && /^\d{2}:?\d{2}/.test(clockPart)) return offset;
  if (/^(\d{2}:?\d{2}:?\d{2}(\.\d+)?|\d{1,2}:\d{2}:\d{2}\s*[ap]m)$/i.test(clockPart)) return offset;
  return !tail.includes(':') && /^(\d{2}:\d{2}|\d{1,2}:\d{2}\s*[ap]m)$/i.test(clockPart) ? offset : null;
};

/** Minutes from a range's start to its end; an end such as 8:29 or 8:29:59 means up to the next whole minute. */
const rangeLength = (end: string, day: number, start: number, order: DateOrder | undefined): number => {
  const dated = readDate(end, order);
  const clockPart = typeof dated === 'string' ? end : dated.rest.replace(/^[T\s]+/, '');
  let until = clockMillis(clockPart === '' ? '0:00' : clockPart);
  if (typeof dated !== 'string') until += dated.millis - day;
  if (until <= start && typeof dated === 'string') until += dayMillis;
  const minutes = (until - start) / 60_000;
  const rounded = Math.ceil(minutes);
  return rounded % 5 === 4 ? rounded + 1 : rounded;
};

/**
 * Local milliseconds of 'YYYY-MM-DD HH:MM[:SS[.fff]]' (also / and T) read straight from bytes; NaN when the
 * text has any other form, which `readTime` then judges. Remembers the last date: rows of one day share it.
 */
export const createFastTimeReader = (): ((bytes: Uint8Array, start: number, end: number) => number) => {
  let lastDate = -1;
  let lastMillis = Number.NaN;
  return (bytes, start, end) => {
    const length = end - start;
    if (length !== 19 && length !== 16) return Number.NaN;
    const dash = bytes[start + 4];
    if ((dash !== 45 && dash !== 47) || bytes[start + 7] !== dash) return Number.NaN;
    const gap = bytes[start + 10];
    if ((gap !== 32 && gap !== 84) || bytes[start + 13] !== 58) return Number.NaN;
    const date =
      pair(bytes, start) * 1_000_000 +
      pair(bytes, start + 2) * 10_000 +
      pair(bytes, start + 5) * 100 +
      pair(bytes, start + 8);
    if (date !== lastDate) {
      lastMillis = localDate(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
      lastDate = date;
    }
    const hour = pair(bytes, start + 11);
    const minute = pair(bytes, start + 14);
    if (length === 19 && bytes[start + 16] !== 58) return Number.NaN;
    const second = length === 19 ? pair(bytes, start + 17) : 0;
    if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
    return lastMillis + hour * hourMillis + minute * 60_000 + second * 1000;
  };
};

/** Two ASCII digits as a number, NaN when they are none. */
const pair = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] ?? 0) - 48;
  const ones = (bytes[at + 1] ?? 0) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** Local milliseconds as 'YYYY-MM-DD HH:MM'. */
export const wallText = (local: number): string =>
  new Date(local).toISOString().slice(0, 16).replace('T', ' ');

const names = [
  '周一 星期一 礼拜一 mon monday',
  '周二 星期二 礼拜二 tue tuesday',
  '周三 星期三 礼拜三 wed wednesday',
  '周四 星期四 礼拜四 thu thursday',
  '周五 星期五 礼拜五 fri friday',
  '周六 星期六 礼拜六 sat saturday',
  '周日 星期日 礼拜日 周天 星期天 礼拜天 sun sunday',
];

const byName: ReadonlyMap<string, number> = new Map(
  names.flatMap((words, weekday) => words.split(' ').map((word) => [word, weekday] as const)),
);

/** The weekday that a cell names, Monday 0; undefined where it names none. */
export const weekdayNamed = (cell: string): number | undefined => byName.get(cell.trim().toLowerCase());
