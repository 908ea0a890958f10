import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ingestTraffic } from '../support/ingested.ts';
import { spreadDays } from '../../src/ingest/kinds/finish-traffic.ts';
import { zoneInstants } from '../../src/ingest/cells/zone-instants.ts';
import { trafficFields, trafficMeasures, type TrafficRecord } from '../../src/kernel/records.ts';
import { usualDayShape } from '../../src/kernel/traffic-doubts.ts';
import { csv, inShanghai, shanghai } from '../support/ingest-options.ts';

const lines = [
  '日期,呼入量,接通量,放弃量',
  '2026-11-21,900,850,50',
  '2026-11-22,800,780,20',
  '2026-11-23,1200,1100,100',
];

test('whole days are said, with what to do, and stay days where nobody asks for more', async () => {
  const { records, report } = await ingestTraffic([csv(...lines)], { ...shanghai, queue: 'general' });
  expect(records.map(({ offered }) => offered)).toEqual([900, 800, 1200]);
  expect(report.problems.map(({ rule }) => rule)).toContain('whole-days');
});

test('spread over their hours they keep their sums, peak by day, and are told as assumed', async () => {
  const options = { ...shanghai, queue: 'general', dayShape: usualDayShape };
  const { records, report } = await ingestTraffic([csv(...lines)], options);
  expect(records).toHaveLength(3 * 48);
  const monday = records.filter(({ startMillis }) => startMillis >= inShanghai('2026-11-23 00:00'));
  expect(monday.reduce((sum, { offered }) => sum + offered, 0)).toBe(1200);
  expect(monday.reduce((sum, { answered }) => sum + (answered ?? 0), 0)).toBe(1100);
  const at = (clock: string) =>
    monday.find(({ startMillis }) => startMillis === inShanghai(`2026-11-23 ${clock}`));
  expect(at('10:00')?.offered).toBeGreaterThan(4 * (at('03:00')?.offered ?? Infinity));
  expect(report.acceptedUnusual).toMatchObject([
    { code: 'days-spread', values: { days: 3, intervalMinutes: 30 } },
  ]);
});

test('every measure that adds up over a day is spread, whichever fields traffic has', () => {
  const sums = trafficMeasures.filter((measure) => !('state' in trafficFields[measure]));
  const day: TrafficRecord = {
    queue: 'general',
    startMillis: inShanghai('2026-11-23 00:00'),
    intervalMinutes: 1440,
    ...(Object.fromEntries(sums.map((measure, i) => [measure, 400 - i])) as { offered: number }),
  };
  const spread = spreadDays([day], {
    shape: usualDayShape,
    zone: zoneInstants('Asia/Shanghai', day.startMillis, day.startMillis),
    intervalMinutes: 30,
    openingHours: [],
  });
  expect(spread.length).toBe(48);
  for (const measure of sums)
    expect(
      spread.reduce((sum, record) => sum + (record[measure] ?? Number.NaN), 0),
      measure,
    ).toBeCloseTo(day[measure] ?? Number.NaN, 6);
});

test('any day keeps its sums and its parts within its calls, within the open hours', () => {
  const zone = zoneInstants('America/New_York', 0, Date.UTC(2027, 0, 1));
  const day = fc.record({
    date: fc.integer({ min: 0, max: 700 }).map((n) => zone.earlier(Date.UTC(2025, 0, 1) + n * 86_400_000)),
    answered: fc.nat(3000),
    abandoned: fc.nat(300),
    blocked: fc.nat(30),
    seconds: fc.nat(900_000),
    step: fc.constantFrom(15, 30, 60),
  });
  fc.assert(
    fc.property(day, ({ date, answered, abandoned, blocked, seconds, step }) => {
      const offered = answered + abandoned + blocked;
      const whole = {
        queue: 'a',
        startMillis: date,
        intervalMinutes: 1440,
        offered,
        answered,
        abandoned,
        blocked,
        handleSecondsTotal: seconds,
      };
      const hours = Array.from({ length: 7 }, () => ({ from: '08:00', to: '20:00' }));
      const spread = spreadDays([whole], {
        shape: usualDayShape,
        zone,
        intervalMinutes: step,
        openingHours: hours,
      });
      const sum = (of: (record: (typeof spread)[number]) => number): number =>
        spread.reduce((s, r) => s + of(r), 0);
      expect([sum((r) => r.offered), sum((r) => r.answered ?? 0), sum((r) => r.abandoned ?? 0)]).toEqual([
        offered,
        answered,
        abandoned,
      ]);
      expect(sum((r) => r.handleSecondsTotal ?? 0)).toBeCloseTo(seconds, 4);
      for (const record of spread) {
        expect((record.answered ?? 0) + (record.abandoned ?? 0) + (record.blocked ?? 0)).toBe(record.offered);
        expect(Math.min(record.answered ?? 0, record.abandoned ?? 0)).toBeGreaterThanOrEqual(0);
        const hour = new Date(zone.local(record.startMillis)).getUTCHours();
        expect(hour >= 8 && hour < 20).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
