import { csvCell, firstUnwritable } from '../../kernel/text.ts';
import type { Binding, BoundTable } from '../columns/bind-columns.ts';
import { emptyRow, type RawRow } from '../tables/csv-parser.ts';
import type { DecimalMark } from '../cells/durations.ts';
import { totalWords } from '../tables/decoration-rows.ts';
import { isPersonalHeading } from '../columns/headings.ts';
import type { NameTable } from '../cells/name-table.ts';
import { type CellDecoder, cellText } from '../tables/text-encoding.ts';
import { maskLikelyPersonal, maskPersonal } from '../cells/personal-numbers.ts';
import { defect, type Defect, type ProblemLedger } from '../findings/problem-ledger.ts';
import type { RepeatedHours, ZoneInstants } from '../cells/zone-instants.ts';
import type { DateOrder } from '../cells/wall-clock.ts';

interface ReadingContext {
  readonly file: string;
  readonly fileIndex: number;
  /** What parts the cells of a text; null of a workbook. */
  readonly delimiter: string | null;
  readonly bound: BoundTable;
  readonly decoder: CellDecoder;
  readonly ledger: ProblemLedger;
  readonly zone: ZoneInstants;
  readonly repeated: RepeatedHours;
  readonly latestMillis: number;
  readonly dateOrder: DateOrder | undefined;
  readonly decimal: DecimalMark;
  /** Whether values beyond what their field can have are imported. */
  readonly acceptUnusual: boolean;
}

/** How exports write that there is no value; a mean over no calls is #DIV/0! in spreadsheets. */
const absentWords: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '/',
  'null',
  'n/a',
  'na',
  'nan',
  'none',
  '#n/a',
  '#div/0!',
]);
const textTypes: ReadonlySet<string> = new Set(['text', 'list']);

/** Most bytes of a cell of a column that is read. */
const longestCell = 4096;
/** Most of a row that is kept of it: rows left out are held in memory. */
const longestShown = 2000;

/**
 * The current row of a file as text and bytes, its problems and its rejection. A bad value is reported with its
 * place and marks the row as bad.
 */
export class CellReader {
  readonly context: ReadingContext;
  bad = false;
  dropped = false;
  protected row: RawRow = emptyRow(0);
  private readonly droppers: readonly Binding[];
  /** Columns that hold callers' numbers, whether they are read or not: never shown. */
  private readonly secret: readonly number[];
  /** Columns that are read as figures and times: what stands there is shown unless it is surely a person's number. */
  private readonly measured: readonly number[];

  constructor(context: ReadingContext) {
    this.context = context;
    const { bindings, headings } = context.bound;
    this.droppers = [...bindings.values()].filter(
      (binding) => binding.values !== undefined && [...binding.values.values()].includes(null),
    );
    const callers = bindings.get('caller')?.columns ?? [];
    const read = [...bindings.values()].filter(({ spec }) => spec.field !== 'caller');
    this.secret = headings.flatMap((heading, column) =>
      callers.includes(column) ||
      (isPersonalHeading(heading) && !read.some(({ columns }) => columns.includes(column)))
        ? [column]
        : [],
    );
    this.measured = read.flatMap(({ spec, columns }) => (textTypes.has(spec.type) ? [] : columns));
  }

  /** True when rows hold what may not be shown. */
  get hasSecrets(): boolean {
    return this.secret.length > 0;
  }

  /** True when rows may be dropped by a word in them. */
  get dropsRows(): boolean {
    return this.droppers.length > 0;
  }

  /** Takes the next row; false when its cells do not match the heading or the map file drops it. */
  begin(row: RawRow, padded: boolean): boolean {
    this.row = row;
    this.bad = false;
    this.dropped = false;
    const wanted = this.context.bound.headings.length;
    if (row.count !== wanted && !(padded && row.count < wanted) && !this.onlyBlankBeyond(wanted)) {
      if (this.isTotal()) this.dropped = true;
      else this.reject(defect('wrong-cell-count', { found: row.count, wanted }), undefined, undefined);
      return false;
    }
    for (const binding of this.droppers) {
      if (binding.values?.get(this.plainText(binding) ?? '') === null) {
        this.dropped = true;
        return false;
      }
    }
    return true;
  }

