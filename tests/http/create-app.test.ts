import { messageOf } from '../support/said.ts';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import request from 'supertest';
import { describe, expect, test, vi } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { isForAnyone } from '../../src/contract/access/rights.ts';
import type { Endpoint } from '../../src/contract/http/endpoint.ts';
import { endpoints, type EndpointName } from '../../src/contract/http/endpoints.ts';
import { type Job } from '../../src/contract/http/job.ts';
import { problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import { createApp } from '../../src/http/create-app.ts';
import { isOwnHost } from '../../src/http/host-and-origin.ts';
import type { UploadedFile } from '../../src/http/services.ts';
import { BadInputError, NoAnswerError, UsageError } from '../../src/kernel/errors.ts';
import { problemAt } from '../support/problem-at.ts';
import { text } from '../support/text.ts';
import { asOwner } from './as-owner.ts';
import { standInServices, token, untilStopped } from './stand-ins.ts';

const said = text('不对', 'wrong');
const problem = (path: string) => problemAt(path, 'a-rule', 1, said, said);
const rankThat = (error: unknown) =>
  createApp(
    standInServices({
      rankHotlines: () => Promise.reject(error),
    }),
  );
const rankPath = `${apiRoot}${endpoints.rank.path}`;

describe('who may call', () => {
  const app = createApp(standInServices());
  test('health answers on loopback names', async () => {
    await request(app).get(`${apiRoot}/health`).expect(200, { ok: true });
  });
  test('without a built page a browser is told in both languages how to build it, a program in problem details', async () => {
    const path = join(import.meta.dirname, 'nowhere');
    const bare = createApp({ ...standInServices(), publicFolder: path });
    const page = await request(bare).get('/').set('Accept', 'text/html').expect(503);
    expect(page.type).toBe('text/html');
    expect(page.text).toMatch(/网页尚未构建.*has not been built yet.*<pre>npm run build<\/pre>/s);
    const problem = await request(bare).get('/').set('Accept', 'application/json').expect(503);
    expect(problemDetailsSchema.parse(problem.body).type).toBe('urn:huawu:not-built');
  });
  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '127.0.0.1:1'])(
    'the host %s is refused',
    async (host) => {
      await request(app).get(`${apiRoot}/health`).set('Host', host).expect(421);
    },
  );
  test('only loopback names with the port that was reached are this machine', () => {
    const own = ['localhost:12345', '127.0.0.1:12345', '[::1]:12345', 'LOCALHOST:12345'];
    const foreign = [
      'evil.example:12345',
      '127.0.0.1.evil.example:12345',
      '127.0.0.1:80',
      'localhost',
      '',
      undefined,
    ];
    expect(own.filter((host) => !isOwnHost(host, 12_345))).toEqual([]);
    expect(foreign.filter((host) => isOwnHost(host, 12_345))).toEqual([]);
  });
  test('another page is refused even for reads', async () => {
    await request(app).get(`${apiRoot}/health`).set('Origin', 'http://evil.example').expect(403);
    await request(app).get(`${apiRoot}/health`).set('Sec-Fetch-Site', 'cross-site').expect(403);
  });
  test.each([undefined, '', `${token}x`, token.slice(0, -1)])(
    'a write with the token %s is refused',
    async (given) => {
      const write = request(app).post(`${apiRoot}/plans`).send({ week: '2026-W48' });
      await (given === undefined ? write : write.set(tokenHeader, given)).expect(403);
    },
  );
  test.each(
    (Object.entries(endpoints) as [EndpointName, Endpoint][])
      .filter(([name, { method }]) => method === 'get' && !isForAnyone(name))
      .map(([, { path }]) => ({ path })),
  )('a read without token and cookie is refused, and says what to do: $path', async ({ path }) => {
    const answer = await request(app)
      .get(`${apiRoot}${path.replaceAll(/:\w+/g, 'x')}`)
      .set('Accept-Language', 'en')
      .expect(401);
    expect(answer.get('WWW-Authenticate')).toContain('Bearer');
    expect(problemDetailsSchema.parse(JSON.parse(answer.text)).detail).toContain('huawu open');
  });
  test('the description and health are told to anyone', async () => {
    const { body } = await request(app).get(`${apiRoot}/openapi.json`).expect(200);
    expect(body).toMatchObject({ openapi: '3.1.0' });
    await request(app).get('/health/live').expect(200);
  });
  test.each([
    ['the header of the page', { [tokenHeader]: token }],
    ['a bearer', { Authorization: `Bearer ${token}` }],
  ])('a program reads and writes with the token as %s', async (_as, headers) => {
    await request(app).get(`${apiRoot}/jobs`).set(headers).expect(200, []);
    await request(app).delete(`${apiRoot}/jobs/none`).set(headers).expect(404);
  });
  test('answers carry a strict policy with a fresh nonce', async () => {
    const policies = await Promise.all(
      [1, 2].map(
        async () => (await request(app).get(`${apiRoot}/health`)).get('Content-Security-Policy') ?? '',
      ),
    );
    expect(policies[0]).toMatch(/script-src 'self' 'nonce-[\w-]{20,}'/);
    expect(policies[0]).not.toContain('unsafe');
    expect(policies[0]).not.toBe(policies[1]);
  });
});

