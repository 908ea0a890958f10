import type { Sayable } from '../../src/kernel/finding.ts';
import { english, remedyOf } from '../support/said.ts';
import { describe, expect, test } from 'vitest';
import { backtestDocumentSchema } from '../../src/contract/documents/accuracy-document.ts';
import { forecastDocumentSchema } from '../../src/contract/documents/forecast-document.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { runBacktest } from '../../src/planning/run-backtest.ts';
import { runForecastFile } from '../../src/planning/run-forecast-file.ts';

const first = '2026-01-05';

const series = (days: number, heading = 'ts,y'): string => {
  const random = seededRandom(2);
  const rows = [heading];
  for (let d = 0; d < days; d += 1) {
    const date = addDays(first, d);
    if (weekdayOf(date) === 6) continue;
    for (let h = 8; h < 18; h += 1)
      rows.push(`${date} ${String(h).padStart(2, '0')}:00:00,${random.poisson(60)}`);
  }
  return rows.join('\n');
};

const problemsOf = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof BadInputError) return error.problems.map((p) => p.rule);
    throw error;
  }
  return [];
};

test('the last full weeks, from Monday, every usually open interval once', () => {
  const { csv, daysCsv, document } = runBacktest(series(100), { origins: 4 });
  const rows = csv.trim().split('\n');
  expect(rows[0]).toBe('queue,origin,start,mean,q025,q10,q50,q90,q975');
  expect(rows).toHaveLength(1 + 4 * 6 * 10);
  expect(new Set(rows.slice(1).map((r) => r.split(',')[1]))).toEqual(
    new Set(['2026-03-16', '2026-03-23', '2026-03-30', '2026-04-06']),
  );
  expect(rows[1]!.split(',')[2]).toBe('2026-03-16T08:00:00');
  expect(daysCsv.trim().split('\n')).toHaveLength(1 + 4 * 6);
  backtestDocumentSchema.parse(document);
  expect(document.queues[0]!.scoredIntervals).toBe(240);
  expect(document.queues[0]!.wape!).toBeLessThan(0.14);
});

test('a gap moves the origin back and scores the same weeks', () => {
  const { csv } = runBacktest(series(100), { origins: 2, gapDays: 21 });
  const row = csv.split('\n')[1]!.split(',');
  expect(row.slice(1, 3)).toEqual(['2026-03-09', '2026-03-30T08:00:00']);
});

test('as of noon: rows from noon on', () => {
  const { csv } = runBacktest(series(100), { origins: 1, asOf: '12:00' });
  const starts = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((r) => r.split(',')[2]!.slice(11, 16));
  expect(starts).toHaveLength(6 * 6);
  expect(Math.min(...starts.map((s) => Number(s.slice(0, 2))))).toBe(12);
});

test('the same input gives the same bytes', () => {
  expect(runBacktest(series(70), { origins: 2 }).csv).toBe(runBacktest(series(70), { origins: 2 }).csv);
});

test('a forecast of the file follows its last day, in its own steps or coarser ones', () => {
  const { csv, document } = runForecastFile(series(62), { days: 7 });
  forecastDocumentSchema.parse(document);
  expect(csv.trim().split('\n')).toHaveLength(1 + 60);
  expect(document.queues[0]!.origin).toBe(addDays(first, 62));
  const daily = runForecastFile(series(62), { days: 7, intervalMinutes: 1440 });
  expect(daily.csv.trim().split('\n')).toHaveLength(1 + 6);
  expect(Math.abs(daily.document.queues[0]!.mean[0]! / 600 - 1)).toBeLessThan(0.1);
});

test('several queues, columns by name', () => {
  const rows = series(62)
    .split('\n')
    .slice(1)
    .flatMap((r) => [`${r},a`, `${r},b`]);
  const { document } = runForecastFile(['when,n,line', ...rows].join('\n'), {
    timeColumn: 'when',
    countColumn: 'n',
    queueColumn: 'line',
  });
  expect(document.queues.map((q) => q.queue)).toEqual(['a', 'b']);
});