  /** Line of the row in its file. */
  get line(): number {
    return this.row.line;
  }

  binding(field: string): Binding | undefined {
    return this.context.bound.bindings.get(field);
  }

  /** The row's text with callers' numbers blanked, and whatever else may be a person's number: it is never kept. */
  rowText(): string {
    const { row } = this;
    if (row.count !== this.context.bound.headings.length) {
      const end = Math.min(row.recordEnd, row.recordStart + longestShown);
      const shown = this.context.decoder.show(row.bytes, row.recordStart, end);
      return this.hasSecrets ? '***' : maskLikelyPersonal(shown);
    }
    return Array.from({ length: row.count }, (_, i) =>
      this.secret.includes(i) ? '***' : csvCell(this.shown(i, cellText(row, i, this.context.decoder))),
    )
      .join(',')
      .slice(0, longestShown);
  }

  private shown(column: number, text = '\ufffd'): string {
    return this.measured.includes(column) ? maskPersonal(text) : maskLikelyPersonal(text);
  }

  /** Reports a problem of this row and marks it as bad. */
  reject(wrong: Defect, binding: Binding | undefined, value: unknown): void {
    const { ledger, file } = this.context;
    const personal = binding !== undefined && textTypes.has(binding.spec.type) && typeof value === 'string';
    const shown = binding?.spec.field === 'caller' ? '***' : personal ? maskLikelyPersonal(value) : value;
    const { madeOf } = this.row;
    const own = binding?.columns.includes(this.context.bound.headings.length - 1) === true;
    const column = own && madeOf !== undefined ? madeOf : binding?.heading;
    const place = { file, row: this.line, column, value: shown };
    ledger.rejectRow(wrong, place, this.bad ? undefined : () => this.rowText());
    this.bad = true;
  }

  /** Trimmed text after translation; undefined when empty. Required and empty is a problem. */
  text(binding: Binding | undefined): string | undefined {
    if (binding === undefined) return undefined;
    const plain = this.plainText(binding);
    if (plain === undefined) return undefined;
    const text = binding.values?.get(plain) ?? plain;
    const character = textTypes.has(binding.spec.type) ? firstUnwritable(text) : undefined;
    if (character !== undefined) {
      this.reject(defect('character-not-allowed', { character }), binding, text);
      return undefined;
    }
    if (text !== '') return text;
    if (binding.spec.required === true) this.missing(binding, undefined);
    return undefined;
  }

  /**
   * Number that `judge` gives to a name, asked once per spelling; -1 when the cell is empty or bad. Bytes are
   * compared, so the text is decoded only the first time.
   */
  nameId(table: NameTable, binding: Binding, judge: (name: string) => number): number {
    const { row } = this;
    const cell = binding.columns[0] ?? row.count;
    if (binding.columns.length > 1 || cell >= row.count) {
      const text = this.text(binding);
      return text === undefined ? -1 : judge(text);
    }
    const start = row.starts[cell] ?? 0;
    const end = row.ends[cell] ?? 0;
    const found = table.find(row.bytes, start, end);
    if (found !== -1) return found;
    const text = this.text(binding);
    if (text === undefined) return -1;
    const id = judge(text);
    table.remember(row.bytes, start, end, id);
    return id;
  }

  /** Bytes of a cell, trimmed, for hashing; undefined when it is empty or the map file empties it. */
  bounds(binding: Binding): [Uint8Array, number, number] | undefined {
    const { row } = this;
    const cell = binding.columns[0] ?? row.count;
    if (cell >= row.count) return undefined;
    let start = row.starts[cell] ?? 0;
    let end = row.ends[cell] ?? 0;
    while (start < end && row.bytes[start] === 32) start += 1;
    while (end > start && row.bytes[end - 1] === 32) end -= 1;
    if (start === end) return undefined;
    if (binding.values !== undefined && this.text(binding) === undefined) return undefined;
    return [row.bytes, start, end];
  }

