import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { playSwitchboardDay, type SwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { countsOf, type IntervalCounts, oddHabits, presenceOf, scaledDemo } from '../support/switchboard.ts';

/** Amazon Connect and Genesys Cloud: a made-up day in their shapes arrives to the call, and every record is accounted for. */
const day = playSwitchboardDay(scaledDemo(0.5), '2026-11-23', oddHabits);
const opened: OpenedFeeds[] = [];
const servers: { close(): void }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  for (const each of servers.splice(0)) each.close();
});
const open = async (): Promise<OpenedFeeds> => {
  const feeds = await openFeeds(() => day.to * 1000);
  opened.push(feeds);
  return feeds;
};

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const known = (leg: SwitchboardDay['legs'][number]): boolean =>
  leg.end !== 'lost' || leg.runsOnUntil !== undefined;

const storedOf = async ({ store }: OpenedFeeds): Promise<Map<string, IntervalCounts>> => {
  const counts = new Map<string, IntervalCounts>();
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
          handleSecondsTotal: at(columns.handleSecondsTotal),
        });
    }
  }
  return counts;
};

/** What these platforms know: a call without an end is none yet. */
const really = (): Map<string, IntervalCounts> => countsOf({ ...day, legs: day.legs.filter(known) }, 30);

test('Amazon Connect: contact records and agent events out of a folder, in whatever order, twice, packed or not', async () => {
  const feeds = await open();
  const folder = join(feeds.folder, 'stream');
  await mkdir(folder);
  const contacts = day.legs.filter(known).map((leg, i) => ({
    at: Math.max(leg.endedAt, leg.leftAt),
    record: {
      ContactId: `contact-${i}`,
      Channel: 'VOICE',
      InitiationMethod: leg.isEntryLogged ? 'INBOUND' : 'QUEUE_TRANSFER',
      LastUpdateTimestamp: iso(Math.max(leg.endedAt, leg.leftAt) + 60),
      DisconnectTimestamp: iso(Math.max(leg.endedAt, leg.leftAt)),
      DisconnectReason: leg.end === 'abandoned' ? 'CUSTOMER_DISCONNECT' : 'CONTACT_FLOW_DISCONNECT',
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: `+861000${i}` },
      Queue: { Name: leg.queue, EnqueueTimestamp: iso(leg.enteredAt), DequeueTimestamp: iso(leg.leftAt) },
      Agent:
        leg.operator === undefined
          ? null
          : {
              Username: leg.operator,
              ConnectedToAgentTimestamp: iso(leg.leftAt),
              AgentInteractionDuration: leg.endedAt - leg.leftAt,
              CustomerHoldDuration: 0,
              AfterContactWorkDuration: 0,
            },
    },
  }));
  const agents = day.spans.flatMap(({ operator, from, to, begins, ends }, i) => {
    const event = (at: number, type: string, status: string, n: number) => ({
      at,
      record: {
        AWSAccountId: '1',
        AgentARN: `arn:${operator}`,
        EventId: `e-${i}-${n}`,
        EventTimestamp: iso(at),
        EventType: type,
        CurrentAgentSnapshot: {
          AgentStatus: { Name: status, Type: status },
          Configuration: { Username: operator },
        },
      },
    });
    return [
      begins === 'login' ? event(from, 'LOGIN', 'ROUTABLE', 0) : event(from, 'STATE_CHANGE', 'ROUTABLE', 0),
      ends === 'logoff' ? event(to, 'LOGOUT', 'OFFLINE', 1) : event(to, 'STATE_CHANGE', 'CUSTOM', 1),
      // it goes on after a logout
      event(to + 120, 'HEART_BEAT', 'OFFLINE', 2),
    ];
  });
  const odd = [
    { at: day.from, text: '{"ContactId": "half' },
    { at: day.from, text: '{"ContactId": "open", "Queue": {' },
    { at: day.from, text: '<html>no</html>' },
    { at: day.from, text: '{"ContactId":"x","LastUpdateTimestamp":"yesterday","Channel":"VOICE"}' },
    { at: day.from, text: JSON.stringify({ ...contacts[0]?.record, ContactId: 'chat', Channel: 'CHAT' }) },
    {
      at: day.from,
      text: JSON.stringify({ ...contacts[0]?.record, ContactId: 'out', InitiationMethod: 'OUTBOUND' }),
    },
  ];
  // before its end a contact is said once as it was then: the last update stands, whichever comes first
  const early = contacts.slice(0, 50).map(({ at, record }) => ({
    at,
    record: {
      ...record,
      LastUpdateTimestamp: record.Queue.EnqueueTimestamp,
      Agent: null,
      DisconnectReason: 'CUSTOMER_DISCONNECT',
    },
  }));
  const all = [...agents, ...contacts]
    .sort((a, b) => a.at - b.at)
    .map(({ record }) => JSON.stringify(record));
  const put = async (name: string, text: string | Buffer): Promise<void> => {
    await writeFile(join(folder, name), text);
    await utimes(join(folder, name), day.to, day.to);
  };
  const part = Math.ceil(all.length / 4);
  await put('a', all.slice(0, part).join(''));
  await put('b.gz', gzipSync(all.slice(part, 2 * part).join('\n')));
  await put('c.json', `[${all.slice(2 * part, 3 * part).join(',\n')}]`);
  const reader = feeds.another();
  const madeBy = settingsOf({ kind: 'connect', from: folder, lateHours: 24 });
  const { operators } = generateDemo({ ...scaledDemo(0.5), days: 8 });
  await feeds.store.write(
    'operators',
    operators.map((each) => ({ ...each, team: 'A' })),
  );
  await reader.put('cloud', madeBy);
  await reader.run('cloud');
  await put('d', all.slice(3 * part).join(''));
  await put('e', early.map(({ record }) => JSON.stringify(record)).join('\n'));
  await put('f', odd.map(({ text }) => text).join('\n'));
  await put('g', all.slice(0, part).join(''));
  const ran = await reader.run('cloud');
  const beats = agents.length / 3;
  expect(ran.total).toEqual({
    read: all.length + part + early.length + odd.length,
    stored: all.length - beats + early.length,
    unknown: 2,
    refused: 4,
    repeated: ran.total.repeated,
  });
  expect(ran.total.read).toBe(ran.total.stored + ran.total.unknown + ran.total.refused + ran.total.repeated);
  expect(await storedOf(feeds)).toEqual(really());
  const presence = new Map(
    (await feeds.store.read('presence')).map((row) => [
      `${row.tier} ${row.startMillis / 1000}`,
      row.operators,
    ]),
  );
  for (const [key, seconds] of presenceOf(day, 30))
    if (Number(key.split(' ')[1]) + 1800 < day.to)
      expect(presence.get(key), key).toBeCloseTo(seconds / 1800, 9);
  expect((await reader.run('cloud')).stored).toBe(0);
});

