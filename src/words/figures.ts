import { inLanguage, type Language, languages } from '../kernel/text.ts';

/** Money whose sign would be read for another's is named in words. */
const yuan: Readonly<Record<Language, string>> = { 'zh-CN': '元', en: 'yuan' };

/** A figure that may have no base. */
export type Figure = number | null | undefined;

/** What stands where a figure has no base. */
export const noFigure = '–';

/** The reason of a correction, and who gave it, where that is known. */
export const reasonBy = ({ reason, author }: { readonly reason: string; readonly author: string }): string =>
  author === noFigure ? reason : `${reason} (${author})`;

const locales: Readonly<Record<Language, string>> = { 'zh-CN': 'zh-CN', en: 'en-GB' };

/** Chances that are next to none, and all but sure. */
const nearlySure: Readonly<Record<Language, readonly [none: string, sure: string]>> = {
  'zh-CN': ['不到 1%', '99% 以上'],
  en: ['under 1%', 'over 99%'],
};

/** How a month is written in a short date: 11/23周一, Mon 23 Nov. */
const monthStyles: Readonly<Record<Language, 'numeric' | 'short'>> = { 'zh-CN': 'numeric', en: 'short' };

/** Formatters are expensive to make and cheap to use: each is made once. */
const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number in a language with so many decimals, as `options` say. */
export const numberIn = (
  language: Language,
  value: number,
  digits: number,
  options: Intl.NumberFormatOptions = {},
): string => {
  const key = [language, digits, ...Object.values(options)].join(' ');
  const format =
    numberFormats.get(key) ??
    new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // What rounds to zero has no sign.
      signDisplay: 'negative',
      ...options,
    });
  numberFormats.set(key, format);
  return format.format(value);
};

/**
 * By how much two figures differ as a reader takes it from them in print: 94.12 and 78.86 % read 94.1 % and 78.9 %, so they
 * differ by 15.2 points, not by the 15.3 that their difference alone would read. For every difference that is beside
 * both of its figures; `digits` are the decimals in which those are printed, shares in percent. NaN where one is.
 */
export const shownDifference = (
  from: number,
  to: number,
  digits = 1,
  style: 'percent' | 'decimal' = 'percent',
): number => {
  const printed = (value: number): number =>
    Number.parseFloat(numberIn('en', value, digits, { style, useGrouping: false }));
  const difference = Number((printed(to) - printed(from)).toFixed(digits));
  return style === 'percent' ? difference / 100 : difference;
};

/**
 * Parts of a sum as a reader adds them up in print: each rounded down or up, so that together they are the printed total.
 * Unknown parts stay so; parts that do not come to the total within rounding are rounded each by itself.
 */
export const shownParts = (
  parts: readonly (number | null)[],
  total: number | null,
  digits = 1,
): (number | null)[] => {
  const unit = 10 ** digits;
  const whole = parts.map((part) => (part === null ? null : Math.floor(part * unit)));
  const least = whole.reduce((sum: number, part) => sum + (part ?? 0), 0);
  const wanted = total === null ? Number.NaN : Math.round(total * unit) - least;
  const rest = parts
    .flatMap((part, at) => (part === null ? [] : [{ at, rest: part * unit - Math.floor(part * unit) }]))
    .toSorted((one, other) => other.rest - one.rest);
  if (!(wanted >= 0 && wanted <= rest.length))
    return parts.map((part) => (part === null ? null : Math.round(part * unit) / unit));
  const up = new Set(rest.slice(0, wanted).map(({ at }) => at));
  return whole.map((part, at) => (part === null ? null : (part + (up.has(at) ? 1 : 0)) / unit));
};

/** How figures, dates and money are written where they are by themselves: tables, cards, charts. */
export interface Figures {
  /** A whole number with separators. */
  readonly count: (value: Figure) => string;
  readonly decimal: (value: Figure, digits?: number) => string;
  /** Hours: whole from ten on, below that with a decimal where they are not whole. */
  readonly hours: (value: Figure) => string;
  /** A fraction as percent. */
  readonly percent: (value: Figure, digits?: number) => string;
  /** A chance in whole percent: only what is sure, or cannot be, is 100 or 0 %. */
  readonly chance: (value: Figure) => string;
  /** A difference of fractions in percentage points, with its sign. */
  readonly points: (value: Figure, digits?: number) => string;
  readonly signed: (value: Figure, digits?: number) => string;
  /** An amount in a currency (ISO 4217) without its hundredths: '192,323 yuan'; bare where nobody has said which. */
  readonly money: (value: Figure, currency?: string | null) => string;
  /** '11/23周一' or 'Mon 23 Nov' of an ISO date. */
  readonly day: (date: string) => string;
  /** The same without the weekday: '11/23' or '23 Nov'. */
  readonly dayOfMonth: (date: string) => string;
  /** '周一' or 'Mon' of Monday 1 to Sunday 7. */
  readonly weekday: (weekday: number) => string;
  readonly date: (date: string) => string;
  /** Day and clock of an ISO instant, in a time zone; left out: where the reader is. */
  readonly instant: (instant: string, zone?: string) => string;
  /** Day and clock of a wall clock 'YYYY-MM-DDTHH:MM'. */
  readonly moment: (start: string) => string;
}

