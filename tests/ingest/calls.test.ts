import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ingestCalls } from '../support/ingested.ts';
import { addUpCalls, intervalStart, type KnownCall } from '../../src/ingest/kinds/ingest-calls.ts';
import { halfSipHash, keyedHash } from '../../src/ingest/cells/personal-numbers.ts';
import { zoneInstants } from '../../src/ingest/cells/zone-instants.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { csv, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';
import { seenWithCall } from '../../src/kernel/records.ts';
import { addDays, dateOfDayNumber, dayNumber, startOfDay } from '../../src/kernel/time.ts';

const heading = 'call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds,caller,operator';

it.each([
  ['America/Sao_Paulo', 1440, '2018-11-04T03:00Z'],
  ['America/New_York', 120, '2026-03-08T07:00Z'],
])('an interval whose beginning the clock skips begins where the clock goes on: %s', (zone, minutes, at) => {
  const began = Date.parse(at);
  const start = (instant: number): number =>
    intervalStart(instant, minutes, zoneInstants(zone, 0, began + 1e10));
  for (let passed = 0; passed < minutes - 60; passed += 30)
    expect(start(began + passed * 60_000)).toBe(began);
  expect(start(began - 1)).toBe(began - minutes * 60_000);
});

it('the intervals of a day follow each other without gap or overlap, whatever its clock does', () => {
  const zones = [
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Europe/Berlin',
  ];
  const changes = ['1986-01-01', '2010-11-07', '2011-03-13', '2011-12-31', '2026-04-05', '2026-10-04'];
  const days = fc.oneof(
    fc.constantFrom(...changes),
    fc.integer({ min: dayNumber('1980-01-01'), max: dayNumber('2035-12-31') }).map(dateOfDayNumber),
  );
  const minutes = fc.constantFrom(5, 10, 15, 20, 30, 60);
  const everyZone = fc.constantFrom(...zones, ...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...zones), everyZone), days, minutes, (zone, date, step) => {
      const known = zoneInstants(zone, 0, Date.UTC(2040, 0, 1));
      const [from, to] = [startOfDay(date, zone), startOfDay(addDays(date, 1), zone)];
      const wrong: string[] = [];
      for (let at = from, last = from; at < to; at += 60_000) {
        const start = intervalStart(at, step, known);
        // An interval's start lies in it, and only the instant with which the next one begins has another.
        const isRight = start === last || start === at;
        if (!isRight || intervalStart(start, step, known) !== start || at - start >= step * 60_000)
          wrong.push(known.wallClock(at));
        last = start;
      }
      expect(wrong).toEqual([]);
      expect(intervalStart(to, step, known)).toBe(to);
    }),
    {
      examples: [
        ['Australia/Lord_Howe', '2026-10-04', 60],
        ['Australia/Lord_Howe', '2026-04-05', 60],
      ],
    },
  );
});

