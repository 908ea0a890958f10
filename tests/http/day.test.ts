import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import {
  type DayDocument,
  dayDocumentSchema,
  type Signal,
  takenActionSchema,
} from '../../src/contract/documents/day-document.ts';
import type { DayPicture } from '../../src/intraday/day.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { feedSettingsSchema } from '../../src/contract/documents/feed-documents.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { dayRequestSchema } from '../../src/contract/http/job-requests.ts';
import { takeWork, type Work } from '../../src/kernel/work.ts';
import { heardOf } from '../../src/kernel/time-window.ts';
import { latelyOf } from '../../src/planning/day/day-picture.ts';
import { describeDay } from '../../src/planning/describe-day.ts';
import { openPorts } from '../support/demo-workspace.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { localClock, startOfDay } from '../../src/kernel/time.ts';
import { packOperation } from '../../src/planning/operation/planned-operation.ts';
import type { Store } from '../../src/planning/ports.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { apiClient } from '../support/api-client.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A day in progress at both doors: a real server and the command on one workspace, twelve weeks of calls and a plan.

const folder = await temporaryFolder();
const line = join(folder, 'line');
let server: RunningServer;
let call: ReturnType<typeof apiClient>;
const zone = 'Asia/Shanghai';
const today = '2026-11-24';
const at = (clock: string): number =>
  startOfDay(today, zone) + (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * 60_000;

/** What came by the plan's own pattern, with the luck of single calls; from `from` on so many times the calls. */
const rows = (
  queues: readonly string[],
  fromMillis: number,
  toMillis: number,
  factor = 1,
): TrafficRecord[] => {
  const random = seededRandom(3, fromMillis % 1000);
  const clock = localClock(zone);
  const found: TrafficRecord[] = [];
  for (let start = fromMillis; start < toMillis; start += 1_800_000) {
    const hour = clock(start).minute / 60;
    const mean = (hour >= 9 && hour < 11 ? 60 : hour >= 7 && hour < 21 ? 30 : 3) / queues.length;
    for (const queue of queues) {
      const offered = random.poisson(mean * factor);
      found.push({
        queue,
        startMillis: start,
        intervalMinutes: 30,
        offered,
        answered: offered,
        abandoned: 0,
        answeredInThreshold: offered,
        waitSecondsTotal: 5 * offered,
        handleSecondsTotal: Math.round(offered * 240 * (0.95 + 0.1 * random.uniform())),
      });
    }
  }
  return found;
};

let store: Store;
let queues: string[];
let plan: PlanDocument;
let planned: Awaited<ReturnType<typeof plannedOperationOf>>['planned'];

beforeAll(async () => {
  const modelsFrom = fileURLToPath(new URL('../../models', import.meta.url));
  const created = await createWorkspace(line, { modelsFrom });
  const made = await plannedOperationOf(20, 2);
  const { week } = made;
  planned = made.planned;
  queues = planned.demand.queues.map(({ queue }) => queue);
  plan = {
    document: 'plan',
    overrules: [],
    id: '2026-W48-day',
    week: week.week,
    createdAt: '2026-11-20T00:00:00Z',
    hotline: { zone },
    intervalMinutes: planned.models.hotline.intervalMinutes,
    targets: planned.models.targets,
    total: { requiredOperatorHours: 1234 },
    queues: [],
    shifts: [
      {
        tier: planned.capacity.tiers[0]?.tier,
        date: today,
        start: '08:00',
        end: '18:00',
        operators: 8,
        breaks: [{ start: '17:00', minutes: 30, operators: 3 }],
      },
    ],
  } as unknown as PlanDocument;
  await created.store.savePlan(plan, packOperation(planned));
  await created.store.write('traffic', rows(queues, at('00:00') - 84 * 86_400_000, at('12:00')));
  await created.close();
  vi.useFakeTimers({ toFake: ['Date'], now: at('17:30') });
  server = await serveWorkspace({ folder: line, settings: settingsSchema.parse({ port: 0, threads: 1 }) });
  call = apiClient(server);
  ({ store } = await openWorkspace(line));
});
afterAll(async () => {
  await store.close();
  await server.close();
  vi.useRealTimers();
});

beforeEach(() => {
  vi.setSystemTime(at('17:30'));
});

const overHttp = async (query: string): Promise<DayDocument> => {
  const response = await call(`${apiRoot}/day${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as DayDocument;
};

/** Sentences differ by reader; figures do not. */
const figures = (document: DayDocument): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) => (key === 'en' || key === 'zh-CN' ? undefined : value)),
  );

test('an ordinary morning is as planned, with the same figures at both doors', async () => {
  const answer = await overHttp('?asOf=2026-11-24T12:00');
  const parsed = dayDocumentSchema.parse(answer);
  expect(parsed.signals).toEqual([]);
  expect(parsed.asOf).toBe('2026-11-24T12:00');
  expect(parsed.lastRow).toBe('2026-11-24T12:00');
  const { total, queues: parts } = parsed.restOfDay;
  // The luck of single calls is drawn by queue.
  const sum = (of: (own: (typeof parts)[number]) => number | null): number =>
    parts.reduce((so, own) => so + (of(own) ?? Number.NaN), 0);
  expect(sum(({ calls }) => calls.mean)).toBeCloseTo(total.calls.mean ?? Number.NaN, -0.7);
  expect(sum(({ soFar }) => soFar.offered)).toBe(total.soFar.offered);
  const { out } = await runCommand(['day', '--as-of', '2026-11-24T12:00', '--workspace', line, '--json']);
  expect(figures(JSON.parse(out) as DayDocument)).toEqual(figures(answer));
  const { out: said } = await runCommand(['day', '--as-of', '12:00', '--workspace', line, '--lang', 'en']);
  expect(said.split('\n')[0]).toMatch(
    /^12:00: as planned; \d+\.\d% of the day's calls will be connected \(target \d+%: met\) and \d/,
  );
});

test('nothing of later rows is known at an earlier time', async () => {
  const before = await overHttp('?asOf=2026-11-24T10:00');
  await store.write('traffic', rows(queues, at('12:00'), at('14:30'), 1.5));
  expect(await overHttp('?asOf=2026-11-24T10:00')).toEqual(before);
});

test('half as many calls again since noon are found, said first, and carried on', async () => {
  const answer = await overHttp('?asOf=2026-11-24T14:30');
  expect(answer.signals[0]).toMatchObject({ kind: 'more-calls', queue: null });
  expect(answer.signals[0]?.since).toMatch(/T1[12]:/);
  const { calls, plannedCalls } = answer.restOfDay.total;
  expect(calls.mean).toBeGreaterThan(1.02 * plannedCalls);
  expect(answer.said).toMatchObject({ code: 'day-headline', values: { lately: null } });
});

test('more calls than the last interval has are told of before it is sure that they last, and only then', async () => {
  const intervals = (offered: readonly number[]): DayDocument['intervals'] => {
    const all = (n: number): number[] => offered.map(() => n);
    const calls = { planned: all(80), plannedLow: all(60), plannedHigh: all(100) };
    const none = {
      answered: [],
      abandoned: [],
      lost: [],
      elsewhere: [],
      expected: [],
      expectedLow: [],
      expectedHigh: [],
    };
    const starts = offered.map((_, i) => `2026-11-24T${14 + i}:00`);
    return {
      starts,
      queues: ['a', 'b'].map((queue) => ({ queue, ...calls, ...none, offered: [...offered] })),
      total: { plannedLow: all(120), plannedHigh: all(200), expectedLow: [], expectedHigh: [] },
      tiers: [],
    };
  };
  // Two queues that move together: 200 of 160 calls come on one day of ten.
  const paths = (length: number): Float64Array =>
    Float64Array.from({ length: 2 * length }, (_, k) => (k < length ? 66 : 94));
  const planOf = (length: number) => {
    const offered = new Float64Array(length).fill(80);
    const one = { freshMean: offered, ratePaths: paths(length), pathCount: 2 };
    return {
      operation: { demand: { queues: [one, one] } },
      queues: [{ planned: { offered } }, { planned: { offered } }],
    } as unknown as DayPicture;
  };
  const of = (offered: readonly number[], lastRow: string | null, kinds: readonly Signal['kind'][] = []) =>
    latelyOf(
      intervals(offered),
      planOf(offered.length),
      kinds.map((kind) => ({ kind }) as Signal),
      lastRow,
    ).lately;
  const told = { from: '14:00', to: '15:00', came: 220, planned: 160 };
  expect(of([110, 80, 80], '2026-11-24T15:00')).toEqual(told);
  expect(of([110, 80, 110], '2026-11-24T24:00')).toEqual({ ...told, from: '16:00', to: '24:00' });
  expect(of([110, 80, 80], '2026-11-24T16:00')).toBeNull();
  expect(of([99, 80, 80], '2026-11-24T15:00')).toBeNull();
  // The interval that is not over says nothing yet, and what is signalled is not said twice.
  expect(of([80, 110, 80], '2026-11-24T15:20')).toBeNull();
  expect(of([110, 80, 80], '2026-11-24T15:00', ['more-calls'])).toBeNull();
  expect(of([110, 80, 80], null)).toBeNull();
  const { starts, queues, ...rest } = intervals([110, 80]);
  const lost = (calls: number, gaps: DayDocument['gaps'] = []) =>
    latelyOf(
      { starts, ...rest, queues: queues.map((queue) => ({ ...queue, lost: [calls, 0] })) },
      planOf(2),
      [],
      '2026-11-24T15:00',
      gaps,
    ).lost;
  expect(lost(30)).toEqual({ from: '14:00', to: '15:00', came: 220, lost: 60 });
  expect(lost(10)).toBeNull();
  // Of an interval that was heard to its eighteenth minute only so much is said, and planned.
  const gap = { from: '2026-11-24T14:18', to: '2026-11-24T15:10' };
  expect(lost(30, [gap])).toEqual({ from: '14:00', to: '14:18', came: 220, lost: 60 });
  const gapped = (calls: number, gaps: DayDocument['gaps']) =>
    latelyOf(intervals([calls, 80]), planOf(2), [], '2026-11-24T15:00', gaps).lately;
  expect(gapped(110, [gap])).toEqual({ ...told, to: '14:18', planned: 48 });
  // What came is held against the range of that part: 62 calls.
  expect(gapped(33, [gap])).toMatchObject({ came: 66, to: '14:18' });
  expect(gapped(30, [gap])).toBeNull();
  // Heard before and after a gap it has no hours of its own.
  expect(gapped(110, [{ from: '2026-11-24T14:10', to: '2026-11-24T14:50' }])).toBeNull();
  expect(heardOf(starts, 0, [gap], '2026-11-24T15:20')).toEqual([{ from: starts[0], to: gap.from }]);
  expect(heardOf(starts, 1, [gap], '2026-11-24T15:20')).toEqual([{ from: gap.to, to: '2026-11-24T15:20' }]);
  expect(heardOf(starts, 1, [], '2026-11-24T15:00')).toEqual([]);
});

test('a picture comes without what can still be done, and is the same otherwise', async () => {
  const picture = await overHttp('?asOf=2026-11-24T14:30&part=picture');
  const whole = await overHttp('?asOf=2026-11-24T14:30');
  expect([picture.actionsAsOf, whole.actionsAsOf]).toEqual([null, '2026-11-24T14:30']);
  const { actions, actionsAsOf, together, callBacks } = whole;
  // What becomes of lost callers is worked out with the actions.
  expect({ ...picture, actions, actionsAsOf, together, callBacks }).toEqual(whole);
});

test('what the morning has told is not worked out again with the next row', async () => {
  const ports = await openPorts(line, {});
  try {
    const work = async (asOf: string, part?: 'picture'): Promise<Work> => {
      takeWork();
      await describeDay(ports.ports, dayRequestSchema.parse({ asOf, part }));
      return takeWork();
    };
    await work('2026-11-24T13:00', 'picture');
    const next = await work('2026-11-24T13:30', 'picture');
    const { horizon } = planned.demand;
    const perDay = Math.round(1440 / horizon.intervalMinutes);
    // The day once, its sample paths from now on, and what operators are judged by.
    expect(next.intervalsSolved).toBeLessThan(14 * perDay + 100 * (perDay / 2));
    // What can still be done takes up the picture of the same row.
    expect((await work('2026-11-24T13:30')).pathsDrawn).toBe(0);
  } finally {
    await ports.close();
  }
});

test('a source without rows is late, not quiet', async () => {
  const answer = await overHttp('?asOf=2026-11-24T17:00');
  expect(answer.lastRow).toBe('2026-11-24T14:30');
  expect(answer.signals[0]).toMatchObject({ kind: 'late-source', since: '2026-11-24T14:30' });
  expect(answer.signals.some(({ kind }) => kind === 'outage' || kind === 'fewer-calls')).toBe(false);
  // Of a day that nobody has seen for hours nothing is promised, and nothing proposed.
  const { total, queues: each } = answer.restOfDay;
  expect([total, ...each].flatMap(({ chances }) => Object.values(chances)).some((c) => c !== null)).toBe(
    false,
  );
  expect([total.rolling.chance, answer.actions]).toEqual([null, []]);
  expect(answer.said).toMatchObject({ values: { blindSince: '14:30' } });
  const { restOfDay, actionsAsOf } = await overHttp('?asOf=2026-11-24T15:30');
  expect(restOfDay.total.chances.connectionRate).toBeGreaterThan(0);
  expect(actionsAsOf).toBe('2026-11-24T15:30');
});

test('a day of a week without a plan is held against its forecast, with another week’s operators, and says so', async () => {
  const answer = await overHttp('?asOf=2026-11-18T12:00');
  expect(answer.assumptions[0]).toMatchObject({
    code: 'day-plan-of-other-week',
    values: { week: '2026-W47', planWeek: '2026-W48' },
  });
  expect(answer.signals).toEqual([]);
  // A storm of the day that is borrowed is not borrowed with it.
  const stormy = (values: Float64Array) => values.map((calls) => 2 * calls) as typeof values;
  await store.savePlan(
    {
      ...plan,
      id: '2026-W48-storm',
      queues: queues.map((queue) => ({
        queue,
        parts: [{ date: '2026-11-25', holiday: 1, event: 2, overrule: 1, events: ['Storm'] }],
      })),
    } as unknown as PlanDocument,
    packOperation({
      ...planned,
      demand: {
        ...planned.demand,
        queues: planned.demand.queues.map((queue) => ({
          ...queue,
          freshMean: stormy(queue.freshMean),
          ratePaths: stormy(queue.ratePaths) as typeof queue.ratePaths,
        })),
      },
    }),
  );
  const borrowed = await overHttp('?asOf=2026-11-18T12:00');
  expect(borrowed.plan).toBe('2026-W48-storm');
  expect(borrowed.restOfDay.total.plannedCalls).toBeCloseTo(answer.restOfDay.total.plannedCalls, 6);
  expect(borrowed.assumptions[0]).toMatchObject({ values: { events: ['Storm'] } });
  await store.removePlan('2026-W48-storm');
  // Of a change for some hours only those go, and a day without calls stays one.
  const changed = async (scale: (minute: number) => number, part: object, overrules: object[]) => {
    const scaled = (values: Float64Array) =>
      values.map((calls, i) => {
        const at = i % planned.demand.horizon.count;
        return calls * (Math.floor(at / 48) === 2 ? scale((at % 48) * 30) : 1);
      }) as typeof values;
    await store.savePlan(
      {
        ...plan,
        id: '2026-W48-changed',
        overrules,
        queues: queues.map((queue) => ({
          queue,
          parts: [{ date: '2026-11-25', holiday: 1, event: 1, overrule: 1, events: [], ...part }],
        })),
      } as unknown as PlanDocument,
      packOperation({
        ...planned,
        demand: {
          ...planned.demand,
          queues: planned.demand.queues.map((queue) => ({
            ...queue,
            freshMean: scaled(queue.freshMean),
            ratePaths: scaled(queue.ratePaths) as typeof queue.ratePaths,
          })),
        },
      }),
    );
    const got = await overHttp('?asOf=2026-11-18T08:00');
    await store.removePlan('2026-W48-changed');
    return got;
  };
  const plain = await overHttp('?asOf=2026-11-18T08:00');
  const ofDay = (from: number, to: number): number =>
    planned.demand.queues[0]!.freshMean.slice(96, 144).reduce(
      (sum, calls, i) => sum + (i * 30 >= from && i * 30 < to ? calls : 0),
      0,
    );
  const ratio = 1 + (3 * ofDay(480, 720)) / ofDay(0, 1440);
  const hours = { queue: null, date: '2026-11-25', from: '08:00', to: '12:00', factor: 4, calls: null };
  const fourfold = await changed((minute) => (minute >= 480 && minute < 720 ? 4 : 1), { overrule: ratio }, [
    hours,
  ]);
  expect(fourfold.restOfDay.total.plannedCalls).toBeCloseTo(plain.restOfDay.total.plannedCalls, 4);
  const closed = await changed(() => 0, { event: 0, events: ['Storm'] }, []);
  expect(closed.assumptions[0]).toMatchObject({ values: { events: [] } });
});

test('a time that is none is refused', async () => {
  expect((await call(`${apiRoot}/day?asOf=noon`)).status).toBe(400);
});

test('what can still be done is said with effect, cost and the last moment, the best together first', async () => {
  const ordinary = await overHttp('?asOf=2026-11-24T14:30');
  expect(ordinary.actions.filter(({ chosen, cost }) => chosen && cost > 0)).toEqual([]);
  await store.write('traffic', rows(queues, at('14:30'), at('16:00')));
  const { capacity } = planned;
  const tiers = capacity.tiers.map((tier) => ({ ...tier, operators: tier.operators.map((n) => 0.03 * n) }));
  await store.savePlan(
    { ...plan, id: '2026-W48-few' },
    packOperation({ ...planned, capacity: { ...capacity, tiers } }),
  );
  expect(ordinary.together).toMatchObject({ code: 'day-together', values: { holds: true } });
  const { actions, restOfDay, together } = await overHttp('?asOf=2026-11-24T16:00&plan=2026-W48-few');
  // One target, one figure: that of the day's own sentence is where the actions begin.
  const { targets, connectionRate } = restOfDay.total;
  expect(targets.connectionRate).toBe(
    Math.max(planned.models.targets.connectionRate, planned.models.targets.rollingConnectionRate ?? 0),
  );
  const steps = actions.filter(({ chosen }) => chosen).length;
  const values = { steps, holds: false, target: targets.connectionRate, before: connectionRate.mean };
  expect(together).toMatchObject({ values });
  const { after } = (together as unknown as { values: { after: number } }).values;
  const singles = actions.map(({ effect }) => effect.connectionRate);
  expect(after - (connectionRate.mean ?? 0)).toBeGreaterThanOrEqual(Math.max(...singles) - 1e-9);
  const kinds = actions.flatMap(({ kind, chosen }) => (chosen ? [] : [kind]));
  for (const kind of kinds) expect(kinds.filter((own) => own === kind).length).toBeLessThanOrEqual(3);
  expect(restOfDay.total.connectionRate.mean).toBeLessThan(restOfDay.total.targets.connectionRate ?? 0);
  expect(actions.length).toBeGreaterThan(2);
  expect(actions[0]?.chosen).toBe(true);
  for (const { kind, effect, latest, from, to, said, cost, chosen } of actions) {
    expect(latest >= '2026-11-24T16:00' && to <= '2026-11-25T00:00').toBe(true);
    // A break may go to an earlier time.
    expect(kind === 'move-break' ? from !== to : from < to).toBe(true);
    if (cost > 0 && !chosen) expect(effect.answered + effect.calledBack).toBeGreaterThan(0);
    expect(effect.calledBack > 0).toBe(kind === 'call-backs');
    expect(said).toMatchObject({ code: 'day-action' });
    expect(JSON.stringify(said)).not.toMatch(/undefined|NaN/);
  }
  expect(actions.map(({ kind }) => kind)).toContain('move-break');
});

test('an interval that was cut off with its source is not taken for an outage', async () => {
  await store.write('traffic', rows(queues, at('16:00'), at('16:30'), 0.1));
  const { signals, lastRow } = await overHttp('?asOf=2026-11-24T17:00');
  expect(lastRow).toBe('2026-11-24T16:00');
  expect(signals.map(({ kind, since }) => [kind, since])).toContainEqual(['late-source', '2026-11-24T16:00']);
  expect(signals.map(({ kind }) => kind)).not.toContain('outage');
});

test('an action is taken over HTTP and taken back in the terminal; the second of two is told', async () => {
  vi.setSystemTime(at('16:00'));
  const [asOf, few] = ['2026-11-24T16:00', '2026-W48-few'];
  const query = `?asOf=${asOf}&plan=${few}`;
  const before = await overHttp(query);
  const [action] = before.actions;
  const take = (): Promise<Response> =>
    call(`${apiRoot}/day/actions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: action?.id, asOf, plan: few, revision: before.revision, by: '王' }),
    });
  const first = await take();
  expect(first.status).toBe(201);
  const taken = takenActionSchema.parse(await first.json());
  expect(taken).toMatchObject({ state: 'taken', steps: [{ by: '王', asOf }] });
  const second = await take();
  expect(second.status).toBe(412);
  expect(JSON.stringify(await second.json())).toContain('taken by 王 after you looked at the day');
  const after = await overHttp(query);
  expect(after.taken.map(({ id, state }) => [id, state])).toEqual([[taken.id, 'taken']]);
  // Earlier in the day nothing of it is known.
  expect((await overHttp(`?asOf=2026-11-24T15:30&plan=${few}`)).taken).toEqual([]);
  const back = ['day', '--take-back', String(taken.id), '--as-of', asOf, '--workspace', line, '--json'];
  const { out } = await runCommand(back);
  expect(takenActionSchema.parse(JSON.parse(out)).state).toBe('taken-back');
  expect((await runCommand(['day', '--take', 'a', '--agree', '1', '--workspace', line])).code).not.toBe(0);
  expect((await runCommand([...back.slice(0, 2), '999', '--workspace', line])).code).not.toBe(0);
  const again = await overHttp(query);
  expect({ ...again, taken: [], revision: 0 }).toEqual({ ...before, taken: [], revision: 0 });
});

