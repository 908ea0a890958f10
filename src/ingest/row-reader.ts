import { dateOfDayNumber } from '../kernel/time.ts';
import type { Binding, BoundTable } from './bind-columns.ts';
import type { RawRow } from './csv-parser.ts';
import { durationSeconds, withoutThousands } from './durations.ts';
import { wrongEncoding } from './file-findings.ts';
import type { NameTable } from './name-table.ts';
import { cellText } from './open-table.ts';
import type { Finding, ProblemLedger } from './problem-ledger.ts';
import type { RepeatedHours } from './repeated-hours.ts';
import * as say from './row-findings.ts';
import type { CellDecoder } from './text-encoding.ts';
import { createFastTimeReader, readTime, type DateOrder } from './wall-clock.ts';
import type { ZoneInstants } from './zone-instants.ts';

/** What all rows of one file are read with. */
export interface ReadingContext {
  readonly file: string;
  readonly fileIndex: number;
  readonly bound: BoundTable;
  readonly decoder: CellDecoder;
  readonly ledger: ProblemLedger;
  readonly zone: ZoneInstants;
  readonly repeated: RepeatedHours;
  readonly latestMillis: number;
  readonly dateOrder: DateOrder | undefined;
}

const absentWords = new Set(['', '-', '--', '—', '——', '/', 'null', 'n/a', 'na', 'nan', 'none']);
const totalWords =
  /^(合计|总计|小计|汇总|总和|平均|合 计|总 计|total|grand total|subtotal|sum|average)(?![a-z])/i;
const truths: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  y: true,
  是: true,
  接通: true,
  已接通: true,
  有: true,
  '√': true,
  t: true,
  false: false,
  '0': false,
  no: false,
  n: false,
  否: false,
  未接通: false,
  无: false,
  '×': false,
  f: false,
};

/**
 * Reads typed values out of the current row. Absent values are NaN or undefined; a bad value is reported with
 * its place, comes back as absent, and marks the row as bad.
 */
export class RowReader {
  readonly context: ReadingContext;
  bad = false;
  dropped = false;
  /** Set by `local`: the last time carried its own offset, or was a range so many minutes long. */
  timeIsInstant = false;
  rangeMinutes = Number.NaN;
  /** Set by `local`: the last time was a date without a time of day. */
  timeIsDate = false;
  private row: RawRow | undefined;
  private readonly fastTime = createFastTimeReader();
  private readonly droppers: readonly Binding[];

  constructor(context: ReadingContext) {
    this.context = context;
    this.droppers = [...context.bound.bindings.values()].filter(
      (binding) => binding.values !== undefined && [...binding.values.values()].includes(null),
    );
  }

