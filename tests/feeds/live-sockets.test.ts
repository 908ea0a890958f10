import { BadInputError } from '../../src/kernel/errors.ts';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { openSwitchboard } from '../../src/cli/switchboard-socket.ts';
import type { FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import { managerLegs, readManager } from '../../src/feeds/asterisk-events.ts';
import type { Leg } from '../../src/feeds/resting-calls.ts';
import type { CameIn } from '../../src/feeds/feed-adapter.ts';
import { playSwitchboardDay, queueLogOf } from '../../src/demo/switchboard-day.ts';
import { amiEventsOf, eslEventsOf } from '../../src/demo/switchboard-events.ts';
import { memberLegs, readInfo, readRecord } from '../../src/feeds/freeswitch.ts';
import { fieldsOf, type Frame, FrameReader } from '../../src/feeds/switch-socket.ts';
import { countsOf, oddHabits, presenceOf, sayStepwise, scaledDemo } from '../support/switchboard.ts';
import { asText, drawer, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';

/** FreeSWITCH and Asterisk as they happen: over sockets that break, with records of the same calls beside. */
const start = Date.parse('2026-11-24T08:00:00Z') / 1000;
const clock = { now: start * 1000 };
const pseudonym = (name: string): string => `p${name.length}`;
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  clock.now = start * 1000;
});

const open = async (): Promise<OpenedFeeds> => {
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  return feeds;
};

type Fields = Readonly<Record<string, string | number>>;
const mapOf = (fields: Fields): Map<string, string> =>
  new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** A member of a queue of FreeSWITCH: what is told of it as it happens, and its record. */
interface Member {
  readonly events: readonly Fields[];
  readonly record: Fields;
}

const makeMember = (id: number, draw: (below: number) => number, from = start - 7200): Member => {
  const uuid = `m-${id}`;
  const joined = from + draw(3600);
  const queue = draw(2) === 0 ? 'north@default' : 'south@default';
  const told = {
    'CC-Queue': queue,
    'CC-Member-UUID': uuid,
    'CC-Member-CID-Number': `1380000${1000 + draw(40)}`,
  };
  const at = (seconds: number): Fields => ({ 'Event-Date-Timestamp': seconds * 1e6 + 123_456 });
  const events: Fields[] = [{ ...told, ...at(joined), 'CC-Action': 'member-queue-start' }];
  const record = {
    cc_member_uuid: uuid,
    cc_queue: queue,
    cc_side: 'member',
    cc_queue_joined_epoch: joined,
    caller_id_number: told['CC-Member-CID-Number'],
  };
  const wait = 1 + draw(90);
  const kind = draw(5);
  if (kind < 3) {
    const answered = joined + wait;
    const left = answered + 1 + draw(600);
    const agent = {
      'CC-Agent': `100${draw(9)}`,
      'CC-Agent-Answered-Time': answered,
      'CC-Member-Joined-Time': joined,
    };
    events.push({ ...told, ...at(answered - 1), ...agent, 'CC-Action': 'agent-offering' });
    events.push({ ...told, ...at(answered), ...agent, 'CC-Action': 'bridge-agent-start' });
    events.push({
      ...told,
      ...at(left),
      ...agent,
      'CC-Action': 'bridge-agent-end',
      'CC-Bridge-Terminated-Time': left,
    });
    events.push({
      ...told,
      ...at(left),
      ...agent,
      'CC-Action': 'member-queue-end',
      'CC-Cause': 'Terminated',
      'CC-Member-Leaving-Time': left,
    });
    return {
      events,
      record: {
        ...record,
        cc_queue_answered_epoch: answered,
        cc_queue_terminated_epoch: left,
        cc_agent: agent['CC-Agent'],
      },
    };
  }
  const left = joined + wait;
  const reason = kind === 3 ? 'BREAK_OUT' : 'TIMEOUT';
  const end = {
    ...told,
    'CC-Action': 'member-queue-end',
    'CC-Cause': 'Cancel',
    'CC-Member-Joined-Time': joined,
  };
  if (draw(4) === 0 && wait > 2) {
    const away = joined + 1;
    events.push({ ...end, ...at(away), 'CC-Cancel-Reason': 'BREAK_OUT', 'CC-Member-Leaving-Time': away });
    events.push({ ...told, ...at(away + 1), 'CC-Action': 'member-queue-resume' });
  }
  events.push({ ...end, ...at(left), 'CC-Cancel-Reason': reason, 'CC-Member-Leaving-Time': left });
  return { events, record: { ...record, cc_queue_canceled_epoch: left, cc_cancel_reason: reason } };
};

