import type { Sayable } from '../../kernel/finding.ts';
import { dayMillis, isZone } from '../../kernel/time.ts';
import { bindColumns, type Binding, type BoundTable } from '../columns/bind-columns.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { RawRow } from '../tables/csv-parser.ts';
import { guessDecimalMark, type DecimalMark } from '../cells/durations.ts';
import { maskLikelyPersonal, maskPersonal } from '../cells/personal-numbers.ts';
import { decorationOf } from '../tables/decoration-rows.ts';
import { chooseTables } from '../columns/guess-columns.ts';
import { readyTables } from '../columns/presets.ts';
import type { RecordKind } from '../../kernel/records.ts';
import { UnreadableFileError } from '../tables/inflate.ts';
import type { IngestReport } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { openTables } from '../tables/open-table.ts';
import { defect, ProblemLedger } from '../findings/problem-ledger.ts';
import { ingestFinding, shownNames, unusualValue } from '../findings/ingest-problems.ts';
import { RepeatedHours, zoneInstants, type ZoneInstants } from '../cells/zone-instants.ts';
import type { OpenTable } from '../tables/sheet-row.ts';
import { RowReader } from './row-reader.ts';
import { guessDateOrder } from '../columns/suggest-columns.ts';
import { type DateOrder, wallText } from '../cells/wall-clock.ts';
import { type IngestLimits, defaultLimits } from '../ingest-limits.ts';

export type FileReport = {
  -readonly [K in keyof IngestReport['files'][number]]: IngestReport['files'][number][K];
};

/** Takes the rows of one file; a row that it marks as bad on the reader is rejected. */
export type RowHandler = (reader: RowReader) => void;

/** What the files of one ingest share, and what came of reading them. */
export interface Reading {
  readonly ledger: ProblemLedger;
  readonly zone: ZoneInstants;
  readonly latestMillis: number;
  readonly files: FileReport[];
  /** Columns of durations of all files, as they were read. */
  readonly durations: Binding[];
  /** Those of them that are written as clocks. */
  readonly clocks: Set<Binding>;
  /** Figures that calls can hardly have, imported since the user says that they are true. */
  readonly accepted: Sayable[];
}

const twoYears = 2 * 366 * dayMillis;

/** Starts an ingest: the ledger, and the zone in which wall-clock times are read. */
export const beginReading = (options: IngestOptions): Reading => {
  const ledger = new ProblemLedger(options.skipBadRows, limitsOf(options).maxRejectedRows);
  const named = options.map?.zone ?? options.zone;
  const isKnown = isZone(named);
  if (!isKnown) ledger.refuse(defect('unknown-zone'), { value: named });
  const latestMillis = options.now + (options.aheadMillis ?? twoYears);
  if (options.map?.zone !== undefined && options.map.zone !== options.zone)
    ledger.notice(defect('zone-of-map-file', { map: options.map.zone, hotline: options.zone }));
  return {
    ledger,
    zone: zoneInstants(isKnown ? named : 'UTC', 0, options.now + twoYears),
    latestMillis,
    files: [],
    durations: [],
    clocks: new Set(),
    accepted: [],
  };
};

/** Columns of durations by heading, and the unit in which each was read. */
export const unitsRead = ({ durations }: Reading): IngestReport['units'] => {
  const found = new Map(
    durations.map(({ heading, spec, unit }) => [
      `${heading} ${spec.field} ${unit}`,
      { column: maskPersonal(heading), field: spec.field, unit },
    ]),
  );
  return [...found.values()];
};

/** Reads every file once, row by row. `begin` is told how a file's columns are bound and answers what takes its rows. */
export const readFiles = async (
  sources: readonly ByteSource[],
  kinds: readonly RecordKind[],
  options: IngestOptions,
  reading: Reading,
  begin: (reader: RowReader, bound: BoundTable) => RowHandler,
): Promise<void> => {
  if (sources.length === 0) reading.ledger.refuse(defect('no-files'));
  for (const source of sources) {
    try {
      await readFile(source, kinds, options, reading, begin);
    } catch (error) {
      if (error instanceof UnreadableFileError)
        reading.ledger.refuse(error.defect, { file: source.name, row: error.row });
      else if (error instanceof Error && 'code' in error && error.name !== 'BadInputError')
        reading.ledger.refuse(defect('unreadable-file', { why: error.message }), { file: source.name });
      else throw error;
    }
  }
};

const readFile = async (
  source: ByteSource,
  kinds: readonly RecordKind[],
  options: IngestOptions,
  reading: Reading,
  begin: (reader: RowReader, bound: BoundTable) => RowHandler,
): Promise<void> => {
  const opened = await openTables(source, {
    encoding: options.encoding ?? options.map?.encoding,
    delimiter: options.map?.delimiter,
    sheet: options.sheet ?? options.map?.sheet,
    limits: limitsOf(options),
    unpacker: options.unpacker,
  });
  const ready = readyTables(opened, kinds, options);
  if (ready.preset !== undefined && options.preset === undefined)
    reading.ledger.notice(defect('preset-recognised', { preset: ready.preset }), { file: source.name });
  const { kind, tables, left } = chooseTables(ready.tables, kinds, ready.options);
  if (left.length > 0 && (options.sheet ?? options.map?.sheet) === undefined)
    reading.ledger.notice(defect('sheets-left-out', { sheets: shownNames(left) }), { file: source.name });
  for (const table of tables) {
    const name = table.sheet === undefined ? source.name : `${source.name}[${table.sheet}]`;
    await readTable(table, name, kind, ready.options, reading, begin);
  }
};

