import { valueAt } from '../../kernel/value-at.ts';
import { defect } from '../findings/defect.ts';
import { rejectTrafficRow, type TrafficCheck } from './traffic-checks.ts';

/**
 * Makes figures of their intervals out of sums that run through each local day (columns that say so, 累计): the
 * difference to the interval before. A sum that falls within its day is a bad row.
 */
export const differRunning = (check: TrafficCheck, grouped: readonly Int32Array[]): void => {
  const { table, reading, dead } = check;
  const dayOf = (row: number): number =>
    Math.floor(reading.zone.local(table.startMillis.at(row)) / 86_400_000);
  for (const measure of table.running) {
    const { values } = table.column(measure);
    for (const rows of grouped) {
      let [day, before] = [Number.NaN, 0];
      for (const row of rows) {
        const sum = valueAt(values, row);
        if (dead[row] !== 0 || Number.isNaN(sum)) continue;
        if (dayOf(row) !== day) [day, before] = [dayOf(row), 0];
        if (sum < before) rejectTrafficRow(check, row, defect('running-sum-falls', { before }), measure, sum);
        else {
          values[row] = sum - before;
          before = sum;
        }
      }
    }
  }
};
