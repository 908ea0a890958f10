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
  return (
    (sentence && wordsIfAny(sentence, said.values, speech)) ??
    // Said by a newer program than this one, or by an earlier one: it may have sent its own sentences along.
    (said as Finding & Partial<Text>)[speech.language] ??
    wordsOf(ofAnotherVersion, said, speech)
  );
};

const isFinding = (said: Sayable): said is Finding => 'code' in said;

/** One sentence in one language, its values filled in. */
export const wordsOf = <Values>(sentence: Sentence<Values>, values: unknown, speech: Speech): string => {
  const wording = sentence[speech.language] as Wording<unknown>;
  return typeof wording === 'string' ? wording : wording(values, speech);
};

/**
 * The same of values that were stored, or come from another version of the program, whose types nobody has checked:
 * undefined where the sentence needs one that is not there.
 */
export const wordsIfAny = <Values>(
  sentence: Sentence<Values>,
  values: unknown,
  speech: Speech,
): string | undefined => {
  try {
    const words = wordsOf(sentence, values, speech);
    return lacksValue.test(words) && !lacksValue.test(JSON.stringify(values) ?? '') ? undefined : words;
  } catch {
    return undefined;
  }
};

/** How a value that is not there stands in a sentence that was made without it. */
const lacksValue = /\b(?:undefined|NaN)\b/;

/** What is said of a finding, or a problem, for which this version has no words. */
export const ofAnotherVersion: Sentence<{ readonly code: string }> = {
  'zh-CN': ({ code }) => `此处说明出自其他版本，本版本无法显示（${code}）`,
  en: ({ code }) => `a note of another version, which this one cannot put into words (${code})`,
};

/** A sayable in every language. */
export const inEveryLanguage = (said: Sayable, audience: Audience): Text =>
  Object.fromEntries(
    languages.map((language) => [language, speak(language, audience).say(said)]),
  ) as unknown as Text;
