import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import type { FeedDocument } from '../../src/contract/documents/feed-documents.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { playSwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { standingAt } from '../../src/demo/switchboard-events.ts';
import { signedHeaders } from '../../src/feeds/connect-metrics.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { isOther, isSaid, streamOf } from '../support/connect-streams.ts';
import { deliver, deliveryOf, openConnect, totalsOf } from '../support/made-up-connect.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { countsOf, type IntervalCounts, oddHabits, presenceOf, scaledDemo } from '../support/switchboard.ts';

/** Amazon Connect: a made-up day by its streams, out of a folder and delivered, and by what it adds up itself. */
const day = playSwitchboardDay(scaledDemo(0.5), '2026-11-23', oddHabits);
const stream = streamOf(day);
const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
const open = async (now = () => day.to * 1000): Promise<OpenedFeeds> => {
  const feeds = await openFeeds(now);
  opened.push(feeds);
  const { operators } = generateDemo({ ...scaledDemo(0.5), days: 8 });
  await feeds.store.write(
    'operators',
    operators.map((each) => ({ ...each, team: 'A' })),
  );
  return feeds;
};

const storedOf = async ({ store }: OpenedFeeds): Promise<Map<string, IntervalCounts>> => {
  const counts = new Map<string, IntervalCounts>();
  for (const { queue } of await store.trafficSummary()) {
    const columns = await store.traffic(queue);
    for (const [i, startMillis] of columns.startMillis.entries()) {
      const at = (values: Float64Array): number => values[i] ?? Number.NaN;
      if (at(columns.offered) + at(columns.answered) + at(columns.abandoned) > 0)
        counts.set(`${queue} ${startMillis / 1000}`, {
          offered: at(columns.offered),
          answered: at(columns.answered),
          abandoned: at(columns.abandoned),
          waitSecondsTotal: at(columns.waitSecondsTotal),
          handleSecondsTotal: at(columns.handleSecondsTotal),
        });
    }
  }
  return counts;
};

/** What its streams know: a call without an end is none yet. */
const really = countsOf({ ...day, legs: day.legs.filter(isSaid) }, 30);

const expectPresence = async ({ store }: OpenedFeeds): Promise<void> => {
  const found = new Map(
    (await store.read('presence')).map((row) => [`${row.tier} ${row.startMillis / 1000}`, row.operators]),
  );
  for (const [key, seconds] of presenceOf(day, 30))
    if (Number(key.split(' ')[1]) + 1800 < day.to) expect(found.get(key), key).toBeCloseTo(seconds / 1800, 9);
};

const firstContact = stream.find(({ said }) => 'ContactId' in said);
const others = stream.filter(({ said }) => isOther(said)).length;
/** Of these two are kept by name alone and four refused. */
const odd = [
  '{"ContactId": "half',
  '{"ContactId": "open", "Queue": {',
  '<html>no</html>',
  '{"ContactId":"x","LastUpdateTimestamp":"yesterday","Channel":"VOICE"}',
  JSON.stringify({ ...firstContact?.said, ContactId: 'chat', Channel: 'CHAT' }),
  JSON.stringify({ ...firstContact?.said, ContactId: 'out', InitiationMethod: 'OUTBOUND' }),
];

