import type { Binding } from '../columns/bind-columns.ts';
import { createFastTimeReader } from '../cells/wall-clock.ts';
import type { NameTable } from '../cells/name-table.ts';
import { mostRemarks } from '../tables/decoration-rows.ts';
import { delimiters } from '../tables/open-table.ts';
import type { PlainScan } from '../tables/csv-parser.ts';
import type { CellReader } from './cell-reader.ts';

/**
 * What a column holds where its rows are plain: a time as 'YYYY-MM-DD HH:MM[:SS]', a figure of digits only, or one of
 * the names that a table remembers.
 */
type PlainKind = 'time' | 'figure' | NameTable;

interface PlainColumn {
  /** Undefined where the file has no such column; its value is NaN then, as where it is empty. */
  readonly binding: Binding | undefined;
  readonly kind: PlainKind;
}

/** Digits of an instant in milliseconds, as programs write them. */
const millisDigits = 13;
const [passed, time, figure, name] = [0, 1, 2, 3];
const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** Digits of a number that is exact. */
const mostDigits = 15;

/** A file's columns as a row is scanned: one entry for each. */
interface Layout {
  readonly kinds: Uint8Array;
  /** Place of each column's value among those that are handed over. */
  readonly places: Uint8Array;
  /** Most that a figure may be. */
  readonly most: Float64Array;
  /** 1 where a cell may be empty. */
  readonly optional: Uint8Array;
  readonly names: readonly (NameTable | undefined)[];
}

/** How a column is scanned; undefined where only the general reader can. */
const kindOf = ({ binding, kind }: PlainColumn): number | undefined => {
  if (binding === undefined) return passed;
  if (binding.columns.length === 0) return typeof kind === 'object' ? passed : undefined;
  if (binding.columns.length > 1 || binding.parts !== undefined) return undefined;
  if (typeof kind === 'object') return name;
  if (binding.values !== undefined) return undefined;
  if (kind === 'time') return time;
  return binding.spec.type === 'seconds' && binding.unit !== 'seconds' ? undefined : figure;
};

const layoutOf = (width: number, columns: readonly PlainColumn[]): Layout | undefined => {
  const layout = {
    kinds: new Uint8Array(width),
    places: new Uint8Array(width),
    most: new Float64Array(width).fill(Infinity),
    optional: new Uint8Array(width).fill(1),
    names: Array.from({ length: width }, (): NameTable | undefined => undefined),
  };
  for (const [place, column] of columns.entries()) {
    const kind = kindOf(column);
    if (kind === undefined) return undefined;
    const at = column.binding?.columns[0];
    if (at === undefined || column.binding === undefined) continue;
    // a column that is read twice
    if (at >= width || layout.kinds[at] !== passed) return undefined;
    const { spec } = column.binding;
    layout.kinds[at] = kind;
    layout.places[at] = place;
    layout.most[at] = spec.most ?? Infinity;
    layout.optional[at] = kind === figure && spec.required !== true ? 1 : 0;
    layout.names[at] = typeof column.kind === 'object' ? column.kind : undefined;
  }
  return layout;
};

/**
 * Reads rows of plain columns in one look at their bytes; whatever is anything else, if only in one cell, is left to the
 * general reader, which judges it. Undefined where no row can be plain. `take` gets the values in the order of the
 * columns: local milliseconds, the figure (NaN where it is empty), or the number of the name.
 */
export const plainRows = (
  reader: CellReader & { timeIsInstant: boolean },
  columns: readonly PlainColumn[],
  take: (values: Float64Array) => void,
) => {
  const { bound, delimiter } = reader.context;
  const layout = reader.dropsRows ? undefined : layoutOf(bound.headings.length, columns);
  if (layout === undefined || delimiter === null || !delimiters.some((usual) => usual === delimiter))
    return undefined;
  const values = new Float64Array(columns.length).fill(Number.NaN);
  const clock = clockReader();
  return {
    scan: scanning(layout, delimiter.charCodeAt(0), values, clock),
    take: () => {
      reader.timeIsInstant = clock.isInstant;
      take(values);
    },
  };
};

