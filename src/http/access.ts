import { randomBytes } from 'node:crypto';
import { madeOfSecret, sameSecret } from '../access/secrets.ts';

/** How long a one-time address is good for. */
const codeMinutes = 15;
/** How long a browser that was let in stays so, seconds. */
export const sessionSeconds = 30 * 86_400;

/**
 * Who may read and write: whoever can read the workspace's access file, which is the account that started the server.
 * Programs carry its token. A browser is let in by a one-time address, which anyone with the token can make, and then
 * carries a cookie that is made of the token and cannot be turned back into it.
 */
export interface Access {
  /** What programs and the page's writes carry; at least 32 characters. */
  readonly token: string;
  /** Value of the cookie of a browser that was let in. */
  readonly session: string;
  proof(asked: string): string;
  /** True once for every code that `issueCode` made with the same token, within a quarter of an hour. */
  redeem(code: string): boolean;
}

/** A code that lets one browser in, once. */
export const issueCode = (token: string, nowMillis: number): string => {
  const named = `${nowMillis.toString(36)}.${randomBytes(12).toString('base64url')}`;
  return `${named}.${madeOfSecret(token, `code/${named}`)}`;
};

/** Proves to whoever knows the token that a server knows it too, without telling it. */
export const proofFor = (token: string, asked: string): string => madeOfSecret(token, `proof/${asked}`);

/** Path at which a code lets a browser in, and at which a server proves whose it is. */
export const openPath = '/open';
export const openingAddress = (url: string, token: string, nowMillis: number): string =>
  `${url}${openPath}/${issueCode(token, nowMillis)}`;

export const createAccess = (token: string, now: () => number): Access => {
  /** Codes that were used, until they would be too old anyway. */
  const used = new Map<string, number>();
  return {
    token,
    session: madeOfSecret(token, 'session'),
    proof: (asked) => proofFor(token, asked),
    redeem: (code) => {
      const [issued = '', drawn = '', proof = ''] = code.split('.');
      if (!sameSecret(proof, madeOfSecret(token, `code/${issued}.${drawn}`))) return false;
      const until = Number.parseInt(issued, 36) + codeMinutes * 60_000;
      for (const [old, end] of used) if (end < now()) used.delete(old);
      if (!(until >= now()) || used.has(code)) return false;
      used.set(code, until);
      return true;
    },
  };
};
