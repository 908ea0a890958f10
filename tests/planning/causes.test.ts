import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWhatIf } from '../../src/contract/plan-states.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { divertPlan } from '../../src/planning/divert-plan.ts';
import { forecastDays } from '../../src/planning/forecast-days.ts';
import { workspaceSeries } from '../../src/planning/forecasts/workspace-series.ts';
import { ingestFiles } from '../../src/planning/ingest-files.ts';
import { planWeek } from '../../src/planning/plan-week.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { backtestSeries } from '../../src/planning/run-backtest.ts';
import { leaderHtml, planHtml, planTable } from '../../src/render/report-file.ts';
import { changeReasons } from '../../src/render/change-reasons.ts';
import { whatIfRequested } from '../../src/render/plan-changes.ts';
import { renderPlanText } from '../../src/render/plan-text.ts';
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
  workspace = await demoWorkspace(14, undefined, { hourly: true, fewShifts: true });
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
});
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
  expect(all).toMatch(/cuts the error on past days from/);
  expect(all).toContain('are not known from');
  expect(said.map((reason) => chinese(reason)).join('\n')).toContain('“rain mm”每多');
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

describe('a plan made with assumed values of a cause', () => {
  let own: PlanDocument;
  let wet: PlanDocument;
  beforeAll(async () => {
    own = await planWeek(ports, { seed: 1 });
    wet = await planWeek(ports, { seed: 1, cause: ['rain mm=0', `rain mm@${own.days[2]!.date}=20`] });
  });

  it('is a what-if beside the plan of the week, which stays the one that stands', async () => {
    expect(isWhatIf(own.id)).toBe(false);
    expect(isWhatIf(wet.id)).toBe(true);
    expect((await ports.store.planOfWeek(own.week))?.id).toBe(own.id);
    expect(await ports.store.frozenForecast(wet.id)).toBeUndefined();
    const calls = wet.days.map(({ calls: { mean } }, d) => mean! / own.days[d]!.calls.mean!);
    expect(calls[2]! / calls[1]!).toBeGreaterThan(1.08);
  });

  it('is called by what was asked, and says so on every document', () => {
    const date = own.days[2]!.date;
    expect(wet.assumedCauses).toEqual([
      { cause: 'rain mm', date: null, value: 0 },
      { cause: 'rain mm', date, value: 20 },
    ]);
    expect(own.assumedCauses).toBeUndefined();
    const asked = english(whatIfRequested(wet));
    expect(asked).toMatch(/^rain mm = 0, rain mm on \w+ \d+ \w+ = 20$/);
    expect(whatIfRequested(own)).toBeUndefined();
    const overview = planTable(wet, 'en', 'overview')
      .rows.flat()
      .map((cell) => JSON.stringify(cell))
      .join();
    for (const text of [renderPlanText(wet, 'en'), planHtml(wet, 'en'), leaderHtml(wet, 'en'), overview])
      expect(text).toContain(`What-if plan: ${asked}`);
    expect(renderPlanText(wet, 'zh-CN')).toContain(`假设计划：${chinese(whatIfRequested(wet))}`);
    for (const text of [renderPlanText(own, 'en'), planHtml(own, 'en'), leaderHtml(own, 'en')])
      expect(text).not.toContain('rain mm = 0');
  });

  it('beside the plan that stands, the difference names the cause', () => {
    const said = changeReasons(own, wet).map((reason) => english(reason));
    expect(said[0]).toBe('rain mm: nothing assumed → 0');
    expect(said[1]).toMatch(/^rain mm on .+: nothing assumed → 20$/);
    expect(changeReasons(wet, own).map((reason) => english(reason))[0]).toBe('rain mm: 0 → nothing assumed');
    expect(changeReasons(own, own)).toEqual([]);
  });

  it('answers on it say it too', async () => {
    const diverted = await divertPlan(ports, { plan: wet.id, seed: 1 });
    expect(diverted.assumptions.map((said) => english(said)).join()).toContain('rain mm = 0');
  });

  it('in the course of its wet day the rest is forecast with the rain that was assumed', async () => {
    const { date } = own.days[2]!;
    const dry = await planWeek(ports, { seed: 1, cause: ['rain mm=0'] });
    await take('traffic', ['queue,start,offered', `general,${date}T08:00,85`, `general,${date}T09:00,85`]);
    const [usual, rainy] = await Promise.all(
      [dry, wet].map(({ id }) => divertPlan(ports, { plan: id, seed: 1, asOf: `${date}T10:00` })),
    );
    expect(rainy!.before.offered / usual!.before.offered).toBeGreaterThan(1.01);
  });

  it.each([
    [`rain mm@${addDays(origin, 60)}=5`, 'cause-day-not-asked'],
    ['rain mm=20000', 'cause-value-far-outside'],
  ])('refuses %s and stores nothing', async (given, rule) => {
    const before = await ports.store.plans();
    await expect(planWeek(ports, { seed: 1, cause: [given] })).rejects.toMatchObject({
      problems: [{ rule }],
    });
    expect(await ports.store.plans()).toEqual(before);
  });
});

it('says of an assumed cause without a part that its value changes nothing', async () => {
  const random = seededRandom(5);
  const chance = Array.from({ length: days }, (_, d) => `chance,${addDays(first, d)},${random.uniform()}`);
  await take('causes', ['cause,date,value', ...chance]);
  const said = (given: string) =>
    ask([given]).then(({ notices }) => notices.map((each) => english(each)).join());
  expect(await said('chance=0.5')).toContain('"chance", whose value is assumed, is not used');
  expect(await said('rain mm=10')).not.toContain('is not used');
});
