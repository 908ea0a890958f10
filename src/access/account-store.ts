import type { Role, TokenScope } from '../contract/access/roles.ts';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import type { Actor } from '../kernel/actor.ts';

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
