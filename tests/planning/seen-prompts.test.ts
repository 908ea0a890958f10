import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { dayNumber } from '../../src/kernel/time.ts';
import { playedRows, seenPrompts } from '../../src/planning/history/seen-prompts.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import type { Workspace } from '../../src/store/open-workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../..');
const hour = 3_600_000;
/** Midnight of 2 November 2026 in Kolkata, five and a half hours ahead of UTC. */
const midnight = Date.parse('2026-11-02T00:00:00+05:30');

const folder = await temporaryFolder();
let workspace: Workspace;
let found: Awaited<ReturnType<typeof seenPrompts>>;

beforeAll(async () => {
  workspace = await createWorkspace(join(folder, 'line'), {
    modelsFrom: join(root, 'models'),
    zone: 'Asia/Kolkata',
  });
  const { store } = workspace;
  await store.write(
    'traffic',
    Array.from({ length: 48 }, (_, i): TrafficRecord => ({
      queue: 'general',
      startMillis: midnight + i * hour,
      intervalMinutes: 60,
      offered: 100 + i,
      answered: 90 + i,
    })),
  );
  await store.write('prompts', [
    {
      prompt: 'mini-programme',
      queue: 'general',
      startMillis: midnight + 34 * hour,
      endMillis: midnight + 36 * hour,
    },
  ]);
  await store.write('channel-volumes', [
    { channel: 'mini-programme', startMillis: midnight + 34 * hour, requests: 7 },
    { channel: 'mini-programme', startMillis: midnight + 34.5 * hour, requests: 5 },
    { channel: 'mini-programme', startMillis: midnight + 35.25 * hour, requests: 3 },
  ]);
  const { models } = workspace;
  const hourly = { ...models, hotline: { ...models.hotline, intervalMinutes: 60 as const } };
  found = await seenPrompts(store, hourly, midnight + 48 * hour);
});
afterAll(() => workspace.close());

describe('records in a zone that is no whole hours off UTC', () => {
  it('are laid onto the hours of its own wall clock', () => {
    const { seen } = found ?? {};
    const on = [...(seen?.played[0]?.on ?? [])].flatMap((playing, i) => (playing === 1 ? [i] : []));
    expect(on).toEqual([34, 35]);
    const requests = [...(seen?.requests.get('mini-programme') ?? [])];
    expect(requests.flatMap((n, i) => (n > 0 ? [[i, n]] : []))).toEqual([
      [34, 12],
      [35, 3],
    ]);
    expect(seen?.attempts.get('general')?.[34]).toBe(134);
  });
});

it('what played after a change of the clock by half an hour did not play in the hour before', () => {
  const played = {
    prompt: 'mini-programme',
    queue: 'general',
    // on the clock 02:40, with 02:00 to 02:30 left out, to 03:10
    startMillis: Date.parse('2026-10-04T02:40:00+11:00'),
    endMillis: Date.parse('2026-10-04T03:10:00+11:00'),
  };
  const [row] = playedRows([played], 'Australia/Lord_Howe', 60, dayNumber('2026-10-04'), 1);
  expect([...(row?.on ?? [])].flatMap((playing, i) => (playing === 1 ? [i] : []))).toEqual([2, 3]);
});
