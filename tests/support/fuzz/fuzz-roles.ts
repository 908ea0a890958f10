import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createAccounts } from '../../../src/access/accounts.ts';
import { createApiTokens } from '../../../src/access/recognise.ts';
import { hashPassword } from '../../../src/access/passwords.ts';
import { createSignIn } from '../../../src/access/sign-in.ts';
import { createSignInThrottle } from '../../../src/access/sign-in-context.ts';
import { isForAnyone, mayUse, type Caller } from '../../../src/contract/access/rights.ts';
import { roles, tokenScopes } from '../../../src/contract/access/roles.ts';
import { apiRoot, tokenHeader } from '../../../src/contract/http/api-root.ts';
import { endpoints, type EndpointName } from '../../../src/contract/http/endpoints.ts';
import { settingsSchema } from '../../../src/contract/settings.ts';
import { pageToken } from '../../../src/http/guard.ts';
import { serveWorkspace } from '../../../src/http/serve-workspace.ts';
import { localActor } from '../../../src/kernel/actor.ts';
import { mayStep, planStepNames, type PlanStepName } from '../../../src/contract/plan-states.ts';
import { seededRandom, type Random } from '../../../src/kernel/random.ts';
import { makeDemo } from '../../../src/planning/make-demo.ts';
import { createWorkspace } from '../../../src/store/create-workspace.ts';
import { openWorkspace } from '../../../src/store/open-workspace.ts';
import { simplifyShifts } from '../simplify-shifts.ts';
import { trafficRows } from '../traffic-rows.ts';
import { oneOf } from './draw.ts';
import { drawRequest, operationsOf, type DescribedOperation } from './draw-request.ts';
import type { Json } from './fuzz-json.ts';

export interface RoleFuzzOutcome {
  readonly asked: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Each with its caller and try. */
  readonly faults: readonly string[];
}

interface Wish {
  readonly seed: number;
  readonly triesEach: number;
  readonly modelsFrom: string;
  /** Only callers whose name holds this. */
  readonly only?: string;
  /** On a made-up line with a plan that is published and a roster, which half of the requests are about. */
  readonly stored?: boolean;
  readonly tell?: (line: string) => void;
}

/** Somebody who asks; undefined where nobody is known. */
export interface Asker {
  readonly name: string;
  readonly caller: Caller | undefined;
  readonly headers: () => Promise<Record<string, string>>;
}

/** Another operator than the one who asks: an operator's answers never name them. */
const otherOperator = 'Z9-somebody-else';
const ownOperator = 'A01';
const settings = settingsSchema.parse({
  port: 0,
  signIn: 'on',
  logLevel: 'silent',
  requestsPerMinute: 1_000_000,
  threads: 1,
});

/** What no answer holds: ways in as they are kept, places of this machine, the inside of an error. */
const leaks = /\$argon2id|node_modules|\.ts:\d+:\d+|^\s+at \w|SQLITE_|"hash"|"invitation"/m;

