import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hashPassword } from '../../src/access/passwords.ts';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { pageToken } from '../../src/http/guard.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import type { ClientHeaders } from '../../tests/support/clients.ts';

/** People who are signed in, and somebody at the door who is not. */
export interface SignedIn {
  readonly headersOf: (client: number) => ClientHeaders;
  /** Ends what they do by themselves; answers what went wrong with it, a line each. */
  stop(): Promise<readonly string[]>;
}

export interface People {
  /** A copy of the workspace, with an account for each of them. */
  readonly folder: string;
  signIn(url: string): Promise<SignedIn>;
  remove(): Promise<void>;
}

const password = 'lantern-orbit-velvet-42';
const json = { 'content-type': 'application/json' };
const userOf = (client: number): string => `planner-${client}`;

/** Cookies of a browser that signed in: its session, and that it is known. */
const cookiesOf = async (url: string, user: string, known = ''): Promise<readonly string[]> => {
  const answer = await fetch(`${url}${apiRoot}/sign-in`, {
    method: 'POST',
    headers: { ...json, cookie: known },
    body: JSON.stringify({ user, password }),
  });
  if (answer.status !== 204) throw new Error(`${user} is not let in: ${answer.status}`);
  return answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
};

const headersOf = (cookies: readonly string[]): ClientHeaders => {
  const [, session = ''] = cookies.find((cookie) => cookie.includes('-session'))?.split('=') ?? [];
  return { cookie: cookies.join('; '), [tokenHeader]: pageToken(session) };
};

/** Says every ten seconds what a page shows, as pages do. */
const tellPresence = async (
  url: string,
  headers: ClientHeaders,
  stopping: AbortSignal,
  errors: string[],
): Promise<void> => {
  const body = JSON.stringify({ page: 'p', places: ['plan/latest'], doing: 'looking' });
  for (;;) {
    const answer = await fetch(`${url}${apiRoot}/presence`, {
      method: 'PUT',
      headers: { ...headers, ...json },
      body,
    });
    await answer.arrayBuffer();
    if (!answer.ok) errors.push(`/presence ${answer.status}`);
    await pause(10_000, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
  }
};

/** Guesses at a password five times a second; answers how often each status came. */
const guess = async (url: string, user: string, stopping: AbortSignal): Promise<Map<number, number>> => {
  const seen = new Map<number, number>();
  while (!stopping.aborted) {
    const body = JSON.stringify({ user, password: `guess-number-${seen.size}-of-many` });
    const answer = await fetch(`${url}${apiRoot}/sign-in`, { method: 'POST', headers: json, body });
    await answer.arrayBuffer();
    seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    await pause(200, undefined, { signal: stopping }).catch(() => undefined);
  }
  return seen;
};

const signInAll = async (url: string, count: number): Promise<SignedIn> => {
  const browsers: (readonly string[])[] = [];
  for (let client = 0; client < count; client += 1) browsers.push(await cookiesOf(url, userOf(client)));
  const known = browsers.map(headersOf);
  const stopping = new AbortController();
  const errors: string[] = [];
  const present = known.map((headers) => tellPresence(url, headers, stopping.signal, errors));
  const guessed = guess(url, userOf(0), stopping.signal);
  return {
    headersOf: (client) => known[client] ?? {},
    stop: async () => {
      stopping.abort();
      await Promise.all(present);
      const statuses = await guessed;
      console.log(
        `guesses at one account: ${[...statuses].map(([status, n]) => `${n} × ${status}`).join(', ')}`,
      );
      if (statuses.get(401) !== 5 || (statuses.get(429) ?? 0) === 0)
        errors.push('the guesser was not made to wait after five tries');
      const own = browsers[0]?.find((cookie) => cookie.includes('-browser')) ?? '';
      for (const [user, cookie] of [
        [userOf(0), own],
        [userOf(1), ''],
      ] as const)
        await cookiesOf(url, user, cookie).catch((error: unknown) => errors.push(String(error)));
      return errors;
    },
  };
};

/** A copy of a workspace with so many planners who have a password. */
export const makePeople = async (workspace: string, count: number): Promise<People> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-load-'));
  await cp(workspace, folder, { recursive: true });
  const { accounts, close } = await openWorkspace(folder).then((opened) => ({
    accounts: opened.accounts,
    close: () => opened.close(),
  }));
  const kept = await hashPassword(password);
  for (let client = 0; client < count; client += 1) {
    const user = userOf(client);
    const rest = { disabled: false, createdMillis: Date.now(), invitation: null, openid: null };
    await accounts.addAccount({ user, id: user, name: user, password: kept, ...rest });
    await accounts.setRole(user, 'planner', null);
  }
  await close();
  return {
    folder,
    signIn: (url) => signInAll(url, count),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
