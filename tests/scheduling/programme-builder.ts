import type { LinearProgramme } from '../../src/kernel/ports.ts';
import { addAt, valueAt } from '../../src/kernel/value-at.ts';

/** Grows a linear programme column by column and row by row, and lays it out in compressed columns. */
export interface ProgrammeBuilder {
  /** Adds a column and returns its index. */
  column(cost: number, lower: number, upper: number, integer?: boolean): number;
  /** Adds a row; coefficients on one column are summed, and those that cancel are left out. */
  row(lower: number, upper: number, terms: readonly (readonly [column: number, factor: number])[]): void;
  build(): LinearProgramme;
}

export const createProgrammeBuilder = (): ProgrammeBuilder => {
  const cost: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const integer: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const entryColumn: number[] = [];
  const entryRow: number[] = [];
  const entryValue: number[] = [];
  return {
    column: (columnCost, columnLower, columnUpper, isInteger = false) => {
      cost.push(columnCost);
      lower.push(columnLower);
      upper.push(columnUpper);
      integer.push(isInteger ? 1 : 0);
      return cost.length - 1;
    },
    row: (low, high, terms) => {
      const summed = new Map<number, number>();
      for (const [column, factor] of terms) summed.set(column, (summed.get(column) ?? 0) + factor);
      for (const [column, factor] of summed) {
        if (factor === 0) continue;
        entryColumn.push(column);
        entryRow.push(rowLower.length);
        entryValue.push(factor);
      }
      rowLower.push(low);
      rowUpper.push(high);
    },
    build: () => ({
      columns: cost.length,
      rows: rowLower.length,
      cost: Float64Array.from(cost),
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      integer: Uint8Array.from(integer),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      ...compressColumns(cost.length, entryColumn, entryRow, entryValue),
    }),
  };
};

const compressColumns = (
  columns: number,
  entryColumn: readonly number[],
  entryRow: readonly number[],
  entryValue: readonly number[],
): Pick<LinearProgramme, 'starts' | 'indices' | 'values'> => {
  const starts = new Int32Array(columns + 1);
  for (const column of entryColumn) addAt(starts, column + 1, 1);
  for (let i = 0; i < columns; i += 1) addAt(starts, i + 1, valueAt(starts, i));
  const next = starts.slice();
  const indices = new Int32Array(entryRow.length);
  const values = new Float64Array(entryRow.length);
  for (const [i, column] of entryColumn.entries()) {
    const at = valueAt(next, column);
    indices[at] = valueAt(entryRow, i);
    values[at] = valueAt(entryValue, i);
    next[column] = at + 1;
  }
  return { starts, indices, values };
};
