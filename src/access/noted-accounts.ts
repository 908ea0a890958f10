import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { Actor } from '../kernel/actor.ts';
import type { ApiToken, Member } from './account-store.ts';
import { createAccounts, type Accounts, type AccountsGround } from './accounts.ts';

/** What the log says of an account: no name, nothing that lets anybody in. */
const sideOf = ({ role, disabled, password, openid }: Member): AuditSide => ({
  role,
  closed: disabled,
  password: password !== null,
  ...(openid === null ? {} : { openid: true }),
});

const peopleChanged = (subject: string, before: AuditSide, after: AuditSide): AuditNote => ({
  action: 'people-changed',
  subject,
  before,
  after,
});

/** An account as it was and is. */
const memberNote = (before: Member | null, after: Member): AuditNote =>
  peopleChanged(after.id, before === null ? null : sideOf(before), sideOf(after));

/** Another password, by whatever way it was given. */
export const passwordNote = ({ id }: Pick<Member, 'id'>): AuditNote =>
  peopleChanged(id, null, { password: 'changed' });

/** A program's token that was given out, or taken away (`isGone`). */
export const tokenNote = ({ id, scope }: Pick<ApiToken, 'id' | 'scope'>, isGone: boolean): AuditNote => {
  const side: AuditSide = { token: id, scope };
  return peopleChanged(id, isGone ? side : null, isGone ? null : side);
};

/** Accounts of which every change stands in the log under `actor`: both are written in one transaction. */
export const notedAccounts = (ground: AccountsGround, actor: Actor): Accounts => {
  const together = <Answer>(
    work: (accounts: Accounts, note: (note: AuditNote) => void) => Promise<Answer>,
  ): Promise<Answer> =>
    ground.store.together(actor, (store, note) => work(createAccounts({ ...ground, store }, actor), note));
  return {
    ...createAccounts(ground, actor),
    add: (wanted) =>
      together(async (accounts, note) => {
        const made = await accounts.add(wanted);
        note(memberNote(null, made.member));
        return made;
      }),
    change: (user, change) =>
      together(async (accounts, note) => {
        const before = await accounts.member(user);
        const after = await accounts.change(user, change);
        note(memberNote(before, after));
        return after;
      }),
    bind: (user, openid) =>
      together(async (accounts, note) => {
        const before = await accounts.member(user);
        const after = await accounts.bind(user, openid);
        note(memberNote(before, after));
        return after;
      }),
    invite: (user) =>
      together(async (accounts, note) => {
        const before = await accounts.member(user);
        const code = await accounts.invite(user);
        note(memberNote(before, await accounts.member(user)));
        return code;
      }),
    setPassword: (user, password) =>
      together(async (accounts, note) => {
        await accounts.setPassword(user, password);
        note(passwordNote(await accounts.member(user)));
      }),
    endSessions: (user) =>
      together(async (accounts, note) => {
        const sessions = await accounts.endSessions(user);
        const subject = user === undefined ? '' : (await accounts.member(user)).id;
        note(peopleChanged(subject, { sessions }, { sessions: 0 }));
        return sessions;
      }),
  };
};
