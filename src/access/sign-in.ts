import { AccessError, accessFinding } from './access-findings.ts';
import {
  type Account,
  accountName,
  type AccountStore,
  endTokens,
  type Member,
  passwordNote,
  type Session,
} from './accounts.ts';
import {
  asLongAsPassword,
  hashPassword,
  isOutdated,
  isPassword,
  TooManyTriesError,
  refuseFlaws,
} from './passwords.ts';
import {
  hashSecret,
  derivedFromSecret,
  newCode,
  newId,
  sameSecret,
  typedCode,
  newSecret,
} from './secrets.ts';
import { bySession, byToken } from './recognise.ts';
import {
  personOf,
  type SignedIn,
  type SignInContext,
  type Visitor,
  type Attempt,
} from './sign-in-context.ts';

export type SignIn = ReturnType<typeof createSignIn>;

export const createSignIn = (context: SignInContext) => ({
  /** True while there is no account, and the terminal's code makes the first. */
  wantsSetUp: async () => context.setUpCode !== undefined && !(await context.store.anyAccount()),
  /** Throws `AccessError`, the same whether the account is there, has another password or is closed. */
  signIn: signIn.bind(undefined, context),
  /** With a code: the first administrator, or somebody who was invited, who gives themselves a password. */
  setUp: setUpAccount.bind(undefined, context),
  /** Another password for who is signed in; every other session and token ends, and this session goes on under a new name. */
  changePassword: changePassword.bind(undefined, context),
  /** Whether it is the password of who is signed in. Throws `AccessError` where it is not. */
  confirm: confirm.bind(undefined, context),
  /** Lets in whom somebody else vouches for. */
  welcome: beginSession.bind(undefined, context),
  bySession: bySession.bind(undefined, context),
  byToken: byToken.bind(undefined, context),
  signOut: async (session: Session, member: Member, everywhere: boolean): Promise<void> => {
    if (everywhere) await context.store.endSessions(session.user);
    else await context.store.endSession(session.id);
    context.heard?.({ event: 'signed-out', account: member.id });
  },
  /** The account's browsers that are signed in. */
  sessions: openSessions.bind(undefined, context),
  /** Ends one of them; false where it is none of theirs. */
  endSession: async (member: Member, id: string): Promise<boolean> => {
    if (!(await openSessions(context, member)).some((session) => session.id === id)) return false;
    await context.store.endSession(id);
    context.heard?.({ event: 'signed-out', account: member.id });
    return true;
  },
  browserOf,
});

const signIn = async (
  context: SignInContext,
  typed: string,
  password: string,
  { address, knownBrowser }: Visitor,
): Promise<SignedIn> => {
  const { store, throttle } = context;
  const user = plainName(typed);
  const member = user === undefined ? undefined : await store.member(user);
  const browser = member === undefined ? undefined : knownAs(member, knownBrowser);
  const attempt = { user: user ?? '', address, browser, isInvented: member === undefined };
  refuseTooEarly(context, attempt, member);
  const isWorthIt = member !== undefined || !throttle.guessesNames(attempt);
  const right =
    isWorthIt &&
    (await limitPasswordChecks(
      isPassword(password, member?.password ?? null, browser === undefined ? address : undefined),
    ));
  if (!isWorthIt) await limitPasswordChecks(asLongAsPassword(address));
  if (!right || member === undefined || member.disabled) {
    noteFailure(context, member, right ? 'closed' : 'password');
    throw signInFailed();
  }
  throttle.succeeded(attempt);
  if (member.password !== null && isOutdated(member.password))
    await store.changeAccount(member.user, { password: await hashPassword(password) });
  return beginSession(context, member);
};

const plainName = (typed: string): string | undefined => {
  try {
    return accountName(typed);
  } catch {
    return undefined;
  }
};

const confirm = async (
  context: SignInContext,
  session: Session,
  password: string,
  { address }: Visitor,
): Promise<Member> => {
  const { store, throttle } = context;
  const member = await store.member(session.user);
  if (member === undefined) throw signInFailed();
  const attempt = { user: member.user, address, browser: session.id };
  refuseTooEarly(context, attempt, member);
  if (!(await limitPasswordChecks(isPassword(password, member.password)))) {
    noteFailure(context, member, 'password');
    throw signInFailed();
  }
  throttle.succeeded(attempt);
  return member;
};

