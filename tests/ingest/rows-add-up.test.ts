import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ingestCalls } from '../support/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import type { Ingested } from '../../src/ingest/ingested.ts';
import { csv, refusal, shanghai } from '../support/ingest-options.ts';

const skipping = { ...shanghai, absent: 'gap', skipBadRows: true } as const;

/** Every row read is accepted, rejected, a duplicate or dropped, and each rejected one is in the problems file once. */
const expectToAddUp = ({ report, rejectedRows }: Ingested<unknown>): void => {
  let rejected = 0;
  for (const file of report.files) {
    expect(file.accepted + file.rejected + file.duplicates + file.dropped).toBe(file.rows);
    rejected += file.rejected;
  }
  expect(rejectedRows).toHaveLength(rejected);
  expect(new Set(rejectedRows.map(({ file, row }) => `${file}:${row}`)).size).toBe(rejected);
};

describe('rows of a file with bad rows left out', () => {
  const heading = 'queue,start,interval_minutes,offered,answered,abandoned';
  const row = fc
    .record({
      queue: fc.constantFrom('a', 'b', '合计'),
      slot: fc.integer({ min: 0, max: 5 }),
      offered: fc.constantFrom('10', '11', '', 'x', '-3'),
      answered: fc.constantFrom('9', '8', '30', ''),
      more: fc.constantFrom('', ',1'),
    })
    .map((r) => `${r.queue},2026-11-02T0${r.slot}:00,60,${r.offered},${r.answered},0${r.more}`);

  it('add up, and what is accepted is what is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const taken = await ingestTraffic([csv(heading, 'a,2026-11-03T08:00,60,7,7,0', ...rows)], skipping);
        expectToAddUp(taken);
        expect(taken.report.files.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(
          taken.records.length,
        );
      }),
      { numRuns: 300, seed: 20261126 },
    );
  });

  it('are all left out where they conflict, each counted once', async () => {
    const rows = [
      'a,2026-11-02T08:00,60,10,9,1',
      'a,2026-11-02T08:00,60,12,9,1',
      'a,2026-11-02T09:00,60,5,5,0',
    ];
    const { records, report, rejectedRows } = await ingestTraffic([csv(heading, ...rows)], skipping);
    expect(report.files[0]).toMatchObject({ rows: 3, accepted: 1, rejected: 2, duplicates: 0, dropped: 0 });
    expect(records).toHaveLength(1);
    expect(rejectedRows.map(({ row: line }) => line)).toEqual([3, 2]);
  });

  it('add up for call records, whose calls are the accepted rows', async () => {
    const call = fc
      .record({
        id: fc.integer({ min: 1, max: 9 }),
        wait: fc.constantFrom('5', '9', 'x'),
        outcome: fc.constantFrom('answered', 'abandoned', 'blocked', 'maybe'),
      })
      .map((c) => `${c.id},a,2026-11-02T08:00:0${c.id},${c.wait},${c.outcome},200`);
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 30 }), async (rows) => {
        const file = csv('call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds', ...rows);
        const taken = await ingestCalls([file], skipping);
        expectToAddUp(taken);
        const offered = taken.records.reduce((sum, record) => sum + record.offered, 0);
        expect(taken.report.files[0]?.accepted).toBe(offered);
      }),
      { numRuns: 200, seed: 20261126 },
    );
  });
});

