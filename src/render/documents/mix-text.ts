import type { MixDocument } from '../../contract/documents/requirement-document.ts';
import type { Language } from '../../kernel/text.ts';
import type { ModelSimulation } from '../../queueing/simulator/simulate-model.ts';
import type { SimulationModel } from '../../queueing/simulator/simulation-model.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';
import { type Cell, headed, type Kind } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';

type HeldRate = NonNullable<MixDocument['classes'][number]['connectionRate']>;

/** The least mix of a bare model, what it was held against, and what one operator fewer does. */
export const mixText = (document: MixDocument, names: ModelNames, language: Language): string => {
  const words = spoken(messages('terminal-mix'), language);
  const ofClass = (c: number): string => numberAndName(c, names.classes);
  const ofPool = (p: number): string => numberAndName(p, names.pools);
  const rateColumns: readonly (readonly [Kind, (row: HeldRate) => Cell])[] = [
    ['share', ({ target }) => target],
    ['share', ({ simulated }) => simulated],
    ['share:2', ({ halfWidth }) => halfWidth],
    ['text', ({ holds }) => (holds === null ? words.undecided : holds ? words.holds : words.fails)],
  ];
  type Pool = MixDocument['pools'][number];
  type Design = readonly [name: string, hours: number];
  type Held = HeldRate & { readonly class: number; readonly measure: 'connectionRate' | 'serviceLevel' };
  type Fewer = MixDocument['oneFewer'][number];
  const held = document.classes.flatMap((row) =>
    (['connectionRate', 'serviceLevel'] as const).flatMap((measure): Held[] => {
      const rate = row[measure];
      return rate === null ? [] : [{ ...rate, class: row.class, measure }];
    }),
  );
  const { mix, pooled, dedicated } = document.byFormula;
  return [
    words.title,
    terminalRows(
      language,
      document.pools,
      headed<Pool>(words.pools, [
        ['text', ({ pool }) => ofPool(pool)],
        ['text', ({ staff }) => staffCell(staff)],
        ['hours:1', ({ operatorHours }) => operatorHours],
      ]),
    ),
    '',
    terminalRows<Design>(
      language,
      [
        [words.found, document.operatorHours],
        [words.formula, mix],
        [words.pooled, pooled],
        [words.dedicated, dedicated],
      ],
      headed<Design>(words.bounds, [
        ['text', ([name]) => name],
        ['hours:1', ([, hours]) => hours],
      ]),
    ),
    '',
    terminalRows(
      language,
      held,
      headed<Held>(words.classes, [
        ['text', (row) => ofClass(row.class)],
        ['text', ({ measure }) => words[measure]],
        ...rateColumns,
      ]),
    ),
    '',
    words.fewer,
    terminalRows(
      language,
      document.oneFewer,
      headed<Fewer>(words.fewerHeads, [
        ['text', ({ pool }) => ofPool(pool)],
        ['number:0', ({ interval }) => interval],
        ['text', (row) => ofClass(row.class)],
        ['text', ({ measure }) => words[measure]],
        ...rateColumns,
      ]),
    ),
    ...document.notices.map((said) => `· ${speak(language, 'terminal').say(said)}`),
  ].join('\n');
};

/** One figure where all intervals have the same. */
const staffCell = (staff: readonly number[]): string =>
  new Set(staff).size === 1 ? String(staff[0]) : staff.join(' ');

/** Measures of a bare model with the half width of their 95 % interval. */
export const modelSimulationText = (
  measured: ModelSimulation,
  names: ModelNames,
  language: Language,
): string => {
  const words = spoken(messages('terminal-model-simulation'), language);
  const table = (title: string, measures: ModelSimulation['all']): string =>
    terminalRows(
      language,
      Object.entries(measures),
      [
        [words.measure, 'text', ([measure]) => measure],
        [words.estimate, 'number', ([, value]) => value?.[0].toPrecision(6) ?? null],
        ['±', 'number', ([, value]) => value?.[1].toPrecision(2) ?? null],
      ],
      { title },
    );
  return [
    table(words.allCalls, measured.all),
    ...measured.per_class.map((m, i) => table(`${words.class} ${numberAndName(i, names.classes)}`, m)),
    ...measured.pools.map((m, i) => table(`${words.pool} ${numberAndName(i, names.pools)}`, m)),
  ].join('\n\n');
};

/** What a bare model's author calls its classes and pools; undefined where no name was given. */
interface ModelNames {
  readonly classes: readonly (string | undefined)[];
  readonly pools: readonly (string | undefined)[];
}

export const namesOfModel = ({ classes, pools }: SimulationModel): ModelNames => ({
  classes: classes.map(({ name }) => name),
  pools: pools.map(({ name }) => name),
});

/** Number as in the model's file (from 0), with the name where there is one: '0 general'. */
const numberAndName = (number: number, names: readonly (string | undefined)[]): string =>
  [String(number), names[number] ?? ''].join(' ').trim();
