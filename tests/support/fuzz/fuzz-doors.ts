import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rightsBeside } from '../../../src/contract/access/rights.ts';
import { apiRoot } from '../../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../../src/contract/settings.ts';
import { seededRandom, type Random } from '../../../src/kernel/random.ts';
import { makeDemo } from '../../../src/planning/make-demo.ts';
import { createWorkspace } from '../../../src/store/create-workspace.ts';
import { openWorkspace } from '../../../src/store/open-workspace.ts';
import { runCommand } from '../run-command.ts';
import { trafficRows } from '../traffic-rows.ts';
import { chance, oneOf } from './draw.ts';
import { drawRequest, operationsOf, type DescribedOperation } from './draw-request.ts';
import type { Json } from './fuzz-json.ts';
import { openAskers, type Asker } from './fuzz-roles.ts';
import { startFuzzedServer, type FuzzedServer } from './fuzzed-server.ts';

export interface DoorFuzzWish {
  readonly seed: number;
  /** Requests before anybody is signed in, and so many after. */
  readonly triesEach: number;
  /**
   * Instead of so many: both in turn for so long, over a hotline of seventy made-up days. Every tenth request of who is signed in orders
   * work that is good, and what work was accepted runs to its end.
   */
  readonly millis?: number;
  readonly modelsFrom: string;
  /** Only tries whose name holds this, as faults tell it: `nobody, try 17`. */
  readonly only?: string;
  readonly tell?: (line: string) => void;
}

export interface DoorFuzzOutcome {
  readonly asked: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Each with who asked, its try and its shape. */
  readonly faults: readonly string[];
  /** Largest refusal, bytes, and most processor time of a request, milliseconds, with what it was. */
  readonly largestRefusal: Worst;
  readonly dearest: Worst;
  /** Memory of the server, MB: after a quarter of what is asked last, at the end, and at most. */
  readonly megabytes: { readonly early: number; readonly late: number; readonly most: number };
  /** Work that ran to its end, by kind and how it ended. */
  readonly ended: Readonly<Record<string, number>>;
}

interface Worst {
  readonly value: number;
  readonly of: string;
}

/** What is asked of every answer. */
const mostRefusalBytes = 64 * 1024;
// The dearest take some 600 ms on a quiet machine, and up to thrice as much beside other work.
const mostProcessorMillis = 4000;
const mostMegabytes = 900;

interface DoorRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

interface DoorAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly bytes: number;
}

/** Sends requests that are large, deep, wide, slow and many to every route of a server that people sign in to. */
export const fuzzDoors = async ({
  seed,
  triesEach,
  millis = 0,
  modelsFrom,
  only = '',
  tell = () => undefined,
}: DoorFuzzWish): Promise<DoorFuzzOutcome> => {
  const root = await mkdtemp(join(tmpdir(), 'huawu-doors-'));
  const folder = join(root, 'line');
  const made = await createWorkspace(folder, { modelsFrom });
  if (millis === 0) await made.store.write('traffic', trafficRows('general', 500));
  else
    await makeDemo(made.store, {
      ...JSON.parse(await readFile(join(modelsFrom, '../data/demo.json'), 'utf8')),
      days: 70,
    });
  await made.close();
  const server = await startFuzzedServer(folder, {
    HUAWU_SIGN_IN: 'on',
    HUAWU_THREADS: millis === 0 ? '1' : '0',
  });
  const beside = await openWorkspace(folder, settingsSchema.parse({ signIn: 'on' }));
  try {
    const askers = (await openAskers(beside.accounts, Number(new URL(server.url).port))).filter(({ name }) =>
      ['nobody', 'administrator, session'].includes(name),
    );
    const outcome = await askAll(server, askers, { seed, triesEach, millis, only, tell });
    await server.close();
    const { code, out } = await runCommand(['doctor', '--json', '--workspace', folder]);
    return code === 0 ? outcome : { ...outcome, faults: [...outcome.faults, `doctor finds: ${out}`] };
  } finally {
    await beside.close();
    await server.close();
    await rm(root, { recursive: true, force: true });
  }
};

