import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserAt, runThere, serveThere, type ServedThere } from '../support/checkout.ts';
import { topicOfSpaces } from '../support/hostile-files.ts';
import { makeOldFile } from '../support/scenes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What somebody finds who knows nothing of how it is made: commands and requests alone. */
const root = await temporaryFolder();
const line = join(root, 'line');
const east = join(line, 'lines', 'east');
const password = 'lantern-orbit-velvet-42';

const run = async (folder: string, ...args: readonly string[]) => {
  const { code, out } = await runThere([...args, '--workspace', folder, '--json']);
  return { code, said: JSON.parse(out === '' ? '{}' : out) as Record<string, string> };
};
const serve = async (...args: Parameters<typeof serveThere>): Promise<ServedThere> => {
  const served = await serveThere(...args);
  if (typeof served === 'number') throw new Error(`it ended with ${served}`);
  return served;
};
const signInOn = { HUAWU_SIGN_IN: 'on', HUAWU_THREADS: '1' };

let served: ServedThere;
let chief: ReturnType<typeof browserAt>;
/** Somebody whom `by` adds, in a browser of theirs; how their password was taken. */
const joined = async (user: string, role: string | null, { by = chief, at = '', given = password } = {}) => {
  const { said } = await by.ask('POST', `${at}/members`, { user, name: user, role });
  const browser = browserAt(served.url);
  const { status } = await browser.ask('POST', '/set-up', { code: said['code'], user, password: given });
  return { ...browser, status };
};

beforeAll(async () => {
  expect((await run(line, 'init')).code).toBe(0);
  expect((await run(east, 'init')).code).toBe(0);
  const rows = Array.from({ length: 12 * 336 }, (_, i) => {
    const start = new Date(Date.UTC(2026, 7, 31) + i * 1_800_000).toISOString().slice(0, 16);
    return `general,${start},30,${20 + (i % 48)}`;
  });
  const file = join(root, 'traffic.csv');
  await writeFile(file, ['queue,start,interval_minutes,offered', ...rows, ''].join('\n'));
  expect((await run(line, 'ingest', 'traffic', file)).code).toBe(0);
  served = await serve(line, [], signInOn);
  chief = browserAt(served.url);
  const first = { code: served.setUpCode, user: 'chief', name: 'Chief', password };
  expect((await chief.ask('POST', '/set-up', first)).status).toBe(204);
});
afterAll(() => served.close());

test('whatever the administrator of one hotline does, who is of another stays as they are', async () => {
  const { said } = await run(east, 'admin', 'add-user', 'theirs', '--role', 'administrator');
  const theirs = browserAt(served.url);
  await theirs.ask('POST', '/set-up', { code: said['code'], user: 'theirs', password });
  const fresh = { user: 'fresh', name: 'Fresh', role: null };
  expect((await theirs.ask('POST', '/lines/east/members', fresh)).status).toBe(201);
  for (const role of ['viewer', null]) await chief.ask('PUT', '/members/theirs', { role });
  const invited = await chief.ask('POST', '/members/fresh/invitation');
  const there = await theirs.ask('GET', '/lines/east/members');
  expect({ signedIn: there.status, invited: invited.status }).toEqual({ signedIn: 200, invited: 403 });
});

test('a viewer has a part of the queue, and gives up what is theirs', async () => {
  const [viewer, planner] = [await joined('viewer', 'viewer'), await joined('planner', 'planner')];
  const orders: string[] = [];
  for (let i = 0; orders.length === i; i += 1) {
    const { status, said } = await viewer.ask('POST', '/accuracies', { seed: i });
    if (status === 202) orders.push(String(said['id']));
  }
  const planned = (await planner.ask('POST', '/plans', {})).status;
  const givenUp = (await viewer.ask('DELETE', `/jobs/${orders.at(-1)}`)).status;
  expect({ planned, givenUp }).toEqual({ planned: 202, givenUp: 200 });
  expect(orders.length).toBeLessThan(40);
});

test('the hotline’s number between two names is no password', async () => {
  expect((await joined('li', 'viewer', { given: 'huawu12345huawu' })).status).toBe(400);
});