test('contact records and agent events out of a folder, in whatever order, twice, packed or not', async () => {
  const feeds = await open();
  const folder = join(feeds.folder, 'stream');
  await mkdir(folder);
  const all = stream.map(({ said }) => JSON.stringify(said));
  const put = async (name: string, text: string | Buffer): Promise<void> => {
    await writeFile(join(folder, name), text);
    await utimes(join(folder, name), day.to, day.to);
  };
  const part = Math.ceil(all.length / 4);
  await put('a', all.slice(0, part).join(''));
  await put('b.gz', gzipSync(all.slice(part, 2 * part).join('\n')));
  await put('c.json', `[${all.slice(2 * part, 3 * part).join(',\n')}]`);
  const reader = feeds.another();
  await reader.put('cloud', settingsOf({ kind: 'connect', from: folder, lateHours: 24 }));
  await reader.run('cloud');
  await put('d', all.slice(3 * part).join(''));
  await put('f', odd.join('\n'));
  await put('g', all.slice(0, part).join(''));
  const ran = await reader.run('cloud');
  const { read, stored, unknown, refused, repeated } = ran.total;
  expect([read, unknown, refused]).toEqual([all.length + part + odd.length, others + 2, 4]);
  expect(read).toBe(stored + unknown + refused + repeated);
  expect(await storedOf(feeds)).toEqual(really);
  await expectPresence(feeds);
  expect((await reader.run('cloud')).stored).toBe(0);
});

test('a table of the same contacts offers the same calls', async () => {
  const feeds = await open();
  const fields = [
    'ContactId Channel InitiationMethod Queue.Name Queue.EnqueueTimestamp Queue.Duration',
    'Agent.ConnectedToAgentTimestamp Agent.AgentInteractionDuration Agent.CustomerHoldDuration',
    'Agent.AfterContactWorkDuration',
  ].flatMap((names) => names.split(' '));
  const cell = (said: object, field: string): string =>
    field
      .split('.')
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], said) as string;
  // of each contact the last that was said
  const last = new Map(
    stream.flatMap(({ said }) => ('ContactId' in said ? [[said.ContactId, said] as const] : [])),
  );
  const table = [...last.values()].map((said) => fields.map((field) => cell(said, field) ?? '').join());
  await feeds.ingest([fields.join(), ...table, ''].join('\n'));
  const offered = (counts: ReadonlyMap<string, IntervalCounts>): Record<string, number[]> =>
    Object.fromEntries([...counts].map(([key, each]) => [key, [each.offered, each.answered]]));
  expect(offered(await storedOf(feeds))).toEqual(offered(really));
});

test('who comes offline, goes offline for a while, or was there before the stream began is there while they may be rung', async () => {
  const feeds = await open();
  const reader = feeds.another();
  await reader.put('cloud', settingsOf({ kind: 'connect', lateHours: 24 }));
  const at = day.from + 8 * 3600;
  const said = (who: string, minute: number, EventType: string, Type: string) => ({
    EventId: `${who}-${minute}`,
    EventType,
    EventTimestamp: new Date(1000 * (at + 60 * minute)).toISOString(),
    AgentARN: `arn:${who}`,
    CurrentAgentSnapshot: { AgentStatus: { Name: Type, Type }, Configuration: { Username: who } },
  });
  const events = [
    said('comes', 0, 'LOGIN', 'OFFLINE'),
    said('comes', 10, 'STATE_CHANGE', 'ROUTABLE'),
    said('comes', 30, 'STATE_CHANGE', 'OFFLINE'),
    said('comes', 45, 'STATE_CHANGE', 'ROUTABLE'),
    said('comes', 60, 'LOGOUT', 'OFFLINE'),
    said('before', 0, 'STATE_CHANGE', 'ROUTABLE'),
    said('before', 15, 'STATE_CHANGE', 'CUSTOM'),
    said('before', 20, 'LOGOUT', 'OFFLINE'),
    said('later', 90, 'STATE_CHANGE', 'ROUTABLE'),
  ];
  const records = events.map((event) => Buffer.from(JSON.stringify(event)).toString('base64'));
  await reader.pushStream('cloud', records);
  const there = (await feeds.store.read('presence'))
    .filter(({ tier }) => tier === 'all')
    .map(({ startMillis, operators }) => [startMillis / 1000 - at, operators * 30]);
  expect(there).toEqual([
    [0, 35],
    [1800, 15],
    [3600, 0],
  ]);
});

