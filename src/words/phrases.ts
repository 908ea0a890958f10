import { type Language, languages } from '../kernel/text.ts';
import { numberIn } from './figures.ts';
import type { Label, Wording } from './sentences.ts';
import { speak } from './speak.ts';

/** Words in every language: as they are, made of values, or the headings of a table in their order. */
type Phrase<Values = never> = Readonly<Record<Language, Wording<Values> | readonly string[]>>;

type Headings = Readonly<Record<Language, readonly string[] | ((values: never) => readonly string[])>>;

type Phrases = Readonly<Record<string, Phrase | Headings>>;

/** A table of phrases: each in every language, side by side. One that lacks a language does not compile. */
export const phrases = <const Table extends Phrases>(table: Table): Table => table;

/** The phrases of a table in one language: a text, or a function of the values that it needs. */
export type Spoken<Table extends Phrases> = {
  readonly [Key in keyof Table]: Table[Key] extends Label
    ? string
    : Table[Key] extends Readonly<Record<Language, readonly string[]>>
      ? readonly string[]
      : Table[Key] extends Readonly<Record<Language, (values: infer Values) => infer Written>>
        ? (values: Values) => Written
        : Table[Key] extends Phrase<infer Values>
          ? (values: Values) => string
          : never;
};

const known = new WeakMap<Phrases, Map<Language, unknown>>();

/** The phrases of a table in a language, for anyone who reads them. */
export const spoken = <Table extends Phrases>(table: Table, language: Language): Spoken<Table> => {
  const made = known.get(table) ?? new Map<Language, unknown>();
  known.set(table, made);
  if (!made.has(language)) made.set(language, speakAll(table, language));
  return made.get(language) as Spoken<Table>;
};

const speakAll = (table: Phrases, language: Language): Record<string, unknown> => {
  const speech = speak(language, 'terminal');
  return Object.fromEntries(
    Object.entries(table).map(([key, entry]) => {
      const wording = entry[language] as Wording<unknown>;
      // A phrase takes values in every language as soon as it does in one.
      if (!languages.some((each) => typeof entry[each] === 'function')) return [key, wording];
      return [key, (values: unknown) => (typeof wording === 'function' ? wording(values, speech) : wording)];
    }),
  );
};

/** A length of time in whole minutes: '45 min', '3 h 20 min', '3 小时 20 分钟'. */
export const hoursAndMinutes = (minutes: number, language: Language): string => {
  const [hour, minute] = language === 'en' ? [' h', ' min'] : [' 小时', ' 分钟'];
  const whole = Math.round(minutes);
  const [hours, left] = [Math.floor(whole / 60), whole % 60];
  return [
    ...(hours > 0 ? [`${numberIn(language, hours, 0)}${hour}`] : []),
    ...(left > 0 || hours === 0 ? [`${left}${minute}`] : []),
  ].join(' ');
};

/** A time of a call as people say it: '4 min 12 s', '4 分 12 秒'; what is under a minute in seconds. */
export const minutesAndSeconds = (seconds: number, language: Language): string => {
  const [minute, second] = language === 'en' ? [' min ', ' s'] : [' 分 ', ' 秒'];
  if (seconds < 59.5) return `${numberIn(language, seconds, seconds < 10 ? 1 : 0)}${second}`;
  const whole = Math.round(seconds);
  return `${numberIn(language, Math.floor(whole / 60), 0)}${minute}${whole % 60}${second}`;
};
