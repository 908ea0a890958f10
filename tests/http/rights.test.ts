import { localActor } from '../../src/kernel/actor.ts';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayUse, rights, type Caller, type Right } from '../../src/contract/access/rights.ts';
import { roles, tokenScopes } from '../../src/contract/access/roles.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { planStepNames, planSteps } from '../../src/contract/plan-states.ts';
import { type EndpointName, endpoints, versionedEndpoints } from '../../src/contract/http/endpoints.ts';
import type { Endpoint } from '../../src/contract/http/endpoint.ts';
import { createApp, refuseUnlisted } from '../../src/http/create-app.ts';
import { openDoorway, type TestBrowser, type TestDoor } from './door.ts';
import { standInServices } from './stand-ins.ts';

const all = Object.entries(endpoints) as [EndpointName, Endpoint][];
const pathOf = ({ path }: Endpoint): string => path.replaceAll(/:\w+/g, '1');
/** What would end the very session that asks, or everybody's: tried where sign-in itself is. */
const spared: readonly EndpointName[] = ['signOut', 'changePassword', 'tieProvider', 'signIn', 'setUp'];
const tried = all.filter(([name]) => !spared.includes(name));

/** Somebody of each role on this hotline, each role on the other one, and with each kind of token. */
const callers: readonly (Caller & { readonly user: string; readonly place: 'here' | 'elsewhere' })[] = [
  ...roles.map((role) => ({ user: role, by: 'session', role, place: 'here' }) as const),
  ...roles.map((role) => ({ user: `${role}-there`, by: 'session', role: null, place: 'elsewhere' }) as const),
  ...roles.flatMap((role) =>
    tokenScopes.map((scope) => ({ user: role, by: 'token', role, scope, place: 'here' }) as const),
  ),
];

/** What each write that is decided on a version takes, where it takes anything. */
const bodies: Partial<Record<EndpointName, object>> = {
  putModel: {},
  putModels: { targets: {} },
  addOverrule: {
    queue: null,
    date: '2026-03-02',
    from: null,
    to: null,
    factor: 1.1,
    calls: null,
    reason: 'fair',
    author: 'p',
  },
  changeDiaryNote: { date: '2026-03-03', kind: 'weather', text: 'storm' },
  namePlan: { name: 'a' },
  stepPlan: { step: 'propose' },
  notePlan: { text: 'a' },
  changeRoster: { roster: 'r', moves: [{ operator: 'A01', date: '2026-03-02', shift: 'day' }] },
  publishRoster: {},
  takeDayAction: { action: 'stay-longer A01 480-1080' },
  takeDayActions: { actions: ['stay-longer A01 480-1080'] },
  stepDayAction: { step: 'take-back' },
};

let door: TestDoor;
const browsers = new Map<string, TestBrowser>();
const tokens = new Map<string, string>();

beforeAll(async () => {
  door = await openDoorway();
  for (const role of roles) {
    await door.addMember(role, role, role === 'operator' ? 'A01' : undefined);
    await door.addMember(`${role}-there`, null);
    await door.others.setRole(`${role}-there`, role, null);
    for (const scope of tokenScopes) {
      const issued = await door.services.door?.tokens.issue(localActor, {
        user: role,
        name: 'p',
        scope,
        days: 1,
      });
      tokens.set(`${role} ${scope}`, issued?.secret ?? '');
    }
    for (const user of [role, `${role}-there`]) {
      const browser = door.browser();
      await browser.signIn(user).expect(204);
      browsers.set(user, browser);
    }
  }
});
afterAll(() => door.close());

/** A stream of events goes on until somebody leaves: its head says as much. */
const methodOf = ({ method, path }: Endpoint): Endpoint['method'] | 'head' =>
  path === '/day/events' ? 'head' : method;

const ask = async (caller: (typeof callers)[number], endpoint: Endpoint): Promise<number> => {
  const [method, path] = [methodOf(endpoint), pathOf(endpoint)];
  if (caller.by === 'token') {
    const secret = tokens.get(`${caller.user} ${caller.scope ?? ''}`) ?? '';
    const client = request(door.app);
    const { status } = await client[method](`${apiRoot}${path}`).set('Authorization', `Bearer ${secret}`);
    return status;
  }
  const browser = browsers.get(caller.user);
  const answered = method === 'get' ? browser?.get(path) : browser?.send(method, path);
  return (await answered)?.status ?? 0;
};

describe.each(tried)('%s is answered as the table of rights says', (name, endpoint) => {
  test.each(callers.map((caller) => [`${caller.user} ${caller.by} ${caller.scope ?? ''}`, caller] as const))(
    '%s',
    async (_, caller) => {
      const status = await ask(caller, endpoint);
      if (mayUse(caller, name) === false) expect(status).toBe(403);
      else expect([401, 403]).not.toContain(status);
    },
  );
  test('nobody that is known', async () => {
    const { status } = await request(door.app)[methodOf(endpoint)](`${apiRoot}${pathOf(endpoint)}`);
    expect(status === 401).toBe((rights[name] as Right).anyone !== true);
  });
});