const known = (value: Figure): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

const made = new Map<Language, Figures>();

/** Figures of a language; dates are calendar dates without a zone. */
export const figuresOf = (language: Language): Figures => {
  const figures = made.get(language) ?? makeFigures(language);
  made.set(language, figures);
  return figures;
};

const makeFigures = (language: Language): Figures => {
  // Print sets a minus as wide as a plus, not a hyphen.
  const write = (value: Figure, digits: number, options?: Intl.NumberFormatOptions): string =>
    known(value) ? numberIn(language, value, digits, options).replace('-', '−') : noFigure;
  const dateFormat = (options: Intl.DateTimeFormatOptions): ((date: string) => string) => {
    const format = new Intl.DateTimeFormat(locales[language], { timeZone: 'UTC', ...options });
    return (date) => format.format(new Date(`${date}T00:00:00Z`));
  };
  const month = monthStyles[language];
  const [none, sure] = nearlySure[language];
  const day = dateFormat({ month, day: 'numeric', weekday: 'short' });
  const weekday = dateFormat({ weekday: 'short' });
  const signed = (value: Figure, digits = 0): string => write(value, digits, { signDisplay: 'exceptZero' });
  return {
    count: (value) => write(value, 0),
    decimal: (value, digits = 1) => write(value, digits),
    hours: (value) => write(value, known(value) && (Number.isInteger(value) || value >= 9.95) ? 0 : 1),
    percent: (value, digits = 1) => write(value, digits, { style: 'percent' }),
    chance: (value) => {
      if (known(value) && value > 0 && value < 0.01) return none;
      return known(value) && value > 0.99 && value < 1 ? sure : write(value, 0, { style: 'percent' });
    },
    points: (value, digits = 1) => signed(known(value) ? 100 * value : value, digits),
    signed,
    money: (value, currency) => {
      if (typeof currency !== 'string') return write(value, 0);
      if (currency !== 'CNY') return write(value, 0, { style: 'currency', currency });
      return known(value) ? `${write(value, 0)} ${yuan[language]}` : noFigure;
    },
    day,
    dayOfMonth: dateFormat({ month, day: 'numeric' }),
    // 23 November 2026 is a Monday.
    weekday: (number) => weekday(`2026-11-${22 + number}`),
    date: dateFormat({ year: 'numeric', month, day: 'numeric' }),
    instant: (instant, zone) =>
      new Intl.DateTimeFormat(locales[language], {
        dateStyle: 'short',
        timeStyle: 'short',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(new Date(instant)),
    moment: (start) => `${day(start.slice(0, 10))} ${start.slice(11, 16)}`,
  };
};

/** Between the Chinese and the English of a name that carries both: '示例省 02 · Province 02'. */
const between = ' · ';

/**
 * A name from data in the language of the reader, where it carries both as '中文 · English'; any other name as it is. Data
 * hold one string for a hotline or a region, so made-up ones have both languages in it.
 */
export const nameIn = (name: string, language: Language): string => {
  const parts = name.split(between);
  const [chinese = '', english = ''] = parts;
  const isBoth =
    parts.length === 2 && /\p{Script=Han}/u.test(chinese) && /^[\p{Script=Latin}\P{L}]+$/u.test(english);
  return isBoth ? inLanguage({ 'zh-CN': chinese, en: english }, language) : name;
};

/** What stands between the items of a bare list. */
export const betweenItems: Readonly<Record<Language, string>> = { 'zh-CN': '、', en: ', ' };

const plurals = new Map(languages.map((language) => [language, new Intl.PluralRules(locales[language])]));

/** 'one', 'other' or what else a language has: the form that goes with a number. */
export const pluralForm = (language: Language, count: number): string =>
  plurals.get(language)?.select(count) ?? 'other';