  /** Takes the next row; false when its cells do not match the heading or the map file drops it. */
  begin(row: RawRow, padded: boolean): boolean {
    this.row = row;
    this.bad = false;
    this.dropped = false;
    const wanted = this.context.bound.headings.length;
    if (row.count !== wanted && !(padded && row.count < wanted) && !this.onlyBlankBeyond(wanted)) {
      if (this.isTotal()) this.dropped = true;
      else this.reject(say.wrongCellCount(row.count, wanted), undefined, undefined);
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
    return this.row?.line ?? 0;
  }

  binding(field: string): Binding | undefined {
    return this.context.bound.bindings.get(field);
  }

  /** The row's text with the caller's number blanked: it is never kept. */
  rowText(): string {
    const { row } = this;
    if (row === undefined) return '';
    const masked = this.context.bound.bindings.get('caller')?.columns ?? [];
    if (masked.length === 0)
      return this.context.decoder.show(
        row.bytes,
        row.recordStart,
        Math.min(row.recordEnd, row.recordStart + 2000),
      );
    if (row.count !== this.context.bound.headings.length) return '***';
    return Array.from({ length: row.count }, (_, i) =>
      masked.includes(i) ? '***' : quoted(cellText(row, i, this.context.decoder) ?? '\ufffd'),
    ).join(',');
  }

  /** Reports a problem of this row and marks it as bad. */
  reject(finding: Finding, binding: Binding | undefined, value: unknown): void {
    const { ledger, file } = this.context;
    const shown = binding?.spec.field === 'caller' ? '***' : value;
    const place = { file, row: this.line, column: binding?.heading, value: shown };
    ledger.rejectRow(finding, place, this.bad ? undefined : () => this.rowText());
    this.bad = true;
  }

  /** Trimmed text after translation; undefined when empty. Required and empty is a problem. */
  text(binding: Binding | undefined): string | undefined {
    if (binding === undefined) return undefined;
    const plain = this.plainText(binding);
    if (plain === undefined) return undefined;
    const said = binding.values?.get(plain) ?? plain;
    if (said !== '') return said;
    if (binding.spec.required === true) this.missing(binding, undefined);
    return undefined;
  }

  /**
   * Number that `judge` gives to a name, asked once per spelling; -1 when the cell is empty or bad. Bytes are
   * compared, so the text is decoded only the first time.
   */
  nameId(table: NameTable, binding: Binding, judge: (name: string) => number): number {
    const { row } = this;
    const cell = binding.columns.length === 1 ? binding.columns[0] : undefined;
    if (row === undefined || cell === undefined || cell >= row.count) {
      const said = this.text(binding);
      return said === undefined ? -1 : judge(said);
    }
    const start = row.starts[cell] ?? 0;
    const end = row.ends[cell] ?? 0;
    const found = table.find(row.bytes, start, end);
    if (found !== -1) return found;
    const said = this.text(binding);
    if (said === undefined) return -1;
    const id = judge(said);
    table.remember(row.bytes, start, end, id);
    return id;
  }

  /** A whole number of at least 0; NaN when absent or bad. */
  count(binding: Binding | undefined): number {
    if (binding === undefined) return Number.NaN;
    const fast = this.digits(binding);
    if (fast >= 0) return fast;
    const number = this.number(binding, say.notACount);
    if (Number.isNaN(number)) return number;
    if (number < 0) return this.fail(say.negativeCount, binding);
    if (!Number.isInteger(number)) return this.fail(say.fractionalCount, binding);
    return Number.isSafeInteger(number) ? number : this.fail(say.notACount, binding);
  }

  /** A number of at least 0; NaN when absent or bad. */
  amount(binding: Binding | undefined): number {
    if (binding === undefined) return Number.NaN;
    const number = this.number(binding, say.notANumber);
    return number < 0 ? this.fail(say.negativeNumber, binding) : number;
  }

  /** Any finite number; NaN when absent or bad. */
  number(binding: Binding | undefined, finding: Finding = say.notANumber): number {
    const said = this.filledText(binding);
    if (binding === undefined || said === undefined) return Number.NaN;
    const number = Number(withoutThousands(said));
    return Number.isFinite(number) && /\d/.test(said) && !/^[-+]?0[xbo]/i.test(said)
      ? number
      : this.fail(finding, binding);
  }

  /** Seconds of at least 0, whatever the unit of the column; NaN when absent or bad. */
  seconds(binding: Binding | undefined): number {
    if (binding === undefined) return Number.NaN;
    if (binding.unit === 'seconds') {
      const fast = this.digits(binding);
      if (fast >= 0) return fast;
    }
    const said = this.filledText(binding);
    if (said === undefined) return Number.NaN;
    const seconds = durationSeconds(said, binding.unit);
    if (!Number.isFinite(seconds)) return this.fail(say.notADuration, binding);
    return seconds < 0 ? this.fail(say.negativeNumber, binding) : seconds;
  }

  /** A fraction, given as 0.95 or 95%; within [low, 1]. NaN when absent or bad. */
  share(binding: Binding | undefined, low = 0, high = 1): number {
    const said = this.filledText(binding);
    if (binding === undefined || said === undefined) return Number.NaN;
    const percent = said.endsWith('%');
    const number = Number(percent ? said.slice(0, -1).trim() : said) / (percent ? 100 : 1);
    return number >= low && number <= high ? number : this.fail(say.notAShare, binding);
  }

  truth(binding: Binding | undefined): boolean | undefined {
    const said = this.filledText(binding);
    if (binding === undefined || said === undefined) return undefined;
    const truth = truths[said.toLowerCase()];
    if (truth === undefined) this.fail(say.notATruth, binding);
    return truth;
  }

  /** An ISO date; undefined when absent or bad. */
  date(binding: Binding | undefined): string | undefined {
    const local = this.local(binding);
    if (Number.isNaN(local)) return undefined;
    if (local < 0 || local > this.context.latestMillis) return void this.outOfRange(binding);
    return dateOfDayNumber(Math.floor(local / 86_400_000));
  }

  /** Wall clock as local milliseconds, or the instant when `timeIsInstant`; NaN when absent or bad. */
  local(binding: Binding | undefined): number {
    this.timeIsInstant = false;
    this.timeIsDate = false;
    this.rangeMinutes = Number.NaN;
    const { row } = this;
    if (binding === undefined || row === undefined) return Number.NaN;
    const cell =
      binding.columns.length === 1 && binding.values === undefined ? binding.columns[0] : undefined;
    if (cell !== undefined) {
      const fast = this.fastTime(row.bytes, row.starts[cell] ?? 0, row.ends[cell] ?? 0);
      if (!Number.isNaN(fast)) return fast;
    }
    const said = this.filledText(binding);
    if (said === undefined) return Number.NaN;
    const read = readTime(said, this.context.dateOrder);
    if (typeof read === 'string') return this.badTime(read, binding);
    this.timeIsInstant = read.fixed;
    this.timeIsDate = read.dateOnly;
    this.rangeMinutes = read.rangeMinutes ?? Number.NaN;
    return read.millis;
  }

  /** Instant of a time; a repeated local hour is resolved by order within `series`. NaN when absent or bad. */
  instant(binding: Binding | undefined, series = ''): number {
    const local = this.local(binding);
    return Number.isNaN(local) || binding === undefined ? Number.NaN : this.instantOf(local, binding, series);
  }

  /** Instant of a local time that has been read, judged for existence and range. */
  instantOf(local: number, binding: Binding, series: string): number {
    const { repeated, latestMillis, zone } = this.context;
    let instant = this.timeIsInstant ? local : repeated.resolve(series, local);
    // in some zones clocks go forward at midnight: such a day starts later
    if (Number.isNaN(instant) && this.timeIsDate) instant = zone.earlier(local + 3_600_000);
    return instant >= 0 && instant <= latestMillis ? instant : this.refuseInstant(instant, binding);
  }

  /** Reports an instant that is out of range, or none (NaN) since clocks jump over the local time. */
  refuseInstant(instant: number, binding: Binding): number {
    if (!Number.isNaN(instant)) return this.outOfRange(binding);
    return this.fail(say.skippedTime(this.context.zone.zone), binding);
  }

  /** Bytes of a cell, trimmed, for hashing; undefined when it is empty or the map file empties it. */
  bounds(binding: Binding): [Uint8Array, number, number] | undefined {
    const { row } = this;
    const cell = binding.columns[0];
    if (row === undefined || cell === undefined || cell >= row.count) return undefined;
    let start = row.starts[cell] ?? 0;
    let end = row.ends[cell] ?? 0;
    while (start < end && row.bytes[start] === 32) start += 1;
    while (end > start && row.bytes[end - 1] === 32) end -= 1;
    if (start === end) return undefined;
    if (binding.values !== undefined && this.text(binding) === undefined) return undefined;
    return [row.bytes, start, end];
  }

  /** Reports that the current value of a binding is bad; returns NaN for absent. */
  fail(finding: Finding, binding: Binding): number {
    this.reject(finding, binding, this.plainText(binding));
    return Number.NaN;
  }

  /** True when some cell says that the row sums others up (合计, Total). */
  isTotal(): boolean {
    const { row } = this;
    if (row === undefined) return false;
    for (let cell = 0; cell < row.count; cell += 1)
      if (totalWords.test((cellText(row, cell, this.context.decoder) ?? '').trim())) return true;
    return false;
  }

  private missing(binding: Binding, said: string | undefined): void {
    if (this.isTotal()) this.dropped = true;
    else this.reject(say.missingValue(binding.spec.field), binding, said);
  }

  private badTime(fault: 'not-a-time' | 'impossible-date' | 'ambiguous-date', binding: Binding): number {
    if (this.isTotal()) {
      this.dropped = true;
      return Number.NaN;
    }
    const findings = {
      'not-a-time': say.notATime,
      'impossible-date': say.impossibleDate,
      'ambiguous-date': say.ambiguousDate,
    };
    return this.fail(findings[fault], binding);
  }

  private outOfRange(binding: Binding | undefined): number {
    const latest = new Date(this.context.latestMillis).toISOString().slice(0, 10);
    return binding === undefined ? Number.NaN : this.fail(say.dateOutOfRange(latest), binding);
  }

  private onlyBlankBeyond(wanted: number): boolean {
    const { row } = this;
    if (row === undefined || row.count < wanted) return false;
    for (let cell = wanted; cell < row.count; cell += 1)
      if ((row.ends[cell] ?? 0) > (row.starts[cell] ?? 0)) return false;
    return true;
  }

  /** A cell of nothing but digits, straight from bytes; -1 for any other. */
  private digits(binding: Binding): number {
    const { row } = this;
    const cell = binding.columns[0];
    if (row === undefined || cell === undefined || binding.values !== undefined || cell >= row.count)
      return -1;
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
  private filledText(binding: Binding | undefined): string | undefined {
    const said = this.text(binding)?.normalize('NFKC').trim();
    if (binding === undefined || said === undefined) return undefined;
    if (!absentWords.has(said.toLowerCase())) return said;
    if (binding.spec.required === true) this.missing(binding, said);
    return undefined;
  }

  /** Trimmed text as it stands in the file, cells joined; undefined (and a problem) when it cannot be decoded. */
  private plainText(binding: Binding): string | undefined {
    const { row } = this;
    if (binding.columns.length === 0) return binding.constant;
    if (row === undefined) return undefined;
    let joined = '';
    for (const cell of binding.columns) {
      const said = cell < row.count ? cellText(row, cell, this.context.decoder) : '';
      if (said === undefined) {
        const shown = this.context.decoder.show(row.bytes, row.starts[cell] ?? 0, row.ends[cell] ?? 0);
        this.reject(wrongEncoding(this.context.decoder.encoding), binding, shown);
        return undefined;
      }
      joined = joined === '' ? said.trim() : `${joined} ${said.trim()}`;
    }
    return joined;
  }
}

const quoted = (said: string): string => (/[",\r\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said);
