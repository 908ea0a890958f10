import { spoken } from '../words/phrases.ts';
import { hotlineWords } from '../words/terminal/hotline.ts';
import type { HotlineDocument } from '../contract/documents/hotline-document.ts';
import { nameIn } from '../kernel/name-in.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../render/format.ts';
import { placeIn } from '../render/league.ts';
import { textTable } from '../render/text-table.ts';
import { bandMoveText } from './band-move-text.ts';
import { bandNames } from '../words/terminal/band-names.ts';
import { remarkMadeUp } from './made-up-remark.ts';

/** One hotline through the years: rate with its interval, band and move, place, seconds, score. */
export const hotlineText = (document: HotlineDocument, language: Language): string => {
  const words = spoken(hotlineWords, language);
  const places = document.periods.map((row) => placeIn(row, language));
  const place = places.at(-1) ?? '';
  const moved = new Set(places).size > 1;
  const table = textTable(
    [...words.heads, ...(moved ? [words.placeThen] : [])],
    document.periods.map((row) => [
      row.period,
      `${row.connected}/${row.testCalls}`,
      percent(row.connectionRate),
      `${percent(row.low, 0)}–${percent(row.high, 0)}`,
      bandNames[row.band][language],
      bandMoveText(row, language),
      `${row.rank} (${row.rankLow}–${row.rankHigh}) / ${row.among}`,
      decimal(row.meanSeconds),
      decimal(row.score),
      ...(moved ? [placeIn(row, language)] : []),
    ]),
  );
  return remarkMadeUp(
    `${nameIn(document.name, language)}${place === '' ? '' : ` · ${place}`}\n\n${table}`,
    document.madeUp,
    language,
  );
};
