import type { Language } from '../../kernel/text.ts';
import type { ModelSimulation } from '../../queueing/simulator/simulate-model.ts';
import type { SimulationModel } from '../../queueing/simulator/simulation-model.ts';
import { spoken } from '../../words/phrases.ts';
import { modelSimulationWords } from '../../words/terminal/model-simulation.ts';
import { terminalRows } from '../terminal-table.ts';

/** Measures of a bare model with the half width of their 95 % interval. */
export const modelSimulationText = (
  measured: ModelSimulation,
  names: ModelNames,
  language: Language,
): string => {
  const words = spoken(modelSimulationWords, language);
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
export interface ModelNames {
  readonly classes: readonly (string | undefined)[];
  readonly pools: readonly (string | undefined)[];
}

export const namesOfModel = ({ classes, pools }: SimulationModel): ModelNames => ({
  classes: classes.map(({ name }) => name),
  pools: pools.map(({ name }) => name),
});

/** Number as in the model's file (from 0), with the name where there is one: '0 general'. */
export const numberAndName = (number: number, names: readonly (string | undefined)[]): string =>
  [String(number), names[number] ?? ''].join(' ').trim();
