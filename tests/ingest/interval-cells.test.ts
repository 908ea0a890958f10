import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ingestTraffic } from '../support/ingested.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { csv, inShanghai, shanghai } from '../support/ingest-options.ts';
import { sweep } from '../support/sweep.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const dateForms = [
  '2026-09-14',
  '2026/9/14',
  '2026/09/14',
  '2026.9.14',
  '2026年9月14日',
  '20260914',
] as const;
const separators = ['-', ' - ', '~', '～', '—', '–', '至', '到', ' -', '- '] as const;
const hourForms = [two, String] as const;
const steps = [15, 30, 60] as const;

const interval = (
  minute: number,
  step: number,
  separator: string,
  hour: (n: number) => string,
  lastEnd = '00:00',
): string => {
  const clock = (m: number): string => `${hour(Math.floor(m / 60))}:${two(m % 60)}`;
  const end = minute + step;
  return `${clock(minute)}${separator}${end === 1440 ? lastEnd : clock(end)}`;
};

/** A whole day of one step; the count of a row is its number in the day. */
const dayOf = (date: string, step: number, cell: (minute: number) => string, joined: boolean): string[] => [
  joined ? 'queue,start,offered' : 'queue,日期,时段,人工请求量',
  ...Array.from(
    { length: 1440 / step },
    (_, i) => `a,${date}${joined ? ' ' : ','}${cell(i * step)},${i + 1}`,
  ),
];

const forms = dateForms.flatMap((date) =>
  separators.flatMap((separator) =>
    hourForms.flatMap((hour) => steps.map((step) => ({ date, separator, padded: hour === two, step, hour }))),
  ),
);

describe('a stretch of local time beside its date', () => {
  it.each(sweep(forms, ({ step, date }) => step === 30 && date !== '2026.9.14'))(
    '$date, "$separator", padded $padded, $step minutes',
    async ({ date, separator, hour, step }) => {
      for (const joined of [true, false]) {
        const lines = dayOf(date, step, (minute) => interval(minute, step, separator, hour), joined);
        const { records } = await ingestTraffic([csv(...lines)], shanghai);
        expect(
          records.map(({ startMillis, intervalMinutes, offered }) => [startMillis, intervalMinutes, offered]),
        ).toEqual(
          Array.from({ length: 1440 / step }, (_, i) => [
            inShanghai('2026-09-14 00:00') + i * step * 60_000,
            step,
            i + 1,
          ]),
        );
        for (const options of [{}, { timezone: 'Asia/Shanghai' }, { timezone: 'America/New_York' }]) {
          const series = readSeriesCsv(lines.join('\n'), options);
          expect(series.intervalMinutes).toBe(step);
          expect(series.queues.get('a')?.firstDate).toBe('2026-09-14');
          expect([...(series.queues.get('a')?.values ?? [])]).toEqual(
            Array.from({ length: 1440 / step }, (_, i) => i + 1),
          );
        }
      }
    },
  );

  it('is read alike by both readers wherever it begins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.constantFrom('00:00', '0:00', '24:00'),
        fc.nat(),
        async ({ date, separator, hour, step }, lastEnd, at) => {
          const minute = (at % (1440 / step)) * step;
          const lines = [
            'queue,start,offered',
            `a,${date} ${interval(minute, step, separator, hour, lastEnd)},7`,
          ];
          const { records } = await ingestTraffic([csv(...lines)], shanghai);
          expect(records).toEqual([
            {
              queue: 'a',
              startMillis: inShanghai('2026-09-14 00:00') + minute * 60_000,
              intervalMinutes: step,
              offered: 7,
            },
          ]);
          const series = readSeriesCsv(lines.join('\n'), { timezone: 'Asia/Shanghai' });
          const grid = series.queues.get('a');
          const slot = [...(grid?.values ?? [])].indexOf(7);
          expect([grid?.firstDate, slot * series.intervalMinutes]).toEqual([
            '2026-09-14',
            minute - (minute % series.intervalMinutes),
          ]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(['2026-09-14T09:30:00-10:00', '2026-09-14T09:30-10:00', '2026-09-14 09:30:00-10:00'])(
    '%s carries an offset',
    async (start) => {
      const lines = ['queue,start,interval_minutes,offered', `a,${start},30,7`];
      const { records } = await ingestTraffic([csv(...lines)], shanghai);
      expect(records[0]?.startMillis).toBe(inShanghai('2026-09-15 03:30'));
      const grid = readSeriesCsv(lines.join('\n'), { timezone: 'Asia/Shanghai' }).queues.get('a');
      expect(grid?.firstDate).toBe('2026-09-15');
    },
  );

  it('is refused by both readers when it would run on past midnight for hours', async () => {
    const lines = ['queue,start,offered', 'a,2026-09-14 08:00-05:00,7'];
    await expect(ingestTraffic([csv(...lines)], shanghai)).rejects.toThrow();
    expect(() => readSeriesCsv(lines.join('\n'))).toThrow();
    expect(() => readSeriesCsv(lines.join('\n'), { timezone: 'Asia/Shanghai' })).toThrow();
  });
});
