import type { Role, TokenScope } from '../contract/access/roles.ts';
import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { Actor } from '../kernel/actor.ts';
import { dayMillis } from '../kernel/time.ts';
import { AccessError, accessFinding } from './access-findings.ts';
import { hashPassword, refuseFlaws } from './passwords.ts';
import { hashSecret, newCode, newId, typedCode } from './secrets.ts';

/** How long a code is good with which somebody gives themselves a password. */
const invitationDays = 7;

export interface NewMember {
  readonly user: string;
  readonly name: string;
  readonly role: Role | null;
  readonly operator: string | null;
  /** Who they are at the provider of OpenID Connect that vouched for them; left out: made by hand. */
  readonly openid?: string;
}

interface MemberChange {
  readonly name?: string;
  readonly role?: Role | null;
  readonly operator?: string | null;
  readonly disabled?: boolean;
}

/**
 * Who may sign in, as an administrator of a hotline looks after them. What somebody is on this hotline is its
 * administrator's to say; name, password, sessions and whether the account is open are for anyone who administers the one on
 * which they were added, whatever roles others have given them since.
 */
export interface Accounts {
  members(): Promise<readonly Member[]>;
  /** Those with a role on this hotline, or who were added on it; nobody else is listed. */
  membersHere(): Promise<readonly Member[]>;
  member(user: string): Promise<Member>;
  /** Answers the code, shown once, with which they give themselves a password. */
  add(wanted: NewMember): Promise<{ readonly member: Member; readonly code: string }>;
  /** Takes role and entry here; name and whether the account is open, of whom was added here or is wholly one's own. */
  change(user: string, change: MemberChange): Promise<Member>;
  /**
   * From now on the account is that one's at the provider (issuer and subject), whatever they are called there; null:
   * nobody's. `first`: only where it is nobody's yet, also where two come at the same moment.
   */
  bind(user: string, openid: string | null, first?: boolean): Promise<Member>;
  /**
   * Takes the password and the tie to a provider away, ends every session and token, and answers the code for a new password. Roles
   * on hotlines that the caller does not administer end with it: the caller hands the code over.
   */
  invite(user: string): Promise<string>;
  /** Gives a password, as typed at this machine; every session and token ends. */
  setPassword(user: string, password: string): Promise<void>;
  endSessions(user?: string): Promise<number>;
}

export interface AccountsContext {
  readonly store: AccountStore;
  readonly now: () => number;
}

/**
 * Looks after accounts for whom `actor` is: who works at the machine itself answers for every hotline of it. Throws
 * `AccessError` for what cannot be.
 */
export const createAccounts = ({ store, now }: AccountsContext, actor: Actor): Accounts => {
  const found = async (typed: string): Promise<Member> => {
    const member = await store.member(accountName(typed));
    if (member === undefined) throw new AccessError(accessFinding('no-account', { user: typed }));
    return member;
  };
  const administers = async (hotlines: readonly string[]): Promise<boolean> => {
    if (actor.kind === 'local') return true;
    if (actor.kind !== 'person') return false;
    const own = (await store.members()).find(({ id }) => id === actor.id)?.user;
    if (own === undefined) return false;
    const roles = await store.rolesOf(own);
    return hotlines.every((hotline) => roles.get(hotline) === 'administrator');
  };
  const governs = async (user: string): Promise<boolean> => administers(await hotlinesOf(store, user));
  const keeps = async (user: string): Promise<boolean> => {
    const home = (await store.member(user))?.home ?? null;
    return home === null ? governs(user) : administers([home]);
  };
  const refuseOthers = async ({ user }: Pick<Member, 'user'>, may = governs): Promise<void> => {
    if (!(await may(user))) throw new AccessError(accessFinding('account-of-other-hotline', { user }));
  };
  const freshInvitation = (): { readonly code: string; readonly invitation: Account['invitation'] } => {
    const code = newCode();
    const endsMillis = now() + invitationDays * dayMillis;
    return { code, invitation: { hash: hashSecret(typedCode(code)), endsMillis } };
  };
  return {
    members: () => store.members(),
    membersHere: async () => {
      const placed = new Set((await store.roles()).map(({ user }) => user));
      return (await store.members()).filter(
        ({ user, role, home }) =>
          role !== null || home === store.hotline || (home === null && !placed.has(user)),
      );
    },
    member: found,
    add: async ({ user: typed, name, role, operator, openid = null }) => {
      const user = newAccountName(typed);
      refuseNameless(role, operator);
      // Roles of this name may have come with a backup, on other hotlines too: they would be the new account's.
      if ((await store.member(user)) === undefined && (await store.rolesOf(user)).size > 0)
        await refuseOthers({ user });
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
      const isWhole = name !== undefined || disabled !== undefined;
      if (isWhole) await refuseOthers(member, keeps);
      if (role !== 'administrator' || disabled === true)
        await refuseLast(store, member, (hotline) => disabled === true || hotline === store.hotline);
      if (isWhole)
        await store.changeAccount(user, {
          ...(name === undefined ? {} : { name }),
          ...(disabled === undefined ? {} : { disabled }),
        });
      if (role !== member.role || operator !== member.operator) await store.setRole(user, role, operator);
      // What they may has changed: whatever is open starts again with a sign-in. Where it is open for other hotlines too it
      // goes on, with what they may here as it is at the next request.
      if ((role !== member.role || disabled === true) && (await governs(user))) await store.endSessions(user);
      if (disabled === true) await store.endTokens(user);
      return found(user);
    },
    bind: async (typed, openid, first = false) => {
      const { user, openid: before, password } = await found(typed);
      if (first && (before !== null || password !== null))
        throw new AccessError(accessFinding('openid-unknown'));
      await store.changeAccount(user, { openid });
      return found(user);
    },
    invite: async (typed) => {
      const member = await found(typed);
      await refuseOthers(member, keeps);
      if (member.id !== actor.id && !(await governs(member.user))) {
        await refuseLast(store, member, (hotline) => hotline !== store.hotline);
        await store.leaveOthers(member.user);
      }
      const { code, invitation } = freshInvitation();
      await store.changeAccount(member.user, { password: null, invitation, openid: null });
      await store.endSessions(member.user);
      await store.endTokens(member.user);
      return code;
    },
    setPassword: async (typed, password) => {
      const { user, name } = await found(typed);
      await refuseFlaws(password, [user, name]);
      await store.changeAccount(user, { password: await hashPassword(password), invitation: null });
      await store.endSessions(user);
      await store.endTokens(user);
    },
    endSessions: async (typed) => {
      if (typed === undefined) return store.endSessions();
      const member = await found(typed);
      await refuseOthers(member, keeps);
      return store.endSessions(member.user);
    },
  };
};

