import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readInfo } from '../../src/feeds/freeswitch.ts';
import { readManager } from '../../src/feeds/asterisk-events.ts';
import type { CameIn } from '../../src/feeds/feed-adapter.ts';
import { fieldsOf } from '../../src/feeds/switch-socket.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** A sample in the shape of each source, and a broken one: every row is accounted for, by these counts. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const at = Date.parse('2026-11-24T02:00:00Z') / 1000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

const record = (id: string, more: Readonly<Record<string, string | number>> = {}): string => {
  const fields = {
    uuid: id,
    queue: 'north@default',
    side: 'member',
    joined: at,
    answered: at + 5,
    terminated: at + 95,
    canceled: '',
    reason: '',
    agent: '1001',
    caller: '13800001234',
    ...more,
  };
  return Object.values(fields)
    .map((cell) => `"${cell}"`)
    .join();
};
const contact = (id: string, more: object = {}): string =>
  JSON.stringify({
    ContactId: id,
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    LastUpdateTimestamp: iso(at + 99),
    DisconnectTimestamp: iso(at + 90),
    Queue: { Name: 'general', EnqueueTimestamp: iso(at), DequeueTimestamp: iso(at + 7), Duration: 7 },
    Agent: { Username: 'li', ConnectedToAgentTimestamp: iso(at + 7), AgentInteractionDuration: 83 },
    ...more,
  });
const agentEvent = (id: string, type: string): string =>
  JSON.stringify({
    AWSAccountId: '1',
    AgentARN: 'arn:li',
    EventId: id,
    EventTimestamp: iso(at),
    EventType: type,
    CurrentAgentSnapshot: {
      AgentStatus: { Name: 'Available', Type: 'ROUTABLE' },
      Configuration: { Username: 'li' },
    },
  });
const log = (seconds: number, id: string, rest: string): string => `${at + seconds}|${id}|${rest}`;
const conversation = (variables: object): string => JSON.stringify({ variables });

interface Sample {
  readonly kind: 'queue-log' | 'cdr' | 'connect' | 'folder';
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly map?: Readonly<Record<string, unknown>>;
  /** Stored, unknown, refused, repeated. */
  readonly counts: readonly [number, number, number, number];
}

/** What systems put into a folder, and each with one figure that is none: such a file is refused as a whole, with why. */
function* folderSamples(): Generator<Sample> {
  const exports: Readonly<Record<string, readonly string[]>> = {
    'any platform': [
      'queue,start,offered,answered,abandoned',
      'a,2026-11-23 08:00,20,18,2',
      'a,2026-11-23 08:30,22,20,2',
    ],
    'Avaya CMS': [
      'Split/Skill,Date,Time,ACD Calls,Avg Speed Ans,Aban Calls,Avg Aban Time,Avg ACD Time,Avg ACW Time',
      'General,11/23/2026,7:00AM-7:30AM,12,:08,1,:40,3:20,0:40',
      'General,11/23/2026,7:30AM-8:00AM,20,0:09,2,1:05,3:10,0:35',
    ],
    'Cisco UCCX': [
      'CSQ Name,Interval Start Time,Interval End Time,Calls Presented,Calls Handled,Calls Abandoned,Avg Handle Time',
      'General,11/23/26 8:00:00 AM,11/23/26 8:30:00 AM,40,38,2,00:04:00',
      'General,11/23/26 8:30:00 AM,11/23/26 9:00:00 AM,50,45,5,00:05:00',
    ],
    'Huawei AICC': [
      '统计时间,技能队列,人工呼入请求服务数,人工呼入请求接通数,人工呼入请求呼损数,15秒内人工接通数',
      '2026-11-23 08:00,综合,40,38,2,30',
      '2026-11-23 08:30,综合,50,45,5,33',
    ],
    'Alibaba Cloud CCC, by hour': [
      '技能组,时间,呼入量,接通量,放弃量,平均处理时长',
      '综合,2026-11-23 08:00,40,38,2,240',
      '综合,2026-11-23 09:00,50,45,5,300',
    ],
    '3CX, its call detail records by a map': [
      'Call 121,00:03:09,2026/11/23 00:00:01,2026/11/23 00:00:09,2026/11/23 00:03:10,TerminatedByDst,13800138001,Q800',
      'Call 122,00:00:40,2026/11/23 00:10:01,,2026/11/23 00:10:41,TerminatedBySrc,13800138002,Q800',
    ],
  };
  for (const [name, lines] of Object.entries(exports)) {
    const by3cx = name.startsWith('3CX');
    const more = by3cx ? { map: cdrOf3cx } : {};
    const sample = { kind: 'folder' as const, file: 'day.csv', ...more };
    const text = `${lines.join('\n')}\n`;
    yield { ...sample, name, text, counts: [2, 0, 0, 0] };
    const broken = text.replaceAll(by3cx ? /2026.11.23 00:10:01/g : /,(50|20),/g, by3cx ? 'soon' : ',soon,');
    yield { ...sample, name: `${name}, broken`, text: broken, counts: [0, 0, 1, 0] };
  }
}