const askAll = async (
  server: FuzzedServer,
  askers: readonly Asker[],
  { seed, triesEach, millis: until, only, tell }: Required<Omit<DoorFuzzWish, 'modelsFrom'>>,
): Promise<DoorFuzzOutcome> => {
  const begun = performance.now();
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const slow = slowCallers(server.url);
  const described = JSON.parse(
    (await send(server.url, agent, { method: 'GET', path: `${apiRoot}/openapi.json`, headers: {} })).text,
  ) as Json;
  const operations = [...operationsOf(described).map(underApi), ...besideApi];
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  let largestRefusal: Worst = { value: 0, of: '' };
  let dearest: Worst = { value: 0, of: '' };
  let asked = 0;
  let early = Number.NaN;
  const ended: Record<string, number> = {};
  const underWay: Ordered[] = [];
  /** Counts work that is over; what is not stays under way. */
  const note = async (work: Ordered): Promise<void> => {
    const how = await stateOf(server.url, agent, work);
    if (how.endsWith(' queued')) return void underWay.push(work);
    if (how.endsWith(' running')) {
      work.since ??= performance.now();
      if (performance.now() - work.since < mostRunningMillis) return void underWay.push(work);
      if (!(await takeBack(server.url, agent, work.asker, work.answer)))
        faults.push(`work was not given up: ${work.answer.text.slice(0, 200)}`);
    }
    ended[how] = (ended[how] ?? 0) + 1;
    tell(`${Math.round((performance.now() - begun) / 1000)} s: ${how}, ${Math.round(server.megabytes())} MB`);
  };
  const isOver = (): boolean => until > 0 && performance.now() - begun > until;
  try {
    for (const [asker, turn] of until > 0 ? inTurn(askers, isOver) : oneByOne(askers, triesEach)) {
      const name = `${asker.name}, try ${turn}`;
      if (!name.includes(only)) continue;
      const random = seededRandom(seed, turn);
      const [shape, drawn] =
        until > 0 && asker.caller !== undefined && turn % 10 === 0 && underWay.length < 3
          ? order(random, turn)
          : draw(random, operations, described);
      if (chance(random, 0.01)) slow.begin(random);
      const headers = await asker.headers();
      const before = server.processorMillis();
      const { request, answer } =
        typeof drawn === 'string'
          ? { request: drawn.length, answer: await sendRaw(server.url, drawn) }
          : await sendDrawn(server.url, agent, drawn, headers);
      const millis = server.processorMillis() - before;
      asked += 1;
      const of = `${name} (${shape}) ${typeof drawn === 'string' ? drawn.slice(0, 80) : `${drawn.method} ${drawn.path.slice(0, 120)}`}: ${answer?.status ?? 'no answer'}`;
      const counted = `${asker.name} ${answer?.status ?? 'closed'}`;
      statuses[counted] = (statuses[counted] ?? 0) + 1;
      for (const fault of faultsOf(answer, request, drawn)) faults.push(`${of} ${fault}`);
      if (millis > mostProcessorMillis && until === 0)
        faults.push(`${of} took ${millis} ms of processor time`);
      if (millis > dearest.value) dearest = { value: millis, of };
      if (answer !== undefined && answer.status >= 400 && answer.bytes > largestRefusal.value)
        largestRefusal = { value: answer.bytes, of };
      if (answer?.status === 202 && until === 0) await takeBack(server.url, agent, asker, answer);
      if (answer?.status === 202 && until > 0) underWay.push({ asker, answer });
      for (const each of turn % 10 === 5 ? underWay.splice(0) : []) await note(each);
      const isEarly =
        until > 0
          ? performance.now() - begun > until / 4
          : asker === askers.at(-1) && turn === Math.floor(triesEach / 4);
      if (Number.isNaN(early) && isEarly) early = server.megabytes();
      if (asked % 500 === 0)
        tell(`${asked} requests, ${faults.length} faults, ${Math.round(server.megabytes())} MB`);
    }
    // What is under way runs to its end: ten minutes in which nothing ends are too long.
    for (let waited = 0; waited < 600 && underWay.length > 0; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const before = underWay.length;
      for (const each of underWay.splice(0)) await note(each);
      if (underWay.length < before) waited = 0;
    }
    for (const { answer } of underWay) faults.push(`work did not end: ${answer.text.slice(0, 200)}`);
    const health = await send(server.url, agent, { method: 'GET', path: '/health/live', headers: {} }).catch(
      () => undefined,
    );
    if (health?.status !== 200) faults.push('the server is gone');
    const [late, most] = [server.megabytes(), server.mostMegabytes()];
    if (most > mostMegabytes) faults.push(`the server took ${Math.round(most)} MB`);
    if (asked > 2000 && late > 1.5 * early + 50)
      faults.push(`memory grew from ${Math.round(early)} to ${Math.round(late)} MB`);
    return { asked, statuses, faults, largestRefusal, dearest, megabytes: { early, late, most }, ended };
  } finally {
    slow.end();
    agent.destroy();
  }
};

