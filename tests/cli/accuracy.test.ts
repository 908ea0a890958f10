import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accuracyDocumentSchema,
  type AccuracyDocument,
} from '../../src/contract/documents/accuracy-document.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { runCommand } from '../support/run-command.ts';
import { simplifyShifts } from '../support/simplify-shifts.ts';

const folder = await mkdtemp(join(tmpdir(), 'huawu-accuracy-'));
const workspace = join(folder, 'line');
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runCommand([...args, '--workspace', workspace, '--lang', 'en']);
const done = async (...args: string[]): Promise<void> => {
  const { code, err } = await run(...args);
  if (code !== 0) throw new Error(err);
};
const accuracy = async (...args: string[]): Promise<AccuracyDocument> => {
  const { code, out, err } = await run('accuracy', ...args, '--json');
  if (code !== 0) throw new Error(err);
  return accuracyDocumentSchema.parse(JSON.parse(out));
};

/** Twelve weeks of four busy hours a day up to Sunday 22 November; a third more calls from Wednesday the 18th on. */
const traffic = (): string => {
  const rows = ['queue,start,offered'];
  for (let day = 0; day < 84; day += 1) {
    const date = addDays('2026-08-31', day);
    const usual = (weekdayOf(date) < 5 ? 60 : 30) + ((day * 7) % 5);
    const calls = date < '2026-11-18' ? usual : Math.round((usual * 4) / 3);
    for (const hour of ['09', '10', '11', '12']) rows.push(`general,${date}T${hour}:00:00,${calls}`);
  }
  return `${rows.join('\n')}\n`;
};

beforeAll(async () => {
  await run('init', '--timezone', 'Asia/Shanghai');
  await simplifyShifts(join(workspace, 'models', 'shifts.json'));
  const model = join(workspace, 'models', 'hotline.json');
  const hotline = JSON.parse(await readFile(model, 'utf8')) as object;
  await writeFile(model, JSON.stringify({ ...hotline, country: null, intervalMinutes: 60 }));
  await writeFile(join(folder, 'traffic.csv'), traffic());
  await done('ingest', 'traffic', join(folder, 'traffic.csv'), '--absent', 'gap');
  await done('plan', '--week', '2026-W47');
}, 120_000);

test('scores what came from a day on: weeks forecast again, forecasts kept with plans, and plans', async () => {
  const [all, since] = [await accuracy('--weeks', '2'), await accuracy('--since', '2026-11-18')];
  expect([all.from, all.to, all.weeks]).toEqual(['2026-11-09', '2026-11-22', 2]);
  expect([since.from, since.to, since.weeks]).toEqual(['2026-11-18', '2026-11-22', 1]);
  const hours = (document: AccuracyDocument): (number | undefined)[] => [
    document.leads[0]?.all.scoredIntervals,
    document.frozen?.parts[0]?.scoredIntervals,
  ];
  expect(hours(all)).toEqual([14 * 4, 7 * 4]);
  expect(hours(since)).toEqual([5 * 4, 5 * 4]);
  expect([since.frozen?.from, since.frozen?.to]).toEqual(['2026-11-18', '2026-11-22']);
  // A quarter of the calls was not foreseen, and nothing of what was foreseen before counts.
  const biases = [since.leads[0]?.all.bias, since.frozen?.parts[0]?.bias, since.plans[0]?.bias];
  for (const bias of biases) expect(bias).toBeCloseTo(-0.25, 1);
  for (const bias of [all.frozen?.parts[0]?.bias, all.plans[0]?.bias]) expect(bias).toBeCloseTo(-0.18, 1);
});

test('all weeks since are scored unless told otherwise, and a whole week whatever its day', async () => {
  const weeksOf = async (...args: string[]): Promise<unknown[]> => {
    const { from, weeks } = await accuracy(...args);
    return [from, weeks];
  };
  expect(await weeksOf('--since', '2026-10-12')).toEqual(['2026-10-12', 6]);
  expect(await weeksOf('--since', '2026-10-12', '--weeks', '2')).toEqual(['2026-11-09', 2]);
  expect(await weeksOf()).toEqual(['2026-10-26', 4]);
});

test('a day after which no week is over is refused, with the last that is', async () => {
  const { code, out, err } = await run('accuracy', '--since', '2026-11-23');
  expect([code, out]).toEqual([3, '']);
  expect(err).toContain('no whole week is over since this day');
  expect(err).toContain('2026-11-22');
  expect((await run('accuracy', '--since', 'yesterday')).code).toBe(3);
});
