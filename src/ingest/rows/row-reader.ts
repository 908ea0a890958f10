import { fileColumn, type RecordField } from '../../kernel/record-fields.ts';
import { type RecordKind, recordKinds, type RecordOfKind } from '../../kernel/records.ts';
import { dateOfDayNumber, dayMillis, hourMillis } from '../../kernel/time.ts';
import { truths } from '../cells/call-outcomes.ts';
import { durationSeconds, plainNumber, withoutCountWord } from '../cells/durations.ts';
import { createFastTimeReader, readTime } from '../cells/wall-clock.ts';
import type { Binding } from '../columns/bind-columns.ts';
import { asksContrary } from '../columns/headings.ts';
import { unusualValue } from '../findings/ingest-problems.ts';
import { defect, type Defect } from '../findings/problem-ledger.ts';
import type { RawRow, PlainScan } from '../tables/csv-parser.ts';
import { CellReader } from './cell-reader.ts';

const outOfRange = ([least, most]: readonly [number, number]): Defect =>
  defect('out-of-range', { least, most });

/** A sum over columns; NaN where one of them has no value: the whole is not known then. */
const sumOf = (parts: readonly Binding[], read: (part: Binding) => number): number =>
  parts.reduce((sum, part) => sum + read(part), 0);

/**
 * Reads typed values out of the current row. Absent values are NaN or undefined; a bad value is reported with
 * its place, comes back as absent, and marks the row as bad.
 */
export class RowReader extends CellReader {
  /** Set by `local`: the last time carried its own offset, or was a range so many minutes long. */
  timeIsInstant = false;
  rangeMinutes = Number.NaN;
  /** Set by `local`: the last time was a date without a time of day. */
  timeIsDate = false;
  /** Values beyond what their field can have, by column. */
  readonly unusual = new Map<Binding, number>();
  /** Columns of durations that are written as clocks (12:30): a unit of numbers says nothing of them. */
  readonly clocks = new Set<Binding>();
  /** How rows are taken in one look at their bytes; set by what takes the rows, where it can. */
  plain: PlainRows | undefined;
  private readonly fastTime = createFastTimeReader();

  /** Takes the next row, whose values were read off its bytes: it is sound so far, and its time is a local one. */
  beginPlain(row: RawRow): void {
    this.row = row;
    this.bad = false;
    this.dropped = false;
    this.timeIsInstant = false;
    this.timeIsDate = false;
    this.rangeMinutes = Number.NaN;
  }

  /** A whole number of at least 0; NaN when absent or bad. */
  count(binding: Binding | undefined): number {
    if (binding === undefined) return Number.NaN;
    if (binding.parts !== undefined) return sumOf(binding.parts, (part) => this.count(part));
    const fast = this.digits(binding);
    if (fast >= 0) return this.usual(fast, binding);
    const number = this.number(binding, defect('not-a-count'));
    if (Number.isNaN(number)) return number;
    if (number < 0) return this.fail(defect('negative-count'), binding);
    if (!Number.isInteger(number)) return this.fail(defect('fractional-count'), binding);
    return Number.isSafeInteger(number)
      ? this.usual(number, binding)
      : this.fail(defect('not-a-count'), binding);
  }

  /** A number of at least 0; NaN when absent or bad. */
  amount(binding: Binding | undefined): number {
    if (binding === undefined) return Number.NaN;
    if (binding.parts !== undefined) return sumOf(binding.parts, (part) => this.amount(part));
    const number = this.number(binding, defect('not-a-number'));
    return number < 0 ? this.fail(defect('negative-number'), binding) : this.usual(number, binding);
  }

  /** Any finite number; NaN when absent or bad. */
  number(binding: Binding | undefined, wrong: Defect = defect('not-a-number')): number {
    const text = this.filledText(binding);
    if (text === undefined) return Number.NaN;
    const number = Number(plainNumber(withoutCountWord(text), this.context.decimal));
    return Number.isFinite(number) && /\d/.test(text) && !/^[-+]?0[xbo]/i.test(text)
      ? number
      : this.fail(wrong, binding as Binding);
  }

  /** Seconds of at least 0, whatever the unit of the column; NaN when absent or bad. */
  seconds(binding: Binding | undefined): number {
    if (binding === undefined) return Number.NaN;
    if (binding.parts !== undefined) return sumOf(binding.parts, (part) => this.seconds(part));
    if (binding.unit === 'seconds') {
      const fast = this.digits(binding);
      if (fast >= 0) return this.usual(fast, binding);
    }
    const text = this.filledText(binding);
    if (text === undefined) return Number.NaN;
    if (text.includes(':')) this.clocks.add(binding);
    const seconds = durationSeconds(text, binding.unit, this.context.decimal);
    if (!Number.isFinite(seconds)) return this.fail(defect('not-a-duration'), binding);
    return seconds < 0 ? this.fail(defect('negative-number'), binding) : this.usual(seconds, binding);
  }

