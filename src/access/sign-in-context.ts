import type { Actor } from '../kernel/actor.ts';
import type { AccountStore, Member } from './accounts.ts';

/** What happens at the door, for the log: the account by its id alone; null where the name is nobody's. */
export type SignInEvent =
  | { readonly event: 'signed-in' | 'signed-out'; readonly account: string }
  | {
      readonly event: 'sign-in-failed';
      readonly account: string | null;
      readonly why: 'waits' | 'password' | 'closed' | 'code';
    }
  | { readonly event: 'session-ended'; readonly account: string; readonly why: 'idle' | 'too-long' };

export interface SignInContext {
  readonly store: AccountStore;
  readonly heard?: (event: SignInEvent) => void;
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

export const personOf = ({ id, name }: Pick<Member, 'id' | 'name'>): Actor => ({ kind: 'person', id, name });

/** From where somebody tries to sign in. */
export interface Attempt {
  readonly user: string;
  readonly address: string;
  /** A browser that this account has signed in with before; undefined: an unknown one. */
  readonly browser: string | undefined;
  /** True of a name that is nobody's. */
  readonly isInvented?: boolean;
}

export interface SignInThrottle {
  /**
   * Counts an attempt, before it is looked at, so that many at once are all counted. Answers how long to wait first,
   * milliseconds; 0: it may be looked at.
   */
  begin(attempt: Attempt): number;
  /**
   * True of an address that has tried so many names that those that are nobody's are no longer worth a look at the
   * password: they are answered the same, after the same time.
   */
  guessesNames(attempt: Pick<Attempt, 'address'>): boolean;
  /** The attempt was right: it no longer counts. */
  succeeded(attempt: Attempt): void;
}

/** What is counted, and forgotten after so long. */
interface Count {
  readonly key: string;
  readonly most: number;
  readonly millis: number;
}

/** Tries that are given back one by one. */
interface Allowance {
  readonly key: string;
  readonly atOnce: number;
  readonly everyMillis: number;
}

const minute = 60_000;

/** Wrong tries after which an address, or anyone who tries an account from unknown browsers, is taken to be guessing. */
const guessing = {
  address: { most: 100, millis: 15 * minute },
  account: { most: 50, millis: 60 * minute },
} as const;

/**
 * Tries of an account from an address: so many at once, and then one every so often. Fewer, and less often, while somebody
 * is guessing there or at it; but at an address from which anybody has signed in, as at an office, there is one every
 * minute even then: at most 65 an hour. That it is the address, and not the two together, tells nobody whose names
 * are an account's.
 */
const pairTries = {
  usual: { atOnce: 5, everyMillis: 3 * minute },
  guessing: { atOnce: 2, everyMillis: 7.5 * minute },
} as const;
const ownPlaceMillis = minute;

/** More keys than anybody needs; beyond it the oldest are forgotten, those of invented names for themselves. */
const mostKeys = 50_000;

/**
 * Counts failed attempts in this process; what was counted is forgotten when it ends.
 *
 * What makes somebody wait is their own: an account's tries from an address, or those of a browser that the account has
 * come with before. How often an account or an address was tried altogether keeps nobody out: anyone who guesses at a name
 * from many addresses, or at many names from one, only leaves fewer tries to each pair of the two (`pairTries`), so that
 * the person comes in with the right password from a browser that is new, and colleagues behind the same address do.
 */
export const createSignInThrottle = (now: () => number): SignInThrottle => {
  /** How often each key was tried and until when that counts; of an allowance until when its tries are used up. */
  const counted = new Map<string, { count: number; until: number }>();
  const invented: typeof counted = new Map();
  /** Addresses that somebody has signed in from. */
  const ownPlaces = new Set<string>();
  const standing = (key: string): { count: number; until: number } | undefined => {
    for (const kept of [counted, invented]) {
      const found = kept.get(key);
      if (found !== undefined && found.until > now()) return found;
      kept.delete(key);
    }
    return undefined;
  };
  const keep = (key: string, value: { count: number; until: number }, isInvented: boolean): void => {
    const kept = isInvented ? invented : counted;
    kept.set(key, value);
    forgetBeyond(kept);
  };
  const isGuessing = (attempt: Attempt): boolean =>
    countsOf(attempt).some(({ key, most }) => (standing(key)?.count ?? 0) >= most);
  const allowanceOf = (attempt: Attempt): Allowance => {
    const { user, address, browser } = attempt;
    if (browser !== undefined)
      return { key: `browser ${browser} ${user}`, atOnce: 10, everyMillis: 1.5 * minute };
    const tries = pairTries[isGuessing(attempt) ? 'guessing' : 'usual'];
    const key = `pair ${user} ${address}`;
    return { key, ...tries, ...(ownPlaces.has(address) ? { everyMillis: ownPlaceMillis } : {}) };
  };
  return {
    begin: (attempt) => {
      const { key, atOnce, everyMillis } = allowanceOf(attempt);
      const isInvented = attempt.isInvented === true;
      // Where tries come back sooner by now, or fewer are given, nobody waits longer than for the next.
      const usedUntil = Math.min(standing(key)?.until ?? now(), now() + atOnce * everyMillis);
      const wait = usedUntil - (atOnce - 1) * everyMillis - now();
      if (wait > 0) return wait;
      keep(key, { count: 1, until: usedUntil + everyMillis }, isInvented);
      for (const { key: counts, millis } of countsOf(attempt)) {
        const found = standing(counts) ?? { count: 0, until: now() + millis };
        keep(counts, { ...found, count: found.count + 1 }, isInvented && !counts.startsWith('address'));
      }
      return 0;
    },
    guessesNames: ({ address }) => (standing(`address ${address}`)?.count ?? 0) >= guessing.address.most,
    succeeded: (attempt) => {
      // The pair or browser starts again; an address or an account only loses this one.
      counted.delete(allowanceOf(attempt).key);
      for (const { key } of countsOf(attempt)) {
        const found = standing(key);
        if (found !== undefined) counted.set(key, { ...found, count: found.count - 1 });
      }
      ownPlaces.delete(attempt.address);
      ownPlaces.add(attempt.address);
      forgetBeyond(ownPlaces);
    },
  };
};

const forgetBeyond = (kept: Map<string, unknown> | Set<string>): void => {
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKeys) break;
    kept.delete(oldest);
  }
};

/** What is counted of an account and of an address, whichever way they are tried together. */
const countsOf = ({ user, address, browser }: Attempt): readonly Count[] =>
  browser === undefined
    ? [
        { key: `account ${user}`, ...guessing.account },
        { key: `address ${address}`, ...guessing.address },
      ]
    : [];
