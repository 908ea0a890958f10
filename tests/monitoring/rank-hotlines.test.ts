import { english } from '../support/said.ts';
import { describe, expect, test } from 'vitest';
import { rankDocumentSchema } from '../../src/contract/documents/rank-document.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { MonitoredHotline, MonitoringResult, TestCall } from '../../src/kernel/records.ts';
import { publishedBandEdges as edges } from '../../src/monitoring/bands.ts';
import { rankHotlines, rankOneHotline, rankIntervals } from '../../src/monitoring/rank-hotlines.ts';
import { callsWithin, type TestCallColumns } from '../../src/monitoring/time-parts.ts';
import { loadTables } from '../../src/monitoring/tables.ts';
import { periodsOffered, readLeagueRecord } from '../../src/planning/league/league-inputs.ts';
import { atRiskFirst, hotlineThroughPeriods, rankFromStore } from '../../src/planning/rank-from-store.ts';
import type { Ports } from '../../src/planning/ports.ts';

type RankOptions = Parameters<typeof rankHotlines>[3];

const options: RankOptions = {
  period: '2019',
  previousPeriod: '2018',
  seed: 1,
  madeUp: false,
  bands: edges,
  meanSecondsStandard: 15,
  assumedTestCalls: 11,
  tables: await loadTables(),
};

const result = (
  hotline: string,
  connected: number,
  more: Partial<MonitoringResult> = {},
): MonitoringResult => ({
  hotline,
  period: '2019',
  testCalls: 11,
  connected,
  indicators: {},
  ...more,
});

describe('rank intervals', () => {
  test('equal exact enumeration where rates can only be 0 or near 1', () => {
    const near = { zeroMass: 0, a: 1e6, b: 1 };
    const coin = { zeroMass: 0.5, a: 1e6, b: 1e3 };
    const intervals = rankIntervals([near, coin, coin], seededRandom(1), 4000, 0.8);
    expect(intervals[0]).toEqual({ low: 1, high: 1 });
    expect(intervals[1]).toEqual({ low: 2, high: 3 });
  });

  test('equal the walk over every world of four lines that are each in service or not', () => {
    // in service, lines never change places: their rates lie far apart
    const lines = [
      { zeroMass: 0.15, a: 9e5, b: 1e5 },
      { zeroMass: 0.4, a: 7e5, b: 3e5 },
      { zeroMass: 0, a: 5e5, b: 5e5 },
      { zeroMass: 0.6, a: 3e5, b: 7e5 },
    ];
    const chances = lines.map(() => [0, 0, 0, 0]);
    for (let world = 0; world < 16; world += 1) {
      const serves = lines.map((_, i) => ((world >> i) & 1) === 1);
      const chance = lines.reduce((p, { zeroMass }, i) => p * (serves[i] ? 1 - zeroMass : zeroMass), 1);
      lines.forEach((_, i) => {
        const above = serves.filter((other, j) => other && (serves[i] ? j < i : true)).length;
        const own = chances[i];
        if (own !== undefined) own[above] = (own[above] ?? 0) + chance;
      });
    }
    const exact = (own: readonly number[], p: number): number => {
      let [rank, sum] = [0, 0];
      while (sum < p && rank < own.length) sum += own[rank++] ?? 0;
      return rank;
    };
    for (const level of [0.5, 0.75, 0.95])
      expect(rankIntervals(lines, seededRandom(6), 20_000, level)).toEqual(
        chances.map((own) => ({ low: exact(own, (1 - level) / 2), high: exact(own, (1 + level) / 2) })),
      );
  });

  test('a line that is silent with chance 0.3 trails in 30 of 100 draws', () => {
    const lines = [
      { zeroMass: 0.3, a: 1e6, b: 1 },
      { zeroMass: 0, a: 1e6, b: 1e6 },
    ];
    const upper = (share: number) => rankIntervals(lines, seededRandom(4), 4000, 2 * share - 1)[0]?.high;
    expect([upper(0.67), upper(0.73)]).toEqual([1, 2]);
  });

  test('two lines swap as often as one beta beats the other (exact: 1/6 for Beta(1,2) above Beta(2,1))', () => {
    const pair = [
      { zeroMass: 0, a: 2, b: 1 },
      { zeroMass: 0, a: 1, b: 2 },
    ] as const;
    const first = (level: number) => rankIntervals(pair, seededRandom(2), 20_000, level)[0];
    expect(first(2 * (5 / 6 + 0.01) - 1)?.high).toBe(2);
    expect(first(2 * (5 / 6 - 0.01) - 1)?.high).toBe(1);
  });
});

