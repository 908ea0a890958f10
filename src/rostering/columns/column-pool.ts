import type { RosterModel } from '../roster-model.ts';

/** A line that a person might work, with its price by the rules. */
export interface Column {
  readonly person: number;
  readonly line: Uint8Array;
  readonly cost: number;
}

/** Lines found so far, each once. */
export interface ColumnPool {
  readonly columns: readonly Column[];
  /** Adds a line unless it is known; true where it was new. */
  add(column: Column): boolean;
  /** Keeps only the columns for which the question is true. */
  keep(isKept: (column: Column, index: number) => boolean): void;
}

export const createColumnPool = (model: RosterModel): ColumnPool => {
  let columns: Column[] = [];
  const known = model.lines.map(() => new Set<string>());
  const keyOf = ({ line }: Column): string => String.fromCharCode(...line);
  return {
    get columns() {
      return columns;
    },
    add: (column) => {
      const keys = known[column.person] as Set<string>;
      const key = keyOf(column);
      if (keys.has(key)) return false;
      keys.add(key);
      columns.push(column);
      return true;
    },
    keep: (isKept) => {
      const kept = columns.filter((column, index) => isKept(column, index));
      for (const keys of known) keys.clear();
      for (const column of kept) (known[column.person] as Set<string>).add(keyOf(column));
      columns = kept;
    },
  };
};
