import { spoken } from '../words/phrases.ts';
import { bandsWords } from '../words/terminal/bands.ts';
import type { BandsDocument } from '../contract/documents/bands-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { percent, whole } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { bandNames } from '../words/terminal/band-names.ts';
import { speak } from '../words/speak.ts';

/** What hot takes, by the number of test calls; then what a sample says, where one was given. */
export const bandsText = (document: BandsDocument, language: Language): string =>
  [
    ruleText(document, language),
    needsTable(document, language),
    ...(document.sample === null
      ? []
      : [sampleText(document.sample, language), chancesTable(document.sample, language)]),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
  ].join('\n\n');

const ruleText = ({ monitor, plan }: BandsDocument, language: Language): string => {
  const { attempts, longestWaitSeconds: seconds, hotFrom } = monitor;
  const words = spoken(bandsWords, language);
  const rule = words.rule({ monitor: inLanguage(monitor.name, language), attempts, seconds, hotFrom });
  return plan === null ? rule : `${rule}${words.operatorHoursOfBefore({ week: plan.week })}`;
};

const needsTable = ({ needs, monitor, plan }: BandsDocument, language: Language): string => {
  const words = spoken(bandsWords, language);
  const several = monitor.attempts > 1;
  const head = [words.testCalls, words.mustConnect, words.mayFail, words.chanceOfHot, words.trueRateNeeded];
  return textTable(
    [...head, ...(several ? [words.perAttempt] : []), ...(plan === null ? [] : [words.operatorHours])],
    needs.flatMap((need) =>
      need.chances.map((one) => [
        String(need.testCalls),
        String(need.needed),
        String(need.failuresAllowed),
        percent(one.chance, 0),
        percent(one.testRate, 2),
        ...(several ? [percent(one.attemptRate, 2)] : []),
        ...(plan === null ? [] : [whole(one.operatorHours)]),
      ]),
    ),
  );
};

type Sample = NonNullable<BandsDocument['sample']>;

const sampleText = (
  { connected, testCalls, rate, low, high, band, pooled }: Sample,
  language: Language,
): string => {
  const seen = percent(rate, 2);
  const range = `${percent(low, 2)}–${percent(high, 2)}`;
  const drawn = `${percent(pooled.rate)} (${percent(pooled.low)}–${percent(pooled.high)})`;
  return spoken(bandsWords, language).sample({
    connected,
    testCalls,
    seen,
    band: bandNames[band][language],
    range,
    hotlines: pooled.hotlines,
    drawn,
  });
};

const chancesTable = ({ nextBandChances, pooled }: Sample, language: Language): string => {
  const words = spoken(bandsWords, language);
  const order = ['hot', 'warm', 'cold', 'dead'] as const;
  const row = (name: string, chances: Sample['nextBandChances']): string[] => [
    name,
    ...order.map((band) => percent(chances[band])),
  ];
  return textTable(
    [words.chanceOfTheBand, ...order.map((band) => bandNames[band][language])],
    [
      row(words.nextMonitoringIfThe, nextBandChances),
      row(words.nextMonitoringBesideThe, pooled.nextBandChances),
      row(words.trueRateBesideThe, pooled.trueBandChances),
    ],
  );
};
