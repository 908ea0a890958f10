import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashSecret, derivedFromSecret, newSecret, sameSecret } from '../access/secrets.ts';
import { readAtMost } from '../access/openid.ts';
import { parseJsonDocument } from '../contract/parse-document.ts';
import { writeJsonFile } from '../store/workspace-files.ts';

/** How long a one-time address is good for. */
const codeMinutes = 15;
/** How long a browser that was let in stays so at most, seconds; the end of the server ends it sooner. */
export const sessionSeconds = 30 * 86_400;
/** More browsers than one person has; beyond it the first ones come with a new address. */
const mostSessions = 1_000;
/** Used codes that are remembered; only who has the token makes any. */
const mostUsed = 100_000;

/** Path at which a code lets a browser in, and at which a server proves whose it is. */
export const openPath = '/open';

/** Which account of this machine a connection comes from, as `accountOfConnection` answers it. */
export type MachineAccount = number | null | undefined;

/**
 * Who may read and write where nobody signs in: who can read the workspace's access file, which is the account that
 * started the server. Programs carry its token. A browser is let in by a one-time address, which anyone with the token
 * can make for this run of the server, and then carries a cookie of its own.
 *
 * Other accounts reach the port as well, listen on it while the server is down, and are sent the cookie then or at any
 * other port of this machine, as browsers do. So codes and cookies are good for one run of the server alone, a cookie
 * counts only on connections of the account that came with the code, and the page never holds the token.
 */
export interface Access {
  /** What programs carry; at least 32 characters. */
  readonly token: string;
  /** Drawn when the server starts; no secret. */
  readonly run: string;
  proof(asked: string, port: number): string;
  /** The cookie for a browser, once for every code made for this run, within a quarter of an hour; else undefined. */
  redeem(code: string, account: MachineAccount): string | undefined;
  /** True for the cookie of a browser that was let in, on a connection of the same account. */
  isLetIn(cookie: string, account: MachineAccount): boolean;
}

/** A code that lets one browser in, once, during one run of the server. */
export const issueCode = ({ token, run }: Pick<Access, 'token' | 'run'>, nowMillis: number): string => {
  const named = `${nowMillis.toString(36)}.${randomBytes(12).toString('base64url')}`;
  return `${named}.${derivedFromSecret(token, `code/${run}/${named}`)}`;
};

export const openingAddress = (
  url: string,
  access: Pick<Access, 'token' | 'run'>,
  nowMillis: number,
): string => `${url}${openPath}/${issueCode(access, nowMillis)}`;

/**
 * Proves to anyone who knows the token that a server knows it too, without telling it. The port is part of it: what listens
 * elsewhere and passes the question on proves nothing.
 */
const proofFor = (token: string, asked: string, port: number): string =>
  derivedFromSecret(token, `proof/${port}/${asked}`);

export const createAccess = (token: string, now: () => number): Access => {
  const run = newSecret();
  /** Codes that were used. None is forgotten for its age: on a clock that jumps ahead and back it would be good again. */
  const used = new Set<string>();
  const letIn = new Map<string, { readonly until: number; readonly account: MachineAccount }>();
  return {
    token,
    run,
    proof: (asked, port) => proofFor(token, asked, port),
    redeem: (code, account) => {
      const [issued = '', drawn = '', proof = ''] = code.split('.');
      if (!sameSecret(proof, derivedFromSecret(token, `code/${run}/${issued}.${drawn}`))) return undefined;
      const until = Number.parseInt(issued, 36) + codeMinutes * 60_000;
      if (!(until >= now()) || used.has(code) || account === null) return undefined;
      used.add(code);
      const cookie = newSecret();
      letIn.set(hashSecret(cookie), { until: now() + sessionSeconds * 1000, account });
      for (const [kept, most] of [
        [letIn, mostSessions],
        [used, mostUsed],
      ] as const) {
        const [first = ''] = kept.keys();
        if (kept.size > most) kept.delete(first);
      }
      return cookie;
    },
    isLetIn: (cookie, account) => {
      const found = letIn.get(hashSecret(cookie));
      return found !== undefined && found.until > now() && found.account === account;
    },
  };
};

/** The file of a workspace, for its owner alone, from which programs take the token and where the server is. */
const accessFileName = 'access.json';

const accessSchema = z.strictObject({
  token: z.string().min(32).max(200),
  /** Of the server that was started last. */
  url: z.string().nullable(),
  /** Its run: what codes are made for. */
  run: z.string().default(''),
});
type AccessFile = z.output<typeof accessSchema>;

/** Undefined where no server was ever started there. Throws `BadInputError` where the file is not what it should be. */
export const readAccess = async (folder: string): Promise<AccessFile | undefined> => {
  const file = join(folder, accessFileName);
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return content === undefined ? undefined : parseJsonDocument(accessSchema, content, file);
};

/** The workspace's token, made at the first start; to have another, the file is deleted. */
export const tokenOf = async (folder: string): Promise<string> => {
  const known = await readAccess(folder);
  if (known !== undefined) return known.token;
  const token = newSecret();
  await writeAccess(folder, { token, url: null, run: '' });
  return token;
};

export const writeAccess = (folder: string, access: AccessFile): Promise<void> =>
  writeJsonFile(join(folder, accessFileName), access);

/**
 * True where a server of this workspace answers at the address. It is asked for a proof that it knows the token; the
 * token itself is not sent, since the port may be another account's by now.
 */
export const answersAt = async ({ url, token }: AccessFile): Promise<boolean> => {
  // Never another machine, whatever the file says.
  const port = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(url ?? '')?.[1];
  if (port === undefined) return false;
  const asked = randomBytes(16).toString('base64url');
  const signal = AbortSignal.timeout(2_000);
  const proof = await fetch(`${url}${openPath}?proof=${asked}`, { signal, redirect: 'error' })
    .then(async (answer) => String(await readAtMost(answer, 200)))
    .catch(() => '');
  return sameSecret(proof, proofFor(token, asked, Number(port)));
};
