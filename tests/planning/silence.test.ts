import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedKinds, feedSettingsSchema, isHeardAtOnce } from '../../src/contract/documents/feed-documents.ts';
import { newState, notePauses } from '../../src/feeds/feed-state.ts';
import { silencesOf } from '../../src/planning/day/silences.ts';
import { askedDay, gapsOf } from '../../src/planning/day/day-picture.ts';
import { describeDay } from '../../src/planning/describe-day.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { openPorts } from '../support/demo-workspace.ts';
import { actedDay, layRosteredLine, rowOf } from '../support/rostered-line.ts';
import { english } from '../support/said.ts';
import { isLongRun } from '../support/sweep.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A switchboard that falls silent amid a day, as its feed tells of it event by event.

const folder = await temporaryFolder();
let ports: Ports;
let close: () => Promise<void>;
let queues: string[];
const at = (clock: string): number => Date.parse(`${actedDay}T${clock}:00+08:00`);

beforeAll(async () => {
  await layRosteredLine(join(folder, 'line'), 3);
  ({ ports, close } = await openPorts(join(folder, 'line'), {}));
  queues = (await ports.store.trafficSummary()).map(({ queue }) => queue);
  await ports.store.feeds.put('log', feedSettingsSchema.parse({ kind: 'queue-log', from: '/log' }));
});
afterAll(() => close());

const log = { kind: 'queue-log', from: '/log' } as const;

const hear = async (state: object): Promise<void> => {
  const [feed] = await ports.store.feeds.all();
  const quiet = Object.fromEntries(queues.map((queue) => [queue, { from: 0, to: 0 }]));
  const nothing = { calls: [], traffic: [], presence: [], quiet: [], partial: [] };
  const step = {
    state: { callsOf: 'queue-log /log', ...state, quiet },
    handleTime: 'arrival' as const,
    replacesMadeUp: false,
    ...nothing,
  };
  expect(await ports.store.feeds.move('log', feed?.version ?? 0, step)).toBe(true);
};

const bring = async (first: number, last: number): Promise<void> => {
  for (let start = first; start <= last; start += 1_800_000)
    await ports.store.write(
      'traffic',
      queues.map((queue) => rowOf(queue, start)),
    );
};

const silencesAt = async (clock: string, busier = 1, few = false) => {
  const now = { ...ports, nowMillis: at(clock) };
  const asked = await askedDay(now, { seed: 1 });
  const { demand } = asked.operation;
  const busy = demand.queues.map((own, q) => ({
    ...own,
    freshMean: own.freshMean.map((n) => n * busier * (few && q > 0 ? 0.01 : 1)),
  }));
  const operation = { ...asked.operation, demand: { ...demand, queues: busy } };
  const found = await silencesOf(now, { ...asked, operation }, false);
  const clockOf = (millis: number): string => new Date(millis + 8 * 3_600_000).toISOString().slice(11, 16);
  return found.map(({ from, to, isOpen }) => `${clockOf(from)}–${clockOf(to)}${isOpen ? ' open' : ''}`);
};

const dayAt = async (clock: string) => {
  const day = await describeDay({ ...ports, nowMillis: at(clock) }, { seed: 1 });
  const { blindSince, missed } = (day.said as unknown as { values: Record<string, unknown> }).values;
  return { ...day, blindSince, missed };
};

test('a silence that no luck explains is said at once, is no fall of calls, and stays named when it is over', async () => {
  for (const queue of queues)
    await ports.store.write('traffic', [{ ...rowOf(queue, at('12:00')), offered: 8, answered: 6 }]);
  await hear({ watermark: at('12:09'), lastCall: at('12:09') });
  const before = await dayAt('12:10');
  expect([before.blindSince, before.lastRow]).toEqual([null, `${actedDay}T12:09`]);
  expect(before.signals.filter(({ kind }) => kind === 'late-source')).toEqual([]);

  // Operators log in and out meanwhile, and quiet intervals are written.
  await hear({ watermark: at('13:01'), lastCall: at('12:09') });
  for (const queue of queues)
    await ports.store.write('traffic', [{ ...rowOf(queue, at('12:30')), offered: 0, answered: 0 }]);
  const during = await dayAt('13:02');
  expect(during.signals[0]).toMatchObject({ kind: 'late-source', since: `${actedDay}T12:09` });
  expect(during.signals.map(({ kind }) => kind)).not.toContain('fewer-calls');
  expect([during.blindSince, during.lastRow]).toEqual(['12:09', `${actedDay}T12:09`]);
  expect(during.missed).toBeGreaterThan(10);
  expect([during.actions, during.together]).toEqual([[], null]);
  const rest = (day: typeof before, from: string): number =>
    day.intervals.queues.reduce(
      (sum, { expected }) =>
        sum +
        expected.reduce<number>(
          (all, n, i) => all + ((day.intervals.starts[i] ?? '') >= `${actedDay}T${from}` ? (n ?? 0) : 0),
          0,
        ),
      0,
    );
  expect(rest(during, '13:30') / rest(before, '13:30')).toBeCloseTo(1, 1);
  const said = english(during.signals[0]?.said);
  expect(said).toMatch(/^no calls since 12:09: about \d+ were expected\. The switchboard or its feed/);

  await hear({
    watermark: at('13:20'),
    lastCall: at('13:20'),
    pauses: [{ from: at('12:09'), to: at('13:05') }],
  });
  const after = await dayAt('13:21');
  expect(after.blindSince).toBe(null);
  expect(after.gaps).toContainEqual({ from: `${actedDay}T12:09`, to: `${actedDay}T13:05` });
  expect(after.signals.map(({ kind }) => kind)).not.toContain('fewer-calls');
  expect(rest(after, '13:30') / rest(before, '13:30')).toBeCloseTo(1, 1);
});

