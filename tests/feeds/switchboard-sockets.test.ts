import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openSwitchboard, type OpenSocket } from '../../src/cli/switchboard-socket.ts';
import { playSwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { amiEventsOf, eslEventsOf } from '../../src/demo/switchboard-events.ts';
import { channelRecordsOf, recordAsJson, recordsAsCsv } from '../support/channel-records.ts';
import { countsOf, type IntervalCounts, oddHabits, sayStepwise, scaledDemo } from '../support/switchboard.ts';

/** The made-up switchboard's sockets and records say what happened, to the call, in the shape of the real ones. */
const day = playSwitchboardDay(scaledDemo(0.5), '2026-11-23', oddHabits);

const opened: OpenSocket[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
const open = async (kind: 'ami' | 'esl'): Promise<OpenSocket> => {
  const socket = await openSwitchboard(kind, { day, password: 'ClueCon' });
  opened.push(socket);
  return socket;
};

const total = (counts: ReadonlyMap<string, IntervalCounts>): IntervalCounts => {
  const sum = { offered: 0, answered: 0, abandoned: 0, waitSecondsTotal: 0, handleSecondsTotal: 0 };
  for (const each of counts.values())
    for (const name of Object.keys(sum) as (keyof IntervalCounts)[]) sum[name] += each[name];
  return sum;
};

/** A client that keeps whatever it is sent, over all of its connections. */
const listen = (port: number, hello: readonly string[]) => {
  const heard = { text: '', connections: 0 };
  const stop = new AbortController();
  const ended = (async () => {
    while (!stop.signal.aborted) {
      const socket = connect(port, '127.0.0.1');
      heard.connections += 1;
      socket.setEncoding('utf8');
      let text = '';
      socket.on('data', (piece) => (text += String(piece)));
      socket.on('error', () => undefined);
      for (const line of hello) socket.write(line);
      const end = (): void => void socket.end();
      stop.signal.addEventListener('abort', end);
      await once(socket, 'close');
      stop.signal.removeEventListener('abort', end);
      heard.text += `${text}\u0000`;
    }
  })();
  return { heard, stop: async () => (stop.abort(), ended) };
};

test('over AMI: signed in by a challenge, each event once, sums of holds and talks as they were', async () => {
  const socket = await open('ami');
  const client = connect(socket.port, '127.0.0.1');
  client.setEncoding('utf8');
  let text = '';
  client.on('data', (piece) => (text += String(piece)));
  const until = async (said: RegExp): Promise<RegExpExecArray> => {
    for (let turn = 0; turn < 500; turn += 1) {
      const found = said.exec(text);
      if (found !== null) return found;
      await pause(10);
    }
    throw new Error(text.slice(-500));
  };
  client.write('Action: QueueStatus\r\nActionID: 0\r\n\r\n');
  await until(/Response: Error\r\nActionID: 0\r\nMessage: Permission denied/);
  client.write('Action: Challenge\r\nAuthType: MD5\r\n\r\n');
  const [, challenge] = await until(/Challenge: (\d+)/);
  const key = createHash('md5').update(`${challenge}ClueCon`).digest('hex');
  client.write(`Action: Login\r\nAuthType: MD5\r\nUsername: huawu\r\nKey: ${key}\r\n\r\n`);
  await until(/Authentication accepted/);
  const events = amiEventsOf(day);
  await socket.send(events);
  client.write('Action: Ping\r\nActionID: last\r\n\r\n');
  await until(/ActionID: last\r\nPing: Pong/);
  const blocks = text
    .split('\r\n\r\n')
    .map((block) =>
      Object.fromEntries(block.split('\r\n').map((line) => line.split(': ') as [string, string])),
    );
  const of = (name: string) => blocks.filter(({ Event }) => Event === name);
  const sum = (name: string, field: string): number =>
    of(name).reduce((all, each) => all + Number(each[field]), 0);
  const really = total(countsOf(day, 30, 'ami'));
  expect(of('AgentConnect')).toHaveLength(really.answered);
  expect(of('QueueCallerAbandon')).toHaveLength(really.abandoned);
  const kept = day.legs.filter(({ end }) => end === 'key' || end === 'withdrawn');
  const waits = sum('AgentConnect', 'HoldTime') + sum('QueueCallerAbandon', 'HoldTime');
  expect(waits + kept.reduce((all, leg) => all + leg.leftAt - leg.enteredAt, 0)).toBe(
    really.waitSecondsTotal,
  );
  expect(events.every(({ fields }) => fields['Timestamp'] !== undefined)).toBe(true);
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b));
  for (const { Count } of of('QueueCallerJoin')) expect(Number(Count)).toBeGreaterThan(0);
  client.write('Action: QueueStatus\r\nActionID: 7\r\n\r\n');
  const [, items] = await until(/QueueStatusComplete\r\nEventList: Complete\r\nListItems: (\d+)/);
  expect(Number(items)).toBeGreaterThan(1);
  client.write('Action: Logoff\r\n\r\n');
  await once(client, 'close');
});

