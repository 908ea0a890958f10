import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { standingAt } from '../../src/demo/switchboard-events.ts';
import type { SwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { signedHeaders } from '../../src/feeds/connect-metrics.ts';
import { isSaid } from './connect-streams.ts';

/*
 * Amazon Connect with a made-up day: what Amazon Data Firehose delivers of its streams (`connect-streams.ts`), by AWS's "HTTP
 * endpoint delivery request and response specifications", and what it adds up itself.
 */

type Leg = SwitchboardDay['legs'][number];

const overAt = ({ endedAt, leftAt, operator }: Leg): number => (operator === undefined ? leftAt : endedAt);

/** In a record stands one object or several, in lines or not; now and then a record is empty. */
export const deliveryOf = (requestId: string, said: readonly object[]) => {
  const records: { data: string }[] = [];
  for (let i = 0, n = 0; i < said.length; n += 1) {
    const texts = said.slice(i, (i += [1, 1, 3, 1, 7][n % 5] ?? 1)).map((each) => JSON.stringify(each));
    records.push({ data: Buffer.from(texts.join(n % 2 === 0 ? '' : '\n')).toString('base64') });
    if (n % 50 === 0) records.push({ data: '' });
  }
  return { requestId, timestamp: Date.now(), records };
};

interface Door {
  readonly address: () => string;
  readonly accessKey: string;
}
type Delivery = ReturnType<typeof deliveryOf>;

/**
 * Delivers until it is taken: that is 200 with the request's id and a time, in JSON, of a known length and not packed; one in
 * two is packed. `cut` breaks the first connection after so many milliseconds. Answers how often it was sent.
 */
export const deliver = async (door: Door, delivery: Delivery, cut?: number): Promise<number> => {
  const [plain, id] = [JSON.stringify(delivery), delivery.requestId];
  const isPacked = plain.length % 2 === 0;
  const headers = {
    'content-type': 'application/json',
    'x-amz-firehose-protocol-version': '1.0',
    'x-amz-firehose-request-id': id,
    'x-amz-firehose-source-arn': 'arn:aws:firehose:eu-central-1:012345678901:deliverystream/made-up',
    'x-amz-firehose-access-key': door.accessKey,
    'x-amz-firehose-common-attributes': '{"commonAttributes":{"stage":"made-up"}}',
    ...(isPacked && { 'content-encoding': 'gzip' }),
  };
  const request = { method: 'POST', headers, body: isPacked ? gzipSync(plain) : plain };
  let heard = '';
  for (let tries = 1; tries <= 600; tries += 1, await pause(100)) {
    const isCut = cut !== undefined && tries === 1 && { signal: AbortSignal.timeout(Math.round(cut)) };
    try {
      const answer = await fetch(door.address(), { ...request, ...isCut });
      heard = await answer.text();
      // too large is given up, all else is tried again
      if (answer.status === 413) break;
      if (answer.status !== 200) continue;
      const { requestId, timestamp } = JSON.parse(heard) as { requestId?: unknown; timestamp?: unknown };
      const [type, length, packed] = ['type', 'length', 'encoding'].map((name) =>
        answer.headers.get(`content-${name}`),
      );
      const isJson = type?.split(';')[0] === 'application/json' && length !== null && packed === null;
      if (isJson && requestId === id && Number.isInteger(timestamp)) return tries;
    } catch (error) {
      heard = String(error);
    }
  }
  throw new Error(`${id} is not taken: ${heard}`);
};

/** Delivers what both streams have, each by a Firehose of its own, at once. */
export const deliverBoth = async (
  door: Door,
  id: string,
  said: readonly object[],
  cut?: number,
): Promise<void> => {
  const streams = Object.groupBy(said, (each) => ('ContactId' in each ? 'records' : 'events'));
  const sent = Object.entries(streams).map(async ([stream, part]) =>
    deliver(door, deliveryOf(`${id}-${stream}`, part), cut),
  );
  await Promise.all(sent);
};

export interface Totals {
  offered: number;
  answered: number;
  abandoned: number;
  within: number;
  waitAnswered: number;
  waitAbandoned: number;
  handle: number;
}

/** What it adds up of a day by `queue start`: offered where it was queued, all else where the call ended. */
export const totalsOf = (
  { legs }: SwitchboardDay,
  step: number,
  within: number,
  until = Infinity,
): ReadonlyMap<string, Totals> => {
  const found = new Map<string, Totals>();
  const at = (queue: string, second: number): Totals => {
    const key = `${queue} ${second - (second % step)}`;
    const none = {
      offered: 0,
      answered: 0,
      abandoned: 0,
      within: 0,
      waitAnswered: 0,
      waitAbandoned: 0,
      handle: 0,
    };
    const own = found.get(key) ?? none;
    found.set(key, own);
    return own;
  };
  for (const leg of legs) {
    if (leg.enteredAt >= until || !isSaid(leg)) continue;
    at(leg.queue, leg.enteredAt).offered += 1;
    if (overAt(leg) >= until) continue;
    const own = at(leg.queue, overAt(leg));
    const wait = leg.leftAt - leg.enteredAt;
    if (leg.operator !== undefined) {
      own.answered += 1;
      own.waitAnswered += wait;
      own.handle += leg.endedAt - leg.leftAt;
      if (wait <= within) own.within += 1;
    } else if (leg.end === 'abandoned') {
      own.abandoned += 1;
      own.waitAbandoned += wait;
    }
  }
  return found;
};

interface Asked {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Interval: { readonly IntervalPeriod: string };
  readonly Filters: readonly { readonly FilterKey: string; readonly FilterValues: readonly string[] }[];
  readonly Metrics: readonly {
    readonly Name: string;
    readonly MetricFilters?: readonly { readonly MetricFilterValues: readonly string[] }[];
    readonly Threshold?: readonly { readonly ThresholdValue: number }[];
  }[];
  readonly NextToken?: string;
}

/** Answers that are given in the place of the next one, where there are any. */
export interface Instead {
  readonly status: number;
  readonly head?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Its HTTP interface on this machine: signed questions about its queues, their intervals, and what is so now. */
export const openConnect = async (
  day: SwitchboardDay,
  {
    secret,
    now,
    others = () => ({}),
  }: {
    readonly secret: string;
    readonly now: () => number;
    /** Calls of a queue's interval that began otherwise, by how. */
    readonly others?: (queue: string, start: number) => Readonly<Record<string, number>>;
  },
) => {
  const names = [...new Set(day.legs.map(({ queue }) => queue))].sort();
  const queues = new Map([...names, 'another-department'].map((name, i) => [`queue-${i + 1}`, name]));
  const [asked, instead]: [string[], Instead[]] = [[], []];
  const answer = (path: string, body: Asked): object | undefined => {
    if (path === '/queues-summary/made-up')
      return { QueueSummaryList: [...queues].map(([Id, Name]) => ({ Id, Name, QueueType: 'STANDARD' })) };
    if (path === '/metrics/current/made-up') {
      const { waiting, there } = standingAt(day, now());
      return {
        MetricResults: [...queues].map(([Id, name]) => {
          const callers = waiting.filter(({ queue }) => queue === name);
          const since = Math.min(...callers.map(({ enteredAt }) => enteredAt));
          const figures = {
            CONTACTS_IN_QUEUE: callers.length,
            // by queue in seconds, else in milliseconds
            OLDEST_CONTACT_AGE: callers.length === 0 ? 0 : now() - since,
            AGENTS_STAFFED: there.filter((span) => span.queues.includes(name)).length,
          };
          return {
            Dimensions: { Queue: { Id, Arn: `arn/${Id}` }, Channel: 'VOICE' },
            Collections: Object.entries(figures).map(([Name, Value]) => ({ Metric: { Name }, Value })),
          };
        }),
      };
    }
    if (path !== '/metrics/data') return undefined;
    const { StartTime: from, EndTime: to, Metrics, Filters, Interval, NextToken = '0' } = body;
    const step = { FIFTEEN_MIN: 900, THIRTY_MIN: 1800, HOUR: 3600 }[Interval.IntervalPeriod] ?? Number.NaN;
    if (!(to > from && to - from < 3 * 86_400 && to <= now() && from % step === 0 && to % step === 0))
      throw new RangeError('times');
    const ids = Filters.find(({ FilterKey }) => FilterKey === 'QUEUE')?.FilterValues ?? [];
    if (ids.length === 0 || ids.length > 100) throw new RangeError('queues');
    const within = Metrics.flatMap(({ Threshold = [] }) => Threshold.map((each) => each.ThresholdValue))[0];
    const rows = [...totalsOf(day, step, within ?? 20, now())].flatMap(([key, own]) => {
      const [, name = '', start] = /^(.*) (\d+)$/.exec(key) ?? [];
      const [id] = [...queues].find(([, each]) => each === name) ?? [];
      if (id === undefined || !ids.includes(id) || Number(start) < from || Number(start) >= to) return [];
      const { OUTBOUND = 0, CALLBACK = 0 } = others(name, Number(start));
      const handled: Readonly<Record<string, number>> = { INBOUND: own.answered, OUTBOUND, CALLBACK };
      const figures: Readonly<Record<string, number | null>> = {
        CONTACTS_QUEUED_BY_ENQUEUE: own.offered + CALLBACK,
        CONTACTS_ABANDONED: own.abandoned,
        SUM_CONTACTS_ANSWERED_IN_X: own.within,
        // what cannot be divided is none
        AVG_QUEUE_ANSWER_TIME: own.answered === 0 ? null : own.waitAnswered / own.answered,
        AVG_ABANDON_TIME: own.abandoned === 0 ? null : own.waitAbandoned / own.abandoned,
        SUM_HANDLE_TIME: own.handle + 100 * (OUTBOUND + CALLBACK),
      };
      const Collections = Metrics.map((Metric) => {
        const filtered = Metric.MetricFilters?.flatMap((each) => each.MetricFilterValues);
        const handledAs = (filtered ?? Object.keys(handled)).reduce((sum, of) => sum + (handled[of] ?? 0), 0);
        return {
          Metric,
          Value: Metric.Name === 'CONTACTS_HANDLED' ? handledAs : (figures[Metric.Name] ?? null),
        };
      });
      const MetricInterval = {
        Interval: Interval.IntervalPeriod,
        StartTime: Number(start),
        EndTime: Number(start) + step,
      };
      return [{ Dimensions: { QUEUE: id, QUEUE_ARN: `arn/${id}` }, MetricInterval, Collections }];
    });
    const at = Number(NextToken);
    const next = at + 100 < rows.length ? { NextToken: String(at + 100) } : {};
    return { MetricResults: rows.slice(at, at + 100), ...next };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const said = await text(request);
      const address = new URL(request.url ?? '/', `http://${request.headers.host}`);
      asked.push(address.pathname);
      const say = (status: number, body: object, head = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...head }).end(JSON.stringify(body));
      const stamp = String(request.headers['x-amz-date'] ?? '');
      const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
      const method = request.method === 'GET' ? 'GET' : 'POST';
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      const who = { id: 'AKIDMADEUP', secret, region: 'us-east-1', service: 'connect' };
      const right = signedHeaders({ method, address, headers, body: said }, who, at)['authorization'];
      if (request.headers.authorization !== right || Math.abs(at - now() * 1000) > 300_000)
        return say(403, { message: 'signature' }, { 'x-amzn-errortype': 'InvalidSignatureException' });
      const other = instead.shift();
      if (other !== undefined) return response.writeHead(other.status, other.head).end(other.body);
      const found = answer(address.pathname, (said === '' ? {} : JSON.parse(said)) as Asked);
      return found === undefined ? say(404, { message: 'not found' }) : say(200, found);
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://AKIDMADEUP@127.0.0.1:${port}/100000000001/made-up`,
    asked,
    instead,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
