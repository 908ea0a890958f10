import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BacktestDocument } from '../../src/contract/documents/accuracy-document.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, startOfDay, weekdayOf } from '../../src/kernel/time.ts';
import { forecastDays } from '../../src/planning/forecast-days.ts';
import { workspaceSeries } from '../../src/planning/forecasts/workspace-series.ts';
import { ingestFiles } from '../../src/planning/ingest-files.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { backtestSeries } from '../../src/planning/run-backtest.ts';
import { folders } from '../../docs/.vitepress/pages.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';
import { english, messageOf, remedyOf } from '../support/said.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const first = '2026-01-05';
const days = 203;
const origin = addDays(first, days);
const zone = 'Asia/Shanghai';

let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
let ports: Ports;
const folder = await temporaryFolder();

const source = (content: string) => ({
  name: 'own.csv',
  chunks: (async function* () {
    yield new TextEncoder().encode(content);
  })(),
});
const take = (kind: 'traffic' | 'forecasts', rows: readonly string[], acceptUnusual = false) =>
  ingestFiles(ports, [source(`${rows.join('\n')}\n`)], {
    kind,
    absent: 'auto',
    attribution: 'arrival',
    skipBadRows: false,
    acceptUnusual,
    dryRun: false,
    callerKey: 'k',
  });

/** Calls of a day: weekdays, and something that the past does not tell. */
const truth = ((): Float64Array => {
  const random = seededRandom(5);
  return Float64Array.from(
    { length: days + 7 },
    (_, day) => (weekdayOf(addDays(first, day)) > 4 ? 400 : 800) * Math.exp(0.15 * random.normal()),
  );
})();

const traffic = ((): string[] => {
  const random = seededRandom(6);
  return Array.from({ length: days * 24 }, (_, i) => {
    const hour = String(i % 24).padStart(2, '0');
    return `general,${addDays(first, Math.floor(i / 24))}T${hour}:00,${random.poisson((truth[Math.floor(i / 24)] ?? 0) / 24)}`;
  });
})();

/** A model that knows what moves the days, issued every Monday for the week. */
const knowing = (weeks: number): string[] => {
  const rows = ['model,queue,issued,start,calls,q10,q90'];
  for (let week = weeks; week >= 0; week -= 1)
    for (let day = 0; day < 7; day += 1) {
      const at = days - 7 * week + day;
      const calls = truth[at] ?? 0;
      const range = `${(calls * 0.94).toFixed(1)},${(calls * 1.06).toFixed(1)}`;
      rows.push(
        `own,general,${addDays(first, days - 7 * week)},${addDays(first, at)},${calls.toFixed(1)},${range}`,
      );
    }
  return rows;
};

beforeAll(async () => {
  workspace = await demoWorkspace(14, undefined, { hourly: true });
  ({ ports } = workspace);
  await take('traffic', ['queue,start,offered', ...traffic]);
  // as the command line opens it anew: the made-up line is gone
  ports = { ...ports, models: { ...ports.models, hotline: { ...ports.models.hotline, madeUp: false } } };
});
afterAll(() => workspace.close());

const problemsOf = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
  return [];
};

it('refuses a row that was issued after its time, with its place and what to do, and stores nothing', async () => {
  const [heading = '', ...rows] = knowing(1);
  const late = `own,general,${addDays(first, days - 7)}T00:30,${addDays(first, days - 7)},700,650,750`;
  const problems = await problemsOf(take('forecasts', [heading, ...rows.slice(1), late]));
  expect(problems).toMatchObject([{ rule: 'issued-after-its-time', column: 'issued', row: 15 }]);
  expect(messageOf(problems[0]).en).toContain('may already have known the outcome');
  expect(remedyOf(problems[0]).en).toContain('leave the row out');
  expect(await ports.store.read('forecasts')).toEqual([]);
});

