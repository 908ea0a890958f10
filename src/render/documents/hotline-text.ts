import type { HotlineDocument } from '../../contract/documents/rank-document.ts';
import { nameIn } from '../../words/figures.ts';
import type { Language } from '../../kernel/text.ts';
import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import { placeIn } from '../league.ts';
import { headed, type Column } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bandMoveText } from './paragraphs.ts';
import { remarkMadeUp } from '../answer.ts';

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
