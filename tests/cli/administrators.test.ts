import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Member } from '../../src/access/accounts.ts';
import { administratorMissing } from '../../src/access/openid.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** An invitation's days run by the clock that the server goes by. */
const runNow: typeof runCommand = (args, given) => runCommand(args, { now: Date.now(), ...given });

const folder = await temporaryFolder();
const line = join(folder, 'line');
beforeAll(async () => {
  await runNow(['init', '--workspace', line]);
  await runNow(['admin', 'sign-in', 'on', '--workspace', line]);
  await runNow(['admin', 'add-user', 'wang', '--role', 'administrator', '--workspace', line]);
  await runNow(['admin', 'add-user', 'li', '--role', 'planner', '--workspace', line]);
});

/** What `doctor` says of the accounts, and what a server says when it starts and is ended again. */
const told = async (): Promise<{ doctor: string; serve: string; code: number }> => {
  const { out, code } = await runNow(['doctor', '--workspace', line, '--lang', 'en']);
  const ends = new AbortController();
  const served = runNow(['serve', '--port', '0', '--workspace', line, '--lang', 'en'], {
    signal: ends.signal,
  });
  setTimeout(() => ends.abort(), 1500);
  return { doctor: out.slice(out.indexOf('accounts:')), serve: (await served).err, code };
};

test('as long as an administrator can come in nothing is said; without, both name the command that mends it', async () => {
  const before = await told();
  expect(before.doctor).toMatch(/^accounts: 2\n✓ address/);
  expect(before.serve).not.toContain('administrator');
  const workspace = await openWorkspace(line);
  // As a restored backup or a group renamed at the provider leaves it: no command takes the last one away.
  await workspace.accounts.setRole('wang', null, null);
  const nobody = await told();
  expect(nobody.code).toBe(0);
  for (const said of [nobody.doctor, nobody.serve])
    expect(said).toMatch(/no administrator can sign in any more.*add-user NAME --role administrator/);
  await workspace.accounts.setRole('wang', 'administrator', null);
  await workspace.accounts.changeAccount('wang', { disabled: true });
  await workspace.close();
  const closed = await told();
  for (const said of [closed.doctor, closed.serve]) expect(said).toContain('change-user wang --open');
  await writeFile(join(line, 'settings.json'), JSON.stringify({ signIn: 'off' }));
  const off = await runNow(['doctor', '--workspace', line, '--lang', 'en']);
  expect(off.out).not.toContain('accounts');
});

test('the log calls accounts and tokens by their names, and keeps their ids for programs', async () => {
  const told = async (...more: string[]) =>
    (await runNow(['audit', '--workspace', line, '--lang', 'en', ...more])).out;
  await runNow(['admin', 'change-user', 'li', '--name', '李雷', '--workspace', line]);
  const made = await runNow(
    ['admin', 'add-token', 'wall-display', '--user', 'li', '--workspace', line, '--json'], // prettier-ignore
  );
  const { token } = JSON.parse(made.out) as { token: { id: string } };
  const workspace = await openWorkspace(line);
  await workspace.accounts.addSession({
    id: 's',
    user: 'li',
    createdMillis: 0,
    seenMillis: 0,
    endsMillis: Date.UTC(2100, 1),
  });
  const { id } = (await workspace.accounts.member('li')) ?? { id: '' };
  await workspace.close();
  await runNow(['admin', 'end-sessions', 'li', '--workspace', line]);
  await runNow(['admin', 'end-sessions', '--workspace', line]);
  const text = await told();
  expect(text).toMatch(/accounts changed +李雷 +signed in at one place +signed in at 0 places/);
  expect(text).toMatch(/accounts changed +everybody/);
  expect(text).toMatch(/accounts changed +the token “wall-display” +scope read/);
  expect(text).not.toContain(id);
  expect(text).not.toContain(token.id);
  const { entries } = JSON.parse(await told('--json')) as { entries: { subject: string; name?: string }[] };
  expect(entries).toContainEqual(expect.objectContaining({ subject: id, name: '李雷' }));
  expect(entries).toContainEqual(expect.objectContaining({ subject: token.id, name: 'wall-display' }));
});

test('a password, a code that is still good and a provider are ways in; without any, the code is to be had anew', () => {
  const at = Date.UTC(2026, 10, 24);
  const member = (more: Partial<Member>): Member => ({
    user: 'wang',
    id: 'w',
    name: '王',
    home: null,
    password: null,
    disabled: false,
    createdMillis: 0,
    invitation: null,
    openid: null,
    role: 'administrator',
    operator: null,
    ...more,
  });
  const stuck = { user: 'wang', why: 'no-way-in' };
  const without = (more: Partial<Member>, provider: Parameters<typeof administratorMissing>[2] = null) =>
    administratorMissing([member(more)], at, provider);
  expect(without({})).toEqual(stuck);
  expect(without({ password: 'argon2' })).toBeUndefined();
  expect(without({ invitation: { hash: 'h', endsMillis: at + 1 } })).toBeUndefined();
  expect(without({ invitation: { hash: 'h', endsMillis: at } })).toEqual(stuck);
  expect(without({ openid: 'https://login.example.org 7' })).toEqual(stuck);
  expect(without({}, { roleClaim: '', roles: [] })).toBeUndefined();
  expect(without({ role: 'planner' }, { roleClaim: '', roles: [] })).toEqual({ user: null, why: null });
  const groups = { roleClaim: 'groups', roles: [['leads', 'administrator']] } as const;
  expect(without({ role: 'planner' }, groups)).toBeUndefined();
  expect(administratorMissing([], at, null)).toBeUndefined();
});
