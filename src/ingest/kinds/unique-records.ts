import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import type { RecordField, RecordFields } from '../../kernel/record-fields.ts';
import { recordKinds, type RecordOfKind, type StoredKind } from '../../kernel/records.ts';
import { dateOfDayNumber, dayMillis } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { inferStep } from '../cells/interval-step.ts';
import { wallText } from '../cells/wall-clock.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import type { RowPlace } from '../findings/ingest-problems.ts';
import { defect, type Defect } from '../findings/problem-ledger.ts';
import type { Ingested, IngestReport } from '../ingested.ts';
import { beginReading, readFiles, type Reading, type RowHandler, unitsRead } from '../rows/read-files.ts';
import type { Binding } from '../columns/bind-columns.ts';
import { bindingOf, type RowReader, valueReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { QueueNames } from './queue-names.ts';

interface Kept<T> {
  readonly record: T;
  readonly file: string;
  readonly fileIndex: number;
  readonly row: number;
}

/** Records of a small table by key: identical ones collapse, conflicting ones are rejected. */
export class UniqueRecords<T> {
  private readonly byKey = new Map<string, Kept<T>>();
  private readonly reading: Reading;
  private readonly conflict: (other: RowPlace) => Defect;

  /** `conflict` says what is wrong with a second record of one key, given the place of the first. */
  constructor(reading: Reading, conflict: (other: RowPlace) => Defect = conflicting) {
    this.reading = reading;
    this.conflict = conflict;
  }

  /** Takes a record unless its row turned out bad. `key` says what must be there only once. */
  add(reader: RowReader, key: readonly (string | number)[], record: T): void {
    if (reader.bad || reader.dropped) return;
    const at = JSON.stringify(key);
    const before = this.byKey.get(at);
    const { fileIndex, file } = reader.context;
    if (before === undefined) this.byKey.set(at, { record, file, fileIndex, row: reader.line });
    else if (JSON.stringify(before.record) !== JSON.stringify(record))
      reader.reject(this.conflict({ file: before.file, row: before.row }), undefined, key.join(' '));
    else {
      const report = valueAt(this.reading.files, fileIndex);
      report.duplicates += 1;
      report.accepted -= 1;
    }
  }

  /**
   * Rejects, once all files are read, records that only the whole shows to be wrong: `fault` answers what is
   * wrong with a record, in which column and with which value.
   */
  rejectWhere(
    fault: (
      record: T,
    ) => { readonly defect: Defect; readonly column: string; readonly value: string } | undefined,
  ): void {
    for (const [key, { record, file, fileIndex, row }] of this.byKey) {
      const found = fault(record);
      if (found === undefined) continue;
      this.byKey.delete(key);
      const place = { file, row, column: found.column, value: found.value };
      this.reading.ledger.rejectRow(found.defect, place, () => JSON.stringify(record));
      const report = valueAt(this.reading.files, fileIndex);
      report.accepted -= 1;
      report.rejected += 1;
    }
  }

  get records(): T[] {
    return Array.from(this.byKey.values(), ({ record }) => record);
  }
}

/** The report of a table that is no interval traffic. `instants` are the records' times, where they have any. */
export const tableReport = (
  kind: IngestDocument['kind'],
  reading: Reading,
  queues: Iterable<string>,
  dates: readonly string[],
): IngestReport => {
  const duplicates = reading.files.filter((file) => file.duplicates > 0);
  for (const file of duplicates)
    reading.ledger.notice(defect('identical-duplicates', { count: file.duplicates }), { file: file.file });
  reading.ledger.throwIfAny();
  const sorted = [...dates].sort();
  return {
    document: 'ingest',
    kind,
    files: reading.files,
    firstDate: sorted[0] ?? null,
    lastDate: sorted[sorted.length - 1] ?? null,
    queues: [...new Set(queues)],
    gaps: [],
    units: unitsRead(reading),
    measured: [],
    acceptedUnusual: [...reading.accepted],
    problems: reading.ledger.problems(),
  };
};

/** Local dates of the first and last of many instants. */
export const datesOf = (reading: Reading, instants: Iterable<number>): string[] => {
  let first = Infinity;
  let last = -Infinity;
  for (const instant of instants) {
    first = Math.min(first, instant);
    last = Math.max(last, instant);
  }
  if (first > last) return [];
  return [first, last].map((at) => dateOfDayNumber(Math.floor(reading.zone.local(at) / dayMillis)));
};

const conflicting = (other: RowPlace): Defect => defect('conflicting-duplicates', { of: 'record', other });

/** A record without the members that are absent (undefined or NaN). */
export const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } => {
  const found: Partial<T> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined && !Number.isNaN(value)) found[name] = value;
  }
  return found as { [K in keyof T]?: Exclude<T[K], undefined> };
};

