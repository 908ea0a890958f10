import { messageOf } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { guessEncoding } from '../../src/ingest/tables/text-encoding.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { csv, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';

const rulesOf = (problems: readonly { rule: string }[]): string[] => problems.map(({ rule }) => rule);

describe('printed reports', () => {
  const heading = '日期,时段,技能组,呼入量,接听数';
  const lines = [
    '某市热线分时段报表,,,,',
    heading,
    '2026-11-23,8:00-8:30,综合,"1,005",1004',
    '第1页,,,,',
    heading,
    '2026-11-23,8:30-9:00,综合,6,6',
    '小计,,,1011,1010',
    '制表人：甲,,审核人：乙,,',
  ];

  it('headings, page numbers, totals and signatures are no data', async () => {
    const { records, report } = await ingestTraffic([csv(...lines)], shanghai);
    expect(records.map(({ offered, answered }) => [offered, answered])).toEqual([
      [1005, 1004],
      [6, 6],
    ]);
    expect(messageOf(report.problems.find(({ rule }) => rule === 'rows-dropped')).en).toMatch(/^4 rows/);
  });

  it('a row of data that begins like a remark is still judged', async () => {
    const odd = csv(
      heading,
      ...['8:00', '8:30', '9:00', '9:30'].map((at) => `2026-11-23,${at},综合,5,5`),
      '第1页,10:00,综合,6,6',
    );
    expect(await refusal(ingestTraffic([odd], shanghai))).toContainEqual(
      expect.objectContaining({ rule: 'not-a-time', row: 6, column: '日期 + 时段' }),
    );
  });
});

describe('what is not used or not surely meant is told', () => {
  it('names the columns that no figure is read from', async () => {
    const { report } = await ingestTraffic(
      [csv('queue,start,offered,接通率,备注', 'a,2026-11-23 08:00,5,80%,', 'a,2026-11-23 08:30,5,80%,')],
      shanghai,
    );
    expect(messageOf(report.problems.find(({ rule }) => rule === 'columns-left-out'))['zh-CN']).toBe(
      '未用到的列：接通率、备注',
    );
  });

  it('warns of a column that counts within another threshold than the hotline has', async () => {
    const file = (seconds: number) =>
      csv(`队列,开始时间,来电量,${seconds}秒接通量`, 'a,2026-11-23 08:00,5,4', 'a,2026-11-23 08:30,5,4');
    const rules = async (seconds: number) =>
      rulesOf((await ingestTraffic([file(seconds)], shanghai)).report.problems);
    expect(await rules(20)).toContain('other-threshold');
    expect(await rules(15)).not.toContain('other-threshold');
  });

  it('tells each unknown result of call records once, with its rows', async () => {
    const file = csv(
      'call_id,queue,arrived_at,wait_seconds,outcome',
      '1,a,2026-11-23 08:00:00,5,转信箱',
      '2,a,2026-11-23 08:00:01,5,人工接听',
      '3,a,2026-11-23 08:00:02,5,转信箱',
      '4,a,2026-11-23 08:00:03,5,',
      '5,a,2026-11-23 08:00:04,5,转信箱',
    );
    const problems = await refusal(ingestCalls([file], shanghai));
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { rule: 'unknown-outcome', row: 2, value: '转信箱' },
      { rule: 'unknown-outcome', row: 5, value: '' },
    ]);
    expect(messageOf(problems.find(({ row }) => row === 2)).en).toContain('3 rows have this value');
    expect(problems).toContainEqual(expect.objectContaining({ rule: 'outcome-guessed', value: '人工接听' }));
  });
});

