import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { openCloud } from '../../src/cli/switchboard-cloud.ts';
import type { OpenSocket } from '../../src/cli/switchboard-socket.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { genesysEventsOf } from '../../src/demo/genesys-cloud.ts';
import { playSwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { standingAt } from '../../src/demo/switchboard-events.ts';
import { keyedHash } from '../../src/ingest/cells/personal-numbers.ts';
import type { Feeds } from '../../src/planning/ports.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { countsOf, type IntervalCounts, oddHabits, presenceOf, scaledDemo } from '../support/switchboard.ts';
import { isLongRun } from '../support/sweep.ts';

/** Genesys Cloud: a made-up day in its shape arrives to the call, and every record is accounted for. */
const day = playSwitchboardDay(scaledDemo(0.5), '2026-11-23', oddHabits);
const opened: OpenedFeeds[] = [];
const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  for (const each of servers.splice(0)) await each.close();
});
const open = async (): Promise<OpenedFeeds> => {
  const feeds = await openFeeds(() => day.to * 1000);
  opened.push(feeds);
  return feeds;
};

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const storedOf = async ({ store }: OpenedFeeds): Promise<Map<string, IntervalCounts>> => {
  const counts = new Map<string, IntervalCounts>();
  const ended = countsOf(day, 30, 'genesys');
  for (const { queue } of await store.trafficSummary()) {
    const columns = await store.traffic(queue);
    for (const [i, startMillis] of columns.startMillis.entries()) {
      const at = (values: Float64Array): number => values[i] ?? Number.NaN;
      if (at(columns.offered) > 0)
        counts.set(`${queue} ${startMillis / 1000}`, {
          offered: at(columns.offered),
          answered: at(columns.answered),
          abandoned: at(columns.abandoned),
          waitSecondsTotal: at(columns.waitSecondsTotal),
          // while a call is in hand it is not known
          handleSecondsTotal: Number.isNaN(at(columns.handleSecondsTotal))
            ? (ended.get(`${queue} ${startMillis / 1000}`)?.handleSecondsTotal ?? Number.NaN)
            : at(columns.handleSecondsTotal),
        });
    }
  }
  return counts;
};

interface Answers {
  readonly address: string;
  readonly asked: string[];
  /** Answered in place of the next ones, and in place of all whose path has this in it. */
  readonly instead: Other[];
  readonly refused: Map<string, Other>;
}

interface Other {
  readonly status: number;
  readonly head?: Record<string, string>;
  readonly body: string;
}

/** A made-up Genesys Cloud that knows the whole day, behind something that can answer otherwise. */
const serveGenesys = async (
  changed: (path: string, answer: never) => unknown = (_, answer) => answer,
  more: Partial<Parameters<typeof openCloud>[0]> = {},
): Promise<Answers & { readonly cloud: OpenSocket }> => {
  const cloud = await openCloud({ day, password: 'pass', user: 'client', ...more });
  await cloud.send(genesysEventsOf(day));
  servers.push(cloud);
  const [asked, instead]: [string[], Answers['instead']] = [[], []];
  const refused: Answers['refused'] = new Map();
  const http = createServer((request, response) => {
    void (async () => {
      const path = request.url?.split('?')[0] ?? '';
      asked.push(path);
      const { host: _, connection: __, 'content-length': ___, ...head } = request.headers;
      const sent = await text(request);
      const other =
        path === '/oauth/token'
          ? undefined
          : ([...refused].find(([part]) => path.includes(part))?.[1] ?? instead.shift());
      if (other !== undefined) return response.writeHead(other.status, other.head).end(other.body);
      const answer = await fetch(`http://127.0.0.1:${cloud.port}${request.url}`, {
        method: request.method ?? 'GET',
        headers: head as Record<string, string>,
        ...(request.method === 'POST' ? { body: sent } : {}),
      });
      const said = answer.ok
        ? changed(path, (await answer.json()) as never)
        : await answer.text().then(() => ({}));
      const wait = answer.headers.get('retry-after');
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(wait === null ? {} : { 'retry-after': wait }),
      });
      return response.end(JSON.stringify(said));
    })().catch(() => response.destroy());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  servers.push(http);
  const address = `http://client@127.0.0.1:${(http.address() as AddressInfo).port}`;
  return { cloud, asked, instead, refused, address };
};

