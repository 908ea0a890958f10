import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RepeatedHours, RepeatedHoursOfCalls, zoneInstants } from '../../src/ingest/cells/zone-instants.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, shanghai } from '../support/ingest-options.ts';
import { heading, rules } from './half-hours.ts';

describe('a repeated hour', () => {
  const berlin = { ...shanghai, zone: 'Europe/Berlin' };
  const walls = ['01:30', '02:00', '02:30', '02:00', '02:30', '03:00'];
  const rows = walls.map((wall, i) => `a,2026-10-25 ${wall},${i + 1}`);
  const expected = [1, 2, 3, 4, 5, 6].map((offered, i) =>
    expect.objectContaining({ offered, startMillis: Date.UTC(2026, 9, 24, 23, 30) + i * 1_800_000 }),
  );

  it('is told apart by order, in files that run either way, and reported', async () => {
    const forwards = await ingestTraffic([csv(heading, ...rows)], berlin);
    expect(forwards.records).toEqual(expected);
    expect(rules(forwards.report.problems)).toContain('repeated-hour');
    expect((await ingestTraffic([csv(heading, ...rows.toReversed())], berlin)).records).toEqual(expected);
  });

  it('keeps both passes when their figures are the same', async () => {
    const same = rows.map((row) => row.replace(/\d+$/, '7'));
    const { records, report } = await ingestTraffic([csv(heading, ...same)], berlin);
    expect(records).toHaveLength(6);
    expect(report.files[0]?.duplicates).toBe(0);
  });

  it('changes nothing when the same file comes twice', async () => {
    const { records, report } = await ingestTraffic([csv(heading, ...rows), csv(heading, ...rows)], berlin);
    expect(records).toEqual(expected);
    expect(report.files[1]?.duplicates).toBe(6);
  });
});

