import { useMemo } from 'react';
import type { Language } from '../../kernel/text.ts';
import { fill } from '../../words/fill.ts';
import { pageWords } from '../../words/page/page-words.ts';
import { speak } from '../../words/speak.ts';
import { monthStyles } from '../../words/speech.ts';
import { useSpeech } from '../words/words.tsx';

type Figure = number | null | undefined;

export interface Format {
  /** A whole number with separators. */
  readonly count: (value: Figure) => string;
  readonly decimal: (value: Figure, digits?: number) => string;
  /** A fraction as percent. */
  readonly percent: (value: Figure, digits?: number) => string;
  /** A difference of fractions in percentage points, with its sign. */
  readonly points: (value: Figure, digits?: number) => string;
  readonly signed: (value: Figure, digits?: number) => string;
  /** Money without hundredths, with its unit where that is known. */
  readonly money: (value: number, currency: string | undefined) => string;
  readonly seconds: (value: Figure) => string;
  /** '11/23 周一' or 'Mon 23 Nov' of an ISO date. */
  readonly day: (date: string) => string;
  /** The same where there is room for it, else the weekday alone. */
  readonly axisDay: (date: string) => string;
  /** '周一' or 'Mon' of Monday 1 to Sunday 7. */
  readonly weekday: (weekday: number) => string;
  readonly date: (date: string) => string;
  /** Day and clock of an ISO instant, where the reader is. */
  readonly instant: (instant: string) => string;
  /** Day and clock of a wall clock 'YYYY-MM-DDTHH:MM'. */
  readonly moment: (start: string) => string;
}

/** What stands where a figure has no base. */
export const noFigure = '–';

const known = (value: Figure): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** Formats of a language; dates are calendar dates without a zone. */
export const formatOf = (language: Language): Format => {
  const number = (digits: number, options: Intl.NumberFormatOptions = {}) => {
    const formatter = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // What rounds to zero has no sign.
      signDisplay: 'negative',
      ...options,
    });
    // Print sets a minus as wide as a plus, not a hyphen.
    return (value: Figure): string => (known(value) ? formatter.format(value).replace('-', '−') : noFigure);
  };
  const cached = new Map<string, (value: Figure) => string>();
  const by = (key: string, make: () => (value: Figure) => string): ((value: Figure) => string) => {
    const made = cached.get(key) ?? make();
    cached.set(key, made);
    return made;
  };
  const signDisplay = 'exceptZero' as const;
  const dateFormat = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    return (date: string): string => formatter.format(new Date(`${date}T00:00:00Z`));
  };
  const day = dateFormat({
    month: monthStyles[language],
    day: 'numeric',
    weekday: 'short',
  });
  const weekday = dateFormat({ weekday: 'short' });
  const decimal = (value: Figure, digits = 1): string => by(`d${digits}`, () => number(digits))(value);
  return {
    count: number(0),
    decimal,
    percent: (value, digits = 1) => by(`p${digits}`, () => number(digits, { style: 'percent' }))(value),
    points: (value, digits = 1) =>
      known(value) ? by(`s${digits}`, () => number(digits, { signDisplay }))(value * 100) : noFigure,
    signed: (value, digits = 0) => by(`s${digits}`, () => number(digits, { signDisplay }))(value),
    money: (value, currency) => speak(language, 'page').money(value, currency ?? null),
    seconds: (value) =>
      known(value) ? fill(pageWords['figure.seconds'][language], { n: decimal(value) }) : noFigure,
    day,
    // 23 November 2026 is a Monday.
    weekday: (number) => weekday(`2026-11-${22 + number}`),
    axisDay: (date) => (window.innerWidth < 700 ? weekday : day)(date),
    date: dateFormat({ year: 'numeric', month: monthStyles[language], day: 'numeric' }),
    instant: (instant) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant)),
    moment: (start) => `${day(start.slice(0, 10))} ${start.slice(11, 16)}`,
  };
};

export const useFormat = (): Format => {
  const { language } = useSpeech();
  return useMemo(() => formatOf(language), [language]);
};
