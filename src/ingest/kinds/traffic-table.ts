import type { TrafficMeasure } from '../../kernel/records.ts';
import { GrowingColumn } from '../tables/growing-column.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

/** Rows of interval traffic as columns while they are checked: 2 million rows take about 200 MB. */
export class TrafficTable {
  readonly queue = new GrowingColumn();
  readonly startMillis = new GrowingColumn();
  /** Minutes given by the row itself; NaN where the file's step has to be inferred. */
  readonly stepMinutes = new GrowingColumn();
  readonly line = new GrowingColumn();
  readonly file = new GrowingColumn();
  readonly columns = new Map<TrafficMeasure, GrowingColumn>();
  /** Rows that tell their time and no figure: kept with zeros until it is settled whether they are gaps. */
  readonly blank = new Set<number>();
  /** Measures that stand in the file as sums from the beginning of the day on. */
  readonly running = new Set<TrafficMeasure>();

  get length(): number {
    return this.queue.length;
  }

  /** The column of a field; filled up with NaN when it first appears. */
  column(field: TrafficMeasure): GrowingColumn {
    let column = this.columns.get(field);
    if (column === undefined) {
      column = new GrowingColumn(Math.max(1024, this.queue.values.length));
      this.columns.set(field, column);
    }
    while (column.length < this.queue.length) column.push(Number.NaN);
    return column;
  }

  value(field: TrafficMeasure, row: number): number {
    const column = this.columns.get(field);
    return column === undefined || row >= column.length ? Number.NaN : column.at(row);
  }
}

/** Row numbers of each queue in time order; rows of equal start stay in file order. */
export const rowsByQueue = (table: TrafficTable, queues: number, dead: Uint8Array): Int32Array[] => {
  const counts = new Int32Array(queues);
  for (let row = 0; row < table.length; row += 1) if (dead[row] === 0) addAt(counts, table.queue.at(row), 1);
  const grouped = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(queues);
  for (let row = 0; row < table.length; row += 1) {
    if (dead[row] !== 0) continue;
    const queue = table.queue.at(row);
    const at = valueAt(filled, queue);
    const rows = grouped[queue];
    if (rows !== undefined) rows[at] = row;
    filled[queue] = at + 1;
  }
  const starts = table.startMillis.values;
  for (const rows of grouped)
    if (!inOrder(rows, starts)) rows.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  return grouped;
};

const inOrder = (rows: Int32Array, starts: Float64Array): boolean => {
  for (let i = 1; i < rows.length; i += 1)
    if (valueAt(starts, valueAt(rows, i)) < valueAt(starts, valueAt(rows, i - 1))) return false;
  return true;
};
