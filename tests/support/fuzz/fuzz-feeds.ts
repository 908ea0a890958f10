import { once } from 'node:events';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeEndpoints } from '../../../src/contract/http/write-endpoints.ts';
import type { FeedRun } from '../../../src/contract/documents/feed-documents.ts';
import { type Random, seededRandom } from '../../../src/kernel/random.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../open-feeds.ts';
import { below, chance, oneOf } from './draw.ts';

/**
 * Readers of feeds whose sources are files, answers or deliveries. Those of sockets take frames apart: `live-sockets.test.ts`
 * has theirs.
 */
export const fuzzedFeeds = [
  'queue-log',
  'cdr',
  'folder',
  'connect',
  'connect-delivery',
  'connect-metrics',
  'genesys',
] as const;
export type FuzzedFeed = (typeof fuzzedFeeds)[number];

/** They answer something else whenever they are asked. */
const asked: ReadonlySet<FuzzedFeed> = new Set(['connect-metrics', 'genesys']);

/** A feed whose source has something else at each try. */
interface Fuzzed {
  /** Writes, or will answer, something that is broken in one way or several. */
  readonly say: (random: Random) => Promise<void> | void;
  readonly run: () => Promise<Pick<FeedRun, 'total' | 'state'>>;
  readonly close: () => void;
}

/**
 * So many tries of one reader. What it may not do: throw, break for another reason than what its source said, take ten seconds,
 * count something twice or not at all, or store half of it. Answers what it did of that, with the try; a feed is begun
 * anew every two hundred tries.
 */
export const fuzzFeed = async (kind: FuzzedFeed, seed: number, tries: number): Promise<string[]> => {
  const faults: string[] = [];
  for (let from = 0; from < tries; from += 200) {
    const clock = { now: Date.parse('2026-11-24T08:00:00Z') };
    const feeds = await openFeeds(() => clock.now);
    try {
      const fuzzed = await openers[kind](feeds, clock);
      for (let i = from; i < Math.min(tries, from + 200); i += 1) {
        const random = seededRandom(seed, i);
        await fuzzed.say(random);
        const began = performance.now();
        const wrong = (why: string): void => void faults.push(`${kind}, seed ${seed}, try ${i}: ${why}`);
        const ran = await fuzzed.run().catch((error: unknown) => {
          wrong(String(error));
          return undefined;
        });
        const took = performance.now() - began;
        if (took > 10_000) wrong(`took ${Math.round(took)} ms`);
        if (ran === undefined) continue;
        const { total, state } = ran;
        if (state.why?.rule === 'feed-failed') wrong(JSON.stringify(state.why));
        const { read, stored, unknown, refused, repeated } = total;
        if (read !== stored + unknown + refused + repeated) wrong(`counts ${JSON.stringify(total)}`);
      }
      // what refuses all was not tried
      const [feed] = await feeds.another().list();
      if (feed?.stored === 0 && tries - from >= 25)
        faults.push(`${kind}, from try ${from}: nothing is stored`);
      for (const row of await feeds.stored()) {
        const [, , ...figures] = row.split(' ');
        if (figures.some((each) => Number(each) < 0)) faults.push(`${kind}, by try ${from + 200}: ${row}`);
      }
      // whatever the source says now, what is stored stays what it is
      const before = await feeds.stored();
      await fuzzed.run();
      if ((await feeds.stored()).join() !== before.join() && !asked.has(kind))
        faults.push(`${kind}, by try ${from + 200}: another look changes what is stored`);
      fuzzed.close();
    } finally {
      await feeds.close();
    }
  }
  return faults;
};

const start = Date.parse('2026-11-24T07:00:00Z') / 1000;
const odd = [
  'null',
  '0',
  '-1',
  '1e309',
  '99999999999999999999',
  '""',
  '"x"',
  '{}',
  '[]',
  '[[[[]]]]',
  '"2026-11-24T07:00:00Z"',
  '"0000-00-00T00:00:00Z"',
  '"\\u0000"',
  '"__proto__"',
  '"constructor"',
  'true',
  '{"__proto__":{"a":1}}',
];