/** A line of 3CX has no headings, in whatever order its template says. */
const cdrOf3cx = {
  kind: 'calls',
  headings: ['historyid', 'duration', 'start', 'answered', 'end', 'reason', 'from', 'to'],
  made: {
    wait: { from: 'start', to: ['answered', 'end'] },
    talk: { from: 'answered', to: ['end'] },
    outcome: { filled: 'answered', yes: 'answered', no: 'abandoned' },
  },
  columns: {
    call_id: 'historyid',
    queue: 'to',
    arrived_at: 'start',
    wait_seconds: 'wait',
    handle_seconds: 'talk',
    outcome: 'outcome',
    caller: 'from',
  },
  values: { queue: { Q800: 'general' } },
};

const samples: readonly Sample[] = [
  {
    kind: 'queue-log',
    name: 'recorded shape',
    file: 'queue_log',
    text: lines(
      log(0, 'c.1', '1501|NONE|ENTERQUEUE||XXXXXXXXXXX|1'),
      log(12, 'c.1', '1501|PJSIP/7009|CONNECT|12|c.2|11'),
      log(311, 'c.1', '1501|PJSIP/7009|COMPLETEAGENT|12|299|1'),
      log(320, 'c.3', '1501|NONE|ENTERQUEUE||13800001234|1'),
      log(331, 'c.3', '1501|NONE|ABANDON|1|1|11'),
      log(340, 'NONE', 'NONE|PJSIP/7009|PAUSEALL|lunch'),
      log(341, 'NONE', 'NONE|NONE|CONFIGRELOAD|'),
      log(350, 'c.4', '1501|NONE|DID|4000'),
    ),
    counts: [7, 1, 0, 0],
  },
  {
    kind: 'queue-log',
    name: 'broken',
    file: 'queue_log',
    text: lines(
      log(0, 'c.1', '1501|NONE|ENTERQUEUE||13800001234|1'),
      log(0, 'c.1', '1501|NONE|ENTERQUEUE||13800001234|1'),
      '\u0000\u0001',
      'a|b|c',
      `0|c.5|1501|NONE|ENTERQUEUE||X|1`,
      log(9, 'c.6', '1501|NONE|ABANDON|1|1|soon'),
      log(9, 'c.7', '1501|NONE|13800001234|'),
      log(9, 'c.8', '|NONE|ENTERQUEUE||X|1'),
    ),
    counts: [1, 0, 6, 1],
  },
  {
    kind: 'cdr',
    name: 'recorded shape',
    file: 'Master.csv',
    text: lines(
      record('m-1'),
      record('m-2', { answered: '', terminated: '', canceled: at + 30, reason: 'BREAK_OUT', agent: '' }),
      record('m-3', { queue: '' }),
    ),
    counts: [2, 1, 0, 0],
  },
  {
    kind: 'cdr',
    name: 'broken',
    file: 'Master.csv',
    text: lines(
      record('m-1'),
      record('m-1'),
      'x',
      record('m-2', { joined: 'soon' }),
      record('m-3', { terminated: at - 5 }),
    ),
    counts: [1, 0, 3, 1],
  },
  {
    kind: 'cdr',
    name: 'recorded shape, JSON',
    file: 'a.cdr.json',
    text: conversation({
      cc_queue: 'north%40default',
      cc_side: 'member',
      cc_member_uuid: 'm-9',
      cc_queue_joined_epoch: String(at),
      cc_queue_answered_epoch: String(at + 5),
      cc_queue_terminated_epoch: String(at + 50),
    }),
    counts: [1, 0, 0, 0],
  },
  { kind: 'cdr', name: 'broken, JSON', file: 'a.cdr.json', text: '{"variables":', counts: [0, 0, 1, 0] },
  {
    kind: 'connect',
    name: 'recorded shape',
    file: 'stream',
    text: [
      contact('1'),
      contact('2', { Agent: null }),
      contact('3', { Channel: 'CHAT' }),
      agentEvent('e', 'LOGIN'),
      agentEvent('f', 'HEART_BEAT'),
    ].join(''),
    counts: [3, 1, 0, 1],
  },
  {
    kind: 'connect',
    name: 'broken',
    file: 'stream',
    text: [
      contact('1'),
      contact('2', { LastUpdateTimestamp: 'yesterday' }),
      '{"a":1}',
      '[not',
      contact('1'),
      '{"ContactId": "half',
    ].join('\n'),
    counts: [1, 0, 4, 1],
  },
  ...folderSamples(),
];

