import type { Language } from '../kernel/text.ts';
import { figuresOf } from './figures.ts';

const [zh, en] = [figuresOf('zh-CN'), figuresOf('en')];

/** A value of a cause as its file has it: no more digits than it needs. */
export const causeValue = (value: number): string => String(Number(value.toPrecision(6)));

/** A cause, with the one day that a value of it is assumed on: 'rain mm on Mon 23 Nov'. */
export const causeOfDay: Readonly<Record<Language, (cause: string, date: string | null) => string>> = {
  'zh-CN': (cause, date) => (date === null ? cause : `${cause}（${zh.day(date)}）`),
  en: (cause, date) => (date === null ? cause : `${cause} on ${en.day(date)}`),
};

/** A value that is assumed of a cause: 'rain mm = 20'. */
export const assumedValue =
  (language: Language) =>
  ({ cause, date, value }: { cause: string; date: string | null; value: number }): string =>
    `${causeOfDay[language](cause, date)} = ${causeValue(value)}`;