describe('ingestCalls', () => {
  it('keeps calls apart where the clock goes on in the middle of an hour', async () => {
    const source = csv(
      'queue,arrived_at,wait_seconds,outcome',
      // 02:00 in summer is 02:30
      ...['14:50', '15:35', '15:55', '16:05'].map((at) => `a,2026-10-03T${at}:00Z,1,answered`),
    );
    const { records } = await ingestCalls([source], {
      ...shanghai,
      zone: 'Australia/Lord_Howe',
      intervalMinutes: 60,
      absent: 'gap',
    });
    expect(records.map(({ startMillis, offered }) => [new Date(startMillis).toISOString(), offered])).toEqual(
      [
        ['2026-10-03T14:30:00.000Z', 1],
        ['2026-10-03T15:30:00.000Z', 2],
        ['2026-10-03T16:00:00.000Z', 1],
      ],
    );
  });

  it('adds calls up in the interval of their arrival', async () => {
    const source = csv(
      heading,
      '1,a,2026-11-23 08:00:00,15,answered,100,,7',
      '2,a,2026-11-23 08:29:59,16,answered,200,,8',
      '3,a,2026-11-23 08:10:00,5,abandoned,,,',
      '4,a,2026-11-23 08:10:00,6,abandoned,,,',
      '5,a,2026-11-23 08:11:00,,blocked,,,',
      '6,a,2026-11-23 08:12:00,,ended_in_menu,,,',
      '7,b,2026-11-23 08:30:00,0:20,接通,1:40,,7',
    );
    const { records, presence, report } = await ingestCalls([source], { ...shanghai, absent: 'gap' });
    expect(records).toEqual([
      {
        queue: 'a',
        startMillis: inShanghai('2026-11-23 08:00'),
        intervalMinutes: 30,
        offered: 5,
        answered: 2,
        abandoned: 2,
        shortAbandoned: 1,
        blocked: 1,
        answeredInThreshold: 1,
        waitSecondsTotal: 42,
        handleSecondsTotal: 300,
      },
      expect.objectContaining({
        queue: 'b',
        startMillis: inShanghai('2026-11-23 08:30'),
        waitSecondsTotal: 20,
        handleSecondsTotal: 100,
      }),
    ]);
    // operator 8 takes the call that waited until 08:30:15 and is seen only then
    expect(presence).toEqual([
      { tier: seenWithCall, startMillis: inShanghai('2026-11-23 08:00'), intervalMinutes: 30, operators: 1 },
      { tier: seenWithCall, startMillis: inShanghai('2026-11-23 08:30'), intervalMinutes: 30, operators: 2 },
    ]);
    expect(report).toMatchObject({ kind: 'calls', queues: ['a', 'b'], files: [{ rows: 7, accepted: 7 }] });
  });

  it('bins on the wall clock, also where it is half an hour off', async () => {
    const source = csv(
      heading,
      '1,a,2026-11-23 08:10:00,1,answered,100,,',
      '2,a,2026-11-23 08:50:00,1,answered,9,,',
    );
    const kolkata = { ...shanghai, zone: 'Asia/Kolkata', intervalMinutes: 60 };
    const { records } = await ingestCalls([source], kolkata);
    expect(records).toMatchObject([{ startMillis: Date.parse('2026-11-23T08:00:00+05:30'), offered: 2 }]);
    const days = await ingestCalls([source], { ...kolkata, intervalMinutes: 1440 });
    expect(days.records).toMatchObject([
      { startMillis: Date.parse('2026-11-23T00:00:00+05:30'), offered: 2 },
    ]);
  });

  it('counts a call id once, and refuses it with other content', async () => {
    const first = '1,a,2026-11-23 08:00:00,15,answered,100,,7';
    const { records, report } = await ingestCalls([csv(heading, first), csv(heading, first)], shanghai);
    expect(records[0]?.offered).toBe(1);
    expect(report.files[1]).toMatchObject({ duplicates: 1, accepted: 0 });
    const other = csv(heading, first, first.replace('15', '16'));
    expect(await refusal(ingestCalls([other], shanghai))).toMatchObject([
      { rule: 'conflicting-duplicates', row: 3, value: '1' },
    ]);
  });

  it('tells outcomes that it does not know, and takes them from a map file', async () => {
    const source = csv(heading, '1,a,2026-11-23 08:00:00,15,handed over,100,,7');
    expect(await refusal(ingestCalls([source], shanghai))).toMatchObject([
      { rule: 'unknown-outcome', value: 'handed over' },
    ]);
    const map = parseMapFile({ values: { outcome: { 'handed over': 'answered' } } });
    expect((await ingestCalls([source], { ...shanghai, map })).records[0]?.answered).toBe(1);
  });

  it.each([
    ['是否接通', '是', '否'],
    ['是否接通人工', '是', '否'],
    ['Answered?', 'Yes', 'no'],
    ['是否应答', '1', '0'],
  ])('knows yes and no under %s, and under no other heading', async (asks, yes, no) => {
    const rows = [yes, no, yes].map((word, i) => `${i},a,2026-11-23 08:00:00,15,${word},100,,7`);
    const under = (said: string) => ingestCalls([csv(heading.replace('outcome', said), ...rows)], shanghai);
    expect((await under(asks)).records).toMatchObject([{ offered: 3, answered: 2, abandoned: 1 }]);
    for (const other of ['outcome', '通话结果'])
      expect((await refusal(under(other))).slice(-2)).toMatchObject([
        { rule: 'unknown-outcome', value: yes, rows: 2 },
        { rule: 'unknown-outcome', value: no },
      ]);
  });

  it.each([
    '是否无人接听',
    '是否接听失败',
    '是否15秒内接通',
    'Disconnected',
    'No one answered',
    'Answered within 20 s',
  ])('takes no yes or no under %s for an answer', async (asks) => {
    const rows = ['是', '否'].map((word, i) => `${i},a,2026-11-23 08:00:00,15,${word},100,,7`);
    const refused = await refusal(ingestCalls([csv(heading.replace('outcome', asks), ...rows)], shanghai));
    expect(refused.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('refuses an interval that does not divide a day', async () => {
    const source = csv(heading, '1,a,2026-11-23 08:00:00,15,answered,100,,7');
    expect(await refusal(ingestCalls([source], { ...shanghai, intervalMinutes: 7 }))).toMatchObject([
      { rule: 'interval-not-of-a-day' },
    ]);
  });
});

describe('redials', () => {
  const call = (id: number, clock: string, outcome: string, caller: string): string =>
    `${id},a,2026-11-23 ${clock}:00,10,${outcome},,${caller},`;
  const rows = [
    call(1, '08:00', 'abandoned', '111'),
    call(2, '08:05', 'blocked', '111'),
    call(3, '08:40', 'answered', '111'),
    call(4, '08:50', 'answered', '111'),
    call(5, '08:00', 'abandoned', '222'),
    call(6, '10:01', 'answered', '222'),
    call(7, '08:00', 'abandoned', ''),
    call(8, '08:01', 'answered', ''),
    call(9, '08:02', 'answered', '333'),
  ];
  const redials = async (lines: readonly string[], options = {}): Promise<number[]> =>
    (
      await ingestCalls([csv(heading, ...lines)], {
        ...shanghai,
        absent: 'gap',
        callerKey: 'secret',
        ...options,
      })
    ).records.map((r) => r.redials ?? -1);

  it('are attempts of the same caller within the window after a failed one', async () => {
    expect(await redials(rows)).toEqual([1, 1, 0]);
    expect(await redials(rows, { redialWindowMinutes: 180 })).toEqual([1, 1, 1]);
    expect(await redials(rows, { redialWindowMinutes: 10 })).toEqual([1, 0, 0]);
  });

  it('do not depend on the order of rows or on the key', async () => {
    expect(await redials(rows.toReversed(), { callerKey: 'another' })).toEqual([1, 1, 0]);
  });

  it('are not counted without a key: callers are then not read', async () => {
    const { records } = await ingestCalls([csv(heading, ...rows)], shanghai);
    expect(records.every((record) => record.redials === undefined)).toBe(true);
  });

  it('leave callers out that a map file empties', async () => {
    const map = parseMapFile({ values: { caller: { 111: '' } } });
    expect(await redials(rows, { map, redialWindowMinutes: 180 })).toEqual([0, 0, 1]);
  });
});

describe('keyedHash', () => {
  it('is HalfSipHash-2-4 with 64 bits: the first vectors of its reference code', () => {
    const key = [0x03020100, 0x07060504] as const;
    const message = Uint8Array.from({ length: 64 }, (_, i) => i);
    const words = [
      [0x591f8d21, 0xc83cb8b9],
      [0x122455be, 0x157338f8],
      [0xef394f06, 0x57eb507c],
      [0x451a0fce, 0x790606f7],
      [0x178ae7d5, 0xa12ee55b],
      [0x3f7c9dcb, 0x80b53d2f],
      [0x35913ece, 0x25bca28a],
      [0x282720ff, 0x84c67bb0],
      [0x20e8feed, 0x8c85e4bc],
    ] as const;
    words.forEach(([low, high], length) => {
      expect(halfSipHash(...key, message, 0, length)).toBe((high & 0x1fffff) * 2 ** 32 + low);
    });
  });

  it('gives other hashes under another key and spreads near numbers', () => {
    const bytes = (said: string): Uint8Array => new TextEncoder().encode(said);
    const numbers = Array.from({ length: 2000 }, (_, i) => bytes(String(13_800_000_000 + i)));
    const one = numbers.map((n) => keyedHash('one')(n, 0, n.length));
    const two = numbers.map((n) => keyedHash('two')(n, 0, n.length));
    expect(new Set([...one, ...two]).size).toBe(4000);
    expect(one.every((hash) => Number.isSafeInteger(hash))).toBe(true);
  });
});

describe('calls that come from elsewhere', () => {
  const callers = [
    '',
    '13800000001',
    '9007199254740993',
    '9999999999999999',
    'a caller',
    '0138',
    '13800000002',
  ];
  const call: fc.Arbitrary<KnownCall> = fc.record({
    queue: fc.constantFrom('a', 'b'),
    arrivedMillis: fc.integer({ min: 0, max: 180 }).map((m) => inShanghai('2026-11-23 08:00') + 60_000 * m),
    outcome: fc.constantFrom('answered', 'abandoned', 'blocked', 'ended_in_menu'),
    waitSeconds: fc.integer({ min: 1, max: 90 }),
    handleSeconds: fc.option(fc.integer({ min: 30, max: 600 }), { nil: undefined }),
    operator: fc.constantFrom('', '7', '8'),
    caller: fc.constantFrom(...callers),
  });
  const counted = { ...shanghai, absent: 'gap', callerKey: 'k', redialWindowMinutes: 60 } as const;

  it('are added up as a file of the same calls would be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 40 }), async (calls) => {
        const rows = calls.map(
          ({ queue, arrivedMillis, outcome, waitSeconds, handleSeconds, operator, caller }, i) =>
            [
              ...[
                i + 1,
                queue,
                new Date(arrivedMillis + 28_800_000).toISOString().slice(0, 19).replace('T', ' '),
              ],
              ...[waitSeconds, outcome, handleSeconds ?? '', caller, operator],
            ].join(','),
        );
        // One that ended in the menu is in a file, and counts in none.
        const menu = '0,a,2026-11-23 08:00:00,,ended_in_menu,,,';
        const file = await ingestCalls([csv(heading, menu, ...rows)], { ...counted, acceptUnusual: true });
        const known = addUpCalls(calls, counted);
        const figures = (records: Iterable<object>) =>
          [...records].map((record) => JSON.stringify(record, Object.keys(record).toSorted())).toSorted();
        expect(figures(known.records)).toEqual(figures(file.records));
        expect(known.presence).toEqual(file.presence);
      }),
      { numRuns: 60 },
    );
  });
});