const readTable = async (
  table: OpenTable,
  file: string,
  kind: RecordKind,
  options: IngestOptions,
  reading: Reading,
  begin: (reader: RowReader, bound: BoundTable) => RowHandler,
): Promise<void> => {
  const { ledger, zone, latestMillis } = reading;
  const bound = bindColumns(table.head, kind, options, {
    ledger,
    file,
    guessedEncoding:
      (options.encoding ?? options.map?.encoding) === undefined ? table.encodingName() : undefined,
  });
  if (ledger.refused) return;
  reading.durations.push(...[...bound.bindings.values()].filter(({ spec }) => spec.type === 'seconds'));
  const repeated = new RepeatedHours(zone);
  const reader = new RowReader({
    file,
    fileIndex: reading.files.length,
    delimiter: table.delimiter,
    bound,
    decoder: table.decoder,
    ledger,
    zone,
    repeated,
    latestMillis,
    dateOrder: options.map?.dateOrder ?? dateOrderOf(table, bound),
    decimal: options.map?.decimal ?? decimalOf(table),
    acceptUnusual: options.acceptUnusual === true,
  });
  const report = { file, encoding: '', rows: 0, accepted: 0, rejected: 0, duplicates: 0, dropped: 0 };
  reading.files.push(report);
  await readRows(table, reader, report, begin(reader, bound));
  for (const binding of reader.clocks) reading.clocks.add(binding);
  reportUnusual(reader, report, reading);
  report.encoding = table.encodingName() + (table.gzip ? ' (gzip)' : '');
  if (report.rows === 0) ledger.refuse(defect('no-rows'), { file });
  if (table.title !== undefined)
    ledger.notice(defect('taken-from-title', { said: Object.values(table.title) }), { file });
  if (table.wide !== undefined) ledger.notice(defect('wide-table', { by: table.wide }), { file });
  if ((table.hiddenRows ?? 0) > 0)
    ledger.notice(defect('hidden-rows-read', { rows: table.hiddenRows ?? 0 }), { file });
  if (repeated.resolved > 0)
    ledger.notice(defect('repeated-hour', { count: repeated.resolved, zone: zone.zone }), {
      file,
      value: wallText(repeated.firstResolved),
    });
};

/** Share of rows from which values beyond what they can be are the column's own, not slips. */
const systematicShare = 0.2;

const reportUnusual = (reader: RowReader, report: FileReport, reading: Reading): void => {
  for (const [binding, count] of reader.unusual) {
    const place = { file: report.file, column: binding.heading };
    if (reader.context.acceptUnusual) {
      const unusual = unusualValue(binding, { count, of: null }, true);
      reading.ledger.warn(defect('unusual-value', unusual), place);
      reading.accepted.push(ingestFinding('unusual-value', unusual));
    } else if (count > Math.max(3, systematicShare * report.rows))
      reading.ledger.refuse(
        defect('unusual-value', unusualValue(binding, { count, of: report.rows })),
        place,
      );
  }
};

const readRows = async (
  table: OpenTable,
  reader: RowReader,
  report: FileReport,
  handle: RowHandler,
): Promise<void> => {
  const { bound, ledger, file } = reader.context;
  const isDecoration = decorationOf(bound.headings, table.decoder);
  const passed = (row: RawRow): boolean => {
    if (row.line <= bound.headingLine || isBlank(row)) return true;
    report.rows += 1;
    if (isDecoration(row)) {
      report.dropped += 1;
      return true;
    }
    if (reader.begin(row, table.format === 'xlsx' || table.ragged === true)) handle(reader);
    return counted();
  };
  const counted = (): boolean => {
    if (reader.bad) report.rejected += 1;
    else if (reader.dropped) report.dropped += 1;
    else report.accepted += 1;
    return !ledger.refused;
  };
  const { plain } = reader;
  const plainSink = plain && {
    scan: plain.scan,
    row: (row: RawRow): boolean => {
      if (row.line <= bound.headingLine) return true;
      report.rows += 1;
      reader.beginPlain(row);
      plain.take();
      return counted();
    },
  };
  const broken = (row: RawRow): boolean => {
    if (row.line <= bound.headingLine) return true;
    report.rows += 1;
    report.rejected += 1;
    const shown = table.decoder.show(
      row.bytes,
      row.recordStart,
      Math.min(row.recordEnd, row.recordStart + 2000),
    );
    const masked = reader.hasSecrets ? '***' : maskLikelyPersonal(shown);
    ledger.rejectRow(defect('unterminated-quote'), { file, row: row.line, value: masked }, () => masked);
    return !ledger.refused;
  };
  await table.read({ row: passed, brokenRow: broken, plain: plainSink });
  if (report.dropped > 0) ledger.notice(defect('rows-dropped', { count: report.dropped }), { file });
};

const isBlank = (row: RawRow): boolean => {
  for (let cell = 0; cell < row.count; cell += 1)
    if ((row.ends[cell] ?? 0) > (row.starts[cell] ?? 0)) return false;
  return true;
};

const dateOrderOf = (table: OpenTable, bound: BoundTable): DateOrder | undefined => {
  const times = [...bound.bindings.values()].filter(
    ({ spec }) => spec.type === 'time' || spec.type === 'date',
  );
  const samples = table.head
    .filter((row) => row.line > bound.headingLine)
    .flatMap((row) => times.map(({ columns }) => row.cells[columns[0] ?? 0] ?? ''));
  return guessDateOrder(samples);
};

/** A comma that parts columns cannot part fractions as well, unless every such cell were quoted. */
const decimalOf = (table: OpenTable): DecimalMark =>
  table.delimiter === ',' ? '.' : guessDecimalMark(table.head.flatMap(({ cells }) => cells));

const limitsOf = (options: { readonly limits?: Partial<IngestLimits> | undefined }): IngestLimits => ({
  ...defaultLimits,
  ...options.limits,
});