test('what is best together is taken over HTTP in one request, and in the terminal by name or as a whole', async () => {
  vi.setSystemTime(at('16:00'));
  const [asOf, few] = ['2026-11-24T16:00', '2026-W48-few'];
  const query = `?asOf=${asOf}&plan=${few}`;
  const before = await overHttp(query);
  const best = before.actions.flatMap(({ id, chosen }) => (chosen ? [id] : []));
  expect(best.length).toBeGreaterThan(1);
  const post = (body: object): Promise<Response> =>
    call(`${apiRoot}/day/mixes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ asOf, plan: few, revision: before.revision, ...body }),
    });
  const takenOf = (json: unknown): [string, string][] =>
    z
      .array(takenActionSchema)
      .parse(json)
      .map(({ state, action }) => [state, action.kind]);
  const wanted = before.actions.flatMap(({ kind, chosen }) => (chosen ? [['taken', kind]] : []));
  const first = await post({ actions: best });
  expect(first.status).toBe(201);
  expect(takenOf(await first.json())).toEqual(wanted);
  expect((await post({})).status).toBe(412);
  const inTerminal = async (...args: string[]) =>
    runCommand(['day', ...args, '--as-of', asOf, '--workspace', line, '--json']);
  const clear = async (): Promise<void> => {
    for (const { id, state } of (await overHttp(query)).taken)
      if (state === 'taken') expect((await inTerminal('--take-back', String(id))).code).toBe(0);
  };
  await clear();
  const asked = ['--plan', few, '--seed', '1'];
  expect(takenOf(JSON.parse((await inTerminal('--take-together', ...asked)).out))).toEqual(wanted);
  await clear();
  expect(takenOf(JSON.parse((await inTerminal('--take', ...best, ...asked)).out))).toEqual(wanted);
  await clear();
});

test('nobody acts on a day that is over, over HTTP or in the terminal', async () => {
  vi.setSystemTime(at('16:00'));
  const [asOf, few] = ['2026-11-24T16:00', '2026-W48-few'];
  const { actions, revision } = await overHttp(`?asOf=${asOf}&plan=${few}`);
  const post = (path: string, body: object): Promise<Response> =>
    call(`${apiRoot}/day/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ asOf, plan: few, revision, ...body }),
    });
  const take = (): Promise<Response> => post('actions', { action: actions[0]?.id });
  vi.setSystemTime(at('24:00'));
  const refused = [await take(), await post('mixes', {})];
  vi.setSystemTime(at('17:30'));
  const late = await take();
  expect(late.status).toBe(400);
  expect(JSON.stringify(await late.json())).toContain('action-too-late');
  vi.setSystemTime(at('16:00'));
  for (const each of refused) {
    expect(each.status).toBe(400);
    expect(JSON.stringify(await each.json())).toContain('day-over');
  }
  const first = await take();
  expect(first.status).toBe(201);
  const { id } = takenActionSchema.parse(await first.json());
  expect((await runCommand(['day', '--take-back', String(id), '--workspace', line])).code).toBe(0);
  const monday = ['day', '--take', actions[0]?.id ?? '', '--as-of', '2026-11-23T16:00', '--plan', few];
  const { code, out, err } = await runCommand([...monday, '--workspace', line, '--json']);
  expect(code).not.toBe(0);
  expect(out + err).toContain('day-over');
});

