import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLikelyPersonal, maskPersonal } from '../../src/ingest/cells/personal-numbers.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { messageOf, remedyOf } from '../support/said.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';

const digits = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

/** Telephone numbers as switchboards write them. */
const numbers = fc.oneof(
  fc.tuple(fc.integer({ min: 3, max: 9 }), digits(9)).map(([a, b]) => `1${a}${b}`),
  fc
    .tuple(fc.integer({ min: 3, max: 9 }), digits(1), digits(4), digits(4))
    .map(([a, b, c, d]) => `1${a}${b}-${c}-${d}`),
  fc.tuple(fc.integer({ min: 3, max: 9 }), digits(9)).map(([a, b]) => `+86 1${a}${b}`),
  fc.tuple(fc.constantFrom('010', '0571', '021'), digits(8)).map(([area, rest]) => `${area}-${rest}`),
  fc.tuple(fc.constantFrom('010', '0571'), digits(8)).map(([area, rest]) => `${area}${rest}`),
  digits(10).map((rest) => `+44${rest}`),
);

const visible = (shown: string): number => shown.replaceAll(/\D/g, '').length;

describe("persons' numbers", () => {
  it('keep at most their last two digits, wherever they stand in a text', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('', '<', '"A" <', 'tel:', '转 '), (number, before) => {
        const said = `${before}${number}${before === '<' ? '>' : ''}`;
        expect(visible(maskPersonal(said))).toBeLessThanOrEqual(2);
        expect(number.replaceAll(/\D/g, '').endsWith(maskPersonal(said).replaceAll(/\D/g, ''))).toBe(true);
      }),
      { numRuns: 2000, seed: 20261126 },
    );
  });

  it('are told apart from times, counts and durations', () => {
    for (const plain of [
      '2026-11-23 08:00:00',
      '2026/11/23 8:00-8:30',
      '20261123',
      '20261123083000',
      '1669190401.17',
      '1795420800000',
      '560.0',
      '187321',
      '1:02:03',
      '0712',
      '2026-W48',
    ])
      expect([maskPersonal(plain), maskLikelyPersonal(plain)]).toEqual([plain, plain]);
    expect(maskLikelyPersonal('87654321')).toBe('******21');
  });

  it('take time in proportion to the text', () => {
    const millis = (said: string): number => {
      const from = performance.now();
      maskLikelyPersonal(said);
      return performance.now() - from;
    };
    for (const part of ['1', '0', '138', '+', '(0', '13 ', '1-', '2 ', '+1 (', '13800138000'])
      expect(millis(part.repeat(400_000 / part.length))).toBeLessThan(1000);
  });

  it('of an Asterisk export are hidden in the preview, whatever the column is called', async () => {
    const found = await guess(
      csv(
        'calldate,clid,src,dst,dcontext,billsec,disposition,note',
        '2026-11-23 08:00:01,"""Li"" <13800138000>",13800138000,87654321,queue,180,ANSWERED,call 010-12345678',
        '2026-11-23 08:01:01,13900139000,13900139000,87654321,queue,80,ANSWERED,+86 139 0013 9000',
      ),
      'calls',
    );
    const columns = Object.fromEntries(found.columns.map(({ name, samples }) => [name, samples]));
    expect(columns).toMatchObject({
      clid: ['"Li" <*********00>', '*********00'],
      src: ['*********00'],
      dst: ['******21'],
      billsec: ['180', '80'],
      calldate: ['2026-11-23 08:00:01', '2026-11-23 08:01:01'],
    });
    expect(JSON.stringify(found)).not.toMatch(/13800|13900|87654|12345678|0013/);
  });

  it('in the first row of a file without headings are hidden, and the column can be named as it was shown', async () => {
    const lines = [
      '2026-11-23 08:00:01,综合,13800138001,8,接通',
      '2026-11-23 08:03:01,综合,13900139002,12,放弃',
      '2026-11-23 08:04:01,综合,13900139002,12,放弃',
    ];
    const found = await guess(csv(...lines), 'calls');
    expect(JSON.stringify(found)).not.toMatch(/13800|13900/);
    const named = found.columns.map(({ name }) => name);
    expect(named[2]).toBe('*********01');
    const map = parseMapFile({
      columns: {
        arrived_at: named[0],
        queue: named[1],
        caller: named[2],
        wait_seconds: named[3],
        outcome: named[4],
      },
    });
    const { records, report } = await ingestCalls([csv(...lines)], { ...shanghai, map, callerKey: 'k' });
    expect(records.map(({ offered, redials }) => [offered, redials])).toEqual([[2, 1]]);
    expect(JSON.stringify(report)).not.toMatch(/13800|13900/);
  });

  it('are hidden in problems and in the rows that are left out, in columns that nothing tells', async () => {
    const heading = 'queue,start,interval_minutes,offered,memo';
    const options = { ...shanghai, skipBadRows: true };
    const file = csv(
      heading,
      'a,2026-11-02T08:00,60,10,ok',
      'a,2026-11-02T09:00,60,13800138000 x,回电 13800138000',
      '13800138000,2026-11-02T10:00,60,10,87654321',
      'a,2026-11-02T11:00,60,10,87654321,extra 010-12345678',
    );
    const { report, rejectedRows } = await ingestTraffic([file], { ...options, knownQueues: ['a'] });
    expect(rejectedRows.length).toBe(3);
    expect(JSON.stringify([report, rejectedRows])).not.toMatch(/13800|87654|12345678/);
  });

  it('are hidden where a file is refused for want of headings', async () => {
    const problems = await refusal(ingestTraffic([csv('a,13800138000,x', 'b,13900139000,y')], shanghai));
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toMatch(/13800|13900/);
  });

  it('are hidden in the values of a problem and so in every sentence made of them', async () => {
    const file = csv('start,queue,offered,李 13812345678\n2026-11-23 08:00,a,1,x\n2026-11-23 08:30,a,1,y\n');
    const { report } = await ingestTraffic([file], shanghai);
    const left = report.problems.find(({ rule }) => rule === 'columns-left-out');
    expect(left).toMatchObject({ values: { headings: { shown: ['李 *********78'], all: 1 } } });
    const missing = await refusal(ingestTraffic([csv('start,13812345678\n2026-11-23 08:00,1\n')], shanghai));
    for (const problem of [...report.problems, ...missing])
      expect(JSON.stringify([problem, messageOf(problem), remedyOf(problem)])).not.toContain('13812345');
  });
});
