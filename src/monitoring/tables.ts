import { addAt, valueAt } from '../kernel/value-at.ts';
import type * as danfojs from 'danfojs-node';
import { once } from '../kernel/remember.ts';

/**
 * The one place that talks to danfojs-node: small tables of monitoring (groups, ranks, descriptions). It hands danfo nothing but numbers under names of its own, so that its traps cannot spring:
 *
 * - a mean over a group counts null as 0, a description with a null is NaN: nulls are taken out first;
 * - group keys are joined with '-', so ('a-b','c') and ('a','b-c') merge: keys are whole numbers standing for the
 *   tuple of values;
 * - a column named `shape` breaks a frame, date strings shift with the zone: columns are named here, and no
 *   text goes in;
 * - a ragged row turns a whole table away or shifts cells: rows are read by column, a column missing is a throw;
 * - arithmetic between frames is float32 and CSV is not quoted: neither is offered;
 * - sorting 100,000 rows takes seconds: tables above `largestTable` rows are refused.
 *
 * Results come back in the order of the rows given (groups: in order of appearance), which danfo does not promise.
 */
type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

/** Most rows of a table: 344 hotlines over a century of years fit, traffic does not. */
const largestTable = 50_000;

interface Group {
  /** The group's values, in the order of the columns asked for. */
  readonly key: readonly Cell[];
  readonly rows: number;
  /** Rows whose value is a number; the figures below are over these and null where there are none. */
  readonly count: number;
  readonly mean: number | null;
  readonly sum: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

interface Description {
  readonly count: number;
  readonly mean: number | null;
  readonly std: number | null;
  readonly min: number | null;
  readonly median: number | null;
  readonly max: number | null;
}

export interface TableStatistics {
  /** Figures of `column` per combination of values in `by`. */
  group(rows: readonly Row[], by: readonly string[], column: string): readonly Group[];
  /** Rank of each value, 1 for the greatest; equal values share the better rank; null for null. */
  rank(values: readonly (number | null)[]): readonly (number | null)[];
  /** Count, mean, spread (n − 1; 0 for one value) and quartile ends of the numbers among the values. */
  describe(values: readonly (number | null)[]): Description;
}

type Danfo = typeof danfojs;

/** Loads danfojs-node on first use (about 200 ms), so that commands without tables do not pay for it. */
export const loadTables = once((): Promise<TableStatistics> =>
  import('danfojs-node').then((danfo) => ({
    group: (rows, by, column) => group(danfo, rows, by, column),
    rank: (values) => rank(danfo, values),
    describe: (values) => describe(danfo, values),
  })),
);

const checkSize = (rows: number): void => {
  if (rows > largestTable) throw new RangeError(`a table holds at most ${largestTable} rows, got ${rows}`);
};

const cellOf = (row: Row, column: string): Cell => {
  const cell = row[column];
  if (cell === undefined) throw new TypeError(`a row has no column "${column}"`);
  return cell;
};

const numberOf = (row: Row, column: string): number | null => {
  const cell = cellOf(row, column);
  if (typeof cell === 'string') throw new TypeError(`column "${column}" holds text: "${cell}"`);
  return Number.isNaN(cell) ? null : cell;
};

/** Numbers the distinct tuples of some columns in order of appearance. */
const keyCoder = (): {
  readonly keys: readonly (readonly Cell[])[];
  readonly codeOf: (row: Row, columns: readonly string[]) => number;
} => {
  const codes = new Map<string, number>();
  const keys: (readonly Cell[])[] = [];
  const codeOf = (row: Row, columns: readonly string[]): number => {
    const key = columns.map((column) => cellOf(row, column));
    const name = JSON.stringify(key);
    const known = codes.get(name);
    if (known !== undefined) return known;
    codes.set(name, keys.length);
    keys.push(key);
    return keys.length - 1;
  };
  return { keys, codeOf };
};

const group = (
  danfo: Danfo,
  rows: readonly Row[],
  by: readonly string[],
  column: string,
): readonly Group[] => {
  checkSize(rows.length);
  const { keys, codeOf } = keyCoder();
  const coded = rows.map((row) => [codeOf(row, by), numberOf(row, column)] as const);
  const sizes = keys.map(() => 0);
  for (const [code] of coded) addAt(sizes, code, 1);
  const clean = coded.filter(([, value]) => value !== null);
  const figures = new Map<number, readonly number[]>();
  if (clean.length > 0) {
    const frame = new danfo.DataFrame(clean, { columns: ['key', 'value'] });
    const grouped = frame.groupby(['key']).agg({ value: ['count', 'mean', 'sum', 'min', 'max'] });
    for (const [code, ...rest] of grouped.values as [number, ...number[]][]) figures.set(code, rest);
  }
  return keys.map((key, code) => {
    const [count = 0, mean = null, sum = null, min = null, max = null] = figures.get(code) ?? [];
    return { key, rows: valueAt(sizes, code), count, mean, sum, min, max };
  });
};

const rank = (danfo: Danfo, values: readonly (number | null)[]): readonly (number | null)[] => {
  checkSize(values.length);
  const answer: (number | null)[] = values.map(() => null);
  const clean = values.flatMap((value, place) => (value === null ? [] : [[place, value]]));
  if (clean.length === 0) return answer;
  const frame = new danfo.DataFrame(clean, { columns: ['place', 'value'] });
  const sorted = frame.sortValues('value', { ascending: false });
  let shared = 1;
  let before = Number.NaN;
  (sorted.values as [number, number][]).forEach(([place, value], i) => {
    if (value !== before) shared = i + 1;
    before = value;
    answer[place] = shared;
  });
  return answer;
};

const describe = (danfo: Danfo, values: readonly (number | null)[]): Description => {
  checkSize(values.length);
  const clean = values.filter((value) => value !== null && !Number.isNaN(value));
  if (clean.length === 0) return { count: 0, mean: null, std: null, min: null, median: null, max: null };
  const series = new danfo.Series(clean);
  return {
    count: clean.length,
    mean: series.mean(),
    std: clean.length === 1 ? 0 : series.std(),
    min: series.min(),
    median: series.median(),
    max: series.max(),
  };
};