it('questions calls that are hundreds or thousands, and takes them in where they are confirmed', async () => {
  const hundreds = knowing(1).map((row, i) => {
    const cells = row.split(',');
    return i === 0 ? row : [...cells.slice(0, 4), Number(cells[4]) / 100, '', ''].join(',');
  });
  const problems = await problemsOf(take('forecasts', hundreds));
  expect(problems).toMatchObject([{ rule: 'unusual-forecast', severity: 'error' }]);
  expect(await ports.store.read('forecasts')).toEqual([]);
  const { document } = await take('forecasts', hundreds, true);
  expect(document.problems).toMatchObject([{ rule: 'unusual-forecast', severity: 'warning' }]);
  expect(document.stored.added).toBe(14);
});

const request = { days: 7, from: origin, seed: 1, method: 'auto' as const };

it('mixes in what past weeks speak for, and the documents name its share', async () => {
  const before = await forecastDays(ports, { ...request });
  const { document } = await take('forecasts', knowing(12));
  expect(document).toMatchObject({ kind: 'forecasts', queues: ['general'] });
  const after = await forecastDays(ports, { ...request });
  const [queue] = after.queues;
  const [own] = queue?.outside ?? [];
  expect(own).toMatchObject({ model: 'own', weeks: 12 });
  expect(own!.weight).toBeGreaterThan(0.6);
  expect(own!.wape!).toBeLessThan(own!.ownWape!);
  expect(own!.coverage80!).toBeGreaterThan(0.8);
  expect(queue?.candidates.find(({ method }) => method === 'outside:own')?.weight).toBe(own!.weight);
  expect(queue?.reasons.map((reason) => english(reason)).join('\n')).toContain(
    'the external forecast "own" has a weight of',
  );
  const errorOf = (answer: typeof after): number =>
    answer.queues[0]!.days.reduce((sum, { mean }, day) => sum + Math.abs(mean - truth[days + day]!), 0);
  expect(errorOf(after)).toBeLessThan(0.6 * errorOf(before));
});

const backtest = async (): Promise<BacktestDocument['queues'][number]> =>
  backtestSeries(await workspaceSeries(ports), { origins: 4 }).document.queues[0]!;

it('a backtest knows only what was issued by each origin, and scores it beside the others', async () => {
  const rival = (await backtest()).rivals.find(({ method }) => method === 'outside:own');
  expect(rival?.scoredIntervals).toBe(4 * 7 * 24);
  expect(rival?.weight).toBeGreaterThan(0.4);
  const week = startOfDay(addDays(first, days - 28), zone);
  const stored = (await ports.store.read('forecasts')).filter(({ issuedMillis }) => issuedMillis === week);
  await ports.store.write(
    'forecasts',
    stored.map((row) => ({ ...row, issuedMillis: week + 60_000, startMillis: row.startMillis, calls: 1 })),
  );
  const again = (await backtest()).rivals.find(({ method }) => method === 'outside:own');
  expect(again).toEqual(rival);
});

it.each(folders)('the script that the page in %s prints makes a file that comes in', async (language) => {
  const [, script = ''] =
    /```js\n([^]*?)```/.exec(await readFile(`docs/${language}/how-to/own-model.md`, 'utf8')) ?? [];
  await writeFile(join(folder, 'own-model.mjs'), script);
  await writeFile(join(folder, 'calls.csv'), ['queue,start,offered', ...traffic].join('\n'));
  execFileSync(process.execPath, ['own-model.mjs', 'calls.csv', 'own-forecast.csv'], { cwd: folder });
  const rows = (await readFile(join(folder, 'own-forecast.csv'), 'utf8')).trim().split('\n');
  expect(rows).toHaveLength(1 + 13 * 7);
  const { document } = await take('forecasts', rows);
  expect(document.problems.filter(({ severity }) => severity !== 'notice')).toEqual([]);
  const { queues } = await forecastDays(ports, { ...request });
  expect(queues[0]?.outside?.find(({ model }) => model === 'own-model')?.weeks).toBe(12);
});