interface Interval {
  readonly startMillis: number;
  /** NaN where the row does not give it. */
  readonly intervalMinutes: number;
}

/**
 * Fills in the interval length where rows do not give it, by the steps within each series. None, with the problem in the
 * ledger, where the steps tell no one length.
 */
export const withStep = <Row extends Interval>(
  records: readonly Row[],
  seriesOf: (row: Row) => string,
  { ledger, zone, files }: Reading,
): readonly Row[] => {
  const isGiven = ({ intervalMinutes }: Row): boolean => !Number.isNaN(intervalMinutes);
  const odd = records.find((row) => isGiven(row) && 1440 % row.intervalMinutes !== 0);
  if (odd !== undefined)
    ledger.refuse(defect('interval-not-of-a-day', { minutes: odd.intervalMinutes }), {
      column: 'interval_minutes',
    });
  if (records.every(isGiven)) return records;
  const starts = Array.from(Map.groupBy(records, seriesOf).values(), (own) =>
    Float64Array.from(own, ({ startMillis }) => startMillis).sort(),
  );
  const step = inferStep(starts, zone);
  if ('minutes' in step)
    return records.map((row) => (isGiven(row) ? row : { ...row, intervalMinutes: step.minutes }));
  const file = files[0]?.file;
  if (step.fault === 'single') ledger.refuse(defect('interval-unknown'), { file });
  else {
    const [one, other] = step.steps;
    ledger.refuse(defect('mixed-steps', { one, other, where: wallText(zone.local(step.at)) }), { file });
  }
  return [];
};

/**
 * Who the row is about: the number that it says, or that of the one person on the books who has the name that it says, in
 * the column of names or in that of numbers. A name that nobody or several have is refused, as is a name that the books
 * have for another number; a number that nobody on the books has is said. Numbers are not checked while no operators are
 * on the books.
 */
const personOf = (
  reader: RowReader,
  who: Binding | undefined,
  { ledger }: Reading,
  { people = new Map<string, undefined>() }: IngestOptions,
): (() => string) => {
  const called = reader.binding('name');
  let byName: Map<string, string[]> | undefined;
  const named = (name: string): readonly string[] => {
    byName ??= Map.groupBy(
      [...people.keys()].filter((operator) => people.get(operator) !== undefined),
      (operator) => bareNameOf(people.get(operator) ?? ''),
    );
    return byName.get(bareNameOf(name)) ?? [];
  };
  return () => {
    const [given, name] = [reader.text(who), reader.text(called)];
    const text = given ?? name ?? '';
    if (reader.dropped || people.has(text) || (people.size === 0 && given !== undefined)) {
      const known = people.get(text);
      if (
        !reader.dropped &&
        name !== undefined &&
        known !== undefined &&
        text !== name &&
        !isSameName(name, known)
      )
        reader.reject(defect('name-of-another', { operator: text, known }), called, name);
      return text;
    }
    const [found, ...others] = named(text);
    if (found !== undefined && others.length === 0) return found;
    if (found !== undefined)
      reader.reject(defect('name-of-several', { operators: [found, ...others] }), called ?? who, text);
    else if (given === undefined) reader.reject(defect('name-not-on-books'), called, text);
    else
      ledger.warn(defect('operator-not-on-books'), {
        file: reader.context.file,
        row: reader.line,
        column: who?.heading,
        value: text,
      });
    return text;
  };
};

const bareNameOf = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s·.,]/g, '')
    .toLowerCase();

/** A name as it is written here and there: in one language or both, with spaces or without. */
const isSameName = (one: string, other: string): boolean => {
  const [a, b] = [bareNameOf(one), bareNameOf(other)];
  return a.includes(b) || b.includes(a);
};

/** What the rows of files are read into, and what the files share. */
interface ReadInto<Row> {
  readonly reading: Reading;
  readonly rows: UniqueRecords<Row>;
  readonly queues: QueueNames;
  readonly options: IngestOptions;
}

