import type { TokenScope } from '../contract/access/roles.ts';
import { accessFinding, AccessError } from './access-findings.ts';
import { accountName } from './account-name.ts';
import type { Account, AccountStore, ApiToken, Member, Session } from './account-store.ts';
import { dayMillis, refuseFlaws } from './accounts.ts';
import { hashPassword, isOutdated, isPassword, TooManyTriesError } from './passwords.ts';
import { hashSecret, madeOfSecret, newCode, newId, newSecret, sameSecret, typedCode } from './secrets.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface SignInGround {
  readonly store: AccountStore;
  readonly throttle: SignInThrottle;
  readonly now: () => number;
  /** A browser that is not used so long is signed out; and one that is, after so long all the same. */
  readonly idleMillis: number;
  readonly longestMillis: number;
  /** A code that the terminal printed: makes the first administrator while there is no account. */
  readonly setUpCode?: string;
}

/** What a browser that was let in carries: kept by it alone. */
export interface SignedIn {
  readonly secret: string;
  readonly member: Member;
}

/** Somebody at the door. */
export interface Visitor {
  readonly address: string;
  /** As a browser carries it that somebody has signed in with before. */
  readonly knownBrowser: string | undefined;
}

/** Who makes a request that carries a session or a token. */
export type Recognised =
  | { readonly by: 'session'; readonly member: Member; readonly session: Session }
  | { readonly by: 'token'; readonly member: Member; readonly token: ApiToken };

export interface SignIn {
  /** True while there is no account, and the terminal's code makes the first. */
  wantsSetUp(): Promise<boolean>;
  /** Throws `AccessError`, the same whether the account is there, has another password or is closed. */
  signIn(user: string, password: string, visitor: Visitor): Promise<SignedIn>;
  /** With a code: the first administrator, or somebody who was invited, who gives themselves a password. */
  setUp(
    given: { code: string; user: string; name?: string; password: string },
    visitor: Visitor,
  ): Promise<SignedIn>;
  /** Another password for who is signed in; every other session ends, and this one goes on under a new name. */
  changePassword(session: Session, given: { old: string; new: string }, visitor: Visitor): Promise<SignedIn>;
  bySession(secret: string): Promise<Recognised | undefined>;
  byToken(given: string): Promise<Recognised | undefined>;
  signOut(session: Session, everywhere: boolean): Promise<void>;
  /** What a browser keeps so that it is known the next time; it lets nobody in. */
  browserOf(member: Member): string;
  /** Answers the token itself, which is shown this once. */
  issueToken(wanted: {
    user: string;
    name: string;
    scope: TokenScope;
    days: number;
  }): Promise<{ token: ApiToken; secret: string }>;
}

const failed = (): AccessError => new AccessError(accessFinding('sign-in-failed'));

/** When a session was last seen is kept to the minute: no write at every request. */
const seenEveryMillis = 60_000;

export const createSignIn = (ground: SignInGround): SignIn => ({
  wantsSetUp: async () => ground.setUpCode !== undefined && !(await ground.store.anyAccount()),
  signIn: (user, password, visitor) => signIn(ground, user, password, visitor),
  setUp: (given, visitor) => setUp(ground, given, visitor),
  changePassword: (session, given, visitor) => changePassword(ground, session, given, visitor),
  bySession: (secret) => bySession(ground, secret),
  byToken: (given) => byToken(ground, given),
  signOut: async ({ id, user }, everywhere) => {
    if (everywhere) await ground.store.endSessions(user);
    else await ground.store.endSession(id);
  },
  browserOf,
  issueToken: async ({ user, name, scope, days }) => {
    const secret = newSecret();
    const createdMillis = ground.now();
    const endsMillis = createdMillis + days * dayMillis;
    const id = newId();
    const token = {
      id,
      user,
      name,
      hash: hashSecret(secret),
      scope,
      createdMillis,
      endsMillis,
      usedMillis: null,
    };
    await ground.store.addToken(token);
    return { token, secret: `huawu_${id}.${secret}` };
  },
});

const signIn = async (
  { store, throttle, ...ground }: SignInGround,
  typed: string,
  password: string,
  { address, knownBrowser }: Visitor,
): Promise<SignedIn> => {
  const user = plainName(typed);
  const member = user === undefined ? undefined : await store.member(user);
  const browser = member !== undefined && isKnown(member, knownBrowser) ? knownBrowser : undefined;
  const attempt = { user: user ?? '', address, browser };
  const wait = throttle.begin(attempt);
  if (wait > 0)
    throw new AccessError(accessFinding('sign-in-wait', { minutes: Math.ceil(wait / 60_000) }), wait);
  const right = await looked(isPassword(password, member?.password ?? null));
  if (!right || member === undefined || member.disabled) throw failed();
  throttle.succeeded(attempt);
  if (member.password !== null && isOutdated(member.password))
    await store.changeAccount(member.user, { password: await hashPassword(password) });
  return begin({ store, throttle, ...ground }, member);
};

/** More passwords at once than the machine can look at: told, and nothing else. */
const looked = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooManyTriesError) throw new AccessError(accessFinding('sign-in-busy'), 5_000);
    throw error;
  }
};

const plainName = (typed: string): string | undefined => {
  try {
    return accountName(typed);
  } catch {
    return undefined;
  }
};

