import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { SwitchboardDay } from '../demo/switchboard-day.ts';
import {
  standingAt,
  type SwitchboardEvent,
  type SwitchboardSocket,
  type SwitchboardStanding,
} from '../demo/switchboard-events.ts';

/** A made-up switchboard that listens, as a program that reads it finds it. */
export interface OpenSocket {
  readonly port: number;
  /** How many have signed in and want events. */
  readonly listeners: () => number;
  /** Sends events to all of these; one that is not connected misses them. */
  readonly send: (events: readonly SwitchboardEvent[]) => Promise<void>;
  /** Breaks all connections: in the midst of an event, or with a farewell where there is one. */
  readonly cut: (how?: 'torn' | 'farewell') => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SocketSettings {
  readonly day: SwitchboardDay;
  readonly password: string;
  /** For AMI alone. */
  readonly user?: string;
  readonly port?: number;
}

/** One who is connected. */
interface Client {
  readonly socket: Socket;
  listens: boolean;
  isIn: boolean;
  challenge: string;
  /** FreeSWITCH: whether events are wanted as JSON. */
  asJson: boolean;
}

interface Protocol {
  readonly greeting: string;
  /** What ends a message of the client's. */
  readonly ends: RegExp;
  readonly hear: (message: string, client: Client, standing: () => SwitchboardStanding) => void;
  readonly write: (event: SwitchboardEvent, client: Client) => string;
  readonly farewell: string;
}

/** Opens a made-up switchboard's socket on this machine alone; it speaks of the day up to the event that it said last. */
export const openSwitchboard = async (
  kind: Exclude<SwitchboardSocket, 'genesys'>,
  settings: SocketSettings,
): Promise<OpenSocket> => {
  const { day, password, user = 'huawu', port = 0 } = settings;
  const protocol = kind === 'ami' ? ami(user, password) : esl(password);
  const clients = new Set<Client>();
  let said = day.from;
  const server = createServer((socket) => {
    const client: Client = { socket, listens: false, isIn: false, challenge: '', asJson: false };
    clients.add(client);
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clients.delete(client));
    let held = '';
    socket.on('data', (text) => {
      held += String(text);
      for (let end = protocol.ends.exec(held); end !== null; end = protocol.ends.exec(held)) {
        const message = held.slice(0, end.index);
        held = held.slice(end.index + end[0].length);
        if (message.trim() !== '') protocol.hear(message, client, () => standingAt(day, said));
      }
      if (held.length > 2 ** 16) socket.destroy();
    });
    socket.write(protocol.greeting);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const heard = (): Client[] => [...clients].filter(({ listens }) => listens);
  const end = async (text: (client: Client) => string): Promise<void> => {
    await Promise.all(
      [...clients].map(async ({ socket, ...client }) => {
        if (socket.destroyed) return;
        const closed = once(socket, 'close');
        if (!socket.writableEnded) socket.end(text({ socket, ...client }), () => socket.destroySoon());
        const late = setTimeout(() => socket.destroy(), 2000);
        await closed;
        clearTimeout(late);
      }),
    );
  };
  return {
    port: address.port,
    listeners: () => heard().length,
    send: async (events) => {
      for (const { at } of events) said = Math.max(said, at);
      await Promise.all(
        heard().map(async (client) => {
          const text = events.map((event) => protocol.write(event, client)).join('');
          if (!client.socket.write(text))
            await Promise.race([once(client.socket, 'drain'), once(client.socket, 'close')]);
        }),
      );
    },
    cut: async (how = 'torn') => {
      const half = { at: said, fields: { Event: 'Half', 'Event-Name': 'CUSTOM' } };
      await end((client) =>
        how === 'farewell'
          ? protocol.farewell
          : client.listens
            ? protocol.write(half, client).slice(0, -9)
            : '',
      );
    },
    close: async () => {
      await end(() => protocol.farewell);
      server.close();
      await once(server, 'close');
    },
  };
};

const amiText = (fields: SwitchboardEvent['fields']): string =>
  `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

/** Asterisk's manager interface: `Key: value` lines, an empty one ends a message. */
const ami = (user: string, password: string): Protocol => ({
  greeting: 'Asterisk Call Manager/9.0.0\r\n',
  ends: /\r?\n\r?\n/,
  farewell: amiText({ Event: 'Shutdown', Shutdown: 'Cleanly', Restart: 'False' }),
  write: ({ fields }) => amiText(fields),
  hear: (message, client, standing) => {
    const given = new Map(
      message.split(/\r?\n/).map((line) => {
        const [name = '', ...rest] = line.split(':');
        return [name.trim().toLowerCase(), rest.join(':').trim()] as const;
      }),
    );
    const id = given.get('actionid');
    const actionId = id === undefined ? {} : { ActionID: id };
    const say = (fields: SwitchboardEvent['fields']): void => {
      client.socket.write(amiText(fields));
    };
    const answer = (is: 'Success' | 'Error' | 'Goodbye', fields: SwitchboardEvent['fields']): void =>
      say({ Response: is, ...actionId, ...fields });
    const action = given.get('action')?.toLowerCase() ?? '';
    if (action === 'challenge') {
      client.challenge = String(100_000_000 + client.socket.bytesWritten);
      return answer('Success', { Challenge: client.challenge });
    }
    if (action === 'login') {
      const key = createHash('md5')
        .update(client.challenge + password)
        .digest('hex');
      const isRight = given.has('key')
        ? client.challenge !== '' && given.get('key') === key
        : given.get('secret') === password;
      if (given.get('username') !== user || !isRight) {
        client.socket.end(amiText({ Response: 'Error', ...actionId, Message: 'Authentication failed' }));
        return;
      }
      client.isIn = true;
      client.listens = given.get('events')?.toLowerCase() !== 'off';
      answer('Success', { Message: 'Authentication accepted' });
      return say({
        Event: 'FullyBooted',
        Privilege: 'system,all',
        Uptime: 1000,
        LastReload: 1000,
        Status: 'Fully Booted',
      });
    }
    if (!client.isIn) return answer('Error', { Message: 'Permission denied' });
    if (action === 'ping') return answer('Success', { Ping: 'Pong', Timestamp: `${Date.now() / 1000}` });
    if (action === 'logoff') {
      client.socket.end(amiText({ Response: 'Goodbye', ...actionId, Message: 'Thanks for all the fish.' }));
      return;
    }
    if (action === 'events') {
      client.listens = given.get('eventmask')?.toLowerCase() !== 'off';
      return answer('Success', { Events: client.listens ? 'On' : 'Off' });
    }
    if (action === 'queuestatus' || action === 'queuesummary') {
      const isSummary = action === 'queuesummary';
      answer('Success', { EventList: 'start', Message: 'Queue status will follow' });
      const rows = (isSummary ? amiSummary : amiStatus)(standing());
      for (const row of rows) say({ ...row, ...actionId });
      return say({
        Event: isSummary ? 'QueueSummaryComplete' : 'QueueStatusComplete',
        EventList: 'Complete',
        ListItems: rows.length,
        ...actionId,
      });
    }
    return answer('Error', { Message: 'Invalid/unknown command' });
  },
});

const amiStatus = ({ at, queues, there, away, waiting }: SwitchboardStanding): SwitchboardEvent['fields'][] =>
  queues.flatMap((queue) => {
    const callers = waiting.filter((leg) => leg.queue === queue);
    const member = (operator: string, status: number, paused: 0 | 1, from: number) => ({
      Event: 'QueueMember',
      Queue: queue,
      Name: operator,
      Location: `PJSIP/${7000 + Number(operator.slice(3))}`,
      Membership: 'dynamic',
      Penalty: 0,
      InCall: status === 2 ? 1 : 0,
      Status: status,
      Paused: paused,
      PausedReason: paused === 1 ? 'break' : '',
      LoginTime: from,
    });
    return [
      { Event: 'QueueParams', Queue: queue, Max: 0, Strategy: 'ringall', Calls: callers.length },
      ...there
        .filter((span) => span.queues.includes(queue))
        .map(({ operator, isTalking, from }) => member(operator, isTalking ? 2 : 1, 0, from)),
      ...away
        .filter((span) => span.queues.includes(queue))
        .map(({ operator, from }) => member(operator, 1, 1, from)),
      ...callers.map(({ callid, enteredAt }, i) => ({
        Event: 'QueueEntry',
        Queue: queue,
        Position: i + 1,
        Uniqueid: callid,
        Wait: at - enteredAt,
      })),
    ];
  });

const amiSummary = ({ queues, there, waiting }: SwitchboardStanding): SwitchboardEvent['fields'][] =>
  queues.map((queue) => {
    const members = there.filter((span) => span.queues.includes(queue));
    return {
      Event: 'QueueSummary',
      Queue: queue,
      LoggedIn: members.length,
      Available: members.filter(({ isTalking }) => !isTalking).length,
      Callers: waiting.filter((leg) => leg.queue === queue).length,
      HoldTime: 0,
      TalkTime: 0,
      LongestHoldTime: 0,
    };
  });

const encoded = (value: string | number): string =>
  encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** FreeSWITCH's event socket: headers, an empty line, and as many bytes as `Content-Length` says. */
const esl = (password: string): Protocol => ({
  greeting: 'Content-Type: auth/request\n\n',
  ends: /\r?\n\r?\n/,
  farewell: withBody(
    'text/disconnect-notice',
    'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n',
    'Content-Disposition: disconnect\n',
  ),
  write: ({ fields }, { asJson }) =>
    asJson
      ? withBody(
          'text/event-json',
          JSON.stringify(fields, (_, value: unknown) => (typeof value === 'number' ? String(value) : value)),
        )
      : withBody(
          'text/event-plain',
          `${Object.entries(fields)
            .map(([name, value]) => `${name}: ${encoded(value)}\n`)
            .join('')}\n`,
        ),
  hear: (message, client, standing) => {
    const [first = ''] = message.trim().split(/\r?\n/);
    const reply = (text: string): void => {
      client.socket.write(`Content-Type: command/reply\nReply-Text: ${text}\n\n`);
    };
    const [verb = '', ...words] = first.split(/\s+/);
    if (verb === 'exit') {
      reply('+OK bye');
      client.socket.end(withBody('text/disconnect-notice', 'Disconnected, goodbye.\n'));
      return;
    }
    if (verb === 'auth') {
      client.isIn = words.join(' ') === password;
      reply(client.isIn ? '+OK accepted' : '-ERR invalid');
      if (!client.isIn) client.socket.end();
      return;
    }
    if (!client.isIn) {
      client.socket.write('Content-Type: command/reply\nReply-Text: -ERR command not found\n\n');
      return;
    }
    if (verb === 'event') {
      client.asJson = words[0] === 'json';
      client.listens = /\ball\b|callcenter::info/i.test(first);
      return reply(`+OK event listener enabled ${words[0] ?? 'plain'}`);
    }
    if (verb === 'noevents' || verb === 'nixevent') {
      client.listens = false;
      return reply('+OK no longer listening for events');
    }
    if (verb === 'api') {
      client.socket.write(withBody('api/response', eslAnswer(words, standing())));
      return;
    }
    reply(/^(filter|linger|nolinger|log|nolog)$/.test(verb) ? '+OK' : '-ERR command not found');
  },
});

const withBody = (type: string, body: string, more = ''): string =>
  `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: ${type}\n${more}\n${body}`;

/** What `api callcenter_config …` answers: a table of bars, and `+OK`. */
const eslAnswer = (
  words: readonly string[],
  { queues, there, away, waiting }: SwitchboardStanding,
): string => {
  const table = (head: string, rows: readonly (readonly (string | number)[])[]): string =>
    `${head}\n${rows.map((row) => `${row.join('|')}\n`).join('')}+OK\n`;
  const what = words.slice(0, 3).join(' ');
  const operators = [
    ...there.map((span) => ({ ...span, status: 'Available' })),
    ...away.map((span) => ({ ...span, status: 'On Break', isTalking: false })),
  ];
  if (what === 'callcenter_config queue list' && words.length === 3)
    return table(
      'name|strategy',
      queues.map((queue) => [queue, 'longest-idle-agent']),
    );
  if (what === 'callcenter_config agent list')
    return table(
      'name|instance_id|type|contact|status|state',
      operators.map(({ operator, status, isTalking }) => [
        operator,
        'single_box',
        'callback',
        `user/${operator}`,
        status,
        isTalking ? 'In a queue call' : 'Waiting',
      ]),
    );
  if (what === 'callcenter_config tier list')
    return table(
      'queue|agent|state|level|position',
      operators.flatMap(({ operator, queues: own }) => own.map((queue) => [queue, operator, 'Ready', 1, 1])),
    );
  if (what === 'callcenter_config queue list' && words[3] === 'members')
    return table(
      'queue|instance_id|uuid|session_uuid|joined_epoch|state',
      waiting
        .filter(({ queue }) => queue === words[4])
        .map(({ queue, callid, enteredAt }) => [queue, 'single_box', callid, callid, enteredAt, 'Waiting']),
    );
  return '-ERR command not found\n';
};
