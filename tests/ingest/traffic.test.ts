import { describe, expect, it } from 'vitest';
import { ingestDocumentSchema } from '../../src/contract/documents/ingest-document.ts';
import { type IngestOptions, parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';
import { halfHours, heading, rules } from './half-hours.ts';

describe('ingestTraffic', () => {
  it('keeps every field and reports what it did', async () => {
    const source = csv(
      'queue,start,interval_minutes,offered,answered,abandoned,short_abandoned,blocked,answered_in_threshold,wait_seconds_total,handle_seconds_total,operators',
      'a,2026-11-23T08:30:00+08:00,30,10,8,2,1,0,7,95.5,1600,4.5',
      'a,2026-11-23T08:00:00+08:00,30,11,9,2,1,0,8,99,1700,5',
    );
    const { records, report } = await ingestTraffic([source], shanghai);
    expect(records).toEqual([
      {
        queue: 'a',
        startMillis: inShanghai('2026-11-23 08:00'),
        intervalMinutes: 30,
        offered: 11,
        answered: 9,
        abandoned: 2,
        shortAbandoned: 1,
        blocked: 0,
        answeredInThreshold: 8,
        waitSecondsTotal: 99,
        handleSecondsTotal: 1700,
        operators: 5,
      },
      expect.objectContaining({ startMillis: inShanghai('2026-11-23 08:30'), operators: 4.5 }),
    ]);
    expect(report).toMatchObject({
      kind: 'traffic',
      firstDate: '2026-11-23',
      lastDate: '2026-11-23',
      queues: ['a'],
      problems: [],
    });
    const whole = { ...report, stored: { added: 2, changed: 0, unchanged: 0 }, dryRun: false };
    expect(ingestDocumentSchema.parse(whole)).toEqual(whole);
  });

  it('leaves out what a file does not carry', async () => {
    const { records } = await ingestTraffic(
      [csv(heading, 'a,2026-11-23 08:00,5', 'a,2026-11-23 08:30,6')],
      shanghai,
    );
    expect(Object.keys(records[0] ?? {})).toEqual(['queue', 'startMillis', 'intervalMinutes', 'offered']);
  });

  it('turns means into totals, in the units of the map file', async () => {
    const map = parseMapFile({
      columns: {
        queue: 'Q',
        start: ['D', 'T'],
        offered: 'N',
        answered: 'A',
        abandoned: 'L',
        handle_seconds_mean: 'AHT',
        wait_seconds_mean: 'W',
      },
      units: { handle_seconds_mean: 'minutes' },
    });
    const source = csv('Q,D,T,N,A,L,AHT,W', 'a,2026/11/23,8:00-8:30,10,8,2,2.5,0:00:12');
    const { records } = await ingestTraffic([source], { ...shanghai, map });
    expect(records).toMatchObject([
      { handleSecondsTotal: 8 * 150, waitSecondsTotal: 120, intervalMinutes: 30 },
    ]);
  });

  it('derives offered calls from their parts', async () => {
    const source = csv(
      'queue,start,interval_minutes,answered,abandoned,blocked',
      'a,2026-11-23 08:00,30,8,2,1',
    );
    const { records, report } = await ingestTraffic([source], shanghai);
    expect(records[0]?.offered).toBe(11);
    expect(rules(report.problems)).toContain('offered-derived');
  });

  it('collapses identical duplicates, within a file and between files', async () => {
    const rows = [heading, 'a,2026-11-23 08:00,5', 'a,2026-11-23 08:30,6', 'a,2026-11-23 08:00,5'];
    const { records, report } = await ingestTraffic([csv(...rows), csv(...rows)], shanghai);
    expect(records).toHaveLength(2);
    expect(report.files.map(({ duplicates, accepted }) => [duplicates, accepted])).toEqual([
      [1, 2],
      [3, 0],
    ]);
    expect(rules(report.problems)).toContain('identical-duplicates');
  });

  it('takes the queue from the options, the map file or the only queue of the hotline', async () => {
    const source = csv('start,offered', '2026-11-23 08:00,5', '2026-11-23 08:30,6');
    const queueOf = async (options: Partial<IngestOptions>): Promise<string | undefined> =>
      (await ingestTraffic([source], { ...shanghai, ...options })).records[0]?.queue;
    expect(await queueOf({ queue: 'main' })).toBe('main');
    expect(await queueOf({ knownQueues: ['only'] })).toBe('only');
    expect(await queueOf({ map: parseMapFile({ constants: { queue: 'mapped' } }), queue: 'main' })).toBe(
      'mapped',
    );
  });

  it('knows queues by their other names, and drops rows that a map file nulls', async () => {
    const source = csv(
      heading,
      '公积金,2026-11-23 08:00,5',
      '公积金,2026-11-23 08:30,5',
      '测试,2026-11-23 08:00,9',
    );
    const map = parseMapFile({ values: { queue: { 测试: null } } });
    const options = {
      ...shanghai,
      map,
      knownQueues: ['housing-fund'],
      queueAliases: { 公积金: 'housing-fund' },
    };
    const { records, report } = await ingestTraffic([source], options);
    expect(records.map(({ queue }) => queue)).toEqual(['housing-fund', 'housing-fund']);
    expect(rules(report.problems)).toContain('rows-dropped');
    expect(report.problems.filter(({ rule }) => rule === 'queue-renamed')).toMatchObject([
      { severity: 'notice', value: '公积金' },
    ]);
  });

  it('keeps a queue’s own name, whatever it is, without a word', async () => {
    const source = csv(heading, 'constructor,2026-11-23 08:00,5', 'constructor,2026-11-23 08:30,6');
    const { records, report } = await ingestTraffic([source], shanghai);
    expect(records[0]?.queue).toBe('constructor');
    expect(rules(report.problems)).not.toContain('queue-renamed');
  });

  it('warns, or stays silent, where calls are booked when they end', async () => {
    const source = csv('queue,start,offered,answered', 'a,2026-11-23 08:00,10,7', 'a,2026-11-23 08:30,5,8');
    expect(rules((await ingestTraffic([source], shanghai)).report.problems)).toContain('parts-above-whole');
    const atEnd = await ingestTraffic([source], { ...shanghai, attribution: 'end' });
    expect(rules(atEnd.report.problems)).not.toContain('parts-above-whole');
  });

  it('lets calls carry over midnight, but no further', async () => {
    const around = (late: string, early: string): ReturnType<typeof csv> =>
      csv('queue,start,offered,answered', `a,2026-11-22 23:30,${late}`, `a,2026-11-23 00:00,${early}`);
    const { report } = await ingestTraffic([around('10,8', '5,7')], shanghai);
    expect(rules(report.problems)).toContain('parts-above-whole');
    expect(rules(await refusal(ingestTraffic([around('10,8', '5,8')], shanghai)))).toContain(
      'parts-above-whole-of-day',
    );
  });

  it('only the last hour before midnight has calls to carry over', async () => {
    const around = (late: string): ReturnType<typeof csv> =>
      csv(
        'queue,start,interval_minutes,offered,answered',
        `a,2026-11-22 ${late},30,10,8`,
        'a,2026-11-23 00:00,30,5,7',
      );
    expect(rules((await ingestTraffic([around('23:00')], shanghai)).report.problems)).toContain(
      'parts-above-whole',
    );
    expect(rules(await refusal(ingestTraffic([around('22:30')], shanghai)))).toContain(
      'parts-above-whole-of-day',
    );
  });

  it('refuses starts off the grid, and only warns when all are shifted alike', async () => {
    const rows = halfHours(
      'a',
      '2026-11-23T00:00',
      Array.from({ length: 48 }, () => 5),
    );
    const odd = csv(
      'queue,start,interval_minutes,offered',
      ...[...rows, 'a,2026-11-24 00:07,5'].map((row) => row.replace(/,(\d+)$/, ',30,$1')),
    );
    expect(await refusal(ingestTraffic([odd], shanghai))).toMatchObject([
      { rule: 'start-off-grid', row: 50 },
    ]);
    const shifted = csv(heading, ...halfHours('a', '2026-11-23T00:15', [5, 6, 7]));
    expect(rules((await ingestTraffic([shifted], shanghai)).report.problems)).toContain('grid-shifted');
  });

  it('says when the interval length cannot be told, and infers it elsewhere', async () => {
    expect(rules(await refusal(ingestTraffic([csv(heading, 'a,2026-11-23 08:00,5')], shanghai)))).toContain(
      'interval-unknown',
    );
    const days = csv(heading, 'a,2026-11-20,50', 'a,2026-11-21,51', 'a,2026-11-23,52');
    const { records } = await ingestTraffic([days], { ...shanghai, zone: 'America/Santiago' });
    expect(records.map(({ intervalMinutes }) => intervalMinutes)).toEqual([1440, 1440, 1440]);
  });

  it('passes day series through clock changes, also where midnight is skipped', async () => {
    const days = Array.from(
      { length: 366 },
      (_, i) => `a,${new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10)},${i + 1}`,
    );
    for (const zone of ['America/Santiago', 'Europe/Berlin', 'Africa/Cairo']) {
      const { records, report } = await ingestTraffic([csv(heading, ...days)], {
        ...shanghai,
        zone,
        absent: 'zero',
      });
      expect(records.map(({ offered }) => offered)).toEqual(days.map((_, i) => i + 1));
      expect(report.gaps).toEqual([]);
    }
  });
});
