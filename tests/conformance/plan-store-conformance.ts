import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { Store } from '../../src/planning/ports.ts';
import { dayActionOf } from '../support/day-action-of.ts';
import type { StoreGround } from './store-conformance.ts';

/** As much of a plan as a store looks at, and something inside that it must carry unchanged. */
export const planOf = (id: string, week: string, createdAt: string): PlanDocument =>
  ({
    document: 'plan',
    version: 1,
    id,
    week,
    createdAt,
    starts: ['2026-01-05T00:00'],
    hotline: { madeUp: true },
  }) as unknown as PlanDocument;

/** What every store must do with plans. */
export const describePlanStore = (name: string, lay: () => Promise<StoreGround>): void => {
  describe(`store of plans: ${name}`, () => {
    let ground: StoreGround;
    let store: Store;
    beforeEach(async () => {
      ground = await lay();
      store = ground.store;
    });
    afterEach(() => ground.remove());

    test('gives back a plan by id, by week, or the latest saved', async () => {
      const first = planOf('p1', '2026-W10', '2026-03-01T10:00:00Z');
      const second = planOf('p2', '2026-W11', '2026-03-01T10:00:00Z');
      await store.savePlan(first);
      await store.savePlan(second);
      expect(await store.plan('p1')).toEqual(first);
      expect(await store.plan()).toEqual(second);
      expect(await store.planOfWeek('2026-W10')).toEqual(first);
      expect(await store.planOfWeek('2026-W12')).toBeUndefined();
      expect((await store.plans()).map((p) => p.id)).toEqual(['p2', 'p1']);
    });

    test('keeps rosters, the last saved first, and what becomes of them', async () => {
      const rosterOf = (id: string, publishedAt: string | null): RosterDocument =>
        ({
          document: 'roster',
          id,
          from: '2026-11-23',
          to: '2026-12-20',
          createdAt: 'a',
          publishedAt,
          revision: 0,
        }) as unknown as RosterDocument;
      const change = { at: 'b', roster: 'r1', why: '病假', moves: [] };
      await store.saveRoster(rosterOf('r1', null));
      await store.saveRoster(rosterOf('r2', null));
      expect((await store.rosters()).map(({ id }) => id)).toEqual(['r2', 'r1']);
      expect(await store.changeRoster(rosterOf('r1', '2026-11-20T08:00:00Z'), change)).toBe(true);
      expect(await store.rosters()).toEqual([
        {
          id: 'r1',
          from: '2026-11-23',
          to: '2026-12-20',
          createdAt: 'a',
          publishedAt: '2026-11-20T08:00:00Z',
        },
        { id: 'r2', from: '2026-11-23', to: '2026-12-20', createdAt: 'a', publishedAt: null },
      ]);
      const changed = { ...rosterOf('r1', '2026-11-20T08:00:00Z'), revision: 1 };
      expect(await store.roster('r1')).toEqual(changed);
      expect(await store.roster('r3')).toBeUndefined();
      // Who read it before the change takes nothing of it back.
      expect(await store.changeRoster(rosterOf('r1', null), change)).toBe(false);
      expect(await store.roster('r1')).toEqual(changed);
      expect(await store.rosterChanges()).toMatchObject([change]);
      expect(await store.rosterChanges('r2')).toEqual([]);
    });

    test('keeps an action of a day and its change of a roster together, or neither; what it replaced comes back as it was', async () => {
      const date = '2026-03-02';
      const roster = { id: 'r1', from: date, to: date, createdAt: 'a', publishedAt: 'b', revision: 0 };
      const document = roster as unknown as RosterDocument;
      const change = { at: 'd', roster: 'r1', why: '', moves: [] };
      await store.saveRoster({ ...document, seed: 7 });
      const entry = dayActionOf('A01');
      const act = { date, revision: 0, acts: [{ entry }], roster: { document, change, revision: 0 } };
      // The roster, then the day, has changed since it was read: nothing is kept.
      expect(await store.actOnDay({ ...act, roster: { ...act.roster, revision: 1 } })).toBe('roster');
      expect(await store.actOnDay({ ...act, revision: 1 })).toBe('day');
      expect([await store.dayActions(date), await store.rosterChanges()]).toEqual([[], []]);
      const [id = 0] = await store.actOnDay(act);
      expect(await store.dayActions(date)).toEqual([{ ...entry, id, date }]);
      expect(await store.dayAction(Number(id))).toEqual({ ...entry, id, date });
      expect(await store.roster('r1')).toEqual({ ...document, revision: 1 });
      const before = await store.rosterBefore(Number(id));
      expect(before).toEqual({ ...document, seed: 7 });
      if (before === undefined) return;
      const undo = { ...act, revision: 1, acts: [{ id: Number(id), entry: dayActionOf('A01', 2) }] };
      await store.actOnDay({ ...undo, roster: { document: before, change, revision: 1 } });
      expect(await store.roster('r1')).toEqual({ ...document, seed: 7, revision: 2 });
      expect((await store.dayActions(date)).map(({ steps }) => steps.length)).toEqual([2]);
      // Changed by somebody else, it is not put back.
      const [next = 0] = await store.actOnDay({
        ...act,
        revision: 2,
        roster: { document, change, revision: 2 },
      });
      await store.changeRoster({ ...document, seed: 8, revision: 3 }, change);
      expect(await store.rosterBefore(Number(next))).toBeUndefined();
      // Of two whose changes of the roster are one, neither is put back by what stood before both.
      const both = await store.actOnDay({
        ...act,
        revision: 3,
        acts: [{ entry }, { entry: dayActionOf('A02') }],
        roster: { document, change, revision: 4 },
      });
      expect(both).toHaveLength(2);
      for (const one of both) expect(await store.rosterBefore(Number(one))).toBeUndefined();
      expect((await store.dayActions(date)).map((own) => own.id)).toEqual([id, next, ...both]);
      const actions = (await store.audit()).map(({ action }) => action);
      expect(actions.filter((action) => action === 'day-acted')).toHaveLength(5);
    });

    test('a plan of the made-up line is refused once own traffic stands in its place', async () => {
      await store.savePlan(planOf('p1', '2026-W10', 'a'));
      await store.replaceMadeUp([{ queue: 'own', startMillis: 0, intervalMinutes: 30, offered: 1 }]);
      expect(await store.plans()).toEqual([]);
      const late = store.savePlan(planOf('p2', '2026-W11', 'b'));
      await expect(late).rejects.toMatchObject({ problems: [{ rule: 'made-up-replaced' }] });
      expect(await store.plans()).toEqual([]);
      const own = planOf('p3', '2026-W11', 'b');
      await store.savePlan({ ...own, hotline: { ...own.hotline, madeUp: false } });
      expect((await store.plans()).map((p) => p.id)).toEqual(['p3']);
    });

    test('a plan that asks what if never hides its week’s own, and is the latest where the week has no other', async () => {
      await store.savePlan(planOf('2026-W10-a', '2026-W10', 'a'));
      await store.savePlan(planOf('2026-W10-what-if-b', '2026-W10', 'b'));
      expect((await store.plan())?.id).toBe('2026-W10-a');
      expect((await store.planOfWeek('2026-W10'))?.id).toBe('2026-W10-a');
      await store.savePlan(planOf('2026-W11-what-if-c', '2026-W11', 'c'));
      expect((await store.plan())?.id).toBe('2026-W11-what-if-c');
      expect((await store.plans()).map((p) => p.id)).toEqual([
        '2026-W11-what-if-c',
        '2026-W10-a',
        '2026-W10-what-if-b',
      ]);
    });

    test('a plan takes a name, keeps it when it is made again, and goes with it', async () => {
      await store.savePlan(planOf('p1', '2026-W10', 'a'));
      await store.savePlan(planOf('p2', '2026-W10', 'b'));
      expect((await store.namePlan('p1', '雨天 100%_'))?.name).toBe('雨天 100%_');
      expect(await store.namePlan('p3', 'nobody')).toBeUndefined();
      await store.savePlan(planOf('p1', '2026-W10', 'c'));
      expect((await store.plans()).map(({ id, name }) => [id, name])).toEqual([
        ['p1', '雨天 100%_'],
        ['p2', undefined],
      ]);
      expect(await store.removePlan('p1')).toBe(true);
      expect(await store.removePlan('p1')).toBe(false);
      expect((await store.plans()).map(({ id }) => id)).toEqual(['p2']);
      await store.savePlan(planOf('p1', '2026-W10', 'd'));
      await store.namePlan('p2', 'x');
      await store.namePlan('p2', null);
      expect((await store.plans()).map(({ name }) => name)).toEqual([undefined, undefined]);
    });

    test('a plan tells what it was asked to take otherwise, as long as it is there', async () => {
      const factors = { handleTime: 1.1, patience: 1, redials: 1, shrinkage: 1 };
      const assumedCauses = [{ cause: 'rain mm', date: null, value: 20 }];
      await store.savePlan({ ...planOf('p1', '2026-W10', 'a'), factors, assumedCauses });
      await store.savePlan(planOf('p2', '2026-W10', 'b'));
      await store.namePlan('p1', 'x');
      const [own, asked] = await store.plans();
      expect(asked).toMatchObject({ id: 'p1', name: 'x', factors, assumedCauses });
      expect(Object.keys(own ?? {})).not.toContain('factors');
      await store.removePlan('p1');
      await store.savePlan(planOf('p1', '2026-W10', 'c'));
      expect(Object.keys((await store.plans())[0] ?? {})).not.toContain('factors');
    });

    test('saving an id again replaces it and makes it the latest', async () => {
      await store.savePlan(planOf('p1', '2026-W10', 'a'));
      await store.savePlan(planOf('p2', '2026-W10', 'b'));
      await store.savePlan(planOf('p1', '2026-W10', 'c'));
      expect((await store.plans()).map((p) => p.createdAt)).toEqual(['c', 'b']);
      expect((await store.planOfWeek('2026-W10'))?.createdAt).toBe('c');
    });
  });
};