describe('what the table says', () => {
  const may = (role: Caller['role'], name: EndpointName) => mayUse({ by: 'session', role }, name);
  const writes = all
    .filter(([, { method, status }]) => method !== 'get' && status !== 202)
    .map(([name]) => name);
  test('a viewer and a bureau change nothing but their own account, and give up work of their own', () => {
    const own = [
      'signIn',
      'setUp',
      'signOut',
      'changePassword',
      'tieProvider',
      'notePresence',
      'endSession',
      'addToken',
      'removeToken',
      'cancelJob',
    ];
    for (const role of ['viewer', 'bureau'] as const)
      expect(writes.filter((name) => may(role, name) !== false).sort()).toEqual(own.toSorted());
  });
  test('an operator sees rosters, and only their own part', () => {
    const seen = all.map(([name]) => name).filter((name) => may('operator', name) === 'own');
    expect(seen.sort()).toEqual(['roster', 'rosterChanges', 'rosterFile', 'rosters', 'swapDuties']);
    expect(may('operator', 'plan')).toBe(false);
  });
  test('people are an administrator’s business, and never a program’s', () => {
    const people = ['members', 'addMember', 'changeMember', 'inviteMember', 'endSessions'] as const;
    for (const name of people) {
      expect(roles.filter((role) => may(role, name) !== false)).toEqual(['administrator']);
      expect(mayUse({ by: 'token', role: 'administrator', scope: 'write' }, name)).toBe(false);
    }
  });
  test('a token that reads writes nothing', () => {
    const token: Caller = { by: 'token', role: 'administrator', scope: 'read' };
    expect(writes.filter((name) => mayUse(token, name) !== false)).toEqual(['signIn', 'setUp']);
  });
  test('a feed’s token hands in rows and can do nothing else', () => {
    const open = all.filter(([name]) => (rights[name] as Right).anyone === true).map(([name]) => name);
    for (const role of roles) {
      const may = all.filter(([name]) => mayUse({ by: 'token', role, scope: 'feed' }, name) !== false);
      const own = role === 'planner' || role === 'administrator' ? ['pushRows', 'pushStream'] : [];
      expect(may.map(([name]) => name).sort()).toEqual([...open, ...own].sort());
    }
  });
  test('on one’s own machine nothing is refused', () => {
    expect(all.filter(([name]) => mayUse({ by: 'local', role: null }, name) !== 'all')).toEqual([]);
  });
});

test('a path beside the API of which nobody has said who may does not start', () => {
  const app = createApp(standInServices());
  expect(() => refuseUnlisted(app)).not.toThrow();
  const more = express();
  more.get('/secret', (_request, response) => void response.send('x'));
  expect(() => refuseUnlisted(more)).toThrow('/secret');
});

test('an endpoint that is described but never answered would be seen: each is routed', async () => {
  for (const [name, endpoint] of all) {
    const client = request(createApp(standInServices()));
    const { status, body } = await client[methodOf(endpoint)](`${apiRoot}${pathOf(endpoint)}`).set(
      'x-huawu-token',
      'a-token-of-at-least-thirty-two-characters',
    );
    expect([name, status === 404 ? (body as { type: string }).type : '']).not.toEqual([
      name,
      'urn:huawu:not-found',
    ]);
  }
});

test.each(roles)(
  'a step in the life of a plan is taken by %s only as the table of steps has it',
  async (role) => {
    const refused: string[] = [];
    for (const step of planStepNames) {
      const answer = await browsers
        .get(role)
        ?.send('put', '/plans/1/state', { step, reason: 'why' })
        .set('If-Match', '*');
      if (answer?.status === 403) refused.push(step);
    }
    expect(refused).toEqual(
      planStepNames.filter((step) => !planSteps[step].roles.some((each) => each === role)),
    );
  },
);

test.each(['team-leader', 'planner'] as const)(
  'a note of a day by a %s: only who may change events lets forecasts use it',
  async (role) => {
    const note = { date: '2026-03-03', kind: 'weather', text: 'storm' };
    const send = async (event: boolean) =>
      (await browsers.get(role)?.send('post', '/diary', { ...note, event }))?.status === 403;
    expect([await send(false), await send(true)]).toEqual([false, role === 'team-leader']);
  },
);

test.each([...versionedEndpoints])(
  '%s of a page must say on which version it was decided; a program may leave it out',
  async (name) => {
    const { method, path } = endpoints[name];
    const body = bodies[name];
    const address = path.replaceAll(/:model/g, 'targets').replaceAll(/:\w+/g, '1');
    const page = browsers.get('planner');
    const write = (): request.Test | undefined => page?.send(method as 'put', address, body);
    expect((await write())?.status).toBe(428);
    expect((await write()?.set('If-Match', '"1"'))?.status).not.toBe(428);
    const program = request(door.app)[method](`${apiRoot}${address}`);
    const token = tokens.get('planner write') ?? '';
    expect((await program.set('Authorization', `Bearer ${token}`).send(body)).status).not.toBe(428);
  },
);
