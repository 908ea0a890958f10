import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { ingestCalls } from '../support/ingested.ts';
import type { Ingested } from '../../src/ingest/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { parseMapFile, type MapFile } from '../../src/ingest/columns/map-file.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { guess, shanghai } from '../support/ingest-options.ts';

const data = new URL('../../../shared/data/', import.meta.url);
const there = existsSync(data);
const source = (name: string): ByteSource => ({ name, chunks: createReadStream(new URL(name, data)) });
const preset = (name: string): MapFile =>
  parseMapFile(
    JSON.parse(readFileSync(new URL(`../../models/presets/${name}.json`, import.meta.url), 'utf8')),
  );
const total = (
  records: readonly TrafficRecord[],
  field: 'offered' | 'answered' | 'abandoned' | 'handleSecondsTotal' | 'waitSecondsTotal',
): number => records.reduce((sum, record) => sum + (record[field] ?? 0), 0);

// the data are not part of the project: without ../shared/data beside the repository these tests are skipped
describe.skipIf(!there)('call records of a bank, January to April 1999', () => {
  let calls: Awaited<ReturnType<typeof ingestCalls>>;
  beforeAll(async () => {
    const options = { ...shanghai, map: preset('technion-call-records'), callerKey: 'test' };
    calls = await ingestCalls([source('technion_calls_1999-01_04.csv.gz')], options);
  });

  it('conserves every call that asked for an operator', () => {
    expect(total(calls.records, 'answered')).toBe(105_652);
    expect(total(calls.records, 'abandoned')).toBe(21_362);
    expect(total(calls.records, 'offered')).toBe(127_014);
    expect(calls.report.files).toMatchObject([{ rows: 135_780, accepted: 134_550, rejected: 0 }]);
    expect(calls.report.queues.toSorted()).toEqual(['IN', 'NE', 'NW', 'PE', 'PS', 'TT']);
  });

  it('adds up waits and service times as plain sums over the file do', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(new URL('technion_calls_1999-01_04.csv.gz', data)))
      chunks.push(chunk as Buffer);
    const plain = await new Response(
      new Blob([new Uint8Array(Buffer.concat(chunks))]).stream().pipeThrough(new DecompressionStream('gzip')),
    ).text();
    let [waits, services] = [0, 0];
    for (const line of plain.trim().split('\n').slice(1)) {
      const cells = line.split(',');
      if (cells[7] === 'answered' || cells[7] === 'abandoned_queue') waits += Number(cells[6]);
      if (cells[7] === 'answered') services += Number(cells[8]);
    }
    expect(total(calls.records, 'waitSecondsTotal')).toBe(waits);
    expect(total(calls.records, 'handleSecondsTotal')).toBe(services);
  });

  it('finds 11 and 12 January missing, and operators and redials there', () => {
    const missing = calls.report.gaps.filter(({ taken, queue }) => taken === 'gap' && queue === 'PS');
    expect(missing.some(({ from, to }) => from <= '1999-01-11T07:00:00' && to >= '1999-01-12T23:30:00')).toBe(
      true,
    );
    const most = Math.max(...calls.presence.map(({ operators }) => operators));
    expect(most).toBeGreaterThanOrEqual(10);
    expect(most).toBeLessThan(40);
    const redials = calls.records.reduce((sum, record) => sum + (record.redials ?? 0), 0);
    expect(redials).toBeGreaterThan(0);
    expect(redials).toBeLessThan(total(calls.records, 'abandoned'));
  });
});

describe.skipIf(!there)('counts of a bank per 5 minutes', () => {
  let counts: Ingested<TrafficRecord>;
  beforeAll(async () => {
    counts = await ingestTraffic([source('bank_calls.csv')], { ...shanghai, map: preset('bank-counts') });
  });

  it('takes all rows, and finds the six missing days and nothing else', () => {
    expect(counts.records).toHaveLength(27_716);
    expect(counts.report).toMatchObject({
      firstDate: '2003-03-03',
      lastDate: '2003-10-24',
      queues: ['main'],
    });
    expect(
      counts.report.gaps.map(({ from, intervals, taken }) => [from.slice(0, 10), intervals, taken]),
    ).toEqual([
      ['2003-04-04', 338, 'gap'],
      ['2003-05-26', 169, 'gap'],
      ['2003-07-04', 169, 'gap'],
      ['2003-09-01', 169, 'gap'],
      ['2003-10-14', 169, 'gap'],
    ]);
  });

  it('guesses the same without the map', async () => {
    const found = await guess(source('bank_calls.csv'));
    expect(found).toMatchObject({
      kind: 'traffic',
      intervalMinutes: 5,
      missing: ['queue'],
      map: { columns: { start: 't', offered: 'calls' } },
    });
    const { records } = await ingestTraffic([source('bank_calls.csv')], {
      ...shanghai,
      zone: 'America/New_York',
      queue: 'main',
    });
    expect(records).toEqual(counts.records);
  });
});
