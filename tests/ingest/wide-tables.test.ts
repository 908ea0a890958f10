import { messageOf, remedyOf } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { ingestTraffic } from '../support/ingested.ts';
import { type IngestOptions, parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { csv, guess, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';

const oneQueue = { ...shanghai, queue: 'general' };
const named = { ...shanghai, queueAliases: { 综合: 'general', 社保: 'insurance' } };
const read = async (lines: readonly string[], options: IngestOptions = oneQueue) => {
  const { records, report } = await ingestTraffic([csv(...lines)], options);
  const rows = records.map(({ queue, startMillis, offered }) => [queue, startMillis, offered]);
  return { rows, report };
};
const at = (queue: string, wall: string, offered: number) => [queue, inShanghai(wall), offered];
const monday = [
  at('general', '2026-11-23 08:00', 5),
  at('general', '2026-11-23 08:30', 6),
  at('general', '2026-11-24 08:00', 7),
  at('general', '2026-11-24 08:30', 8),
];

describe('a column of figures for every day, time of day, weekday or queue', () => {
  it.each([
    ['days', ['时段,2026-11-23,2026-11-24,合计', '8:00-8:30,5,7,12', '8:30-9:00,6,8,14', '合计,11,15,26']],
    [
      'times of day',
      [
        '某市热线,,,,,',
        '日期,8:00,8:30,9:00,9:30,合计',
        '2026-11-23,5,6,,,11',
        '2026-11-24,7,8,,,15',
        '总计,12,14,,,26',
      ],
    ],
    [
      'weekdays beside the date of their week',
      ['周次,时段,周一,周二,周三,周四,周五', '2026-11-25,8:00-8:30,5,7,,,', '2026-11-25,8:30-9:00,6,8,,,'],
    ],
  ])('%s', async (_, lines) => {
    const { rows, report } = await read(lines);
    expect(rows).toEqual(monday);
    expect(report.problems.map(({ rule }) => rule)).toContain('wide-table');
  });

  it('queues by the names that the hotline gives them, and an absent figure is no row', async () => {
    const lines = [
      '日期,时段,综合,社保,合计',
      '2026-11-23,8:00,5,2,7',
      '2026-11-23,8:30,6,,6',
      '合计,,11,2,13',
    ];
    const { rows } = await read(lines, named);
    expect(rows).toEqual([
      at('general', '2026-11-23 08:00', 5),
      at('general', '2026-11-23 08:30', 6),
      at('insurance', '2026-11-23 08:00', 2),
    ]);
    const found = await guess(csv(...lines), 'auto', { queueNames: ['综合', '社保'] });
    expect(found).toMatchObject({
      kind: 'traffic',
      missing: [],
      queues: ['综合', '社保'],
      intervalMinutes: 30,
    });
  });

  it('queues that only the map file names', async () => {
    const lines = ['开始时间,东区,西区', '2026-11-23 08:00,5,2', '2026-11-23 08:30,6,3'];
    const map = parseMapFile({
      columns: { start: '开始时间' },
      wide: { columns: ['东区', '西区'], as: 'queue' },
    });
    const { rows } = await read(lines, { ...shanghai, map });
    expect(rows).toHaveLength(4);
    expect(rows[0]).toEqual(at('东区', '2026-11-23 08:00', 5));
    const missing = await refusal(ingestTraffic([csv(...lines)], shanghai));
    expect(
      remedyOf(missing.find((one) => one.rule === 'missing-column' && messageOf(one).en.includes('offered')))
        .en,
    ).toContain('wide');
    expect(() => parseMapFile({ wide: { columns: ['东区'], as: 'queue', value: 'figures' } })).toThrow();
  });

  it('a bad cell is told with its row and the heading above it', async () => {
    const lines = ['时段,2026-11-23,2026-11-24', '8:00,5,7', '8:30,6,-8'];
    expect(await refusal(ingestTraffic([csv(...lines)], oneQueue))).toContainEqual(
      expect.objectContaining({ rule: 'negative-count', row: 3, column: '2026-11-24', value: '-8' }),
    );
  });

  it('weekdays without a date are not guessed at, and a table with a row per figure stays as it is', async () => {
    const undated = ['时段,周一,周二,周三,周四,周五', '8:00,5,7,1,1,1', '8:30,6,8,1,1,1'];
    const problems = await refusal(ingestTraffic([csv(...undated)], oneQueue));
    expect(problems.map(({ rule }) => rule)).toContain('missing-column');
    const usual = ['queue,start,offered', 'a,2026-11-23 08:00,5', 'a,2026-11-23 08:30,6'];
    expect((await read(usual)).report.problems.map(({ rule }) => rule)).not.toContain('wide-table');
  });
});
