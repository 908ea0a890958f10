import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Sayable } from '../../kernel/finding.ts';
import { defaultLanguage, languages, type Language } from '../../kernel/text.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { figuresOf, noFigure, type Figure, type Figures } from '../../words/figures.ts';
import { firstWords } from '../../words/first-words.ts';
import type { pageWords } from '../../words/page-words.ts';
import type { Filled, Sentence } from '../../words/sentences.ts';
import { speak } from '../../words/speak.ts';
import { loadWords } from './load-words.ts';

export type WordKey = keyof typeof pageWords;

/** Keys whose words stand as they are. */
export type PlainKey = {
  [Key in WordKey]: (typeof pageWords)[Key][Language] extends string ? Key : never;
}[WordKey];

/** What stands for the {values} of a key's words. */
type ValuesFor<Key extends WordKey> = [Key] extends [PlainKey]
  ? []
  : Extract<(typeof pageWords)[Key][Language], Filled<never>> extends Filled<infer Values>
    ? [values: Values]
    : never;

/**
 * Print sets a minus as wide as a plus, not a hyphen: before a figure that follows no letter, digit or hyphen; right
 * after Chinese only before a share or a figure with decimals, since 客服-2 is a name.
 */
export const withMinus = (sentence: string): string =>
  sentence.replaceAll(/(?<![\p{L}\d._-])-(?=\d)|(?<=\p{Script=Han})-(?=\d+(?:\.\d|\s?%))/gu, '−');

/** What the page can say by now. */
const words = new Map<string, Sentence<never>>(Object.entries(firstWords));

/** Brings the words of a view along that comes later than the first. */
export const addWords = (table: Readonly<Record<string, Sentence<never>>>): void => {
  for (const [key, sentence] of Object.entries(table)) words.set(key, sentence);
};

/** Whether there are words under a key that was put together. */
export const isWordKey = (key: string): key is WordKey => words.has(key);

interface Format extends Figures {
  readonly seconds: (value: Figure) => string;
  /** A day where there is room for it, else the weekday alone. */
  readonly axisDay: (date: string) => string;
}

/** Formats of a language for the page, moments in a time zone. */
export const formatOf = (language: Language, zone?: string): Format => {
  const figures = figuresOf(language);
  const weekday = (date: string): string => figures.weekday(weekdayOf(date) + 1);
  return {
    ...figures,
    instant: (instant, own = zone) => figures.instant(instant, own),
    seconds: (value) =>
      figures.decimal(value) === noFigure
        ? noFigure
        : firstWords['figure.seconds'][language]({ n: figures.decimal(value) }),
    axisDay: (date) => (window.innerWidth < 700 ? weekday : figures.day)(date),
  };
};

export interface Speech {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** Words of the page, with their {values}. */
  readonly say: <Key extends WordKey>(key: Key, ...values: ValuesFor<Key>) => string;
  /** A finding, or a name that carries both languages, as the page says it. */
  readonly tell: (said: Sayable) => string;
  /** Figures and moments as the page writes them, in the hotline's time zone as soon as it is known. */
  readonly format: Format;
}

const storageKey = 'huawu-language';

/** The language to begin with: the address's, the one chosen last, the first of the browser's that the page speaks. */
export const languageOf = (
  asked: string | null,
  chosen: string | null,
  ofBrowser: readonly string[],
): Language =>
  [asked, chosen, ...ofBrowser]
    .flatMap((wanted) =>
      languages.filter((language) => wanted !== null && language.split('-')[0] === wanted.split('-')[0]),
    )
    .at(0) ?? defaultLanguage;

/** The language that the page opens in. */
export const firstLanguage = (): Language =>
  languageOf(
    new URLSearchParams(window.location.search).get('lang'),
    window.localStorage.getItem(storageKey),
    navigator.languages,
  );

const SpeechContext = createContext<Speech | undefined>(undefined);

/** Gives the page its language: the address's, the one chosen last, else the browser's. */
export const SpeechProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(firstLanguage);
  const speech = useMemo<Speech>(() => {
    document.documentElement.lang = language;
    return {
      language,
      setLanguage: (chosen) => {
        window.localStorage.setItem(storageKey, chosen);
        void loadWords(chosen).then(() => setLanguage(chosen));
      },
      say: (key, ...[values]) => {
        const wording = words.get(key)?.[language] ?? key;
        return typeof wording === 'string' ? wording : wording(values as never, speak(language, 'page'));
      },
      tell: (said) => withMinus(speak(language, 'page').say(said)),
      format: formatOf(language),
    };
  }, [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
};

/** Tells every moment within in the hotline's time zone. */
export const SpeechInZone = ({ zone, children }: { readonly zone: string; readonly children: ReactNode }) => {
  const speech = useSpeech();
  const zoned = useMemo(() => ({ ...speech, format: formatOf(speech.language, zone) }), [speech, zone]);
  return <SpeechContext value={zoned}>{children}</SpeechContext>;
};

export const useSpeech = (): Speech => {
  const speech = useContext(SpeechContext);
  if (speech === undefined) throw new Error('useSpeech outside SpeechProvider');
  return speech;
};
