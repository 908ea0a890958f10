import { afterAll, beforeAll, expect, test } from 'vitest';
import { forecastDays } from '../../src/planning/forecast-days.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
/** Wednesdays on which half as many calls again came. */
const busy = ['2026-10-28', '2026-11-11'];
const next = '2026-11-25';
const note = { kind: 'campaign', text: 'letters to every home' } as const;

beforeAll(async () => {
  workspace = await demoWorkspace(84);
  const { store } = workspace.ports;
  const { queue, startMillis, offered, intervalMinutes } = await store.traffic('general');
  await store.write(
    'traffic',
    [...startMillis].flatMap((start, i) => {
      const calls = offered[i] ?? Number.NaN;
      const date = new Date(start + 8 * 3_600_000).toISOString().slice(0, 10);
      if (!busy.includes(date) || Number.isNaN(calls)) return [];
      return [{ queue, startMillis: start, intervalMinutes, offered: Math.round(1.5 * calls) }];
    }),
  );
});
afterAll(() => workspace.close());

const callsOf = async (date: string): Promise<number> => {
  const asked = { from: '2026-11-23', days: 7, queue: 'general', method: 'auto', seed: 1 } as const;
  const { queues } = await forecastDays(workspace.ports, asked);
  return queues[0]?.days.find((each) => each.date === date)?.mean ?? Number.NaN;
};

test('a note that forecasts use moves the next forecast by what such days did; taken out, it is as before', async () => {
  const { store } = workspace.ports;
  const before = await callsOf(next);
  for (const date of busy) await store.addDiaryNote({ date, ...note, event: false });
  expect(await callsOf(next)).toBe(before);
  for (const stored of await store.diary())
    await store.changeDiaryNote(stored.id, { date: stored.date, ...note, event: true }, stored.version);
  const id = await store.addDiaryNote({ date: next, ...note, event: true });
  const withEvent = await callsOf(next);
  expect(withEvent / before).toBeGreaterThan(1.2);
  await store.changeDiaryNote(id, { date: next, ...note, event: false });
  expect(await callsOf(next)).toBeLessThan(withEvent / 1.2);
});
