import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, shanghai } from '../support/ingest-options.ts';

const options = { ...shanghai, queue: 'general' };
const days = Array.from({ length: 6 }, (_, d) => `2026-11-0${d + 1},09:00-09:30,50,45,5`);
const tableOf = (...lines: readonly string[]) => ingestTraffic([csv(...lines)], options);
const handleOf = async (...lines: readonly string[]) => {
  const { records, report } = await tableOf(...lines);
  return { report, handle: (records[0]?.handleSecondsTotal ?? Number.NaN) / (records[0]?.answered ?? 0) };
};

describe('headings in two rows, groups over columns', () => {
  test('averages under their group are averages, talk and after-call work together the handle time', async () => {
    const { report, handle } = await handleOf(
      '某市 12345 热线话务月报（2026年11月）,,,,,,',
      '日期,时段,话务量（通）,,,平均时长（秒）,',
      ',,呼入量,接通量,放弃量,通话时长,话后处理时长',
      ...days.map((day) => `${day},180,40`),
    );
    expect(handle).toBeCloseTo(220, 9);
    expect(report.units).toMatchObject([{ field: 'handle_seconds_mean', unit: 'seconds' }]);
    expect(report.problems.map(({ rule }) => rule)).not.toContain('columns-left-out');
  });

  test('whatever the group, the unit and the order of columns', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ['平均时长', '（秒）', 1],
          ['平均用时', '（分钟）', 60],
          ['平均值', '(秒)', 1],
        ) as fc.Arbitrary<[string, string, number]>,
        fc.shuffledSubarray([0, 1], { minLength: 2, maxLength: 2 }),
        fc.integer({ min: 60, max: 400 }),
        fc.integer({ min: 10, max: 90 }),
        async ([group, unit, seconds], order, talk, after) => {
          const names = ['通话时长', '话后处理时长'];
          const cells = [talk, after].map((value) => (value / seconds).toFixed(6));
          const { handle } = await handleOf(
            `日期,时段,话务量（通）,,,${group}${unit},`,
            `,,呼入量,接通量,放弃量,${order.map((i) => names[i]).join(',')}`,
            ...days.map((day) => `${day},${order.map((i) => cells[i]).join(',')}`),
          );
          expect(handle).toBeCloseTo(talk + after, 2);
        },
      ),
      { numRuns: 12, seed: 1 },
    ));

  test('in one row they are read as before', async () => {
    const { handle } = await handleOf(
      '日期,时段,呼入量,接通量,放弃量,平均通话时长（秒）,平均话后处理时长（秒）',
      ...days.map((day) => `${day},180,40`),
    );
    expect(handle).toBeCloseTo(220, 9);
  });
});

test('a column left aside that the plan will miss is a warning that says what is assumed; any other a notice', async () => {
  const told = async (heading: string) =>
    (
      await handleOf(`日期,时段,呼入量,接通量,放弃量,${heading}`, ...days.map((day) => `${day},180`))
    ).report.problems.filter(({ rule }) => rule.endsWith('columns-left-out'));
  expect(await told('通话用的时间')).toMatchObject([
    { rule: 'columns-left-out', severity: 'notice' },
    { rule: 'needed-columns-left-out', severity: 'warning', values: { assumed: 'handle-time' } },
  ]);
  expect(await told('最长排队时间')).toMatchObject([
    { rule: 'columns-left-out' },
    { rule: 'needed-columns-left-out', values: { assumed: 'patience' } },
  ]);
  const rows = Array.from({ length: 6 }, (_, d) => `general,2026-11-0${d + 1} 09:00,30,50,229`);
  const bare = await handleOf('queue,start,interval_minutes,offered,handle_seconds_mean', ...rows);
  expect(bare.report.problems).toContainEqual(
    expect.objectContaining({ rule: 'mean-without-answered', severity: 'warning' }),
  );
  expect(await told('天气')).toMatchObject([{ rule: 'columns-left-out', severity: 'notice' }]);
});

test('no column that may be the handle time goes without a word, whatever it is called and wherever it stands', async () => {
  const syllables = ['甲', '段', '均', '办', '结', '净', '客', '线', 'ph', 'ase ', 'x', 'net ', 'unit '];
  const told = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...syllables), { maxLength: 4 }),
      fc.constantFrom('通话', '处理', '话后', '服务', 'Talk ', 'Handling ', '', ''),
      fc.constantFrom('时长', '用时', '耗时', '时间（秒）', '(秒)', ' time', ' (s)', ' duration', ' secs'),
      fc.constantFrom('', '平均值', '效率指标', '其他', 'Averages'),
      fc.nat(3),
      async (name, kind, length, group, before) => {
        const heading = `${kind}${name.join('')}${length}`.trim();
        const others = Array.from({ length: before }, (_, i) => `备注${i + 1}`);
        const row = (first: string, cell: string, filler: string): string =>
          [first, ...others.map(() => filler), cell].join(',');
        const { report, records } = await tableOf(
          ...(group === '' ? [] : [row('日期,时段,话务量,,', group, '')]),
          [
            group === '' ? '日期,时段,呼入量,接通量,放弃量' : ',,呼入量,接通量,放弃量',
            ...others,
            heading,
          ].join(),
          ...days.map((day, d) => row(day, String(180 + d), '-')),
        );
        const isRead = records.some(({ handleSecondsTotal = 0 }) => handleSecondsTotal > 0);
        const isSaid = report.problems.some(
          ({ rule, severity, values }) =>
            rule === 'needed-columns-left-out' &&
            severity === 'warning' &&
            (values as { readonly assumed?: string }).assumed === 'handle-time' &&
            JSON.stringify(values).includes(heading),
        );
        told.add(isRead ? 'read' : 'said');
        expect([isRead, isSaid], `${group} ${heading}`).toContain(true);
      },
    ),
    { numRuns: 120, seed: 8 },
  );
  expect([...told].toSorted()).toEqual(['read', 'said']);
});