const kept = (each: CameIn): string => ('event' in each ? each.event : '');

test('a member of a queue: order, repeats and the record beside change nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.infiniteStream(fc.nat(1000)), (seed, order) => {
      const { events, record } = makeMember(1, drawer(seed));
      const said = events.map((fields) => kept(readInfo(mapOf(fields), 0, pseudonym)));
      const whole = memberLegs(said, false);
      expect(whole[0]?.endedMillis).toBeDefined();
      const ranks = new Map(said.map((event) => [event, order.next().value]));
      const shuffled = said.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
      expect(memberLegs([...shuffled, ...shuffled.slice(1)], false)).toEqual(whole);
      const recorded = kept(readRecord(mapOf(record), pseudonym));
      expect(memberLegs([recorded], false)).toEqual(whole);
      expect(memberLegs([recorded, ...shuffled], false)).toEqual(whole);
    }),
    { numRuns: isLongRun ? 3000 : 200 },
  );
});

test('the outcomes of members, one by one', () => {
  const legOf = (...events: Fields[]): Leg | undefined =>
    memberLegs(
      events.map((fields, i) =>
        kept(
          readInfo(
            mapOf({
              'CC-Queue': 'q',
              'CC-Member-UUID': 'm',
              'Event-Date-Timestamp': (start + i) * 1e6,
              ...fields,
            }),
            0,
            pseudonym,
          ),
        ),
      ),
      false,
    )[0];
  const comes = { 'CC-Action': 'member-queue-start' };
  const ends = (reason: string): Fields => ({
    'CC-Action': 'member-queue-end',
    'CC-Cause': 'Cancel',
    'CC-Cancel-Reason': reason,
  });
  expect(legOf(comes)).toMatchObject({ outcome: undefined, arrivedMillis: start * 1000 });
  expect(legOf(comes, ends('BREAK_OUT'))).toMatchObject({ outcome: 'abandoned', waitSeconds: 1 });
  expect(legOf(comes, ends('NONE'))).toMatchObject({ outcome: 'abandoned' });
  for (const reason of ['TIMEOUT', 'NO_AGENT_TIMEOUT', 'EXIT_WITH_KEY'])
    expect(legOf(comes, ends(reason))).toMatchObject({ outcome: 'left' });
  expect(legOf(comes, ends('BREAK_OUT'), { 'CC-Action': 'member-queue-resume' })).toMatchObject({
    outcome: undefined,
    endedMillis: undefined,
  });
  expect(
    legOf(comes, {
      'CC-Action': 'bridge-agent-start',
      'CC-Agent': '1000',
      'CC-Agent-Answered-Time': start + 9,
    }),
  ).toMatchObject({
    outcome: 'answered',
    waitSeconds: 9,
    endedMillis: undefined,
  });
});

test('frames may be cut anywhere, and what is no such protocol is refused', () => {
  const body = 'Event-Subclass: callcenter%3A%3Ainfo\nCC-Action: members-count\n\n';
  const text = `Content-Type: auth/request\n\nContent-Length: ${body.length}\nContent-Type: text/event-plain\n\n${body}Content-Type: command/reply\nReply-Text: +OK\n\n`;
  const ami =
    'Asterisk Call Manager/7.0.3\r\nResponse: Success\r\nMessage: 队列\r\n\r\nEvent: X\r\nA: b: c\r\n\r\n';
  for (const whole of [text, ami])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (cuts) => {
        const bytes = Buffer.from(whole);
        const all = [...new FrameReader('here').read(bytes)];
        const reader = new FrameReader('here');
        const found: Frame[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          found.push(...reader.read(bytes.subarray(at, at + length)));
          at += length;
        }
        expect(found).toEqual(all);
        expect(all).toHaveLength(3);
      }),
      { numRuns: 100 },
    );
  expect(fieldsOf('A: b: c\r\nA: d').get('a')).toBe('b: c');
  expect(() => [...new FrameReader('here').read(Buffer.alloc(2_000_000, 65))]).toThrow();
  expect(() => [...new FrameReader('here').read(Buffer.from('Content-Length: 99999999999\n\n'))]).toThrow();
});

