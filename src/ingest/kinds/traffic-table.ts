import type { TrafficMeasure } from '../../kernel/records.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

/** The figures of a measure, row by row; NaN where a row has none. */
export interface MeasureColumn {
  values: Float64Array;
}

/**
 * Rows of interval traffic as columns while they are checked: 2 million rows take about 140 MB. Columns have room for
 * more rows than there are: `length` says how many count.
 */
export class TrafficTable {
  length = 0;
  queue = new Int32Array(firstRoom);
  startMillis = new Float64Array(firstRoom);
  /** Minutes given by the row itself; NaN where the file's step has to be inferred. */
  stepMinutes = new Float64Array(firstRoom);
  line = new Int32Array(firstRoom);
  file = new Int32Array(firstRoom);
  readonly columns = new Map<TrafficMeasure, MeasureColumn>();
  /** Rows that tell their time and no figure: kept with zeros until it is settled whether they are gaps. */
  readonly blank = new Set<number>();
  /** Measures that stand in the file as sums from the beginning of the day on. */
  readonly running = new Set<TrafficMeasure>();

  /** Adds a row, its figures still to come; answers its number. */
  add(queue: number, startMillis: number, stepMinutes: number, line: number, file: number): number {
    const row = this.length;
    if (row === this.queue.length) this.#grow();
    this.queue[row] = queue;
    this.startMillis[row] = startMillis;
    this.stepMinutes[row] = stepMinutes;
    this.line[row] = line;
    this.file[row] = file;
    this.length = row + 1;
    return row;
  }

  #grow(): void {
    const room = 2 * this.length;
    this.queue = grown(this.queue, new Int32Array(room));
    this.startMillis = grown(this.startMillis, new Float64Array(room));
    this.stepMinutes = grown(this.stepMinutes, new Float64Array(room));
    this.line = grown(this.line, new Int32Array(room));
    this.file = grown(this.file, new Int32Array(room));
    for (const column of this.columns.values())
      column.values = grown(column.values, new Float64Array(room).fill(Number.NaN, this.length));
  }

  /** The column of a field, made when it first appears. */
  column(field: TrafficMeasure): MeasureColumn {
    let column = this.columns.get(field);
    if (column === undefined) {
      column = { values: new Float64Array(this.queue.length).fill(Number.NaN) };
      this.columns.set(field, column);
    }
    return column;
  }

  value(field: TrafficMeasure, row: number): number {
    return this.columns.get(field)?.values[row] ?? Number.NaN;
  }
}

const firstRoom = 1024;

const grown = <Column extends Float64Array | Int32Array>(column: Column, room: Column): Column => {
  room.set(column);
  return room;
};

/** Row numbers of each queue in time order; rows of equal start stay in file order. */
export const rowsByQueue = (table: TrafficTable, queues: number, dead: Uint8Array): Int32Array[] => {
  const counts = new Int32Array(queues);
  for (let row = 0; row < table.length; row += 1)
    if (dead[row] === 0) addAt(counts, valueAt(table.queue, row), 1);
  const grouped = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(queues);
  for (let row = 0; row < table.length; row += 1) {
    if (dead[row] !== 0) continue;
    const queue = valueAt(table.queue, row);
    const at = valueAt(filled, queue);
    const rows = grouped[queue];
    if (rows !== undefined) rows[at] = row;
    filled[queue] = at + 1;
  }
  const starts = table.startMillis;
  for (const rows of grouped)
    if (!inOrder(rows, starts)) rows.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b);
  return grouped;
};

const inOrder = (rows: Int32Array, starts: Float64Array): boolean => {
  for (let i = 1; i < rows.length; i += 1)
    if (valueAt(starts, valueAt(rows, i)) < valueAt(starts, valueAt(rows, i - 1))) return false;
  return true;
};
