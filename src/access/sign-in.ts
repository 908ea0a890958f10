import type { Actor } from '../kernel/actor.ts';
import { accessFinding, AccessError } from './access-findings.ts';
import { accountName } from './account-name.ts';
import type { Account, AccountStore, ApiToken, Member, Session } from './account-store.ts';
import { dayMillis, refuseFlaws } from './accounts.ts';
import { passwordNote } from './noted-accounts.ts';
import { hashPassword, isOutdated, isPassword, TooManyTriesError } from './passwords.ts';
import { hashSecret, madeOfSecret, newCode, newId, newSecret, sameSecret, typedCode } from './secrets.ts';
import type { Attempt, SignInThrottle } from './sign-in-throttle.ts';

/** What happens at the door, for the log: the account by its id alone; null where the name is nobody's. */
export type DoorEvent =
  | { readonly event: 'signed-in' | 'signed-out'; readonly account: string }
  | { readonly event: 'sign-in-failed'; readonly account: string | null; readonly why: FailedBy }
  | { readonly event: 'session-ended'; readonly account: string; readonly why: 'idle' | 'too-long' };
type FailedBy = 'waits' | 'password' | 'closed' | 'code';

export interface SignInGround {
  readonly store: AccountStore;
  readonly heard?: (event: DoorEvent) => void;
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
  /** Lets in whom somebody else vouches for. */
  welcome(member: Member): Promise<SignedIn>;
  /** `isUsed`: false where the browser asks by itself, which keeps nobody signed in. */
  bySession(secret: string, isUsed?: boolean): Promise<Recognised | undefined>;
  byToken(given: string): Promise<Recognised | undefined>;
  signOut(session: Session, member: Member, everywhere: boolean): Promise<void>;
  /** The account's browsers that are signed in. */
  sessions(member: Member): Promise<readonly Session[]>;
  /** Ends one of them; false where it is none of theirs. */
  endSession(member: Member, id: string): Promise<boolean>;
  /** What a browser keeps so that it is known the next time; it lets nobody in. */
  browserOf(member: Member): string;
}

const failed = (): AccessError => new AccessError(accessFinding('sign-in-failed'));

/** When a session was last seen is kept to the minute: no write at every request. */
const seenEveryMillis = 60_000;

export const createSignIn = (ground: SignInGround): SignIn => ({
  wantsSetUp: async () => ground.setUpCode !== undefined && !(await ground.store.anyAccount()),
  signIn: (user, password, visitor) => signIn(ground, user, password, visitor),
  setUp: (given, visitor) => setUp(ground, given, visitor),
  changePassword: (session, given, visitor) => changePassword(ground, session, given, visitor),
  welcome: (member) => begin(ground, member),
  bySession: (secret, isUsed) => bySession(ground, secret, isUsed),
  byToken: (given) => byToken(ground, given),
  signOut: async (session, member, everywhere) => {
    if (everywhere) await ground.store.endSessions(session.user);
    else await ground.store.endSession(session.id);
    ground.heard?.({ event: 'signed-out', account: member.id });
  },
  sessions: (member) => openSessions(ground, member),
  endSession: async (member, id) => {
    if (!(await openSessions(ground, member)).some((session) => session.id === id)) return false;
    await ground.store.endSession(id);
    ground.heard?.({ event: 'signed-out', account: member.id });
    return true;
  },
  browserOf,
});

/** Those that would still let somebody in. */
const openSessions = async (
  { store, now, idleMillis }: SignInGround,
  { user }: Member,
): Promise<readonly Session[]> =>
  (await store.sessionsOf(user)).filter(
    ({ endsMillis, seenMillis }) => endsMillis > now() && now() - seenMillis < idleMillis,
  );

const signIn = async (
  ground: SignInGround,
  typed: string,
  password: string,
  { address, knownBrowser }: Visitor,
): Promise<SignedIn> => {
  const { store, throttle } = ground;
  const user = plainName(typed);
  const member = user === undefined ? undefined : await store.member(user);
  const browser = member !== undefined && isKnown(member, knownBrowser) ? knownBrowser : undefined;
  const attempt = { user: user ?? '', address, browser };
  takeTurn(ground, attempt, member);
  const right = await looked(isPassword(password, member?.password ?? null));
  if (!right || member === undefined || member.disabled) {
    noteFailure(ground, member, right ? 'closed' : 'password');
    throw failed();
  }
  throttle.succeeded(attempt);
  if (member.password !== null && isOutdated(member.password))
    await store.changeAccount(member.user, { password: await hashPassword(password) });
  return begin(ground, member);
};

const noteFailure = ({ heard }: SignInGround, member: Member | undefined, why: FailedBy): void =>
  heard?.({ event: 'sign-in-failed', account: member?.id ?? null, why });