  /** The value, unless it is beyond what its field can have: then it is bad, or told where such are accepted. */
  private usual(value: number, binding: Binding): number {
    const { most } = binding.spec;
    if (most === undefined || !(value > most)) return value;
    this.unusual.set(binding, (this.unusual.get(binding) ?? 0) + 1);
    return this.context.acceptUnusual
      ? value
      : this.fail(defect('unusual-value', unusualValue(binding)), binding);
  }

  /** A fraction, given as 0.95 or 95%; within [low, 1]. NaN when absent or bad. */
  share(binding: Binding | undefined, low = 0, high = 1): number {
    const text = this.filledText(binding);
    if (text === undefined) return Number.NaN;
    const percent = text.endsWith('%');
    const plain = plainNumber(percent ? text.slice(0, -1).trim() : text, this.context.decimal);
    const number = Number(plain) / (percent ? 100 : 1);
    if (number >= low && number <= high) return number;
    const isUsual = low === 0 || !Number.isFinite(low);
    return this.fail(isUsual ? defect('not-a-share') : outOfRange([low, high]), binding as Binding);
  }

  /** A number within [least, most]; NaN when absent or bad. */
  within(binding: Binding | undefined, range: readonly [number, number]): number {
    const number = this.number(binding);
    const isOutside = number < range[0] || number > range[1];
    return isOutside ? this.fail(outOfRange(range), binding as Binding) : number;
  }

  truth(binding: Binding | undefined): boolean | undefined {
    const text = this.filledText(binding);
    if (text === undefined) return undefined;
    const truth = truths.get(text.toLowerCase());
    if (truth === undefined) this.fail(defect('not-yes-or-no'), binding as Binding);
    const { spec, heading } = binding as Binding;
    return truth !== undefined && asksContrary(heading, spec) ? !truth : truth;
  }

