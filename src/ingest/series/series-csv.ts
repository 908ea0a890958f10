import { BadInputError, nothingThere, problemAt, type Problem } from '../../kernel/errors.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { text, type Text } from '../../kernel/text.ts';
import { isZone } from '../../kernel/time.ts';
import { findSeriesColumns, type SeriesColumns } from './series-columns.ts';
import { coarser, detectStep, fillGrid, fillSilence } from './series-grid.ts';
import { seriesProblem, type SeriesCsvOptions } from './series-problem.ts';
import { readSeriesRows, type SeriesRow } from './series-rows.ts';

export interface SeriesCsv {
  readonly intervalMinutes: number;
  /** Grid per queue; the queue of a file without a queue column is ''. */
  readonly queues: ReadonlyMap<string, DayGrid>;
  /** What was taken for what, where headings were read by their meaning. */
  readonly notices: readonly Text[];
}

/**
 * Reads `time,count[,queue]` in any column order to one grid per queue. Every problem is found before any is
 * thrown (at most 200): unreadable times, counts below zero, two counts for one time.
 */
export const readSeriesCsv = (csv: string, options: SeriesCsvOptions = {}): SeriesCsv => {
  const place: Partial<Problem> = options.file === undefined ? {} : { file: options.file };
  if (csv.trim() === '') throw new BadInputError([emptySeries(place)]);
  const zone = options.timezone;
  if (zone !== undefined && !isZone(zone)) throw new BadInputError([unknownZone(zone)]);
  const lines = csv.split(/\r\n|\n|\r/);
  const columns = findSeriesColumns(lines, options, place);
  const { rows, problems, dateOnly } = readSeriesRows(lines, columns, place, options);
  if (rows.size === 0 && problems.length === 0) problems.push(noRows(place));
  if (problems.length > 0) throw new BadInputError(problems);
  const own = detectStep(rows, dateOnly);
  const wanted = options.intervalMinutes ?? own;
  if (wanted % own !== 0 || 1440 % wanted !== 0) throw new BadInputError([badInterval(place, own, wanted)]);
  const queues = new Map<string, DayGrid>();
  for (const [queue, list] of rows) queues.set(queue, gridOf(list, own, wanted, place, problems, zone));
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
  return wanted === own ? grid : coarser(grid, wanted);
};

const guessNotices = ({ guessed, names, time, count, queue }: SeriesColumns): Text[] => {
  if (guessed.length === 0) return [];
  const at = (columns: readonly number[]): string => columns.map((column) => names[column] ?? '').join(' + ');
  const parts = [
    ['时间', 'times', at(time)],
    ['话务量', 'counts', at([count])],
    ...(queue < 0 ? [] : [['队列', 'queues', at([queue])]]),
  ] as const;
  return [
    text(
      `按列名识别：${parts.map(([chinese, , name]) => `${chinese}取「${name}」`).join('，')}；不对时请用 --time-column、--count-column、--queue-column 指定。`,
      `Columns were taken by their headings: ${parts.map(([, english, name]) => `${english} from "${name}"`).join(', ')}; if that is wrong, name them with --time-column, --count-column and --queue-column.`,
    ),
  ];
};

const emptySeries = (place: Partial<Problem>): Problem => ({
  rule: 'empty-file',
  severity: 'error',
  ...place,
  message: nothingThere,
  remedy: text('给出含时间列和话务量列的表。', 'Give a table with a column of times and one of counts.'),
});

const noRows = (place: Partial<Problem>): Problem =>
  seriesProblem(
    'no-rows',
    place,
    ['只有标题行，没有数据', 'there is a heading but no rows'],
    ['至少给出三周的数据。', 'Give at least three weeks of data.'],
  );

const unknownZone = (zone: string): Problem =>
  problemAt(
    '--timezone',
    'unknown-zone',
    zone,
    text('没有这个时区', 'there is no such time zone'),
    text('用 IANA 名称，如 Asia/Shanghai。', 'Use an IANA name such as Asia/Shanghai.'),
  );

const badInterval = (place: Partial<Problem>, own: number, wanted: number): Problem =>
  seriesProblem(
    'bad-interval',
    { ...place, path: '--interval', value: String(wanted) },
    [
      `无法由文件的 ${own} 分钟间隔得到 ${wanted} 分钟间隔`,
      `the file's steps of ${own} minutes cannot be summed to ${wanted} minutes`,
    ],
    [`给出 ${own} 的倍数，且能整除 1440。`, `Give a multiple of ${own} that divides 1440.`],
  );
