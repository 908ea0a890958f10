/** From where somebody tries to sign in. */
export interface Attempt {
  readonly user: string;
  readonly address: string;
  /** A browser that this account has signed in with before; undefined: an unknown one. */
  readonly browser: string | undefined;
}

export interface SignInThrottle {
  /**
   * Counts an attempt, before it is looked at, so that many at once are all counted. Answers how long to wait first,
   * milliseconds; 0: it may be looked at.
   */
  begin(attempt: Attempt): number;
  /** The attempt was right: it no longer counts. */
  succeeded(attempt: Attempt): void;
}

interface Limit {
  readonly key: string;
  readonly most: number;
  readonly millis: number;
}

const minute = 60_000;

/**
 * Browsers that an account has come with before are counted by themselves: whoever guesses at a colleague's password, at
 * the next desk or elsewhere, never keeps that colleague out. Unknown browsers are counted by account and address, by
 * account, and by address, the last so high that a desk of eighty behind one address is never waiting for one of them.
 */
const limitsOf = ({ user, address, browser }: Attempt): readonly Limit[] =>
  browser === undefined
    ? [
        { key: `pair ${user} ${address}`, most: 5, millis: 15 * minute },
        { key: `account ${user}`, most: 50, millis: 60 * minute },
        { key: `address ${address}`, most: 100, millis: 15 * minute },
      ]
    : [{ key: `browser ${browser} ${user}`, most: 10, millis: 15 * minute }];

/** More keys than anybody needs; beyond it the oldest are forgotten. */
const mostKeys = 50_000;

/** Counts failed attempts in this process; what was counted is forgotten when it ends. */
export const createSignInThrottle = (now: () => number): SignInThrottle => {
  const counted = new Map<string, { count: number; until: number }>();
  const standing = ({ key }: Limit): { count: number; until: number } | undefined => {
    const found = counted.get(key);
    if (found !== undefined && found.until <= now()) counted.delete(key);
    return counted.get(key);
  };
  const add = (limit: Limit): void => {
    const found = standing(limit) ?? { count: 0, until: now() + limit.millis };
    counted.set(limit.key, { ...found, count: found.count + 1 });
    for (const oldest of counted.keys()) {
      if (counted.size <= mostKeys) break;
      counted.delete(oldest);
    }
  };
  return {
    begin: (attempt) => {
      const limits = limitsOf(attempt);
      const waits = limits.map((limit) => {
        const found = standing(limit);
        return found !== undefined && found.count >= limit.most ? found.until - now() : 0;
      });
      const wait = Math.max(...waits);
      if (wait > 0) return wait;
      for (const limit of limits) add(limit);
      return 0;
    },
    succeeded: (attempt) => {
      for (const limit of limitsOf(attempt)) {
        const found = standing(limit);
        if (found === undefined) continue;
        // An account's own count starts anew; what an address or a whole account has against it only loses this one.
        if (limit.key.startsWith('pair') || limit.key.startsWith('browser')) counted.delete(limit.key);
        else counted.set(limit.key, { ...found, count: found.count - 1 });
      }
    },
  };
};