test('delivered over HTTP: in its shape, once, together or not at all', async () => {
  const feeds = await open();
  const folder = join(feeds.folder, 'workspace');
  await (await createWorkspace(folder, { modelsFrom: join(import.meta.dirname, '../../models') })).close();
  const settings = settingsSchema.parse({
    port: 0,
    threads: 1,
    logLevel: 'silent',
    requestsPerMinute: 100_000,
  });
  const server = await serveWorkspace({ folder, settings });
  try {
    const call = apiClient(server);
    const send = (method: string, path: string, body?: unknown) =>
      call(`${apiRoot}${path}`, jsonRequest(method, body));
    const door = { address: () => `${server.url}${apiRoot}/feed/firehose`, accessKey: server.token };
    const shown = async () =>
      (((await (await send('GET', '/feeds')).json()) as FeedDocument[])[0] ?? {}) as FeedDocument;
    expect((await send('POST', '/feed/firehose', deliveryOf('r', []))).status).toBe(400);
    expect((await send('PUT', '/feeds/cloud', { kind: 'connect', lateHours: 24 })).status).toBe(200);
    const some = stream.slice(0, 400).map(({ said }) => said);
    expect(await deliver(door, deliveryOf('one', some))).toBe(1);
    const first = await shown();
    expect(first.read).toBe(400);
    // under the same id, under another one, and cut before the answer
    await deliver(door, deliveryOf('one', some));
    await deliver(door, deliveryOf('two', some.toReversed()));
    await deliver(door, deliveryOf('three', some), 5);
    expect((await shown()).stored).toBe(first.stored);
    const texts = odd.map((text) => ({ data: Buffer.from(text).toString('base64') }));
    const answered = await send('POST', '/feed/firehose', { requestId: 'odd', timestamp: 1, records: texts });
    expect([answered.status, await answered.json()]).toEqual([
      200,
      { requestId: 'odd', timestamp: expect.any(Number) as number },
    ]);
    const after = await shown();
    expect([after.unknown - first.unknown, after.refused - first.refused]).toEqual([2, 4]);
    expect(after.read).toBe(after.stored + after.unknown + after.refused + after.repeated);
    for (const [status, body] of [
      [400, { requestId: 'x', records: [{ data: 'not base64!' }] }],
      [400, { requestId: '', records: [] }],
      [400, { records: [] }],
      // after a 413 it would be given up
      [503, { requestId: 'x', records: [{ data: 'AAAA'.repeat(5 * 2 ** 20) }] }],
    ] as const) {
      const refused = await fetch(door.address(), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-amz-firehose-access-key': server.token,
          'x-amz-firehose-request-id': 'asked',
        },
        body: JSON.stringify(body),
      });
      expect(refused.status).toBe(status);
      expect(await refused.json()).toMatchObject({
        requestId: 'asked',
        timestamp: expect.any(Number) as number,
        errorMessage: expect.any(String) as string,
      });
    }
    expect(await shown()).toMatchObject({ read: after.read, stored: after.stored });
    // what is sound among however much that is none, in however many records
    const more = stream.slice(400, 4400).map(({ said }) => said);
    const rest = deliveryOf('rest', more).records;
    const faulty = Array.from({ length: 25_000 }, () => ({ data: 'e30=' }));
    expect(await deliver(door, { ...deliveryOf('much', []), records: [...faulty, ...rest] })).toBe(1);
    const much = await shown();
    expect(much.refused - after.refused).toBe(25_000);
    expect(much.read - after.read).toBe(25_000 + more.length);
    expect(much.read).toBe(much.stored + much.unknown + much.refused + much.repeated);
    const packed = await fetch(door.address(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-amz-firehose-access-key': server.token,
      },
      body: gzipSync(JSON.stringify(deliveryOf('packed', some))),
    });
    expect(packed.status).toBe(200);
    const slash = await fetch(`${door.address()}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-amz-firehose-access-key': server.token },
      body: JSON.stringify(deliveryOf('slash', some)),
    });
    expect(slash.status).toBe(200);
  } finally {
    await server.close();
  }
});

test('a request is signed as AWS has it in its own examples', () => {
  const who = {
    id: 'AKIDEXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  };
  const signature = (
    method: 'GET' | 'POST',
    query = '',
    headers: Readonly<Record<string, string>> = {},
    body = '',
  ): string => {
    const address = new URL(`https://example.amazonaws.com/${query}`);
    const at = Date.parse('2015-08-30T12:36:00Z');
    return signedHeaders({ method, address, headers, body }, who, at)['authorization'] ?? '';
  };
  const said = (names: string, signed: string): string =>
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signed}`;
  const plain = 'host;x-amz-date';
  expect(signature('GET')).toBe(
    said(plain, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'),
  );
  expect(signature('POST')).toBe(
    said(plain, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'),
  );
  expect(signature('GET', '?Param2=value2&Param1=value1')).toBe(
    said(plain, 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500'),
  );
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(signature('POST', '', form, 'Param1=value1')).toBe(
    said(`content-type;${plain}`, 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a'),
  );
});

const queuesOfDay = Object.fromEntries(day.legs.map(({ queue }) => [queue, queue]));

const byMetrics = async (
  feeds: OpenedFeeds,
  address: string,
  secret = 'of the made-up one',
  queues: Readonly<Record<string, string>> = queuesOfDay,
) => {
  const file = join(feeds.folder, 'key');
  await writeFile(file, `${secret}\n`);
  const reader = feeds.another();
  await reader.put('cloud', settingsOf({ kind: 'connect', from: address, secret: `file:${file}`, queues }));
  return reader;
};

/** Its totals as they are to be stored, of intervals that are over. */
const totalRows = (until: number): Map<string, IntervalCounts & { within: number }> => {
  return new Map(
    [...totalsOf(day, 1800, 15, until)].flatMap(([key, own]) =>
      Number(key.split(' ').at(-1)) + 1800 > until || own.offered + own.answered + own.abandoned === 0
        ? []
        : [
            [
              key,
              {
                offered: own.offered,
                answered: own.answered,
                abandoned: own.abandoned,
                waitSecondsTotal: own.waitAnswered + own.waitAbandoned,
                handleSecondsTotal: own.handle,
                within: own.within,
              },
            ] as const,
          ],
    ),
  );
};

test('by what it adds up itself: three months of intervals, then those that are over; who waits and is there now', async () => {
  let now = day.from + 12 * 3600 + 400;
  // somebody waits, for longer than a moment
  while (!standingAt(day, now).waiting.some(({ enteredAt }) => now - enteredAt > 10)) now += 1;
  const feeds = await open(() => now * 1000);
  const cloud = await openConnect(day, { secret: 'of the made-up one', now: () => now });
  opened.push(cloud);
  const reader = await byMetrics(feeds, cloud.address);
  const stored = async (): Promise<Record<string, IntervalCounts & { within: number }>> => {
    const within = new Map<string, number>();
    for (const { queue } of await feeds.store.trafficSummary()) {
      const columns = await feeds.store.traffic(queue);
      columns.startMillis.forEach((start, i) =>
        within.set(`${queue} ${start / 1000}`, columns.answeredInThreshold[i] ?? Number.NaN),
      );
    }
    return Object.fromEntries(
      [...(await storedOf(feeds))].map(([key, own]) => [key, { ...own, within: within.get(key) ?? -1 }]),
    );
  };
  const ran = await reader.run('cloud');
  expect(ran.state).toMatchObject({ is: 'live' });
  expect(ran.total.read).toBe(ran.total.stored + ran.total.unknown + ran.total.refused + ran.total.repeated);
  expect(await stored()).toEqual(Object.fromEntries(totalRows(now)));
  // 88 days, less than three at once, each once
  expect(cloud.asked.filter((path) => path === '/metrics/data')).toHaveLength(30);
  const [shown] = await reader.list();
  const { waiting, there } = standingAt(day, now);
  expect(shown?.waiting.reduce((sum, { calls }) => sum + calls, 0)).toBe(waiting.length);
  for (const { queue, since } of shown?.waiting ?? [])
    expect(Date.parse(since) / 1000).toBe(
      Math.min(...waiting.filter((leg) => leg.queue === queue).map(({ enteredAt }) => enteredAt)),
    );
  expect(shown?.onQueue.map(({ queue }) => queue).sort()).toEqual(
    Object.keys(queuesOfDay)
      .filter((queue) => there.some(({ queues }) => queues.includes(queue)))
      .sort(),
  );
  for (const { queue, operators } of shown?.onQueue ?? [])
    expect(operators).toBe(there.filter(({ queues }) => queues.includes(queue)).length);
  // what has ended since counts where it ended; a queue without a call has zeros from its first one on
  for (const after of [2 * 3600, 6.5 * 3600, 12 * 3600]) {
    now += after;
    cloud.asked.length = 0;
    expect((await reader.run('cloud')).total.refused).toBe(0);
    // an answer has 100 rows at most
    expect(cloud.asked.filter((path) => path === '/metrics/data').length).toBeLessThan(4);
    expect(await stored()).toEqual(Object.fromEntries(totalRows(now)));
  }
  for (const { queue } of await feeds.store.trafficSummary()) {
    const { startMillis } = await feeds.store.traffic(queue);
    const steps = [...startMillis].map((start, i) => start - (startMillis[i - 1] ?? start - 1_800_000));
    expect(new Set(steps)).toEqual(new Set([1_800_000]));
  }
  expect((await reader.run('cloud')).stored).toBe(0);
  expect((await feeds.store.handleTimes()).map(({ convention }) => convention)).not.toContain('arrival');
});

test('by what it adds up itself: two of its queues that the hotline calls the same, and one that it does not know', async () => {
  let now = day.from + 12 * 3600 + 400;
  const feeds = await open(() => now * 1000);
  const cloud = await openConnect(day, { secret: 'of the made-up one', now: () => now });
  opened.push(cloud);
  const [first = '', second = '', ...others] = Object.keys(queuesOfDay);
  const reader = await byMetrics(feeds, cloud.address, undefined, { [first]: 'all', [second]: 'all' });
  await reader.run('cloud');
  const sums = (): Map<string, number> => {
    const found = new Map<string, number>();
    for (const [key, { offered }] of totalRows(now)) {
      const [, queue = '', start = ''] = /^(.*) (\d+)$/.exec(key) ?? [];
      const own = others.includes(queue) ? queue : `all ${start}`;
      if (offered > 0) found.set(own, (found.get(own) ?? 0) + offered);
    }
    return found;
  };
  const all = async (): Promise<[string, number][]> =>
    [...(await storedOf(feeds))].flatMap(([key, { offered }]) => (offered > 0 ? [[key, offered]] : []));
  const wanted = () => [...sums()].filter(([key]) => !others.includes(key));
  const unknown = async () =>
    Object.fromEntries(
      ((await reader.list())[0]?.unknownQueues ?? []).map(({ queue, count }) => [queue, count]),
    );
  const isUnknown = () => Object.fromEntries([...sums()].filter(([key]) => others.includes(key)));
  expect(Object.fromEntries(await all())).toEqual(Object.fromEntries(wanted()));
  expect(await unknown()).toEqual(isUnknown());
  now += 2 * 3600;
  await reader.run('cloud');
  await reader.run('cloud');
  expect(Object.fromEntries(await all())).toEqual(Object.fromEntries(wanted()));
  expect(await unknown()).toEqual(isUnknown());
  // what its rows bring is no other feed's
  expect((await reader.list())[0]?.brings).toContain('all');
  await expect(
    reader.put('other', settingsOf({ kind: 'connect', queues: { all: 'all' } })),
  ).rejects.toMatchObject({
    said: { code: 'queue-of-two-feeds' },
  });
  // another instance is asked from the beginning
  cloud.asked.length = 0;
  await byMetrics(feeds, cloud.address.replace('100000000001', '100000000002'), undefined, queuesOfDay).then(
    (other) => other.run('cloud'),
  );
  expect(cloud.asked.filter((path) => path === '/metrics/data').length).toBeGreaterThan(25);
  expect(await unknown()).toEqual({});
});

test('by what it adds up itself: sums that hold calls out of the queue or call-backs are not those of its callers', async () => {
  let now = day.from + 12 * 3600 + 400;
  const feeds = await open(() => now * 1000);
  const [first = '', second = ''] = Object.keys(queuesOfDay);
  const busy = [...totalRows(now)].flatMap(([key, { answered }]) =>
    key.startsWith(`${first} `) && answered > 0 ? Number(key.split(' ').at(-1)) : [],
  );
  const [calling, back] = [busy.at(-1), busy.at(-2)];
  const cloud = await openConnect(day, {
    secret: 'of the made-up one',
    now: () => now,
    others: (queue, start): Readonly<Record<string, number>> =>
      queue !== first ? {} : start === calling ? { OUTBOUND: 2 } : start === back ? { CALLBACK: 3 } : {},
  });
  opened.push(cloud);
  const figures = async (queue: string, start = 0): Promise<(number | undefined)[]> => {
    const columns = await feeds.store.traffic(queue);
    const at = columns.startMillis.indexOf(start * 1000);
    return (['answered', 'waitSecondsTotal', 'answeredInThreshold', 'handleSecondsTotal'] as const).map(
      (name) => columns[name][at],
    );
  };
  const own = (start = 0) => totalRows(now).get(`${first} ${start}`);
  const reader = await byMetrics(feeds, cloud.address);
  await reader.run('cloud');
  const [called, backed] = [own(calling), own(back)];
  expect(await figures(first, calling)).toEqual([
    called?.answered,
    called?.waitSecondsTotal,
    called?.within,
    Number.NaN,
  ]);
  expect(await figures(first, back)).toEqual([backed?.answered, Number.NaN, Number.NaN, Number.NaN]);
  // said once, however often the interval is asked for
  now += 1800;
  const { total } = await reader.run('cloud');
  expect((await reader.list())[0]?.unknownEvents).toEqual([
    { event: 'CALLBACK', count: 3 },
    { event: 'OUTBOUND', count: 2 },
  ]);
  expect(total.unknown).toBe(5);
  expect(total.read).toBe(total.stored + total.unknown + total.refused + total.repeated);
  // what is not known of one queue is not known of two that are called the same
  const both = await byMetrics(feeds, cloud.address, undefined, { [first]: 'both', [second]: 'both' });
  await both.run('cloud');
  const [answered, ...unknown] = await figures('both', back);
  expect(answered).toBe((backed?.answered ?? 0) + (totalRows(now).get(`${second} ${back}`)?.answered ?? 0));
  expect(unknown).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('by what it adds up itself: only calls handled that are not parted stop the feed', async () => {
  const now = day.from + 12 * 3600 + 400;
  for (const [handled, is] of [
    [0, 'live'],
    [2, 'broken'],
  ] as const) {
    const feeds = await open(() => now * 1000);
    const cloud = await openConnect(day, { secret: 'of the made-up one', now: () => now });
    opened.push(cloud);
    const result = (StartTime: number, Collections: readonly object[]) => ({
      Dimensions: { QUEUE: 'queue-1' },
      MetricInterval: { StartTime },
      Collections,
    });
    const figures = { CONTACTS_QUEUED_BY_ENQUEUE: 3, CONTACTS_HANDLED: handled };
    const from = Math.floor(now / 1800) * 1800 - 88 * 86_400;
    const answers = [
      { QueueSummaryList: [{ Id: 'queue-1', Name: 'one' }] },
      {
        MetricResults: [
          result(from + 1800, []),
          result(
            from + 3600,
            Object.entries(figures).map(([Name, Value]) => ({ Metric: { Name }, Value })),
          ),
        ],
      },
    ];
    const head = { 'content-type': 'application/json' };
    cloud.instead.push(...answers.map((said) => ({ status: 200, head, body: JSON.stringify(said) })));
    const reader = await byMetrics(feeds, cloud.address, undefined, { one: 'one' });
    await reader.run('cloud');
    expect((await reader.list())[0]?.state).toMatchObject({ is });
    if (is === 'live') expect((await feeds.store.traffic('one')).offered[0]).toBe(3);
  }
});

test('by what it adds up itself: who waits and is there is known again right after a restart', async () => {
  let now = day.from + 12 * 3600 + 400;
  const feeds = await open(() => now * 1000);
  const cloud = await openConnect(day, { secret: 'of the made-up one', now: () => now });
  opened.push(cloud);
  await (await byMetrics(feeds, cloud.address)).run('cloud');
  now += 61;
  cloud.asked.length = 0;
  const again = feeds.another();
  const stop = again.follow();
  await expect.poll(() => cloud.asked, { timeout: 10_000 }).toContain('/metrics/current/made-up');
  await stop();
  expect(cloud.asked).not.toContain('/metrics/data');
  expect((await again.list())[0]?.onQueue.length).toBeGreaterThan(0);
});

test('by what it adds up itself: 429, HTML, a key that is wrong and a right that is missing are said, and got over', async () => {
  const now = day.from + 12 * 3600 + 400;
  const feeds = await open(() => now * 1000);
  const cloud = await openConnect(day, { secret: 'of the made-up one', now: () => now });
  opened.push(cloud);
  const rule = async (reader: Awaited<ReturnType<typeof byMetrics>>) => (await reader.run('cloud')).state.why;
  expect(await rule(await byMetrics(feeds, cloud.address, 'another'))).toMatchObject({
    rule: 'feed-not-let-in',
  });
  const reader = await byMetrics(feeds, cloud.address);
  const denied = { 'x-amzn-errortype': 'AccessDeniedException', 'content-type': 'application/json' };
  cloud.instead.push({ status: 403, head: denied, body: '{}' });
  expect(await rule(reader)).toMatchObject({
    rule: 'feed-right-missing',
    values: { right: 'connect:ListQueues' },
  });
  cloud.instead.push({ status: 200, head: { 'content-type': 'text/html' }, body: '<html>no</html>' });
  expect(await rule(reader)).toMatchObject({ rule: 'feed-answer-wrong' });
  expect((await reader.run('cloud')).state).toMatchObject({ is: 'live' });
  expect(JSON.stringify(await reader.list())).not.toContain('of the made-up one');
  cloud.instead.push({ status: 429, head: { 'retry-after': '600' }, body: '' });
  expect(await rule(reader)).toMatchObject({ rule: 'feed-asked-too-often' });
  for (const [from, secret] of [
    ['https://connect.eu-central-1.amazonaws.com/100000000001/made-up', 'file:/key'],
    ['https://KEY@connect.eu-central-1.amazonaws.com/made-up', 'file:/key'],
    ['http://KEY@connect.eu-central-1.amazonaws.com/100000000001/made-up', 'file:/key'],
    ['https://KEY:secret@connect.eu-central-1.amazonaws.com/100000000001/made-up', 'file:/key'],
    ['https://KEY@connect.eu-central-1.amazonaws.com/100000000001/made-up', undefined],
  ])
    await expect(
      reader.put('wrong', settingsOf({ kind: 'connect', from: from ?? '', ...(secret && { secret }) })),
    ).rejects.toThrow();
});