test('a log that ends within an interval is held against its part of the forecast', async () => {
  // Six of thirty minutes, as busy as ever.
  await store.write('traffic', rows(queues, at('16:00'), at('16:30'), 0.2));
  const before = await overHttp('?asOf=2026-11-24T16:30');
  expect(before.signals.map(({ kind }) => kind)).toContain('outage');
  await store.feeds.put('log', feedSettingsSchema.parse({ kind: 'queue-log', from: '/log' }));
  const [feed] = await store.feeds.all();
  await store.feeds.move('log', feed?.version ?? 0, {
    state: { watermark: at('16:06') },
    calls: [],
    traffic: [],
    presence: [],
    handleTime: 'arrival',
    quiet: [],
    partial: [],
    replacesMadeUp: false,
  });
  const during = await overHttp('?asOf=2026-11-24T16:30&seed=2');
  expect(during.lastRow).toBe('2026-11-24T16:06');
  expect(during.signals.filter(({ since }) => since >= '2026-11-24T15:30')).toEqual([]);
  const { calls, plannedCalls } = during.restOfDay.total;
  expect(Math.abs((calls.mean ?? 0) / plannedCalls - 1)).toBeLessThan(0.1);
  const later = await overHttp('?asOf=2026-11-24T17:00&seed=2');
  expect(later.signals.map(({ kind }) => kind)).toContain('late-source');
  expect(later.signals.map(({ kind }) => kind)).not.toContain('outage');
});