describe('files that are no proper text table', () => {
  const rows = 'queue,start,offered\na,2026-11-23 08:00,5\n';
  it.each([
    ['zero bytes among text', `${rows}\0\0a,2026-11-23 08:30,5\n`, 'zero-bytes'],
    ['a first line without an end', 'x'.repeat(700_000), 'line-too-long'],
    [
      'more columns than a table has',
      `queue,start,offered,${Array(5000).fill('c').join(',')}\n`,
      'too-many-columns',
    ],
  ])('%s', async (_, content, rule) => {
    expect(rulesOf(await refusal(ingestTraffic([byteSourceOf('a.csv', content)], shanghai)))).toEqual([rule]);
  });

  it('text in an encoding that is not told asks for it, and reads once it is named', async () => {
    const body =
      'queue;start;offered\nN\u00e4he \u00d8 ;2026-11-23 08:00;5\nN\u00e4he \u00d8 ;2026-11-23 08:30;6\n';
    const source = byteSourceOf(
      'a.csv',
      Uint8Array.from(body, (c) => c.charCodeAt(0)),
    );
    expect(rulesOf(await refusal(ingestTraffic([source], shanghai)))).toEqual(['encoding-not-told']);
    const named = await ingestTraffic([source], { ...shanghai, encoding: 'windows-1252' });
    expect(named.records[0]?.queue).toBe('N\u00e4he \u00d8');
  });

  it('Western letters that are valid GB18030 of other characters are asked about, and one answer brings the file in', async () => {
    const german = [
      'Datum;Uhrzeit;Warteschlange;Angebotene Anrufe;Angenommene Anrufe;Ø Gesprächszeit (s)',
      '02.11.2026;08:00;Bürgertelefon Köln;20;18;185,5',
      '14.11.2026;08:30;Bürgertelefon Köln;22;19;190,25',
    ].join('\r\n');
    const plain = german.replaceAll('Ø Ge', 'Ge').replace('Gesprächszeit (s)', 'AHT');
    for (const body of [german, plain]) {
      const bytes = Uint8Array.from(body, (c) => c.charCodeAt(0));
      const source = byteSourceOf('a.csv', bytes);
      const [problem, ...others] = await refusal(ingestTraffic([source], shanghai));
      expect([problem, others]).toMatchObject([
        { rule: 'encoding-not-told', values: { likely: 'windows-1252' } },
        [],
      ]);
      const { records } = await ingestTraffic([source], { ...shanghai, encoding: 'windows-1252' });
      expect(records[0]).toMatchObject({ queue: 'Bürgertelefon Köln', offered: 20, answered: 18 });
      expect(records[0]?.handleSecondsTotal ?? 0).toBeCloseTo(18 * 185.5, 6);
    }
    // Chinese is not asked about, in whichever of its encodings.
    expect(guessEncoding(Uint8Array.from([0xb6, 0xd3, 0xc1, 0xd0, 44, 49]))?.encoding).toBe('gb18030');
  });

  it('headings that are garbled by another encoding than the bytes suggest point to it', async () => {
    // 隊列,時間,來電量 in Big5, which is valid GB18030 of other characters
    const heading = [
      0xb6, 0xa4, 0xa6, 0x43, 44, 0xae, 0xc9, 0xb6, 0xa1, 44, 0xa8, 0xd3, 0xb9, 0x71, 0xb6, 0x71, 10,
    ];
    const row = new TextEncoder().encode('a,2026-11-23 08:00,5\n');
    const source = byteSourceOf('a.csv', new Uint8Array([...heading, ...row]));
    expect(rulesOf(await refusal(ingestTraffic([source], shanghai)))).toContain('headings-garbled');
    const named = { ...shanghai, encoding: 'big5' };
    expect(rulesOf(await refusal(ingestTraffic([source], named)))).not.toContain('headings-garbled');
  });

  it('columns parted by | are told apart', async () => {
    const { records } = await ingestTraffic(
      [csv('queue|start|offered', 'a|2026-11-23 08:00|5', 'a|2026-11-23 08:30|6')],
      shanghai,
    );
    expect(records[0]?.startMillis).toBe(inShanghai('2026-11-23 08:00'));
  });
});

describe('numbers and times that a file could mislead with', () => {
  const semicolons = (first: string, second: string) =>
    csv(
      'queue;start;offered;answered;handle_seconds_mean',
      `a;2026-11-23 08:00;${first}`,
      `a;2026-11-23 08:30;${second}`,
    );
  const totals = async (source: ReturnType<typeof csv>, options = shanghai) =>
    (await ingestTraffic([source], options)).records.map((r) => [r.offered, r.handleSecondsTotal]);

  it('reads decimal commas and points of thousands where the file shows them', async () => {
    expect(await totals(semicolons('1.234;1.000;210,5', '6;2;1.200,25'))).toEqual([
      [1234, 210_500],
      [6, 2400.5],
    ]);
    expect(await totals(semicolons('1,234;1,000;210.5', '6;2;200.25'))).toEqual([
      [1234, 210_500],
      [6, 400.5],
    ]);
  });

  it('a map file settles what the file does not show', async () => {
    const source = semicolons('1.234;1.000;210', '6;2;200');
    expect(rulesOf(await refusal(ingestTraffic([source], shanghai)))).toContain('fractional-count');
    const map = parseMapFile({ decimal: ',' });
    expect(await totals(source, { ...shanghai, map })).toEqual([
      [1234, 210_000],
      [6, 400],
    ]);
  });

  it('warns of traffic that has not happened yet', async () => {
    const at = async (date: string) => {
      const source = csv('queue,start,offered', `a,${date} 08:00,5`, `a,${date} 08:30,5`);
      return rulesOf((await ingestTraffic([source], shanghai)).report.problems);
    };
    expect(await at('2027-11-23')).toContain('times-ahead');
    expect(await at('2026-11-24')).not.toContain('times-ahead');
  });
});
