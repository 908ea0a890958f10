import { durationSeconds } from '../cells/durations.ts';
import { type DateOrder, readTime } from '../cells/wall-clock.ts';
import { emptyRow, type RawRow } from './csv-parser.ts';
import { cellText } from './text-encoding.ts';
import type { SheetRow, OpenTable } from './sheet-row.ts';

/**
 * A column that a file does not hold and that follows from those that it holds: the seconds from one time to the first
 * of others that is filled; a time so many seconds before another; a cell of another column by what one says; a word by
 * whether a column is filled, where others say what they must; or what the title above the table says of every row.
 */
type MadeColumn =
  | { readonly from: string; readonly to: readonly string[] }
  | { readonly end: string; readonly less: readonly string[] }
  | { readonly by: string; readonly of: Readonly<Record<string, string>> }
  | {
      readonly filled: string;
      readonly yes: string;
      readonly no: string;
      /** Words of other columns without which a row is something else; none listed: whatever stands there. */
      readonly only?: Readonly<Record<string, readonly string[]>> | undefined;
      readonly other?: string | undefined;
    }
  | { readonly always: string };

/** Rows among which the one that heads the columns is looked for. */
const searchRows = 20;

/**
 * A table with further columns, made of those that it has; as it is where it lacks what they are made of. The row that
 * heads the columns is the first that has them, unless it is given.
 */
export const withMade = (
  table: OpenTable,
  made: Readonly<Record<string, MadeColumn>>,
  order: DateOrder | undefined,
  headingAt?: number,
): OpenTable => {
  const names = Object.keys(made);
  const sources = Object.values(made)
    .flatMap(sourcesOf)
    .filter((name) => !names.includes(name));
  const has = (cells: readonly string[]): boolean => {
    const headings = new Set(cells.map((cell) => cell.trim()));
    return sources.every((source) => headings.has(source));
  };
  const at = headingAt ?? table.head.slice(0, searchRows).findIndex(({ cells }) => has(cells));
  const heading = table.head[at];
  if (heading === undefined) return table;
  const headings = [...heading.cells.map((cell) => cell.trim()), ...names];
  const column = new Map(headings.map((name, i) => [name, i]));
  const widened = (cells: readonly string[]): string[] => {
    const all = Array.from({ length: heading.cells.length }, (_, i) => cells[i] ?? '');
    const cell = (name: string): string => (all[column.get(name) ?? -1] ?? '').trim();
    for (const each of Object.values(made)) all.push(madeCell(each, cell, order));
    return all;
  };
  return remade(table, at, headings, widened);
};

/** A table whose rows below its heading are written anew; those of another length than the heading stay. */
const remade = (
  table: OpenTable,
  at: number,
  headings: readonly string[],
  anew: (cells: readonly string[]) => string[],
): OpenTable => {
  const { line, cells } = table.head[at] ?? { line: 0, cells: [] };
  const width = cells.length;
  return {
    ...table,
    head: table.head.map((row, i): SheetRow => {
      if (i < at) return row;
      return { line: row.line, cells: i === at ? headings : anew(row.cells) };
    }),
    read: (sink) => {
      const make = rowMaker();
      return table.read({
        brokenRow: sink.brokenRow,
        row: (row) => {
          const isOther = row.count > width || (table.ragged !== true && row.count < width);
          if (row.line <= line || isOther) return sink.row(row);
          return sink.row(make(anew(cellsOfRow(row, table)), row.line));
        },
      });
    },
  };
};