test('a feed that hears of calls at once no more, or follows another source, says nothing of silence', async () => {
  await hear({ watermark: at('13:30'), lastCall: at('12:09') });
  expect(await silencesAt('13:30')).toEqual(['12:09–13:30 open']);
  const put = (settings: object) => ports.store.feeds.put('log', feedSettingsSchema.parse(settings));
  for (const kind of feedKinds.filter((own) => !isHeardAtOnce(own))) {
    await put({ kind, from: '/log' });
    expect([kind, await silencesAt('13:30')]).toEqual([kind, []]);
  }
  await put({ kind: 'queue-log', from: '/other' });
  expect(await silencesAt('13:30')).toEqual([]);
  await put({ kind: 'queue-log', from: '/log' });

  const state = newState();
  notePauses(state, [0, 600_000], log);
  notePauses(state, [1_200_000], { ...log, from: '/other' });
  expect([state.lastCall, state.pauses]).toEqual([1_200_000, []]);
});

test('what is brought of a silence in another way is known, and only the rest of it is not', async () => {
  const pauses = [{ from: at('14:05'), to: at('16:03') }];
  await hear({ watermark: at('16:10'), lastCall: at('16:10'), pauses });
  await bring(at('00:00'), at('14:00'));
  expect(await silencesAt('16:11')).toEqual(['14:05–16:03']);
  const dayBefore = await dayAt('16:11');
  expect(dayBefore.gaps).toContainEqual({ from: `${actedDay}T14:05`, to: `${actedDay}T16:03` });
  expect(dayBefore.gaps.filter(({ from }) => from > `${actedDay}T14:05`)).toEqual([]);
  await bring(at('14:30'), at('15:30'));
  expect(await silencesAt('16:11')).toEqual(['14:05–14:30', '16:00–16:03']);
  const { gaps } = await dayAt('16:11');
  expect(gaps.filter(({ from }) => from > `${actedDay}T14:00`)).toEqual([
    { from: `${actedDay}T14:05`, to: `${actedDay}T14:30` },
    { from: `${actedDay}T16:00`, to: `${actedDay}T16:03` },
  ]);
  // While it lasts too.
  await hear({ watermark: at('16:10'), lastCall: at('14:05') });
  expect(await silencesAt('16:11')).toEqual(['14:05–14:30', '16:00–16:11 open']);
});

test('a silence is of the queues that the feed brings, and told where these are most of the line', async () => {
  await bring(at('00:00'), at('17:30'));
  const [heard = '', other = ''] = queues;
  const all = queues;
  queues = [heard];
  await hear({ watermark: at('18:00'), lastCall: at('18:00') });
  queues = all;
  expect(await silencesAt('18:40')).toEqual(['18:00–18:40 open']);
  const missed = async () => Number((await dayAt('18:40')).missed);
  expect(await missed()).toBeLessThan(25);
  await ports.store.write('traffic', [rowOf(other, at('18:00'))]);
  expect(await silencesAt('18:40')).toEqual([]);
  expect(await silencesAt('18:40', 1, true)).toEqual(['18:00–18:40 open']);
});

