import type { Binding, BoundTable } from './bound-table.ts';
import type { MonitoringRules } from './ingest-options.ts';
import { defect } from '../findings/defect.ts';
import type { ProblemLedger } from '../findings/problem-ledger.ts';

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
    const wrong =
      key === undefined
        ? defect('unknown-indicator', {
            indicators: [...new Set(rules.indicatorNames.values())],
            inFile: true,
          })
        : defect('two-columns-for-indicator', { key });
    const place = { file, row: bound.headingLine, column: binding.heading };
    if (skipUnknown) ledger.warn(wrong, place);
    else ledger.refuse(wrong, place);
  }
  return taken;
};
