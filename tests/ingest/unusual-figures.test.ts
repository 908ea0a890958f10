import { english, messageOf, remedyOf } from '../support/said.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestOperators } from '../../src/ingest/kinds/ingest-operators.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';

const heading = 'queue,start,interval_minutes,offered,answered,abandoned,handle_seconds_mean';

/** A week of half-hours; `row` changes single ones. */
const week = (
  handle: (i: number) => number,
  offered: (i: number) => number = (i) => 20 + (i % 9),
): string[] =>
  Array.from({ length: 7 * 48 }, (_, i) => {
    const start = new Date(Date.UTC(2026, 10, 2) + i * 1_800_000).toISOString().slice(0, 16);
    return `a,${start},30,${offered(i)},${offered(i) - 1},1,${handle(i)}`;
  });

const errorsOf = async (reading: Promise<unknown>) =>
  (await refusal(reading)).filter(({ severity }) => severity === 'error');

describe('figures that calls cannot have', () => {
  it('milliseconds taken for seconds are questioned with the unit that would make them usual', async () => {
    const file = () => csv(heading, ...week((i) => 187_321 + i));
    const errors = await errorsOf(ingestTraffic([file()], shanghai));
    expect(errors).toMatchObject([
      { rule: 'unusual-handle-time', file: 'traffic.csv' },
      { rule: 'unusual-interval-handle-time' },
    ]);
    expect(messageOf(errors[0]).en).toContain('187,');
    expect(remedyOf(errors[0]).en).toContain('--unit handle_seconds_mean=milliseconds');
    const map = parseMapFile({ units: { handle_seconds_mean: 'milliseconds' } });
    const { records, report } = await ingestTraffic([file()], { ...shanghai, map });
    expect(records[0]?.handleSecondsTotal).toBeCloseTo(19 * 187.321, 6);
    expect(report.units).toEqual([
      { column: 'handle_seconds_mean', field: 'handle_seconds_mean', unit: 'milliseconds' },
    ]);
  });

  it('fractions of a day and hours as clocks are asked for as what they are, and come in so', async () => {
    const days = () => csv(heading, ...week((i) => (300 + (i % 7)) / 86_400));
    expect(remedyOf((await errorsOf(ingestTraffic([days()], shanghai)))[0]).en).toContain(
      '--unit handle_seconds_mean=days',
    );
    const mapOfDays = parseMapFile({ units: { handle_seconds_mean: 'days' } });
    const asDays = await ingestTraffic([days()], { ...shanghai, map: mapOfDays });
    expect(asDays.records[0]?.handleSecondsTotal).toBeCloseTo(19 * 300, 6);
    // 19 calls of five minutes and some: 1:40 hours, not one minute and forty seconds.
    const total = heading.replace('_mean', '_total');
    const clocks = () =>
      csv(
        total,
        ...week(
          () => 0,
          () => 20,
        ).map((row) => row.replace(/,0$/, ',1:40')),
      );
    expect(remedyOf((await errorsOf(ingestTraffic([clocks()], shanghai)))[0]).en).toContain(
      '--unit handle_seconds_total=clock-hours',
    );
    const map = parseMapFile({ units: { handle_seconds_total: 'clock-hours' } });
    const { records } = await ingestTraffic([clocks()], { ...shanghai, map });
    expect(records[0]?.handleSecondsTotal).toBe(6000);
  });

  it('minutes taken for seconds, and a mean taken for a total, are questioned', async () => {
    const minutes = await errorsOf(ingestTraffic([csv(heading, ...week(() => 3.1))], shanghai));
    expect(minutes).toMatchObject([{ rule: 'unusual-handle-time' }]);
    expect(remedyOf(minutes[0]).en).toContain('=minutes');
    const asTotal = heading.replace('_mean', '_total');
    const total = await errorsOf(ingestTraffic([csv(asTotal, ...week(() => 180))], shanghai));
    expect(total).toMatchObject([{ rule: 'unusual-handle-time' }]);
  });

  it('one mistyped cell is told by row, and left out where bad rows are', async () => {
    for (const wild of [10_000, 1_000_000, 1_000_000_000]) {
      const file = () =>
        csv(
          heading,
          ...week(
            () => 180,
            (i) => (i === 100 ? wild : 20 + (i % 9)),
          ),
        );
      expect(await errorsOf(ingestTraffic([file()], shanghai))).toMatchObject([
        { rule: 'unusual-interval-calls', row: 102, column: 'offered', value: String(wild) },
      ]);
      const { records, report } = await ingestTraffic([file()], {
        ...shanghai,
        skipBadRows: true,
        absent: 'gap',
      });
      expect([records.length, report.files[0]?.rejected]).toEqual([335, 1]);
    }
    for (const wild of [1e308, 500_000]) {
      const file = csv(heading, ...week((i) => (i === 100 ? wild : 180)));
      expect((await errorsOf(ingestTraffic([file], shanghai))).map(({ rule }) => rule)).toContain(
        'unusual-interval-handle-time',
      );
    }
  });

  it('are taken in where the user says that they are true, and that is told', async () => {
    const file = csv(
      heading,
      ...week(
        () => 180,
        (i) => (i === 100 ? 5000 : 20 + (i % 9)),
      ),
    );
    const { records, report } = await ingestTraffic([file], { ...shanghai, acceptUnusual: true });
    expect(records[100]?.offered).toBe(5000);
    expect(report.problems).toMatchObject([{ rule: 'unusual-interval-calls', severity: 'warning' }]);
    expect(report.acceptedUnusual.map(english)).toEqual([expect.stringContaining('5,000')]);
  });

  it('are held against what is stored: a file of a hundred times the calls is questioned as a whole', async () => {
    const usual = new Map([['a', { calls: 27, handleSeconds: 180 }]]);
    const file = csv(
      heading,
      ...week(
        () => 180,
        (i) => 2700 + i,
      ),
    );
    const errors = await errorsOf(ingestTraffic([file], { ...shanghai, usual }));
    expect(errors.map(({ rule }) => rule)).toContain('unusual-counts-changed');
  });

  it('a day of thirteen times the calls of the two days that are stored is questioned, a busy one is not', async () => {
    const usual = new Map([['a', { calls: 80, handleSeconds: 180 }]]);
    const day = (times: number) =>
      csv(
        heading,
        ...week(
          () => 180,
          (i) => Math.round(times * (30 + (i % 48))),
        ).slice(0, 48),
      );
    const wild = await errorsOf(ingestTraffic([day(13)], { ...shanghai, usual }));
    expect(wild.map(({ rule }) => rule)).toEqual(['unusual-counts-changed']);
    const { records } = await ingestTraffic([day(3)], { ...shanghai, usual });
    expect(records).toHaveLength(48);
  });

  it('a day of many times the calls of its file is questioned by its date, in a first import too', async () => {
    const levels = fc.array(fc.double({ min: 0.5, max: 1.8, noNaN: true }), { minLength: 14, maxLength: 40 });
    const rest = fc.double({ min: 0.02, max: 1.5, noNaN: true });
    const property = fc.asyncProperty(levels, rest, fc.nat(39), async (days, restLevel, wild) => {
      const file = (times: number) =>
        csv(
          'queue,start,offered',
          ...days.flatMap((level, day) =>
            Array.from({ length: 24 }, (_, hour) => {
              const start = new Date(Date.UTC(2026, 10, 2 + day, hour)).toISOString().slice(0, 16);
              const own =
                40 * level * (day % 7 > 4 ? restLevel : 1) * (day === wild % days.length ? times : 1);
              return `a,${start},${Math.ceil(own)}`;
            }),
          ),
        );
      const usual = await ingestTraffic([file(1)], shanghai);
      expect(usual.report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const date = new Date(Date.UTC(2026, 10, 2 + (wild % days.length))).toISOString().slice(0, 10);
      const times = (wild % days.length) % 7 > 4 ? Math.max(13, 20 / restLevel) : 13;
      if (times > 19) return;
      const errors = await errorsOf(ingestTraffic([file(times)], shanghai));
      expect(errors.map(({ rule }) => rule)).toEqual(['unusual-day-calls']);
      expect(messageOf(errors[0]).en).toContain(date);
      const { report } = await ingestTraffic([file(times)], { ...shanghai, acceptUnusual: true });
      expect(report.acceptedUnusual.map(english)).toEqual([expect.stringContaining(date)]);
    });
    await fc.assert(property, { numRuns: 15, seed: 20261130 });
  });

  it('a day of many times the calls is told beside whatever else is odd, and single intervals tell of no day', async () => {
    const rules = async (handle: number, calls: (i: number) => number): Promise<readonly string[]> => {
      const rows = week((i) => (i === 7 ? handle : 180), calls);
      const { report } = await ingestTraffic([csv(heading, ...rows)], { ...shanghai, acceptUnusual: true });
      return report.problems.flatMap(({ rule }) => (rule.startsWith('unusual') ? [rule] : []));
    };
    const ofDay = (i: number): number => (Math.floor(i / 48) === 3 ? 300 : 25);
    expect(await rules(40_000, ofDay)).toEqual(['unusual-interval-handle-time', 'unusual-day-calls']);
    expect(await rules(40_000, (i) => (i === 150 ? 50_000 : 25))).toEqual([
      'unusual-interval-calls',
      'unusual-interval-handle-time',
    ]);
  });

  it('more busy time than the operators have is questioned', async () => {
    const rows = week(() => 180).map((row) => `${row},1`);
    const errors = await errorsOf(ingestTraffic([csv(`${heading},operators`, ...rows)], shanghai));
    expect(errors).toMatchObject([{ rule: 'unusual-occupancy', column: 'handle_seconds_mean' }]);
  });

  it('a queue that other operators help with may keep more people busy than its own', async () => {
    const own = week(() => 180).map((row) => `${row},1`);
    const helping = week(() => 180).map((row) => `${row.replace(/^a,/, 'b,')},8`);
    expect(helping[0]).toMatch(/^b,/);
    const both = [csv(`${heading},operators`, ...own, ...helping)];
    const { records } = await ingestTraffic(both, { ...shanghai, knownQueues: ['a', 'b'] });
    expect(records).toHaveLength(own.length + helping.length);
  });

  it('of single calls and of operators are questioned too', async () => {
    const calls = Array.from({ length: 50 }, (_, i) => `${i},a,2026-11-02T08:00:${10 + i},5,answered,187321`);
    const file = csv('call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds', ...calls);
    const errors = await errorsOf(ingestCalls([file], { ...shanghai, skipBadRows: true }));
    expect(errors).toMatchObject([{ rule: 'unusual-value', column: 'handle_seconds' }]);
    expect(remedyOf(errors[0]).en).toContain('--unit handle_seconds=milliseconds');
    const people = csv('operator,skills,contract_hours,aht_seconds', 'A1,a,400,200');
    expect(await errorsOf(ingestOperators([people], shanghai))).toMatchObject([
      { rule: 'unusual-value', row: 2, column: 'contract_hours' },
    ]);
  });

  it('are none in lines as they are, quiet ones too', async () => {
    const rows = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 336, maxLength: 336 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 60, max: 900 }), async (counts, handle) => {
        const file = csv(
          heading,
          ...week(
            () => handle,
            (i) => 1 + (counts[i] ?? 0),
          ),
        );
        const { report } = await ingestTraffic([file], shanghai);
        expect(report.problems.filter(({ rule }) => rule.startsWith('unusual'))).toEqual([]);
      }),
      { numRuns: 30, seed: 20261126 },
    );
  });
});

