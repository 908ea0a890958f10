import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('those known by call records alone are called so', async () => {
  const plan = await ports.store.plan();
  if (plan === undefined) throw new Error('no plan');
  const row = { tier: seenWithCall, startMillis: 0, intervalMinutes: 30, operators: 3 };
  expect(recordedPresence([row])).toEqual({ records: [row], inCalls: true });
  expect(recordedPresence([]).inCalls).toBe(false);
  const known = { ...plan, total: { ...plan.total, seenInCalls: true } };
  expect(renderPlanText(known, 'en')).toContain('Operator-hours with a call in hand (call records, 4 weeks)');
  expect(renderPlanText(known, 'zh-CN')).toContain('近四周有通话的座席工时（据通话记录）');
  expect(renderPlanText(plan, 'en')).not.toContain('with a call in hand');
});
