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
    Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / 86_400_000);
  for (const measure of table.running) {
    const { values } = table.column(measure);
    for (const rows of grouped) {
      let [day, before] = [Number.NaN, 0];
      for (const row of rows) {
        const sum = valueAt(values, row);
        if (dead[row] !== 0 || Number.isNaN(sum) || table.blank.has(row)) continue;
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

/** Rows of a day that tell how its calls go, and days that tell a habit. */
const tellingRows = 10;
const tellingDays = 2;

/**
 * Questions calls that never fall within any day and begin anew with the next: sums that run through the day, though
 * their column does not say so. Refuses the file, as every figure in it is too high.
 */
export const questionRunning = (check: TrafficCheck, grouped: readonly Int32Array[]): void => {
  const { table, queues, reading } = check;
  if (table.running.size > 0) return;
  for (const rows of grouped) {
    const row = rows[0] ?? 0;
    if (looksRunning(check, rows))
      reading.ledger.refuse(defect('unusual-running', { queue: queues[valueAt(table.queue, row)] ?? '' }), {
        file: reading.files[valueAt(table.file, row)]?.file,
        column: 'offered',
      });
  }
};

const looksRunning = ({ table, reading, dead }: TrafficCheck, rows: Int32Array): boolean => {
  let days = 0;
  let [day, first, before, count] = [Number.NaN, 0, 0, 0];
  for (const row of rows) {
    if (dead[row] !== 0) continue;
    const own = Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / 86_400_000);
    const calls = table.value('offered', row);
    if (own !== day) {
      if (calls >= before && count > 0) return false;
      [day, first, count] = [own, calls, 0];
    } else if (calls < before) return false;
    before = calls;
    count += 1;
    if (count === tellingRows) days += before > 2 * first ? 1 : 0;
  }
  return days >= tellingDays;
};
