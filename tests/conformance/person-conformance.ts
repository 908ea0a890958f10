import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { RecordField } from '../../src/kernel/record-fields.ts';
import { type OperatorRecord, recordKinds, storedKinds } from '../../src/kernel/records.ts';
import type { Store } from '../../src/planning/ports.ts';
import { localAuthor } from '../../src/store/audit-log.ts';
import { createAccountStore } from '../../src/store/open-store.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { Database } from '../../src/store/database.ts';
import { erasePerson } from '../../src/store/erase-person.ts';
import { exportPerson } from '../../src/store/export-person.ts';
import { recordTables } from '../../src/store/record-table.ts';
import { tableLayouts } from '../../src/store/todays-tables.ts';
import { dayActionOf } from '../support/day-action-of.ts';
import { recordOf } from '../support/record-of.ts';
import { planOf } from './plan-store-conformance.ts';

export interface PersonGround {
  readonly database: Database;
  remove(): Promise<void>;
}

const zhang = { kind: 'person', id: 'acc-zhang', name: '张小兰' } as const;
const duty = {
  date: '2026-03-02',
  shift: 'day',
  start: '08:00',
  end: '16:00',
  tier: 'general',
  pinned: false,
};

/** Somebody who is an operator of one hotline and plans on another, and a colleague who must stay as they are. */
const fill = async (database: Database): Promise<void> => {
  const [here, there] = ['main', 'other'].map((hotline) => createStore(database, hotline)) as [Store, Store];
  for (const [hotline, role, operator] of [
    ['main', 'operator', 'A01'],
    ['other', 'planner', null],
  ] as const) {
    const accounts = createAccountStore(database, hotline);
    await accounts.addAccount({
      user: 'zhangxl',
      id: zhang.id,
      name: zhang.name,
      password: 'hash',
      disabled: false,
      createdMillis: 1,
      invitation: null,
      openid: 'https://login.example.org 4f1c',
    });
    await accounts.setRole('zhangxl', role, operator);
  }
  await createAccountStore(database, 'main').addSession({
    id: 'session',
    user: 'zhangxl',
    createdMillis: 1,
    seenMillis: 1,
    endsMillis: 2,
  });
  const operator = (id: string): OperatorRecord => ({ operator: id, skills: ['general'], contractHours: 40 });
  await here.write('operators', [{ ...operator('A01'), name: '孙小满' }, operator('A02')]);
  await here.write('leave', [
    { operator: 'A01', from: '2026-03-03', to: '2026-03-04', kind: 'sick', state: 'approved' },
  ]);
  await here.write('roster', [{ operator: 'A01', date: '2026-03-02', shift: 'day' }]);
  const roster = {
    id: 'r1',
    from: '2026-03-02',
    to: '2026-03-08',
    createdAt: 'a',
    publishedAt: 'b',
    revision: 0,
    cycle: { teams: [{ team: 'A01', tier: 'general', operators: ['A01', 'A02'] }], mobile: [] },
    duties: [
      { operator: 'A01', ...duty },
      { operator: 'A02', ...duty },
    ],
    broken: [
      { rule: 'rest', operators: ['A01'], dates: [], said: { code: 'x', values: { operator: 'A01' } } },
    ],
  } as unknown as RosterDocument;
  await here.saveRoster(roster);
  await here.changeRoster(roster, {
    at: 'c',
    roster: 'r1',
    why: 'A01 病了，张小兰（孙小满）请假',
    by: 'zhangxl',
    moves: [{ operator: 'A01', date: '2026-03-02', before: 'day', after: 'off' }],
  });
  await here.actOnDay({
    date: '2026-03-02',
    revision: 0,
    acts: [{ entry: dayActionOf('A01') }],
    roster: {
      document: roster,
      change: { at: 'd', roster: 'r1', why: '', moves: [] },
      revision: 1,
    },
  });
  const planner = there.by(zhang);
  await planner.savePlan(planOf('p1', '2026-W10', 'a'));
  await planner.notePlan('p1', 'agreed with zhangxl by phone');
  await planner.namePlan('p1', '张小兰的方案');
  await planner.stepPlan('p1', { step: 'propose' });
  await planner.addDiaryNote({ date: '2026-03-02', kind: 'weather', text: '张小兰报：暴雨', event: true });
  await planner.addOverrule({
    queue: null,
    date: '2026-03-02',
    from: null,
    to: null,
    factor: 2,
    calls: null,
    reason: 'zhangxl says so; zhangxlin does not',
    author: zhang.name,
  });
  await there.savePlan(planOf('p2', '2026-W11', 'a'));
  const days = [{ date: '2026-03-02', name: `${zhang.name}请假` }];
  await planner.noteChange([], undefined, [{ model: 'calendar', document: { days } }]);
};

/** Every row of the database as text. */
const dump = async ({ reads: { db } }: Database): Promise<string> => {
  const tables = await Promise.all(
    tableLayouts.map(async ({ table }) => {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(db);
      return [table, rows];
    }),
  );
  return JSON.stringify(Object.fromEntries(tables));
};
const named = /张小兰|孙小满|zhangxl(?!in)/u;

