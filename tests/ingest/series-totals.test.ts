import { describe, expect, it } from 'vitest';
import { readSeriesCsv, readSeriesOrTotals } from '../../src/ingest/series/series-csv.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';
import { aheadOf, filePeriods } from '../../src/planning/forecasts/series-options.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv as fileOf, refusal, shanghai } from '../support/ingest-options.ts';
import { problemsOf } from '../support/problems-of.ts';

const table = (times: readonly string[], heading = 'date'): string =>
  [`${heading},calls`, ...times.map((time, i) => `${time},${1000 + i}`)].join('\n');

const refused = (read: () => unknown) => problemsOf((async () => read())());

const months = ['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01'];

describe('rows that lie weeks or months apart', () => {
  it.each([
    [months, 'month'],
    [months.map((date) => date.slice(0, 7)), 'month'],
    [['2025年1月', '2025年2月', '2025年3月', '2025年4月'], 'month'],
    [['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30'], 'month'],
    [['2025-W01', '2025-W02', '2025-W03', '2025-W04'], 'week'],
    [['2025-01-05', '2025-01-12', '2025-01-19', '2025-02-02'], 'week'],
  ] as const)('are totals, and no calls of a day: %s', async (times, by) => {
    const csv = table(times);
    const read = readSeriesOrTotals(csv);
    expect(read).toMatchObject({ by });
    expect([...(read.queues.get('') as Map<number, number>).values()]).toEqual(times.map((_, i) => 1000 + i));
    expect(await refused(() => readSeriesCsv(csv))).toMatchObject([
      { rule: 'totals-of-periods', column: 'date', values: { by } },
    ]);
  });

  it('name a month by any of its days', () => {
    const read = readSeriesOrTotals(table(['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30']));
    expect([...(read.queues.get('') as Map<number, number>).keys()][1]).toBe(dayNumber('2025-02-01'));
  });

  it('are refused where they are quarters or years', async () => {
    const quarters = table(['2024-01-01', '2024-04-01', '2024-07-01', '2024-10-01']);
    expect(await refused(() => readSeriesOrTotals(quarters))).toMatchObject([
      { rule: 'totals-of-periods', values: { by: 'longer' } },
    ]);
  });

  it('are days where they are asked for by name, or lie closer', () => {
    expect(readSeriesCsv(table(months), { intervalMinutes: 1440 }).intervalMinutes).toBe(1440);
    expect(readSeriesCsv(table(['2025-01-01', '2025-01-03', '2025-01-06', '2025-01-08'])).queues.size).toBe(
      1,
    );
    expect(readSeriesCsv(table(['2025-01-01', '2025-02-01'])).queues.size).toBe(1);
  });

  it('cannot have two totals of one month', async () => {
    const twice = table(['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01', '2025-04-01']);
    expect(await refused(() => readSeriesOrTotals(twice))).toMatchObject([
      { rule: 'conflicting-rows', row: 6, value: '1004' },
    ]);
  });
});

describe('traffic by weeks or months', () => {
  const rows = months.map((date, i) => `a,${date},${3000 + i}`);
  const file = () => fileOf('queue,start,offered', ...rows);

  it('is questioned before it is taken for calls of single days', async () => {
    const problems = (await refusal(ingestTraffic([file()], shanghai))).filter(
      ({ severity }) => severity === 'error',
    );
    expect(problems).toMatchObject([
      { rule: 'totals-not-days', file: 'traffic.csv', column: 'start', values: { by: 'month' } },
    ]);
  });

  it('so are weeks, where the clock skips the midnight of one of them', async () => {
    const weeks = Array.from({ length: 6 }, (_, i) => `a,${addDays('2018-10-21', 7 * i)},${3000 + i}`);
    const brazil = { ...shanghai, zone: 'America/Sao_Paulo' };
    expect(await refusal(ingestTraffic([fileOf('queue,start,offered', ...weeks)], brazil))).toContainEqual(
      expect.objectContaining({ rule: 'totals-not-days', values: { by: 'week' } }),
    );
  });

  it('goes in where it is confirmed', async () => {
    const { records } = await ingestTraffic([file()], { ...shanghai, acceptUnusual: true });
    expect(records).toHaveLength(5);
  });
});

describe('weeks that begin on a Sunday', () => {
  it('go on from Sunday to Sunday', () => {
    const dates = Array.from({ length: 20 }, (_, i) => addDays('2025-01-05', 7 * i));
    const series = filePeriods(table(dates), 'week', {});
    const [queue] = [...series.queues.values()];
    expect(queue?.origin).toBe(addDays('2025-01-05', 140));
    const ahead = aheadOf(queue ?? { origin: '', past: [] }, 'week', 2, series.calendar);
    expect(ahead.map(({ start }) => start)).toEqual([addDays('2025-01-05', 140), addDays('2025-01-05', 147)]);
  });

  it('leave out what lies behind a first day not to be used, and step over what is not there', () => {
    const series = (from: string) => filePeriods(table(months), 'month', {}, from).queues.get('')?.past ?? [];
    expect(series('2025-04-15').map(({ start }) => start)).toEqual([
      '2025-01-01',
      '2025-02-01',
      '2025-03-01',
    ]);
    expect(series('2025-08-01').map(({ knownDays }) => knownDays > 0)).toEqual([
      ...[true, true, true, true, true],
      ...[false, false],
    ]);
  });
});
