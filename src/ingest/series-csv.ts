import { BadInputError, nothingThere, shorten, type Problem } from '../kernel/errors.ts';
import { emptyDayGrid, type DayGrid } from '../kernel/interval-series.ts';
import { text } from '../kernel/text.ts';
import { dateOfDayNumber, dayNumber, isPlainDate } from '../kernel/time.ts';

/** How to read a bare series file; what is left out is detected. */
export interface SeriesCsvOptions {
  readonly timeColumn?: string;
  readonly countColumn?: string;
  readonly queueColumn?: string;
  /** Interval to aggregate to, minutes (a multiple of the file's own step that divides a day; 1440: days). */
  readonly intervalMinutes?: number;
  /** IANA zone whose wall clock rules out impossible hours; left out, times are a plain wall clock. */
  readonly timezone?: string;
  readonly file?: string;
}

export interface SeriesCsv {
  readonly intervalMinutes: number;
  /** Grid per queue; the queue of a file without a queue column is ''. */
  readonly queues: ReadonlyMap<string, DayGrid>;
}

const timeNames = ['start', 'ts', 't', 'timestamp', 'time', 'date', 'datetime'];
const countNames = ['calls', 'offered', 'y', 'count', 'volume'];
const steps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];

const problem = (
  rule: string,
  place: Partial<Problem>,
  chinese: string,
  english: string,
  remedyChinese: string,
  remedyEnglish: string,
): Problem => ({
  rule,
  severity: 'error',
  ...place,
  message: text(chinese, english),
  remedy: text(remedyChinese, remedyEnglish),
});

const splitLine = (line: string): string[] => {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (line[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      cells.push(cell);
      cell = '';
    } else cell += c;
  }
  cells.push(cell);
  return cells;
};

interface Columns {
  readonly time: number;
  readonly count: number;
  readonly queue: number;
  readonly names: readonly string[];
}

const findColumns = (heading: string, options: SeriesCsvOptions, place: Partial<Problem>): Columns => {
  const names = splitLine(heading.replace(/^\uFEFF/, '')).map((name) => name.trim());
  const lower = names.map((name) => name.toLowerCase());
  const find = (wanted: string | undefined, usual: readonly string[]): number => {
    if (wanted !== undefined) return names.indexOf(wanted);
    for (const name of usual) if (lower.includes(name)) return lower.indexOf(name);
    return -1;
  };
  const time = find(options.timeColumn, timeNames);
  const count = find(options.countColumn, countNames);
  const queue = find(options.queueColumn, ['queue']);
  const missing: Problem[] = [];
  const found = { ...place, row: 1, value: shorten(names.join(',')) };
  if (time < 0) {
    missing.push(
      problem(
        'missing-time-column',
        found,
        options.timeColumn === undefined ? '找不到时间列' : `没有名为「${options.timeColumn}」的时间列`,
        options.timeColumn === undefined
          ? 'no time column was found'
          : `there is no time column "${options.timeColumn}"`,
        `用 ${timeNames.join('、')} 之一作列名,或用 --time-column 指定`,
        `name the column one of ${timeNames.join(', ')}, or give --time-column`,
      ),
    );
  }
  if (count < 0) {
    missing.push(
      problem(
        'missing-count-column',
        found,
        options.countColumn === undefined ? '找不到话务量列' : `没有名为「${options.countColumn}」的话务量列`,
        options.countColumn === undefined
          ? 'no column of counts was found'
          : `there is no column of counts "${options.countColumn}"`,
        `用 ${countNames.join('、')} 之一作列名,或用 --count-column 指定`,
        `name the column one of ${countNames.join(', ')}, or give --count-column`,
      ),
    );
  }
  if (options.queueColumn !== undefined && queue < 0) {
    missing.push(
      problem(
        'missing-queue-column',
        found,
        `没有名为「${options.queueColumn}」的队列列`,
        `there is no queue column "${options.queueColumn}"`,
        '检查 --queue-column 的写法',
        'check --queue-column',
      ),
    );
  }
  if (missing.length > 0) throw new BadInputError(missing);
  return { time, count, queue, names };
};

const timePattern =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Day number × 1440 + minute of the day; NaN for what is not a time. Days alone are -1 in `minute`. */
const readTime = (cell: string): { day: number; minute: number; dateOnly: boolean } | undefined => {
  const match = timePattern.exec(cell.trim());
  if (match === null) return undefined;
  const pad = (v: string): string => v.padStart(2, '0');
  const date = `${match[1]}-${pad(match[2] ?? '')}-${pad(match[3] ?? '')}`;
  if (!isPlainDate(date)) return undefined;
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  return { day: dayNumber(date), minute: 60 * hour + minute, dateOnly: match[4] === undefined };
};

interface Row {
  readonly row: number;
  readonly at: number;
  readonly count: number;
}

const mostProblems = 200;

