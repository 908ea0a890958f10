import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { ApiToken, Member } from './account-store.ts';
import type { Accounts } from './accounts.ts';

/** Keeps a change in the log of changes, under whoever made it. */
export type KeepNote = (note: AuditNote) => Promise<void>;

/** What the log says of an account: no name, nothing that lets anybody in. */
const sideOf = ({ role, disabled, password }: Member): AuditSide => ({
  role,
  closed: disabled,
  password: password !== null,
});

/** An account as it was and is. */
const memberNote = (before: Member | null, after: Member): AuditNote => ({
  action: 'people-changed',
  subject: after.id,
  before: before === null ? null : sideOf(before),
  after: sideOf(after),
});

/** Another password, by whatever way it was given. */
export const passwordNote = ({ id }: Member): AuditNote => ({
  action: 'people-changed',
  subject: id,
  before: null,
  after: { password: 'changed' },
});

/** A program's token that was given out, or taken away (`isGone`). */
export const tokenNote = ({ id, scope }: Pick<ApiToken, 'id' | 'scope'>, isGone: boolean): AuditNote => {
  const side: AuditSide = { token: id, scope };
  return { action: 'people-changed', subject: id, before: isGone ? side : null, after: isGone ? null : side };
};

/** Accounts of which every change stands in the log. */
export const notedAccounts = (accounts: Accounts, keep: KeepNote): Accounts => ({
  ...accounts,
  add: async (wanted) => {
    const made = await accounts.add(wanted);
    await keep(memberNote(null, made.member));
    return made;
  },
  change: async (user, change) => {
    const before = await accounts.member(user);
    const after = await accounts.change(user, change);
    await keep(memberNote(before, after));
    return after;
  },
  invite: async (user) => {
    const before = await accounts.member(user);
    const code = await accounts.invite(user);
    await keep(memberNote(before, await accounts.member(user)));
    return code;
  },
  setPassword: async (user, password) => {
    await accounts.setPassword(user, password);
    await keep(passwordNote(await accounts.member(user)));
  },
});