describe('files of calls that were added up before', () => {
  const rows = {
    a: ['1,q,2026-11-23 08:00:00,15,answered,100,,7', '2,q,2026-11-23 08:10:00,8,abandoned,,,'],
    b: ['3,q,2026-11-23 08:20:00,5,answered,80,,8', '4,q,2026-11-23 09:00:00,,blocked,,,'],
    // A call of the first file again, and one that came then.
    c: ['1,q,2026-11-23 08:00:00,15,answered,100,,7', '5,q,2026-11-23 08:01:00,2,answered,60,,7'],
  };
  const usual = { ...shanghai, absent: 'gap' } as const;
  let opened: string[] = [];
  const source = (name: keyof typeof rows, mark: string | undefined = name) => {
    const { chunks, ...own } = csv(heading, ...rows[name]);
    return {
      ...own,
      name: `${name}.csv`,
      ...(mark === '' ? {} : { mark }),
      chunks: {
        async *[Symbol.asyncIterator]() {
          opened.push(name);
          yield* chunks;
        },
      },
    };
  };
  const read = async (names: string, more: Partial<typeof shanghai> = {}, mark?: string) => {
    opened = [];
    const sources = [...names].map((name) => source(name as keyof typeof rows, mark));
    const { records, presence } = await ingestCalls(sources, { ...usual, ...more });
    return { records, presence, opened: opened.join('') };
  };

  it('are not read again while files only come beside them, and what comes out is the same', async () => {
    const kept = {};
    expect((await read('a', { kept })).opened).toBe('a');
    for (const names of ['ab', 'abc']) {
      const next = await read(names, { kept });
      expect(next.opened).toBe(names.at(-1));
      const anew = await read(names);
      expect(anew.opened).toBe(names);
      expect([next.records, next.presence]).toEqual([anew.records, anew.presence]);
    }
  });

  it('are read again when one is gone, nothing is new, a setting differs, or nobody knows whether they changed', async () => {
    const then = async (names: string, more: Partial<typeof shanghai> = {}, mark?: string) => {
      const kept = {};
      await read('ab', { kept }, mark);
      const found = await read(names, { kept, ...more }, mark);
      expect(found.records).toEqual((await read(names, more)).records);
      return found.opened;
    };
    expect(await then('ac')).toBe('ac');
    expect(await then('ab')).toBe('ab');
    expect(await then('abc', { shortAbandonSeconds: 9 })).toBe('abc');
    expect(await then('abc', {}, '')).toBe('abc');
    expect(await then('abc')).toBe('c');
  });
});

it('durations of calls are in the unit that the map names, however the rows are read', async () => {
  const rows = ['1,q,2026-11-23 08:00:00,15,answered,2,,', '2,q,2026-11-23 08:10:00,30,answered,4,,'];
  const totals = async (units: Record<string, string>, ...lines: string[]) => {
    const map = parseMapFile({ units });
    const { records } = await ingestCalls([csv(heading, ...lines)], {
      ...shanghai,
      map,
      absent: 'gap',
      acceptUnusual: true,
    });
    return records.map(({ waitSecondsTotal, handleSecondsTotal }) => [waitSecondsTotal, handleSecondsTotal]);
  };
  expect(await totals({ handle_seconds: 'minutes', wait_seconds: 'seconds' }, ...rows)).toEqual([[45, 360]]);
  expect(await totals({ handle_seconds: 'seconds', wait_seconds: 'minutes' }, ...rows)).toEqual([[2700, 6]]);
  // A quoted cell is none that can be read plainly.
  const quoted = rows.map((row) => row.replace(',q,', ',"q",'));
  expect(await totals({ handle_seconds: 'minutes', wait_seconds: 'seconds' }, ...quoted)).toEqual([
    [45, 360],
  ]);
});
