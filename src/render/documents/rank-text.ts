import type { HotlineDocument, RankDocument } from '../../contract/documents/rank-document.ts';
import type { Language } from '../../kernel/text.ts';
import { figuresOf, nameIn, noFigure } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { remarkMadeUp } from '../answer.ts';
import { bands, groupHotlines, type Grouping, type Hotline, placeIn } from '../league.ts';
import { cellText, type Column, headed } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { paragraphs } from './paragraphs.ts';

const bandNames = messages('terminal-band-names');

const rankWords = messages('terminal-rank');

type Names = ReadonlyMap<string, string>;

/** The league table: bands and their change on the year, then every hotline with the range that chance leaves. */
export const rankText = (document: RankDocument, names: Names, language: Language): string => {
  const words = spoken(rankWords, language);
  const perBand = bandTable(document, language);
  const move: Column<Hotline> = [words.onTheYear, 'text', (row) => bandMoveText(row, language)];
  const hotlines = terminalRows(language, document.hotlines, [
    ...headed<Hotline>(document.basis === 'traffic' ? words.trafficHeads : words.heads, [
      ['number', ({ rank, rankLow, rankHigh }) => `${rank} (${rankLow}–${rankHigh})`],
      ['text', nameOf(document, names, language)],
      ['calls', ({ connected, testCalls }) => `${connected}/${testCalls}`],
      ['share', ({ connectionRate }) => connectionRate],
      [document.basis === 'traffic' ? 'share' : 'share:0', ({ low, high }) => ({ low, high })],
      ['text', ({ band }) => bandNames[band][language]],
      ['number', ({ score }) => score],
    ]),
    ...(document.previousPeriod === null ? [] : [move]),
  ]);
  const heading = `${words.period} ${document.period}${document.madeUp ? words.madeUp : ''}`;
  return paragraphs([
    heading,
    perBand,
    standardText(document, language),
    hotlines,
    timeTable(document, names, language),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
  ]);
};

/** How many hotlines meet the seconds standard; nothing where no result tells seconds. */
const standardText = ({ hotlines, secondsStandard }: RankDocument, language: Language): string => {
  if (hotlines.every(({ meetsSecondsStandard }) => meetsSecondsStandard === null)) return '';
  const { standardSeconds, hotlines: met, share, meanSecondsOfThose } = secondsStandard;
  const mean = figuresOf(language).decimal(meanSecondsOfThose, 2);
  return spoken(rankWords, language).standard({ hotlines: met, share, standardSeconds, mean });
};

/** Figures of provinces, regions or city tiers: calls of a group's hotlines together, best first. */
export const groupsText = (document: RankDocument, by: Grouping, language: Language): string => {
  const words = spoken(rankWords, language);
  const { standardSeconds } = document.secondsStandard;
  const { percent } = figuresOf(language);
  const groups = groupHotlines(document.hotlines, by);
  const table = terminalRows(language, groups, [
    [words[by], 'text', ({ name }) => (name === '' ? noFigure : nameIn(name, language))],
    [words.hotlines, 'number:0', ({ hotlines }) => hotlines],
    [words.connectionRate, 'share', ({ connectionRate }) => connectionRate],
    ...bands.map((band): Column<(typeof groups)[number]> => [
      bandNames[band][language],
      'number:0',
      ({ inBand }) => inBand[band],
    ]),
    [words.meanSeconds, 'seconds', ({ meanSeconds }) => meanSeconds],
    [
      words.withinS({ standardSeconds }),
      'number:0',
      ({ met, judged }) => (judged === 0 ? null : `${met} (${percent(met / judged, 0)})`),
    ],
  ]);
  return remarkMadeUp(`${words.period} ${document.period}\n\n${table}`, document.madeUp, language);
};

/** Those likeliest to be rated colder next time, with what of that is luck of the sample. */
export const atRiskText = (document: RankDocument, names: Names, language: Language): string => {
  const words = spoken(rankWords, language);
  const traffic = document.basis === 'traffic';
  const table = terminalRows<Hotline>(language, document.hotlines, [
    [words.hotline, 'text', nameOf(document, names, language)],
    [words.rate, 'share', ({ connectionRate }) => connectionRate],
    [words.band, 'text', ({ band }) => bandNames[band][language]],
    [traffic ? words.colderNextWeek : words.colderNextTime, 'share', ({ risk }) => risk?.fallChance ?? null],
    [words.colderInTruth, 'share', ({ risk }) => risk?.trueFallChance ?? null],
  ]);
  const meaning = traffic ? trafficRisk(language) : testCallRisk(document.weightPerYear ?? 0, language);
  const answer = [`${words.period} ${document.period}`, table, meaning].join('\n\n');
  return remarkMadeUp(answer, document.madeUp, language);
};

