import { defect } from '../findings/problem-ledger.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Finding } from '../../kernel/finding.ts';
import { kernelProblem } from '../../kernel/kernel-problems.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { isZone } from '../../kernel/time.ts';
import { ingestFinding } from '../findings/ingest-findings.ts';
import { rowsOfText } from '../tables/rows-of-text.ts';
import {
  findSeriesColumns,
  type SeriesColumns,
  type SeriesCsvOptions,
  seriesProblem,
} from './series-columns.ts';
import { coarserStep, detectStep, fillGrid, fillSilence } from './series-grid.ts';
import {
  gatherTotals,
  readSeriesRows,
  type SeriesRow,
  type SeriesTotals,
  type TotalsOf,
  totalsOfRows,
} from './series-rows.ts';

export interface SeriesCsv {
  readonly intervalMinutes: number;
  /** Grid per queue; the queue of a file without a queue column is ''. */
  readonly queues: ReadonlyMap<string, DayGrid>;
  /** Which column was taken for what, where headings were read by their meaning. */
  readonly notices: readonly Finding[];
}

/** The rows of a series file, whatever they are counts of. */
interface SeriesTable {
  readonly rows: Map<string, SeriesRow[]>;
  readonly dateOnly: boolean;
  readonly columns: SeriesColumns;
  readonly place: Partial<Problem>;
}

const readTable = (csv: string, options: SeriesCsvOptions): SeriesTable => {
  const place: Partial<Problem> = options.file === undefined ? {} : { file: options.file };
  if (csv.trim() === '') throw new BadInputError([seriesProblem(defect('empty-file'), place)]);
  const zone = options.timezone;
  if (zone !== undefined && !isZone(zone))
    throw new BadInputError([kernelProblem('--timezone', 'unknown-zone', zone)]);
  const table = rowsOfText(csv);
  const columns = findSeriesColumns(table.rows, options, place);
  const { rows, problems, dateOnly } = readSeriesRows(table.rows, columns, place, options);
  for (const { line, wrong } of table.broken)
    problems.push(seriesProblem(wrong, { ...place, row: line, ...options.placeOf?.(line - 1) }));
  if (rows.size === 0 && problems.length === 0) problems.push(seriesProblem(defect('no-rows'), place));
  if (problems.length > 0) throw new BadInputError(problems);
  return { rows, dateOnly, columns, place };
};

/** What a table's rows are totals of; undefined for days or intervals, and where days are asked for by name. */
const totalsIn = ({ rows }: SeriesTable, options: SeriesCsvOptions): TotalsOf | undefined =>
  options.intervalMinutes === undefined ? totalsOfRows(rows) : undefined;

const notDays = (by: TotalsOf, { place, columns }: SeriesTable): BadInputError =>
  new BadInputError([
    seriesProblem(defect('totals-of-periods', { by }), {
      ...place,
      column: columns.names[columns.time[0] ?? -1] ?? '',
    }),
  ]);

/**
 * Reads `time,count[,queue]` in any column order to one grid per queue. Every problem is found before any is
 * thrown (at most 200): unreadable times, counts below zero, two counts for one time. Totals of weeks or months are
 * refused.
 */
export const readSeriesCsv = (csv: string, options: SeriesCsvOptions = {}): SeriesCsv => {
  const table = readTable(csv, options);
  const by = totalsIn(table, options);
  if (by !== undefined) throw notDays(by, table);
  return gridsOf(table, options);
};

/** The same, but totals of weeks or months are taken as what they are. */
export const readSeriesOrTotals = (csv: string, options: SeriesCsvOptions = {}): SeriesCsv | SeriesTotals => {
  const table = readTable(csv, options);
  const by = totalsIn(table, options);
  if (by === undefined) return gridsOf(table, options);
  if (by === 'longer') throw notDays(by, table);
  return gatherTotals(table.rows, by, table.place);
};

const gridsOf = ({ rows, dateOnly, columns, place }: SeriesTable, options: SeriesCsvOptions): SeriesCsv => {
  const own = detectStep(rows, dateOnly);
  const wanted = options.intervalMinutes ?? own;
  if (wanted % own !== 0 || 1440 % wanted !== 0) throw new BadInputError([badInterval(place, own, wanted)]);
  const problems: Problem[] = [];
  const queues = new Map<string, DayGrid>();
  for (const [queue, list] of rows)
    queues.set(queue, gridOf(list, own, wanted, place, problems, options.timezone));
  if (problems.length > 0) throw new BadInputError(problems);
  return { intervalMinutes: wanted, queues, notices: guessNotices(columns) };
};

const gridOf = (
  rows: readonly SeriesRow[],
  own: number,
  wanted: number,
  place: Partial<Problem>,
  problems: Problem[],
  zone: string | undefined,
): DayGrid => {
  const grid = fillGrid(rows, own, place, problems, zone);
  fillSilence(grid);
  return wanted === own ? grid : coarserStep(grid, wanted);
};

const guessNotices = ({ guessed, names, time, count, queue }: SeriesColumns): Finding[] => {
  if (guessed.length === 0) return [];
  const at = (columns: readonly number[]): string => columns.map((column) => names[column] ?? '').join(' + ');
  return [
    ingestFinding('series-columns-guessed', {
      time: at(time),
      count: at([count]),
      queue: queue < 0 ? null : at([queue]),
    }),
  ];
};

const badInterval = (place: Partial<Problem>, fileMinutes: number, wanted: number): Problem =>
  seriesProblem(defect('bad-interval', { fileMinutes, wanted }), {
    ...place,
    path: '--interval',
    value: String(wanted),
  });