const refuseNameless = (role: Role | null, operator: string | null): void => {
  if (role === 'operator' && operator === null) throw new AccessError(accessFinding('operator-wants-name'));
};

/** Where somebody has a role, and where they were added; every hotline of the database for whom that is told of none. */
const hotlinesOf = async (store: AccountStore, user: string): Promise<readonly string[]> => {
  const home = (await store.member(user))?.home ?? null;
  const known = [...(await store.rolesOf(user)).keys(), ...(home === null ? [] : [home])];
  return known.length > 0 ? known : store.hotlines();
};

/** Somebody must be left who can let others in, on each hotline on which an account no longer will. */
const refuseLast = async (
  store: AccountStore,
  { user, disabled }: Member,
  leaves: (hotline: string) => boolean,
): Promise<void> => {
  if (disabled) return;
  const open = new Set((await store.members()).filter((each) => !each.disabled).map((each) => each.user));
  const administrators = (await store.roles()).filter((each) => each.role === 'administrator');
  const losing = administrators.filter((each) => each.user === user && leaves(each.hotline));
  const isLast = losing.some(
    ({ hotline }) =>
      !administrators.some((each) => each.hotline === hotline && each.user !== user && open.has(each.user)),
  );
  if (isLast) throw new AccessError(accessFinding('last-administrator'));
};

const named = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{0,63}$/u;
/** Signs that show nothing: two names may differ by them alone. */
const unseen = /\p{Default_Ignorable_Code_Point}/u;

const badName = (): AccessError => new AccessError(accessFinding('bad-account-name'));

/**
 * What is typed to sign in, as it is kept: letters of any script, digits and . _ - @, in small letters, up to 64. Widths
 * and forms of a sign are one (NFKC), as keyboards for Chinese write them either way: a password is asked for besides.
 */
export const accountName = (typed: string): string => {
  const name = typed.normalize('NFKC').trim().toLowerCase();
  if (!named.test(name) || unseen.test(name)) throw badName();
  return name;
};

/** Alphabets whose letters look like one another's. */
const alphabets = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Lisu}/u,
];

/** Letters of the Latin script that look like plain ones and are others, such as the i without its dot. */
const isPlainLatin = (letter: string): boolean =>
  !/\p{Script=Latin}/u.test(letter) ||
  /^[a-z\u00e6\u00f0\u00f8\u00fe\u00df\u0111\u0142\u0153]/.test(letter.normalize('NFD'));

/** A name that is given out: none that is told from another by letters of two alphabets, or digits of two kinds. */
const newAccountName = (typed: string): string => {
  const name = accountName(typed);
  const mixed = alphabets.filter((alphabet) => alphabet.test(name)).length > 1;
  if (mixed || /(?![0-9])\p{N}/u.test(name) || ![...name].every(isPlainLatin)) throw badName();
  return name;
};

/**
 * A name as somebody else's records have it, who takes two spellings for two people: capital letters A to Z are small
 * ones, and nothing else is changed. Throws where it is not written as it is kept here, or could be taken for another.
 */
export const claimedName = (claimed: string): string => {
  const name = claimed.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (newAccountName(name) !== name) throw badName();
  return name;
};

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

/** Whatever lets somebody's programs in ends, and it is noted. */
export const endTokens = async (
  store: AccountStore,
  user: string,
  note: (note: AuditNote) => void,
): Promise<readonly ApiToken[]> => {
  const ended = await store.endTokens(user);
  for (const token of ended) note(tokenNote(token, true));
  return ended;
};

