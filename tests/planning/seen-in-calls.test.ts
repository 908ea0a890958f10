import { afterAll, beforeAll, expect, test } from 'vitest';
import { zoneOf } from '../../src/feeds/feed-records.ts';
import { presenceRecords } from '../../src/feeds/operator-presence.ts';
import { seenWithCall } from '../../src/kernel/records.ts';
import { operatorsSeen, recordedPresence } from '../../src/planning/operation/operators-seen.ts';
import { weekHorizon } from '../../src/planning/operation/week-horizon.ts';
import { renderPlanText } from '../../src/render/plan-text.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { openCopy } from '../support/test-site.ts';

let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ ports, close } = await openCopy('plan'));
}, 600_000);
afterAll(() => close());

test('whom call records show with a call is not added to presence that somebody recorded', async () => {
  const plan = await ports.store.plan();
  if (plan === undefined) throw new Error('no plan');
  const week = weekHorizon(plan.week, ports.models.hotline.zone, plan.intervalMinutes);
  const seen = () => operatorsSeen(ports.store, week, week.horizon.startMillis);
  const before = await seen();
  expect(before?.inCalls).toBe(false);
  const recorded = await ports.store.read('presence');
  await ports.store.write(
    'presence',
    recorded.map((row) => ({ ...row, tier: seenWithCall, operators: 1 })),
  );
  expect((await seen())?.total).toEqual(before?.total);
});

test('operators of no tier whom a feed shows logged in are recorded, whoever else is', () => {
  const from = Date.parse('2026-11-23T00:00:00Z');
  const { hotline } = ports.models;
  const rules = { hotline, zone: zoneOf(hotline, from + 1e9) } as Parameters<typeof presenceRecords>[3];
  const logins = ['a', 'b', 'c'].map((id) => [id, [`${from}|ADDMEMBER|general`]] as const);
  const span = { from, to: from + 3_600_000 };
  const of = (listed: string | undefined) =>
    recordedPresence(presenceRecords(logins, span, (id) => (id === listed ? 'general' : undefined), rules));
  for (const listed of ['a', undefined]) {
    const { records, inCalls } = of(listed);
    expect(inCalls).toBe(false);
    const first = records.filter(({ startMillis }) => startMillis === from);
    expect(first.reduce((sum, { operators }) => sum + operators, 0)).toBe(3);
  }
});

test('where nobody recorded presence, call records tell it, interval by interval', async () => {
  const at = (start: number, tier: string, operators: number, intervalMinutes = 30) => ({
    tier,
    startMillis: start * 60_000,
    intervalMinutes,
    operators,
  });
  const calls = [at(0, seenWithCall, 2), at(30, seenWithCall, 3), at(60, seenWithCall, 4)];
  expect(recordedPresence([...calls, at(0, 'general', 6, 60)])).toEqual({
    records: [at(0, 'general', 6, 60), at(60, seenWithCall, 4)],
    inCalls: true,
  });

  // One recorded day of the four weeks before does not take the rest away, and is added to nothing.
  const site = await openCopy('plan');
  try {
    const { store, models } = site.ports;
    const plan = await store.plan();
    if (plan === undefined) throw new Error('no plan');
    const week = weekHorizon(plan.week, models.hotline.zone, plan.intervalMinutes);
    const day = (i: number) => Date.parse(`${week.dates[i] ?? ''}T04:00:00Z`) - 7 * 86_400_000;
    const before = week.horizon.startMillis + 365 * 86_400_000;
    const late = (i: number, tier: string, operators: number) => ({
      ...at(0, tier, operators),
      startMillis: day(i) + 365 * 86_400_000 - (365 % 7) * 86_400_000,
    });
    await store.write('presence', [
      late(0, 'general', 6),
      late(0, seenWithCall, 2),
      late(1, seenWithCall, 3),
    ]);
    const seen = await operatorsSeen(store, week, before);
    expect(seen?.total.filter((operators) => operators !== null)).toEqual([6, 3]);
    expect(seen?.inCalls).toBe(true);
    expect(seen?.days.slice(0, 3)).toEqual([1, 1, 0]);
  } finally {
    await site.close();
  }
});

test('what call records left in the tier of before is not counted once they are read again', () => {
  const at = (tier: string, slot: number, operators: number) => ({
    tier,
    startMillis: slot * 1_800_000,
    intervalMinutes: 30,
    operators,
  });
  const [before, again] = ['all', seenWithCall].map((tier) => [3, 4].map((n, slot) => at(tier, slot, n))) as [
    ReturnType<typeof at>[],
    ReturnType<typeof at>[],
  ];
  const recorded = [at('general', 0, 6), at('general', 1, 7)];
  expect(recordedPresence([...recorded, ...before, ...again])).toEqual({ records: recorded, inCalls: false });
  expect(recordedPresence([...before, ...again])).toEqual({ records: again, inCalls: true });
  // A feed's operators on no list, of whom not all have a call, stay.
  const fed = [at('all', 0, 3), at('all', 1, 5)];
  expect(recordedPresence([...fed, ...again])).toEqual({ records: fed, inCalls: false });
});

test('those known by call records alone are called so', async () => {
  const plan = await ports.store.plan();
  if (plan === undefined) throw new Error('no plan');
  const row = { tier: seenWithCall, startMillis: 0, intervalMinutes: 30, operators: 3 };
  expect(recordedPresence([row])).toEqual({ records: [row], inCalls: true });
  expect(recordedPresence([]).inCalls).toBe(false);
  const known = { ...plan, total: { ...plan.total, seenInCalls: true } };
  expect(renderPlanText(known, 'en')).toContain(
    'Operator-hours on duty (4 weeks; where not recorded, with a call in hand)',
  );
  expect(renderPlanText(known, 'zh-CN')).toContain('近四周在岗工时（无在岗记录的时段只计有通话的座席）');
  expect(renderPlanText(plan, 'en')).not.toContain('with a call in hand');
});
