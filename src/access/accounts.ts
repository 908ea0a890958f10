import type { Role } from '../contract/access/roles.ts';
import { accessFinding, AccessError, flawFinding } from './access-findings.ts';
import { accountName } from './account-name.ts';
import type { Account, AccountStore, Member } from './account-store.ts';
import { passwordFlaw } from './password-flaw.ts';
import { hashPassword } from './passwords.ts';
import { hashSecret, newCode, newId, typedCode } from './secrets.ts';

/** How long a code is good with which somebody gives themselves a password. */
const invitationDays = 7;
export const dayMillis = 86_400_000;

export interface NewMember {
  readonly user: string;
  readonly name: string;
  readonly role: Role | null;
  readonly operator: string | null;
  /** Who they are at the provider of OpenID Connect that vouched for them; left out: made by hand. */
  readonly openid?: string;
}

export interface MemberChange {
  readonly name?: string;
  readonly role?: Role | null;
  readonly operator?: string | null;
  readonly disabled?: boolean;
}

/** Who may sign in, as an administrator of a hotline looks after them. */
export interface Accounts {
  members(): Promise<readonly Member[]>;
  member(user: string): Promise<Member>;
  /** Answers the code, told once, with which they give themselves a password. */
  add(wanted: NewMember): Promise<{ readonly member: Member; readonly code: string }>;
  /** Takes role, name or entry; an account that other hotlines know keeps all but its role. */
  change(user: string, change: MemberChange): Promise<Member>;
  /** From now on the account is that one's alone, whatever they are called at the provider. */
  bind(user: string, openid: string): Promise<Member>;
  /** Takes the password and the tie to a provider away, ends every session, and answers the code for a new password. */
  invite(user: string): Promise<string>;
  /** Gives a password, as typed at this machine; every session ends. */
  setPassword(user: string, password: string): Promise<void>;
  endSessions(user?: string): Promise<number>;
}

/** Throws `AccessError` where a password will not do. */
export const refuseFlaws = async (password: string, about: readonly string[]): Promise<void> => {
  const flaw = await passwordFlaw(password, about);
  if (flaw !== undefined) throw new AccessError(flawFinding(flaw));
};

export interface AccountsGround {
  readonly store: AccountStore;
  readonly now: () => number;
  /** Works at the machine itself and so answers for every hotline of it. */
  readonly everyHotline?: boolean;
}

/** Looks after accounts. Throws `AccessError` for what cannot be. */
export const createAccounts = ({ store, now, everyHotline = false }: AccountsGround): Accounts => {
  const found = async (typed: string): Promise<Member> => {
    const member = await store.member(accountName(typed));
    if (member === undefined) throw new AccessError(accessFinding('no-account', { user: typed }));
    return member;
  };
  const refuseOthers = async ({ user }: Member): Promise<void> => {
    if (!everyHotline && (await store.hasRoleElsewhere(user)))
      throw new AccessError(accessFinding('account-of-other-hotline', { user }));
  };
  const freshInvitation = (): { readonly code: string; readonly invitation: Account['invitation'] } => {
    const code = newCode();
    const endsMillis = now() + invitationDays * dayMillis;
    return { code, invitation: { hash: hashSecret(typedCode(code)), endsMillis } };
  };
  return {
    members: () => store.members(),
    member: found,
    add: async ({ user: typed, name, role, operator, openid = null }) => {
      const user = accountName(typed);
      refuseNameless(role, operator);
      const { code, invitation } = freshInvitation();
      const account = { user, id: newId(), name, password: null, disabled: false, createdMillis: now() };
      if (!(await store.addAccount({ ...account, invitation, openid })))
        throw new AccessError(accessFinding('account-there', { user }));
      // A role that came with a backup is still there: it stays where no other is given.
      if (role !== null) await store.setRole(user, role, operator);
      return { code, member: await found(user) };
    },
    change: async (typed, { name, disabled, ...place }) => {
      const member = await found(typed);
      const { user } = member;
      const role = place.role === undefined ? member.role : place.role;
      const operator = place.operator === undefined ? member.operator : place.operator;
      refuseNameless(role, operator);
      if (disabled === true || role !== 'administrator') await refuseLast(store, member);
      if (name !== undefined || disabled !== undefined) {
        await refuseOthers(member);
        await store.changeAccount(user, {
          ...(name === undefined ? {} : { name }),
          ...(disabled === undefined ? {} : { disabled }),
        });
      }
      if (role !== member.role || operator !== member.operator) await store.setRole(user, role, operator);
      // What they may has changed: whatever is open begins anew with a sign-in.
      if (role !== member.role || disabled === true) await store.endSessions(user);
      return found(user);
    },
    bind: async (typed, openid) => {
      const { user } = await found(typed);
      await store.changeAccount(user, { openid });
      return found(user);
    },
    invite: async (typed) => {
      const member = await found(typed);
      await refuseOthers(member);
      const { code, invitation } = freshInvitation();
      await store.changeAccount(member.user, { password: null, invitation, openid: null });
      await store.endSessions(member.user);
      return code;
    },
    setPassword: async (typed, password) => {
      const { user, name } = await found(typed);
      await refuseFlaws(password, [user, name]);
      await store.changeAccount(user, { password: await hashPassword(password), invitation: null });
      await store.endSessions(user);
    },
    endSessions: async (typed) => {
      if (typed === undefined) return store.endSessions();
      const member = await found(typed);
      await refuseOthers(member);
      return store.endSessions(member.user);
    },
  };
};

const refuseNameless = (role: Role | null, operator: string | null): void => {
  if (role === 'operator' && operator === null) throw new AccessError(accessFinding('operator-wants-name'));
};

/** Somebody must be left who can let others in. */
const refuseLast = async (store: AccountStore, { user, role, disabled }: Member): Promise<void> => {
  if (role !== 'administrator' || disabled) return;
  const others = (await store.members()).filter(
    (each) => each.user !== user && each.role === 'administrator' && !each.disabled,
  );
  if (others.length === 0) throw new AccessError(accessFinding('last-administrator'));
};
