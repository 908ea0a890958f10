import type { Language } from '../../src/kernel/text.ts';
import type { Filled } from '../../src/words/sentences.ts';
import { pageWords } from '../../src/words/page-words.ts';

type Values = Readonly<Record<string, string | number>>;

/** Words of the page as it says them. */
export const pageWord = (key: keyof typeof pageWords, language: Language, values: Values = {}): string => {
  const wording = pageWords[key][language];
  return typeof wording === 'string' ? wording : (wording as Filled<Values>)(values);
};