describe('the league table', () => {
  const hotlines: MonitoredHotline[] = [
    { hotline: 'a', name: 'Alpha', region: 'East', province: 'P', cityTier: 'first' },
    { hotline: 'b', name: 'Beta', region: 'East' },
    { hotline: 'c', name: 'Gamma', region: 'West' },
  ];
  const results = [
    result('a', 11, { meanSeconds: 8, total: 95 }),
    result('b', 5, { meanSeconds: 20 }),
    result('c', 0),
    result('d', 11),
  ];
  const before = [result('a', 5), result('b', 6), result('c', 0)].map((r) => ({ ...r, period: '2018' }));
  const table = rankHotlines(results, before, hotlines, options);

  test('is a valid document with ties sharing a rank', () => {
    expect(rankDocumentSchema.safeParse(table).success).toBe(true);
    expect(table.hotlines.map((h) => [h.hotline, h.rank])).toEqual([
      ['a', 1],
      ['d', 1],
      ['b', 3],
      ['c', 4],
    ]);
    for (const h of table.hotlines) {
      expect(h.rankLow).toBeLessThanOrEqual(h.rank);
      expect(h.rankHigh).toBeGreaterThanOrEqual(h.rank);
      expect(h.low).toBeLessThanOrEqual(h.connectionRate);
    }
  });

  test('moves: 5 to 11 of 11 is beyond chance, 6 to 5 is not, a new line has none', () => {
    const moves = Object.fromEntries(
      table.hotlines.map((h) => [h.hotline, [h.previousBand, h.moveBeyondChance]]),
    );
    expect(moves).toEqual({ a: ['warm', true], b: ['warm', false], c: ['dead', false], d: [null, null] });
  });

  test('bands with change, the seconds standard over all lines, and regions', () => {
    expect(table.bands).toEqual([
      { band: 'hot', hotlines: 2, share: 0.5, previous: 0, change: 2 },
      { band: 'warm', hotlines: 1, share: 0.25, previous: 2, change: -1 },
      { band: 'cold', hotlines: 0, share: 0, previous: 0, change: 0 },
      { band: 'dead', hotlines: 1, share: 0.25, previous: 1, change: 0 },
    ]);
    expect(table.secondsStandard).toEqual({
      standardSeconds: 15,
      hotlines: 1,
      share: 0.25,
      meanSecondsOfThose: 8,
    });
    expect(table.regions).toEqual([
      { region: 'East', hotlines: 2, connectionRate: (1 + 5 / 11) / 2, meanSeconds: 14, hot: 1, dead: 0 },
      { region: 'West', hotlines: 1, connectionRate: 0, meanSeconds: null, hot: 0, dead: 1 },
    ]);
  });

  test('one hotline asked for alone has the row that the table gives it', () => {
    const random = seededRandom(3);
    const many = Array.from({ length: 60 }, (_, i) => result(`line-${i}`, Math.floor(random.uniform() * 12)));
    const earlier = many.slice(20).map((r) => ({ result: { ...r, period: '2017' }, yearsBefore: 2 }));
    const asked = { ...options, earlier };
    const whole = rankHotlines(many, before, hotlines, asked);
    for (const row of whole.hotlines)
      expect(rankOneHotline(many, before, hotlines, asked, row.hotline)).toEqual({ row, among: 60 });
    expect(rankOneHotline(many, before, hotlines, asked, 'nowhere')).toBeUndefined();
  });

  test('the standard of seconds is the one in force', () => {
    const strict = rankHotlines(results, [], hotlines, { ...options, meanSecondsStandard: 7.5 });
    expect(strict.secondsStandard).toMatchObject({ standardSeconds: 7.5, hotlines: 0 });
  });

  test('few calls do not make a winner: 2 of 2 stands below 17 of 17', () => {
    const luck = rankHotlines(
      [result('few', 2, { testCalls: 2 }), result('many', 17, { testCalls: 17 }), result('low', 8)],
      [],
      [],
      options,
    );
    expect(luck.hotlines.map((h) => h.hotline)[0]).toBe('many');
  });

  test('a rate without test calls is taken with assumed ones, none at all is left out, both said', () => {
    const { connected: _k, testCalls: _n, ...bare } = result('e', 0);
    const odd = rankHotlines(
      [result('a', 11), { ...bare, connectionRate: 0.2941 }, { ...bare, hotline: 'f' }],
      [],
      [],
      options,
    );
    expect(odd.hotlines.map((h) => [h.hotline, h.connectionRate, h.testCalls])).toEqual([
      ['a', 1, 11],
      ['e', 0.2941, 11],
    ]);
    expect(
      odd.notices.filter((n) => english(n).includes('assumed') || english(n).includes('left out')),
    ).toHaveLength(2);
    expect(rankHotlines([], [], [], options).hotlines).toEqual([]);
  });

  test('344 hotlines over 7 years in under a second, repeatable under its seed', () => {
    const random = seededRandom(9);
    const years = Array.from({ length: 7 }, (_, y) =>
      Array.from({ length: 344 }, (_l, i) =>
        result(`line-${i}`, Math.floor(random.uniform() * 12), {
          period: String(2013 + y),
          meanSeconds: 30 * random.uniform(),
        }),
      ),
    );
    // Processor time: others on the machine do not count.
    const secondsFrom = (began: NodeJS.CpuUsage): number => process.cpuUsage(began).user / 1e6;
    const started = process.cpuUsage();
    const tables = years.map((now, y) =>
      rankHotlines(now, years[y - 1] ?? [], [], { ...options, draws: 200 }),
    );
    expect(secondsFrom(started)).toBeLessThan(7);
    const single = process.cpuUsage();
    const last = rankHotlines(years[6] ?? [], years[5] ?? [], [], options);
    expect(secondsFrom(single)).toBeLessThan(1);
    expect(tables[6]?.hotlines.length).toBe(344);
    expect(rankHotlines(years[6] ?? [], years[5] ?? [], [], options)).toEqual(last);
  });
});