test('a silence that began before midnight is told since the line opened, or since the last call', async () => {
  const morning = Date.parse('2026-11-25T08:35:00+08:00');
  await hear({ watermark: morning, lastCall: at('21:00') });
  const now = { ...ports, nowMillis: morning };
  const { signals, lastRow, said } = await describeDay(now, { seed: 1 });
  expect(signals[0]).toMatchObject({ kind: 'late-source', since: `${actedDay}T21:00` });
  const wanted = /no calls since 21:00 yesterday: about \d+ were expected today\. The switchboard/;
  expect(english(signals[0]?.said)).toMatch(wanted);
  expect(english(said)).toMatch(wanted);
  expect(lastRow).toBe(null);

  const asked = await askedDay(now, { seed: 1 });
  const { demand } = asked.operation;
  const closed = demand.queues.map((own) => ({
    ...own,
    freshMean: own.freshMean.map((n, i) => (i < 16 ? 0 : n)),
  }));
  const operation = { ...asked.operation, demand: { ...demand, queues: closed } };
  const [found] = await silencesOf(now, { ...asked, operation }, false);
  const opening = Date.parse('2026-11-25T08:00:00+08:00');
  expect(found).toMatchObject({ from: opening, since: opening, isOpen: true });

  const midnight = Date.parse('2026-11-25T00:00:00+08:00');
  await hear({ watermark: morning, lastCall: midnight, pauses: [{ from: at('18:05'), to: midnight }] });
  const { gaps } = await describeDay(now, { seed: 1, asOf: `${actedDay}T24:00` });
  expect(gaps.at(-1)?.to).toBe(`${actedDay}T24:00`);
});

test('a pause that luck may explain is no silence: a small line waits longer', async () => {
  await hear({ watermark: at('13:30'), lastCall: at('12:09') });
  expect(await silencesAt('13:30', 0.05)).toEqual([]);
  expect(await silencesAt('13:30')).not.toEqual([]);
});

test('a silence whose intervals have no rows is one gap', async () => {
  const clocks = ['10:00', '10:30', '11:00', '11:30', '12:00', '12:30'];
  const seen = [9, Number.NaN, Number.NaN, Number.NaN, 9, 9];
  const picture = {
    date: actedDay,
    starts: clocks.map((clock) => `${actedDay}T${clock}`),
    queues: [{ planned: { offered: seen.map(() => 9) }, seen: { offered: Float64Array.from(seen) } }],
  } as unknown as Parameters<typeof gapsOf>[0];
  const gap = (from: string, to: string) => ({ from: `${actedDay}T${from}`, to: `${actedDay}T${to}` });
  const gaps = (known?: ReturnType<typeof gap>[]) => gapsOf(picture, new Uint8Array(6), 6, known);
  expect(gaps()).toEqual([gap('10:30', '12:00')]);
  expect(gaps([gap('10:05', '12:03'), gap('12:40', '12:50')])).toEqual([
    gap('10:05', '12:03'),
    gap('12:40', '12:50'),
  ]);
});

test('a busy line whose switchboard has its clock a minute behind is not called silent', async () => {
  for (const queue of queues)
    await ports.store.write('traffic', [{ ...rowOf(queue, at('16:30')), offered: 20_000 }]);
  await hear({ watermark: at('17:00'), lastCall: at('17:00') });
  expect(await silencesAt('17:03', 100)).toEqual([]);
  expect(await silencesAt('17:05', 100)).toEqual(['17:00–17:05 open']);
});

test('so many of the longest pauses of the last weeks are kept', () => {
  const state = newState();
  const minutes = (n: number): number => n * 60_000;
  let now = 0;
  const calls = Array.from({ length: 5000 }, (_, i) => (now += minutes(i % 10 === 0 ? 5 : 3)));
  notePauses(state, calls, log);
  const { pauses = [] } = state;
  expect(pauses).toHaveLength(300);
  expect(pauses.every(({ from, to }) => to - from === minutes(5))).toBe(true);
  notePauses(state, [now + 22 * 86_400_000], log);
  expect(state.pauses).toHaveLength(1);
});

test('pauses between calls are the same in whatever order and portions the calls are heard of', () => {
  const instants = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 30 });
  const steps = fc.infiniteStream(fc.integer({ min: 1, max: 5 }));
  const spacing = fc.infiniteStream(fc.integer({ min: 1, max: 3_600_000 }));
  fc.assert(
    fc.property(instants, steps, spacing, (minutes, sizes, spacings) => {
      const sorted = minutes.map((minute) => minute * 60_000).sort((a, b) => a - b);
      const expected = sorted.flatMap((to, i) => {
        const from = sorted[i - 1];
        return from !== undefined && to - from >= 180_000 ? [{ from, to }] : [];
      });
      // What is heard of late parts a pause: the first call is known first.
      const [first = 0, ...others] = sorted;
      const order = [first, ...others.toSorted((a, b) => (a % 7) - (b % 7))];
      const state = newState();
      while (order.length > 0) {
        state.spacing = spacings.next().value;
        notePauses(state, order.splice(0, sizes.next().value), log);
      }
      expect([state.lastCall, state.pauses]).toEqual([sorted.at(-1), expected]);
    }),
    { numRuns: isLongRun ? 2000 : 200 },
  );
});