  /** Parts of a text between ; | / + 、 or a comma inside quotes. */
  list(binding: Binding | undefined): readonly string[] {
    return (this.text(binding) ?? '')
      .split(/[;|/+、,,;]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  /** An ISO date; undefined when absent or bad. */
  date(binding: Binding | undefined): string | undefined {
    const local = this.local(binding);
    if (Number.isNaN(local)) return undefined;
    if (local < 0 || local > this.context.latestMillis) return void this.outOfRange(binding as Binding);
    return dateOfDayNumber(Math.floor(local / dayMillis));
  }

  /** Wall clock as local milliseconds, or the instant when `timeIsInstant`; NaN when absent or bad. */
  local(binding: Binding | undefined): number {
    this.timeIsInstant = false;
    this.timeIsDate = false;
    this.rangeMinutes = Number.NaN;
    const { row } = this;
    if (binding === undefined) return Number.NaN;
    const cell =
      binding.columns.length === 1 && binding.values === undefined ? binding.columns[0] : undefined;
    if (cell !== undefined) {
      const fast = this.fastTime(row.bytes, row.starts[cell] ?? 0, row.ends[cell] ?? 0);
      if (!Number.isNaN(fast)) return fast;
      // an instant in milliseconds
      if ((row.ends[cell] ?? 0) - (row.starts[cell] ?? 0) === 13) {
        const instant = this.digits(binding);
        this.timeIsInstant = instant >= 0;
        if (this.timeIsInstant) return instant;
      }
    }
    const text = this.filledText(binding);
    if (text === undefined) return Number.NaN;
    const read = readTime(text, this.context.dateOrder);
    if (typeof read === 'string') return this.badTime(read, binding);
    this.timeIsInstant = read.fixed;
    this.timeIsDate = read.dateOnly;
    this.rangeMinutes = read.rangeMinutes ?? Number.NaN;
    return read.millis;
  }

  /** Instant of a time; a repeated local hour is resolved by order within `series`. NaN when absent or bad. */
  instant(binding: Binding | undefined, series = ''): number {
    const local = this.local(binding);
    return Number.isNaN(local) ? local : this.instantOf(local, binding as Binding, series);
  }

  /** Instant of a local time that has been read, judged for existence and range. */
  instantOf(local: number, binding: Binding, series: string): number {
    const { repeated, latestMillis, zone } = this.context;
    let instant = this.timeIsInstant ? local : repeated.resolve(series, local);
    // in some zones clocks go forward at midnight: such a day starts later
    if (Number.isNaN(instant) && this.timeIsDate) instant = zone.earlier(local + hourMillis);
    return instant >= 0 && instant <= latestMillis ? instant : this.refuseInstant(instant, binding);
  }

  /** Reports an instant that is out of range, or none (NaN) since clocks jump over the local time. */
  refuseInstant(instant: number, binding: Binding): number {
    if (!Number.isNaN(instant)) return this.outOfRange(binding);
    return this.fail(defect('time-does-not-exist', { zone: this.context.zone.zone }), binding);
  }

  /**
   * Whether the row stands for an interval that clocks jump over and holds no figure, or zeros only: reports list every
   * interval of a day, those that the day does not have too.
   */
  isSkippedHour(local: number): boolean {
    const { zone, bound } = this.context;
    if (this.timeIsInstant || this.timeIsDate || !Number.isNaN(zone.earlier(local))) return false;
    return [...bound.bindings.values()]
      .filter(({ spec, columns }) => !['text', 'time', 'date'].includes(spec.type) && columns.length > 0)
      .filter(({ spec }) => spec.field !== 'interval_minutes')
      .every((binding) => /^[-—0.:%\s]*$/.test(this.plainText(binding) ?? ''));
  }

  private badTime(fault: 'not-a-time' | 'impossible-date' | 'ambiguous-date', binding: Binding): number {
    if (this.isTotal()) {
      this.dropped = true;
      return Number.NaN;
    }
    const findings = {
      'not-a-time': defect('not-a-time'),
      'impossible-date': defect('impossible-date'),
      'ambiguous-date': defect('ambiguous-date'),
    };
    return this.fail(findings[fault], binding);
  }

  private outOfRange(binding: Binding): number {
    const latest = new Date(this.context.latestMillis).toISOString().slice(0, 10);
    return this.fail(defect('date-out-of-range', { latest }), binding);
  }
}

/** The column of a file that carries a field; undefined where it has none. */
export const bindingOf = (reader: RowReader, name: string, field: RecordField): Binding | undefined => {
  const column = fileColumn(name, field);
  return column === undefined ? undefined : reader.binding(column);
};

/** Reads a number as its field has it off each row: NaN when absent or bad. */
export const numberReader = (
  reader: RowReader,
  binding: Binding | undefined,
  { type, range }: RecordField,
): (() => number) => {
  switch (type) {
    case 'count':
      return () => reader.count(binding);
    case 'seconds':
      return () => reader.seconds(binding);
    case 'share':
      return () => reader.share(binding, ...(range ?? []));
    default:
      return range === undefined ? () => reader.amount(binding) : () => reader.within(binding, range);
  }
};

/** Reads any field but a time, which wants to know its series. */
export const valueReader = (reader: RowReader, name: string, field: RecordField): (() => unknown) => {
  const binding = bindingOf(reader, name, field);
  switch (field.type) {
    case 'text':
      return () => reader.text(binding) ?? (field.required === true ? '' : undefined);
    case 'date':
      return () => reader.date(binding) ?? (field.required === true ? '' : undefined);
    case 'truth':
      return () => reader.truth(binding) ?? (field.required === true ? false : undefined);
    case 'list':
      return () => reader.list(binding);
    default:
      return numberReader(reader, binding, field);
  }
};

/**
 * Reads the fields of a kind of record off the current row in their order, except those that the caller reads by itself. An
 * optional one that is absent or bad is left out; a required one that is bad has marked the row as such.
 */
export const fieldsReader = <Kind extends RecordKind, But extends keyof RecordOfKind<Kind>>(
  reader: RowReader,
  kind: Kind,
  but: readonly But[],
): (() => Omit<RecordOfKind<Kind>, But>) => {
  const except: readonly PropertyKey[] = but;
  const readers = Object.entries<RecordField>(recordKinds[kind].fields)
    .filter(([name, field]) => fileColumn(name, field) !== undefined && !except.includes(name))
    .map(([name, field]) => [name, field.required === true, valueReader(reader, name, field)] as const);
  return () => {
    const record: Record<string, unknown> = {};
    for (const [name, required, read] of readers) {
      const value = read();
      if (required || (value !== undefined && !Number.isNaN(value))) record[name] = value;
    }
    // each reader answers what its field's type says
    return record as Omit<RecordOfKind<Kind>, But>;
  };
};

/** Rows whose values are read off their bytes on the way, and what takes them. */
interface PlainRows {
  readonly scan: PlainScan;
  /** Takes the row that was scanned last. */
  readonly take: () => void;
}

/** Ways to write each of some choices, Chinese and English, lower case. */
type Choices<Choice extends string> = Readonly<Record<Choice, string>>;

/** Which of some choices a cell names; undefined where it is empty or bad. */
export const chosenWord = <Choice extends string>(
  reader: RowReader,
  binding: Binding | undefined,
  choices: Choices<Choice>,
  plain = (said: string): string => said.normalize('NFKC').trim().toLowerCase(),
): Choice | undefined => {
  const text = plain(reader.text(binding) ?? '');
  if (text === '') return undefined;
  const names = Object.keys(choices) as Choice[];
  const found = names.find((name) => name === text || choices[name].split(' ').includes(text));
  if (found === undefined) reader.fail(defect('not-one-of', { choices: names }), binding as Binding);
  return found;
};
