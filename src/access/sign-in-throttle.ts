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

interface Limit {
  readonly key: string;
  readonly most: number;
  readonly millis: number;
}

const minute = 60_000;

/** Wrong tries after which an address, or whoever tries an account from unknown browsers, is taken to be guessing. */
const guessing = {
  address: { most: 100, millis: 15 * minute },
  account: { most: 50, millis: 60 * minute },
} as const;

/** Tries of an account from an address: five, and two while somebody is guessing there or at it. */
const pairTries = { usual: 5, guessing: 2 } as const;

/** More keys than anybody needs; beyond it the oldest are forgotten, those of invented names for themselves. */
const mostKeys = 50_000;

/**
 * Counts failed attempts in this process; what was counted is forgotten when it ends.
 *
 * What makes somebody wait is their own: an account's tries from an address, or those of a browser that the account has
 * come with before. How often an account or an address was tried altogether keeps nobody out: whoever guesses at a name
 * from many addresses, or at many names from one, only leaves fewer tries to each pair of the two (`pairTries`), so that
 * the person comes in with the right password from a browser that is new, and colleagues behind the same address do.
 */
export const createSignInThrottle = (now: () => number): SignInThrottle => {
  const counted = new Map<string, { count: number; until: number }>();
  const invented: typeof counted = new Map();
  const standing = (key: string): { count: number; until: number } | undefined => {
    for (const kept of [counted, invented]) {
      const found = kept.get(key);
      if (found !== undefined && found.until > now()) return found;
      kept.delete(key);
    }
    return undefined;
  };
  const add = ({ key, millis }: Limit, isInvented: boolean): void => {
    const kept = isInvented ? invented : counted;
    const found = standing(key) ?? { count: 0, until: now() + millis };
    kept.set(key, { ...found, count: found.count + 1 });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKeys) break;
      kept.delete(oldest);
    }
  };
  const isGuessing = (attempt: Attempt): boolean =>
    countsOf(attempt).some(({ key, most }) => (standing(key)?.count ?? 0) >= most);
  const limitOf = ({ user, address, browser, ...attempt }: Attempt): Limit => {
    if (browser !== undefined) return { key: `browser ${browser} ${user}`, most: 10, millis: 15 * minute };
    const most = pairTries[isGuessing({ user, address, browser, ...attempt }) ? 'guessing' : 'usual'];
    return { key: `pair ${user} ${address}`, most, millis: 15 * minute };
  };
  return {
    begin: (attempt) => {
      const limit = limitOf(attempt);
      const found = standing(limit.key);
      if (found !== undefined && found.count >= limit.most) return found.until - now();
      for (const each of [limit, ...countsOf(attempt)])
        add(each, attempt.isInvented === true && !each.key.startsWith('address'));
      return 0;
    },
    guessesNames: ({ address }) => (standing(`address ${address}`)?.count ?? 0) >= guessing.address.most,
    succeeded: (attempt) => {
      // The pair or browser starts anew; an address or an account only loses this one.
      counted.delete(limitOf(attempt).key);
      for (const { key } of countsOf(attempt)) {
        const found = standing(key);
        if (found !== undefined) counted.set(key, { ...found, count: found.count - 1 });
      }
    },
  };
};

/** What is counted of an account and of an address, whichever way they are tried together. */
const countsOf = ({ user, address, browser }: Attempt): readonly Limit[] =>
  browser === undefined
    ? [
        { key: `account ${user}`, ...guessing.account },
        { key: `address ${address}`, ...guessing.address },
      ]
    : [];
