import { spoken } from '../words/phrases.ts';
import { modelSimulationWords } from '../words/terminal/model-simulation.ts';
import type { Language } from '../kernel/text.ts';
import type { ModelSimulation } from '../queueing/simulator/simulate-model.ts';
import { textTable } from '../render/text-table.ts';
import { numberAndName, type ModelNames } from './model-names.ts';

/** Measures of a bare model with the half width of their 95 % interval. */
export const modelSimulationText = (
  measured: ModelSimulation,
  names: ModelNames,
  language: Language,
): string => {
  const head = [
    spoken(modelSimulationWords, language).measure,
    spoken(modelSimulationWords, language).estimate,
    '±',
  ];
  const table = (name: string, measures: ModelSimulation['all']): string =>
    [
      name,
      textTable(
        head,
        Object.entries(measures).map(([measure, value]) => [
          measure,
          value === null ? '–' : value[0].toPrecision(6),
          value === null ? '–' : value[1].toPrecision(2),
        ]),
      ),
    ].join('\n');
  const words = spoken(modelSimulationWords, language);
  return [
    table(words.allCalls, measured.all),
    ...measured.per_class.map((m, i) => table(`${words.class} ${numberAndName(i, names.classes)}`, m)),
    ...measured.pools.map((m, i) => table(`${words.pool} ${numberAndName(i, names.pools)}`, m)),
  ].join('\n\n');
};
