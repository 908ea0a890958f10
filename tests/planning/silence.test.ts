import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedSettingsSchema } from '../../src/contract/documents/feed-documents.ts';
import { newState, notePauses } from '../../src/feeds/feed-state.ts';
import { describeDay } from '../../src/planning/describe-day.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { openPorts } from '../support/demo-workspace.ts';
import { actedDay, layRosteredLine, rowOf } from '../support/rostered-line.ts';
import { english } from '../support/said.ts';
import { isLongRun } from '../support/sweep.ts';

// A switchboard that falls silent amid a day, as its feed tells of it event by event.

let folder = '';
let ports: Ports;
let close: () => Promise<void>;
let queues: string[];
const at = (clock: string): number => Date.parse(`${actedDay}T${clock}:00+08:00`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-silence-'));
  await layRosteredLine(join(folder, 'line'), 3);
  ({ ports, close } = await openPorts(join(folder, 'line'), {}));
  queues = (await ports.store.trafficSummary()).map(({ queue }) => queue);
  await ports.store.feeds.put('log', feedSettingsSchema.parse({ kind: 'queue-log', from: '/log' }));
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const hear = async (state: object): Promise<void> => {
  const [feed] = await ports.store.feeds.all();
  const quiet = Object.fromEntries(queues.map((queue) => [queue, { from: 0, to: 0 }]));
  const nothing = { calls: [], traffic: [], presence: [], quiet: [], partial: [] };
  const step = {
    state: { ...state, quiet },
    handleTime: 'arrival' as const,
    replacesMadeUp: false,
    ...nothing,
  };
  expect(await ports.store.feeds.move('log', feed?.version ?? 0, step)).toBe(true);
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
  expect(said).toMatch(/^no calls since 12:09: about \d+ would have come\. The switchboard or its feed/);

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

test('pauses between calls are the same in whatever order and portions the calls are heard of', () => {
  const instants = fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(instants, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (minutes, sizes) => {
      const sorted = minutes.map((minute) => minute * 60_000).sort((a, b) => a - b);
      const expected = sorted.flatMap((to, i) => {
        const from = sorted[i - 1];
        return from !== undefined && to - from >= 180_000 ? [{ from, to }] : [];
      });
      // What is heard of late parts a pause: the first call is known first.
      const [first = 0, ...others] = sorted;
      const order = [first, ...others.toSorted((a, b) => (a % 7) - (b % 7))];
      const state = newState();
      while (order.length > 0) notePauses(state, order.splice(0, sizes.next().value));
      expect([state.lastCall, state.pauses]).toEqual([sorted.at(-1), expected]);
    }),
    { numRuns: isLongRun ? 2000 : 200 },
  );
});
