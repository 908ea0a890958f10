import { messageOf, remedyOf } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { describeProblem } from '../../src/words/problems.ts';
import { csv, gzip, refusal, shanghai } from '../support/ingest-options.ts';

const heading = 'queue,start,interval_minutes,offered,answered,abandoned';
const day = (queue: string, figures: (slot: number) => string): string[] =>
  Array.from({ length: 48 }, (_, slot) => {
    const clock = `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
    return `${queue},2026-11-23 ${clock},30,${figures(slot)}`;
  });

describe('bad input: what a planner is told', () => {
  it('an empty file', async () => {
    const [problem] = await refusal(ingestTraffic([byteSourceOf('a.csv', '')], shanghai));
    expect(problem).toMatchObject({ rule: 'empty-file', file: 'a.csv', severity: 'error' });
  });

  it('a file of blank lines', async () => {
    expect(await refusal(ingestTraffic([csv('', ' ', '')], shanghai))).toMatchObject([
      { rule: 'empty-file' },
    ]);
  });

  it('a file with a heading only', async () => {
    expect(await refusal(ingestTraffic([csv(heading)], shanghai))).toMatchObject([{ rule: 'no-rows' }]);
  });

  it.each([
    ['a PDF', '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj'],
    ['JSON', '{"queue": "a", "start": 1}'],
    ['HTML', '<!DOCTYPE html><html><body>queue,start</body></html>'],
    ['binary data', new Uint8Array(4096).map((_, i) => (i * 37) % 251)],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])],
    ['a ZIP without a sheet', new Uint8Array([0x50, 0x4b, 5, 6, ...Array.from({ length: 18 }, () => 0)])],
  ])('a file of another kind: %s', async (_, content) => {
    const problems = await refusal(ingestTraffic([byteSourceOf('x', content)], shanghai));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.rule).toBe('not-a-table');
  });

  it('a wrong encoding, when one is named', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('queue,start,offered\n'), 0xd7, 0xdb, 0x2c]);
    const source = byteSourceOf(
      'gb.csv',
      new Uint8Array([...bytes, ...new TextEncoder().encode('2026-11-23 08:00,5\n')]),
    );
    const [problem] = await refusal(ingestTraffic([source], { ...shanghai, encoding: 'utf-8' }));
    expect(problem).toMatchObject({ rule: 'wrong-encoding', row: 2, column: 'queue' });
    const [unknown] = await refusal(ingestTraffic([source], { ...shanghai, encoding: 'klingon' }));
    expect(unknown?.rule).toBe('unknown-encoding');
  });

  it('a missing column, with the headings that are there', async () => {
    const problems = await refusal(
      ingestTraffic([csv('queue,start,answered', 'a,2026-11-23 08:00,4')], shanghai),
    );
    expect(problems).toMatchObject([{ rule: 'missing-column', row: 1 }]);
    expect(messageOf(problems[0]).en).toContain('queue, start, answered');
    expect(remedyOf(problems[0])['zh-CN']).toContain('映射文件');
  });

  it('negative and fractional counts and text, all of them at once, by row and column', async () => {
    const source = csv(
      heading,
      'a,2026-11-23 08:00,30,-5,0,0',
      'a,2026-11-23 08:30,30,5.5,0,0',
      'a,2026-11-23 09:00,30,12x,0,0',
      'a,2026-11-23 09:30,30,,0,0',
      'a,2026-11-23 10:00,30,560.0,0,0',
    );
    const problems = await refusal(ingestTraffic([source], shanghai));
    expect(problems.map(({ rule, row, column }) => [rule, row, column])).toEqual([
      ['negative-count', 2, 'offered'],
      ['fractional-count', 3, 'offered'],
      ['not-a-count', 4, 'offered'],
      ['missing-value', 5, 'offered'],
    ]);
    expect(describeProblem(problems[0] ?? expect.fail(), 'zh-CN')).toBe(
      'traffic.csv 第 2 行 “offered”列：次数不能是负数（读到“-5”）。改正源数据；更正用的冲减行请先合并。',
    );
  });

  it('answered above offered over a day is an error, in single intervals a warning', async () => {
    const wrong = csv(heading, ...day('a', (slot) => `10,${slot === 20 ? 30 : 10},0`));
    const problems = await refusal(ingestTraffic([wrong], shanghai));
    expect(problems).toMatchObject([{ rule: 'parts-above-whole-of-day', row: 22 }]);
    const late = csv(heading, ...day('a', (slot) => `10,${slot === 20 ? 8 : slot === 21 ? 12 : 10},0`));
    const { records, report } = await ingestTraffic([late], shanghai);
    expect(records).toHaveLength(48);
    expect(report.problems).toMatchObject([{ rule: 'parts-above-whole', severity: 'warning', row: 23 }]);
  });

  it('conflicting duplicates, naming both rows', async () => {
    const source = csv(heading, 'a,2026-11-23 08:00,30,5,5,0', 'a,2026-11-23 08:00,30,6,6,0');
    const problems = await refusal(ingestTraffic([source], shanghai));
    expect(problems).toMatchObject([
      { rule: 'conflicting-duplicates', row: 3 },
      { rule: 'conflicting-duplicates', row: 2 },
    ]);
    expect(messageOf(problems[0]).en).toContain('traffic.csv:2');
    expect(messageOf(problems[0]).en).toContain('queue "a" has two rows');
    expect(messageOf(problems[1]).en).toContain('traffic.csv:3');
  });

  it('a time that does not exist in the zone', async () => {
    const source = csv(heading, 'a,2026-03-29 02:30:00,30,5,5,0');
    const problems = await refusal(ingestTraffic([source], { ...shanghai, zone: 'Europe/Berlin' }));
    expect(problems).toMatchObject([{ rule: 'time-does-not-exist', row: 2, value: '2026-03-29 02:30:00' }]);
    expect(messageOf(problems[0]).en).toContain('Europe/Berlin');
  });

  it.each([
    ['1926-11-23 08:00', 'date-out-of-range'],
    ['2126-11-23 08:00', 'date-out-of-range'],
    ['2026-02-30 08:00', 'impossible-date'],
    ['2026-11-23 25:00', 'impossible-date'],
    ['04/05/2026 08:00', 'ambiguous-date'],
    ['yesterday', 'not-a-time'],
  ])('the time %s', async (said, rule) => {
    const problems = await refusal(ingestTraffic([csv(heading, `a,${said},30,5,5,0`)], shanghai));
    expect(problems).toMatchObject([{ rule, row: 2, column: 'start', value: said }]);
  });

  it.each([
    ['plain', 'a,2026-11-23 08:00,'],
    ['inside a quote', '"a'],
  ])('a 200 MB line, %s, of which no more than the limit is read', async (_, begun) => {
    const piece = new Uint8Array(1_048_576).fill(120);
    let pulled = 0;
    const source = {
      name: 'long.csv',
      chunks: {
        async *[Symbol.asyncIterator]() {
          yield new TextEncoder().encode(`queue,start,offered\n${begun}`);
          for (; pulled < 200; pulled += 1) yield piece;
        },
      },
    };
    const problems = await refusal(ingestTraffic([source], shanghai));
    expect(problems).toMatchObject([{ rule: 'line-too-long', file: 'long.csv', row: 2 }]);
    expect(pulled).toBeLessThan(4);
  });

  it('a line longer than the limit, also where its end has come', async () => {
    const source = csv(heading, `${'a'.repeat(300)},2026-11-23 08:00,30,5,5,0`);
    const limits = { maxRecordBytes: 200 };
    expect(await refusal(ingestTraffic([source], { ...shanghai, limits }))).toMatchObject([
      { rule: 'line-too-long', row: 2 },
    ]);
  });

  it('an unterminated quote costs its own row, not those after it', async () => {
    const source = csv(
      heading,
      '"a,2026-11-23 08:00,30,5,5,0',
      'a,2026-11-23 08:30,30,6,6,0',
      'a,2026-11-23 09:00,30,7,7,0',
    );
    expect(await refusal(ingestTraffic([source], shanghai))).toMatchObject([
      { rule: 'unterminated-quote', row: 2 },
    ]);
    const { records, rejectedRows } = await ingestTraffic([source], { ...shanghai, skipBadRows: true });
    expect(records.map(({ offered }) => offered)).toEqual([6, 7]);
    expect(rejectedRows).toMatchObject([{ row: 2, text: '"a,2026-11-23 08:00,30,5,5,0' }]);
  });

  it('a gzip bomb and a damaged gzip', async () => {
    const zeros = new Uint8Array(100 * 2 ** 20).fill(10);
    zeros.set(new TextEncoder().encode(`${heading}\na,2026-11-23 08:00,30,5,5,0`));
    const bomb = await gzip(zeros);
    expect(await refusal(ingestTraffic([byteSourceOf('b.gz', bomb)], shanghai))).toMatchObject([
      { rule: 'inflates-too-far' },
    ]);
    const whole = await gzip(new TextEncoder().encode(`${heading}\na,2026-11-23 08:00,30,5,5,0\n`));
    const cut = byteSourceOf('c.gz', whole.subarray(0, whole.length - 12));
    expect(await refusal(ingestTraffic([cut], shanghai))).toMatchObject([{ rule: 'damaged-archive' }]);
  });

  it('a queue never seen, with near ones named; or added as a new one', async () => {
    const source = csv(heading, 'housing-found,2026-11-23 08:00,30,5,5,0');
    const options = { ...shanghai, knownQueues: ['general', 'housing-fund'] };
    const problems = await refusal(ingestTraffic([source], options));
    expect(problems).toMatchObject([{ rule: 'unknown-queue', row: 2, value: 'housing-found' }]);
    expect(messageOf(problems[0]).en).toContain('similar: housing-fund');
    const { records } = await ingestTraffic([source], { ...options, addQueues: true });
    expect(records.map(({ queue }) => queue)).toEqual(['housing-found']);
    const total = csv(heading, '合计,2026-11-23 08:00,30,5,5,0', 'b,2026-11-23 08:00,30,5,5,0');
    const added = await ingestTraffic([total], { ...options, addQueues: true });
    expect(added.records.map(({ queue }) => queue)).toEqual(['b']);
  });

  it('mixed interval lengths', async () => {
    const given = csv(heading, 'a,2026-11-23 08:00,30,5,5,0', 'a,2026-11-23 09:00,60,6,6,0');
    expect(await refusal(ingestTraffic([given], shanghai))).toMatchObject([{ rule: 'mixed-steps', row: 3 }]);
    const rows = (hours: number, minutes: number): string[] =>
      Array.from({ length: 60 }, (_, i) => {
        const at = new Date(Date.UTC(2026, 10, 1) + hours * 3_600_000 + i * minutes * 60_000);
        return `a,${at.toISOString().slice(0, 16)},5`;
      });
    const silent = csv('queue,start,offered', ...rows(0, 30), ...rows(200, 60));
    expect(await refusal(ingestTraffic([silent], shanghai))).toMatchObject([{ rule: 'mixed-steps' }]);
  });

  it('rows cut short or too long', async () => {
    const source = csv(heading, 'a,2026-11-23 08:00,30,5', 'a,2026-11-23 08:30,30,5,5,0,9');
    const problems = await refusal(ingestTraffic([source], shanghai));
    expect(problems.map(({ rule, row }) => [rule, row])).toEqual([
      ['wrong-cell-count', 2],
      ['wrong-cell-count', 3],
    ]);
  });

  it('counts every problem but lists a readable number', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `a,x${i},30,-1,0,0`);
    const problems = await refusal(ingestTraffic([csv(heading, ...rows)], shanghai));
    expect(problems.length).toBeLessThan(210);
    expect(
      problems.filter((problem) => messageOf(problem).en.startsWith('4950 more of the same')),
    ).toHaveLength(2);
  });

  it('takes the good rows and hands back the bad ones when asked to', async () => {
    const source = csv(
      heading,
      'a,2026-11-23 08:00,30,5,5,0',
      'a,2026-11-23 08:30,30,-5,5,0',
      'a,bad,30,-5,5,0',
    );
    const { records, rejectedRows, report } = await ingestTraffic([source], {
      ...shanghai,
      skipBadRows: true,
    });
    expect(records).toHaveLength(1);
    expect(rejectedRows.map(({ row, text }) => [row, text])).toEqual([
      [3, 'a,2026-11-23 08:30,30,-5,5,0'],
      [4, 'a,bad,30,-5,5,0'],
    ]);
    expect(report.files).toMatchObject([{ rows: 3, accepted: 1, rejected: 2 }]);
  });

  it('never shows a caller in a problem or a rejected row', async () => {
    const source = csv(
      'queue,arrived_at,wait_seconds,outcome,caller',
      'a,2026-11-23 08:00,x,answered,13800001234',
      '"a,2026-11-23 08:00,1,answered,13800001234',
    );
    const skipped = await ingestCalls([source], { ...shanghai, skipBadRows: true, callerKey: 'k' });
    expect(skipped.rejectedRows).toHaveLength(2);
    expect(JSON.stringify(skipped)).not.toContain('1380000');
    const garbled = byteSourceOf(
      'c.csv',
      new Uint8Array([
        ...new TextEncoder().encode(
          'queue,arrived_at,wait_seconds,outcome,caller\na,2026-11-23 08:00,1,answered,13800001234',
        ),
        0xff,
        10,
      ]),
    );
    const values = parseMapFile({ values: { caller: { 0: '' } } });
    const told = await refusal(
      ingestCalls([garbled], { ...shanghai, map: values, encoding: 'utf-8', callerKey: 'k' }),
    );
    expect(told).toMatchObject([{ rule: 'wrong-encoding', value: '***' }]);
    const map = parseMapFile({
      columns: { arrived_at: 't', wait_seconds: 'w', outcome: 'o', queue: 'q' },
    });
    const unread = csv('q,t,w,o,主叫号码', 'a,2026-11-23 08:00,x,answered,13800001234');
    const { rejectedRows } = await ingestCalls([unread], { ...shanghai, map, skipBadRows: true });
    expect(rejectedRows).toMatchObject([{ text: 'a,2026-11-23 08:00,x,answered,***' }]);
  });

  it('says both languages everywhere', async () => {
    const problems = await refusal(
      ingestTraffic([csv('queue,start,offered', 'a,1900-01-01 08:00,-1', 'b,x,1.5')], shanghai),
    );
    expect(problems.length).toBeGreaterThan(3);
    for (const problem of problems)
      for (const said of [messageOf(problem), remedyOf(problem)]) {
        expect(said['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
        expect(said.en).toMatch(/[a-z]{3}/);
      }
  });
});
