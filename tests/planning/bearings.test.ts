import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doesBearOn, storedKinds } from '../../src/kernel/records.ts';
import { planKey, planWeek } from '../../src/planning/plan-week.ts';
import type { Ports, Store } from '../../src/planning/ports.ts';
import { makePlan } from '../../src/planning/week/make-plan.ts';
import { openStore } from '../../src/store/open-store.ts';
import { recordOf } from '../support/record-of.ts';
import { openCopy } from '../support/test-site.ts';
import { tinyModels } from '../support/tiny-models.ts';
import { isLongRun } from '../support/sweep.ts';

test("a record changes a plan's key and the hash of what forecasts rest on exactly where its kind says so", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-bearings-'));
  const store = await openStore({ folder }, { create: true });
  const ports = { store, models: tinyModels(), program: 'p' };
  const namesNow = () => Promise.all([planKey(ports, {}), store.dataHash()]);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...storedKinds), fc.integer({ min: 1, max: 28 }), async (kind, n) => {
      const [key, hash] = await namesNow();
      const { added, changed } = await store.write(kind, [recordOf(kind, n)]);
      const [keyNow, hashNow] = await namesNow();
      const isNew = added + changed > 0;
      expect([kind, keyNow !== key]).toEqual([kind, isNew && doesBearOn(kind, 'plan')]);
      expect([kind, hashNow !== hash]).toEqual([kind, isNew && doesBearOn(kind, 'forecast')]);
    }),
    { numRuns: 200, examples: storedKinds.map((kind) => [kind, 28]) },
  );
  await store.close();
  await rm(folder, { recursive: true });
});

/** The same store, and the kinds of records that it was asked for. */
const listening = (store: Store): { readonly heard: ReadonlySet<string>; readonly store: Store } => {
  const heard = new Set<string>();
  const hearing =
    <Asked extends unknown[], Answer>(kind: string, read: (...asked: Asked) => Answer) =>
    (...asked: Asked): Answer => {
      heard.add(kind);
      return read(...asked);
    };
  const { monitoring } = store;
  return {
    heard,
    store: {
      ...store,
      traffic: hearing('traffic', store.traffic),
      read: (kind, ...span) => {
        heard.add(kind);
        return store.read(kind, ...span);
      },
      monitoring: {
        ...monitoring,
        testCalls: hearing('test-calls', monitoring.testCalls),
        testCallColumns: hearing('test-calls', monitoring.testCallColumns),
        results: hearing('results', monitoring.results),
      },
    },
  };
};

test.runIf(isLongRun)(
  'a plan rests on the kinds that say so and on no other; what it rests on makes another plan',
  async () => {
    const { ports, close } = await openCopy('demo', { nowMillis: Date.now(), program: 'p' });
    const asked = { seed: 1 };
    const { heard, store } = listening(ports.store);
    const first = await planWeek({ ...ports, store } satisfies Ports, asked);
    expect([...heard].toSorted()).toEqual(storedKinds.filter((kind) => doesBearOn(kind, 'plan')).toSorted());
    for (const kind of storedKinds)
      if (!doesBearOn(kind, 'plan'))
        await ports.store.write(
          kind,
          [1, 2].map((n) => recordOf(kind, n)),
        );
    // Nor does it start from the first one's shifts.
    const anew = { ...ports.store, planOfWeek: () => Promise.resolve(undefined) };
    expect((await makePlan({ ...ports, store: anew }, asked)).plan).toEqual(first);
    const [someone] = await ports.store.read('operators');
    const { days, total } = first;
    await ports.store.write('leave', [
      {
        operator: someone?.operator ?? '',
        from: days[0]?.date ?? '',
        to: days[6]?.date ?? '',
        kind: 'annual',
        state: 'approved',
      },
    ]);
    const next = await planWeek(ports, asked);
    expect(next.total.leave?.bookedHours).toBeGreaterThan(total.leave?.bookedHours ?? NaN);
    await close();
  },
  600_000,
);
