import type { MonitoredHotline } from '../kernel/records.ts';
import { daysOfPeriod } from './periods.ts';

/**
 * What the list says of every hotline in a period: the row that held on the period's last day; where all rows of a
 * hotline begin later, the first of them.
 */
export const hotlinesInPeriod = (
  list: readonly MonitoredHotline[],
  period: string,
): readonly MonitoredHotline[] => {
  const before = daysOfPeriod(period)?.before;
  const held = new Map<string, MonitoredHotline>();
  for (const row of list.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1))) {
    if (held.has(row.hotline) && before !== undefined && startOf(row) >= before) continue;
    held.set(row.hotline, row);
  }
  return [...held.values()];
};

const startOf = ({ validFrom = '' }: MonitoredHotline): string => validFrom;
