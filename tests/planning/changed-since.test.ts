import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/contract/documents/audit-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { changedSince, inputsChangedSince } from '../../src/planning/history/effective-models.ts';
import type { Models, Ports } from '../../src/planning/ports.ts';
import { makePlan } from '../../src/planning/week/make-plan.ts';
import { changeReasons } from '../../src/render/change-reasons.ts';
import { openCopy } from '../support/test-site.ts';
import { isLongRun } from '../support/sweep.ts';

const entry = (action: AuditEntry['action'], subject: string): AuditEntry => ({
  number: 1,
  at: '2026-11-23T00:00:00.000Z',
  actor: { kind: 'local', id: '', name: '' },
  action,
  subject,
  before: null,
  after: null,
});

test('records that no plan is made from leave it as it is; traffic and settings do not', () => {
  const beside = ['topics', 'results', 'requests', 'roster'].map((kind) => entry('records-written', kind));
  expect(changedSince(beside, '2026-W48')).toEqual([]);
  const leave = [entry('records-written', 'leave')];
  expect(changedSince(leave, '2026-W48')).toEqual(['records']);
  expect(changedSince(leave, '2026-W48', 'requirement')).toEqual([]);
  const all = [...beside, entry('records-written', 'traffic'), entry('models-changed', 'shifts')];
  expect(changedSince(all, '2026-W48')).toEqual(['shifts', 'records']);
});

describe('of a stored plan', () => {
  let ports: Ports;
  let plan: PlanDocument;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ ports, close } = await openCopy('plan', { nowMillis: Date.now() }));
    plan = (await ports.store.plan()) as PlanDocument;
  }, 600_000);
  afterAll(() => close());

  test('a setting that was put back is as the plan knows it, whichever others were changed', async () => {
    const changes = {
      hotline: (models: Models) => ({
        ...models,
        hotline: { ...models.hotline, greetingSeconds: models.hotline.greetingSeconds + 1 },
      }),
      targets: (models: Models) => ({ ...models, targets: { ...models.targets, confidence: 0.5 } }),
      shifts: (models: Models) => ({
        ...models,
        shifts: { ...models.shifts, templates: models.shifts.templates.slice(1) },
      }),
      monitor: (models: Models) => ({
        ...models,
        monitor: { ...models.monitor, testCalls: models.monitor.testCalls + 1 },
      }),
    };
    const names = Object.keys(changes) as (keyof typeof changes)[];
    // Each was changed and put back, or is another by now: the log has them all.
    await ports.store.noteChange(
      names.map((subject) => ({ action: 'models-changed' as const, subject, before: null, after: null })),
    );
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), async (other) => {
        const models = other.reduce((all, name) => changes[name](all), ports.models);
        const told = await inputsChangedSince({ ...ports, models }, plan);
        expect(told.filter((input) => input !== 'records')).toEqual(other);
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  test.runIf(isLongRun)(
    'an event that is written while a week is planned is news to that plan, and no reason of its figures',
    async () => {
      const event = {
        date: plan.days[2]?.date ?? '',
        kind: 'policy',
        label: 'New rules',
        expectedEffect: 0.2,
      };
      let written: Promise<unknown> | undefined;
      const { plan: made } = await makePlan(
        {
          ...ports,
          nowMillis: Date.now(),
          progress: (_, name) => {
            if (name === 'forecast') written ??= ports.store.write('events', [event]);
          },
        },
        { week: plan.week, seed: 1, handleTimeSeconds: -10 },
        { prices: false },
      );
      await written;
      expect(made.madeWith?.events.map(({ label }) => label)).not.toContain('New rules');
      expect(changeReasons(plan, made).map(({ code }) => code)).toEqual(['asked-what-if']);
      const before = await ports.store.dataHash();
      expect(before).not.toBe(made.history.dataHash);
    },
    300_000,
  );
});