/** Every asker's tries, one asker after the other. */
function* oneByOne(askers: readonly Asker[], tries: number): Generator<readonly [Asker, number]> {
  for (const asker of askers) for (let turn = 0; turn < tries; turn += 1) yield [asker, turn];
}

/** Every asker's first try, then every asker's second, until it is over. */
function* inTurn(askers: readonly Asker[], isOver: () => boolean): Generator<readonly [Asker, number]> {
  for (let turn = 0; !isOver(); turn += 1) for (const asker of askers) yield [asker, turn];
}

/** Work that a planner orders. */
const order = (random: Random, turn: number): readonly [string, DoorRequest] => {
  // What is ordered first is what the rest is about.
  const [path, body] =
    turn === 0
      ? (['plans', {}] as const)
      : oneOf(random, [
          ['plans', {}],
          ['plans', { band: 'hot' }],
          ['plans', { handleTimeSeconds: Math.floor(60 * random.uniform()) }],
          ['forecasts', { days: 28 }],
          ['outlooks', {}],
          ['diversions', {}],
          ['comparisons', {}],
          ['accuracies', {}],
          ['rosters', {}],
        ] as const);
  const headers = { 'content-type': 'application/json' };
  return [`an order`, { method: 'POST', path: `${apiRoot}/${path}`, headers, body: JSON.stringify(body) }];
};

interface Ordered {
  readonly asker: Asker;
  readonly answer: DoorAnswer;
  /** When it was seen to run for the first time. */
  since?: number;
}

/** Work that runs longer (a search of fifty rounds over thirteen weeks was drawn) is given up by whoever ordered it. */
const mostRunningMillis = 120_000;

/** What work it is, and its state by now. */
const stateOf = async (url: string, agent: Agent, { asker, answer }: Ordered): Promise<string> => {
  const { id, kind } = JSON.parse(answer.text) as { readonly id: string; readonly kind: string };
  const path = `${apiRoot}/jobs/${id}`;
  const request = { method: 'GET', path, headers: await asker.headers() };
  // A connection that nobody has used for long may be closed in this very moment: it is asked over another.
  const { text } = await send(url, agent, request).catch(() => send(url, agent, request));
  return `${kind} ${/"state":"(\w+)"/.exec(text)?.[1] ?? 'forgotten'}`;
};

const underApi = (operation: DescribedOperation): DescribedOperation => ({
  ...operation,
  path: `${apiRoot}${operation.path}`,
});

/** The page, its files and what is for whatever watches the process. */
const besideApi: readonly DescribedOperation[] = [
  ...Object.keys(rightsBeside),
  '/assets',
  '/assets/x.js',
  '/app/index.html',
  '/favicon.svg',
  '/nowhere',
  apiRoot,
  `${apiRoot}/nowhere`,
  `${apiRoot}/lines/nowhere/plans`,
  `${apiRoot}/lines/main/plans`,
].map((path) => ({
  method: 'GET',
  path: path.replaceAll(/:(\w+)/g, '{$1}'),
  operation: { parameters: [{ name: 'code', in: 'path', schema: { type: 'string' } }] },
}));

/** What is wrong with an answer to a request of so many bytes; no answer is right only where the connection was closed. */
const faultsOf = (answer: DoorAnswer | undefined, requestBytes: number, drawn: Drawn): readonly string[] => {
  if (answer === undefined || answer.status < 400) return [];
  const { status, type, text, bytes } = answer;
  const faults: string[] = [];
  // The page may not be built: a browser is told how, and who asks for the head alone gets no text.
  const isHead = typeof drawn !== 'string' && drawn.method === 'HEAD' && !drawn.path.startsWith(apiRoot);
  const isBuildNote = status === 503 && (isHead || /npm run build|urn:huawu:not-built/.test(text));
  if (status >= 500 && !isBuildNote) faults.push(text.slice(0, 200));
  if (bytes > Math.max(mostRefusalBytes, 2 * requestBytes))
    faults.push(`refuses ${requestBytes} bytes with ${bytes}`);
  if (!isBuildNote && (type.includes('html') || /^\s*<(!doctype|html)/i.test(text)))
    faults.push('is a page of HTML');
  if (text !== '' && type !== 'application/problem+json' && !isBuildNote)
    faults.push(`is refused as ${type}`);
  return faults;
};