  /** Reports that the current value of a binding is bad; returns NaN for absent. */
  fail(wrong: Defect, binding: Binding): number {
    this.reject(wrong, binding, this.plainText(binding));
    return Number.NaN;
  }

  /** Whether a value is absent, as exports write that: nothing is reported. */
  isAbsent(binding: Binding): boolean {
    if (this.digits(binding) >= 0) return false;
    const plain = this.plainText(binding);
    if (plain === undefined) return false;
    const text = binding.values?.get(plain) ?? plain;
    return absentWords.has(text.normalize('NFKC').trim().toLowerCase());
  }

  /** True when some cell says that the row sums others up (合计, Total). */
  isTotal(): boolean {
    const { row } = this;
    for (let cell = 0; cell < row.count; cell += 1)
      if (totalWords.test((cellText(row, cell, this.context.decoder) ?? '').trim())) return true;
    return false;
  }

  protected missing(binding: Binding, text: string | undefined): void {
    if (this.isTotal()) this.dropped = true;
    else if (binding.spec.field === 'outcome') this.reject(defect('unknown-outcome'), binding, text ?? '');
    else this.reject(defect('missing-value', { field: binding.spec.field, summed: false }), binding, text);
  }

  protected onlyBlankBeyond(wanted: number): boolean {
    const { row } = this;
    if (row.count < wanted) return false;
    for (let cell = wanted; cell < row.count; cell += 1)
      if ((row.ends[cell] ?? 0) > (row.starts[cell] ?? 0)) return false;
    return true;
  }

  /** A cell of nothing but digits, straight from bytes; -1 for any other. */
  protected digits(binding: Binding): number {
    const { row } = this;
    const cell = binding.columns[0] ?? row.count;
    if (binding.values !== undefined || cell >= row.count) return -1;
    const { bytes } = row;
    const end = row.ends[cell] ?? 0;
    let at = row.starts[cell] ?? 0;
    if (at === end || end - at > 15) return -1;
    let number = 0;
    for (; at < end; at += 1) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) return -1;
      number = number * 10 + digit;
    }
    return number;
  }

  /** Text of a value that may be written as absent ('', '-', 'NULL'); undefined then, and a problem if required. */
  protected filledText(binding: Binding | undefined): string | undefined {
    const text = this.text(binding)?.normalize('NFKC').trim();
    if (text === undefined || !absentWords.has(text.toLowerCase())) return text;
    if (binding?.spec.required === true) this.missing(binding, text);
    return undefined;
  }

  /** Trimmed text as it stands in the file, cells joined; undefined (and a problem) when it cannot be decoded. */
  protected plainText(binding: Binding): string | undefined {
    const { row } = this;
    if (binding.columns.length === 0) return binding.constant;
    let joined = '';
    for (const cell of binding.columns) {
      if (cell < row.count && (row.ends[cell] ?? 0) - (row.starts[cell] ?? 0) > longestCell) {
        this.reject(defect('cell-too-long', { bytes: longestCell }), binding, this.beginning(row, cell));
        return undefined;
      }
      const text = cell < row.count ? cellText(row, cell, this.context.decoder) : '';
      if (text === undefined) {
        this.reject(
          defect('wrong-encoding', { encoding: this.context.decoder.encoding }),
          binding,
          this.beginning(row, cell),
        );
        return undefined;
      }
      joined = joined === '' ? text.trim() : `${joined} ${text.trim()}`;
    }
    return joined;
  }

  /** The beginning of a cell as it can be shown. */
  private beginning(row: RawRow, cell: number): string {
    const from = row.starts[cell] ?? 0;
    return this.context.decoder.show(row.bytes, from, Math.min(row.ends[cell] ?? 0, from + 200));
  }
}