test('what comes by single bytes costs no more than it is; a head without end is no such protocol', () => {
  const before = process.cpuUsage();
  const body = new FrameReader('here');
  const frames = [...body.read(Buffer.from('Content-Length: 200000\n\n'))];
  for (let i = 0; i < 100_000; i += 1) frames.push(...body.read(Buffer.alloc(2, 65)));
  expect(frames).toHaveLength(1);
  const head = new FrameReader('here');
  const drip = (): void => {
    for (let i = 0; i < 70_000; i += 1)
      for (const _ of head.read(Buffer.from('a\n'))) throw new Error('a frame');
  };
  expect(drip).toThrow(BadInputError);
  expect(fieldsOf('a:%\n'.concat(Array.from({ length: 40_000 }, (_, i) => `${i}:%ff`).join('\n'))).size).toBe(
    500,
  );
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(30);
});

/** A switchboard on a socket: who connects is signed in, and told what there is to tell. */
interface Board {
  readonly address: string;
  tell(text: string): void;
  drop(): void;
  readonly signedIn: () => number;
  close(): Promise<void>;
}

const startBoard = async (
  port: number,
  greet: (socket: Socket, said: string) => boolean,
  hello: string,
): Promise<Board> => {
  const sockets = new Set<Socket>();
  let count = 0;
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(hello);
    socket.on('data', (piece) => {
      if (!greet(socket, piece.toString())) return;
      count += 1;
      sockets.add(socket);
    });
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const board = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: (text: string) => {
      for (const socket of sockets) socket.write(text);
    },
    drop: () => {
      for (const socket of sockets) socket.destroy();
    },
    signedIn: () => count,
    close: () => {
      board.drop();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  opened.push(board);
  return board;
};

const esl = (port = 0, password = 'ClueCon', agents = ''): Promise<Board> =>
  startBoard(
    port,
    (socket, said) => {
      if (said.startsWith('auth ')) {
        const isRight = said.includes(`auth ${password}\n`);
        socket.write(
          `Content-Type: command/reply\nReply-Text: ${isRight ? '+OK accepted' : '-ERR invalid'}\n\n`,
        );
        return isRight;
      }
      if (agents !== '' && said.includes('api callcenter_config agent list\n\n'))
        socket.write(`Content-Length: ${agents.length}\nContent-Type: api/response\n\n${agents}`);
      return false;
    },
    'Content-Type: auth/request\n\n',
  );

const asEvent = (fields: Fields): string => {
  const body = `${Object.entries({ 'Event-Subclass': 'callcenter::info', ...fields })
    .map(([name, value]) => `${name}: ${encodeURIComponent(value)}`)
    .join('\n')}\n\n`;
  return `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-plain\n\n${body}`;
};

const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  for (const began = performance.now(); !(await holds());) {
    if (performance.now() - began > 20_000) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

process.env['HUAWU_FEED_SOCKET'] = 'ClueCon';
const live = (kind: 'esl' | 'ami', from: string, history?: string): FeedSettings =>
  settingsOf({ kind, from, secret: 'env:HUAWU_FEED_SOCKET', ...(history === undefined ? {} : { history }) });

test('events of FreeSWITCH are stored as its records are; what a broken line missed is a gap until the records fill it', async () => {
  const draw = drawer(5);
  const members = Array.from({ length: 80 }, (_, i) => makeMember(i, draw));
  const told = members.flatMap(({ events }) => events);
  told.sort((a, b) => Number(a['Event-Date-Timestamp']) - Number(b['Event-Date-Timestamp']));
  const records = await open();
  const folder = join(records.folder, 'cdr');
  await mkdir(folder);
  const columns =
    'cc_member_uuid cc_queue cc_side cc_queue_joined_epoch cc_queue_answered_epoch cc_queue_terminated_epoch cc_queue_canceled_epoch cc_cancel_reason cc_agent caller_id_number'.split(
      ' ',
    );
  const line = ({ record }: Member): string => `${columns.map((name) => `"${record[name] ?? ''}"`).join()}\n`;
  const ends = ({ record }: Member): number =>
    Number(record['cc_queue_terminated_epoch'] ?? record['cc_queue_canceled_epoch']);
  const byEnd = members.toSorted((a, b) => ends(a) - ends(b));
  await writeFile(join(folder, 'Master.csv'), byEnd.slice(0, 50).map(line).join(''));
  for (const member of byEnd.slice(50))
    await writeFile(
      join(folder, `${member.record['cc_member_uuid']}.cdr.json`),
      JSON.stringify({
        variables: Object.fromEntries(
          Object.entries(member.record).map(([name, value]) => [name, encodeURIComponent(value)]),
        ),
      }),
    );
  await writeFile(join(folder, 'other.cdr.json'), '{"variables":{"uuid":"x"}}');
  await writeFile(
    join(folder, 'broken.cdr.json'),
    '{"variables":{"cc_queue":"q","cc_queue_joined_epoch":"soon"}}',
  );
  await records.another().put('fs', settingsOf({ kind: 'cdr', from: folder }));
  expect(await records.another().run('fs')).toMatchObject({ read: 82, stored: 80, unknown: 1, refused: 1 });
  expect(await records.another().run('fs')).toMatchObject({ read: 0 });

  const board = await esl();
  const heard = await open();
  const feeds = heard.another();
  await feeds.put('fs', live('esl', board.address));
  const stop = feeds.follow();
  const show = async () => (await feeds.list())[0];
  try {
    await until(() => board.signedIn() === 1);
    const half = told.length / 2;
    board.tell(told.slice(0, half).map(asEvent).join(''));
    await until(async () => (await show())?.read === Math.floor(half));
    board.drop();
    clock.now += 60_000;
    await until(() => board.signedIn() === 2);
    // what was heard twice counts once
    board.tell(
      told
        .slice(half - 20)
        .map(asEvent)
        .join(''),
    );
    await until(async () => (await show())?.read === told.length + 20);
    expect((await show())?.gaps).toHaveLength(1);
  } finally {
    await stop();
  }
  expect(await heard.stored()).toEqual(await records.stored());
  expect(JSON.stringify(await heard.store.feeds.calls('fs'))).not.toContain('1380000');

  // the same with the records beside: what was said while the line was broken is there, and so no gap is
  const both = await open();
  const history = join(both.folder, 'cdr');
  await mkdir(history);
  const second = both.another();
  await second.put('fs', live('esl', board.address, history));
  const end = second.follow();
  try {
    await until(() => board.signedIn() === 3);
    board.tell(told.slice(0, 60).map(asEvent).join(''));
    await writeFile(join(history, 'Master.csv'), byEnd.slice(0, 10).map(line).join(''));
    await until(async () => ((await second.list())[0]?.read ?? 0) >= 70);
    board.drop();
    clock.now += 60_000;
    await until(() => board.signedIn() === 4);
    await until(async () => (await second.list())[0]?.gaps.length === 1);
    await appendFile(join(history, 'Master.csv'), byEnd.slice(10).map(line).join(''));
    await until(async () => ((await second.list())[0]?.read ?? 0) >= 140);
    expect(await both.stored()).toEqual(await records.stored());
    expect((await second.list())[0]?.gaps).toHaveLength(1);
    await appendFile(join(history, 'Master.csv'), line(makeMember(99, draw, start + 600)));
    await until(async () => (await second.list())[0]?.gaps.length === 0);
  } finally {
    await end();
  }
});

test('agents of FreeSWITCH who are there before anybody listens are there, and who has gone meanwhile is gone', async () => {
  const agents = (li: string, wang: string): string =>
    `name|instance_id|type|contact|status|state\nLi|single_box|callback|user/1|${li}|Waiting\nWang|single_box|callback|user/2|${wang}|Waiting\n+OK\n`;
  const { another, store } = await open();
  const hear = async (list: string, seconds: number): Promise<void> => {
    const board = await esl(0, 'ClueCon', list);
    const feeds = another();
    await feeds.put('fs', live('esl', board.address));
    const stop = feeds.follow();
    const before = (await feeds.list())[0]?.read ?? 0;
    await until(() => board.signedIn() === 1);
    // the list is answered before anything that comes after it
    await pause(300);
    const stamp = { 'Event-Date-Timestamp': (start - 10_800 + seconds) * 1e6 };
    board.tell(asEvent({ ...stamp, 'CC-Action': 'members-count', 'CC-Queue': 'q', 'CC-Count': 0 }));
    board.tell(
      asEvent({
        ...stamp,
        'CC-Action': 'member-queue-start',
        'CC-Queue': 'q',
        'CC-Member-UUID': `m-${seconds}`,
      }),
    );
    await until(async () => ((await feeds.list())[0]?.read ?? 0) >= before + 4);
    await stop();
    await board.close();
  };
  await hear(agents('Available', 'On Break'), 0);
  await hear(agents('Logged Out', 'Available'), 3600);
  await hear(agents('Logged Out', 'Available'), 9000);
  const present = (await store.read('presence')).toSorted((a, b) => a.startMillis - b.startMillis);
  expect(present.map(({ operators }) => operators)).toEqual([1, 1, 1, 1, 1]);
});

test('a wrong password, a server that is none of its kind and one that is away are told apart', async () => {
  const { another } = await open();
  const rule = async (settings: FeedSettings): Promise<string | undefined> => {
    await another().put('fs', settings);
    return (await another().test('fs')).problem?.rule;
  };
  const right = await esl();
  expect(await rule(live('esl', right.address))).toBeUndefined();
  const other = await esl(0, 'another');
  expect(await rule(live('esl', other.address))).toBe('feed-not-let-in');
  const page = await startBoard(
    0,
    () => false,
    `HTTP/1.1 400 Bad Request\r\nContent-Length: 9999999\r\n\r\n`,
  );
  expect(await rule(live('esl', page.address))).toBe('feed-other-protocol');
  await page.close();
  expect(await rule(live('esl', page.address))).toBe('feed-unreachable');
  await expect(another().put('a', live('ami', right.address))).rejects.toThrow();
});

test('a server that never answers keeps no other feed from being read', async () => {
  const silent = await startBoard(0, () => false, '');
  const { another, folder } = await open();
  const feeds = another();
  await feeds.put('away', live('esl', silent.address));
  await writeFile(join(folder, 'log'), '');
  await feeds.put('log', settingsOf({ kind: 'queue-log', from: join(folder, 'log') }));
  const stop = feeds.follow();
  const began = performance.now();
  try {
    await appendFile(join(folder, 'log'), `${start - 60}|1.1|q|NONE|ENTERQUEUE||x|1\n`);
    await until(async () => (await feeds.list()).some(({ name, stored }) => name === 'log' && stored === 1));
    expect(performance.now() - began).toBeLessThan(20_000);
  } finally {
    await stop();
  }
  expect(performance.now() - began).toBeLessThan(25_000);
});

const asManager = (fields: Fields): string =>
  `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n`;

const ami = (): Promise<Board> =>
  startBoard(
    0,
    (socket, said) => {
      const isIn = said.includes('Action: Login');
      if (isIn) socket.write(asManager({ Response: said.includes('Secret: ClueCon') ? 'Success' : 'Error' }));
      if (said.includes('Action: QueueStatus'))
        socket.write(asManager({ Event: 'QueueMember', Queue: 'q', Name: 'Li', Status: 1, Paused: 0 }));
      return isIn;
    },
    'Asterisk Call Manager/7.0.3\r\n',
  );

test('the manager of Asterisk says who waits and who is there, and calls where no log is read beside', async () => {
  const board = await ami();
  const { another, stored, store } = await open();
  const feeds = another();
  await feeds.put('pbx', live('ami', `huawu@${board.address}`));
  const stop = feeds.follow();
  const event = (seconds: number, Event: string, Uniqueid: string, more: Fields = {}): string =>
    asManager({
      Event,
      Timestamp: start - 3600 + seconds,
      Queue: 'q',
      Uniqueid,
      CallerIDNum: '13800000001',
      ...more,
    });
  try {
    await until(() => board.signedIn() === 1);
    // members are asked for at once, and are of the time of what is said next
    board.tell(
      event(0, 'QueueCallerJoin', 'a') + event(5, 'QueueCallerJoin', 'b') + event(6, 'QueueCallerJoin', 'c'),
    );
    await until(async () => (await feeds.list())[0]?.waiting[0]?.calls === 3);
    board.tell(
      event(10, 'QueueCallerLeave', 'a') +
        event(11, 'AgentConnect', 'a', { HoldTime: 10, MemberName: 'Li' }) +
        event(20, 'QueueCallerAbandon', 'b', { HoldTime: 15 }) +
        event(20, 'QueueCallerLeave', 'b') +
        event(40, 'QueueCallerLeave', 'c') +
        event(71, 'AgentComplete', 'a', { HoldTime: 10, TalkTime: 60, MemberName: 'Li' }) +
        asManager({ Event: 'QueueMemberStatus', Timestamp: start, Queue: 'q', MemberName: 'Li', Status: 5 }) +
        asManager({ Event: 'SomethingNew', Queue: 'q' }) +
        asManager({ Event: 'QueueCallerJoin', Queue: '', Uniqueid: 'd' }),
    );
    await until(async () => (await feeds.list())[0]?.read === 13);
    expect((await feeds.list())[0]).toMatchObject({
      waiting: [],
      stored: 11,
      unknown: 1,
      refused: 1,
      unknownEvents: [{ event: 'SomethingNew', count: 1 }],
      refusals: [{ reason: 'bad-name', count: 1 }],
    });
  } finally {
    await stop();
  }
  // offered, answered, abandoned: one answered after 10 s, one gone after 15 s, one out by a time limit after 34 s
  expect((await stored()).filter((row) => row.includes('07:00'))[0]).toMatch(/ q 3 1 1 /);
  expect(await store.read('presence')).toContainEqual(
    expect.objectContaining({ startMillis: (start - 3600) * 1000, operators: 1 }),
  );
});

test('events of the manager in any order, with those that say only that somebody has left', () => {
  const at = (seconds: number, Event: string, more: Fields = {}): Frame => ({
    fields: mapOf({ Event, Timestamp: start + seconds, Queue: 'q', Uniqueid: 'u', ...more }),
    body: '',
  });
  const events = [
    at(0, 'QueueCallerJoin'),
    at(2, 'QueueEntry', { Wait: 2 }),
    at(9, 'QueueCallerLeave'),
    at(30, 'QueueCallerJoin'),
    at(50, 'QueueCallerLeave'),
    at(52, 'AgentConnect', { HoldTime: 20 }),
    at(99, 'AgentComplete', { HoldTime: 20, TalkTime: 47 }),
  ].flatMap((frame) => readManager(frame, 0, pseudonym).map(kept));
  const whole = managerLegs(events, false);
  expect(whole.map(({ outcome, waitSeconds }) => [outcome, waitSeconds])).toEqual([
    ['left', 9],
    ['answered', 20],
  ]);
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      expect(managerLegs(shuffled, false)).toEqual(whole);
    }),
    { numRuns: 100 },
  );
});

