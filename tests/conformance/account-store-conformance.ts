import { type Account, type AccountStore, createAccounts, notedAccounts } from '../../src/access/accounts.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localActor } from '../../src/kernel/actor.ts';
import type { Store } from '../../src/planning/ports.ts';

/** Two hotlines of one database, each with its accounts. */
export interface AccountGround {
  readonly accounts: AccountStore;
  readonly others: AccountStore;
  /** The log of the first one's changes. */
  readonly audit: Store['audit'];
  remove(): Promise<void>;
}

const account = (user: string): Account => ({
  user,
  id: `id-${user}`,
  name: `${user} 名字`,
  password: null,
  disabled: false,
  createdMillis: 1_800_000_000_000,
  invitation: { hash: 'h', endsMillis: 1_800_000_600_000 },
  openid: 'https://login.example.org/realms/city 4f1c',
});

/** What every store must do with accounts, their roles, sessions and tokens. */
export const describeAccountStore = (name: string, lay: () => Promise<AccountGround>): void => {
  describe(`store of accounts: ${name}`, () => {
    let ground: AccountGround;
    let accounts: AccountStore;
    beforeEach(async () => {
      ground = await lay();
      accounts = ground.accounts;
    });
    afterEach(() => ground.remove());

    test('an account is the database’s, its role the hotline’s', async () => {
      expect(await accounts.anyAccount()).toBe(false);
      expect(await accounts.addAccount(account('王'))).toBe(true);
      expect(await ground.others.anyAccount()).toBe(true);
      await accounts.setRole('王', 'operator', 'A01');
      const { hotline: home } = accounts;
      const own = { ...account('王'), home };
      expect(await accounts.member('王')).toEqual({ ...own, role: 'operator', operator: 'A01' });
      expect(await ground.others.member('王')).toEqual({ ...own, role: null, operator: null });
      const place = { hotline: accounts.hotline, user: '王', role: 'operator' };
      expect([await accounts.roles(), await ground.others.roles()]).toEqual([[place], [place]]);
      await ground.others.setRole('王', 'viewer', null);
      await accounts.leaveOthers('王');
      expect([...(await accounts.rolesOf('王')).keys()]).toEqual([home]);
      expect(await accounts.hotlines()).toEqual(await ground.others.hotlines());
      expect(await accounts.hotlines()).toContain(accounts.hotline);
      await accounts.setRole('王', null, null);
      expect((await accounts.members()).map(({ role }) => role)).toEqual([null]);
    });

    test('a role that came with a backup stays when its owner is added again without one', async () => {
      await accounts.setRole('li', 'team-leader', 'A07');
      const { add } = createAccounts({ store: accounts, now: () => 1000 }, localActor);
      const again = await add({ user: 'li', name: 'Li', role: null, operator: null });
      expect(again.member).toMatchObject({ role: 'team-leader', operator: 'A07' });
      const other = await add({ user: 'wang', name: 'Wang', role: 'viewer', operator: null });
      expect(other.member).toMatchObject({ role: 'viewer', operator: null });
    });

    test('a name is given out once, also to many at once', async () => {
      const tries = await Promise.all(
        [1, 2, 3].map((n) => accounts.addAccount({ ...account('li'), id: String(n) })),
      );
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect(await accounts.members()).toHaveLength(1);
    });

    test('changes what is given and nothing else', async () => {
      await accounts.addAccount(account('li'));
      expect(await accounts.changeAccount('li', { password: 'kept', invitation: null })).toBe(true);
      const { hotline: home } = accounts;
      const none = { role: null, operator: null, home };
      const changed = { ...account('li'), password: 'kept', invitation: null, ...none };
      expect(await accounts.member('li')).toEqual(changed);
      expect(await accounts.changeAccount('li', { disabled: true })).toBe(true);
      expect(await accounts.member('li')).toEqual({ ...changed, disabled: true });
      expect(await accounts.changeAccount('nobody', { disabled: true })).toBe(false);
      expect(await accounts.member('nobody')).toBeUndefined();
    });

    test('a session is of an account as it is now, on whatever hotline is asked', async () => {
      await accounts.addAccount(account('li'));
      await accounts.setRole('li', 'planner', null);
      const session = { id: 's1', user: 'li', createdMillis: 5, seenMillis: 5, endsMillis: 50 };
      await accounts.addSession(session);
      await accounts.sawSession('s1', 9);
      expect(await accounts.session('s1')).toMatchObject({
        session: { ...session, seenMillis: 9 },
        member: { user: 'li', role: 'planner' },
      });
      expect(await ground.others.session('s1')).toMatchObject({ member: { user: 'li', role: null } });
      await accounts.endSession('s1');
      expect(await accounts.session('s1')).toBeUndefined();
    });

    test('sessions end one by one, of an account, of all, and by themselves', async () => {
      for (const user of ['li', 'wu']) {
        await accounts.addAccount(account(user));
        for (const n of [1, 2, 3])
          await accounts.addSession({
            id: `${user}${n}`,
            user,
            createdMillis: 0,
            seenMillis: 0,
            endsMillis: n * 10,
          });
      }
      const left = async (): Promise<string[]> => {
        const ids = ['li1', 'li2', 'li3', 'wu1', 'wu2', 'wu3'];
        const found = await Promise.all(ids.map((id) => accounts.session(id)));
        return ids.filter((_, i) => found[i] !== undefined);
      };
      expect((await accounts.sessionsOf('li')).map(({ id }) => id).toSorted()).toEqual(['li1', 'li2', 'li3']);
      await accounts.sawSession('li2', 5);
      expect((await accounts.sessionsOf('li'))[0]).toEqual({
        id: 'li2',
        user: 'li',
        createdMillis: 0,
        seenMillis: 5,
        endsMillis: 20,
      });
      await accounts.forgetSessions(20);
      expect(await left()).toEqual(['li2', 'li3', 'wu2', 'wu3']);
      expect(await accounts.endSessions('li', 'li3')).toBe(1);
      expect(await left()).toEqual(['li3', 'wu2', 'wu3']);
      expect(await accounts.endSessions('wu')).toBe(2);
      expect(await accounts.endSessions()).toBe(1);
      expect(await left()).toEqual([]);
    });

    test('what is changed together and its note are there together, or neither is', async () => {
      const actor = { kind: 'person', id: 'chief', name: '主任' } as const;
      const note = {
        action: 'people-changed',
        subject: 'id-li',
        before: null,
        after: { role: 'viewer' },
      } as const;
      const change = async (inside: AccountStore): Promise<void> => {
        expect(await inside.addAccount(account('li'))).toBe(true);
        await inside.setRole('li', 'viewer', null);
        await inside.addSession({ id: 's', user: 'li', createdMillis: 1, seenMillis: 1, endsMillis: 2 });
        // Within, one sees what was written; nobody else does yet.
        expect((await inside.member('li'))?.role).toBe('viewer');
        expect(await accounts.member('li')).toBeUndefined();
      };
      const broken = accounts.together(actor, async (inside, tell) => {
        await change(inside);
        tell(note);
        throw new Error('cut off');
      });
      await expect(broken).rejects.toThrow('cut off');
      expect([await accounts.members(), await accounts.session('s'), await ground.audit()]).toEqual([
        [],
        undefined,
        [],
      ]);
      const told = await accounts.together(actor, async (inside, tell) => {
        await change(inside);
        tell(note);
        return 'done';
      });
      expect(told).toBe('done');
      expect(await accounts.member('li')).toMatchObject({ role: 'viewer' });
      expect(await ground.audit()).toMatchObject([{ number: 1, actor, ...note }]);
    });

    test('many at once: the last administrator of two is one still', async () => {
      for (const user of ['a', 'b']) {
        await accounts.addAccount({ ...account(user), password: 'kept' });
        await accounts.setRole(user, 'administrator', null);
      }
      const noted = notedAccounts({ store: accounts, now: () => 1 }, localActor);
      const tries = await Promise.allSettled(
        ['a', 'b'].map((user) => noted.change(user, { role: 'viewer' })),
      );
      expect(new Set(tries.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']));
      const roles = (await accounts.members()).map(({ role }) => role);
      expect(new Set(roles)).toEqual(new Set(['administrator', 'viewer']));
      expect(await ground.audit()).toHaveLength(1);
    });

    test('many at once through two hotlines: an administrator stays, a code is good once', async () => {
      for (const user of ['a', 'b', 'c']) {
        await accounts.addAccount(account(user));
        if (user === 'c') continue;
        await accounts.setRole(user, 'administrator', null);
        await ground.others.setRole(user, 'administrator', null);
      }
      const stores = [accounts, ground.others];
      const closed = await Promise.allSettled(
        stores.map((store, at) =>
          notedAccounts({ store, now: () => 1 }, localActor).change('ab'[at] ?? '', { disabled: true }),
        ),
      );
      expect(closed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const used = await Promise.all(
        stores.map((store) =>
          store.together(localActor, async (inside) => {
            if ((await inside.member('c'))?.invitation === null) return false;
            return inside.changeAccount('c', { invitation: null });
          }),
        ),
      );
      expect(used.filter(Boolean)).toHaveLength(1);
    });

    test('a token is of one hotline', async () => {
      await accounts.addAccount(account('li'));
      const token = {
        id: 't1',
        user: 'li',
        name: '看板',
        hash: 'h',
        scope: 'read',
        createdMillis: 1,
        endsMillis: 2,
        usedMillis: null,
      } as const;
      await accounts.addToken(token);
      expect(await accounts.tokens()).toEqual([token]);
      expect(await accounts.token('t1')).toMatchObject({ token, member: { user: 'li' } });
      expect(await ground.others.tokens()).toEqual([]);
      expect(await ground.others.token('t1')).toBeUndefined();
      expect(await ground.others.removeToken('t1')).toBe(false);
      await accounts.usedToken('t1', 7);
      expect((await accounts.tokens())[0]?.usedMillis).toBe(7);
      expect(await accounts.removeToken('t1')).toBe(true);
      expect(await accounts.tokens()).toEqual([]);
    });
  });
};
