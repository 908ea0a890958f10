import { appendFile, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import type { TodayTraffic } from '../../src/contract/http/workspace-document.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { localClock, startOfDay } from '../../src/kernel/time.ts';
import { demoWorkspace, type DemoWorkspace } from '../support/demo-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let demo: DemoWorkspace;
const own = await temporaryFolder();
beforeAll(async () => {
  demo = await demoWorkspace(7);
});
afterAll(() => demo.close());

interface LivePlayed {
  readonly file: string;
  readonly date: string;
  readonly lines: number;
  readonly entered: number;
}

const play = (folder: string, ...more: string[]) =>
  runCommand(['--workspace', folder, 'demo', '--live', '--once', '--json', ...more]);

test('the made-up switchboard writes the day so far, and goes on where its log ends', async () => {
  const first = await play(demo.folder);
  expect(first.err).toBe('');
  const { file, lines, entered, date } = JSON.parse(first.out) as LivePlayed;
  expect(date).toBe('2026-11-24');
  const text = await readFile(file, 'utf8');
  const times = text
    .trimEnd()
    .split('\n')
    .map((line) => Number(line.split('|')[0]));
  expect(times).toHaveLength(lines);
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.parse('2026-11-24T08:00:00Z') / 1000);
  expect(Math.min(...times)).toBe(startOfDay('2026-11-24', 'Asia/Shanghai') / 1000);
  expect(entered).toBeGreaterThan(500);
  expect((await play(demo.folder)).out).toBe(first.out);
  expect(await readFile(file, 'utf8')).toBe(text);
});

test("another day's log is renamed, as the switchboard's own rotation does", async () => {
  const folder = join(own, 'logs');
  await play(demo.folder, '--out', folder);
  await appendFile(join(folder, 'queue_log'), '1795968000|NONE|NONE|NONE|QUEUESTART|\n');
  await play(demo.folder, '--out', folder);
  expect((await readdir(folder)).sort()).toEqual(['queue_log', 'queue_log.1795507200']);
});

test('no made-up call is written into a hotline of one’s own', async () => {
  const folder = join(own, 'line');
  expect((await runCommand(['--workspace', folder, 'init'])).code).toBe(0);
  const refused = await play(folder);
  expect(refused.code).toBe(2);
  expect(await readdir(folder)).not.toContain('switchboard');
});

test("today's calls are those of the hotline's own day", async () => {
  const zone = 'Asia/Shanghai';
  const { date } = localClock(zone)(Date.now());
  const start = startOfDay(date, zone);
  const row = { queue: 'general', intervalMinutes: 30 as const, offered: 7, answered: 5 };
  await demo.ports.store.write('traffic', [
    { ...row, startMillis: start - 1_800_000 },
    { ...row, startMillis: start },
    { ...row, startMillis: start + 1_800_000 },
  ]);
  const settings = settingsSchema.parse({ port: 0, threads: 1 });
  const server = await serveWorkspace({ folder: demo.folder, settings });
  try {
    const answer = await fetch(`${server.url}${apiRoot}/traffic/today`, {
      headers: { [tokenHeader]: server.token },
    });
    const traffic = (await answer.json()) as TodayTraffic;
    expect(traffic).toEqual({
      date,
      queues: [
        {
          queue: 'general',
          offered: 14,
          answered: 10,
          abandoned: null,
          lost: null,
          until: expect.any(String),
          intervals: [start, start + 1_800_000].map((millis) => ({
            start: new Date(millis).toISOString(),
            offered: 7,
            answered: 5,
            lost: null,
          })),
        },
      ],
      present: [],
    });
    // nothing is counted of what is still to come, early in the day
    const until = Date.parse(traffic.queues[0]?.until ?? '');
    expect(Math.abs(until - Math.min(start + 3_600_000, Date.now()))).toBeLessThan(60_000);
  } finally {
    await server.close();
  }
});