const ways = [
  ['esl', 'esl'],
  ['ami', 'ami'],
  ['ami', 'queue-log'],
] as const;

test.runIf(isLongRun).each(ways)(
  'a day of the made-up switchboard over %s, its calls by %s, with broken lines, repeats and delays, is stored to the call',
  async (kind, door) => {
    const day = playSwitchboardDay(scaledDemo(0.2), '2026-11-23', oddHabits);
    clock.now = day.to * 1000;
    const socket = await openSwitchboard(kind, { day, password: 'ClueCon' });
    opened.push(socket);
    const { another, store, folder } = await open();
    const feeds = another();
    const lines = door === 'queue-log' ? queueLogOf(day, oddHabits).map(({ text }) => text) : [];
    const log = join(folder, 'queue_log');
    await writeFile(log, '');
    const history = door === 'queue-log' ? log : undefined;
    await feeds.put('pbx', live(kind, `${kind === 'ami' ? 'huawu@' : ''}127.0.0.1:${socket.port}`, history));
    const stop = feeds.follow();
    const events = kind === 'ami' ? amiEventsOf(day) : eslEventsOf(day);
    const faults = { late: 0.05, lateSeconds: 3600, repeats: 0.05, steps: 30, cuts: 20 };
    try {
      const steps = sayStepwise(socket, events, faults, 7);
      for (let step = 0; (await steps.next()).done !== true; step += 1) {
        const [from, to] = [step, step + 1].map((n) => Math.floor((n * lines.length) / faults.steps));
        await appendFile(log, asText(lines.slice(from, to)));
      }
      let read = -1;
      await until(async () => {
        const now = (await feeds.list())[0]?.read ?? 0;
        const isDone = now === read && now >= (lines.length || events.length);
        read = now;
        await new Promise((resolve) => setTimeout(resolve, 700));
        return isDone;
      });
    } finally {
      await stop();
    }
    expect((await feeds.list())[0]?.refusals).toEqual([]);
    const found = new Map<string, object>();
    for (const { queue } of await store.trafficSummary()) {
      const columns = await store.traffic(queue);
      for (const [i, start] of columns.startMillis.entries()) {
        const [offered, answered, abandoned, waitSecondsTotal, handleSecondsTotal] = (
          ['offered', 'answered', 'abandoned', 'waitSecondsTotal', 'handleSecondsTotal'] as const
        ).map((name) => columns[name][i]);
        if (offered !== 0)
          found.set(`${queue} ${start / 1000}`, {
            offered,
            answered,
            abandoned,
            waitSecondsTotal,
            handleSecondsTotal,
          });
      }
    }
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(countsOf(day, 30, door)));
    const present = await store.read('presence');
    const seconds = present.reduce((sum, { operators }) => sum + operators * 1800, 0);
    const really = [...presenceOf(day, 30).values()].reduce((sum, each) => sum + each, 0);
    expect(Math.abs(seconds / really - 1)).toBeLessThan(0.02);
  },
  600_000,
);