test.each(samples)('$kind, $name', async ({ kind, file, text, counts, map }) => {
  const feeds = await openFeeds();
  opened.push(feeds);
  const folder = join(feeds.folder, 'source');
  await mkdir(folder);
  const reader = feeds.another();
  const from = kind === 'queue-log' ? join(folder, file) : folder;
  await reader.put('feed', settingsOf({ kind, from, ...(map === undefined ? {} : { map }) }));
  await writeFile(join(folder, file), text);
  const { total } = await reader.run('feed');
  const { read, stored, unknown, refused, repeated } = total;
  expect([stored, unknown, refused, repeated]).toEqual(counts);
  expect(read).toBe(counts.reduce((sum, count) => sum + count, 0));
});

test('genesys, recorded shape and broken: each conversation is stored, unknown or refused', async () => {
  const queueId = 'q-1';
  const session = (more: object = {}) => ({
    sessionId: `s-${JSON.stringify(more).length}`,
    mediaType: 'voice',
    direction: 'inbound',
    segments: [{ queueId, segmentStart: iso(at), segmentEnd: iso(at + 7), segmentType: 'interact' }],
    metrics: [
      { name: 'nOffered', value: 1, emitDate: iso(at) },
      { name: 'tAnswered', value: 7000, emitDate: iso(at + 7) },
    ],
    ...more,
  });
  const talk = (id: string, ...sessions: object[]) => ({
    conversationId: id,
    conversationStart: iso(at),
    originatingDirection: 'inbound',
    participants: [
      { purpose: 'customer', sessions: [{ mediaType: 'voice', ani: 'tel:+13800001234' }] },
      { purpose: 'acd', sessions },
    ],
  });
  const answers: Readonly<Record<string, object>> = {
    '/oauth/token': { access_token: 'token' },
    '/api/v2/routing/queues': { entities: [{ id: queueId, name: 'general' }], pageCount: 1 },
    '/api/v2/routing/queues/q-1/members': { entities: [], pageCount: 1 },
    '/api/v2/analytics/conversations/details/query': {
      conversations: [
        talk('1', session()),
        talk('2', session({ sessionId: 'b', metrics: [{ name: 'tAbandon', value: 30_000 }] })),
        talk('3', session({ sessionId: 'c', mediaType: 'chat' })),
        talk('4', session({ sessionId: 'd', direction: 'outbound' })),
        talk('5', session({ sessionId: 'e', segments: [] })),
        talk('6', session({ sessionId: 'f', metrics: [{ name: 'tAnswered', value: 'soon' }] })),
        { conversationId: '7' },
        'nothing',
      ],
    },
  };
  const server = createServer((request, response) => {
    const said = answers[request.url?.split('?')[0] ?? ''] ?? {};
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const feeds = await openFeeds(() => (at + 600) * 1000);
  opened.push(feeds);
  const secret = join(feeds.folder, 'secret');
  await writeFile(secret, 'pass\n');
  const reader = feeds.another();
  const { port } = server.address() as AddressInfo;
  await reader.put(
    'feed',
    settingsOf({ kind: 'genesys', from: `http://client@127.0.0.1:${port}`, secret: `file:${secret}` }),
  );
  const { total } = await reader.run('feed');
  server.close();
  server.closeAllConnections();
  // the same is answered for each hour of the first day
  expect([total.stored, total.unknown, total.refused]).toEqual([2, 2, 96]);
  expect(total.read).toBe(total.stored + total.unknown + total.refused + total.repeated);
  const [shown] = await reader.list();
  expect(shown?.refusals.map(({ reason }) => reason).sort()).toEqual(['bad-conversation', 'without-queue']);
  expect(shown?.unknownEvents.map(({ event }) => event).sort()).toEqual(['chat', 'outbound']);
});

/** What a frame comes to. */
const sortOf = (each: CameIn): string =>
  'fault' in each ? each.fault : 'passed' in each ? `unknown ${each.passed}` : 'kept';
const hide = (name: string): string => `p${name.length}`;

test('ami, recorded shape and broken: each frame is kept, unknown or refused', () => {
  const read = (text: string): string[] =>
    readManager({ fields: fieldsOf(text), body: '' }, at * 1000, hide).map(sortOf);
  const about = `Timestamp: ${at}.5\nQueue: 1501\nUniqueid: c.1\n`;
  expect(
    [
      `Event: QueueCallerJoin\n${about}Position: 1\nCount: 1`,
      `Event: AgentConnect\n${about}MemberName: Li\nHoldTime: 9\nRingTime: 3`,
      `Event: AgentComplete\n${about}MemberName: Li\nHoldTime: 9\nTalkTime: 60\nReason: caller`,
      `Event: QueueMemberStatus\n${about}MemberName: Li\nStatus: 1\nPaused: 0`,
      `Event: QueueSomethingNew\n${about}`,
      `Event: AgentConnect\n${about}HoldTime: soon`,
      `Event: QueueCallerJoin\nQueue: 1501`,
      `Event: QueueCallerJoin\nUniqueid: c.1\nQueue:`,
      `Event: 13800001234\n${about}`,
    ].flatMap(read),
  ).toEqual([
    'kept',
    'kept',
    'kept',
    'kept',
    'unknown QueueSomethingNew',
    'bad-duration',
    'bad-name',
    'bad-name',
    'bad-event',
  ]);
});

test('esl, recorded shape and broken: each event is kept, unknown or refused', () => {
  const read = (text: string): string => sortOf(readInfo(fieldsOf(text), at * 1000, hide));
  const about = `Event-Date-Timestamp: ${at}000000\nCC-Queue: north@default\nCC-Member-UUID: m-1\n`;
  expect(
    [
      `CC-Action: member-queue-start\n${about}`,
      `CC-Action: bridge-agent-start\n${about}CC-Agent: 1001\nCC-Agent-Answered-Time: ${at + 5}`,
      `CC-Action: member-queue-end\n${about}CC-Cause: Cancel\nCC-Cancel-Reason: BREAK_OUT\nCC-Member-Leaving-Time: ${at + 9}`,
      `CC-Action: agent-status-change\nCC-Agent: 1001\nCC-Agent-Status: On Break`,
      `CC-Action: members-count\n${about}CC-Count: 3`,
      `CC-Action: member-queue-end\n${about}CC-Member-Leaving-Time: soon`,
      `CC-Action: member-queue-start\nCC-Queue: north@default`,
      `CC-Action: member-queue-start\nCC-Member-UUID: m-1`,
      `CC-Queue: north@default`,
    ].map(read),
  ).toEqual([
    'kept',
    'kept',
    'kept',
    'kept',
    'unknown members-count',
    'bad-time',
    'bad-name',
    'bad-name',
    'bad-event',
  ]);
});
