import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { createApiTokens } from '../../src/access/recognise.ts';
import { type AccountStore, notedAccounts } from '../../src/access/accounts.ts';
import { localActor } from '../../src/kernel/actor.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { createSignIn } from '../../src/access/sign-in.ts';
import { createSignInThrottle, type SignInEvent } from '../../src/access/sign-in-context.ts';
import type { Role } from '../../src/contract/access/roles.ts';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { createApp } from '../../src/http/create-app.ts';
import { pageToken } from '../../src/http/guard.ts';
import type { OpenIdServices, Services } from '../../src/http/services.ts';
import type { Store } from '../../src/planning/ports.ts';
import { createAccountStore, openDatabase } from '../../src/store/open-store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { addLine } from '../../src/store/facts.ts';
import { standInServices } from './stand-ins.ts';

export const setUpCode = 'ABCD-EFGH-JKLM-NPQR';
export const password = 'lantern-orbit-velvet-42';
/** As it is kept of whoever is added: worked out once. */
let kept: Promise<string> | undefined;

/** A browser: it keeps its cookies and, of the page that it shows, the token. */
export interface TestBrowser {
  readonly cookies: Map<string, string>;
  get(path: string): request.Test;
  send(method: 'head' | 'post' | 'put' | 'delete', path: string, body?: object): request.Test;
  signIn(user: string, given?: string): request.Test;
}

export interface TestDoor {
  readonly app: Express;
  readonly url: string;
  readonly accounts: AccountStore;
  /** Of another hotline of the same database. */
  readonly others: AccountStore;
  readonly services: Services;
  /** The records beside the accounts, with the log of changes. */
  readonly store: Store;
  /** What was told of who came and went. */
  readonly heard: readonly SignInEvent[];
  readonly clock: { now: number };
  browser(): TestBrowser;
  /** Somebody with a password and a role. */
  addMember(user: string, role: Role | null, operator?: string): Promise<void>;
  close(): Promise<void>;
}

/** An app where people sign in: real accounts in a real database, everything else standing in. */
export const openDoorway = async (
  more: Partial<Services> = {},
  openId?: OpenIdServices,
): Promise<TestDoor> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-door-'));
  const database = await openDatabase({ folder }, { create: true });
  await addLine(database, 'other');
  const clock = { now: Date.UTC(2026, 10, 26, 8) };
  const now = (): number => clock.now;
  const [accounts, others] = [
    createAccountStore(database, 'main', now),
    createAccountStore(database, 'other', now),
  ];
  const heard: SignInEvent[] = [];
  const ground = {
    store: accounts,
    throttle: createSignInThrottle(now),
    now,
    idleMillis: 60 * 60_000,
    longestMillis: 12 * 3_600_000,
    setUpCode,
    heard: (event: SignInEvent) => void heard.push(event),
  };
  const looked = notedAccounts(ground, localActor);
  const services = standInServices(
    {},
    {
      door: {
        hotline: accounts.hotline,
        signIn: createSignIn(ground),
        accounts: (actor) => notedAccounts(ground, actor),
        tokens: createApiTokens(ground),
        rolesOf: (user) => accounts.rolesOf(user),
        ...(openId === undefined ? {} : { openId }),
      },
      ...more,
    },
  );
  const app = createApp(services);
  // One port for all requests: the cookies' names bear it.
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    app,
    url,
    accounts,
    others,
    services,
    store: createStore(database, 'main', { actor: localActor, now }),
    heard,
    clock,
    browser: () => openBrowser(url),
    addMember: async (user, role, operator) => {
      await looked.add({ user, name: `${user} name`, role, operator: operator ?? null });
      kept ??= hashPassword(password);
      await accounts.changeAccount(user, { password: await kept, invitation: null });
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
};

const openBrowser = (url: string): TestBrowser => {
  const cookies = new Map<string, string>();
  const withCookies = (test: request.Test): request.Test => {
    const session = [...cookies].find(([name]) => name.includes('session'))?.[1];
    return test
      .set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
      .set(session === undefined ? {} : { [tokenHeader]: pageToken(session) })
      .expect((answer) => {
        for (const line of (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
          const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
          if (value === '') cookies.delete(name);
          else cookies.set(name, value);
        }
      });
  };
  return {
    cookies,
    get: (path) => withCookies(request(url).get(`${apiRoot}${path}`)),
    send: (method, path, body) => withCookies(request(url)[method](`${apiRoot}${path}`).send(body)),
    signIn: (user, given = password) =>
      withCookies(request(url).post(`${apiRoot}/sign-in`).send({ user, password: given })),
  };
};