/** Accounts of which every change is in the log under `actor`: both are written in one transaction. */
export const notedAccounts = (context: AccountsContext, actor: Actor): Accounts => {
  const together = <Answer>(
    work: (accounts: Accounts, note: (note: AuditNote) => void) => Promise<Answer>,
  ): Promise<Answer> =>
    context.store.together(actor, (inside, note) => {
      const store = { ...inside, endTokens: (user: string) => endTokens(inside, user, note) };
      return work(createAccounts({ ...context, store }, actor), note);
    });
  return {
    ...createAccounts(context, actor),
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
    bind: (user, openid, first) =>
      together(async (accounts, note) => {
        const before = await accounts.member(user);
        const after = await accounts.bind(user, openid, first);
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

/** Somebody who signs in. Accounts belong to the database, roles to each of its hotlines. */
export interface Account {
  /** What is typed to sign in, as `accountName` writes it: tells accounts of a database apart. */
  readonly user: string;
  /** Tells accounts apart for good, also where a name is given out again. */
  readonly id: string;
  /** What people call them. */
  readonly name: string;
  /** As argon2id writes it; null: no password yet, or it was taken away. */
  readonly password: string | null;
  readonly disabled: boolean;
  readonly createdMillis: number;
  /** Of the code with which they give themselves a password; null: none is out. */
  readonly invitation: { readonly hash: string; readonly endsMillis: number } | null;
  /** Issuer and subject of whom a provider of OpenID Connect vouches for; null: nobody has come in that way yet. */
  readonly openid: string | null;
}

/** An account as one hotline sees it. */
export interface Member extends Account {
  /** Null: none on this hotline. */
  readonly role: Role | null;
  /** Who of the hotline's operators this is. */
  readonly operator: string | null;
  /** The hotline on which the account was added; null: that is not known. */
  readonly home: string | null;
}

/** What somebody is on one of the hotlines. */
interface Place {
  readonly hotline: string;
  readonly user: string;
  readonly role: Role;
}

/** A browser that was signed in. `id` is a hash: who reads the records cannot come in by it. */
export interface Session {
  readonly id: string;
  readonly user: string;
  readonly createdMillis: number;
  readonly seenMillis: number;
  readonly endsMillis: number;
}

/** What a program signs in with, on one hotline. */
export interface ApiToken {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly hash: string;
  readonly scope: TokenScope;
  readonly createdMillis: number;
  readonly endsMillis: number;
  readonly usedMillis: number | null;
}

/** Where accounts live: beside the records of a hotline, in the same database. Every write is whole or not at all. */
export interface AccountStore {
  /** Whose roles and tokens are reported. */
  readonly hotline: string;
  /**
   * One transaction: what is written inside, and what is noted of it in the log of changes under `actor`, is there
   * together or not at all.
   */
  together<Answer>(
    actor: Actor,
    work: (inside: AccountStore, note: (note: AuditNote) => void) => Promise<Answer>,
  ): Promise<Answer>;
  anyAccount(): Promise<boolean>;
  /** Every account, by its name: those of other hotlines have no role here. */
  members(): Promise<readonly Member[]>;
  member(user: string): Promise<Member | undefined>;
  /** False, and nothing written, where the name is taken. It is at home on this hotline. */
  addAccount(account: Account): Promise<boolean>;
  /** False where there is no such account. */
  changeAccount(
    user: string,
    change: Partial<Omit<Account, 'user' | 'id' | 'createdMillis'>>,
  ): Promise<boolean>;
  /** Null takes the role away. */
  setRole(user: string, role: Role | null, operator: string | null): Promise<void>;
  /** What somebody is on each hotline of the database, by hotline. */
  rolesOf(user: string): Promise<ReadonlyMap<string, Role>>;
  /** Every role of every hotline of the database. */
  roles(): Promise<readonly Place[]>;
  /** Takes somebody's roles on all other hotlines away. */
  leaveOthers(user: string): Promise<void>;
  /** The hotlines of the database. */
  hotlines(): Promise<readonly string[]>;
  addSession(session: Session): Promise<void>;
  /** A session with whom it belongs to, as they are now. */
  session(id: string): Promise<{ readonly session: Session; readonly member: Member } | undefined>;
  /** Somebody's sessions, the one used last first. */
  sessionsOf(user: string): Promise<readonly Session[]>;
  sawSession(id: string, seenMillis: number): Promise<void>;
  endSession(id: string): Promise<void>;
  /** Ends every session of an account, or of all; `but` stays. Answers how many. */
  endSessions(user?: string, but?: string): Promise<number>;
  /** Takes away sessions that ended before. */
  forgetSessions(endedBeforeMillis: number): Promise<void>;
  tokens(): Promise<readonly ApiToken[]>;
  token(id: string): Promise<{ readonly token: ApiToken; readonly member: Member } | undefined>;
  addToken(token: ApiToken): Promise<void>;
  usedToken(id: string, usedMillis: number): Promise<void>;
  removeToken(id: string): Promise<boolean>;
  /** Takes away what somebody's programs carry, on every hotline of the database; answers what that was. */
  endTokens(user: string): Promise<readonly ApiToken[]>;
}
