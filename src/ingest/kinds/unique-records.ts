import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { inferStep } from '../cells/durations.ts';
import { wallText } from '../cells/wall-clock.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import type { RowPlace } from '../findings/ingest-problems.ts';
import { defect, type Defect } from '../findings/problem-ledger.ts';
import type { IngestReport } from '../ingested.ts';
import { type Reading, unitsRead } from '../rows/read-files.ts';
import type { RowReader } from '../rows/row-reader.ts';

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
      const report = this.reading.files[reader.context.fileIndex];
      if (report === undefined) return;
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
      const report = this.reading.files[fileIndex];
      if (report === undefined) continue;
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
  return [first, last].map((at) => dateOfDayNumber(Math.floor(reading.zone.local(at) / 86_400_000)));
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
export const personOf = (
  reader: RowReader,
  { ledger }: Reading,
  { people = new Map<string, undefined>() }: IngestOptions,
): (() => string) => {
  const [who, called] = [reader.binding('operator'), reader.binding('name')];
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
    const said = given ?? name ?? '';
    if (reader.dropped || people.has(said) || (people.size === 0 && given !== undefined)) {
      const known = people.get(said);
      if (
        !reader.dropped &&
        name !== undefined &&
        known !== undefined &&
        said !== name &&
        !isSameName(name, known)
      )
        reader.reject(defect('name-of-another', { operator: said, known }), called, name);
      return said;
    }
    const [found, ...others] = named(said);
    if (found !== undefined && others.length === 0) return found;
    if (found !== undefined)
      reader.reject(defect('name-of-several', { operators: [found, ...others] }), called ?? who, said);
    else if (given === undefined) reader.reject(defect('name-not-on-books'), called, said);
    else
      ledger.warn(defect('operator-not-on-books'), {
        file: reader.context.file,
        row: reader.line,
        column: who?.heading,
        value: said,
      });
    return said;
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