const columnsOf = (hotline: string, own: readonly TestCall[]): TestCallColumns => {
  const inOrder = own.toSorted((a, b) => a.placedAtMillis - b.placedAtMillis);
  return {
    hotline,
    placedAtMillis: Float64Array.from(inOrder, (c) => c.placedAtMillis),
    connected: Float64Array.from(inOrder, (c) => (c.connected ? 1 : 0)),
    secondsToOperator: Float64Array.from(inOrder, (c) => c.secondsToOperator ?? Number.NaN),
  };
};

describe('ranking from the store', () => {
  const ports = (
    results: readonly MonitoringResult[],
    calls: readonly TestCall[] = [],
  ): Pick<Ports, 'store' | 'models'> =>
    ({
      store: {
        read: async () => [],
        monitoring: {
          results: async () => results,
          testCallSpans: async () =>
            [...Map.groupBy(calls, (c) => c.hotline)].map(([hotline, own]) => ({
              hotline,
              firstMillis: Math.min(...own.map((c) => c.placedAtMillis)),
              lastMillis: Math.max(...own.map((c) => c.placedAtMillis)),
            })),
          testCallColumns: async (hotline?: string, span?: { fromMillis: number; toMillis: number }) => {
            const wanted = calls.filter((c) => hotline === undefined || c.hotline === hotline);
            const all = [...Map.groupBy(wanted, (c) => c.hotline)].map(([line, own]) => columnsOf(line, own));
            return span === undefined ? all : callsWithin(all, span);
          },
        },
      },
      models: {
        hotline: { madeUp: true, zone: 'Asia/Shanghai', country: 'CN' },
        calendar: [],
        monitor: { bands: edges, meanSecondsStandard: 15, testCalls: 11, attempts: 1 },
      },
    }) as unknown as Pick<Ports, 'store' | 'models'>;

  test('takes the latest league, not a single line own month, and the year before', async () => {
    const league = ['2018', '2019'].flatMap((period) =>
      ['a', 'b', 'c'].map((h, i) => result(h, 11 - i, { period })),
    );
    const table = await rankFromStore(ports([...league, result('a', 3, { period: '2026-11' })]), { seed: 1 });
    expect([table.period, table.previousPeriod, table.madeUp]).toEqual(['2019', '2018', true]);
    const month = await rankFromStore(ports([result('a', 3, { period: '2026-11' })]), {
      period: '2026-11',
      seed: 1,
    });
    expect(month.previousPeriod).toBeNull();
  });

  test('no results is bad input that lists the periods there are', async () => {
    await expect(rankFromStore(ports([result('a', 3)]), { period: '2020', seed: 1 })).rejects.toMatchObject({
      problems: [{ rule: 'no-monitoring-results', value: '2020', values: { known: ['2019'] } }],
    });
    await expect(rankFromStore(ports([]), { seed: 1 })).rejects.toThrow('no-monitoring-results');
  });

  test('months of single test calls can be asked for; the league that is shown first stays that of a year', async () => {
    const calls = ['2025-11-03', '2026-01-31'].map((date): TestCall => ({
      hotline: 'a',
      placedAtMillis: Date.parse(`${date}T23:30:00+08:00`),
      connected: true,
      indicators: {},
    }));
    const stored = ports([result('b', 3, { period: '2025-Q4' })], calls);
    const { results, spans } = await readLeagueRecord(stored);
    expect(periodsOffered({ results, spans }, 'Asia/Shanghai')).toEqual([
      '2026',
      '2026-01',
      '2025',
      '2025-Q4',
      '2025-12',
      '2025-11',
    ]);
    expect((await rankFromStore(stored, { seed: 1 })).period).toBe('2026');
    expect((await rankFromStore(stored, { period: '2026-01', seed: 1 })).hotlines).toHaveLength(1);
  });

  test('single test calls stand in for hotlines without a published result, by the local calendar', async () => {
    const call = (hotline: string, at: string, connected: boolean): TestCall => ({
      hotline,
      placedAtMillis: Date.parse(at),
      connected,
      indicators: {},
    });
    const calls = [
      call('a', '2026-11-05T10:00:00+08:00', false),
      call('b', '2026-10-31T23:59:00+08:00', false),
      call('b', '2026-11-01T00:00:00+08:00', true),
      call('b', '2026-11-30T23:59:00+08:00', true),
      call('b', '2025-11-03T09:00:00+08:00', false),
    ];
    const stored = ports([result('a', 9, { period: '2026-11' })], calls);
    const table = await rankFromStore(stored, { period: '2026-11', seed: 1 });
    const counts = Object.fromEntries(table.hotlines.map((h) => [h.hotline, [h.connected, h.testCalls]]));
    expect(counts).toEqual({ a: [9, 11], b: [2, 2] });
    const times = table.hotlines.find((h) => h.hotline === 'b')?.byTime;
    expect(times?.map(({ part, calls: n }) => [part, n])).toEqual([
      ['night', 2],
      ['working-day', 1],
      ['day-off', 1],
    ]);
    const [first, second] = atRiskFirst(table).hotlines.map((h) => h.risk?.fallChance ?? 0);
    expect(first).toBeGreaterThanOrEqual(second ?? 1);
    expect(table.previousPeriod).toBe('2025-11');
  });

  test('single test calls alone make a league: of the latest year that most hotlines share', async () => {
    const calls = ['2024', '2025'].flatMap((year) =>
      ['a', 'b'].map((hotline) => ({
        hotline,
        placedAtMillis: Date.parse(`${year}-03-01T10:00:00+08:00`),
        connected: year === '2025',
        indicators: {},
      })),
    );
    const table = await rankFromStore(ports([], calls), { seed: 1 });
    expect([table.period, table.previousPeriod, table.hotlines.length]).toEqual(['2025', '2024', 2]);
    expect(table.hotlines.map((h) => [h.band, h.previousBand])).toEqual([
      ['hot', 'dead'],
      ['hot', 'dead'],
    ]);
  });

  test('one hotline through its periods has the rows of their league tables', async () => {
    const random = seededRandom(8);
    const call = (hotline: string, at: number): TestCall => {
      const connected = random.uniform() < 0.7;
      const seconds = connected ? { secondsToOperator: 40 * random.uniform() } : {};
      return { hotline, placedAtMillis: at, connected, ...seconds, indicators: {} };
    };
    // none in 2021: a year between the first call and the last is no period by itself
    const days = [2019, 2020, 2022].flatMap((year) =>
      [40, 140, 240, 340].map((d) => Date.UTC(year, 0, d, d)),
    );
    const calls = ['a', 'b', 'c', 'd'].flatMap((hotline) => days.map((at) => call(hotline, at)));
    const published = [result('a', 9), result('b', 4), result('e', 7), result('a', 3, { period: '2020-Q2' })];
    const stored = ports(published, calls);
    for (const hotline of ['a', 'd', 'e']) {
      const { periods } = await hotlineThroughPeriods(stored, { hotline, seed: 1 });
      const wanted = { a: ['2019', '2020-Q2', '2020', '2022'], d: ['2019', '2020', '2022'], e: ['2019'] }[
        hotline
      ];
      expect(periods.map(({ period }) => period)).toEqual(wanted);
      for (const { period, among, ...row } of periods) {
        const { hotlines } = await rankFromStore(stored, { period, seed: 1 });
        expect([row, among]).toEqual([hotlines.find((each) => each.hotline === hotline), hotlines.length]);
      }
    }
    await expect(hotlineThroughPeriods(stored, { hotline: 'zz', seed: 1 })).rejects.toMatchObject({
      problems: [{ rule: 'never-monitored', value: 'zz' }],
    });
  });

  test('months of a quarter do not count beside the quarter when it is asked who is at risk', async () => {
    const quarter = [result('a', 11, { period: '2026-Q3' }), result('b', 6, { period: '2026-Q3' })];
    const month = [result('a', 2, { period: '2026-08' })];
    const risk = async (all: readonly MonitoringResult[]) =>
      (await rankFromStore(ports(all), { period: '2026-Q3', seed: 1 })).hotlines.map((h) => h.risk);
    expect(await risk([...quarter, ...month])).toEqual(await risk(quarter));
  });
});