describe('units in the preview', () => {
  const unitsOf = async (...lines: readonly string[]) =>
    Object.fromEntries((await guess(csv(...lines), 'traffic')).columns.map(({ name, unit }) => [name, unit]));

  it('are guessed from the heading, and from what stands there', async () => {
    expect(
      await unitsOf(
        'queue,start,calls,answered,Avg Handle,Avg Wait',
        'a,2026-11-02 08:00,10,9,187321,12000',
        'a,2026-11-02 08:30,12,11,190321,9000',
      ),
    ).toMatchObject({ 'Avg Handle': 'milliseconds', 'Avg Wait': 'milliseconds', calls: null });
    expect(await unitsOf('queue,start,calls,answered,AHT (ms)', 'a,2026-11-02 08:00,10,9,900')).toMatchObject(
      { 'AHT (ms)': 'milliseconds' },
    );
    expect(
      await unitsOf(
        'queue,start,calls,answered,aht',
        'a,2026-11-02 08:00,10,9,3.2',
        'a,2026-11-02 08:30,10,9,3.4',
      ),
    ).toMatchObject({ aht: 'minutes' });
    expect(
      await unitsOf(
        'queue,start,calls,answered,aht',
        'a,2026-11-02 08:00,10,9,0:03:12',
        'a,2026-11-02 08:30,10,9,185',
      ),
    ).toMatchObject({ aht: 'seconds' });
  });

  it('go into the map file, with which the file is read as shown', async () => {
    const lines = [
      'queue,start,calls,answered,Avg Handle',
      'a,2026-11-02 08:00,10,9,187321',
      'a,2026-11-02 08:30,10,9,187321',
    ];
    const found = await guess(csv(...lines), 'traffic');
    expect(found.map.units).toEqual({ handle_seconds_mean: 'milliseconds' });
    const { records } = await ingestTraffic([csv(...lines)], {
      ...shanghai,
      map: parseMapFile(structuredClone(found.map)),
    });
    expect(records[0]?.handleSecondsTotal).toBeCloseTo(9 * 187.321, 6);
  });
});