test('with an https address nobody signs in without TLS, and not everyone is a proxy', async () => {
  const secure = ['--public-url', 'https://huawu.example.org', '--trusted-proxy'];
  const behind = await serve(line, [...secure, '127.0.0.1'], signInOn);
  const signedIn = await browserAt(behind.url).ask('POST', '/sign-in', { user: 'chief', password });
  await behind.close();
  const everyone = await serveThere(line, ['--host', '0.0.0.0', ...secure, '0.0.0.0/0'], signInOn);
  if (typeof everyone !== 'number') await everyone.close();
  expect([signedIn.status, typeof everyone === 'number' ? everyone : 'serves']).toEqual([403, 3]);
});

test('a small workbook of long cells costs no more than ten seconds of processor time', async () => {
  const file = join(root, 'topics.xlsx');
  await writeFile(file, topicOfSpaces(2000));
  expect((await stat(file)).size).toBeLessThan(100_000);
  const { code } = await runThere(['ingest', 'topics', file, '--workspace', line], { seconds: 10 });
  expect(code).toBe(0);
});

test('what passes questions on to the server is not taken for it', async () => {
  const own = await serve(line);
  const relay = createServer(({ url = '' }, response) => {
    ask(`${own.url}${url}`, (answer) => answer.pipe(response)).end();
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  try {
    expect((await run(line, 'open')).code).toBe(0);
    const noted = join(line, 'access.json');
    const access = JSON.parse(await readFile(noted, 'utf8')) as object;
    const url = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
    await writeFile(noted, JSON.stringify({ ...access, url }));
    // It would be handed an address that lets a browser in.
    expect(await run(line, 'open')).toEqual({
      code: 2,
      said: expect.not.objectContaining({ url }) as object,
    });
  } finally {
    relay.close();
    relay.closeAllConnections();
    await own.close();
  }
});

test(
  'a killed migrate, whenever it was: the file goes on, and so does the copy that is put in its place',
  { timeout: 300_000 },
  async () => {
    const first = new URL('../support/stop-at-step.ts', import.meta.url).pathname;
    const [ground, old] = [join(root, 'ground'), join(root, 'old.db')];
    const [file, rows] = [join(ground, 'huawu.db'), 100_000];
    await makeOldFile(old, rows);
    const layGround = async (): Promise<void> => {
      await rm(ground, { recursive: true, force: true });
      await cp(line, ground, { recursive: true });
      for (const part of ['', '-wal', '-shm']) await rm(`${file}${part}`, { force: true });
      await cp(old, file);
    };
    /** What the next command makes of a folder: all rows in a sound file, or a word of what is wrong. */
    const nextIn = async (folder: string): Promise<string> => {
      const { code, said } = await run(folder, 'lines');
      if (code !== 0) return `refused: ${/database-[a-z-]+/.exec(JSON.stringify(said))?.[0] ?? ''}`;
      const database = new DatabaseSync(join(folder, 'huawu.db'), { readOnly: true });
      try {
        const [check] = Object.values(database.prepare('pragma integrity_check(1)').get() ?? {});
        const found = database.prepare('select count(*) as n, max(offered) as most from traffic').get();
        return `${String(check)}, ${JSON.stringify(found)}`;
      } catch (error) {
        return String(error);
      } finally {
        database.close();
      }
    };
    const seen: string[] = [];
    for (let stopAt = 1, isOver = false; !isOver; stopAt += 1) {
      await layGround();
      const env = { STOP_AT_STEP: String(stopAt) };
      isOver = (await runThere(['migrate', '--workspace', ground], { first, env })).code !== null;
      // As when somebody wants the file of before: it stands beside, and is put in the place of the other.
      const copy = join(ground, 'huawu.db.0002-results');
      if (!existsSync(copy)) continue;
      await cp(copy, file);
      seen.push(await nextIn(ground));
    }
    expect(seen.length).toBeGreaterThan(1);
    const whole = `ok, ${JSON.stringify({ n: rows, most: (rows - 1) * 0.1 })}`;
    const right = [whole, 'refused: database-with-log-of-another'];
    expect(seen.filter((each) => !right.includes(each))).toEqual([]);
    expect(seen.at(-1)).toBe(whole);
  },
);