/** A text with some of it cut, doubled, swapped, or put in the place of something else. */
const broken = (random: Random, text: string): string => {
  let said = text;
  for (let n = 1 + below(random, 3); n > 0; n -= 1) {
    const at = below(random, said.length + 1);
    const to = Math.min(said.length, at + 1 + below(random, 30));
    const how = below(random, 6);
    // a value of JSON, or a cell, in the place of another
    const values = [...said.matchAll(/"[^"]*"(?=[,\]}])|-?\d+(?:\.\d+)?|null|true|[^,|\n]+(?=[,|\n])/g)];
    const value = values[below(random, values.length)];
    if (how < 3 && value !== undefined)
      said = said.slice(0, value.index) + oneOf(random, odd) + said.slice(value.index + value[0].length);
    else if (how === 3) said = said.slice(0, at) + said.slice(to);
    else if (how === 4) said = said.slice(0, to) + said.slice(at);
    else
      said =
        said.slice(0, at) +
        oneOf(random, ['\u0000', '|', '"', '{', ']', '\n', '队列', ',', '\\']) +
        said.slice(at);
  }
  return said;
};

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

const queueLogText = (random: Random): string => {
  const at = start + below(random, 3000);
  const id = `${at}.${below(random, 400)}`;
  return `${at}|${id}|general|NONE|ENTERQUEUE||13800000${below(random, 900)}|1\n${at + 9}|${id}|general|PJSIP/7|CONNECT|9|${id}|2\n${at + 60}|${id}|general|PJSIP/7|COMPLETEAGENT|9|51|1\n${at}|NONE|general|PJSIP/7|PAUSE|x\n`;
};
const cdrText = (random: Random): string => {
  const at = start + below(random, 3000);
  return `"m-${below(random, 1e6)}","north@default","member","${at}","${at + 5}","${at + 95}","","","1001","13800001234"\n`;
};
const filesText = (random: Random): string => {
  const rows = Array.from(
    { length: 4 },
    (_, i) => `general,2026-11-2${i} 08:30,${20 + below(random, 9)},18,2`,
  );
  return `queue,start,offered,answered,abandoned\n${rows.join('\n')}\n`;
};
const connectText = (random: Random): string => {
  const at = start + below(random, 3000);
  const contact = {
    ContactId: `c-${below(random, 1e6)}`,
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    LastUpdateTimestamp: iso(at + 100),
    DisconnectTimestamp: iso(at + 90),
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    CustomerEndpoint: { Address: '+8613800001234' },
    Queue: { Name: 'general', EnqueueTimestamp: iso(at), DequeueTimestamp: iso(at + 9) },
    Agent: { Username: 'li', ConnectedToAgentTimestamp: iso(at + 9), AgentInteractionDuration: 81 },
  };
  const agent = {
    EventId: `e-${below(random, 1e6)}`,
    EventType: oneOf(random, ['LOGIN', 'LOGOUT', 'STATE_CHANGE', 'HEART_BEAT']),
    EventTimestamp: iso(at),
    AgentARN: 'arn:li',
    CurrentAgentSnapshot: {
      AgentStatus: { Name: 'Available', Type: 'ROUTABLE' },
      Configuration: { Username: 'li' },
    },
  };
  return [contact, agent, contact].map((each) => JSON.stringify(each)).join(oneOf(random, ['', '\n', ',']));
};
const conversationsOf = (random: Random, now: number) => {
  const at = now / 1000 - 600 + below(random, 500);
  const session = { mediaType: 'voice', direction: 'inbound' };
  const segment = (from: number, to: number) => ({
    queueId: 'q-1',
    segmentStart: iso(from),
    segmentEnd: iso(to),
  });
  return {
    conversations: Array.from({ length: 3 }, (_, i) => ({
      conversationId: `c-${below(random, 1e6)}-${i}`,
      conversationStart: iso(at),
      participants: [
        { purpose: 'customer', sessions: [{ ...session, ani: 'tel:+8613800001234' }] },
        {
          purpose: 'acd',
          sessions: [
            { ...session, segments: [segment(at, at + 9)], metrics: [{ name: 'tAnswered', value: 9000 }] },
          ],
        },
        {
          purpose: 'agent',
          userId: 'li',
          sessions: [
            {
              ...session,
              segments: [segment(at + 9, at + 60)],
              metrics: [{ name: 'tHandle', value: 51_000 }],
            },
          ],
        },
      ],
    })),
  };
};

const usersOf = (random: Random, now: number) => {
  const at = now / 1000 - 600 + below(random, 500);
  const routingStatus = ['IDLE', 'INTERACTING', 'OFF_QUEUE'].map((status, i) => ({
    startTime: iso(at + 60 * i),
    ...(i < 2 ? { endTime: iso(at + 60 * (i + 1)) } : {}),
    routingStatus: status,
  }));
  return { userDetails: [{ userId: `u-${below(random, 9)}`, routingStatus }] };
};
const observed = (random: Random, now: number) => {
  const observations = [{ observationDate: iso(now / 1000 - 9) }];
  const group = { queueId: 'q-1', mediaType: 'voice' };
  const count = below(random, 9);
  return {
    results: [
      { group, data: [{ metric: 'oWaiting', stats: { count }, observations }] },
      { group, data: [{ metric: 'oOnQueueUsers', qualifier: 'IDLE', stats: { count } }] },
    ],
  };
};

const metrics = [
  'CONTACTS_QUEUED_BY_ENQUEUE',
  'CONTACTS_HANDLED',
  'CONTACTS_ABANDONED',
  'SUM_CONTACTS_ANSWERED_IN_X',
  'AVG_QUEUE_ANSWER_TIME',
  'AVG_ABANDON_TIME',
  'SUM_HANDLE_TIME',
  'CONTACTS_IN_QUEUE',
  'OLDEST_CONTACT_AGE',
  'AGENTS_STAFFED',
];
const figuresOf = (random: Random) => [
  ...metrics.map((Name) => ({ Metric: { Name }, Value: below(random, 30) })),
  {
    Metric: {
      Name: 'CONTACTS_HANDLED',
      MetricFilters: [{ MetricFilterValues: ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER'] }],
    },
    Value: below(random, 30),
  },
];
const intervalOf = (random: Random, asked: string) => {
  const { StartTime: from = 0, EndTime: to = 0 } = JSON.parse(asked) as {
    StartTime?: number;
    EndTime?: number;
  };
  const StartTime = from + 1800 * below(random, 1 + (to - from) / 1800);
  return {
    Dimensions: { QUEUE: oneOf(random, ['q-1', 'q-2', 'q-3']) },
    MetricInterval: { StartTime, EndTime: StartTime + 1800 },
    Collections: figuresOf(random),
  };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const openers: Readonly<Record<FuzzedFeed, (feeds: OpenedFeeds, clock: { now: number }) => Promise<Fuzzed>>> =
  {
    'queue-log': async (feeds) => {
      const log = join(feeds.folder, 'queue_log');
      await writeFile(log, '');
      return byFiles(feeds, 'queue-log', log, (random) =>
        appendFile(log, broken(random, queueLogText(random))),
      );
    },
    cdr: async (feeds) => {
      const folder = await newFolder(feeds);
      return byFiles(feeds, 'cdr', folder, async (random) => {
        const text = broken(random, cdrText(random));
        if (chance(random, 0.7)) return appendFile(join(folder, 'Master.csv'), `${text}\n`);
        const record = {
          variables: {
            cc_queue: 'q',
            cc_member_uuid: 'm',
            cc_queue_joined_epoch: start,
            end_epoch: start + 9,
          },
        };
        return writeFile(
          join(folder, `${below(random, 1e6)}.cdr.json`),
          broken(random, JSON.stringify(record)),
        );
      });
    },
    folder: async (feeds) => {
      const folder = await newFolder(feeds);
      return byFiles(feeds, 'folder', folder, (random) =>
        writeFile(join(folder, `day-${below(random, 5)}.csv`), broken(random, filesText(random))),
      );
    },
    connect: async (feeds) => {
      const folder = await newFolder(feeds);
      return byFiles(feeds, 'connect', folder, (random) =>
        writeFile(join(folder, `part-${below(random, 30)}`), broken(random, connectText(random))),
      );
    },
    genesys: (feeds, clock) => {
      const wholeOf = (path: string, random: Random): object =>
        path.includes('oauth')
          ? { access_token: 't' }
          : path.includes('routing')
            ? { entities: [{ id: 'q-1', name: 'general' }], pageCount: 1 }
            : path.includes('users')
              ? usersOf(random, clock.now)
              : path.includes('observations')
                ? observed(random, clock.now)
                : path.includes('details')
                  ? conversationsOf(random, clock.now)
                  : {
                      results: [
                        {
                          group: { queueId: 'q-1' },
                          data: [
                            {
                              interval: `${iso(start)}/${iso(start + 1800)}`,
                              metrics: [{ metric: 'nOffered', stats: { count: 3 } }],
                            },
                          ],
                        },
                      ],
                    };
      return byAnswers(feeds, clock, 'genesys', (place) => `http://client@${place}`, wholeOf);
    },
    'connect-metrics': (feeds, clock) => {
      const wholeOf = (path: string, random: Random, asked: string): object =>
        path.includes('queues-summary')
          ? { QueueSummaryList: [{ Id: 'q-1', Name: 'general' }, { Id: 'q-2' }] }
          : path.includes('current')
            ? { MetricResults: [{ Dimensions: { Queue: { Id: 'q-1' } }, Collections: figuresOf(random) }] }
            : { MetricResults: Array.from({ length: 3 }, () => intervalOf(random, asked)) };
      const at = (place: string): string => `http://KEY@${place}/100000000001/fuzzed`;
      return byAnswers(feeds, clock, 'connect', at, wholeOf);
    },
    'connect-delivery': async (feeds) => {
      const reader = feeds.another();
      await reader.put('fuzzed', settingsOf({ kind: 'connect' }));
      let body = '';
      const deliver = async (): Promise<void> => {
        const { data } = writeEndpoints.pushStream.body.safeParse(jsonOf(body));
        if (data !== undefined)
          await reader.pushStream(
            'fuzzed',
            data.records.map((each) => each.data),
          );
      };
      return {
        say: (random) => {
          const records = Array.from({ length: 1 + below(random, 3) }, () => {
            const text = chance(random, 0.7) ? broken(random, connectText(random)) : connectText(random);
            return { data: Buffer.from(text).toString('base64') };
          });
          const whole = JSON.stringify({ requestId: `r-${below(random, 9)}`, timestamp: 1, records });
          body = chance(random, 0.3) ? broken(random, whole) : whole;
        },
        run: async () => {
          await deliver();
          const first = await reader.list();
          // whether it was answered or not, it may come again
          await deliver();
          const [again] = await reader.list();
          if (again === undefined || again.stored !== first[0]?.stored)
            throw new Error(`delivered again: ${again?.stored} stored, not ${first[0]?.stored}`);
          const { read, stored, unknown, refused, repeated, state } = again;
          return { total: { read, stored, unknown, refused, repeated }, state };
        },
        close: () => undefined,
      };
    },
  };

/** A source that is asked, each of whose answers may be broken, late, or none. */
const byAnswers = async (
  feeds: OpenedFeeds,
  clock: { now: number },
  kind: 'connect' | 'genesys',
  at: (place: string) => string,
  wholeOf: (path: string, random: Random, asked: string) => object,
): Promise<Fuzzed> => {
  let random = seededRandom(1, 1);
  const http = createServer((request, response) => {
    const asked: Buffer[] = [];
    request.on('data', (piece: Buffer) => asked.push(piece));
    request.on('end', () => {
      const text = JSON.stringify(wholeOf(request.url ?? '', random, Buffer.concat(asked).toString()));
      const how = below(random, 20);
      if (how === 0) {
        response.destroy();
        return;
      }
      const status = how === 1 ? oneOf(random, [400, 401, 403, 404, 429, 500, 503]) : 200;
      const type =
        how === 2 ? oneOf(random, ['text/html', '', 'application/json; charset=gb2312']) : 'application/json';
      const head = {
        'content-type': type,
        ...(status === 429 ? { 'retry-after': oneOf(random, ['1', 'x', '-5', '99999999']) } : {}),
      };
      response.writeHead(status, head).end(chance(random, 0.5) ? broken(random, text) : text);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const secret = join(feeds.folder, 'secret');
  await writeFile(secret, 'pass');
  const from = at(`127.0.0.1:${(http.address() as AddressInfo).port}`);
  await feeds.another().put('fuzzed', settingsOf({ kind, from, secret: `file:${secret}` }));
  return {
    say: (drawn) => {
      random = drawn;
      clock.now += 5 * 60_000;
    },
    run: () => feeds.another().run('fuzzed'),
    close: () => void http.close(),
  };
};

const newFolder = async ({ folder }: OpenedFeeds): Promise<string> => {
  const place = join(folder, 'source');
  await mkdir(place);
  return place;
};

const byFiles = async (
  feeds: OpenedFeeds,
  kind: 'queue-log' | 'cdr' | 'folder' | 'connect',
  from: string,
  say: Fuzzed['say'],
): Promise<Fuzzed> => {
  const reader = feeds.another();
  await reader.put('fuzzed', settingsOf({ kind, from }));
  return { say, run: () => reader.run('fuzzed'), close: () => undefined };
};
