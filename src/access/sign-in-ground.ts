import type { Actor } from '../kernel/actor.ts';
import { accessFinding, AccessError } from './access-findings.ts';
import type { AccountStore, Member } from './account-store.ts';
import { TooManyTriesError } from './passwords.ts';
import { hashSecret, newSecret } from './secrets.ts';
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

/** The same whether the account is there, has another password or is closed. */
export const signInFailed = (): AccessError => new AccessError(accessFinding('sign-in-failed'));

export const noteFailure = ({ heard }: SignInGround, member: Member | undefined, why: FailedBy): void =>
  heard?.({ event: 'sign-in-failed', account: member?.id ?? null, why });

/** Throws where it is too early for another try. */
export const refuseTooEarly = (ground: SignInGround, attempt: Attempt, member: Member | undefined): void => {
  const wait = ground.throttle.begin(attempt);
  if (wait === 0) return;
  noteFailure(ground, member, 'waits');
  throw new AccessError(accessFinding('sign-in-wait', { minutes: Math.ceil(wait / 60_000) }), wait);
};

/** More passwords at once than the machine can look at: told, and nothing else. */
export const limitPasswordChecks = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooManyTriesError) throw new AccessError(accessFinding('sign-in-busy'), 5_000);
    throw error;
  }
};

/** A new session, under a name that nobody has known before. */
export const beginSession = async (
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

export const personOf = ({ id, name }: Pick<Member, 'id' | 'name'>): Actor => ({ kind: 'person', id, name });