const nameOf = new Map(
  Object.entries(endpoints).map(([name, { method, path }]) => [
    `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    name as EndpointName,
  ]),
);

/** Sends requests drawn from the API's own description as every role, program and stranger; looks at every answer. */
export const fuzzRoles = async ({
  seed,
  triesEach,
  modelsFrom,
  only = '',
  stored = false,
  tell,
}: Wish): Promise<RoleFuzzOutcome> => {
  const root = await mkdtemp(join(tmpdir(), 'huawu-roles-'));
  const folder = join(root, 'line');
  const made = await createWorkspace(folder, { modelsFrom });
  if (stored) {
    await makeDemo(made.store, await shortDemo());
    await simplifyShifts(join(folder, 'models', 'shifts.json'));
  } else await made.store.write('traffic', trafficRows('general', 500));
  await made.store.write(
    'operators',
    [ownOperator, otherOperator].map((operator) => ({ operator, skills: ['general'], contractHours: 40 })),
  );
  await made.close();
  const server = await serveWorkspace({ folder, settings });
  const beside = await openWorkspace(folder, settings);
  try {
    const all = await openAskers(beside.accounts, server.port);
    const chief = all.find(({ name }) => name === 'administrator, session');
    const ids = stored && chief !== undefined ? await makeStored(server.url, await chief.headers()) : {};
    const askers = all.filter(({ name }) => name.includes(only));
    const described = (await (await fetch(`${server.url}${apiRoot}/openapi.json`)).json()) as Json;
    const operations = operationsOf(described).filter(({ path }) => !path.startsWith('/files'));
    const statuses: Record<string, number> = {};
    const faults: string[] = [];
    for (const asker of askers) {
      const random = seededRandom(seed);
      for (let turn = 0; turn < triesEach; turn += 1) {
        const operation = aboutStored(oneOf(random, operations), ids, random);
        const told = await askOnce(server.url, asker, operation, described, random);
        statuses[told.status] = (statuses[told.status] ?? 0) + 1;
        for (const fault of told.faults) faults.push(`${asker.name}, try ${turn}: ${fault}`);
      }
      tell?.(`${asker.name}: ${triesEach} requests, ${faults.length} faults so far`);
    }
    return { asked: askers.length * triesEach, statuses, faults };
  } finally {
    await beside.close();
    await server.close();
    await rm(root, { recursive: true, force: true });
  }
};

/** An operation whose path names what is there; `described`: as the description has it. */
interface AskedOperation extends DescribedOperation {
  readonly described?: string;
}

/** Every other time an operation is about what is stored. */
const aboutStored = (
  operation: DescribedOperation,
  ids: Readonly<Record<string, string>>,
  random: Random,
): AskedOperation => {
  if (random.uniform() < 0.5) return operation;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (said, name: string) => ids[name] ?? said);
  return { ...operation, path, described: operation.path };
};

/** Ten weeks of one queue. */
const shortDemo = async (): Promise<object> => {
  const file = new URL('../../../data/demo.json', import.meta.url);
  const demo = JSON.parse(await readFile(file, 'utf8')) as { queues: unknown[] };
  return { ...demo, days: 70, queues: demo.queues.slice(0, 1) };
};

/** A published plan and a roster on it, by what their parameters are called. */
const makeStored = async (
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const send = async (method: string, path: string, body?: object): Promise<Json> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json', 'if-match': '*' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Json;
  };
  const made = async (path: string, body: object): Promise<string> => {
    const { id } = (await send('POST', `${apiRoot}${path}`, body)) as { id: string };
    for (;;) {
      const job = (await send('GET', `${apiRoot}/jobs/${id}`)) as { state: string; result: string | null };
      if (job.state === 'done') return ((await send('GET', job.result ?? '')) as { id: string }).id;
      if (job.state === 'failed') throw new Error(JSON.stringify(job));
      await pause(200);
    }
  };
  const plan = await made('/plans', {});
  for (const step of ['propose', 'approve', 'publish'])
    await send('PUT', `${apiRoot}/plans/${plan}/state`, { step });
  return { plan, roster: await made('/rosters', { weeks: 1 }) };
};

const askOnce = async (
  url: string,
  { caller, headers }: Asker,
  operation: AskedOperation,
  described: Json,
  random: Random,
): Promise<{ readonly status: number; readonly faults: readonly string[] }> => {
  const endpoint = nameOf.get(`${operation.method} ${operation.described ?? operation.path}`);
  if (endpoint === undefined) return { status: 0, faults: [`${operation.path} is no endpoint`] };
  const { method, path, body } = drawRequest(operation, described, random, oneOf(random, [0, 0.05, 0.3]));
  const response = await fetch(`${url}${apiRoot}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(await headers()), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  });
  const { status } = response;
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = streams ? '' : await response.text();
  if (streams) await response.body?.cancel();
  const at = `${method} ${path.slice(0, 200)} ${(body ?? '').slice(0, 200)}: ${status}`;
  const faults: string[] = [];
  if (status >= 500) faults.push(`${at} ${text.slice(0, 200)}`);
  const may = caller === undefined ? isForAnyone(endpoint) && 'all' : mayUse(caller, endpoint);
  if (may === false && status !== (caller === undefined ? 401 : 403)) faults.push(`${at}: not refused`);
  const refused = status === 401 || (status === 403 && may === 'all');
  if (may !== false && refused && !mayRefuse(endpoint, caller, body))
    faults.push(`${at}: refused though the table says ${may} ${text.slice(0, 160)}`);
  if (endpoint !== 'openApi' && leaks.test(text))
    faults.push(`${at}: tells ${String(leaks.exec(text)?.[0])}`);
  if (caller?.role === 'operator' && text.includes(otherOperator))
    faults.push(`${at}: names another operator`);
  return { status, faults };
};

/**
 * Where more than the table of rights is asked: the right password or code, a role for a step in a plan's life, the right
 * to change events for a note that forecasts use.
 */
const mayRefuse = (endpoint: EndpointName, caller: Caller | undefined, body: string | undefined): boolean => {
  if (isForAnyone(endpoint) || endpoint === 'changePassword') return true;
  if (endpoint === 'changeDiaryNote' || endpoint === 'removeDiaryNote' || endpoint === 'addDiaryNote') {
    const { event } = JSON.parse(body ?? '{}') as { readonly event?: boolean };
    const movesForecasts = event === true || endpoint !== 'addDiaryNote';
    return movesForecasts && caller !== undefined && mayUse(caller, 'changeEvent') === false;
  }
  if (endpoint !== 'stepPlan') return false;
  const { step } = JSON.parse(body ?? '{}') as { readonly step?: PlanStepName };
  return step !== undefined && planStepNames.includes(step) && !mayStep(step, caller?.role);
};

type Store = Parameters<typeof createAccounts>[0]['store'];

export const openAskers = async (store: Store, port: number): Promise<readonly Asker[]> => {
  const ground = { store, now: Date.now };
  const signIn = createSignIn({
    ...ground,
    throttle: createSignInThrottle(Date.now),
    idleMillis: 3_600_000,
    longestMillis: 36_000_000,
  });
  const accounts = createAccounts(ground, localActor);
  const password = await hashPassword('lantern-orbit-velvet-42');
  const askers: Asker[] = [{ name: 'nobody', caller: undefined, headers: async () => ({}) }];
  for (const role of [...roles, null]) {
    const user = `someone-${role ?? 'without'}`;
    await accounts.add({ user, name: user, role, operator: role === 'operator' ? ownOperator : null });
    await store.changeAccount(user, { password, invitation: null });
    let secret = '';
    askers.push({
      name: `${role ?? 'no role'}, session`,
      caller: { by: 'session', role },
      // Whoever signed out, or was signed out, comes in again.
      headers: async () => {
        if ((await signIn.bySession(secret)) === undefined)
          secret = (await signIn.welcome(await accounts.member(user))).secret;
        return { cookie: `huawu-session-${port}=${secret}`, [tokenHeader]: pageToken(secret) };
      },
    });
    for (const scope of role === null ? [] : tokenScopes) {
      const tokens = createApiTokens(ground);
      const issued = await tokens.issue(localActor, { user, name: 'p', scope, days: 2 });
      const authorization = `Bearer ${issued.secret}`;
      askers.push({
        name: `${role}, token ${scope}`,
        caller: { by: 'token', role, scope },
        headers: async () => ({ authorization }),
      });
    }
  }
  return askers;
};