/** What every database must do when somebody asks what is kept of them, and that it goes. */
export const describePeople = (name: string, lay: () => Promise<PersonGround>): void => {
  describe(`people's data: ${name}`, () => {
    let ground: PersonGround;
    beforeEach(async () => {
      ground = await lay();
      await fill(ground.database);
    });
    afterEach(() => ground.remove());
    const chains = async () =>
      Promise.all(['main', 'other'].map((hotline) => createStore(ground.database, hotline).auditChain()));
    const erase = (person: string) => erasePerson(ground.database, 'main', localAuthor, person, 'erased-x');

    test.each(['A01', 'zhangxl', '张小兰'])('all that is kept is told, asked for as %s', async (person) => {
      const kept = await exportPerson(ground.database, 'main', person);
      expect(kept.account).toEqual({
        user: 'zhangxl',
        id: zhang.id,
        name: zhang.name,
        openid: 'https://login.example.org 4f1c',
      });
      expect(kept.sessions).toHaveLength(1);
      const tables = kept.lines.map(({ hotline, records }) => [hotline, Object.keys(records).sort()]);
      expect(tables).toEqual([
        [
          'main',
          [
            'audit',
            'day_actions',
            'duties',
            'leave',
            'operators',
            'roles',
            'roster_changes',
            'rosters',
            'rosters_before_actions',
          ],
        ],
        ['other', ['audit', 'diary', 'earlier_models', 'overrules', 'plan_lives', 'roles']],
      ]);
      const [main] = kept.lines;
      const rosters = JSON.stringify(main?.records['rosters']);
      expect(rosters).toContain('"operator":"A01"');
      expect(rosters).not.toContain('"operator":"A02"');
      expect(JSON.stringify(kept)).not.toMatch(/password|"hash"/u);
    });

    test('a record of any kind that files have under the number of an operator is told, and goes', async () => {
      const here = createStore(ground.database, 'main');
      const kinds = storedKinds.flatMap((kind) => {
        const fields = Object.entries<RecordField>(recordKinds[kind].fields);
        const who = fields.filter(([, { headings = '' }]) => headings.split(' ').includes('工号'));
        return who.length === 0
          ? []
          : [{ kind, who: Object.fromEntries(who.map(([name]) => [name, 'A01'])) }];
      });
      for (const { kind, who } of kinds) await here.write(kind, [{ ...recordOf(kind, 1), ...who }]);
      const [main] = (await exportPerson(ground.database, 'main', 'A01')).lines;
      await erase('A01');
      expect(kinds.length).toBeGreaterThan(3);
      for (const { kind } of kinds) {
        const { table } = recordTables[kind].layout;
        expect([table, main?.records[table]?.length ?? 0]).not.toEqual([table, 0]);
        expect(JSON.stringify(await here.read(kind as 'leave'))).not.toContain('A01');
      }
    });

    test('nothing names them afterwards; what others have, and what adds up, stays', async () => {
      const before = await chains();
      const erased = await erase('A01');
      expect(erased.removed).toMatchObject({ operators: 1, leave: 1, accounts: 1, sessions: 1, roles: 2 });
      const all = await dump(ground.database);
      expect(named.exec(all)).toBeNull();
      expect(all).not.toMatch(/operator[^A-Za-z]{1,8}A01|A01 病了/u);
      // A team of the same name is no person.
      expect(all).toContain('team\\":\\"A01');
      expect(all).toContain('zhangxlin does not');
      const here = createStore(ground.database, 'main');
      expect((await here.read('operators')).map(({ operator }) => operator)).toEqual(['A02']);
      const roster = await here.roster('r1');
      expect(roster?.duties.map(({ operator }) => operator)).toEqual(['erased-x', 'A02']);
      expect((await here.read('roster')).map(({ operator }) => operator)).toEqual(['erased-x']);
      expect(await chains()).toMatchObject(
        before.map(({ entries }) => ({ entries: entries + 1, broken: [], first: 1 })),
      );
      await expect(erase('A01')).rejects.toMatchObject({ problems: [{ rule: 'no-such-person' }] });
    });

    test('the log still proves itself: what is altered after an erasure, or passed off as one, is found', async () => {
      await erase('zhangxl');
      const entries = await createStore(ground.database, 'other').audit();
      const rewritten = entries.findLast(({ action }) => action === 'plan-made');
      expect(rewritten?.actor.name).toBe('erased-x');
      const put = (number: number, from: string, to: string) =>
        ground.database.write('other', async (writing) => {
          await sql`update audit set entry = replace(entry, ${from}, ${to})
            where hotline_key = 'other' and number = ${number}`.execute(writing.db);
        });
      await put(rewritten?.number ?? 0, 'erased-x', 'wang');
      expect((await chains())[1]?.broken).toEqual([
        { kind: 'altered', number: rewritten?.number, entries: 1 },
      ]);
      await put(rewritten?.number ?? 0, 'wang', 'erased-x');
      expect((await chains())[1]?.broken).toEqual([]);
      // An entry that says so without being sealed as the rest legitimises nothing.
      const told = entries.find(({ action }) => action === 'person-erased');
      await put(told?.number ?? 0, '"entries":', '"entries_":');
      expect((await chains())[1]?.broken.map(({ number }) => number)).toContain(told?.number);
      expect((await chains())[1]?.broken.length).toBeGreaterThan(1);
    });

    test('a name of two people, the last administrator and nobody are refused, nothing changed', async () => {
      const accounts = createAccountStore(ground.database, 'main');
      const rest = { password: null, disabled: false, createdMillis: 1, invitation: null, openid: null };
      await accounts.addAccount({ user: 'other', id: 'o', name: zhang.name, ...rest });
      await accounts.addAccount({ user: 'boss', id: 'b', name: 'boss', ...rest });
      await accounts.setRole('boss', 'administrator', null);
      const before = await dump(ground.database);
      for (const [person, rule] of [
        [zhang.name, 'person-name-shared'],
        ['boss', 'person-administers-alone'],
        ['nobody', 'no-such-person'],
      ] as const)
        await expect(erase(person)).rejects.toMatchObject({ problems: [{ rule }] });
      expect(await dump(ground.database)).toBe(before);
    });
  });
};
