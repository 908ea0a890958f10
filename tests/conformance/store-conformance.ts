import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LineOverview } from '../../src/contract/documents/line-overview.ts';
import type { TestCall, TrafficRecord } from '../../src/kernel/records.ts';
import type { Store } from '../../src/planning/ports.ts';
import { emptyOverview } from '../../src/render/line-overview.ts';
import { halfHour, start, trafficRows } from '../support/traffic-rows.ts';

/** A store on fresh ground, and a way to close it and open the same data again. */
export interface StoreGround {
  readonly store: Store;
  reopen(): Promise<Store>;
  /** Marks the records as moved to a place, as a move by another process does at its end. */
  moveAway(place: string): Promise<void>;
  remove(): Promise<void>;
}

/** What every store must do, whatever it is built on. */
export const describeStore = (name: string, lay: () => Promise<StoreGround>): void => {
  describe(`store: ${name}`, () => {
    let ground: StoreGround;
    let store: Store;
    beforeEach(async () => {
      ground = await lay();
      store = ground.store;
    });
    afterEach(() => ground.remove());

    test('is empty at first', async () => {
      expect(await store.trafficSummary()).toEqual([]);
      expect(await store.plan()).toBeUndefined();
      expect(await store.cached('x')).toBeUndefined();
      const none = await store.traffic('nobody');
      expect([none.startMillis.length, none.offered.length, none.intervalMinutes]).toEqual([0, 0, 0]);
    });

    test('a line at a glance is kept in the place of the one before, and found again', async () => {
      expect([...(await store.overviews()).keys()]).toEqual([]);
      const overview: LineOverview = {
        ...emptyOverview,
        name: { 'zh-CN': '东', en: 'East' },
        madeUp: false,
        computedAt: '2026-03-02T08:00:00.000Z',
        restsOn: 'a',
      };
      await store.keepOverview({ ...overview, restsOn: 'before' });
      await store.keepOverview(overview);
      const again = await ground.reopen();
      expect([...(await again.overviews()).values()]).toEqual([overview]);
    });

    test('writing the same traffic twice changes nothing', async () => {
      const rows = trafficRows('general', 250);
      expect(await store.write('traffic', rows)).toEqual({ added: 250, changed: 0, unchanged: 0 });
      const hash = await store.dataHash();
      expect(await store.write('traffic', rows)).toEqual({ added: 0, changed: 0, unchanged: 250 });
      expect(await store.dataHash()).toBe(hash);
    });

    test('presence has a name that changes with it, and with nothing else', async () => {
      const row = { tier: 'first', startMillis: Date.UTC(2026, 0, 5), intervalMinutes: 30, operators: 4 };
      await store.write('presence', [row]);
      const hash = await store.presenceHash();
      await store.write('presence', [row]);
      await store.write('traffic', trafficRows('general', 3));
      expect(await store.presenceHash()).toBe(hash);
      await store.write('presence', [{ ...row, operators: 5 }]);
      expect(await store.presenceHash()).not.toBe(hash);
      await store.write('presence', [row]);
      expect(await store.presenceHash()).toBe(hash);
    });

    test.each([3, 900])(
      'a number that is none is refused by name among %i rows, and nothing is written',
      async (count) => {
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
          const rows = trafficRows('general', count);
          const last = rows[count - 1];
          if (last !== undefined) rows[count - 1] = { ...last, handleSecondsTotal: bad };
          await expect(store.write('traffic', rows)).rejects.toMatchObject({
            problems: [{ rule: 'number-not-finite', column: 'handleSecondsTotal', value: String(bad) }],
          });
          expect(await store.trafficSummary()).toEqual([]);
        }
      },
    );

    test('a first load in bulk takes queues in turn, new years, rows out of order and rows that come twice', async () => {
      const first = Date.UTC(2025, 11, 25);
      const row = (queue: string, i: number, offered = i): TrafficRecord => ({
        queue,
        startMillis: first + i * halfHour,
        intervalMinutes: 30,
        offered: Math.abs(offered),
        waitSecondsTotal: i + 0.125,
      });
      const inTurn = Array.from({ length: 1200 }, (_, i) => row(i % 2 === 0 ? 'a' : 'b', i >> 1));
      const before = Array.from({ length: 50 }, (_, i) => row('a', -1 - i));
      const again = Array.from({ length: 20 }, (_, i) => row('b', 100 + i, 7));
      const written = await store.write('traffic', [...inTurn, ...before, ...again]);
      expect(written.added).toBe(1250);
      expect(written.changed + written.unchanged).toBe(20);
      const [a, b] = await Promise.all([store.traffic('a'), store.traffic('b')]);
      expect([...a.startMillis]).toEqual(Array.from({ length: 650 }, (_, i) => first + (i - 50) * halfHour));
      expect([...a.offered]).toEqual(Array.from({ length: 650 }, (_, i) => Math.abs(i - 50)));
      expect([...a.waitSecondsTotal]).toEqual(Array.from({ length: 650 }, (_, i) => i - 50 + 0.125));
      expect([...b.offered.subarray(98, 122)]).toEqual([
        98,
        99,
        ...Array.from({ length: 20 }, () => 7),
        120,
        121,
      ]);
      expect([a.answered.every(Number.isNaN), a.intervalMinutes]).toEqual([true, 30]);
      const same = await store.write('traffic', [...inTurn.slice(0, 150), ...before]);
      expect(same).toEqual({ added: 0, changed: 0, unchanged: 200 });
    });

    test('counts what is added, changed and unchanged', async () => {
      await store.write('traffic', trafficRows('general', 200));
      const next = trafficRows('general', 205).map((row, i) => (i < 3 ? { ...row, offered: 7 } : row));
      expect(await store.write('traffic', next)).toEqual({ added: 5, changed: 3, unchanged: 197 });
      expect((await store.traffic('general')).offered[2]).toBe(7);
    });

    test('a field that becomes absent is a change', async () => {
      await store.write('traffic', trafficRows('general', 1));
      const [row] = trafficRows('general', 1);
      const { operators, ...rest } = row ?? trafficRows('general', 1)[0]!;
      expect(operators).toBe(12);
      expect(await store.write('traffic', [rest])).toEqual({ added: 0, changed: 1, unchanged: 0 });
      expect((await store.traffic('general')).operators[0]).toBeNaN();
    });

    test('a write that fails half-way leaves nothing', async () => {
      await store.write('traffic', trafficRows('general', 10));
      const hash = await store.dataHash();
      const failing = function* (): Generator<TrafficRecord> {
        yield* trafficRows('general', 5000, 900);
        throw new Error('the file ends here');
      };
      await expect(store.write('traffic', failing())).rejects.toThrow('the file ends here');
      expect((await store.trafficSummary()).map((s) => s.rows)).toEqual([10]);
      expect((await store.traffic('general')).offered[0]).toBe(100);
      expect(await store.dataHash()).toBe(hash);
    });

    test('reads a span, half open, in time order; absent fields are NaN', async () => {
      await store.write('traffic', trafficRows('general', 10).toReversed());
      const span = { fromMillis: start + 2 * halfHour, toMillis: start + 5 * halfHour };
      const columns = await store.traffic('general', span);
      expect([...columns.startMillis]).toEqual([2, 3, 4].map((i) => start + i * halfHour));
      expect([...columns.operators]).toEqual([12, Number.NaN, 12]);
      expect([...columns.blocked]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
      expect(columns.waitSecondsTotal[0]).toBe(812.25);
      expect(columns.intervalMinutes).toBe(30);
    });

    test('summarises each queue', async () => {
      await store.write('traffic', [...trafficRows('b', 3), ...trafficRows('a', 2)]);
      expect(await store.trafficSummary()).toEqual([
        { queue: 'a', firstMillis: start, lastMillis: start + halfHour, intervalMinutes: 30, rows: 2 },
        { queue: 'b', firstMillis: start, lastMillis: start + 2 * halfHour, intervalMinutes: 30, rows: 3 },
      ]);
    });

    test('refuses another interval length for a queue and writes nothing', async () => {
      await store.write('traffic', trafficRows('general', 3));
      const quarter = trafficRows('general', 2).map((r) => ({ ...r, intervalMinutes: 15 }));
      const mixed = [...trafficRows('other', 4), ...quarter];
      await expect(store.write('traffic', mixed)).rejects.toMatchObject({
        problems: [{ rule: 'interval-length-differs', value: '15' }],
      });
      expect((await store.trafficSummary()).map((s) => s.queue)).toEqual(['general']);
    });

    test('totals of days give way to intervals of the same days, all of them or none', async () => {
      const day = { ...trafficRows('general', 1)[0], intervalMinutes: 1440, offered: 90 } as TrafficRecord;
      const later = { ...day, startMillis: day.startMillis + 40 * 86_400_000 };
      await store.write('traffic', [day]);
      await store.write('traffic', trafficRows('general', 3));
      expect(await store.trafficSummary()).toMatchObject([{ intervalMinutes: 30, rows: 3 }]);
      await store.write('traffic', [
        { ...day, queue: 'other' },
        { ...later, queue: 'other' },
      ]);
      await expect(store.write('traffic', trafficRows('other', 3))).rejects.toMatchObject({
        problems: [{ rule: 'interval-length-differs', value: '30' }],
      });
      expect((await store.trafficSummary()).map(({ rows }) => rows)).toEqual([3, 2]);
    });

    test('the data hash follows content, not order, of traffic and events', async () => {
      const empty = await store.dataHash();
      await store.write('traffic', [...trafficRows('a', 3), ...trafficRows('b', 3)]);
      const both = await store.dataHash();
      const [first] = trafficRows('a', 1);
      await store.write('traffic', [{ ...first!, shortAbandoned: 1 }]);
      const changed = await store.dataHash();
      await store.write('traffic', [first!]);
      expect(await store.dataHash()).toBe(both);
      await store.write('events', [{ date: '2026-01-06', kind: 'storm', label: 'rain' }]);
      expect(new Set([empty, both, changed, await store.dataHash()]).size).toBe(4);
    });

    test('keeps every other record as it was given', async () => {
      const operators = [
        { operator: 'a01', skills: ['general', 'move-car'], contractHours: 40, qualityScore: 91.5 },
        { operator: 'a02', tier: 'expert', skills: [], contractHours: 20 },
      ];
      await store.write('operators', operators);
      expect(await store.read('operators')).toEqual(operators);
      const channels = [{ channel: 'web', capacityPerInterval: 40, operatorSeconds: 90, failureShare: 0.2 }];
      await store.write('channels', channels);
      expect(await store.read('channels')).toEqual(channels);
      const volumes = [{ channel: 'web', startMillis: start, requests: 12 }];
      await store.write('channel-volumes', volumes);
      expect(await store.read('channel-volumes')).toEqual(volumes);
      const events = [
        { date: '2026-01-06', kind: 'storm', label: 'rain', queue: 'general', expectedEffect: 0.3 },
        { date: '2026-01-07', kind: 'storm', label: 'rain', end: '2026-01-08', decayDays: 2 },
      ];
      expect(await store.write('events', events)).toEqual({ added: 2, changed: 0, unchanged: 0 });
      expect(await store.read('events')).toEqual(events);
    });

    test('keeps causes by day, those of one queue and of all, and names the data anew', async () => {
      const before = await store.dataHash();
      const rows = [
        { cause: 'rain', date: '2026-01-06', value: 12.5 },
        { cause: 'rain', date: '2026-01-06', value: -3, queue: 'general' },
        { cause: 'rain', date: '2026-01-07', value: 0 },
      ];
      expect(await store.write('causes', rows)).toEqual({ added: 3, changed: 0, unchanged: 0 });
      expect(await store.read('causes')).toEqual(rows);
      expect(await store.dataHash()).not.toBe(before);
      expect(await store.write('causes', [{ cause: 'rain', date: '2026-01-07', value: 4 }])).toEqual({
        added: 0,
        changed: 1,
        unchanged: 0,
      });
    });

    test('keeps demands by topic and day, of a queue and of all', async () => {
      const rows = [
        { topic: 'housing/property', date: '2026-01-05', demands: 12, days: 1 },
        { topic: 'housing/property', date: '2026-01-05', demands: 3, days: 1, queue: 'general' },
        { topic: 'heating', date: '2026-01-05', demands: 80, days: 7 },
      ];
      expect(await store.write('topics', rows)).toEqual({ added: 3, changed: 0, unchanged: 0 });
      expect(new Set(await store.read('topics'))).toEqual(new Set(rows));
      const again = [
        { ...rows[0]!, demands: 13 },
        { ...rows[2]!, queue: undefined },
      ].map(({ queue, ...row }) => (queue === undefined ? row : { ...row, queue }));
      expect(await store.write('topics', again)).toEqual({ added: 0, changed: 1, unchanged: 1 });
    });

    test('keeps forecasts from outside by when they were issued, and names the data anew', async () => {
      const said = (issuedMillis: number, calls: number) => ({
        model: 'own',
        queue: 'general',
        issuedMillis,
        startMillis: start,
        intervalMinutes: 1440,
        calls,
      });
      const first = { ...said(start - 7 * 86_400_000, 210.5), q10: 180.25, q90: 240 };
      const later = said(start - 86_400_000, 215);
      const before = await store.dataHash();
      expect(await store.write('forecasts', [later, first])).toEqual({
        added: 2,
        changed: 0,
        unchanged: 0,
      });
      expect(await store.read('forecasts')).toEqual([first, later]);
      const hash = await store.dataHash();
      expect(hash).not.toBe(before);
      const changed = { ...later, calls: 216 };
      expect(await store.write('forecasts', [first, changed])).toEqual({
        added: 0,
        changed: 1,
        unchanged: 1,
      });
      expect(await store.read('forecasts')).toEqual([first, changed]);
      expect(await store.dataHash()).not.toBe(hash);
    });

    test('an event is added, changed and removed where it stands as it was read, else nothing is', async () => {
      const first = { date: '2026-01-06', kind: 'storm', label: 'rain', expectedEffect: 0.3 };
      const later = { date: '2026-01-07', end: '2026-01-09', kind: 'storm', label: 'rain', queue: 'general' };
      const empty = await store.dataHash();
      expect(await store.changeEvent(null, first)).toBe(true);
      expect(await store.dataHash()).not.toBe(empty);
      expect(await store.changeEvent(null, { ...first, expectedEffect: 0.5 })).toBe(false);
      expect(await store.changeEvent({ ...first, expectedEffect: 0.2 }, later)).toBe(false);
      expect(await store.changeEvent({ date: '2026-01-06', kind: 'storm', label: 'rain' }, null)).toBe(false);
      expect(await store.read('events')).toEqual([first]);
      expect(await store.changeEvent(null, later)).toBe(true);
      expect(await store.changeEvent(first, { ...later, decayDays: 2 })).toBe(false);
      expect(await store.read('events')).toEqual([first, later]);
      expect(await store.changeEvent(first, { ...first, expectedEffect: 0.4 })).toBe(true);
      expect(await store.changeEvent(later, null)).toBe(true);
      expect(await store.read('events')).toEqual([{ ...first, expectedEffect: 0.4 }]);
      expect(await store.changeEvent({ ...first, expectedEffect: 0.4 }, null)).toBe(true);
      expect(await store.dataHash()).toBe(empty);
    });

    test('reads presence and prompts of a span', async () => {
      const presence = [0, 1, 2].map((i) => ({
        tier: 'front',
        startMillis: start + i * halfHour,
        intervalMinutes: 30,
        operators: 10 + i,
      }));
      await store.write('presence', presence);
      const span = { fromMillis: start + halfHour, toMillis: start + 2 * halfHour };
      expect(await store.read('presence', span)).toEqual(presence.slice(1, 2));
      const minutes = presence[0]!.intervalMinutes;
      const during = { minutes, startMillis: [0, 2].map((i) => presence[i]!.startMillis) };
      expect(await store.read('presence', undefined, during)).toEqual([presence[0], presence[2]]);
      const longer = { minutes: minutes / 2, startMillis: [0] };
      expect(await store.read('presence', span, longer)).toEqual(presence.slice(1, 2));
      const played = { prompt: 'online', queue: 'q', startMillis: start, endMillis: start + 1.5 * halfHour };
      await store.write('prompts', [played]);
      expect(await store.read('prompts', span)).toEqual([played]);
      expect(await store.read('prompts', { fromMillis: played.endMillis, toMillis: start * 2 })).toEqual([]);
    });

    test('many records of a kind come in as few do: counted, replaced where they differ, the last of a key stands', async () => {
      const calls = (seconds: number): TestCall[] =>
        Array.from({ length: 1200 }, (_, i) => ({
          hotline: `h${i % 3}`,
          placedAtMillis: start + Math.floor(i / 6) * halfHour,
          connected: i % 2 === 0,
          secondsToOperator: i < 900 ? 20 : seconds,
          indicators: { etiquette: i / 7 },
        }));
      const { monitoring } = store;
      expect(await store.write('test-calls', calls(20))).toEqual({ added: 1200, changed: 0, unchanged: 0 });
      expect(await store.write('test-calls', calls(30))).toEqual({ added: 0, changed: 300, unchanged: 900 });
      expect((await monitoring.testCalls('h1')).length).toBe(400);
      const presence = Array.from({ length: 1500 }, (_, i) => ({
        tier: '一线\t\\N',
        startMillis: start + (i % 1000) * halfHour,
        intervalMinutes: 30,
        operators: i,
      }));
      await store.write('presence', presence);
      const stored = await store.read('presence');
      expect(stored).toEqual([...presence.slice(1000), ...presence.slice(500, 1000)]);
    });

    test('several writes together are there together, or not at all', async () => {
      const some = { channel: 'web', capacityPerInterval: 1, operatorSeconds: 1, failureShare: 0 };
      const writing = store.together(async (into) => {
        await into.write('traffic', trafficRows('general', 900));
        await into.write('channels', [some]);
        await into.write('hotlines', [{ hotline: 'h', name: 'h' }]);
        throw new Error('torn');
      });
      await expect(writing).rejects.toThrow('torn');
      const held = [await store.trafficSummary(), await store.read('channels'), await store.read('hotlines')];
      expect(held).toEqual([[], [], []]);
      await store.together(async (into) => {
        await into.write('traffic', trafficRows('general', 900));
        await into.write('channels', [some]);
      });
      expect([(await store.trafficSummary())[0]?.rows, await store.read('channels')]).toEqual([900, [some]]);
    });

    test('keeps test calls that bear the same time, once each', async () => {
      const call = {
        hotline: 'h1',
        placedAtMillis: start,
        connected: true,
        secondsToOperator: 21,
        indicators: {},
      };
      const calls = [call, { ...call, connected: false }, call].map((c) => ({ ...c }));
      expect(await store.write('test-calls', calls)).toEqual({ added: 3, changed: 0, unchanged: 0 });
      expect(await store.write('test-calls', calls)).toEqual({ added: 0, changed: 0, unchanged: 3 });
      expect(await store.monitoring.testCalls('h1')).toEqual(calls);
      const version = await store.monitoring.testCallsVersion();
      await store.write('test-calls', calls);
      expect(await store.monitoring.testCallsVersion()).toBe(version);
      await store.write('test-calls', [{ ...call, placedAtMillis: start - 1 }]);
      expect(await store.monitoring.testCallsVersion()).not.toBe(version);
      expect(await store.monitoring.testCallSpans()).toEqual([
        { hotline: 'h1', firstMillis: start - 1, lastMillis: start },
      ]);
      await store.write('test-calls', [
        { ...call, hotline: '乙', placedAtMillis: start + 9 },
        { ...call, hotline: '乙', placedAtMillis: start + 3 },
        { hotline: 'H0', placedAtMillis: start + 5, connected: false, indicators: { etiquette: 3 } },
      ]);
      expect(await store.monitoring.testCallSpans()).toEqual([
        { hotline: 'H0', firstMillis: start + 5, lastMillis: start + 5 },
        { hotline: 'h1', firstMillis: start - 1, lastMillis: start },
        { hotline: '乙', firstMillis: start + 3, lastMillis: start + 9 },
      ]);
      const columns = (hotline: string, ...rows: readonly (readonly [number, number, number])[]) => ({
        hotline,
        placedAtMillis: Float64Array.from(rows, ([at]) => start + at),
        connected: Float64Array.from(rows, ([, connected]) => connected),
        secondsToOperator: Float64Array.from(rows, ([, , seconds]) => seconds),
      });
      const own = columns('h1', [-1, 1, 21], [0, 1, 21], [0, 0, 21], [0, 1, 21]);
      const others = [columns('H0', [5, 0, Number.NaN]), columns('乙', [3, 1, 21], [9, 1, 21])] as const;
      expect(await store.monitoring.testCallColumns()).toEqual([others[0], own, others[1]]);
      expect(await store.monitoring.testCallColumns('h1')).toEqual([own]);
      expect(await store.monitoring.testCallColumns("h'2")).toEqual([]);
      const span = { fromMillis: start + 3, toMillis: start + 9 };
      expect(await store.monitoring.testCallColumns(undefined, span)).toEqual([
        others[0],
        columns('乙', [3, 1, 21]),
      ]);
      expect(await store.monitoring.testCalls('h2')).toEqual([]);
      expect(await store.monitoring.testCalls('h1', { fromMillis: start + 1, toMillis: start + 2 })).toEqual(
        [],
      );
    });

    test('keeps results of monitoring and hotlines', async () => {
      const results = [
        {
          hotline: 'h1',
          period: '2019',
          testCalls: 11,
          connected: 10,
          indicators: { etiquette: 88 },
          total: 71.5,
        },
        { hotline: 'h1', period: '2018', connectionRate: 0.5, indicators: {} },
      ];
      await store.write('results', results);
      expect(await store.monitoring.results('2019')).toEqual([results[0]]);
      expect(await store.monitoring.results()).toHaveLength(2);
      const hotlines = [
        { hotline: 'h1', name: '一号', roundTheClock: true, smartVoice: false },
        { hotline: 'h2', name: '二号', cityTier: '2', onlineChannels: 3 },
      ];
      await store.write('hotlines', hotlines);
      expect(await store.read('hotlines')).toEqual(hotlines);
      const later = { hotline: 'h1', validFrom: '2025-07-01', name: '一号', smartVoice: true };
      expect(await store.write('hotlines', [later])).toEqual({ added: 1, changed: 0, unchanged: 0 });
      expect(await store.read('hotlines')).toEqual([hotlines[0], later, hotlines[1]]);
      const same = [{ ...results[0]!, indicators: { etiquette: 88 } }];
      expect(await store.write('results', same)).toEqual({ added: 0, changed: 0, unchanged: 1 });
    });

    test('overrules are added, listed and removed', async () => {
      const overrule = {
        queue: null,
        date: '2026-01-06',
        from: '09:00',
        to: '11:00',
        factor: 1.2,
        calls: null,
        reason: 'school enrolment',
        author: 'planner',
      };
      const id = await store.addOverrule(overrule);
      const other = await store.addOverrule({ ...overrule, queue: 'general', factor: null, calls: 90 });
      expect(other).not.toBe(id);
      expect(await store.overrules()).toEqual([
        { ...overrule, id },
        { ...overrule, queue: 'general', factor: null, calls: 90, id: other },
      ]);
      expect(await store.removeOverrule(id)).toBe(true);
      expect(await store.removeOverrule(id)).toBe(false);
      expect(await store.overrules()).toHaveLength(1);
    });

    test('cached results are bytes by key, the last one wins', async () => {
      await store.cache('fit', new Uint8Array([1, 2, 255]));
      await store.cache('fit', new Uint8Array([9]));
      await store.cache('other', new Uint8Array(0));
      expect([...((await store.cached('fit')) ?? [])]).toEqual([9]);
      expect((await store.cached('other'))?.length).toBe(0);
    });

    test('writes that come at once are all kept', async () => {
      const writes = Array.from({ length: 12 }, (_, i) =>
        i % 2 === 0
          ? store.write('traffic', trafficRows(`q${i}`, 130))
          : store.cache(`k${i}`, new Uint8Array([i])),
      );
      await Promise.all(writes);
      expect((await store.trafficSummary()).map((s) => s.rows)).toEqual(Array(6).fill(130));
      expect([...((await store.cached('k7')) ?? [])]).toEqual([7]);
    });

    test('own traffic takes the place of the made-up line once, and is never cleared again', async () => {
      await store.write('traffic', trafficRows('general', 3));
      await store.write('events', [{ date: '2026-01-06', kind: 'storm', label: 'rain' }]);
      await store.write('operators', [{ operator: 'a', skills: [], contractHours: 40 }]);
      await store.write('hotlines', [{ hotline: 'h', name: 'h' }]);
      await store.cache('k', new Uint8Array([1]));
      const filled = await store.dataHash();
      expect(await store.holdsOwnTraffic()).toBe(false);
      expect(await store.replaceMadeUp(trafficRows('own', 4))).toMatchObject({ added: 4 });
      expect((await store.trafficSummary()).map(({ queue, rows }) => [queue, rows])).toEqual([['own', 4]]);
      expect([
        await store.read('events'),
        await store.read('operators'),
        await store.read('hotlines'),
      ]).toEqual([[], [], []]);
      expect(await store.cached('k')).toBeUndefined();
      expect(await store.dataHash()).not.toBe(filled);
      expect(await store.holdsOwnTraffic()).toBe(true);
      await store.replaceMadeUp(trafficRows('other', 2));
      expect((await store.trafficSummary()).map(({ queue }) => queue)).toEqual(['other', 'own']);
      expect((await store.audit({ limit: 2 })).map(({ action }) => action)).toEqual([
        'records-written',
        'made-up-replaced',
      ]);
    });

    test('own traffic takes away what is made up, and leaves what was added to it since', async () => {
      const rain = { date: '2026-01-06', kind: 'storm', label: 'rain' };
      await store.write('traffic', trafficRows('general', 3));
      await store.write('events', [rain, { ...rain, label: 'snow' }]);
      await store.write('operators', [{ operator: 'a', skills: [], contractHours: 40 }]);
      await store.markMadeUp();
      const own = { date: '2026-01-12', kind: 'policy', label: 'fees change', expectedEffect: 0.2 };
      expect(await store.changeEvent(null, own)).toBe(true);
      const seen = { ...rain, label: 'snow', expectedEffect: -0.1 };
      expect(await store.changeEvent({ ...rain, label: 'snow' }, seen)).toBe(true);
      await store.write('operators', [{ operator: 'b', skills: [], contractHours: 20 }]);
      await store.write('leave', [
        { operator: 'b', from: '2026-01-05', to: '2026-01-06', kind: 'annual', state: 'approved' },
      ]);
      await store.addDiaryNote({ date: '2026-01-06', kind: 'weather', text: 'rain all day', event: false });
      await store.noteChange([], undefined, [{ model: 'targets', document: {} }]);
      await store.replaceMadeUp(trafficRows('own', 4));
      expect((await store.trafficSummary()).map(({ queue }) => queue)).toEqual(['own']);
      expect(await store.read('events')).toEqual([seen, own]);
      expect((await store.read('operators')).map(({ operator }) => operator)).toEqual(['b']);
      expect(await store.read('leave')).toHaveLength(1);
      expect((await store.diary()).map(({ text }) => text)).toEqual(['rain all day']);
      expect(await store.earlierModels()).toHaveLength(1);
    });

    test('a replacement that fails leaves the made-up line whole', async () => {
      await store.write('traffic', trafficRows('general', 3));
      const failing = function* () {
        yield* trafficRows('own', 2);
        throw new Error('torn');
      };
      await expect(store.replaceMadeUp(failing())).rejects.toThrow('torn');
      expect((await store.trafficSummary()).map(({ queue, rows }) => [queue, rows])).toEqual([
        ['general', 3],
      ]);
      expect(await store.holdsOwnTraffic()).toBe(false);
    });

    test('everything is there after closing and opening again', async () => {
      await store.write('traffic', trafficRows('general', 150));
      const hash = await store.dataHash();
      const again = await ground.reopen();
      expect((await again.traffic('general')).offered.length).toBe(150);
      expect(await again.dataHash()).toBe(hash);
    });
  });
};