describe('bad input', () => {
  test.each([
    ['an empty file', '', 'empty-file'],
    ['a heading alone', 'ts,y\n', 'no-rows'],
    ['no column of times', 'a,y\n1,2', 'missing-time-column'],
    ['no column of counts', 'ts,z\n2026-01-05,2', 'missing-count-column'],
    ['a time that cannot be read', `${series(30)}\n2026-13-45 08:00,5`, 'bad-time'],
    ['a negative count', `${series(30)}\n2026-02-05 08:00:00,-5`, 'bad-count'],
    ['two counts for one time', `${series(30)}\n2026-01-05 08:00:00,999`, 'conflicting-rows'],
    ['two weeks', series(14), 'history-too-short'],
  ])('%s', (_, csv, rule) => {
    expect(problemsOf(() => runForecastFile(csv))).toContain(rule);
  });

  test('row, column, value and remedy are told, all problems at once', () => {
    const csv = `${series(30)}\nyesterday,5\n2026-02-05 08:00:00,-5`;
    try {
      runBacktest(csv);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      const last = csv.split('\n').length;
      expect(error.problems).toMatchObject([
        { row: last - 1, column: 'ts', value: 'yesterday' },
        { row: last, column: 'y', value: '-5' },
      ]);
      for (const p of error.problems)
        expect(remedyOf(p)['zh-CN'].length * remedyOf(p).en.length).toBeGreaterThan(0);
    }
  });

  test('impossible origins and options', () => {
    expect(problemsOf(() => runBacktest(series(60), { origins: ['2026-01-10'] }))).toEqual([
      'history-too-short',
    ]);
    expect(problemsOf(() => runBacktest(series(60), { origins: ['soon'] }))).toEqual(['bad-origin']);
    expect(problemsOf(() => runBacktest(series(60), { horizonDays: 0 }))).toEqual(['bad-number']);
    expect(problemsOf(() => runBacktest(series(60), { asOf: 'noon' }))).toEqual(['bad-as-of']);
    expect(problemsOf(() => runBacktest(series(60), { intervalMinutes: 45 }))).toEqual(['bad-interval']);
  });
});

describe('histories with too little in them', () => {
  const without = (from: number, to: number): string => {
    const gone = new Set(Array.from({ length: to - from }, (_, i) => addDays(first, from + i)));
    return series(62)
      .split('\n')
      .filter((row) => !gone.has(row.slice(0, 10)))
      .join('\n');
  };
  const told = (notices: readonly Sayable[]): string => notices.map(english).join('\n');

  test('three days are refused by forecast and backtest alike', () => {
    expect(problemsOf(() => runForecastFile(series(3)))).toEqual(['history-too-short']);
    expect(problemsOf(() => runBacktest(series(3)))).toEqual(['history-too-short']);
  });

  test('three weeks are forecast from, with a warning that four weeks do without', () => {
    expect(told(runForecastFile(series(21)).document.notices)).toContain('only 20 days');
    expect(told(runForecastFile(series(62)).document.notices)).not.toContain('days long');
  });

  test('a week with no data is told and taken as unknown, by forecast and backtest alike', () => {
    const gap = without(28, 35);
    const said = 'days without data: 2026-02-02 to 2026-02-07 (6 days)';
    expect(told(runForecastFile(gap).document.notices)).toContain(said);
    expect(told(runBacktest(gap, { origins: 1 }).document.notices)).toContain(said);
    expect(told(runForecastFile(series(62)).document.notices)).not.toContain('without data');
    const week = (csv: string): number =>
      runForecastFile(csv).document.queues[0]?.days.reduce((sum, day) => sum + day.mean, 0) ?? 0;
    expect(week(gap) / week(series(62))).toBeCloseTo(1, 1);
  });

  test('a backtest of a week with no data has nothing to score', () => {
    expect(problemsOf(() => runBacktest(without(28, 35), { origins: ['2026-02-02'] }))).toEqual([
      'no-data-to-score',
    ]);
  });

  test('a queue that is not there is told with those that are', () => {
    const rows = series(30)
      .split('\n')
      .slice(1)
      .map((row) => `${row},综合`);
    const csv = ['start,calls,queue', ...rows].join('\n');
    expect(runForecastFile(csv, { queue: '综合' }).document.queues.map(({ queue }) => queue)).toEqual([
      '综合',
    ]);
    expect(problemsOf(() => runForecastFile(csv, { queue: '社保' }))).toEqual(['queue-without-traffic']);
    expect(problemsOf(() => runBacktest(series(30), { queue: '社保' }))).toEqual(['no-queue-column']);
  });
});