describe('a blank where offered calls are added up', () => {
  const heading = 'queue,start,interval_minutes,answered,abandoned,blocked,handle_seconds_mean';
  const good = 'a,2026-11-02T08:00,60,10,2,0,180';

  it('is told by row and is neither 0 nor missing arithmetic', async () => {
    for (const [blank, column] of [
      ['a,2026-11-02T09:00,60,,2,0,180', 'answered'],
      ['a,2026-11-02T09:00,60,10,-,0,180', 'abandoned'],
      ['a,2026-11-02T09:00,60,10,2,,180', 'blocked'],
    ]) {
      const problems = await refusal(ingestTraffic([csv(heading, good, blank ?? '')], shanghai));
      const found = problems.filter(({ severity }) => severity === 'error');
      expect(found).toMatchObject([{ rule: 'missing-value', row: 3, column }]);
    }
    const { records, rejectedRows } = await ingestTraffic(
      [csv(heading, good, 'a,2026-11-02T09:00,60,,2,0,180')],
      skipping,
    );
    expect(rejectedRows).toHaveLength(1);
    expect(records).toMatchObject([{ offered: 12, handleSecondsTotal: 1800 }]);
  });

  it('is 0 where the map file says so', async () => {
    const map = {
      columns: {},
      constants: {},
      values: { blocked: { '': 0 } },
      units: {},
    };
    const { records } = await ingestTraffic([csv(heading, good, 'a,2026-11-02T09:00,60,10,3,,180')], {
      ...skipping,
      map,
    });
    expect(records.map(({ offered }) => offered)).toEqual([12, 13]);
  });

  it('leaves a total absent where a mean has no calls to be multiplied with', async () => {
    const heading2 = 'queue,start,interval_minutes,offered,answered,handle_seconds_mean';
    const { records } = await ingestTraffic(
      [csv(heading2, 'a,2026-11-02T08:00,60,10,9,180', 'a,2026-11-02T09:00,60,10,,180')],
      skipping,
    );
    expect(records.map(({ handleSecondsTotal }) => handleSecondsTotal)).toEqual([1620, undefined]);
  });
});

describe('absent intervals of many queues', () => {
  const queues = Array.from({ length: 40 }, (_, i) => `q${i}`);

  it('are bounded over the whole file, not for each queue', async () => {
    const rows = queues.flatMap((queue) => [
      `${queue},1990-01-01T00:00,30,5`,
      `${queue},2026-11-02T00:00,30,5`,
    ]);
    const before = process.memoryUsage().rss;
    const problems = await refusal(
      ingestTraffic([csv('queue,start,interval_minutes,offered', ...rows)], { ...shanghai, absent: 'zero' }),
    );
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { rule: 'too-many-absent-intervals', file: 'traffic.csv' },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('are counted together when each queue by itself is within bounds', async () => {
    const rows = queues.flatMap((queue) => [
      `${queue},2022-01-01T00:00,30,5`,
      `${queue},2026-11-02T00:00,30,5`,
    ]);
    const problems = await refusal(
      ingestTraffic([csv('queue,start,interval_minutes,offered', ...rows)], { ...shanghai, absent: 'zero' }),
    );
    expect(problems.some(({ rule }) => rule === 'too-many-absent-intervals')).toBe(true);
  });
});

describe('parts and their whole', () => {
  const problemsOf = async (heading: string, row: string): Promise<unknown[]> => {
    const file = csv(`queue,start,interval_minutes,${heading}`, `a,2026-11-02T08:00,60,${row}`);
    return (await refusal(ingestTraffic([file], shanghai))).map(({ row, column, value }) => [
      row,
      column,
      value,
    ]);
  };

  it.each([
    ['offered,answered,abandoned,blocked', '10,4,3,4', 'answered + abandoned + blocked', '11 > 10'],
    ['offered,answered,blocked', '10,4,7', 'answered + abandoned + blocked', '11 > 10'],
    ['offered,answered,answered_in_threshold', '10,4,5', 'answeredInThreshold', '5 > 4'],
    ['offered,abandoned,short_abandoned', '10,4,5', 'shortAbandoned', '5 > 4'],
  ])('%s: %s', async (heading, row, column, value) => {
    expect(await problemsOf(heading, row)).toEqual([[2, column, value]]);
  });

  it('parts that are just the whole are taken, each figure as it is', async () => {
    const heading = 'queue,start,interval_minutes,offered,answered,abandoned,short_abandoned,blocked';
    const { records } = await ingestTraffic([csv(heading, 'a,2026-11-02T08:00,60,10,4,3,3,3')], shanghai);
    expect(records).toEqual([
      expect.objectContaining({ offered: 10, answered: 4, abandoned: 3, shortAbandoned: 3, blocked: 3 }),
    ]);
  });
});
