import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedSettingsSchema } from '../../src/contract/documents/feed-documents.ts';
import { describeDay } from '../../src/planning/describe-day.ts';
import { askedDay, historyUntil, pictureOf } from '../../src/planning/day/day-picture.ts';
import { forecastRest } from '../../src/planning/day/forecast-rest.ts';
import { freshGrids } from '../../src/planning/history/read-history.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { openPorts } from '../support/demo-workspace.ts';
import { actedDay, layRosteredLine, rowOf } from '../support/rostered-line.ts';
import { isLongRun } from '../support/sweep.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The interval that is running: what feeds that follow events have told of it, queue by queue.

const folder = await temporaryFolder();
let ports: Ports;
let close: () => Promise<void>;
let queues: string[];
const noon = Date.parse(`${actedDay}T12:00:00+08:00`);

beforeAll(async () => {
  await layRosteredLine(join(folder, 'line'), 3);
  ({ ports, close } = await openPorts(join(folder, 'line'), {}));
  queues = (await ports.store.trafficSummary()).map(({ queue }) => queue);
  for (const name of ['one', 'other'])
    await ports.store.feeds.put(name, feedSettingsSchema.parse({ kind: 'queue-log', from: `/${name}` }));
});
afterAll(() => close());

/** Sets how far a feed has come, and of which queues it has heard. */
const hear = async (name: string, share: number, heard: readonly string[]): Promise<void> => {
  const feed = (await ports.store.feeds.all()).find((each) => each.name === name);
  const quiet = Object.fromEntries(heard.map((queue) => [queue, { from: 0, to: 0 }]));
  const nothing = { calls: [], traffic: [], presence: [], quiet: [], partial: [] };
  const state = { watermark: Math.round(noon + share * 1_800_000), quiet };
  const step = { state, handleTime: 'arrival' as const, replacesMadeUp: false, ...nothing };
  expect(await ports.store.feeds.move(name, feed?.version ?? 0, step)).toBe(true);
};

/** Forecasts by queue, so much of the interval being over. */
const forecastsAt = async (share: number) => {
  const now = { ...ports, nowMillis: Math.round(noon + share * 1_800_000) };
  const asked = await askedDay(now, { seed: 1 });
  const { history, cut } = await historyUntil(now, asked);
  const { grids } = freshGrids(history, now.models.hotline);
  const picture = await pictureOf(now, asked, history);
  const mute = new Uint8Array(asked.day.horizon.count);
  const running = cut?.interval === asked.now ? cut : undefined;
  const { forecasts } = await forecastRest(now, asked, history, grids, picture, mute, running);
  return { forecasts, slot: asked.day.slot[asked.now] ?? 0, running };
};

test('a queue that nothing is heard of keeps its forecast, whatever is heard of the others', async () => {
  const [heard = '', unheard = ''] = queues;
  await hear('one', 0, []);
  await hear('other', 0, []);
  const before = await forecastsAt(0.5);
  expect(before.running).toBe(undefined);
  const other = fc.option(fc.double({ min: -4, max: 0.09, noNaN: true }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0.11, max: 0.95, noNaN: true }),
      fc.integer({ min: 0, max: 60 }),
      other,
      async (share, offered, silent) => {
        await hear('one', share, [heard]);
        await hear('other', silent ?? 0, silent === undefined ? [] : [unheard]);
        await ports.store.write('traffic', [{ ...rowOf(heard, noon), offered }]);
        const { forecasts, running } = await forecastsAt(share);
        expect(running?.share).toBeCloseTo(share, 4);
        const [was, is] = [before.forecasts.get(unheard), forecasts.get(unheard)];
        expect([is?.mean, is?.ratePaths]).toEqual([was?.mean, was?.ratePaths]);
      },
    ),
    { numRuns: isLongRun ? 100 : 10 },
  );
});

test('each feed’s queues are known as far as that feed has come', async () => {
  const [one = '', two = ''] = queues;
  await hear('one', 0, []);
  await hear('other', 0, []);
  const before = await forecastsAt(0.5);
  await hear('one', 0.5, [one]);
  await hear('other', 0.25, [two]);
  await ports.store.write('traffic', [
    { ...rowOf(one, noon), offered: 5 },
    { ...rowOf(two, noon), offered: 3 },
  ]);
  const { running } = await forecastsAt(0.5);
  expect([running?.shares.get(one), running?.shares.get(two)]).toEqual([0.5, 0.25]);
  expect(before.running).toBe(undefined);
});

test('the running interval comes to the calls that came and the share left of those expected, also under overload', async () => {
  const [one = ''] = queues;
  const expectedAt = async (share: number): Promise<number> => {
    const now = { ...ports, nowMillis: Math.round(noon + share * 1_800_000) };
    const { intervals, asOf } = await describeDay(now, { part: 'picture', seed: 1 });
    const running = intervals.starts.findLastIndex((start) => start <= asOf);
    return intervals.queues.find(({ queue }) => queue === one)?.expected[running] ?? Number.NaN;
  };
  await hear('one', 0, []);
  await hear('other', 0, []);
  const expected = await expectedAt(0.5);
  expect(expected).toBeGreaterThan(1);
  for (const share of [0.25, 0.5, 0.9])
    for (const [offered, answered, abandoned] of [
      [60, 5, 30],
      [60, 60, 0],
    ] as const) {
      await hear('one', share, [one]);
      await ports.store.write('traffic', [{ ...rowOf(one, noon), offered, answered, abandoned }]);
      expect(await expectedAt(share)).toBeCloseTo(offered + (1 - share) * expected, 1);
    }
});