/** Gives up the job that was ordered, and waits until it is over: its processor time is not the next request's. */
const takeBack = async (url: string, agent: Agent, asker: Asker, answer: DoorAnswer): Promise<boolean> => {
  const { id } = JSON.parse(answer.text) as { readonly id: string };
  const path = `${apiRoot}/jobs/${id}`;
  await send(url, agent, { method: 'DELETE', path, headers: await asker.headers() });
  for (let turn = 0; turn < 100; turn += 1) {
    const { text } = await send(url, agent, { method: 'GET', path, headers: await asker.headers() });
    if (!/"state":"(queued|running)"/.test(text)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

type Drawn = DoorRequest | string;

const draw = (
  random: Random,
  operations: readonly DescribedOperation[],
  described: Json,
): readonly [shape: string, drawn: Drawn] => {
  const { method, path, body } = drawRequest(
    oneOf(random, operations),
    described,
    random,
    oneOf(random, [0, 0.3]),
  );
  const plain = {
    method,
    path: path.replace(/\?$/, ''),
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  };
  const [name, shape] = oneOf(random, shapes);
  return [name, shape(plain, random)];
};

type Shape = (plain: DoorRequest, random: Random) => Drawn;

/** Up to about so many, small ones more often. */
const upTo = (random: Random, most: number): number => Math.floor(most ** random.uniform());

const times = (n: number, make: (i: number) => string, between = ''): string =>
  Array.from({ length: n }, (_, i) => make(i)).join(between);

const withQuery = (plain: DoorRequest, query: string): DoorRequest => ({
  ...plain,
  path: `${plain.path.split('?')[0] ?? '/'}?${query}`,
});

/** Some part of a body is something else; the whole of it where it has no parts. */
const withPart = (plain: DoorRequest, random: Random, part: string): DoorRequest => {
  const method = plain.method === 'GET' && chance(random, 0.2) ? 'POST' : plain.method;
  if (plain.body === undefined || chance(random, 0.3)) return { ...plain, method, body: part };
  const found = JSON.parse(String(plain.body || 'null')) as Json;
  const keys = typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.keys(found) : [];
  if (keys.length === 0) return { ...plain, method, body: part };
  const changed = oneOf(random, keys);
  const parts = Object.entries(found as Record<string, Json>).map(
    ([key, value]) => `${JSON.stringify(key)}:${key === changed ? part : JSON.stringify(value)}`,
  );
  return { ...plain, method, body: `{${parts.join(',')}}` };
};

const withHeader = (plain: DoorRequest, name: string, value: string | string[]): DoorRequest => ({
  ...plain,
  headers: { ...plain.headers, [name]: value },
});

/** What a megabyte of a body, and what fits into a head, can hold. */
const inBody = 1_050_000;
const inHead = 15_000;

const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, 0x20));

const wrongPaths = [
  '%',
  '%zz',
  '%00',
  '%ff',
  '%c0%af',
  '..%2f..%2fetc',
  '%2e%2e/',
  '//',
  '\\..',
  ':',
  '[',
  '%5b',
];

const wrongLines = [
  'GET',
  'GET / HTTP/9.9',
  'GET  / HTTP/1.1',
  'BREW /pot HTTP/1.1',
  'GET http://[/open/x HTTP/1.1',
  'GET http://elsewhere.example/ HTTP/1.1',
  'CONNECT elsewhere.example:443 HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  `GET /${'a'.repeat(40_000)} HTTP/1.1`,
  '\u0016\u0003\u0001',
  'PRI * HTTP/2.0',
];

const shapes: readonly (readonly [string, Shape])[] = [
  ['plain', (plain) => plain],
  [
    'many names',
    (plain, random) =>
      withQuery(plain, times(upTo(random, 5000), (i) => i.toString(36), '&').slice(0, inHead)),
  ],
  [
    'one name often',
    (plain, random) => withQuery(plain, times(upTo(random, 3000), () => 'week=1', '&').slice(0, inHead)),
  ],
  [
    'a long value',
    (plain, random) =>
      withQuery(
        plain,
        `${oneOf(random, ['week', 'lang', 'x', '__proto__'])}=${oneOf(random, ['a', '%E8', '"', '<'])}`.padEnd(
          upTo(random, inHead),
          'b',
        ),
      ),
  ],
  [
    'a long path',
    (plain, random) => ({
      ...plain,
      path: `${plain.path.split('?')[0] ?? ''}/${oneOf(random, ['a', '/a', '"', '%22', '..']).repeat(upTo(random, inHead / 3))}`.slice(
        0,
        inHead,
      ),
    }),
  ],
  [
    'a long parameter',
    (plain, random) => ({
      ...plain,
      path: plain.path.replace(
        /\/[^/?]*(\?.*)?$/,
        `/${oneOf(random, ['a', '"', '%22', '%E8%AF%9D']).repeat(upTo(random, inHead / 9))}`,
      ),
    }),
  ],
  [
    'a wrong path',
    (plain, random) => ({
      ...plain,
      path: `${oneOf(random, [plain.path.split('?')[0] ?? '', '/open', '/assets', '', apiRoot])}/${oneOf(random, wrongPaths)}`,
    }),
  ],
  [
    'many keys',
    (plain, random) =>
      withPart(plain, random, `{${times(upTo(random, 70_000), (i) => `"k${i}":${i % 7}`, ',')}}`),
  ],
  [
    'long keys',
    (plain, random) =>
      withPart(
        plain,
        random,
        `{${times(12, (i) => `"${i}${'k'.repeat(upTo(random, inBody / 12))}":1`, ',')}}`,
      ),
  ],
  [
    'deep lists',
    (plain, random) => {
      const n = upTo(random, inBody / 2);
      return withPart(plain, random, '['.repeat(n) + ']'.repeat(n));
    },
  ],
  [
    'deep objects',
    (plain, random) => {
      const n = upTo(random, inBody / 6);
      return withPart(plain, random, `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`);
    },
  ],
  [
    'wide',
    (plain, random) => {
      const item = oneOf(random, ['0', '{}', '""', '[]', 'null', '{"a":1,"b":2}']);
      return withPart(plain, random, `[${times(upTo(random, inBody / (item.length + 1)), () => item, ',')}]`);
    },
  ],
  [
    'a long text',
    (plain, random) =>
      withPart(
        plain,
        random,
        JSON.stringify(
          oneOf(random, ['a', ' ', '(', '话', '\\', '\u0000', '1']).repeat(upTo(random, inBody / 3)),
        ),
      ),
  ],
  ['a long number', (plain, random) => withPart(plain, random, '9'.repeat(upTo(random, inBody)))],
  [
    'broken JSON',
    (plain, random) => ({
      ...plain,
      method: 'POST',
      body: (plain.body ?? '{"a":').toString().slice(0, upTo(random, 50)),
    }),
  ],
  [
    'another type',
    (plain, random) =>
      withHeader(
        { ...plain, method: 'POST', body: 'a=1' },
        'content-type',
        oneOf(random, [
          'text/html',
          'application/xml',
          'multipart/form-data; boundary=x',
          'application/json; charset=klingon',
          'x',
          'application/octet-stream',
          'application/x-www-form-urlencoded',
        ]),
      ),
  ],
  [
    'packed',
    (plain, random) =>
      withHeader(
        {
          ...plain,
          method: 'POST',
          body: oneOf(random, [bomb, bomb.subarray(0, 1000), Buffer.from('no zip')]),
        },
        'content-encoding',
        oneOf(random, ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'x']),
      ),
  ],
  [
    'many headers',
    ({ method, path }, random) =>
      `${method} ${path.slice(0, 200).replaceAll(/[^\u0021-\u007e]/g, '')} HTTP/1.1\r\nHost: HOST\r\n${times(upTo(random, 4000), (i) => `x${i}: 1\r\n`)}Connection: close\r\n\r\n`,
  ],
  [
    'a long header',
    (plain, random) =>
      withHeader(
        plain,
        oneOf(random, [
          'accept-language',
          'accept',
          'accept-encoding',
          'if-none-match',
          'if-match',
          'range',
          'cookie',
          'authorization',
          'x-forwarded-for',
          'origin',
          'x-huawu-token',
          'if-modified-since',
        ]),
        oneOf(random, ['a,', 'a;q=0.1,', 'bytes=0-1,', 'a=b;', '"x", ', '1.1.1.1, ', ' '])
          .repeat(upTo(random, inHead / 10))
          .trim() || 'x',
      ),
  ],
  [
    'another method',
    (plain, random) => ({
      method: oneOf(random, ['OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'PUT', 'DELETE', 'PROPFIND', 'POST']),
      path: plain.path,
      headers: {},
    }),
  ],
  [
    'a wrong line',
    (_plain, random) => `${oneOf(random, wrongLines)}\r\nHost: HOST\r\nConnection: close\r\n\r\n`,
  ],
  [
    'a wrong body',
    (_plain, random) =>
      `POST ${apiRoot}/${oneOf(random, ['sign-in', 'plans', 'set-up'])} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Type: application/json\r\n${oneOf(random, ['Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'Content-Length: x\r\n\r\n', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\naaaaa', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n', `Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`, 'Expect: the moon\r\n\r\n', 'Content-Length: 100\r\n\r\n{"user":'])}`,
  ],
  [
    'many at once',
    (_plain, random) =>
      `${times(upTo(random, 60), () => `GET ${apiRoot}/health?${'a&'.repeat(200)} HTTP/1.1\r\nHost: HOST\r\n\r\n`)}GET /nowhere HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n`,
  ],
];

const sendDrawn = async (
  url: string,
  agent: Agent,
  drawn: DoorRequest,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly request: number; readonly answer: DoorAnswer | undefined }> => {
  const given = { ...drawn, headers: { ...headers, ...drawn.headers } };
  const request =
    given.path.length +
    Object.entries(given.headers).reduce(
      (sum, [name, value]) => sum + name.length + String(value).length,
      0,
    ) +
    Buffer.byteLength(given.body ?? '');
  // A server may close a connection on what it does not want to read to its end.
  const answer = await send(url, agent, given).catch((error: NodeJS.ErrnoException) => {
    if (['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) return undefined;
    throw new Error(`${given.method} ${given.path.slice(0, 200)}: ${error.message}`, { cause: error });
  });
  return { request, answer };
};

const patienceMillis = 60_000;

const send = (url: string, agent: Agent, { method, path, headers, body }: DoorRequest): Promise<DoorAnswer> =>
  new Promise((resolve, reject) => {
    const asked = httpRequest(url, {
      agent,
      method,
      path: path.replaceAll(/[^\u0021-\u007e]/g, (character) => encodeURIComponent(character)),
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      timeout: patienceMillis,
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${patienceMillis} ms`)));
    asked.on('error', reject);
    asked.on('response', (answer) => {
      const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
      const status = answer.statusCode ?? 0;
      if (type === 'text/event-stream') {
        answer.destroy();
        resolve({ status, type, text: '', bytes: 0 });
        return;
      }
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => {
        const all = Buffer.concat(pieces);
        resolve({ status, type, text: all.toString(), bytes: all.length });
      });
    });
    asked.end(body);
  });

/** Text as it stands on the wire, and the last answer to it. A server that says nothing is left after a moment. */
const sendRaw = async (url: string, text: string): Promise<DoorAnswer | undefined> => {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  let said = '';
  socket.on('data', (piece: Buffer) => (said += piece.toString()));
  socket.on('error', () => undefined);
  socket.setTimeout(300, () => socket.destroy());
  socket.write(text.replaceAll('HOST', host));
  await once(socket, 'close');
  const [head = '', ...body] = (said.split(/(?=HTTP\/1\.1 \d{3} )/).at(-1) ?? '').split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  const type = /^content-type: ([^;\r]+)/im.exec(head)?.[1] ?? '';
  const chunked = /^transfer-encoding: chunked/im.test(head);
  return status === 0
    ? undefined
    : { status, type, text: chunked ? '' : body.join('\r\n\r\n'), bytes: Buffer.byteLength(body.join('')) };
};

/** Callers who say what they want letter by letter, or never to its end: up to forty, while the others are answered. */
const slowCallers = (url: string) => {
  const { hostname, port, host } = new URL(url);
  const open: Socket[] = [];
  return {
    begin: (random: Random): void => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        oneOf(random, [
          'GET /hea',
          `POST ${apiRoot}/sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"us`,
          `GET / HTTP/1.1\r\nHost: ${host}\r\nx: `,
        ]),
      );
      open.push(socket);
      if (open.length > 40) open.shift()?.destroy();
    },
    end: (): void => {
      for (const socket of open) socket.destroy();
    },
  };
};
