import { afterAll, beforeAll, expect, it } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { forecastDays } from '../../src/planning/forecast-days.ts';
import { workspaceSeries } from '../../src/planning/forecasts/workspace-series.ts';
import { ingestFiles } from '../../src/planning/ingest-files.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { backtestSeries } from '../../src/planning/run-backtest.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';
import { chinese, english } from '../support/said.ts';

const first = '2026-01-05';
const days = 245;
const origin = addDays(first, days);
const hoursOpen = 10;

let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
let ports: Ports;

const take = (kind: 'traffic' | 'causes', rows: readonly string[]) =>
  ingestFiles(
    ports,
    [
      {
        name: 'own.csv',
        chunks: (async function* () {
          yield new TextEncoder().encode(`${rows.join('\n')}\n`);
        })(),
      },
    ],
    {
      kind,
      absent: 'auto',
      attribution: 'arrival',
      skipBadRows: false,
      acceptUnusual: false,
      dryRun: false,
      callerKey: 'k',
    },
  );

beforeAll(async () => {
  workspace = await demoWorkspace(14, undefined, { hourly: true });
  ({ ports } = workspace);
  const random = seededRandom(11);
  const rain = Array.from({ length: days }, () => (random.uniform() < 0.3 ? 15 * random.gamma(1) : 0));
  const traffic = rain.flatMap((amount, d) => {
    const date = addDays(first, d);
    const calls = (weekdayOf(date) > 4 ? 400 : 800) * Math.exp(0.006 * amount + 0.05 * random.normal());
    return Array.from(
      { length: hoursOpen },
      (_, hour) =>
        `general,${date}T${String(8 + hour).padStart(2, '0')}:00,${random.poisson(calls / hoursOpen)}`,
    );
  });
  await take('traffic', ['queue,start,offered', ...traffic]);
  ports = { ...ports, models: { ...ports.models, hotline: { ...ports.models.hotline, madeUp: false } } };
  const { document } = await take('causes', [
    'cause,date,value',
    ...rain.map((amount, d) => `rain mm,${addDays(first, d)},${amount.toFixed(1)}`),
  ]);
  expect(document).toMatchObject({ kind: 'causes', stored: { added: days } });
}, 120_000);
afterAll(() => workspace.close());

const ask = (cause?: readonly string[]) =>
  forecastDays(ports, {
    days: 7,
    from: origin,
    seed: 1,
    method: 'auto',
    ...(cause === undefined ? {} : { cause: [...cause] }),
  });

it('tells in plain words what a cause does, and what knowing it is worth', async () => {
  const said = (await ask()).queues[0]!.reasons;
  const all = said.map((reason) => english(reason)).join('\n');
  expect(all).toMatch(/more of "rain mm": [\d.]+ ?% to [\d.]+ ?% more calls the same day/);
  expect(all).toMatch(/improves forecasts of past days from/);
  expect(all).toContain('are not known from');
  expect(said.map((reason) => chinese(reason)).join('\n')).toContain('「rain mm」每多');
});

it('answers a what-if of all days and of one', async () => {
  const [dry, wet, one] = [
    await ask(['rain mm=0']),
    await ask(['rain mm=20']),
    await ask(['rain mm=0', `rain mm@${addDays(origin, 3)}=20`]),
  ].map((answer) => answer.queues[0]!.days.map(({ mean }) => mean));
  expect(wet![0]! / dry![0]!).toBeGreaterThan(1.08);
  expect(wet![6]! / dry![6]!).toBeLessThan(1.18);
  expect(one![3]! / dry![3]!).toBeCloseTo(wet![0]! / dry![0]!, 1);
  expect(one![1]!).toBeCloseTo(dry![1]!, 6);
});

it.each([
  ['snow=3', 'no-such-cause'],
  ['rain mm=much', 'not-a-cause-value'],
  ['rain mm=20000', 'cause-value-far-outside'],
])('refuses %s and says why', async (given, rule) => {
  const work = ask([given]);
  await expect(work).rejects.toThrow(BadInputError);
  await expect(work).rejects.toMatchObject({ problems: [{ rule, value: expect.any(String) as string }] });
});

it('a backtest takes the past values for as little known ahead as they are now', async () => {
  const { document } = backtestSeries(await workspaceSeries(ports), { origins: 2 });
  expect(document.queues[0]?.wape).toBeLessThan(0.2);
});