test('a feed that reads what is old is catching up: what it has not brought yet is neither late nor an outage', async () => {
  const put = async (progress: object): Promise<void> => {
    const [feed] = await store.feeds.all();
    const nothing = { calls: [], traffic: [], presence: [], quiet: [], partial: [] };
    const step = { state: progress, handleTime: 'arrival' as const, replacesMadeUp: false, ...nothing };
    expect(await store.feeds.move('log', feed?.version ?? 0, step)).toBe(true);
  };
  const kindsAt = async (asOf: string) => {
    const { signals, said, actions } = await overHttp(`?asOf=2026-11-24T${asOf}&seed=3`);
    const { caughtUpTo, blindSince } = (said as unknown as { values: Record<string, string | null> }).values;
    return { kinds: signals.map(({ kind }) => kind), caughtUpTo, blindSince, actions: actions.length };
  };
  await put({ watermark: at('16:06'), gainsUntil: at('17:31') });
  expect(await kindsAt('17:30')).toMatchObject({
    kinds: [],
    caughtUpTo: '16:00',
    blindSince: null,
    actions: 0,
  });
  // It came no farther: that is late.
  await put({ watermark: at('16:06'), gainsUntil: at('17:29') });
  const { kinds, caughtUpTo } = await kindsAt('17:30');
  expect([kinds[0], caughtUpTo]).toEqual(['late-source', null]);
  await put({ watermark: at('16:06'), gainsUntil: at('17:31') });
  const { out } = await runCommand(['day', '--as-of', '17:30', '--workspace', line, '--lang', 'en']);
  expect(out).toMatch(/^17:30: the data feed is catching up; calls are counted until 16:00 so far/);
  await put({ watermark: at('16:06'), gainsUntil: at('17:29') });
});