/** A new session, under a name that nobody has known before. */
const begin = async ({ store, now, longestMillis }: SignInGround, member: Member): Promise<SignedIn> => {
  const secret = newSecret();
  const at = now();
  await store.forgetSessions(at);
  await store.addSession({
    id: hashSecret(secret),
    user: member.user,
    createdMillis: at,
    seenMillis: at,
    endsMillis: at + longestMillis,
  });
  return { secret, member };
};

const setUp: (
  ground: SignInGround,
  given: Parameters<SignIn['setUp']>[0],
  visitor: Visitor,
) => Promise<SignedIn> = async (ground, { code, user: typed, name, password }, { address }) => {
  const { store, throttle, now, setUpCode } = ground;
  const user = accountName(typed);
  const attempt = { user: `code ${user}`, address, browser: undefined };
  const wait = throttle.begin(attempt);
  if (wait > 0)
    throw new AccessError(accessFinding('sign-in-wait', { minutes: Math.ceil(wait / 60_000) }), wait);
  const member = await store.member(user);
  const given = hashSecret(typedCode(code));
  const isFirst = setUpCode !== undefined && !(await store.anyAccount());
  const wanted = isFirst ? hashSecret(typedCode(setUpCode)) : invitedBy(member, now());
  // Without a code that is out there is one that nobody has: both take the same time.
  const isRight = sameSecret(given, wanted ?? hashSecret(newCode()));
  if (!isRight || wanted === undefined) throw new AccessError(accessFinding('code-wrong'));
  await refuseFlaws(password, [user, name ?? member?.name ?? '']);
  throttle.succeeded(attempt);
  const kept = await looked(hashPassword(password));
  if (isFirst) await addFirst(ground, { user, name: name ?? user, password: kept });
  else await store.changeAccount(user, { password: kept, invitation: null });
  await store.endSessions(user);
  const letIn = await store.member(user);
  if (letIn === undefined || letIn.disabled) throw failed();
  return begin(ground, letIn);
};

const invitedBy = (member: Member | undefined, at: number): string | undefined =>
  member?.invitation != null && member.invitation.endsMillis > at && !member.disabled
    ? member.invitation.hash
    : undefined;

const addFirst = async (
  { store, now }: SignInGround,
  wanted: Pick<Account, 'user' | 'name' | 'password'>,
): Promise<void> => {
  const account = { ...wanted, id: newId(), disabled: false, createdMillis: now(), invitation: null };
  if (!(await store.addAccount(account))) throw new AccessError(accessFinding('code-wrong'));
  await store.setRole(wanted.user, 'administrator', null);
};

const changePassword = async (
  ground: SignInGround,
  session: Session,
  given: { old: string; new: string },
  visitor: Visitor,
): Promise<SignedIn> => {
  const { store, throttle } = ground;
  const member = await store.member(session.user);
  if (member === undefined) throw failed();
  const attempt = { user: member.user, address: visitor.address, browser: session.id };
  const wait = throttle.begin(attempt);
  if (wait > 0)
    throw new AccessError(accessFinding('sign-in-wait', { minutes: Math.ceil(wait / 60_000) }), wait);
  if (!(await looked(isPassword(given.old, member.password)))) throw failed();
  throttle.succeeded(attempt);
  await refuseFlaws(given.new, [member.user, member.name]);
  await store.changeAccount(member.user, {
    password: await looked(hashPassword(given.new)),
    invitation: null,
  });
  await store.endSessions(member.user);
  return begin(ground, member);
};

const bySession = async (
  { store, now, idleMillis }: SignInGround,
  secret: string,
): Promise<Recognised | undefined> => {
  if (secret.length !== 43) return undefined;
  const found = await store.session(hashSecret(secret));
  if (found === undefined || found.member.disabled) return undefined;
  const { session, member } = found;
  const at = now();
  // A clock that ran backwards makes no session younger.
  if (
    at >= session.endsMillis ||
    at - session.seenMillis >= idleMillis ||
    at < session.createdMillis - dayMillis
  )
    return undefined;
  // Nobody waits for it: a read is not held up by a long write.
  if (at - session.seenMillis >= seenEveryMillis)
    void store.sawSession(session.id, at).catch(() => undefined);
  return { by: 'session', member, session };
};

const byToken = async ({ store, now }: SignInGround, given: string): Promise<Recognised | undefined> => {
  const [, id, secret] = /^huawu_([\w-]{12})\.([\w-]{43})$/.exec(given) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const found = await store.token(id);
  const right = sameSecret(hashSecret(secret), found?.token.hash ?? '');
  if (found === undefined || !right || found.member.disabled) return undefined;
  const { token, member } = found;
  const at = now();
  if (at >= token.endsMillis) return undefined;
  if (at - (token.usedMillis ?? 0) >= 60 * seenEveryMillis)
    void store.usedToken(token.id, at).catch(() => undefined);
  return { by: 'token', member, token };
};

/** Proves that somebody has signed in to the account with this browser; another password makes it unknown. */
const browserOf = (member: Member): string => {
  const drawn = newId();
  return `${drawn}.${madeOfSecret(member.password ?? '', `browser/${member.user}/${drawn}`)}`;
};

const isKnown = ({ user, password }: Member, browser: string | undefined): boolean => {
  const [drawn = '', proof = ''] = (browser ?? '').split('.');
  return password !== null && sameSecret(proof, madeOfSecret(password, `browser/${user}/${drawn}`));
};