interface Reading {
  readonly rows: Map<string, Row[]>;
  readonly problems: Problem[];
  readonly dateOnly: boolean;
}

/** Times of a file repeat little by date: the last date's day number is kept between rows. */
const readRows = (lines: readonly string[], columns: Columns, place: Partial<Problem>): Reading => {
  const rows = new Map<string, Row[]>();
  const problems: Problem[] = [];
  let dateOnly = true;
  const name = (column: number): Partial<Problem> => {
    const found = columns.names[column];
    return found === undefined ? {} : { column: found };
  };
  for (let i = 1; i < lines.length && problems.length < mostProblems; i += 1) {
    const line = lines[i]!;
    if (line.trim() === '') continue;
    const cells = splitLine(line);
    const cell = cells[columns.time] ?? '';
    const time = readTime(cell);
    if (time === undefined) {
      problems.push(
        problem(
          'bad-time',
          { ...place, row: i + 1, ...name(columns.time), value: shorten(cell) },
          '时间无法识别',
          'this is not a time',
          '写成 2026-11-23T08:30:00 或 2026-11-23',
          'write it as 2026-11-23T08:30:00, or 2026-11-23',
        ),
      );
      continue;
    }
    if (!time.dateOnly) dateOnly = false;
    const text = (cells[columns.count] ?? '').trim();
    const blank = text === '' || /^(nan|na|null)$/i.test(text);
    const count = blank ? Number.NaN : Number(text);
    if (!blank && (!Number.isFinite(count) || count < 0)) {
      problems.push(
        problem(
          'bad-count',
          { ...place, row: i + 1, ...name(columns.count), value: shorten(text) },
          count < 0 ? '话务量为负' : '话务量不是数',
          count < 0 ? 'a count below zero' : 'this count is not a number',
          '填非负数;缺失请留空',
          'give a number of at least 0, or leave it empty where it is missing',
        ),
      );
      continue;
    }
    const queue = columns.queue < 0 ? '' : (cells[columns.queue] ?? '').trim();
    let own = rows.get(queue);
    if (own === undefined) {
      own = [];
      rows.set(queue, own);
    }
    own.push({ row: i + 1, at: time.day * 1440 + time.minute, count });
  }
  return { rows, problems, dateOnly };
};

/** Smallest step between consecutive times that the file uses, as a divisor of the day. */
const detectStep = (rows: ReadonlyMap<string, Row[]>, dateOnly: boolean): number => {
  if (dateOnly) return 1440;
  let common = 1440;
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  for (const own of rows.values()) {
    let last = -1;
    for (const row of own) {
      if (last >= 0 && row.at !== last) common = gcd(Math.abs(row.at - last), common);
      last = row.at;
    }
  }
  return steps.findLast((step) => common % step === 0) ?? 1;
};

const fillGrid = (
  own: readonly Row[],
  step: number,
  place: Partial<Problem>,
  problems: Problem[],
): DayGrid => {
  let first = Infinity;
  let last = -Infinity;
  for (const row of own) {
    first = Math.min(first, row.at);
    last = Math.max(last, row.at);
  }
  const firstDay = Math.floor(first / 1440);
  const grid = emptyDayGrid(dateOfDayNumber(firstDay), Math.floor(last / 1440) - firstDay + 1, step);
  const offset = own.length === 0 ? 0 : (first % 1440) % step;
  const seen = new Map<number, Row>();
  for (const row of own) {
    const index = Math.floor((row.at - offset - firstDay * 1440) / step);
    const before = seen.get(index);
    if (before !== undefined && before.count !== row.count && !Number.isNaN(before.count + row.count)) {
      problems.push(
        problem(
          'conflicting-rows',
          { ...place, row: row.row, value: String(row.count) },
          `与第 ${before.row} 行时间相同而数值不同(${before.count})`,
          `the same time as row ${before.row} with another count (${before.count})`,
          '删去其中一行;多个队列请用 --queue-column',
          'remove one of the two; for several queues give --queue-column',
        ),
      );
      if (problems.length >= mostProblems) break;
    }
    if (before === undefined || Number.isNaN(before.count)) seen.set(index, row);
    if (!Number.isNaN(row.count)) grid.values[index] = row.count;
  }
  return grid;
};