test('what a feed that is catching up has brought whole counts, and is not waited for', async () => {
  const { ports, close } = await openPorts(line, {});
  let seed = 100;
  /** How far calls are counted, with the feed's last event and the clock in seconds after 17:30. */
  const look = async (heard: number, clock: number) => {
    const nowMillis = at('17:30') + 1000 * clock;
    const [feed] = await store.feeds.all();
    const state = { watermark: at('17:30') + 1000 * heard, gainsUntil: nowMillis + 40_000 };
    const nothing = { calls: [], traffic: [], presence: [], quiet: [], partial: [] };
    const step = { state, handleTime: 'arrival' as const, replacesMadeUp: false, ...nothing };
    expect(await store.feeds.move('log', feed?.version ?? 0, step)).toBe(true);
    seed += 1;
    const asked = dayRequestSchema.parse({ part: 'picture', seed });
    const { lastRow, said, signals } = await describeDay({ ...ports, nowMillis }, asked);
    const { caughtUpTo } = (said as unknown as { values: Record<string, string | null> }).values;
    expect(signals.map(({ kind }) => kind)).not.toContain('late-source');
    return [lastRow?.slice(11), caughtUpTo];
  };
  try {
    await store.write('traffic', rows(queues, at('16:00'), at('17:30')));
    // Heard to the end of an interval, and of the next one nothing yet.
    expect(await look(-10, 2400)).toEqual(['17:30', '17:30']);
    // At the end of an interval the last event may be seconds ago, a minute is part of it.
    expect(await look(-2, 1)).toEqual(['17:30', null]);
    expect(await look(-60, 0)).toEqual(['17:00', '17:00']);
    await store.write('traffic', rows(queues, at('17:30'), at('18:00')));
    const course = fc.tuple(fc.integer({ min: -1790, max: 1799 }), fc.integer({ min: 0, max: 1799 }));
    await fc.assert(
      fc.asyncProperty(course, async ([heard, clock]) => {
        const last = Math.min(heard, clock);
        const known = await look(last, clock);
        // Of the interval that is running what has come is counted too, from a tenth of it on.
        const until = `17:${30 + (last < 180 ? 0 : Math.floor(last / 60))}`;
        expect(known).toEqual(heard >= -36 ? [until, null] : ['17:00', '17:00']);
      }),
      { numRuns: 12, examples: [[[1799, 1799]], [[0, 0]], [[1018, 1020]], [[-37, 1799]]] },
    );
  } finally {
    await close();
  }
});

