import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessColumns } from '../../src/ingest/columns/guess-columns.ts';
import { ingestCalls } from '../../src/ingest/kinds/ingest-calls.ts';
import { csv, shanghai } from '../support/ingest-options.ts';
import { ingestTraffic } from '../support/ingested.ts';

const calls = Array.from(
  { length: 40 },
  (_, i) => [`2026-11-0${(i % 6) + 1} 09:${10 + i}:00`, i, 60 + i, 20 + i, 5] as const,
);

test('talk, hold and work after the call of call records make the handle time, whatever they are called', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'Wait (s)',
        'Queue time',
        '等待',
        '排队等待时长（秒）',
        'Time waiting',
        '接通等待时长(秒)',
      ),
      fc.constantFrom(
        'Talk (s)',
        'Talk',
        'Talk time',
        'Conversation (sec)',
        '通话',
        '通话用时(秒)',
        '人工通话(秒)',
        'Talking time',
      ),
      fc.constantFrom(
        'Wrap-up (s)',
        'Wrap',
        'ACW',
        'After-call work (s)',
        '话后处理',
        '后处理(秒)',
        '整理',
        '话后整理时间',
        'Wrap up time',
      ),
      fc.constantFrom('Hold (s)', 'On hold', '保持时长', '客户保持(秒)'),
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }),
      async (wait, talk, wrap, hold, order) => {
        const names = [wait, talk, wrap, hold];
        const file = csv(
          `Queue,Start Time,Result,${order.map((i) => names[i]).join(',')}`,
          ...calls.map(([at, ...figures]) => `热线,${at},Answered,${order.map((i) => figures[i]).join(',')}`),
        );
        const { records, report } = await ingestCalls([file], shanghai);
        const sum = [...records].reduce((total, { handleSecondsTotal = 0 }) => total + handleSecondsTotal, 0);
        const waited = [...records].reduce((total, { waitSecondsTotal = 0 }) => total + waitSecondsTotal, 0);
        expect(sum).toBe(calls.reduce((total, [, , a, b, c]) => total + a + b + c, 0));
        expect(waited).toBe(calls.reduce((total, [, own]) => total + own, 0));
        expect(report.problems.map(({ rule }) => rule)).not.toContain('columns-left-out');
      },
    ),
    { numRuns: 60, seed: 1 },
  ));

const half = Array.from({ length: 6 }, (_, d) => [`2026-11-0${d + 1}`, '09:00-09:30', '50', '45', '5']);

test('of two columns of work after the call one counts, since both may hold the same seconds', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(['ACW (s)', 'Wrap-up (s)'], ['话后处理时长', '整理时长'], ['After-call work', 'Wrap']),
      async (both) => {
        const file = csv(
          `Queue,Start Time,Result,Wait,Talk,${both.join(',')}`,
          ...calls.map(([at, wait, talk, wrap]) => `热线,${at},Answered,${wait},${talk},${wrap},${wrap}`),
        );
        const { records } = await ingestCalls([file], shanghai);
        const sum = [...records].reduce((total, { handleSecondsTotal = 0 }) => total + handleSecondsTotal, 0);
        expect(sum).toBe(calls.reduce((total, [, , talk, wrap]) => total + talk + wrap, 0));
      },
    ),
    { numRuns: 10 },
  ));

test('a heading that is merged downwards stands in both rows, and the group beside it is read all the same', async () => {
  const { records } = await ingestTraffic(
    [
      csv(
        '日期,时段,话务量,,,平均时长（秒）,',
        '日期,时段,呼入量,接通量,放弃量,通话,话后处理',
        ...half.map((row) => `${row.join(',')},180,40`),
      ),
    ],
    { ...shanghai, queue: 'general' },
  );
  expect((records[0]?.handleSecondsTotal ?? 0) / 45).toBeCloseTo(220, 9);
});

test('as long as no column is the handle time, any column of durations that is left is asked about', async () => {
  const asked = async (heading: string, cell = '180') => {
    const rows = half.map((row) => `${row.join(',')},${cell}`);
    const { report } = await ingestTraffic([csv(`日期,时段,呼入量,接通量,放弃量,${heading}`, ...rows)], {
      ...shanghai,
      queue: 'general',
    });
    return report.problems.flatMap(({ rule, severity, values }) =>
      rule === 'needed-columns-left-out' && severity === 'warning'
        ? [(values as { readonly assumed?: string } | undefined)?.assumed]
        : [],
    );
  };
  for (const heading of ['均时(秒)', '后处理', 'Phase A (s)', '单次耗时', 'Call length', 'Wrap-up (s)'])
    expect(await asked(heading), heading).toContain('handle-time');
  for (const heading of ['结束时间', '天气', '排队人数', '最长排队时间', '满意度(分)%'])
    expect(await asked(heading, heading === '结束时间' ? '09:30:00' : '18'), heading).not.toContain(
      'handle-time',
    );
});

test('how long a test call waited for an operator is known by its words', async () => {
  for (const heading of [
    '接通等待时长(秒)',
    '等待接通时间',
    '人工应答用时',
    '振铃等待(秒)',
    'Wait (s)',
    '转人工等待时长',
  ]) {
    const file = csv(
      `拨测时间,热线,是否接通,${heading},备注`,
      '2026-11-16 09:47,12345,是,19,',
      '2026-11-17 10:32,12345,否,,占线',
    );
    const { columns } = await guessColumns(file, 'auto', { unpacker: shanghai.unpacker });
    expect(columns[3], heading).toMatchObject({ guess: 'seconds_to_operator' });
  }
});
