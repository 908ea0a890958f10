import type { Finding, Sayable } from '../kernel/finding.ts';
import { inLanguage, languages, type Language, type Text } from '../kernel/text.ts';
import { sentences } from './catalogue.ts';
import type { Sentence, Wording } from './sentences.ts';
import { speechOf, type Audience, type Speech } from './speech.ts';

const spoken = new Map<string, Speech>();

/** How a language speaks to a reader: its sentences, figures, lists and names. */
export const speak = (language: Language, audience: Audience): Speech => {
  const key = `${language} ${audience}`;
  const known = spoken.get(key);
  if (known !== undefined) return known;
  const speech = speechOf(language, audience, (said) => sentenceOf(said, speech));
  spoken.set(key, speech);
  return speech;
};

/** The sentence of a finding; what carries its languages already is read from there, as plans of earlier versions do. */
const sentenceOf = (said: Sayable, speech: Speech): string => {
  if (!isFinding(said)) return inLanguage(said, speech.language);
  const sentence = sentences[said.code];
  // Said by a newer program than this one: it sent its own sentences along.
  if (sentence === undefined) return (said as Finding & Partial<Text>)[speech.language] ?? said.code;
  return wordsOf(sentence, said.values, speech);
};

export const isFinding = (said: Sayable): said is Finding => 'code' in said;

/** One sentence in one language, its values filled in. */
export const wordsOf = <Values>(sentence: Sentence<Values>, values: unknown, speech: Speech): string => {
  const wording = sentence[speech.language] as Wording<unknown>;
  return typeof wording === 'string' ? wording : wording(values, speech);
};

/** A sayable in every language. */
export const inEveryLanguage = (said: Sayable, audience: Audience): Text =>
  Object.fromEntries(
    languages.map((language) => [language, speak(language, audience).say(said)]),
  ) as unknown as Text;
