import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestEvents } from '../../src/ingest/kinds/ingest-events.ts';
import { ingestForecasts } from '../../src/ingest/kinds/ingest-forecasts.ts';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestOperators } from '../../src/ingest/kinds/ingest-operators.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';

/** The map that the page sends when all is left as it was found. */
const asFound = async (file: ByteSource): Promise<ReturnType<typeof parseMapFile>> => {
  const { columns, map } = await guess(file, 'auto');
  const named: Record<string, string[]> = {};
  for (const { name, guess: field } of columns) if (field !== null) (named[field] ??= []).push(name);
  return parseMapFile({ ...map, columns: named });
};

const named = (name: string, ...lines: string[]): ByteSource => ({ ...csv(...lines), name });

describe('files as planners have them', () => {
  it('a queue that stands in a title is taken in as it was shown', async () => {
    const file = (): ByteSource =>
      csv(
        'Switchboard interval report',
        'Skill: Enquiries,From: 2026/11/23',
        '',
        'Interval Start,Calls Offered,Calls Answered,Calls Abandoned',
        '2026/11/23 9:00,40,38,2',
        '2026/11/23 9:30,44,41,3',
      );
    expect((await guess(file(), 'auto')).queues).toEqual(['Enquiries']);
    const { records } = await ingestTraffic([file()], { ...shanghai, map: await asFound(file()) });
    expect(records.map(({ queue, offered }) => [queue, offered])).toEqual([
      ['Enquiries', 40],
      ['Enquiries', 44],
    ]);
  });

  it.each(['All', '全部', '所有技能组', 'all queues'])(
    'a report of %s is of no queue by that name: it asks for one',
    async (all) => {
      const file = (): ByteSource =>
        csv(`Skill: ${all}`, '', 'Interval Start,Calls Offered', '2026/11/23 9:00,40', '2026/11/23 9:30,44');
      expect(await guess(file(), 'auto')).toMatchObject({ missing: ['queue'], queues: [] });
      const { records } = await ingestTraffic([file()], { ...shanghai, queue: 'general' });
      expect(records.map(({ queue, offered }) => [queue, offered])).toEqual([
        ['general', 40],
        ['general', 44],
      ]);
    },
  );

  it('people whose hours a week stand there as what they work at most', async () => {
    const file = (): ByteSource =>
      csv('工号,姓名,技能,每周工时上限', '1001,王敏,综合,40', '1002,李伟,综合,20');
    expect(await guess(file(), 'auto')).toMatchObject({ kind: 'operators', missing: [] });
    const { records } = await ingestOperators([file()], { ...shanghai, map: await asFound(file()) });
    expect(records.map(({ contractHours }) => contractHours)).toEqual([40, 20]);
  });

  it('events that have a name alone are of a kind of their own', async () => {
    const file = (): ByteSource => csv('Date,Event,Expected effect', '2026-12-02,Heating fees due,+15%');
    expect(await guess(file(), 'auto')).toMatchObject({ kind: 'events', missing: [] });
    const { records } = await ingestEvents([file()], { ...shanghai, map: await asFound(file()) });
    expect(records).toMatchObject([
      { date: '2026-12-02', kind: 'Heating fees due', label: 'Heating fees due', expectedEffect: 0.15 },
    ]);
  });
});

describe('a forecast without its model and without when it was made', () => {
  const lines = (date: string): string[] => [
    '日期,时段,预测来电量',
    ...[...Array(48).keys()].map(
      (i) => `${date},${String(i >> 1).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'},${10 + i}`,
    ),
  ];
  const now = Date.UTC(2026, 10, 30, 8);
  const options = { ...shanghai, now, queue: 'general' };

  it('is a forecast, of the model that its file is named after, made by now', async () => {
    const file = (): ByteSource => named('省中心下周预测_20261201.csv', ...lines('2026-12-01'));
    expect(await guess(file(), 'auto')).toMatchObject({ kind: 'forecasts', missing: ['queue'] });
    const { records, report } = await ingestForecasts([file()], { ...options, map: await asFound(file()) });
    expect(records).toHaveLength(48);
    expect(records[0]).toMatchObject({ model: '省中心下周预测', issuedMillis: now, intervalMinutes: 30 });
    expect(report.problems.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['model-of-file', 'issue-assumed']),
    );
  });

  it('has seen no time that it is for, whenever it is taken in; days that are over are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -72, max: 72 }), async (hours) => {
        const file = named('outside.csv', ...lines('2026-12-01'));
        const first = Date.UTC(2026, 10, 30, 16);
        const then = { ...options, now: first + hours * 3_600_000 };
        const taken = ingestForecasts([file], then);
        if (hours >= 24) expect((await refusal(taken)).map(({ rule }) => rule)).toContain('missing-column');
        else
          for (const { issuedMillis, startMillis } of (await taken).records)
            expect(issuedMillis).toBeLessThanOrEqual(Math.min(startMillis, then.now));
      }),
      { numRuns: 20 },
    );
  });
});

describe('hotlines that a monitor writes in its own way', () => {
  const listed = ['示例市', '甲市', '乙县'].map((hotline) => ({ hotline, name: `${hotline} 12345 热线` }));
  const rules = {
    indicatorNames: new Map(),
    listed,
    own: '示例市',
    judgeResult: () => [],
    judgeTestCall: () => [],
  };
  const of = (name: string): ByteSource =>
    csv('拨测时间,被拨热线,是否接通,等待秒数', `2026-11-23 09:12,${name},是,13`);

  it.each(['示例市12345', '示例市 12345 热线（虚构）', '示例市12345政务服务便民热线', '示例市'])(
    '%s is the listed one',
    async (name) => {
      const { testCalls } = await ingestMonitoring([of(name)], { ...shanghai, monitoring: rules });
      expect(testCalls).toMatchObject([{ hotline: '示例市' }]);
    },
  );

  it('the line itself is known by its own name, whatever the list calls it', async () => {
    const own = { ...rules, listed: [{ hotline: 'demo-city', name: 'Demo' }], own: 'demo-city' };
    const names = ['示例市 12345 热线（虚构）', 'Sample city 12345 line (made up)'];
    const { testCalls } = await ingestMonitoring([of('示例市12345')], {
      ...shanghai,
      monitoring: { ...own, ownNames: names },
    });
    expect(testCalls).toMatchObject([{ hotline: 'demo-city' }]);
  });

  it('a name that is another, or that may be two, is asked about', async () => {
    const asked = async (name: string, more: typeof listed = []) =>
      (
        await refusal(
          ingestMonitoring([of(name)], {
            ...shanghai,
            monitoring: { ...rules, listed: [...listed, ...more] },
          }),
        )
      ).map(({ rule }) => rule);
    expect(await asked('示例县12345')).toContain('unknown-hotline');
    expect(await asked('示例市12345', [{ hotline: '示例市热线', name: '示例市热线' }])).toContain(
      'unknown-hotline',
    );
  });
});