/** Where a row says more than its fields do each by itself. */
interface RowRules<Row> {
  /** Fields that are read in another way than their type says. */
  readonly own?: { readonly [Name in keyof Row]?: () => Row[Name] | undefined };
  /** Judges a row whose fields are read, and completes it; undefined: it is left out. */
  readonly check?: (row: Row) => Row | undefined;
}

interface RecordReading<Kind extends StoredKind, Row> {
  /** Told how a file's columns are bound: what its rows are beside their fields, or what takes them. */
  readonly begin: (reader: RowReader) => RowRules<Row> | RowHandler;
  /** The records once all files are read; left out: the rows, of whose keys each stands once. */
  readonly finish?: () => readonly RecordOfKind<Kind>[];
  /** Fields that say which days the files are of; left out: all dates and times. */
  readonly dates?: readonly string[];
}

/**
 * A reader of files of one kind of record, whose rows are what their fields say: names of queues are those of the hotline, a
 * row without one is of every queue, and of rows of one key the first stands where they are alike. Throws BadInputError
 * with every problem.
 */
export const recordsReader =
  <Kind extends StoredKind, Row = RecordOfKind<Kind>>(
    kind: Kind,
    open: (into: ReadInto<Row>) => RecordReading<Kind, Row>,
  ) =>
  async (sources: readonly ByteSource[], options: IngestOptions): Promise<Ingested<RecordOfKind<Kind>>> => {
    const {
      fields,
      file,
    }: { readonly fields: RecordFields; readonly file: (typeof recordKinds)[Kind]['file'] } =
      recordKinds[kind];
    const reading = beginReading(options);
    const into = { reading, rows: new UniqueRecords<Row>(reading), queues: new QueueNames(options), options };
    const { begin, finish, dates = Object.keys(fields) } = open(into);
    await readFiles(sources, [kind], options, reading, (reader) => {
      const rules = begin(reader);
      return typeof rules === 'function' ? rules : rowOf(reader, fields, into, rules);
    });
    // rows are records where nothing else is made of them
    const records = finish?.() ?? (into.rows.records as unknown as RecordOfKind<Kind>[]);
    const found = records as readonly Readonly<Record<string, unknown>>[];
    const valuesOf = (type: RecordField['type']): unknown[] =>
      dates
        .filter((name) => fields[name]?.type === type)
        .flatMap((name) => found.flatMap((record) => record[name] ?? []));
    const report = tableReport(
      file,
      reading,
      // the queues of operators are their skills
      found.flatMap(({ queue, skills }) => (queue ?? skills ?? []) as string | string[]),
      [...valuesOf('date').map(String), ...datesOf(reading, valuesOf('time').map(Number))],
    );
    return { records, report, rejectedRows: reading.ledger.rejected };
  };

/** Takes rows by their fields: of times, each series is that of the texts before it. */
export const rowOf = <Row>(
  reader: RowReader,
  fields: RecordFields,
  { rows, queues, reading, options }: ReadInto<Row>,
  { own = {}, check }: RowRules<Row> = {},
): RowHandler => {
  let series = '';
  const keys = Object.keys(fields).filter((name) => fields[name]?.key === true);
  // what stands in files alone is no part of the record
  const held = Object.entries(fields).filter(([, { only }]) => only !== 'file');
  const readers = held.map(([name, field]): [string, boolean, () => unknown] => {
    const required = field.required === true;
    const binding = bindingOf(reader, name, field);
    const other = own[name as keyof Row];
    if (other !== undefined) return [name, required, other];
    if (field.person === true) return [name, required, personOf(reader, binding, reading, options)];
    if (name === 'queue')
      return [
        name,
        required,
        () =>
          required || reader.text(binding) !== undefined
            ? queues.names[queues.read(reader, binding)]
            : undefined,
      ];
    if (field.type !== 'time') return [name, required, valueReader(reader, name, field)];
    return [name, required, () => reader.instant(binding, `${name} ${series}`)];
  });
  return () => {
    const read: Record<string, string | number> = {};
    series = '';
    for (const [name, required, valueOf] of readers) {
      const value = valueOf();
      if (reader.dropped) return;
      // each reader answers what its field's type says
      if (required || (value !== undefined && !Number.isNaN(value))) read[name] = value as string | number;
      if (typeof value === 'string') series += ` ${value}`;
    }
    const row = check === undefined ? (read as Row) : check(read as Row);
    if (row === undefined) return;
    const said = row as Readonly<Record<string, string | number>>;
    rows.add(
      reader,
      keys.map((name) => said[name] ?? ''),
      row,
    );
  };
};