/** Throws where it is too early for another try. */
const takeTurn = (ground: SignInGround, attempt: Attempt, member: Member | undefined): void => {
  const wait = ground.throttle.begin(attempt);
  if (wait === 0) return;
  noteFailure(ground, member, 'waits');
  throw new AccessError(accessFinding('sign-in-wait', { minutes: Math.ceil(wait / 60_000) }), wait);
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
const begin = async (
  { store, now, longestMillis, heard }: SignInGround,
  member: Member,
): Promise<SignedIn> => {
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
  heard?.({ event: 'signed-in', account: member.id });
  return { secret, member };
};

const setUp = async (
  ground: SignInGround,
  { code, user: typed, name, password }: Parameters<SignIn['setUp']>[0],
  { address }: Visitor,
): Promise<SignedIn> => {
  const { store, throttle, now, setUpCode } = ground;
  const user = accountName(typed);
  const attempt = { user: `code ${user}`, address, browser: undefined };
  const member = await store.member(user);
  takeTurn(ground, attempt, member);
  const given = hashSecret(typedCode(code));
  const isFirst = setUpCode !== undefined && !(await store.anyAccount());
  const wanted = isFirst ? hashSecret(typedCode(setUpCode)) : invitedBy(member, now());
  // Without a code that is out there is one that nobody has: both take the same time.
  const isRight = sameSecret(given, wanted ?? hashSecret(newCode()));
  if (!isRight || wanted === undefined) {
    noteFailure(ground, member, 'code');
    throw new AccessError(accessFinding('code-wrong'));
  }
  await refuseFlaws(password, [user, name ?? member?.name ?? '']);
  throttle.succeeded(attempt);
  const kept = await looked(hashPassword(password));
  const first = isFirst ? { user, id: newId(), name: name ?? user } : undefined;
  const letIn = await usedCode(ground, first ?? member, wanted, kept, isFirst);
  return begin(ground, letIn);
};

/** Gives the account its password for a code, once: whoever comes with the same code at the same moment has none. */
const usedCode = (
  { store, now }: SignInGround,
  account: Pick<Member, 'user' | 'id' | 'name'> | undefined,
  wanted: string,
  password: string,
  isFirst: boolean,
): Promise<Member> => {
  if (account === undefined) throw failed();
  const { user } = account;
  return store.together(personOf(account), async (inside, note) => {
    if (isFirst) await addFirst(inside, { ...account, password }, now());
    else {
      if (invitedBy(await inside.member(user), now()) !== wanted)
        throw new AccessError(accessFinding('code-wrong'));
      await inside.changeAccount(user, { password, invitation: null });
    }
    await inside.endSessions(user);
    const member = await inside.member(user);
    if (member === undefined || member.disabled) throw failed();
    note(passwordNote(member));
    return member;
  });
};

const personOf = ({ id, name }: Pick<Member, 'id' | 'name'>): Actor => ({ kind: 'person', id, name });

const invitedBy = (member: Member | undefined, at: number): string | undefined =>
  member?.invitation != null && member.invitation.endsMillis > at && !member.disabled
    ? member.invitation.hash
    : undefined;

const addFirst = async (
  store: AccountStore,
  wanted: Pick<Account, 'user' | 'id' | 'name' | 'password'>,
  createdMillis: number,
): Promise<void> => {
  const isFirst = !(await store.anyAccount());
  if (
    !isFirst ||
    !(await store.addAccount({ ...wanted, disabled: false, createdMillis, invitation: null, openid: null }))
  )
    throw new AccessError(accessFinding('code-wrong'));
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
  takeTurn(ground, attempt, member);
  if (!(await looked(isPassword(given.old, member.password)))) {
    noteFailure(ground, member, 'password');
    throw failed();
  }
  throttle.succeeded(attempt);
  await refuseFlaws(given.new, [member.user, member.name]);
  const password = await looked(hashPassword(given.new));
  await store.together(personOf(member), async (inside, note) => {
    await inside.changeAccount(member.user, { password, invitation: null });
    await inside.endSessions(member.user);
    note(passwordNote(member));
  });
  return begin(ground, { ...member, password });
};

const bySession = async (
  { store, now, idleMillis, heard }: SignInGround,
  secret: string,
  isUsed = true,
): Promise<Recognised | undefined> => {
  if (secret.length !== 43) return undefined;
  const found = await store.session(hashSecret(secret));
  if (found === undefined || found.member.disabled) return undefined;
  const { session, member } = found;
  const at = now();
  // A clock that ran backwards makes no session younger.
  if (at < session.createdMillis - dayMillis) return undefined;
  const idles = at - session.seenMillis >= idleMillis;
  if (idles || at >= session.endsMillis) {
    heard?.({ event: 'session-ended', account: member.id, why: idles ? 'idle' : 'too-long' });
    void store.endSession(session.id).catch(() => undefined);
    return undefined;
  }
  // Nobody waits for it: a read is not held up by a long write.
  if (isUsed && at - session.seenMillis >= seenEveryMillis)
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
