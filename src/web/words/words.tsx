import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Sayable } from '../../kernel/finding.ts';
import type { Language } from '../../kernel/text.ts';
import { speak } from '../../words/speak.ts';
import { chinesePunctuation } from './chinese-punctuation.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export type WordKey = keyof typeof zhCN;
export type Words = Readonly<Record<WordKey, string>>;

export const dictionaries: Readonly<Record<Language, Words>> = { 'zh-CN': zhCN, en };

/** A sentence of the dictionary with its {gaps} filled. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>> = {}): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));

/**
 * Print sets a minus as wide as a plus, not a hyphen: before a figure that follows no letter, digit or hyphen; right
 * after Chinese only before a share or a figure with decimals, since 客服-2 is a name.
 */
export const withMinus = (sentence: string): string =>
  sentence.replaceAll(/(?<![\p{L}\d._-])-(?=\d)|(?<=\p{Script=Han})-(?=\d+(?:\.\d|\s?%))/gu, '−');

export interface Speech {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** Words of the page. */
  readonly say: (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;
  /** A finding, or a name that carries both languages, as the page says it. */
  readonly tell: (said: Sayable) => string;
}

const storageKey = 'huawu-language';

const firstLanguage = (): Language => {
  const asked = new URLSearchParams(window.location.search).get('lang');
  const stored = asked ?? window.localStorage.getItem(storageKey);
  return stored === 'en' ? 'en' : 'zh-CN';
};

const SpeechContext = createContext<Speech | undefined>(undefined);

/** Gives the page its language: the address's, the one chosen last, else Chinese. */
export const SpeechProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(firstLanguage);
  const speech = useMemo<Speech>(() => {
    document.documentElement.lang = language;
    return {
      language,
      setLanguage: (chosen) => {
        window.localStorage.setItem(storageKey, chosen);
        setLanguage(chosen);
      },
      say: (key, values) => fill(dictionaries[language][key], values),
      tell: (said) => {
        const sentence = speak(language, 'page').say(said);
        return withMinus(language === 'zh-CN' ? chinesePunctuation(sentence) : sentence);
      },
    };
  }, [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
};

export const useSpeech = (): Speech => {
  const speech = useContext(SpeechContext);
  if (speech === undefined) throw new Error('useSpeech outside SpeechProvider');
  return speech;
};
