import { describe, expect, it } from 'vitest';
import { readHolidayCsv } from '../../src/ingest/kinds/holiday-csv.ts';
import { ingestTopics } from '../../src/ingest/kinds/ingest-topics.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { addDays } from '../../src/kernel/time.ts';
import { messageOf } from '../support/said.ts';
import { zipOf } from '../support/hostile-files.ts';
import { csv, refusal, shanghai } from '../support/ingest-options.ts';

const of = async (lines: readonly string[], more: Partial<typeof shanghai> = {}) =>
  ingestTopics([csv(...lines)], { ...shanghai, ...more });
const rulesOf = async (lines: readonly string[], more: Partial<typeof shanghai> = {}) =>
  (await refusal(of(lines, more))).map(({ rule }) => rule);
const textOf = (problem: Problem | undefined) => (problem === undefined ? '' : messageOf(problem).en);
const said = ({ report }: Awaited<ReturnType<typeof of>>) => report.problems.map(({ rule }) => rule);

describe('demands by topic', () => {
  it('days as they are, levels parted by a slash, totals left out', async () => {
    const { records } = await of([
      'topic,subtopic,date,demands',
      '环境 > 噪声,夜间,2026-11-02,5',
      '环境/噪声,夜间,2026-11-03,7',
      '供暖,,2026-11-02,0',
      '合计,,2026-11-02,12',
      'Grand Total,,2026-11-03,7',
    ]);
    expect(records).toEqual([
      { topic: '环境/噪声/夜间', date: '2026-11-02', demands: 5, days: 1 },
      { topic: '环境/噪声/夜间', date: '2026-11-03', demands: 7, days: 1 },
      { topic: '供暖', date: '2026-11-02', demands: 0, days: 1 },
    ]);
  });

  it('one row a demand is counted by topic, day and queue', async () => {
    const rows = ['a,2026-11-02,x', 'a,2026-11-02,x', 'a,2026-11-02,y', 'a,2026-11-03,x', 'a,2026-11-02,x'];
    const { records, report } = await of(['topic,date,queue', ...rows]);
    expect(records.map(({ date, queue, demands, days }) => [date, queue, demands, days])).toEqual([
      ['2026-11-02', 'x', 3, 1],
      ['2026-11-02', 'y', 1, 1],
      ['2026-11-03', 'x', 1, 1],
    ]);
    expect(report.queues.toSorted()).toEqual(['x', 'y']);
  });

  it('weeks and months are told by how far apart their days lie; longer ones are refused', async () => {
    const weeks = [0, 7, 14, 21].map((d) => `a,${addDays('2026-11-02', d)},9`);
    const weekly = await of(['topic,date,demands', ...weeks]);
    expect(weekly.records.map(({ days }) => days)).toEqual([7, 7, 7, 7]);
    expect(said(weekly)).toContain('topics-of-periods');
    const months = ['2026年1月', '2026-2', '202603', '2026/04', '2026.12'];
    const monthly = await of(['topic,date,demands', ...months.map((month) => `a,${month},9`)]);
    expect(monthly.records.map(({ date, days }) => [date, days])).toEqual([
      ['2026-01-01', 31],
      ['2026-02-01', 28],
      ['2026-03-01', 31],
      ['2026-04-01', 30],
      ['2026-12-01', 31],
    ]);
    expect(
      await rulesOf([
        'topic,date,demands',
        ...['01', '04', '07', '10'].flatMap((month) => [`a,2024-${month}-01,9`, `a,2025-${month}-01,9`]),
      ]),
    ).toEqual(['topics-too-coarse']);
    expect((await rulesOf(['topic,date,demands', 'a,2026-13,9'])).length).toBe(1);
  });

  it('a count or a topic that is missing is refused where it is', async () => {
    const wrong = await refusal(
      of(['topic,date,demands', 'a,2026-11-02,', ',2026-11-02,3', 'b,2026-11-02,4']),
    );
    expect(wrong.map(({ rule, row, column }) => [rule, row, column])).toEqual([
      ['missing-value', 2, 'demands'],
      ['missing-value', 3, 'topic'],
    ]);
  });

  it('more than five times the calls is questioned, and so are more topics than there can be', async () => {
    const usual = { callsPerDay: new Map([['a', 4], ['b', 6]]) }; // prettier-ignore
    const rows = (demands: number) => ['topic,date,demands', `a,2026-11-02,${demands}`, `b,2026-11-03,50`];
    expect((await of(rows(50), usual)).records).toHaveLength(2);
    expect(await rulesOf(rows(51), usual)).toEqual(['unusual-topics']);
    expect(said(await of(rows(51), { ...usual, acceptUnusual: true }))).toContain('unusual-topics');
    expect((await of(rows(51))).records).toHaveLength(2);
    const many = (count: number) => [
      'topic,date,demands',
      ...Array.from({ length: count }, (_, i) => `t${i},2026-11-02,1`),
    ];
    expect((await of(many(1000))).records).toHaveLength(1000);
    expect(await rulesOf(many(1001))).toEqual(['too-many-topics']);
  });
});

describe('files that are something else', () => {
  it.each([
    ['word', ['[Content_Types].xml', 'word/document.xml']],
    ['powerpoint', ['[Content_Types].xml', 'ppt/slides/slide1.xml']],
    ['zip', ['notes/word.txt', 'photo.jpg']],
  ])('a zip of %s is told as that', async (what, names) => {
    const bytes = zipOf(names.map((name) => ({ name, content: 'x' })));
    const [problem] = await refusal(ingestTopics([byteSourceOf('a.xlsx', bytes)], shanghai));
    expect(problem).toMatchObject({ rule: 'not-a-table' });
    const others = ['word', 'powerpoint', 'zip'].filter((other) => other !== what);
    for (const other of others) {
      const file = zipOf([
        { name: other === 'word' ? 'word/a' : other === 'powerpoint' ? 'ppt/a' : 'a', content: 'x' },
      ]);
      const [another] = await refusal(ingestTopics([byteSourceOf('a.xlsx', file)], shanghai));
      expect(textOf(another)).not.toEqual(textOf(problem));
    }
  });

  it('a holiday file without a column of dates is refused at its heading', () => {
    const problemOf = (text: string) => {
      try {
        return readHolidayCsv(text);
      } catch (error) {
        return error instanceof BadInputError ? error.problems[0] : error;
      }
    };
    expect(problemOf('day,name\n2026-12-25,Feast\n')).toMatchObject({
      ...{ rule: 'missing-date-column', row: 1, column: 'date', value: 'day,name' },
    });
    expect(problemOf('')).toMatchObject({ rule: 'missing-date-column', row: 1, value: '' });
  });
});
