import { spoken } from '../../words/phrases.ts';
import { modelSimulationWords } from '../../words/terminal/model-simulation.ts';
import type { Language } from '../../kernel/text.ts';
import type { ModelSimulation } from '../../queueing/simulator/simulate-model.ts';
import { terminalRows } from '../terminal-table.ts';
import { numberAndName, type ModelNames } from './model-names.ts';

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