const trafficRisk = (language: Language): string => spoken(rankWords, language).trafficRisk;

const testCallRisk = (weightPerYear: number, language: Language): string => {
  const weight = figuresOf(language).percent(weightPerYear, 0);
  return spoken(rankWords, language).testCallRisk({ weight });
};

/** Rates by day and night, working day and day off, of the hotlines whose times are known: at most a screenful. */
const timeTable = (document: RankDocument, names: Names, language: Language): string => {
  const timed = document.hotlines.filter((h) => (h.byTime ?? []).length > 0).slice(0, 30);
  if (timed.length === 0) return '';
  const parts = (['day', 'night', 'working-day', 'day-off'] as const).filter((part) =>
    timed.some((h) => h.byTime?.some((own) => own.part === part)),
  );
  const { percent } = figuresOf(language);
  return terminalRows<Hotline>(language, timed, [
    [spoken(rankWords, language).hotline, 'text', nameOf(document, names, language)],
    ...parts.map((part): Column<Hotline> => [
      messages('terminal-part-names')[part][language],
      'share',
      ({ byTime }) => {
        const rates = byTime?.find((one) => one.part === part);
        return rates === undefined
          ? null
          : `${percent(rates.rate)} (${cellText({ low: rates.low, high: rates.high }, 'share:0', language)})`;
      },
    ]),
  ]);
};

/** How many lines are in each band; a line's own queues are not set beside another year. */
const bandTable = ({ bands: counts, basis }: RankDocument, language: Language): string => {
  const words = spoken(rankWords, language);
  const ofQueues = basis === 'traffic';
  const change: Column<(typeof counts)[number]> = [words.change, 'signed', (row) => row.change];
  return terminalRows(language, counts, [
    [words.band, 'text', ({ band }) => bandNames[band][language]],
    [ofQueues ? words.lines : words.hotlines, 'number:0', ({ hotlines }) => hotlines],
    [words.share, 'share:2', ({ share }) => share],
    ...(ofQueues ? [] : [change]),
  ]);
};

/** What people call a line: a queue of the line's own by its name there. */
const nameOf =
  ({ basis }: RankDocument, names: Names, language: Language) =>
  ({ hotline, name }: Hotline): string =>
    (basis === 'traffic' ? names.get(hotline) : undefined) ?? nameIn(name, language);

/** One hotline through the years: rate with its interval, band and move, place, seconds, score. */
export const hotlineText = (document: HotlineDocument, language: Language): string => {
  const words = spoken(messages('terminal-hotline'), language);
  const places = document.periods.map((row) => placeIn(row, language));
  const place = places.at(-1) ?? '';
  const then: Column<HotlineDocument['periods'][number]> = [
    words.placeThen,
    'text',
    (row) => placeIn(row, language),
  ];
  const table = terminalRows(language, document.periods, [
    ...headed<HotlineDocument['periods'][number]>(words.heads, [
      ['text', ({ period }) => period],
      ['calls', ({ connected, testCalls }) => `${connected}/${testCalls}`],
      ['share', ({ connectionRate }) => connectionRate],
      ['share:0', ({ low, high }) => ({ low, high })],
      ['text', ({ band }) => messages('terminal-band-names')[band][language]],
      ['text', (row) => bandMoveText(row, language)],
      ['number', ({ rank, rankLow, rankHigh, among }) => `${rank} (${rankLow}–${rankHigh}) / ${among}`],
      ['number', ({ meanSeconds }) => meanSeconds],
      ['number', ({ score }) => score],
    ]),
    ...(new Set(places).size > 1 ? [then] : []),
  ]);
  const title = `${nameIn(document.name, language)}${place === '' ? '' : ` · ${place}`}`;
  return remarkMadeUp(`${title}\n\n${table}`, document.madeUp, language);
};

type Moved = Pick<RankDocument['hotlines'][number], 'band' | 'previousBand' | 'moveBeyondChance'>;

/** Which band a hotline comes from, and whether the change of its rate on the year is more than chance. */
const bandMoveText = ({ band, previousBand, moveBeyondChance }: Moved, language: Language): string => {
  if (previousBand === null) return '–';
  const words = spoken(messages('terminal-band-move'), language);
  const from = words.from({ band: messages('terminal-band-names')[previousBand][language] });
  const moved = previousBand === band ? words.sameBand : from;
  const beyond = words.beyondChance;
  return moveBeyondChance === true ? `${moved}${beyond}` : moved;
};