test('how many of an unknown number connected is no rate: the rate that is given counts, of as many calls as are assumed', () => {
  const result = { hotline: 'a', period: '2019', connected: 48, connectionRate: 0.96, indicators: {} };
  const { hotlines } = rankHotlines([result], [], [], options);
  expect(hotlines[0]).toMatchObject({ hotline: 'a', connectionRate: 0.96, band: 'hot' });
});

test('what a reader of the league must know follows from whom it ranks and what is there to compare with', () => {
  const codes = (results: readonly MonitoringResult[], more: Partial<RankOptions> = {}): string[] =>
    rankHotlines(results, [], [], { ...options, ...more }).notices.map((said) =>
      'code' in said ? said.code : '',
    );
  const two = [result('a', 9), result('b', 5)];
  expect(codes(two)).toEqual(['moves-tested-on-test-calls', 'rank-intervals']);
  expect(codes(two, { previousPeriod: null })).toEqual(['rank-intervals']);
  expect(codes([result('a', 9)])).toEqual(['single-hotline']);
  // Without a number of test calls it is assumed where there is a rate; without either the hotline is left out.
  const { connected: _k, testCalls: _n, ...bare } = result('c', 0);
  const basis = ['moves-tested-on-test-calls', 'rank-intervals'];
  expect(codes([...two, bare])).toEqual([...basis, 'hotlines-left-out']);
  expect(codes([...two, { ...bare, connectionRate: 0.5 }])).toEqual([
    ...basis,
    'number-of-test-calls-assumed',
  ]);
});

test('moves of a line’s own calls are told as such; regions of one rate stand by their names', () => {
  const lines = ['west', 'east', 'north'].map((region, i): MonitoredHotline => ({
    hotline: `line-${i}`,
    name: region,
    region,
    onlineChannels: 0,
  }));
  const document = rankHotlines([result('line-0', 9), result('line-1', 9), result('line-2', 10)], [], lines, {
    ...options,
    ofTraffic: true,
  });
  expect(document.notices.map((said) => ('code' in said ? said.code : ''))).toEqual([
    'moves-tested-on-traffic',
    'rank-intervals',
  ]);
  expect(document.regions.map(({ region }) => region)).toEqual(['north', 'east', 'west']);
});