const scanning = (
  { kinds, places, most, optional, names }: Layout,
  delimiter: number,
  values: Float64Array,
  clock: ReturnType<typeof clockReader>,
): PlainScan => {
  const last = kinds.length - 1;
  const stops = new Uint8Array(256);
  for (const byte of [delimiter, lineFeed, carriageReturn]) stops[byte] = 1;
  /** Where the cell that begins at `at` ends, its value read; -1 where it is not plain. */
  const cellEnd = (bytes: Uint8Array, at: number, column: number): number => {
    const kind = kinds[column];
    const place = places[column] ?? 0;
    if (kind === figure) return figureEnd(bytes, at, most[column] ?? 0, values, place);
    if (kind === time) {
      const end = clock.read(bytes, at);
      values[place] = clock.local;
      return end;
    }
    if (bytes[at] === quote) return -1;
    const table = names[column];
    let end = at;
    if (table === undefined) while (stops[bytes[end] ?? 0] === 0) end += 1;
    else {
      end = table.pass(bytes, at, stops);
      if (table.passed < 0) return -1;
      values[place] = table.passed;
    }
    return end;
  };
  return (bytes, from, row) => {
    const { starts, ends, escaped } = row;
    let at = from;
    let filled = 0;
    for (let column = 0; ; column += 1) {
      const end = cellEnd(bytes, at, column);
      if (end > at) filled += 1;
      else if (end < at || optional[column] === 0) return from;
      starts[column] = at;
      ends[column] = end;
      escaped[column] = 0;
      at = end;
      if (column === last) break;
      if (bytes[at] !== delimiter) return from;
      at += 1;
    }
    row.count = last + 1;
    row.recordEnd = at;
    if (bytes[at] === carriageReturn) at += 1;
    // a line that fills few cells may be a remark
    return bytes[at] === lineFeed && filled > mostRemarks ? at + 1 : from;
  };
};

/** Where digits end, their value in its place; -1 where they are too many. */
const figureEnd = (
  bytes: Uint8Array,
  from: number,
  most: number,
  values: Float64Array,
  place: number,
): number => {
  let number = 0;
  let at = from;
  for (;;) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    number = number * 10 + digit;
    at += 1;
  }
  values[place] = at === from ? Number.NaN : number;
  return at - from > mostDigits || number > most ? -1 : at;
};

/** Reads times, most of which are of the same minute as the one before, and instants in milliseconds. */
const clockReader = (): {
  local: number;
  /** Whether the last was an instant, and no time of a wall clock. */
  isInstant: boolean;
  read(bytes: Uint8Array, at: number): number;
} => {
  const readTime = createFastTimeReader();
  let of: Uint8Array | undefined;
  let view: DataView = new DataView(new ArrayBuffer(0));
  const met = new Int32Array(4);
  let minute = Number.NaN;
  const reader = {
    local: Number.NaN,
    isInstant: false,
    /** Where the time ends, its value in `local`; where it begins when there is none. */
    read: (bytes: Uint8Array, at: number): number => {
      reader.isInstant = false;
      if (at + 20 > bytes.length) return at;
      if (bytes[at + 4] !== 45 && bytes[at + 4] !== 47) {
        let instant = 0;
        let end = at;
        for (; end <= at + millisDigits; end += 1) {
          const digit = (bytes[end] as number) - 48;
          if (digit < 0 || digit > 9) break;
          instant = instant * 10 + digit;
        }
        if (end !== at + millisDigits) return at;
        reader.isInstant = true;
        reader.local = instant;
        return end;
      }
      if (bytes !== of) {
        of = bytes;
        view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      }
      const a = view.getInt32(at, true);
      const b = view.getInt32(at + 4, true);
      const c = view.getInt32(at + 8, true);
      const d = view.getInt32(at + 12, true);
      if (a !== met[0] || b !== met[1] || c !== met[2] || d !== met[3]) {
        minute = readTime(bytes, at, at + 16);
        met[0] = a;
        met[1] = b;
        met[2] = c;
        met[3] = d;
      }
      if (Number.isNaN(minute)) return at;
      if (bytes[at + 16] !== 58) {
        reader.local = minute;
        return at + 16;
      }
      const tens = (bytes[at + 17] ?? 0) - 48;
      const ones = (bytes[at + 18] ?? 0) - 48;
      if (tens < 0 || tens > 5 || ones < 0 || ones > 9) return at;
      reader.local = minute + 10_000 * tens + 1000 * ones;
      return at + 19;
    },
  };
  return reader;
};
