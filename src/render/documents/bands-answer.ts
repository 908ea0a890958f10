import type { BandsDocument } from '../../contract/documents/requirement-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';
import { bandsWords } from '../../words/terminal.ts';
import { cellText, tableOf, type Column, type Table } from '../table.ts';
import { remarksOf, type Answer } from '../answer.ts';

const bandNames = messages('terminal-band-names');

/** What hot takes, by the number of test calls; then what a sample says, where one was given. */
export const bandsAnswer = (document: BandsDocument, language: Language, madeUp: boolean): Answer => ({
  title: spoken(bandsWords, language).title,
  remarks: remarksOf({}, language, madeUp),
  parts: [
    ruleText(document, language),
    needsTable(document, language),
    ...(document.sample === null
      ? []
      : [sampleText(document.sample, language), chancesTable(document.sample, language)]),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
  ],
});

const ruleText = ({ monitor, plan }: BandsDocument, language: Language): string => {
  const { attempts, longestWaitSeconds: seconds, hotFrom } = monitor;
  const words = spoken(bandsWords, language);
  const rule = words.rule({ monitor: inLanguage(monitor.name, language), attempts, seconds, hotFrom });
  return plan === null ? rule : `${rule}${words.operatorHoursOfBefore({ week: plan.week })}`;
};

const needsTable = ({ needs, monitor, plan }: BandsDocument, language: Language): Table => {
  const words = spoken(bandsWords, language);
  type Need = BandsDocument['needs'][number];
  type Row = Need & { readonly one: Need['chances'][number] };
  const attempt: Column<Row> = [words.perAttempt, 'share:2', ({ one }) => one.attemptRate];
  const hours: Column<Row> = [words.operatorHours, 'hours', ({ one }) => one.operatorHours];
  return tableOf<Row>(
    needs.flatMap((need) => need.chances.map((one) => ({ ...need, one }))),
    [
      [words.testCalls, 'calls', ({ testCalls }) => testCalls],
      [words.mustConnect, 'calls', ({ needed }) => needed],
      [words.mayFail, 'calls', ({ failuresAllowed }) => failuresAllowed],
      [words.chanceOfHot, 'share:0', ({ one }) => one.chance],
      [words.trueRateNeeded, 'share:2', ({ one }) => one.testRate],
      ...(monitor.attempts > 1 ? [attempt] : []),
      ...(plan === null ? [] : [hours]),
    ],
  );
};

type Sample = NonNullable<BandsDocument['sample']>;

const sampleText = (
  { connected, testCalls, rate, low, high, band, pooled }: Sample,
  language: Language,
): string => {
  const { percent } = figuresOf(language);
  return spoken(bandsWords, language).sample({
    connected,
    testCalls,
    seen: percent(rate, 2),
    band: bandNames[band][language],
    range: cellText({ low, high }, 'share:2', language),
    hotlines: pooled.hotlines,
    drawn: `${percent(pooled.rate)} (${cellText(pooled, 'share', language)})`,
  });
};

const chancesTable = ({ nextBandChances, pooled }: Sample, language: Language): Table => {
  const words = spoken(bandsWords, language);
  const order = ['hot', 'warm', 'cold', 'dead'] as const;
  type Row = readonly [name: string, chances: Sample['nextBandChances']];
  return tableOf<Row>(
    [
      [words.nextMonitoringIfThe, nextBandChances],
      [words.nextMonitoringBesideThe, pooled.nextBandChances],
      [words.trueRateBesideThe, pooled.trueBandChances],
    ],
    [
      [words.chanceOfTheBand, 'text', ([name]) => name],
      ...order.map((band): Column<Row> => [
        bandNames[band][language],
        'share',
        ([, chances]) => chances[band],
      ]),
    ],
  );
};
