import type { Language } from '../kernel/text.ts';
import type { ModelSimulation } from '../queueing/simulator/simulate-model.ts';
import { textTable } from '../report/text-table.ts';
import { numberAndName, type ModelNames } from './model-names.ts';

/** Measures of a bare model with the half width of their 95 % interval. */
export const modelSimulationText = (
  measured: ModelSimulation,
  names: ModelNames,
  language: Language,
): string => {
  const head = language === 'en' ? ['measure', 'estimate', '±'] : ['指标', '估计值', '±'];
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
  const english = language === 'en';
  return [
    table(english ? 'All calls' : '全部来电', measured.all),
    ...measured.per_class.map((m, i) =>
      table(`${english ? 'Class' : '类别'} ${numberAndName(i, names.classes)}`, m),
    ),
    ...measured.pools.map((m, i) =>
      table(`${english ? 'Pool' : '座席组'} ${numberAndName(i, names.pools)}`, m),
    ),
  ].join('\n\n');
};
