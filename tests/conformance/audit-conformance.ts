import { localUser } from '../../src/store/audit-log.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keptVersions } from '../../src/contract/documents/audit-document.ts';
import type { Store } from '../../src/planning/ports.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { planOf } from './plan-store-conformance.ts';
import type { StoreGround } from './store-conformance.ts';

/** Ground of a store whose database can be written from outside. */
export interface AuditGround extends StoreGround {
  /** Runs a statement on the database, past the product; `HERE` in it: rows of this hotline. */
  tamper(statement: string): Promise<void>;
}

const li = { kind: 'person', id: 'p7', name: 'li' } as const;

/** What every store's log of changes must do. */
export const describeAudit = (name: string, lay: () => Promise<AuditGround>): void => {
  describe(`log of changes: ${name}`, () => {
    let ground: AuditGround;
    let store: Store;
    beforeEach(async () => {
      ground = await lay();
      store = ground.store;
    });
    afterEach(() => ground.remove());

    /** Six changes, by whom they were and what they were of. */
    const change = async (): Promise<void> => {
      const planner = store.by(li);
      await planner.write('traffic', trafficRows('general', 3));
      await planner.savePlan(planOf('a', '2026-W10', '2026-03-01T10:00:00Z'));
      await planner.namePlan('a', 'ours');
      const id = await planner.addOverrule(overrule);
      await planner.removeOverrule(id);
      await store.removePlan('a');
    };

    test('tells who changed what, before and after, the latest first', async () => {
      await change();
      const entries = await store.audit();
      expect(entries.map(({ number, action }) => [number, action])).toEqual([
        [6, 'plan-removed'],
        [5, 'overrule-removed'],
        [4, 'overrule-added'],
        [3, 'plan-named'],
        [2, 'plan-made'],
        [1, 'records-written'],
      ]);
      expect(entries[3]).toMatchObject({
        actor: li,
        subject: 'a',
        before: { name: null },
        after: { name: 'ours' },
      });
      expect(entries[5]).toMatchObject({ subject: 'traffic', after: { added: 3, changed: 0 } });
      expect(entries[0]?.actor.kind).toBe('local');
      expect(JSON.stringify(entries)).not.toContain(overrule.reason);
      expect((await store.audit({ limit: 2, below: 4 })).map(({ number }) => number)).toEqual([3, 2]);
    });

    test('models that are replaced are kept as they stood, the latest thirty of each', async () => {
      const planner = store.by(li);
      const replace = (model: 'targets' | 'tiers', said: number, change?: () => Promise<void>) =>
        planner.noteChange([], change, [{ model, document: { said } }]);
      await replace('tiers', -1);
      const broken = replace('tiers', -2, () => Promise.reject(new Error('disk full')));
      await expect(broken).rejects.toThrow('disk full');
      for (let said = 0; said <= keptVersions; said += 1) await replace('targets', said);
      const kept = await store.earlierModels('targets');
      expect(kept.map(({ document }) => document)).toEqual(
        Array.from({ length: keptVersions }, (_, i) => ({ said: keptVersions - i })),
      );
      expect(kept[0]).toMatchObject({ model: 'targets', by: 'li' });
      expect(Date.parse(kept[0]?.until ?? '')).toBeGreaterThan(0);
      expect((await store.earlierModels('tiers')).map(({ document }) => document)).toEqual([{ said: -1 }]);
      expect(await store.earlierModels()).toHaveLength(keptVersions + 1);
    });

    test('what changes nothing, or is refused, is not in it', async () => {
      const rows = trafficRows('general', 3);
      await store.write('traffic', rows);
      await store.write('traffic', rows);
      await store.removePlan('nobody');
      await store.removeOverrule(99);
      const broken = store.together(async (into) => {
        await into.write('traffic', trafficRows('other', 2));
        throw new Error('stopped');
      });
      await expect(broken).rejects.toThrow('stopped');
      expect(await store.audit()).toHaveLength(1);
    });

    test('notes of days: two who change the same one are told, and the log knows who', async () => {
      const note = {
        date: '2026-03-02',
        kind: 'weather',
        text: 'storm over the city',
        event: false,
      } as const;
      const id = await store.by(li).addDiaryNote(note);
      const [read] = await store.diary();
      expect(read).toMatchObject({ ...note, id, version: 1, by: 'li' });
      expect(await store.changeDiaryNote(id, { ...note, kind: 'outage' }, 1)).toBe(true);
      const late = [
        store.changeDiaryNote(id, { ...note, text: 'lost' }, 1),
        store.changeDiaryNote(id, null, 1),
      ];
      for (const refused of late)
        await expect(refused).rejects.toMatchObject({ problems: [{ rule: 'note-changed-meanwhile' }] });
      expect((await store.diary())[0]).toMatchObject({ kind: 'outage', version: 2, by: localUser.name });
      expect(await store.changeDiaryNote(id, null, 2)).toBe(true);
      expect(await store.changeDiaryNote(id, null, 2)).toBe(false);
      expect(await store.diary()).toEqual([]);
      expect(JSON.stringify(await store.audit())).not.toContain('storm over');
      expect((await store.audit()).map(({ actor }) => actor.name)).toEqual([
        localUser.name,
        localUser.name,
        'li',
      ]);
    });

    test('the event that a note stands for comes, changes and goes with it; its effect stays as set', async () => {
      const note = { date: '2026-03-02', kind: 'weather', text: 'storm', event: true } as const;
      const hash = await store.dataHash();
      const id = await store.addDiaryNote(note);
      expect(await store.read('events')).toEqual([{ date: '2026-03-02', kind: 'weather', label: 'storm' }]);
      expect(await store.dataHash()).not.toBe(hash);
      const [event = null] = await store.read('events');
      await store.changeEvent(event, {
        date: '2026-03-02',
        kind: 'weather',
        label: 'storm',
        expectedEffect: 0.4,
      });
      await store.changeDiaryNote(id, { ...note, text: 'great storm' });
      expect(await store.read('events')).toMatchObject([{ label: 'great storm', expectedEffect: 0.4 }]);
      expect((await store.diary())[0]).toMatchObject({ text: 'great storm', event: true });
      await store.changeEvent((await store.read('events'))[0] ?? null, null);
      expect((await store.diary())[0]?.event).toBe(false);
      await store.changeDiaryNote(id, { ...note, text: 'great storm' });
      await store.changeDiaryNote(id, { ...note, text: 'great storm', event: false });
      expect([await store.read('events'), (await store.diary()).length]).toEqual([[], 1]);
      await store.changeDiaryNote(id, note);
      await store.changeDiaryNote(id, null);
      expect(await store.read('events')).toEqual([]);
    });

    test('a whole log proves itself, opened again too', async () => {
      expect(await store.auditChain()).toEqual({ entries: 0, head: null, first: 1, broken: [] });
      await change();
      store = await ground.reopen();
      const chain = await store.auditChain();
      expect(chain).toMatchObject({ entries: 6, head: { number: 6 }, first: 1, broken: [] });
      await store.savePlan(planOf('b', '2026-W10', '2026-03-01T10:00:00Z'));
      expect((await store.auditChain()).head?.seal).not.toBe(chain.head?.seal);
    });

    const inserted = (number: number): string =>
      `insert into audit (hotline_key, number, at_millis, entry, seal)
       select hotline_key, ${number}, at_millis, entry, seal from audit where HERE and number = 2`;
    test.each([
      [
        'an altered entry',
        `update audit set entry = replace(entry, 'ours', 'yours') where HERE and number = 3`,
        'altered',
        3,
        1,
      ],
      [
        'an altered time',
        `update audit set at_millis = at_millis - 60000 where HERE and number = 4`,
        'altered',
        4,
        1,
      ],
      ['a removed entry', `delete from audit where HERE and number = 3`, 'removed', 3, 1],
      ['the first ones removed', `delete from audit where HERE and number < 3`, 'removed', 1, 2],
      ['the last ones removed', `delete from audit where HERE and number > 4`, 'removed', 5, 2],
      ['all removed', `delete from audit where HERE`, 'removed', 1, 6],
      ['one put in at the end', inserted(7), 'inserted', 7, 1],
      ['one put in before the first', inserted(0), 'inserted', 0, 1],
    ] as const)('%s is found', async (_, statement, kind, number, entries) => {
      await change();
      await ground.tamper(statement);
      expect((await store.auditChain()).broken).toContainEqual({ kind, number, entries });
    });

    test('old entries go, and what is left proves that nothing else is missing', async () => {
      await change();
      const after = Date.now() + 1000;
      expect(await store.shortenAudit(0)).toBe(0);
      expect(await store.shortenAudit(after)).toBe(6);
      await store.savePlan(planOf('b', '2026-W10', '2026-03-01T10:00:00Z'));
      const chain = await store.auditChain();
      expect(chain).toMatchObject({ entries: 2, first: 7, broken: [] });
      expect((await store.audit()).at(-1)).toMatchObject({
        action: 'log-shortened',
        after: { entries: 6, last: 6 },
      });
      // A beginning that was moved from outside, seal and all, stands in no entry.
      await ground.tamper(`update audit_ends set number = 7, seal = (select seal from audit where HERE and number = 7)
        where HERE and side = 'start'`);
      await ground.tamper(`delete from audit where HERE and number = 7`);
      expect((await store.auditChain()).broken).toEqual([{ kind: 'removed', number: 1, entries: 7 }]);
    });
  });
};

const overrule = {
  queue: null,
  date: '2026-10-12',
  from: null,
  to: null,
  factor: 1.2,
  calls: null,
  reason: 'Mr Wang said so',
  author: 'li',
} as const;
