import { text } from '../../kernel/text.ts';
import type { Binding, BoundTable } from './bound-table.ts';
import type { MonitoringRules } from '../ingest-options.ts';
import type { Finding, ProblemLedger } from '../findings/problem-ledger.ts';

interface Place {
  readonly bound: BoundTable;
  readonly ledger: ProblemLedger;
  readonly file: string;
}

/**
 * The indicator columns of a monitoring file under the scorecard's keys: a heading may be the key or the
 * indicator's name in either language. A heading that the scorecard does not know, or a second column for one
 * indicator, refuses the file; with `skipUnknown` such a column is left out with a warning. Without rules every
 * column keeps its heading.
 */
export const indicatorColumns = (
  { bound, ledger, file }: Place,
  rules: MonitoringRules | undefined,
  skipUnknown: boolean,
): ReadonlyMap<string, Binding> => {
  if (rules === undefined) return bound.indicators;
  const taken = new Map<string, Binding>();
  for (const [name, binding] of bound.indicators) {
    const key = rules.indicatorNames.get(name.trim().toLowerCase());
    if (key !== undefined && !taken.has(key)) {
      taken.set(key, binding);
      continue;
    }
    const finding =
      key === undefined ? unknownIndicator([...new Set(rules.indicatorNames.values())]) : twice(key);
    const place = { file, row: bound.headingLine, column: binding.heading };
    if (skipUnknown) ledger.warn(finding, place);
    else ledger.refuse(finding, place);
  }
  return taken;
};

const unknownIndicator = (known: readonly string[]): Finding => ({
  rule: 'unknown-indicator',
  message: text('评分表里没有这项指标', 'the scorecard has no such indicator'),
  remedy: text(
    `可用的指标：${known.join('、')}。若这一列不是指标，请在映射文件里用 indicator:名称 逐项指明，其余列不再当作指标`,
    `indicators it has: ${known.join(', ')}. If the column is none, name the indicators in a map file (indicator:NAME) and other columns are left alone`,
  ),
});

const twice = (key: string): Finding => ({
  rule: 'two-columns-for-indicator',
  message: text(`这一列与另一列都是指标 ${key}`, `this and another column both give the indicator ${key}`),
  remedy: text('只保留一列', 'keep one of them'),
});