test('over ESL: bytes as announced, values decoded, an end for each call with its cause', async () => {
  const socket = await open('esl');
  const { heard, stop } = listen(socket.port, [
    'auth ClueCon\n\n',
    'event plain CUSTOM callcenter::info\n\n',
  ]);
  const how = { late: 0, lateSeconds: 0, repeats: 0, steps: 40, cuts: 6 };
  const steps = sayStepwise(socket, eslEventsOf(day), how, 1);
  while ((await steps.next()).done !== true);
  await socket.cut('farewell');
  await stop();
  expect(heard.connections).toBeGreaterThanOrEqual(7);
  const found: Record<string, string>[] = [];
  for (const part of heard.text.split('\u0000')) {
    let bytes = Buffer.from(part);
    for (let end = bytes.indexOf('\n\n'); end >= 0; end = bytes.indexOf('\n\n')) {
      const head = bytes.subarray(0, end).toString();
      const length = Number(/Content-Length: (\d+)/.exec(head)?.[1] ?? 0);
      if (bytes.length < end + 2 + length) break;
      const body = bytes.subarray(end + 2, end + 2 + length).toString();
      bytes = bytes.subarray(end + 2 + length);
      if (!head.includes('text/event-plain')) continue;
      found.push(
        Object.fromEntries(
          body
            .trim()
            .split('\n')
            .map((line) => line.split(': ').map(decodeURIComponent) as [string, string]),
        ),
      );
    }
  }
  expect(found).toHaveLength(eslEventsOf(day).length);
  const ends = found.filter((each) => each['CC-Action'] === 'member-queue-end');
  const resumed = found.filter((each) => each['CC-Action'] === 'member-queue-resume');
  expect(resumed.length).toBeGreaterThan(3);
  const of = (cause: string, reason?: string) =>
    ends.filter(
      (each) => each['CC-Cause'] === cause && (reason === undefined || each['CC-Cancel-Reason'] === reason),
    );
  const really = total(countsOf(day, 30, 'esl'));
  expect(of('Cancel', 'BREAK_OUT').length - resumed.length).toBe(really.abandoned);
  const handled = of('Terminated').reduce(
    (all, each) => all + Number(each['CC-Member-Leaving-Time']) - Number(each['CC-Agent-Answered-Time']),
    0,
  );
  expect(handled).toBe(really.handleSecondsTotal);
  expect(found[0]?.['CC-Action']).toBeDefined();
  expect(found.find((each) => each['CC-Member-CID-Name'] !== undefined)?.['CC-Member-CID-Name']).toMatch(
    /^Zoë /,
  );
});

test('records of channels have the last queue of each call, as CSV and as JSON', () => {
  const records = channelRecordsOf(day);
  const ids = new Set(day.legs.filter(({ end }) => end !== 'lost').map(({ callid }) => callid));
  expect(records.length).toBeGreaterThan(0.9 * ids.size);
  expect(new Set(records.map(({ variables }) => variables['uuid'])).size).toBe(records.length);
  const [head = '', ...rows] = recordsAsCsv(records).trimEnd().split('\n');
  expect(head.split(',')).toContain('"cc_queue_joined_epoch"');
  expect(rows).toHaveLength(records.length);
  const first = JSON.parse(recordAsJson(records[0] as (typeof records)[number])) as {
    variables: Record<string, string>;
  };
  expect(first.variables['cc_side']).toBe('member');
  expect(total(countsOf(day, 30, 'channel-records')).offered).toBe(records.length);
});
