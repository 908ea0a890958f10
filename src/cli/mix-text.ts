import { spoken } from '../words/phrases.ts';
import { mixWords } from '../words/terminal/mix.ts';
import type { MixDocument } from '../contract/documents/mix-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { numberAndName, type ModelNames } from './model-names.ts';
import { speak } from '../words/speak.ts';

type HeldRate = NonNullable<MixDocument['classes'][number]['connectionRate']>;

/** The least mix of a bare model, what it was held against, and what one operator fewer does. */
export const mixText = (document: MixDocument, names: ModelNames, language: Language): string => {
  const words = spoken(mixWords, language);
  const ofClass = (c: number): string => numberAndName(c, names.classes);
  const ofPool = (p: number): string => numberAndName(p, names.pools);
  const rateCells = ({ target, simulated, halfWidth, holds }: HeldRate): string[] => [
    percent(target),
    percent(simulated),
    percent(halfWidth, 2),
    holds === null ? words.undecided : holds ? words.holds : words.fails,
  ];
  const { mix, pooled, dedicated } = document.byFormula;
  return [
    words.title,
    textTable(
      words.pools,
      document.pools.map(({ pool, staff, operatorHours }) => [
        ofPool(pool),
        staffCell(staff),
        decimal(operatorHours),
      ]),
    ),
    '',
    textTable(words.bounds, [
      [words.found, decimal(document.operatorHours)],
      [words.formula, decimal(mix)],
      [words.pooled, decimal(pooled)],
      [words.dedicated, decimal(dedicated)],
    ]),
    '',
    textTable(
      words.classes,
      document.classes.flatMap((row) => [
        ...(row.connectionRate === null
          ? []
          : [[ofClass(row.class), words.connectionRate, ...rateCells(row.connectionRate)]]),
        ...(row.serviceLevel === null
          ? []
          : [[ofClass(row.class), words.serviceLevel, ...rateCells(row.serviceLevel)]]),
      ]),
    ),
    '',
    words.fewer,
    textTable(
      words.fewerHeads,
      document.oneFewer.map((row) => [
        ofPool(row.pool),
        String(row.interval),
        ofClass(row.class),
        words[row.measure],
        ...rateCells(row),
      ]),
    ),
    ...document.notices.map((said) => `· ${speak(language, 'terminal').say(said)}`),
  ].join('\n');
};

/** One figure where all intervals have the same. */
const staffCell = (staff: readonly number[]): string =>
  new Set(staff).size === 1 ? String(staff[0]) : staff.join(' ');