test('a moment that was ahead is taken up once it has come, though nothing was written since', async () => {
  const { ports, close } = await openPorts(line, {});
  const asked = dayRequestSchema.parse({ asOf: '2026-11-24T18:00', part: 'picture', seed: 9 });
  const takes = async (clock: string) => {
    vi.setSystemTime(at(clock));
    const here = await describeDay({ ...ports, nowMillis: at(clock) }, asked);
    const there = await overHttp('?asOf=2026-11-24T18:00&part=picture&seed=9');
    return [here.takes, there.takes];
  };
  try {
    expect(await takes('17:59')).toEqual([false, false]);
    expect(await takes('18:01')).toEqual([true, true]);
  } finally {
    vi.setSystemTime(at('17:30'));
    await close();
  }
});

test('lost callers who are called back from now on are followed to midnight, each counted once', async () => {
  await store.write(
    'traffic',
    rows(queues, at('10:00'), at('12:00'), 2).map((row) => ({
      ...row,
      answered: Math.round(0.7 * row.offered),
      answeredInThreshold: Math.round(0.5 * row.offered),
      abandoned: row.offered - Math.round(0.7 * row.offered),
    })),
  );
  const picture = await overHttp('?asOf=2026-11-24T12:00&part=picture');
  expect(picture.callBacks?.queues.map(({ funnel }) => funnel)).toEqual(queues.map(() => null));
  const { callBacks, actions } = await overHttp('?asOf=2026-11-24T12:00');
  let reached = 0;
  expect(callBacks?.calls).toBe(picture.restOfDay.total.soFar.lost);
  for (const { calls, calledAgain, willCallAgain, toCall, funnel } of callBacks?.queues ?? []) {
    if (funnel === null) throw new Error('nobody is called back');
    expect(calledAgain + willCallAgain + toCall).toBeCloseTo(calls, 6);
    expect(calledAgain).toBeGreaterThanOrEqual(0);
    // By midnight there are no fewer, of those lost or of those who called again.
    expect(funnel.lost).toBeGreaterThanOrEqual(calls);
    expect(funnel.calledAgain).toBeGreaterThanOrEqual(calledAgain + 0.99 * willCallAgain);
    expect(funnel.calledAgain + funnel.reached + funnel.givenUp + funnel.toCall).toBeCloseTo(funnel.lost, 2);
    expect(funnel.reached / funnel.dialled).toBeCloseTo(0.63, 6);
    // Of nobody there is no mean.
    if (funnel.reached < 0.5) expect(funnel.meanMinutesToPerson).toBeNull();
    else expect(funnel.meanMinutesToPerson).toBeGreaterThan(15);
    if (funnel.dialled < 0.5) expect(funnel.dialling).toBeNull();
    else expect((funnel.dialling?.from ?? '') < (funnel.dialling?.to ?? '')).toBe(true);
    expect((funnel.dialling?.from ?? '2026-11-24T12:00') >= '2026-11-24T12:00').toBe(true);
    reached += funnel.reached;
  }
  expect(reached).toBeGreaterThan(0.5);
  // The same as the action says, whose mean is taken over sample paths.
  const action = actions.find(({ id }) => id === 'call-backs now');
  expect(Math.abs((action?.effect.calledBack ?? 0) / reached - 1)).toBeLessThan(0.15);
  const { out } = await runCommand(['day', '--as-of', '12:00', '--workspace', line, '--lang', 'en']);
  expect(out).toMatch(/called back at quiet times from 12:00, by midnight\nQueue +Calls lost by midnight/);
  expect(out).toContain('"Rest" is from 12:00 to midnight');
  expect(out).not.toMatch(/from now/);
});