/** Sums a grid to a coarser step. A coarse slot is a gap where any part that is usually there is missing. */
const coarser = (grid: DayGrid, step: number): DayGrid => {
  const ratio = step / grid.intervalMinutes;
  const out = emptyDayGrid(grid.firstDate, grid.dayCount, step);
  const usual = new Uint8Array(7 * grid.slotsPerDay);
  const known = new Float64Array(7 * grid.slotsPerDay);
  const days = new Float64Array(7);
  const first = dayNumber(grid.firstDate);
  const weekday = (d: number): number => (first + d + 3) % 7;
  for (let d = 0; d < grid.dayCount; d += 1) {
    let any = 0;
    for (let s = 0; s < grid.slotsPerDay; s += 1) {
      if (Number.isNaN(grid.values[d * grid.slotsPerDay + s]!)) continue;
      known[weekday(d) * grid.slotsPerDay + s]! += 1;
      any = 1;
    }
    days[weekday(d)]! += any;
  }
  for (let w = 0; w < 7; w += 1) {
    for (let s = 0; s < grid.slotsPerDay; s += 1) {
      if (known[w * grid.slotsPerDay + s]! * 2 > days[w]!) usual[w * grid.slotsPerDay + s] = 1;
    }
  }
  for (let d = 0; d < grid.dayCount; d += 1) {
    for (let s = 0; s < out.slotsPerDay; s += 1) {
      let sum = 0;
      let parts = 0;
      let lost = false;
      for (let k = 0; k < ratio; k += 1) {
        const fine = s * ratio + k;
        const v = grid.values[d * grid.slotsPerDay + fine]!;
        if (Number.isNaN(v)) lost ||= usual[weekday(d) * grid.slotsPerDay + fine] === 1;
        else {
          sum += v;
          parts += 1;
        }
      }
      if (parts > 0 && !lost) out.values[d * out.slotsPerDay + s] = sum;
    }
  }
  return out;
};

/** Absent intervals of a file that never writes a 0 are zeros where such a silence is likely at that rate. */
const fillSilence = (grid: DayGrid): void => {
  if (grid.slotsPerDay === 1 || grid.values.includes(0)) return;
  const s = grid.slotsPerDay;
  const sums = new Float64Array(s);
  const days = new Float64Array(s);
  for (let d = 0; d < grid.dayCount; d += 1) {
    const row = grid.values.subarray(d * s, (d + 1) * s);
    const first = row.findIndex((v) => !Number.isNaN(v));
    if (first < 0) continue;
    const last = row.findLastIndex((v) => !Number.isNaN(v));
    for (let k = first; k <= last; k += 1) {
      days[k]! += 1;
      sums[k]! += Number.isNaN(row[k]!) ? 0 : row[k]!;
    }
  }
  for (let d = 0; d < grid.dayCount; d += 1) {
    const row = grid.values.subarray(d * s, (d + 1) * s);
    const first = row.findIndex((v) => !Number.isNaN(v));
    const last = row.findLastIndex((v) => !Number.isNaN(v));
    for (let k = first; k >= 0 && k <= last; k += 1) {
      let end = k;
      let expected = 0;
      while (end <= last && Number.isNaN(row[end]!)) {
        expected += sums[end]! / Math.max(1, days[end]!);
        end += 1;
      }
      // A silence that comes less than once in a thousand at the usual rate is a gap.
      if (end > k && expected < 6.9) row.fill(0, k, end);
      if (end > k) k = end;
    }
  }
};

/**
 * Reads `time,count[,queue]` in any column order to one grid per queue. Every problem is found before any is
 * thrown (at most 200): unreadable times, counts below zero, two counts for one time.
 */
export const readSeriesCsv = (csv: string, options: SeriesCsvOptions = {}): SeriesCsv => {
  const place: Partial<Problem> = options.file === undefined ? {} : { file: options.file };
  const lines = csv.split(/\r\n|\n|\r/);
  if (csv.trim() === '') {
    throw new BadInputError([
      {
        rule: 'empty-file',
        severity: 'error',
        ...place,
        message: nothingThere,
        remedy: text('给出含时间列和话务量列的 CSV', 'give a CSV with a column of times and one of counts'),
      },
    ]);
  }
  const columns = findColumns(lines[0]!, options, place);
  const { rows, problems, dateOnly } = readRows(lines, columns, place);
  if (rows.size === 0 && problems.length === 0) {
    problems.push({
      rule: 'no-rows',
      severity: 'error',
      ...place,
      message: text('只有标题行,没有数据', 'there is a heading but no rows'),
      remedy: text('至少给出三周的数据', 'give at least three weeks of data'),
    });
  }
  if (problems.length > 0) throw new BadInputError(problems);
  const own = detectStep(rows, dateOnly);
  const wanted = options.intervalMinutes ?? own;
  if (wanted % own !== 0 || 1440 % wanted !== 0) {
    throw new BadInputError([
      problem(
        'bad-interval',
        { ...place, path: '--interval', value: String(wanted) },
        `无法由文件的 ${own} 分钟间隔得到 ${wanted} 分钟间隔`,
        `the file's steps of ${own} minutes cannot be summed to ${wanted} minutes`,
        `给出 ${own} 的倍数,且能整除 1440`,
        `give a multiple of ${own} that divides 1440`,
      ),
    ]);
  }
  const queues = new Map<string, DayGrid>();
  for (const [queue, list] of rows) {
    const grid = fillGrid(list, own, place, problems);
    fillSilence(grid);
    queues.set(queue, wanted === own ? grid : coarser(grid, wanted));
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return { intervalMinutes: wanted, queues };
};