test('all that a league table is asked for comes to it', async () => {
  const asked: unknown[] = [];
  const app = createApp(
    standInServices({
      rankHotlines: (_, question) => {
        asked.push(question);
        return Promise.reject(new UsageError(said));
      },
    }),
  );
  const query = { period: '2019', seed: 2, basis: 'traffic', region: 'east', band: 'warm', moved: 'beyond' };
  await asOwner(app).get(rankPath).query(query);
  await asOwner(app).get(rankPath);
  expect(asked).toEqual([query, { seed: 1, basis: 'test-calls' }]);
});

describe('a request costs a moment, whatever it brings along', () => {
  test('the API is described once', async () => {
    const app = createApp(standInServices());
    const written = vi.spyOn(JSON, 'stringify');
    const ask = () => request(app).get(`${apiRoot}/openapi.json`).expect(200);
    expect((await ask()).text).toBe((await ask()).text);
    const described = written.mock.calls.filter(([document]) => Object(document).openapi !== undefined);
    written.mockRestore();
    expect(described.length).toBeLessThan(2);
  });
  test('a header of blanks is read in one go', async () => {
    const { store, modelFiles } = standInServices();
    const versions: (readonly string[])[] = [];
    const keep = async (_name: unknown, _document: unknown, change?: { versions: readonly string[] }) => {
      versions.push(change?.versions ?? []);
      return {};
    };
    const app = createApp(standInServices({}, { store, modelFiles: { ...modelFiles, write: keep } }));
    const write = (blanks: number) =>
      asOwner(app)
        .put(`${apiRoot}/models/calendar`)
        .set('If-Match', `"a",${' '.repeat(blanks)}b c`)
        .send([])
        .expect(200);
    /** Processor milliseconds of the cheapest of five. */
    const least = async (blanks: number): Promise<number> => {
      const each: number[] = [];
      for (let turn = 0; turn < 5; turn += 1) {
        const begun = process.cpuUsage();
        await write(blanks);
        const { user, system } = process.cpuUsage(begun);
        each.push((user + system) / 1000);
      }
      return Math.min(...each);
    };
    const few = await least(10);
    // A header that is read again from each of its blanks costs some fifty times as much.
    expect(await least(14_000)).toBeLessThan(10 * few);
    expect(versions).toEqual(Array.from({ length: 10 }, () => ['a', 'b c']));
  });
  test.each(['http://a:99999/open/x', 'http://[/open/x', 'http://evil.example:x/'])(
    'a target of its own (%s) is answered, and is no fault of the server’s',
    async (target) => {
      const server = createApp(standInServices()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
      const said = Buffer.concat(await Array.fromAsync(socket as AsyncIterable<Buffer>)).toString();
      server.close();
      expect(said).toMatch(/^HTTP\/1\.1 [34]/);
    },
  );
});

describe('errors are problem details', () => {
  test.each([
    [new BadInputError([problem('a'), problem('b')]), 400, 2],
    [new NoAnswerError([said, said, said]), 422, 3],
    [new UsageError(said), 400, 0],
    [new Error('the secret path /etc/x'), 500, 0],
    [Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/etc/x' }), 503, 1],
  ])('%s', async (error, status, problems) => {
    const response = await asOwner(rankThat(error)).get(rankPath).expect(status);
    expect(response.type).toBe('application/problem+json');
    const body = problemDetailsSchema.parse(JSON.parse(response.text));
    expect(body.status).toBe(status);
    expect(body.problems).toHaveLength(problems);
    expect(response.text).not.toContain('secret');
  });
  const manyKeys = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, 1]));
  test.each([11, 500, 1500])('of %i keys that nobody knows ten are named, each once', async (n) => {
    const app = createApp(standInServices());
    const answer = await request(app)
      .post(`${apiRoot}/sign-in`)
      .send({ user: 'li', password: 'x', ...manyKeys(n) })
      .expect(400);
    const { problems, text: told } = problemDetailsSchema.parse(JSON.parse(answer.text));
    expect(problems).toHaveLength(11);
    expect(problems.map(({ path }) => path)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => `body.k${i}`),
      undefined,
    ]);
    expect(problems.at(-1)).toMatchObject({ rule: 'unrecognized-keys', unlisted: n - 10 });
    for (const language of ['zh-CN', 'en'] as const)
      expect(told[language].match(/k3\b/g), told[language]).toHaveLength(1);
    expect(answer.text.length).toBeLessThan(8_000);
  });
  test.each([
    ['names of a query', `/health?${Array.from({ length: 2_600 }, (_, i) => i.toString(36)).join('&')}`],
    ['a path', `/${'a'.repeat(12_000)}`],
    ['the name of a hotline', `/lines/${'%22'.repeat(4_000)}/plans`],
  ])('an answer stays short whatever is asked: %s', async (_what, path) => {
    const answer = await request(createApp(standInServices()))
      .get(`${apiRoot}${path}`)
      .set(tokenHeader, token);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text.length).toBeLessThan(16 * 1024);
  });
  test('a hundred problems of many are listed as far as there is room, and the others counted', async () => {
    const wrong = Array.from({ length: 5_000 }, (_, i) => problemAt(`p${i}`, 'a-rule', 1, said, said));
    const long = wrong.slice(0, 100).map((each) => ({ ...each, values: { names: 'x'.repeat(100_000) } }));
    for (const problems of [wrong, long]) {
      const answer = await asOwner(rankThat(new BadInputError(problems)))
        .get(rankPath)
        .expect(400);
      expect(answer.text.length).toBeLessThan(64 * 1024);
      const told = problemDetailsSchema.parse(JSON.parse(answer.text)).problems;
      const counted = told.reduce((sum, { unlisted = 1 }) => sum + unlisted, 0);
      expect(counted).toBe(problems.length);
      expect(told.length).toBeGreaterThan(20);
    }
  });
  test.each([
    ['before anybody is known', '/sign-in', { user: 'li', password: 'x'.repeat(17_000) }],
    ['deep', '/plans', JSON.parse(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`) as object],
    ['wide', '/plans', { a: Array.from({ length: 20_001 }, () => 0) }],
    [
      'of many parts',
      '/plans',
      { a: Array.from({ length: 30 }, () => Array.from({ length: 2_000 }, () => 0)) },
    ],
  ])('a body that is too much to look at is refused: %s', async (_what, path, body) => {
    await asOwner(createApp(standInServices())).post(`${apiRoot}${path}`).send(body).expect(413);
  });
  test('the language follows the request', async () => {
    const ask = (language: string) =>
      asOwner(rankThat(new UsageError(said)))
        .get(rankPath)
        .set('Accept-Language', language);
    expect(JSON.parse((await ask('en')).text)).toMatchObject({ detail: 'wrong' });
    expect(JSON.parse((await ask('zh-CN')).text)).toMatchObject({ detail: '不对' });
  });
  test('every problem of a request is told with its path', async () => {
    const response = await asOwner(createApp(standInServices()))
      .post(`${apiRoot}/plans`)
      .send({ week: '2026', seed: -1, wek: 1 })
      .expect(400);
    const { problems } = problemDetailsSchema.parse(JSON.parse(response.text));
    expect(problems.map((each) => each.path).sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))).toEqual([
      'body.seed',
      'body.week',
      'body.wek',
    ]);
    const seed = problems.find(({ path }) => path === 'body.seed');
    expect(seed).toMatchObject({ value: '-1', message: { 'zh-CN': '太小', en: 'too small' } });
    for (const problem of problems) expect(messageOf(problem)['zh-CN']).not.toMatch(/[A-Za-z]{4,}/);
  });
  test.each(['gzip', 'deflate', 'br', 'zstd'])(
    'a damaged %s body is the caller’s, not the server’s',
    async (coding) => {
      await asOwner(createApp(standInServices()))
        .post(`${apiRoot}/plans`)
        .set('Content-Type', 'application/json')
        .set('Content-Encoding', coding)
        .send('{"week":"2026-W48"}')
        .expect(400);
    },
  );
  test('an unknown character set and compression are 415', async () => {
    const send = (type: string, coding: string) =>
      asOwner(createApp(standInServices()))
        .post(`${apiRoot}/plans`)
        .set('Content-Type', type)
        .set('Content-Encoding', coding)
        .send('{"week":"2026-W48"}');
    await send('application/json; charset=klingon', 'identity').expect(415);
    await send('application/json', 'wound-up').expect(415);
  });
  test('a file of the page is answered whole, whatever part of it is asked for', async () => {
    const app = createApp(standInServices({}, { publicFolder: join(import.meta.dirname, '../../public') }));
    const whole = await request(app).get('/icon.svg').expect(200);
    const part = await request(app).get('/icon.svg').set('Range', 'bytes=999999-').expect(200);
    expect(part.body).toEqual(whole.body);
  });
  test.each([
    ['/plans', { week: '9999-W52' }],
    ['/plans', { week: '2026-W54' }],
    ['/comparisons', { week: '9999-W52' }],
    ['/forecasts', { from: '9999-12-31' }],
  ])('a time that no hotline has is refused before any work: %s %j', async (path, body) => {
    const answer = await asOwner(createApp(standInServices()))
      .post(`${apiRoot}${path}`)
      .send(body)
      .expect(400);
    const [found] = problemDetailsSchema.parse(JSON.parse(answer.text)).problems;
    expect(messageOf(found)['zh-CN']).toBe('写法不对');
  });
  test('a body that is no JSON, an address that is none', async () => {
    const app = createApp(standInServices());
    await asOwner(app)
      .post(`${apiRoot}/plans`)
      .set('Content-Type', 'application/json')
      .send('{"week":')
      .expect(400);
    await asOwner(app).get(`${apiRoot}/nothing`).expect(404);
  });
});

describe('files', () => {
  const gather = async (file: UploadedFile): Promise<number> => {
    let bytes = 0;
    for await (const chunk of file.chunks) bytes += chunk.length;
    return bytes;
  };
  const seen: { name: string; bytes: number; dryRun: string }[] = [];
  const app = createApp(
    standInServices({
      ingestFile: async (_, file, { dryRun }) => {
        seen.push({ name: file.name, bytes: await gather(file), dryRun });
        throw new UsageError(said);
      },
    }),
  );
  const upload = (bytes: number, type = 'application/octet-stream') =>
    asOwner(app)
      .post(`${apiRoot}/files/ingest`)
      .query({ name: '话务.csv', kind: 'traffic', dryRun: 'true' })
      .set('Content-Type', type)
      .send(Buffer.alloc(bytes));
  test('reach the use case whole, with their name', async () => {
    await upload(900).expect(400);
    expect(seen).toEqual([{ name: '话务.csv', bytes: 900, dryRun: 'true' }]);
  });
  test('of a person one is read after the other; what comes beyond waits, unread', async () => {
    const [reading, ends]: [string[], (() => void)[]] = [[], []];
    const busy = createApp(
      standInServices({
        ingestFile: async (_, file) => {
          reading.push(file.name);
          await new Promise<void>((resolve) => ends.push(resolve));
          await gather(file);
          throw new UsageError(said);
        },
      }),
    );
    const statuses: number[] = [];
    const all = ['a', 'b', 'c', 'd', 'e'].map(async (name) => {
      const answered = await asOwner(busy)
        .post(`${apiRoot}/files/ingest`)
        .query({ name, kind: 'traffic', dryRun: 'true' })
        .set('Content-Type', 'application/octet-stream')
        .send(Buffer.alloc(900));
      statuses.push(answered.status);
    });
    for (let done = 0; done < 5; done += 1) {
      const most = done + 1;
      await expect.poll(() => reading.length).toBe(most);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(reading).toHaveLength(most);
      ends[done]?.();
      await expect.poll(() => statuses.length).toBe(done + 1);
    }
    await Promise.all(all);
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    expect(new Set(reading).size).toBe(5);
  });
  test('too large is 413, another type 415', async () => {
    await upload(1001).expect(413);
    await upload(10, 'text/csv').expect(415);
  });
});

describe('jobs', () => {
  const order = (app: ReturnType<typeof createApp>, seed: number) =>
    asOwner(app).post(`${apiRoot}/diversions`).send({ seed });
  const start = async (app: ReturnType<typeof createApp>, seed = 1): Promise<Job> =>
    (await order(app, seed).expect(202)).body as Job;
  const events = async (app: ReturnType<typeof createApp>, id: string): Promise<Job[]> => {
    const response = await asOwner(app).get(`${apiRoot}/jobs/${id}/events`).expect(200);
    expect(response.get('Cache-Control')).toContain('no-transform');
    return response.text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice(6)) as Job);
  };
  test('progress is streamed, and the answer can be read', async () => {
    const app = createApp(
      standInServices(
        {},
        {},
        {
          divert: async (_task, progress) => {
            for (const done of [0.2, 0.6]) {
              await new Promise((resolve) => setTimeout(resolve, 30));
              progress(done, `at ${done}`);
            }
            return { json: '{"answer":42}' };
          },
        },
      ),
    );
    const { id } = await start(app);
    const seen = await events(app, id);
    expect(seen.map((job) => job.done)).toEqual(seen.map((job) => job.done).toSorted((a, b) => a - b));
    expect(seen.map((job) => job.step)).toContain('at 0.6');
    const last = seen.at(-1);
    expect(last).toMatchObject({ state: 'done', done: 1 });
    // A stand-in's answer is no document: it is not held to the description.
    await request(app)
      .get(last?.result ?? '')
      .set(tokenHeader, token)
      .expect(200, { answer: 42 });
  });
  test('cancel reaches work that runs, and work that waits', async () => {
    const app = createApp(standInServices({}, {}, { divert: untilStopped }));
    const first = await start(app);
    const second = await start(app, 2);
    for (const { id } of [second, first]) await asOwner(app).delete(`${apiRoot}/jobs/${id}`).expect(200);
    for (const { id } of [first, second]) expect((await events(app, id)).at(-1)?.state).toBe('cancelled');
    await asOwner(app).get(`${apiRoot}/jobs/${first.id}/result`).expect(404);
  });
  test('what fails a job is told in it', async () => {
    const app = createApp(
      standInServices({}, {}, { divert: () => Promise.reject(new BadInputError([problem('plan')])) }),
    );
    const { id } = await start(app);
    expect((await events(app, id)).at(-1)).toMatchObject({
      state: 'failed',
      problem: { status: 400, problems: [{ path: 'plan' }] },
    });
  });
  test('a queue that is too long is refused', async () => {
    const app = createApp(standInServices({}, {}, { divert: untilStopped }));
    const jobs = [];
    for (let i = 0; i < 8; i += 1) jobs.push(await start(app, i));
    await order(app, 8).expect(429);
    // What asks for an answer that is under way takes no place.
    expect((await order(app, 7).expect(202)).body).toMatchObject({ id: jobs[7]?.id });
    for (const { id } of jobs) await asOwner(app).delete(`${apiRoot}/jobs/${id}`);
  });
});