/** Berlin on the morning of 25 October 2026: local clocks as instants by a resolver, told as UTC clocks. */
const zone = zoneInstants('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31));
const utcOf = (resolve: (local: number) => number, clocks: string): string =>
  clocks
    .split(' ')
    .map((clock) => resolve(Date.parse(`2026-10-25T${clock}Z`)))
    .map((instant) => (Number.isNaN(instant) ? '-' : new Date(instant).toISOString().slice(11, 16)))
    .join(' ');

describe('starts of intervals in the repeated hour', () => {
  it('each series and each local time by its own order, the third like the second', () => {
    const hours = new RepeatedHours(zone);
    const of = (series: string, clocks: string): string =>
      utcOf((local) => hours.resolve(series, local), clocks);
    expect(of('a', '01:30 02:00 02:30 02:00 02:30 02:30 03:00')).toBe(
      '23:30 00:00 00:30 01:00 01:30 01:30 02:00',
    );
    expect(of('b', '02:00 02:30 02:30')).toBe('00:00 00:30 01:30');
    expect(hours.resolved).toBe(8);
    expect(new Date(hours.firstResolved).toISOString()).toBe('2026-10-25T02:00:00.000Z');
  });

  it('a file that begins within the hour runs forwards', () => {
    const hours = new RepeatedHours(zone);
    expect(utcOf((local) => hours.resolve('a', local), '02:30 02:30 02:00')).toBe('00:30 01:30 01:00');
  });

  it('a file whose other times lie later runs backwards', () => {
    const hours = new RepeatedHours(zone);
    expect(utcOf((local) => hours.resolve('a', local), '04:00 02:30 02:00 02:30 02:00')).toBe(
      '03:00 01:30 01:00 00:30 00:00',
    );
  });

  it('a time that clocks jump over is none, and nothing was resolved', () => {
    const hours = new RepeatedHours(zone);
    expect(hours.resolve('a', Date.parse('2026-03-29T02:30Z'))).toBeNaN();
    expect([hours.resolved, hours.firstResolved]).toEqual([0, Number.NaN]);
  });
});

describe('calls in the repeated hour', () => {
  const of = (clocks: string): string => {
    const hours = new RepeatedHoursOfCalls(zone);
    return utcOf((local) => hours.resolve(local), clocks);
  };

  it.each([
    [
      'the first step back of a sorted file begins the second pass',
      '01:50 02:10 02:40 02:39 02:50 03:10',
      '23:50 00:10 00:40 01:39 01:50 02:10',
    ],
    ['calls of one time are one pass', '01:50 02:10 02:10 02:40 03:00', '23:50 00:10 00:10 00:40 02:00'],
    [
      'calls of one time leave a file sorted',
      '01:30 01:40 01:40 02:10 02:40 02:39 03:10',
      '23:30 23:40 23:40 00:10 00:40 01:39 02:10',
    ],
    [
      'one call out of its place turns no file round',
      '01:50 03:20 02:30 02:10 03:30',
      '23:50 02:20 00:30 01:10 02:30',
    ],
    ['a file may begin within the hour', '02:10 02:40 02:00 03:10', '00:10 00:40 01:00 02:10'],
    [
      'unsorted calls step back up to 20 minutes within one pass',
      '01:50 01:40 01:55 02:30 02:10 02:40 02:19 02:10 03:00',
      '23:50 23:40 23:55 00:30 00:10 00:40 01:19 01:10 02:00',
    ],
    [
      'a sorted file that runs backwards: the first step up',
      '04:00 03:10 03:10 02:50 02:10 02:25 02:05 01:50',
      '03:00 02:10 02:10 01:50 01:10 00:25 00:05 23:50',
    ],
    [
      'one call is enough to see that it runs backwards',
      '03:10 02:50 02:50 02:10 02:25 01:50',
      '02:10 01:50 01:50 01:10 00:25 23:50',
    ],
    [
      'unsorted calls that run backwards',
      '04:00 03:10 03:20 02:30 02:50 02:20 02:41 02:40 01:50',
      '03:00 02:10 02:20 01:30 01:50 01:20 00:41 00:40 23:50',
    ],
  ])('%s', (_, clocks, expected) => {
    expect(of(clocks)).toBe(expected);
  });

  it('are counted, and the first is named; times that clocks jump over are none', () => {
    const hours = new RepeatedHoursOfCalls(zone);
    expect(hours.resolve(Date.parse('2026-03-29T02:30Z'))).toBeNaN();
    expect(hours.resolved).toBe(0);
    utcOf((local) => hours.resolve(local), '01:50 02:10 02:40 03:00');
    expect(hours.resolved).toBe(2);
    expect(new Date(hours.firstResolved).toISOString()).toBe('2026-10-25T02:10:00.000Z');
  });
});

it('local times and instants of a zone are those of its rules, in whatever order they are asked', () => {
  const plain = (local: number) =>
    Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
  const changes = ['2026-03-08T07:00', '2026-03-29T01:00', '2026-04-04T15:00', '2026-07-01T00:00'].concat(
    '2026-10-03T15:30',
    '2026-10-25T01:00',
    '2026-11-01T06:00',
  );
  const near = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -60, max: 60 }));
  const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Shanghai');
  fc.assert(
    fc.property(zones, fc.array(near, { minLength: 1, maxLength: 12 }), (zone, asked) => {
      const known = zoneInstants(zone, 0, Date.UTC(2028, 0, 1));
      for (const [change, quarters] of asked) {
        const instant = Date.parse(`${change}Z`) + 15 * 60_000 * quarters;
        const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        expect(known.local(instant)).toBe(instant + here.offsetNanoseconds / 1e6);
        const local = instant + here.offsetNanoseconds / 1e6 + (quarters % 3) * 30 * 60_000;
        const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) => {
          const found = plain(local).toZonedDateTime(zone, { disambiguation });
          return found.toPlainDateTime().equals(plain(local)) ? found.epochMilliseconds : Number.NaN;
        });
        expect([known.earlier(local), known.later(local)]).toEqual([earlier, later]);
      }
    }),
  );
});