test('operators are people ready for calls, wherever they are told: at the last count, as rostered, and as expected', async () => {
  const { capacity, demand } = planned;
  const perDay = (24 * 60) / demand.horizon.intervalMinutes;
  await store.write(
    'presence',
    Array.from({ length: 29 }, (_, i) => i).flatMap((i) =>
      capacity.tiers.map(({ tier, operators }) => ({
        tier,
        startMillis: at('00:00') + i * demand.horizon.intervalMinutes * 60_000,
        intervalMinutes: demand.horizon.intervalMinutes,
        operators: 0.75 * (operators[perDay + i] ?? 0),
      })),
    ),
  );
  // Slower than the formulas have it: each is worth less than one who is ready all the time.
  await store.write(
    'traffic',
    rows(queues, at('09:00'), at('14:30'), 2).map((row) => ({
      ...row,
      answered: Math.round(0.3 * row.offered),
      abandoned: row.offered - Math.round(0.3 * row.offered),
    })),
  );
  const { signals, intervals } = await overHttp('?asOf=2026-11-24T14:30&part=picture&plan=2026-W48-day');
  const signal = signals.find(({ kind }) => kind === 'fewer-operators');
  const last = intervals.starts.indexOf('2026-11-24T14:00');
  const sum = (of: (tier: (typeof intervals.tiers)[number]) => number | null | undefined): number =>
    intervals.tiers.reduce((all, tier) => all + (of(tier) ?? Number.NaN), 0);
  const [present, rostered] = [sum((tier) => tier.present[last]), sum((tier) => tier.rostered[last])];
  expect(present / rostered).toBeCloseTo(0.75, 6);
  expect(signal?.factor).toBeCloseTo(present / rostered, 6);
  expect(signal?.said).toMatchObject({
    values: { counted: { from: '14:00', to: '14:30', present, rostered } },
  });
  // As many as are there now, not fewer since each does less.
  expect(sum((tier) => tier.expected[last + 1]) / sum((tier) => tier.rostered[last + 1])).toBeCloseTo(
    0.75,
    2,
  );
  const { out } = await runCommand([
    ...['day', '--as-of', '14:30', '--plan', '2026-W48-day'],
    ...['--workspace', line, '--lang', 'en'],
  ]);
  expect(out).toContain(`: ${present.toFixed(1)} of ${rostered.toFixed(1)} from 14:00 to 14:30`);
  // Once all of them are there at the last count, that is no figure of those who were missing since the morning.
  await store.write(
    'presence',
    capacity.tiers.map(({ tier, operators }) => ({
      tier,
      startMillis: at('14:00'),
      intervalMinutes: demand.horizon.intervalMinutes,
      operators: operators[perDay + 28] ?? 0,
    })),
  );
  const back = await overHttp('?asOf=2026-11-24T14:30&part=picture&plan=2026-W48-day');
  const stands = back.signals.find(({ kind }) => kind === 'fewer-operators');
  expect(sum((tier) => tier.rostered[last])).toBeCloseTo(
    back.intervals.tiers.reduce((all, { present: own }) => all + (own[last] ?? Number.NaN), 0),
    6,
  );
  expect(stands?.factor).toBeLessThan(0.9);
  expect(stands?.said).not.toHaveProperty('values.counted');
});

test('a roster of the day that is only a draft is said to be left aside', async () => {
  const told = async (): Promise<boolean> =>
    (await overHttp('?asOf=2026-11-24T14:30&part=picture')).assumptions.some(
      (said) => 'code' in said && said.code === 'day-draft-roster',
    );
  expect(await told()).toBe(false);
  const draft = { id: 'draft', from: '2026-11-23', to: '2026-11-29', publishedAt: null, revision: 0 };
  const createdAt = '2026-11-20T00:00:00.000Z';
  await store.saveRoster({ ...draft, createdAt, days: [], duties: [] } as unknown as RosterDocument);
  expect(await told()).toBe(true);
});