const changePassword = async (
  context: SignInContext,
  session: Session,
  given: { old: string; new: string },
  visitor: Visitor,
): Promise<SignedIn> => {
  const { store } = context;
  const member = await confirm(context, session, given.old, visitor);
  await refuseFlaws(given.new, [member.user, member.name]);
  const password = await limitPasswordChecks(hashPassword(given.new));
  await store.together(personOf(member), async (inside, note) => {
    await inside.changeAccount(member.user, { password, invitation: null });
    await inside.endSessions(member.user);
    await endTokens(inside, member.user, note);
    note(passwordNote(member));
  });
  return beginSession(context, { ...member, password });
};

/** Proves that somebody has signed in to the account with this browser; another password makes it unknown. */
const browserOf = (member: Member): string => {
  const drawn = newId();
  return `${drawn}.${derivedFromSecret(member.password ?? '', `browser/${member.user}/${drawn}`)}`;
};

/** What was drawn for the browser; undefined: it is not known. */
const knownAs = ({ user, password }: Member, browser: string | undefined): string | undefined => {
  const [drawn = '', proof = '', ...more] = (browser ?? '').split('.');
  const isKnown =
    password !== null &&
    more.length === 0 &&
    sameSecret(proof, derivedFromSecret(password, `browser/${user}/${drawn}`));
  return isKnown ? drawn : undefined;
};

/** What somebody with a code gives: the terminal's for the first administrator, or an invitation's. */
interface SetUpAnswers {
  readonly code: string;
  readonly user: string;
  readonly name?: string;
  readonly password: string;
}

/** Lets in who has a code, under a password that they give themselves. */
const setUpAccount = async (
  context: SignInContext,
  { code, user: typed, name, password }: SetUpAnswers,
  { address }: Visitor,
): Promise<SignedIn> => {
  const { store, throttle, now, setUpCode } = context;
  const user = accountName(typed);
  const attempt = { user: `code ${user}`, address, browser: undefined };
  const member = await store.member(user);
  refuseTooEarly(context, attempt, member);
  const typedHash = hashSecret(typedCode(code));
  const isFirst = setUpCode !== undefined && !(await store.anyAccount());
  const wanted = isFirst ? hashSecret(typedCode(setUpCode)) : invitedBy(member, now());
  // Without a code that is out there is one that nobody has: both take the same time.
  const isRight = sameSecret(typedHash, wanted ?? hashSecret(newCode()));
  if (!isRight || wanted === undefined) {
    noteFailure(context, member, 'code');
    throw new AccessError(accessFinding('code-wrong'));
  }
  await refuseFlaws(password, [user, name ?? member?.name ?? '']);
  throttle.succeeded(attempt);
  const kept = await limitPasswordChecks(hashPassword(password));
  const first = isFirst ? { user, id: newId(), name: name ?? user } : undefined;
  const letIn = await usedCode(context, first ?? member, wanted, kept, isFirst);
  return beginSession(context, letIn);
};

/** Gives the account its password for a code, once: anyone who comes with the same code at the same moment has none. */
const usedCode = (
  { store, now }: SignInContext,
  account: Pick<Member, 'user' | 'id' | 'name'> | undefined,
  wanted: string,
  password: string,
  isFirst: boolean,
): Promise<Member> => {
  if (account === undefined) throw signInFailed();
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
    if (member === undefined || member.disabled) throw signInFailed();
    note(passwordNote(member));
    return member;
  });
};

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

/** The same whether the account is there, has another password or is closed. */
const signInFailed = (): AccessError => new AccessError(accessFinding('sign-in-failed'));

/** Throws where it is too early for another try. */
const refuseTooEarly = (context: SignInContext, attempt: Attempt, member: Member | undefined): void => {
  const wait = context.throttle.begin(attempt);
  if (wait === 0) return;
  noteFailure(context, member, 'waits');
  throw new AccessError(accessFinding('sign-in-wait', { minutes: Math.ceil(wait / 60_000) }), wait);
};

/** More passwords at once than the machine can look at: told, and nothing else. */
const limitPasswordChecks = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooManyTriesError) throw new AccessError(accessFinding('sign-in-busy'), 5_000);
    throw error;
  }
};

/** A new session, under a name that nobody has known before. */
const beginSession = async (
  { store, now, longestMillis, heard }: SignInContext,
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

/** Those that would still let somebody in. */
const openSessions = async (
  { store, now, idleMillis }: SignInContext,
  { user }: Member,
): Promise<readonly Session[]> =>
  (await store.sessionsOf(user)).filter(
    ({ endsMillis, seenMillis }) => endsMillis > now() && now() - seenMillis < idleMillis,
  );

const noteFailure = (
  { heard }: SignInContext,
  member: Member | undefined,
  why: 'waits' | 'password' | 'closed' | 'code',
): void => heard?.({ event: 'sign-in-failed', account: member?.id ?? null, why });