/** 11月3日, 11/3, 3.11.: a day and a month, and nothing that could be a year. */
const yearless = /^(\d{1,2})\s*(?:月\s*(\d{1,2})\s*[日号]?|[-/.](\d{1,2})\.?)(?=$|\s|[(（星周])/;

export const lacksYear = (cell: string): boolean => partsOf(cell) !== null;

const partsOf = (cell: string): RegExpExecArray | null => yearless.exec(cell.normalize('NFKC').trim());

/** Whether cells such as 11-02 begin with a month that is known, end with it, or tell neither. */
export const monthIn = (
  cells: readonly string[],
  month: string | undefined,
): 'first' | 'last' | undefined => {
  const isMonth = (part: 1 | 3): boolean =>
    cells.every((cell) => Number(partsOf(cell)?.[part]) === Number(month));
  const [first, last] = [isMonth(1), isMonth(3)];
  return first === last ? undefined : first ? 'first' : 'last';
};

/** A table whose dates in these columns have no year and lie in this one, with where their month stands if that is known. */
export const withYear = (
  table: OpenTable,
  at: number,
  columns: ReadonlyMap<number, ReturnType<typeof monthIn>>,
  year: string,
): OpenTable => ({
  ...remade(table, at, table.head[at]?.cells ?? [], (cells) =>
    cells.map((cell, i) => {
      const parts = columns.has(i) ? partsOf(cell) : null;
      if (parts === null) return cell;
      const [own, first = '', day, second = ''] = parts;
      const rest = parts.input.slice(own.length);
      if (day !== undefined) return `${year}-${first}-${day}${rest}`;
      const month = columns.get(i);
      if (month === undefined) return `${first}/${second}/${year}${rest}`;
      return `${year}-${month === 'first' ? `${first}-${second}` : `${second}-${first}`}${rest}`;
    }),
  ),
  title: { ...table.title, year },
});

const sourcesOf = (made: MadeColumn): readonly string[] => {
  if ('from' in made) return [made.from, ...made.to];
  if ('end' in made) return [made.end, ...made.less];
  if ('always' in made) return [];
  return 'by' in made ? [made.by, ...Object.values(made.of)] : [made.filled];
};

const madeCell = (made: MadeColumn, cell: (name: string) => string, order: DateOrder | undefined): string => {
  if ('always' in made) return made.always;
  if ('filled' in made) {
    const isOther = Object.entries(made.only ?? {}).some(([name, words]) =>
      words.length === 0 ? cell(name) === '' : !words.includes(cell(name)),
    );
    if (isOther) return made.other ?? '';
    return cell(made.filled) === '' ? made.no : made.yes;
  }
  if ('by' in made) return cell(made.of[cell(made.by)] ?? '');
  const read = (name: string): ReturnType<typeof readTime> => readTime(cell(name), order);
  if ('end' in made) {
    const end = read(made.end);
    // what is no time is judged where times are
    if (typeof end === 'string') return cell(made.end);
    const seconds = made.less.reduce((sum, name) => sum + (durationSeconds(cell(name), 'seconds') || 0), 0);
    const text = new Date(end.millis - seconds * 1000).toISOString();
    return end.fixed ? text : text.slice(0, 19);
  }
  const from = read(made.from);
  const until = read(made.to.find((name) => cell(name) !== '') ?? '');
  return typeof from === 'string' || typeof until === 'string'
    ? ''
    : String((until.millis - from.millis) / 1000);
};

/** Text of every cell of a row; what cannot be decoded is shown as it can be. */
export const cellsOfRow = (row: RawRow, { decoder }: Pick<OpenTable, 'decoder'>): string[] =>
  Array.from(
    { length: row.count },
    (_, i) => cellText(row, i, decoder) ?? decoder.show(row.bytes, row.starts[i] ?? 0, row.ends[i] ?? 0),
  );

/** Makes rows of text as the CSV parser hands them on: one row, valid until the next is made. */
export const rowMaker = (): ((cells: readonly string[], line: number, madeOf?: string) => RawRow) => {
  const encoder = new TextEncoder();
  const raw = emptyRow();
  return (cells, line, madeOf) => {
    let at = 0;
    cells.forEach((cell, i) => {
      raw.starts[i] = at;
      at += encoder.encode(cell).length;
      raw.ends[i] = at;
      at += 1;
    });
    raw.bytes = encoder.encode(cells.join('\t'));
    raw.count = cells.length;
    raw.line = line;
    raw.recordStart = 0;
    raw.recordEnd = raw.bytes.length;
    if (madeOf === undefined) delete raw.madeOf;
    else raw.madeOf = madeOf;
    return raw;
  };
};

const unit =
  /^(?:[(（[【]\s*(?<inside>[^()（）[\]【】]{1,8})\s*[)）\]】]|次|个|通|人|秒|分|分钟|小时|毫秒|%|s|sec|seconds?|min|minutes?|ms|calls?)$/i;

/**
 * A table that has a row of units below its headings, `(次)`, `(秒)`: each heading with its unit, in one row on the
 * units' line. Any other table comes back as it is.
 */
export const withUnitsInHeadings = (head: readonly SheetRow[]): readonly SheetRow[] => {
  const at = head.slice(0, searchRows).findIndex(({ cells }, i) => {
    const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    const headed = (head[i - 1]?.cells ?? []).filter((cell) => cell.trim() !== '').length;
    return headed > 1 && filled.length > 0 && filled.every((cell) => unit.test(cell));
  });
  const [headings, units] = [head[at - 1], head[at]];
  if (headings === undefined || units === undefined) return head;
  const cells = headings.cells.map((heading, i) => {
    const own = (units.cells[i] ?? '').trim();
    return own === '' ? heading : `${heading}(${unit.exec(own)?.groups?.['inside'] ?? own})`;
  });
  return [...head.slice(0, at - 1), { line: units.line, cells }, ...head.slice(at + 1)];
};

/** A text that heads something and is no figure. */
const isName = (cell: string): boolean => cell !== '' && !/^[-+\d.,:%/\s]+$/.test(cell);

const saysMean = /平均|均值|人均|\b(?:average|avg|mean)\b/i;
const inBrackets = /[(（[【][^()（）[\]【】]*[)）\]】]\s*$/;

/**
 * A table whose headings stand in two rows, groups above (“average duration (s)” over “talk” and “after-call work”) and
 * columns that need none through both: each column's own heading in one row, on the lower one's line. What is the
 * average of a group is one of each of its columns; a heading that says nothing by itself (`means`) takes its group's
 * words. Any other table comes back as it is.
 */
export const withGroupsInHeadings = (
  head: readonly SheetRow[],
  means: (heading: string) => boolean,
): readonly SheetRow[] => {
  for (let at = 0; at + 1 < Math.min(searchRows, head.length); at += 1) {
    const cells = joined(
      (head[at]?.cells ?? []).map((cell) => cell.trim()),
      (head[at + 1]?.cells ?? []).map((cell) => cell.trim()),
      means,
    );
    if (cells !== undefined)
      return [...head.slice(0, at), { line: head[at + 1]?.line ?? 0, cells }, ...head.slice(at + 2)];
  }
  return head;
};

/** The headings of two rows in one; undefined where they are no groups over columns. */
const joined = (
  upper: readonly string[],
  lower: readonly string[],
  means: (heading: string) => boolean,
): string[] | undefined => {
  const below = lower.filter((cell) => cell !== '');
  if (below.length < 2 || new Set(below).size < below.length) return undefined;
  if (![...below, ...upper.filter((cell) => cell !== '')].every(isName)) return undefined;
  const width = Math.max(upper.length, lower.length);
  let [group, groups, through] = ['', 0, 0];
  const cells = Array.from({ length: width }, (_, i) => {
    const [above, below] = [upper[i] ?? '', lower[i] ?? ''];
    if (above !== '') group = above;
    // a heading merged over both rows stands in both
    if (below === '' || below === above) {
      if (above !== '') through += 1;
      return above;
    }
    // A group stands over its first column, and over others beside it.
    if (above === '') groups += 1;
    return ofGroup(group, below, means);
  });
  return groups > 0 && through > 0 ? cells : undefined;
};

const ofGroup = (group: string, below: string, means: (heading: string) => boolean): string => {
  const unit = inBrackets.test(below) ? '' : (inBrackets.exec(group)?.[0] ?? '');
  const bare = group.replace(inBrackets, '').trim();
  if (saysMean.test(bare) && !saysMean.test(below))
    return /\p{Script=Han}/u.test(below) ? `平均${below}${unit}` : `average ${below}${unit}`;
  const [named] = [below, `${bare}${below}`, `${below}${bare}`].filter(means);
  return `${named ?? below}${unit}`;
};
