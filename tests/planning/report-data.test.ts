import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { forecastWeek } from '../../src/planning/forecasts/forecast-week.ts';
import { lineHistory } from '../../src/planning/history/line-history.ts';
import { nextWeek, weekHorizon } from '../../src/planning/operation/week-horizon.ts';
import { reportData } from '../../src/planning/report-data.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { readModels } from '../../src/store/workspace-models.ts';
import { seenWithCall } from '../../src/kernel/records.ts';
import { english } from '../support/said.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** Half-hours of four weeks, 9 to 17, without the days from the 10th to the 14th. */
const traffic = (queue: string, more: Partial<TrafficRecord>, days = 28): TrafficRecord[] =>
  Array.from({ length: days }, (_, day) => day)
    .filter((day) => day < 10 || day > 14)
    .flatMap((day) =>
      Array.from({ length: 16 }, (_, slot) => ({
        queue,
        startMillis: startOfDay('2026-09-07', 'Asia/Shanghai') + day * 86_400_000 + (18 + slot) * 1_800_000,
        intervalMinutes: 30,
        offered: 40,
        answered: 38,
        abandoned: 2,
        ...more,
      })),
    );

test('what is measured is told with its calls, what is assumed and what is missing by name', async () => {
  const modelsFrom = join(import.meta.dirname, '../../models');
  const { store, close } = await createWorkspace(join(folder, 'w'), { modelsFrom });
  await store.write('traffic', [
    ...traffic('general', { handleSecondsTotal: 38 * 200, waitSecondsTotal: 400 }),
    ...traffic('move-car', {}),
  ]);
  const report = await reportData({ store, models: await readModels(modelsFrom) });
  const calls = 23 * 16;
  expect(report.days).toBe(28);
  expect(report.queues).toMatchObject([
    { queue: 'general', daysWithCalls: 23, handleTime: 38 * calls, patience: 40 * calls, redials: null },
    { queue: 'move-car', daysWithCalls: 23, handleTime: null, patience: null, redials: null },
  ]);
  expect(report.feeds).toEqual({
    ...{ operators: 0, presence: 0, promptsPlayed: 0 },
    ...{ monitored: 0, testCalls: 0, results: 0 },
  });
  expect(report.said.map(english).join('\n')).toMatch(/2026-09-17 to 2026-09-21 \(5 days\)/);
  expect(report.refusals).toEqual([]);
  await store.write(
    'operators',
    ['N1', 'N2'].map((operator) => ({ operator, tier: '初级', skills: [], contractHours: 40 })),
  );
  const { said } = await reportData({ store, models: await readModels(modelsFrom) });
  expect(said.map(english).join('\n')).toContain(
    '2 of 2 people on the staff list belong to none of the tiers',
  );
  await close();
});

test('of monitoring each test call counts, and each published result, of this line alone', async () => {
  const modelsFrom = join(import.meta.dirname, '../../models');
  const { store, close } = await createWorkspace(join(folder, 'monitored'), { modelsFrom });
  await store.write('traffic', traffic('general', {}));
  const call = { connected: true, indicators: {} };
  await store.write('test-calls', [
    ...Array.from({ length: 21 }, (_, i) => ({ ...call, hotline: 'own', placedAtMillis: 1e12 + i * 60_000 })),
    { ...call, hotline: 'other', placedAtMillis: 1e12 },
  ]);
  await store.write('results', [{ hotline: 'own', period: '2026-11', connectionRate: 0.9, indicators: {} }]);
  const models = await readModels(modelsFrom);
  const { feeds } = await reportData({
    store,
    models: { ...models, hotline: { ...models.hotline, monitoredAs: 'own' } },
  });
  expect(feeds).toMatchObject({ testCalls: 21, results: 1, monitored: 22 });
  await close();
});

test.each([4, 17, 18, 19, 20])('of %i days it says whether the planner would refuse', async (days) => {
  const modelsFrom = join(import.meta.dirname, '../../models');
  const { store, close } = await createWorkspace(join(folder, `w${days}`), { modelsFrom });
  await store.write('traffic', traffic('general', {}, days));
  const ports = { store, models: await readModels(modelsFrom) };
  const { refusals } = await reportData(ports);
  const line = await lineHistory(ports);
  const week = weekHorizon(nextWeek(await store.trafficSummary(), 'Asia/Shanghai'), 'Asia/Shanghai', 30);
  const planned = forecastWeek(ports, line, week, { seed: 1, method: 'auto', pathCount: 1 });
  if (refusals.length === 0) await expect(planned).resolves.toBeDefined();
  else await expect(planned).rejects.toMatchObject({ problems: refusals });
  expect(refusals.length > 0).toBe(days < 19);
  await close();
});

test('zeros where many calls were due are told by their day, as the forecast takes them', async () => {
  const modelsFrom = join(import.meta.dirname, '../../models');
  const { store, close } = await createWorkspace(join(folder, 'outage'), { modelsFrom });
  const rows = traffic('general', {}, 42);
  const start = startOfDay('2026-10-13', 'Asia/Shanghai');
  await store.write(
    'traffic',
    rows.map((row) =>
      row.startMillis >= start && row.startMillis < start + 86_400_000
        ? { ...row, offered: 0, answered: 0, abandoned: 0 }
        : row,
    ),
  );
  const { said } = await reportData({ store, models: await readModels(modelsFrom) });
  expect(said.map(english).join('\n')).toContain(
    '1 day looks like an outage (zeros where many calls were expected; latest: 2026-10-13)',
  );
  await close();
});

test('the week proposed follows the last whole day: half a Monday leaves the running week', () => {
  const zone = 'Asia/Shanghai';
  const after = (last: string, first = '2026-11-01T00:00:00+08:00') =>
    nextWeek([{ firstMillis: Date.parse(first), lastMillis: Date.parse(last), intervalMinutes: 30 }], zone);
  expect(after('2026-11-29T23:30:00+08:00')).toBe('2026-W49');
  expect(after('2026-11-30T00:00:00+08:00')).toBe('2026-W49');
  expect(after('2026-11-30T12:00:00+08:00')).toBe('2026-W49');
  expect(after('2026-11-30T16:30:00+08:00')).toBe('2026-W50');
  expect(after('2026-12-01T09:00:00+08:00')).toBe('2026-W50');
  expect(after('2026-11-30T12:00:00+08:00', '2026-11-30T08:00:00+08:00')).toBe('2026-W50');
});

test('presence that call records left in the tier of before is told until they are read again', async () => {
  const modelsFrom = join(import.meta.dirname, '../../models');
  const { store, close } = await createWorkspace(join(folder, 'former'), { modelsFrom });
  await store.write('traffic', traffic('general', {}));
  const row = { startMillis: startOfDay('2026-09-07', 'Asia/Shanghai'), intervalMinutes: 30, operators: 3 };
  await store.write('presence', [{ ...row, tier: 'all' }]);
  const models = await readModels(modelsFrom);
  const told = async () =>
    (await reportData({ store, models })).said.filter(
      (one) => 'code' in one && one.code === 'presence-of-all',
    );
  expect((await told()).map(english)).toEqual([
    expect.stringMatching(/^1 interval has operators on duty in the tier “all”/),
  ]);
  await store.write('presence', [{ ...row, tier: seenWithCall }]);
  expect(await told()).toEqual([]);
  await close();
});