test('whatever is sent, each thing is stored, unknown or refused, and nothing hangs', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      'q',
      '1717397259',
      '99999999999999',
      'NaN',
      'member-queue-end',
      'Cancel',
      '|',
      '\u0000',
      '__proto__',
    ),
    fc.string({ maxLength: 20 }),
  );
  const names = [
    'CC-Action',
    'CC-Queue',
    'CC-Agent',
    'CC-Agent-Status',
    'CC-Member-UUID',
    'CC-Member-Joined-Time',
    'CC-Agent-Answered-Time',
    'CC-Member-Leaving-Time',
    'CC-Cancel-Reason',
    'Event-Date-Timestamp',
    'Event',
    'Queue',
    'Uniqueid',
    'HoldTime',
    'TalkTime',
    'Wait',
    'MemberName',
    'Status',
    'Timestamp',
    'cc_queue',
    'cc_member_uuid',
    'cc_queue_joined_epoch',
    'cc_queue_answered_epoch',
    'cc_queue_terminated_epoch',
    'cc_queue_canceled_epoch',
  ];
  const actions = fc.constantFrom(
    'member-queue-start',
    'member-queue-end',
    'bridge-agent-start',
    'agent-status-change',
    'QueueCallerJoin',
    'AgentConnect',
    'QueueMemberStatus',
    'QueueEntry',
  );
  const fields = fc.dictionary(fc.constantFrom(...names), word, { maxKeys: 14 });
  fc.assert(
    fc.property(fields, actions, fc.uint8Array({ maxLength: 300 }), (given, action, bytes) => {
      const said = mapOf({ ...given, 'CC-Action': action, Event: action });
      const found = [
        readInfo(said, start * 1000, pseudonym),
        readRecord(said, pseudonym),
        ...readManager({ fields: said, body: '' }, start * 1000, pseudonym),
      ];
      const events = found.map(kept).filter((event) => event !== '');
      for (const legs of [memberLegs(events, true), managerLegs(events, true)])
        for (const leg of legs) {
          expect(leg.waitSeconds).toBeGreaterThanOrEqual(0);
          expect(leg.endedMillis ?? 0).toBeGreaterThanOrEqual(0);
        }
      for (const each of found)
        if ('event' in each) {
          expect([each.at, each.began].every(Number.isFinite)).toBe(true);
          expect(each.event).not.toContain('\n');
        }
      [
        ...new FrameReader('here').read(Buffer.concat([Buffer.from('A: b\n'), bytes, Buffer.from('\n\n')])),
      ].forEach(({ fields: each }) => expect(each.size).toBeLessThan(400));
    }),
    { numRuns: isLongRun ? 5000 : 400 },
  );
});
