import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { clockText } from '../../kernel/time-window.ts';
import { figuresOf } from '../../words/figures.ts';
import { methodTitle } from '../../words/forecast.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';
import { optionName, type OptionWords, requestOptions } from '../../words/help.ts';
import { type Answer, remarksOf } from '../answer.ts';
import { type Table, tableOf } from '../table.ts';

const accuracyWords = messages('terminal-accuracy');

type Score = AccuracyDocument['leads'][number]['all'];

/** Errors by how far ahead, for all queues and queue by queue, and the plans that were kept. */
export const accuracyAnswer = (
  document: AccuracyDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
  madeUp: boolean,
): Answer => {
  const words = spoken(accuracyWords, language);
  const { asked, from, to, weeks, notices } = document;
  const isUsual = Object.keys(asked).length === 0;
  return {
    title: words.title,
    remarks: remarksOf({}, language, madeUp),
    parts: [
      words.heading({ weeks, from, to }),
      ...(isUsual ? [] : [words.asked({ asked: askedWords(asked, requestOptions.accuracy) })]),
      leadsTable(document, names, language),
      ...(document.worstHours.length === 0 ? [] : [words.worstHeading, worstTable(document, language)]),
      ...frozenParts(document.frozen, names, language),
      document.plans.length === 0
        ? isUsual
          ? words.noPlans
          : words.noPlansAsked
        : [words.plansHeading, plansTable(document, language)],
      ...(document.overruledBy.length === 0 ? [] : [words.overruledHeading, gainsTable(document, language)]),
      ...notices.map((notice) => speak(language, 'terminal').say(notice)),
    ],
  };
};

const leadsTable = (
  { leads }: AccuracyDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): Table => {
  const words = spoken(accuracyWords, language);
  const rows = leads.flatMap(({ weeksAhead, all, queues }) => [
    { weeksAhead, name: words.all, ...all },
    ...(queues.length < 2
      ? []
      : queues.map((own) => ({ weeksAhead, name: names.get(own.queue) ?? own.queue, ...own }))),
  ]);
  return tableOf(rows, [
    [words.weeksAhead, 'number:0', ({ weeksAhead }) => weeksAhead],
    [words.queue, 'text', ({ name }) => name],
    [words.error, 'share', ({ wape }) => wape],
    ...rivalColumns(leads[0]?.all.rivals ?? [], language),
    [words.bias, 'share', ({ bias }) => bias],
    [words.biasPerDay, 'number:1', ({ biasPerDay }) => biasPerDay],
    [words.in80, 'share', ({ coverage80 }) => coverage80],
  ]);
};

const worstTable = ({ worstHours }: AccuracyDocument, language: Language): Table => {
  const words = spoken(accuracyWords, language);
  return tableOf(worstHours, [
    [words.weekday, 'text', ({ weekday }) => figuresOf(language).weekday(weekday)],
    [words.hour, 'text', ({ hour }) => clockText(60 * hour)],
    [words.forecast, 'number:0', ({ forecast }) => forecast],
    [words.came, 'number:0', ({ came }) => came],
    [words.off, 'number:0', ({ off }) => off],
    [words.ofItChance, 'number:0', ({ chance }) => chance],
    [words.callsOver, 'signed:0', ({ bias }) => bias],
  ]);
};

/** What was kept with plans: the sentence, then errors by how far ahead of each queue, by month, weekday and interval. */
const frozenParts = (
  frozen: AccuracyDocument['frozen'],
  names: ReadonlyMap<string, string>,
  language: Language,
): Answer['parts'] => {
  const [line] = frozen?.parts ?? [];
  if (frozen === null || line === undefined) return [];
  const words = spoken(accuracyWords, language);
  const { forecasts, from, to, trend } = frozen;
  return [
    words.frozenHeading({ forecasts, from, to }),
    speak(language, 'terminal').say(trend),
    frozenTable(
      frozen.parts.flatMap(({ queue, leads }) =>
        leads.map((lead) => ({
          label: lead.fromDay === lead.toDay ? String(lead.fromDay) : `${lead.fromDay}–${lead.toDay}`,
          name: queue === null ? words.all : (names.get(queue) ?? queue),
          ...lead,
        })),
      ),
      words.daysAhead,
      language,
      words.queue,
    ),
    words.withinWeek,
    frozenTable(
      line.months.map((row) => ({ label: row.month, ...row })),
      words.month,
      language,
    ),
    frozenTable(
      line.weekdays.map((row) => ({ label: figuresOf(language).weekday(row.weekday), ...row })),
      words.weekday,
      language,
    ),
    frozenTable(
      line.intervals.map((row) => ({ label: row.start, ...row })),
      words.interval,
      language,
    ),
  ];
};

/** Errors of rows that bear a label, beside the rivals'; and a queue's name where each row is of one. */
const frozenTable = (
  rows: readonly (Score & { readonly label: string; readonly name?: string })[],
  head: string,
  language: Language,
  queue?: string,
): Table => {
  const words = spoken(accuracyWords, language);
  return tableOf(rows, [
    [head, 'text', ({ label }) => label],
    ...(queue === undefined
      ? []
      : [[queue, 'text', ({ name }: (typeof rows)[number]) => name ?? ''] as const]),
    [words.error, 'share', ({ wape }) => wape],
    ...rivalColumns(rows[0]?.rivals ?? [], language),
    [words.bias, 'share', ({ bias }) => bias],
    [words.in80, 'share', ({ coverage80 }) => coverage80],
  ]);
};

const rivalColumns = (rivals: Score['rivals'], language: Language) =>
  rivals.map(
    ({ method }) =>
      [
        `${accuracyWords.error[language]} · ${inLanguage(methodTitle(method), language)}`,
        'share',
        (row: Score) => row.rivals.find((rival) => rival.method === method)?.wape ?? null,
      ] as const,
  );

const gainsTable = ({ overruledBy }: AccuracyDocument, language: Language): Table => {
  const words = spoken(accuracyWords, language);
  return tableOf(overruledBy, [
    [words.author, 'text', ({ author }) => author],
    [words.changedDays, 'number:0', ({ days }) => days],
    [words.withChange, 'share', ({ wape }) => wape],
    [words.withoutChange, 'share', ({ originalWape }) => originalWape],
    [words.gained, 'number:1', ({ wape, originalWape }) => 100 * ((originalWape ?? 0) - (wape ?? 0))],
  ]);
};

const plansTable = ({ plans }: AccuracyDocument, language: Language): Table => {
  const words = spoken(accuracyWords, language);
  return tableOf(plans, [
    [words.week, 'text', ({ week }) => week],
    [words.plan, 'text', ({ plan }) => plan],
    [words.errorOfLine, 'share', ({ wape }) => wape],
    [words.bias, 'share', ({ bias }) => bias],
    [words.in80, 'share', ({ coverage80 }) => coverage80],
    [words.changedDays, 'number:0', ({ overruled }) => overruled?.days ?? 0],
    [words.withChange, 'share', ({ overruled }) => overruled?.wape ?? null],
    [words.withoutChange, 'share', ({ overruled }) => overruled?.originalWape ?? null],
  ]);
};

/** What was asked for, as the terminal's options: '--since 2026-11-01 --weeks 8'; a list parted by commas. */
export const askedWords = (
  asked: Readonly<Record<string, unknown>>,
  options: Readonly<Partial<Record<string, OptionWords>>>,
): string =>
  Object.entries(asked)
    .map(([field, value]) => `${optionName(field, options[field])} ${String(value)}`)
    .join(' ');
