import type { DemoFindings } from '../demo/demo-settings.ts';
import type { JobFindings } from '../jobs/job-queue.ts';
import type { Finding, Sayable } from '../kernel/finding.ts';
import { inLanguage, type Language, languages, type Text } from '../kernel/text.ts';
import { answerSentences } from './answer.ts';
import { contractSentences } from './contract.ts';
import { daySentences } from './day.ts';
import { diversionSentences } from './diversion.ts';
import { doorSentences } from './doors.ts';
import { forecastSentences } from './forecast.ts';
import { ingestSentences } from './ingest.ts';
import { kernelSentences } from './kernel.ts';
import { messages } from './messages.ts';
import { monitoringSentences } from './monitoring.ts';
import { planningSentences } from './planning.ts';
import { rosterSentences } from './rostering.ts';
import { schedulingSentences } from './scheduling.ts';
import type { StaffingFindings } from '../staffing/staffing-findings.ts';
import type { Sentence, Sentences, Wording } from './sentences.ts';
import type { Audience, Speech } from './speech.ts';
import { betweenItems, figuresOf, numberIn, pluralForm } from './figures.ts';

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

/** How a missing value is written in a sentence that was made without it. */
const lacksValue = /\b(?:undefined|NaN)\b/;

/** What is said of a finding, or a problem, for which this version has no words. */
export const ofAnotherVersion: Sentence<{ readonly code: string }> =
  messages('other-version').ofAnotherVersion;

/** A sayable in every language. */
export const inEveryLanguage = (said: Sayable, audience: Audience): Text =>
  Object.fromEntries(
    languages.map((language) => [language, speak(language, audience).say(said)]),
  ) as unknown as Text;

/** Sentences said one after the other. */
const severalSentences: Sentences<{ several: { readonly parts: readonly Sayable[] } }> = {
  several: {
    'zh-CN': ({ parts }, { say }) => parts.map(say).join(''),
    en: ({ parts }, { say }) => parts.map(say).join(' '),
  },
};

const jobSentences: Sentences<JobFindings> = messages('job');

const staffingSentences: Sentences<StaffingFindings> = messages('staffing');

const demoSentences: Sentences<DemoFindings> = messages('demo');

/** Every sentence about findings, by code. */
export const sentences: Readonly<Record<string, Sentence<never>>> = {
  ...doorSentences,
  ...answerSentences,
  ...demoSentences,
  ...contractSentences,
  ...daySentences,
  ...diversionSentences,
  ...forecastSentences,
  ...ingestSentences,
  ...jobSentences,
  ...kernelSentences,
  ...monitoringSentences,
  ...planningSentences,
  ...rosterSentences,
  ...schedulingSentences,
  ...severalSentences,
  ...staffingSentences,
};

const weekdaysIn: Readonly<Record<Language, (days: readonly number[]) => string>> = {
  'zh-CN': (days) =>
    days.length === 7 ? '每天' : `周${days.map((day) => '一二三四五六日'[day] ?? '').join('、')}`,
  en: (days) =>
    days.length === 7 ? 'every day' : days.map((day) => figuresOf('en').weekday(day + 1)).join(', '),
};

const speechOf = (language: Language, audience: Audience, say: (said: Sayable) => string): Speech => {
  const number = (value: number, digits = 1): string =>
    numberIn(language, value, digits, { useGrouping: false });
  const plural = (count: number, one: string, many: string): string =>
    pluralForm(language, count) === 'one' ? one : many;
  return {
    language,
    audience,
    percent: (share, digits = 1) =>
      numberIn(language, share, digits, { style: 'percent', useGrouping: false }),
    shortPercent: (share) =>
      numberIn(language, share, 1, { style: 'percent', useGrouping: false, minimumFractionDigits: 0 }),
    points: (difference, digits = 2) => `${difference > 0 ? '+' : ''}${number(100 * difference, digits)}`,
    number,
    whole: (value) => numberIn(language, value, 0),
    money: (value, currency) => figuresOf(language).money(value, currency),
    counted: (count, one, many = `${one}s`) => `${number(count, 0)} ${plural(count, one, many)}`,
    plural,
    list: (items) => items.join(betweenItems[language]),
    weekdays: weekdaysIn[language],
    name: (name) => inLanguage(name, language),
    called: (name) => (typeof name === 'string' ? name : inLanguage(name, language)),
    say,
  };
};