const follow = async (feeds: OpenedFeeds, address: string, lateHours = 24) => {
  const secret = join(feeds.folder, 'secret');
  await writeFile(secret, 'pass\n');
  const reader = feeds.another();
  // the organization has a department of its own beside
  const queues = Object.fromEntries(day.legs.map(({ queue }) => [queue, queue]));
  await reader.put(
    'cloud',
    settingsOf({ kind: 'genesys', from: address, secret: `file:${secret}`, lateHours, queues }),
  );
  return reader;
};

const presentIn = async ({ store }: OpenedFeeds): Promise<Map<string, number>> =>
  new Map(
    (await store.read('presence')).map((row) => [`${row.tier} ${row.startMillis / 1000}`, row.operators]),
  );

const addOperators = async ({ store }: OpenedFeeds): Promise<void> => {
  const { operators } = generateDemo({ ...scaledDemo(0.5), days: 8 });
  await store.write(
    'operators',
    operators.map((each) => ({ ...each, team: 'A' })),
  );
};

test('Genesys Cloud: conversations and presence to the call, its own totals held against them, 429 and HTML said and got over', async () => {
  const wrong = day.from + 10 * 3600;
  let general = '';
  const server = await serveGenesys((path, answer: never) => {
    const { entities, conversations, results } = answer as {
      entities?: { id: string; name: string }[];
      conversations?: object[];
      results?: { group: { queueId: string }; data: { interval: string; metrics: object[] }[] }[];
    };
    general = entities?.find(({ name }) => name === 'general')?.id ?? general;
    conversations?.splice(2, 0, ...(conversations.length > 90 ? [] : [{ conversationId: 'broken' }]));
    if (path.includes('aggregates'))
      for (const { group, data } of results ?? [])
        for (const { interval, metrics } of data)
          if (group.queueId === general && interval.startsWith(iso(wrong)))
            (metrics[0] as { stats: { count: number } }).stats.count += 3;
    return answer;
  });
  const feeds = await open();
  await addOperators(feeds);
  const reader = await follow(feeds, server.address);
  server.instead.push({
    status: 200,
    head: { 'content-type': 'text/html' },
    body: '<html>Bad gateway</html>',
  });
  expect((await reader.run('cloud')).state).toMatchObject({
    is: 'broken',
    why: { rule: 'feed-answer-wrong' },
  });
  const ran = await reader.run('cloud');
  expect(ran.state.is).not.toBe('broken');
  expect(ran.total.read).toBe(ran.total.stored + ran.total.unknown + ran.total.refused + ran.total.repeated);
  const [shown] = await reader.list();
  expect(shown?.refusals.map(({ reason }) => reason)).toEqual(['bad-conversation']);
  expect(shown?.unknownEvents.map(({ event }) => event).sort()).toEqual(['call-back', 'callback']);
  expect(await storedOf(feeds)).toEqual(countsOf(day, 30, 'genesys'));
  const present = await presentIn(feeds);
  for (const [key, seconds] of presenceOf(day, 30))
    if (Number(key.split(' ')[1]) + 1800 < day.to)
      expect(present.get(key), key).toBeCloseTo(seconds / 1800, 9);
  // nobody of another department
  expect([...present.keys()].filter((key) => key.startsWith('all '))).toEqual([]);
  const stuck = day.legs.filter(({ end, operator }) => end === 'lost' && operator === undefined);
  const differences = (shown?.differences ?? []).filter(({ queue, start }) =>
    stuck.every((leg) => leg.queue !== queue || iso(leg.enteredAt - (leg.enteredAt % 1800)) !== start),
  );
  expect(differences).toMatchObject([{ queue: 'general', start: iso(wrong) }]);
  expect((differences[0]?.said ?? 0) - (differences[0]?.counted ?? 0)).toBe(3);
  const before = server.asked.length;
  server.instead.push({ status: 429, head: { 'retry-after': '600' }, body: '' });
  expect((await reader.run('cloud')).state).toMatchObject({ why: { rule: 'feed-asked-too-often' } });
  expect(JSON.stringify(await reader.list())).not.toMatch(/pass"|token-1/);
  expect(server.asked.slice(before).filter((path) => path !== '/oauth/token')).toHaveLength(1);
});

test.runIf(isLongRun)(
  'Genesys Cloud: where a client may see neither presence nor queues, or asks too often, the calls are stored all the same',
  async () => {
    const server = await serveGenesys();
    const no = { status: 403, body: '{"code":"missing.permissions"}' };
    server.refused.set('users/details', no).set('queues/observations', no);
    const feeds = await open();
    const reader = await follow(feeds, server.address);
    const right = (name: string) => ({
      is: 'live',
      why: { rule: 'feed-right-missing', values: { right: `analytics:${name}:view` } },
    });
    expect((await reader.run('cloud')).state).toMatchObject(right('userDetail'));
    expect(await storedOf(feeds)).toEqual(countsOf(day, 30, 'genesys'));
    server.refused.delete('users/details');
    expect((await reader.run('cloud')).state).toMatchObject(right('queueObservation'));
    server.refused.clear();
    expect((await reader.run('cloud')).state).not.toHaveProperty('why');
    // once a reader
    expect(server.asked.filter((path) => path === '/oauth/token')).toHaveLength(3);
    const other = await open();
    server.refused.set('users/details', { status: 429, head: { 'retry-after': '600' }, body: '' });
    const again = await (await follow(other, server.address)).run('cloud');
    expect(again.state).toMatchObject({ is: 'broken', why: { rule: 'feed-asked-too-often' } });
    expect((await storedOf(other)).size).toBeGreaterThan(0);
  },
);

test('Genesys Cloud: who waits now and who is on the queue, by what it observes', async () => {
  // the last caller of the hour waits
  const at =
    Math.max(
      ...day.legs.filter(({ leftAt, enteredAt }) => leftAt > enteredAt + 20).map((leg) => leg.enteredAt),
    ) + 5;
  let now = at;
  const feeds = await openFeeds(() => now * 1000);
  opened.push(feeds);
  const cloud = await openCloud({ day, password: 'pass', user: 'client' });
  servers.push(cloud);
  await cloud.send(genesysEventsOf(day).filter((event) => event.at <= at));
  const reader = await follow(feeds, `http://client@127.0.0.1:${cloud.port}`);
  await reader.run('cloud');
  const { waiting, there } = standingAt(
    day,
    Math.max(...genesysEventsOf(day).flatMap((each) => (each.at <= at ? each.at : []))),
  );
  const [shown] = await reader.list();
  expect(waiting.length).toBeGreaterThan(0);
  expect(shown?.waiting.reduce((sum, { calls }) => sum + calls, 0)).toBe(waiting.length);
  for (const { queue, since } of shown?.waiting ?? [])
    expect(since).toBe(
      iso(Math.min(...waiting.filter((leg) => leg.queue === queue).map((leg) => leg.enteredAt))),
    );
  expect(
    Object.fromEntries((shown?.onQueue ?? []).map(({ queue, operators }) => [queue, operators])),
  ).toEqual(
    Object.fromEntries(
      [...new Set(there.flatMap(({ queues }) => queues))]
        .sort()
        .map((queue) => [queue, there.filter(({ queues }) => queues.includes(queue)).length]),
    ),
  );
  // what was said minutes ago is not so now
  now += 240;
  expect((await reader.list())[0]).toMatchObject({ waiting: shown?.waiting, onQueue: shown?.onQueue });
  now += 120;
  expect((await reader.list())[0]).toMatchObject({ waiting: [], onQueue: [] });
});

test.runIf(isLongRun)('Genesys Cloud: a clock set back puts off no late hours', async () => {
  let now = day.from + 3 * 3600;
  const feeds = await openFeeds(() => now * 1000);
  opened.push(feeds);
  const server = await serveGenesys();
  const reader = await follow(feeds, server.address, 3);
  await reader.run('cloud');
  now -= 86_400;
  server.asked.length = 0;
  await reader.run('cloud');
  expect(server.asked.filter((path) => path.includes('conversations/details')).length).toBeGreaterThan(2);
});

test.runIf(isLongRun)(
  'Genesys Cloud: calls that an earlier version stored under other names count once',
  async () => {
    let now = day.from + 11 * 3600;
    const feeds = await openFeeds(() => now * 1000);
    opened.push(feeds);
    /** What each call was called before, by what it is called now. */
    const formerly = new Map<string, string>();
    const names = new Map<string, string>();
    const hash = keyedHash('a secret of the test');
    const pseudonym = (name: string): string => {
      const bytes = new TextEncoder().encode(name);
      return String(hash(bytes, 0, bytes.length));
    };
    interface Said {
      readonly conversationId: string;
      readonly participants: readonly {
        readonly purpose: string;
        readonly sessions: readonly { sessionId: string; segments: readonly { queueId: string }[] }[];
      }[];
    }
    const server = await serveGenesys((_, answer: never) => {
      const { entities, conversations } = answer as {
        entities?: readonly { id: string; name: string }[];
        conversations?: readonly Said[];
      };
      for (const { id, name } of entities ?? []) names.set(id, name);
      for (const { conversationId, participants } of conversations ?? [])
        participants
          .filter(({ purpose }) => purpose === 'acd')
          .flatMap(({ sessions }) => sessions)
          .forEach(({ sessionId, segments }, i) => {
            const queue = names.get(segments[0]?.queueId ?? '');
            formerly.set(pseudonym(`${sessionId}\n${queue}`), pseudonym(`${conversationId} ${i}\n${queue}`));
          });
      return answer;
    });
    await (await follow(feeds, server.address)).run('cloud');
    const [stored] = await feeds.store.feeds.all();
    if (stored === undefined) throw new Error('no feed');
    const calls = await feeds.store.feeds.calls('cloud');
    // as it left them: no presence, and no hours to be asked for again
    const { cursor, ...state } = stored.state as { cursor: { until: number; againMillis: number } };
    const { until, againMillis } = cursor;
    await feeds.store.feeds.remove('cloud');
    await feeds.store.feeds.put('cloud', stored.settings, { ...state, cursor: { until, againMillis } });
    const [{ version } = { version: -1 }] = await feeds.store.feeds.all();
    const renamed = calls.map(({ call, ...kept }) => ({ ...kept, call: formerly.get(call) ?? call }));
    expect(renamed.filter(({ call }, i) => call !== calls[i]?.call).length).toBeGreaterThan(500);
    const nothing = { traffic: [], partial: [], presence: [], quiet: [], replacesMadeUp: false };
    await feeds.store.feeds.move('cloud', version, {
      ...nothing,
      state: { ...state, cursor: { until, againMillis } },
      calls: renamed,
      handleTime: 'arrival',
    });
    now += 3 * 3600;
    const reader = feeds.another();
    await reader.run('cloud');
    now += 3700;
    await reader.run('cloud');
    const whole = ([key]: readonly [string, unknown]): boolean =>
      Number(key.split(' ').at(-1)) < now - 3 * 3600;
    expect(Object.fromEntries([...(await storedOf(feeds))].filter(whole))).toEqual(
      Object.fromEntries([...countsOf({ ...day, to: now }, 30, 'genesys')].filter(whole)),
    );
  },
);

/** Reads until nothing is left, each time with a token of its own, where nothing is wrong but that it asks too often; answers how often. */
const readPatiently = async (reader: Feeds): Promise<number> => {
  for (let tries = 0; ; tries += 1) {
    const { state } = await reader.run('cloud');
    if (state.is === 'live') return tries;
    expect(state.why?.rule).toBe('feed-asked-too-often');
    expect(tries).toBeLessThan(30);
  }
};

test.runIf(isLongRun)(
  'Genesys Cloud: one that answers a day only in parts is read to its end all the same',
  async () => {
    const server = await serveGenesys(undefined, { questions: 40 });
    const feeds = await open();
    await readPatiently(await follow(feeds, server.address));
    expect(await storedOf(feeds)).toEqual(countsOf(day, 30, 'genesys'));
  },
);

test.runIf(isLongRun)(
  'Genesys Cloud: hours that are to be asked for again are, whoever reads them; a token that has run out is got anew',
  async () => {
    let now = day.from + 12 * 3600;
    const feeds = await openFeeds(() => now * 1000);
    opened.push(feeds);
    const cloud = await openCloud({ day, password: 'pass', user: 'client', questions: 18 });
    servers.push(cloud);
    const late = (event: { at: number; fields: object }): boolean =>
      event.at > now - 3 * 3600 && event.at % 7 === 0;
    const events = genesysEventsOf(day);
    await cloud.send(events.filter((event) => event.at <= now && !late(event)));
    const address = `http://client@127.0.0.1:${cloud.port}`;
    const first = await follow(feeds, address, 8);
    await readPatiently(first);
    await cloud.send(events.filter((event) => event.at <= now));
    now += 3700;
    // the reader asks for some of it, and is gone
    await cloud.cut('farewell');
    expect((await first.run('cloud')).state.why?.rule).toBe('feed-asked-too-often');
    expect(await readPatiently(feeds.another())).toBeGreaterThan(0);
    const until = day.from + 11 * 3600;
    const stored = [...(await storedOf(feeds))].filter(([key]) => Number(key.split(' ').at(-1)) < until);
    const really = [...countsOf({ ...day, to: now }, 30, 'genesys')].filter(
      ([key]) => Number(key.split(' ').at(-1)) < until,
    );
    expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(really));
  },
);