interface Server {
  readonly address: string;
  readonly asked: string[];
  /** Answered in place of the next ones. */
  readonly instead: {
    readonly status: number;
    readonly head?: Record<string, string>;
    readonly body: string;
  }[];
}

/** The day as Genesys Cloud answers of it: an acd part a stay, whoever took it, totals by half-hour. */
const serveGenesys = async (wrong: number): Promise<Server> => {
  const legs = day.legs.filter(known);
  const ids = new Map([...new Set(legs.map(({ queue }) => queue))].map((queue) => [queue, `id-of-${queue}`]));
  const conversations = legs.map((leg, i) => {
    const queueId = ids.get(leg.queue);
    const wait = 1000 * (leg.leftAt - leg.enteredAt);
    const name = leg.operator !== undefined ? 'tAnswered' : leg.end === 'abandoned' ? 'tAbandon' : 'tFlowOut';
    const segment = (from: number, to: number) => ({ queueId, segmentStart: iso(from), segmentEnd: iso(to) });
    const session = { mediaType: 'voice', direction: 'inbound' };
    return {
      conversationId: `c-${i}`,
      conversationStart: iso(leg.enteredAt),
      at: leg.enteredAt,
      until: Math.max(leg.endedAt, leg.leftAt),
      participants: [
        { purpose: 'customer', sessions: [{ ...session, ani: `tel:+86100000${i}` }] },
        {
          purpose: 'acd',
          sessions: [
            {
              ...session,
              segments: [segment(leg.enteredAt, leg.leftAt)],
              metrics: [
                { name: 'nOffered', value: 1 },
                { name, value: wait },
              ],
            },
          ],
        },
        ...(leg.operator === undefined
          ? []
          : [
              {
                purpose: 'agent',
                userId: leg.operator,
                sessions: [
                  {
                    ...session,
                    segments: [segment(leg.leftAt, leg.endedAt)],
                    metrics: [{ name: 'tHandle', value: 1000 * (leg.endedAt - leg.leftAt) }],
                  },
                ],
              },
            ]),
      ],
    };
  });
  const callBack = structuredClone(conversations[40]) as (typeof conversations)[number];
  callBack.conversationId = 'call-back';
  callBack.participants.push({
    purpose: 'acd',
    sessions: [{ mediaType: 'callback', direction: 'outbound' }],
  } as never);
  const broken = {
    at: day.from + 7200,
    until: day.from + 7300,
    conversationId: 'broken',
    participants: 'none',
  };
  const all = [...conversations, callBack, broken];
  const server: Server = { address: '', asked: [], instead: [] };
  const http = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += String(piece)));
    request.on('end', () => {
      const path = request.url?.split('?')[0] ?? '';
      server.asked.push(path);
      const say = (said: unknown): void =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
      const instead = path === '/oauth/token' ? undefined : server.instead.shift();
      if (instead !== undefined)
        return void response.writeHead(instead.status, instead.head).end(instead.body);
      if (path === '/oauth/token')
        return request.headers.authorization === `Basic ${Buffer.from('client:pass').toString('base64')}`
          ? say({ access_token: 'token-1', expires_in: 86_400 })
          : void response.writeHead(401).end();
      if (request.headers.authorization !== 'Bearer token-1') return void response.writeHead(401).end();
      if (path === '/api/v2/routing/queues')
        return say({ entities: [...ids].map(([name, id]) => ({ id, name })), pageCount: 1 });
      const asked = JSON.parse(body) as {
        interval: string;
        paging?: { pageNumber: number; pageSize: number };
      };
      const [from = 0, to = 0] = asked.interval.split('/').map((at) => Date.parse(at) / 1000);
      if (asked.paging !== undefined) {
        const { pageNumber, pageSize } = asked.paging;
        const found = all.filter((each) => each.at < to && each.until >= from);
        return say({
          conversations: found.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
          totalHits: found.length,
        });
      }
      const totals = [...ids].map(([queue, queueId]) => {
        const data = [];
        for (let at = from; at < to; at += 1800) {
          const own = all.filter(
            ({ participants, at: entered }) =>
              entered >= at && entered < at + 1800 && JSON.stringify(participants).includes(`"${queueId}"`),
          );
          const ends = (name: string): number =>
            own.filter((each) => JSON.stringify(each).includes(name)).length;
          const offered = own.length + (at === wrong && queue === 'general' ? 3 : 0);
          if (own.length > 0)
            data.push({
              interval: `${iso(at)}/${iso(at + 1800)}`,
              metrics: [
                { metric: 'nOffered', stats: { count: offered } },
                ...['tAnswered', 'tAbandon', 'tFlowOut'].flatMap((metric) =>
                  ends(metric) === 0 ? [] : [{ metric, stats: { count: ends(metric) } }],
                ),
              ],
            });
        }
        return { group: { queueId, mediaType: 'voice' }, data };
      });
      return say({ results: totals });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  servers.push(http);
  return { ...server, address: `http://client@127.0.0.1:${(http.address() as AddressInfo).port}` };
};

test('Genesys Cloud: conversations to the call, its own totals held against them, 429 and HTML said and got over', async () => {
  const wrong = day.from + 10 * 3600;
  const server = await serveGenesys(wrong);
  const feeds = await open();
  const secret = join(feeds.folder, 'secret');
  await writeFile(secret, 'pass\n');
  const reader = feeds.another();
  const settings = settingsOf({
    kind: 'genesys',
    from: server.address,
    secret: `file:${secret}`,
    lateHours: 24,
  });
  await reader.put('cloud', settings);
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
  expect(ran.total.unknown).toBe(2);
  expect(ran.total.refused).toBeGreaterThanOrEqual(1);
  expect((await reader.list())[0]?.refusals.map(({ reason }) => reason)).toEqual(['bad-conversation']);
  expect(ran.total.read).toBe(ran.total.stored + ran.total.unknown + ran.total.refused + ran.total.repeated);
  expect(await storedOf(feeds)).toEqual(really());
  const [shown] = await reader.list();
  expect(shown?.differences).toEqual([
    {
      queue: 'general',
      start: iso(wrong),
      said: expect.any(Number) as number,
      counted: expect.any(Number) as number,
    },
  ]);
  const [difference] = shown?.differences ?? [];
  expect((difference?.said ?? 0) - (difference?.counted ?? 0)).toBe(3);
  const before = server.asked.length;
  server.instead.push({ status: 429, head: { 'retry-after': '600' }, body: '' });
  expect((await reader.run('cloud')).state).toMatchObject({ why: { rule: 'feed-asked-too-often' } });
  expect(JSON.stringify(await reader.list())).not.toMatch(/pass"|token-1/);
  expect(server.asked.slice(before).filter((path) => path !== '/oauth/token')).toHaveLength(1);
});
