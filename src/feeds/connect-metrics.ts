import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { type FeedSettings, isPlaceKind } from '../contract/documents/feed-documents.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { trafficMeasures, type TrafficRecord } from '../kernel/records.ts';
import { dayMillis, hourMillis } from '../kernel/time.ts';
import { readIngested } from '../planning/ingest-files.ts';
import { addressOf, askInTurn, Attempts, checkCloud, passwordOf, settingsMark } from './feed-access.ts';
import type { FeedAdapter, Portion, ReadingGround } from './feed-adapter.ts';
import { feedProblem } from './feed-findings.ts';
import { quietIntervals, startOfInterval, zoneOf } from './feed-records.ts';
import { countNames } from './feed-state.ts';
import { WebQuestions } from './web-questions.ts';

/**
 * Amazon Connect by what it adds up itself: each queue's intervals of three months, then those that are over, and who waits
 * and is there now. A call counts where it was queued; whether it was answered, how long it waited and took, where it ended.
 */

const token = z.string().nullish();
const metric = z.object({
  Name: z.string(),
  MetricFilters: z.array(z.object({ MetricFilterValues: z.array(z.string()).nullish() })).nullish(),
});
const figures = z.array(z.object({ Metric: metric, Value: z.number().min(0).max(1e9).nullish() }));
const queuesSchema = z.object({
  NextToken: token,
  QueueSummaryList: z.array(z.object({ Id: z.string().max(200), Name: z.string().nullish() })).nullish(),
});
const intervalsSchema = z.object({
  NextToken: token,
  MetricResults: z
    .array(
      z.object({
        Dimensions: z.object({ QUEUE: z.string() }),
        MetricInterval: z.object({ StartTime: z.number() }),
        Collections: figures,
      }),
    )
    .nullish(),
});
const currentSchema = z.object({
  NextToken: token,
  MetricResults: z
    .array(z.object({ Dimensions: z.object({ Queue: z.object({ Id: z.string() }) }), Collections: figures }))
    .nullish(),
});

/** It keeps three months, and answers less than three days at once. */
const [firstMillis, mostMillis] = [88 * dayMillis, 3 * dayMillis - hourMillis];
/** Figures of an interval may change for so long at most. */
const latestMillis = 2 * dayMillis;
/** Who waits and who is there is asked so often. */
const observeMillis = 60_000;
/** Queues of a question, and pages beyond which it answers without end. */
const [mostQueues, mostPages] = [100, 1000];
/** How a call began that counts, and one that was called back; calls out of a queue began otherwise. */
const [inbound, calledBack] = [
  ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'WEBRTC_API'],
  ['CALLBACK'],
] as const;

/** When it was asked last, up to where its intervals are read, and the hotline's queues that have had a call. */
interface Cursor {
  /** Of which instance and queues: others are asked for from the beginning. */
  readonly by: string;
  readonly asked: number;
  readonly read: number;
  readonly met: readonly string[];
  /** There are more to read at once. */
  readonly more: boolean;
}

interface Open {
  readonly attempts: Attempts;
  readonly web: WebQuestions;
  /** Names of the queues by their ids, looked up anew with each look that is not one of many. */
  names: ReadonlyMap<string, string>;
  observed: number;
  close(): void;
}

const newOpen = (): Open => ({
  attempts: new Attempts(),
  web: new WebQuestions(),
  names: new Map(),
  observed: -Infinity,
  close: () => undefined,
});

const isAddress = ({ kind, from }: FeedSettings): boolean => from !== '' && !isPlaceKind(kind, from);
const like = 'https://KEYID@connect.REGION.amazonaws.com/ACCOUNT/INSTANCE';

/** Its streams' adapter, which asks for what it adds up itself where the feed's place is an address. */
export const orMetrics = (streams: FeedAdapter): FeedAdapter => ({
  ...streams,
  check: (settings) => void (isAddress(settings) && checkCloud(settings, like, instancePath)),
  read: async (ground) => (isAddress(ground.settings) ? readMetrics(ground) : streams.read?.(ground)),
});

const cursorMark = (settings: FeedSettings): string =>
  JSON.stringify([settings.from, settingsMark(settings)]);

const readMetrics = async (ground: ReadingGround): Promise<Portion | undefined> => {
  const open = (ground.held.now ??= newOpen()) as Open;
  const { settings, state } = ground;
  // kept by this adapter alone
  const kept = state.cursor as Cursor | undefined;
  const cursor = kept?.by === cursorMark(settings) ? kept : undefined;
  const turn = {
    ...open,
    scheme: 'https',
    until: cursor?.asked,
    isUnderWay: cursor?.more === true,
  };
  const portion = await askInTurn(ground, turn, () => readSpan(ground, open, cursor));
  if (portion !== undefined || Math.abs(ground.now() - open.observed) < observeMillis) return portion;
  return open.attempts.make(addressOf(settings.from, 'https'), ground.isAsked, async () => ({
    events: [],
    ...(await standingNow(ground, open)),
  }));
};

/** The next days of intervals, the oldest first; once all are read, those that are new and those that may have changed. */
const readSpan = async (ground: ReadingGround, open: Open, cursor: Cursor | undefined): Promise<Portion> => {
  const { hotline } = await ground.models();
  const [now, step] = [
    ground.now(),
    [15, 60].includes(hotline.intervalMinutes) ? hotline.intervalMinutes : 30,
  ];
  const rules = { hotline: { ...hotline, intervalMinutes: step }, zone: zoneOf(hotline, now) };
  const startOf = startOfInterval(rules);
  const end = startOf(now);
  const first = startOf(end - firstMillis);
  const read = cursor?.read ?? first;
  const late = end - read > mostMillis ? 0 : Math.min(latestMillis, ground.settings.lateHours * hourMillis);
  const from = Math.max(first, startOf(read - late));
  const to = Math.min(end, startOf(from + mostMillis));
  if (late > 0 || open.names.size === 0) open.names = await queueNames(ground, open);
  const queueOf = await ground.queueOf();
  const { queues } = ground.settings;
  const passed: Record<string, number> = {};
  const found = await intervalsOf(ground, open, { from, to, step }, (name, startMillis, others) => {
    if (startMillis >= read && queueOf(name) !== undefined) countNames(passed, others);
  });
  const met = new Set(cursor?.met);
  const unknownQueues: Record<string, number> = {};
  const rows: TrafficRecord[] = [];
  /** Several of its queues may be one of the hotline's. */
  const byQueue = new Map<string, Map<number, TrafficRecord>>();
  for (const [name, records] of found) {
    const queue = queueOf(name);
    if (queue === undefined) {
      // what is read once more was counted
      const fresh = records.filter(({ startMillis }) => startMillis >= read);
      const calls = fresh.reduce((sum, { offered }) => sum + offered, 0);
      if (!Object.hasOwn(queues, name) && calls > 0) unknownQueues[name] = calls;
      continue;
    }
    const intervals = byQueue.get(queue) ?? new Map<number, TrafficRecord>();
    byQueue.set(queue, intervals);
    for (const record of records) {
      const { startMillis } = record;
      intervals.set(startMillis, { ...withOther(record, intervals.get(startMillis)), queue });
    }
  }
  for (const [queue, intervals] of byQueue) {
    // of the time before its first call nobody knows whether there was such a queue
    const since = met.has(queue) ? from : Math.min(...intervals.keys());
    if (intervals.size > 0) met.add(queue);
    const carried = { handle: true, callers: false };
    const quiet =
      since < to ? quietIntervals(queue, { from: since, to }, [], carried, rules, 10_000) : undefined;
    for (const record of quiet?.records ?? []) if (!intervals.has(record.startMillis)) rows.push(record);
    rows.push(...intervals.values());
  }
  const more = to < end;
  const unknown = Object.values(passed).reduce((sum, calls) => sum + calls, 0);
  return {
    ...(await asRows(ground, rows, hotline.zone)),
    unknownQueues,
    passed,
    counts: { read: unknown, unknown },
    cursor: { by: cursorMark(ground.settings), asked: now, read: to, met: [...met], more } satisfies Cursor,
    more,
    ...(more ? {} : await standingNow(ground, open)),
  };
};

/** An interval together with that of another queue which the hotline calls the same: what one does not know, both do not. */
const withOther = (record: TrafficRecord, other: TrafficRecord | undefined): TrafficRecord => {
  if (other === undefined) return record;
  const { queue, startMillis, intervalMinutes } = record;
  const sums = trafficMeasures.flatMap((name) => {
    const [one, two] = [record[name], other[name]];
    return one === undefined || two === undefined ? [] : [[name, one + two] as const];
  });
  return { queue, startMillis, intervalMinutes, offered: 0, ...Object.fromEntries(sums) };
};

/** Intervals as rows that are stored with how far the feed has come. */
const asRows = async (
  ground: ReadingGround,
  intervals: readonly TrafficRecord[],
  zone: string,
): Promise<Pick<Portion, 'events' | 'rows'>> => {
  if (intervals.length === 0) return { events: [] };
  const read = await readIngested({ ...ground, models: await ground.models(), nowMillis: ground.now() }, [], {
    kind: 'traffic',
    intervals,
    zone,
    absent: 'gap',
    attribution: 'end',
    handleTime: 'end',
    skipBadRows: true,
    acceptUnusual: true,
    dryRun: false,
    callerKey: ground.secret,
  });
  const sound = intervals.length - read.rejectedRows.length;
  const { firstDate, lastDate } = read.report;
  return {
    events: read.rejectedRows.map(({ problem }) => ({ fault: problem.rule })),
    rows: {
      found: sound,
      queues: [...new Set(intervals.map(({ queue }) => queue))],
      ...(firstDate === null || lastDate === null ? {} : { days: [firstDate, lastDate] as const }),
      write: async (into) => {
        const { added, changed } = await read.write(into);
        return { read: sound, stored: added + changed, repeated: sound - added - changed };
      },
      finish: read.finish,
    },
  };
};

interface Asked {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Intervals in which something happened, by the name of their queue. */
const intervalsOf = async (
  ground: ReadingGround,
  open: Open,
  { from, to, step }: Asked,
  heardOf: (name: string, startMillis: number, others: Readonly<Record<string, number>>) => void,
): Promise<ReadonlyMap<string, readonly TrafficRecord[]>> => {
  const { hotline } = await ground.models();
  const found = new Map([...open.names.values()].map((name): [string, TrafficRecord[]] => [name, []]));
  if (to <= from) return found;
  const { account, instance, partition, region } = partsOf(ground);
  const handledAs = (MetricFilterValues: readonly string[]) => ({
    Name: 'CONTACTS_HANDLED',
    MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues }],
  });
  const within = [{ Comparison: 'LTE', ThresholdValue: Math.max(1, hotline.answerTimeThresholdSeconds) }];
  const question = {
    ResourceArn: `arn:${partition}:connect:${region}:${account}:instance/${instance}`,
    StartTime: from / 1000,
    EndTime: to / 1000,
    Interval: {
      TimeZone: hotline.zone,
      IntervalPeriod: { 15: 'FIFTEEN_MIN', 60: 'HOUR' }[step] ?? 'THIRTY_MIN',
    },
    Groupings: ['QUEUE'],
    Metrics: [
      { Name: 'CONTACTS_QUEUED_BY_ENQUEUE' },
      { Name: 'CONTACTS_HANDLED' },
      handledAs(inbound),
      handledAs(calledBack),
      { Name: 'CONTACTS_ABANDONED' },
      { Name: 'SUM_CONTACTS_ANSWERED_IN_X', Threshold: within },
      { Name: 'AVG_QUEUE_ANSWER_TIME' },
      { Name: 'AVG_ABANDON_TIME' },
      { Name: 'SUM_HANDLE_TIME' },
    ],
  };
  for (const ids of idsOf(open)) {
    const Filters = [
      { FilterKey: 'QUEUE', FilterValues: ids },
      { FilterKey: 'CHANNEL', FilterValues: ['VOICE'] },
    ];
    const results = await pagesOf(ground, open, '/metrics/data', { ...question, Filters }, intervalsSchema);
    for (const { Dimensions, MetricInterval, Collections } of results) {
      if (Collections.length === 0) continue;
      const of = figureOf(Collections);
      const isParted = Collections.some(({ Metric }) => (Metric.MetricFilters ?? []).length > 0);
      if (of('CONTACTS_HANDLED') > 0 && !isParted) throw wrong(ground, 'MetricFilters');
      const [answered, abandoned] = [of('CONTACTS_HANDLED', inbound), of('CONTACTS_ABANDONED')];
      const wait = answered * of('AVG_QUEUE_ANSWER_TIME') + abandoned * of('AVG_ABANDON_TIME');
      const others = Math.max(0, of('CONTACTS_HANDLED') - answered);
      const callBacks = Math.min(others, of('CONTACTS_HANDLED', calledBack));
      const startMillis = MetricInterval.StartTime * 1000;
      const name = open.names.get(Dimensions.QUEUE);
      if (name === undefined || !(startMillis >= from && startMillis < to)) continue;
      if (others > 0) heardOf(name, startMillis, { CALLBACK: callBacks, OUTBOUND: others - callBacks });
      found.get(name)?.push({
        queue: name,
        startMillis,
        intervalMinutes: step,
        offered: of('CONTACTS_QUEUED_BY_ENQUEUE'),
        answered,
        abandoned,
        // what is a sum of others too is not that of these calls
        ...(of('CONTACTS_HANDLED', calledBack) > 0
          ? {}
          : {
              answeredInThreshold: of('SUM_CONTACTS_ANSWERED_IN_X'),
              waitSecondsTotal: Math.round(wait),
            }),
        ...(others > 0 ? {} : { handleSecondsTotal: Math.round(of('SUM_HANDLE_TIME')) }),
      });
    }
  }
  return found;
};

const figureOf =
  (figuresOf: z.output<typeof figures>) =>
  (name: string, of: readonly string[] = []): number =>
    figuresOf.find(({ Metric: { Name, MetricFilters } }) => {
      const said = (MetricFilters ?? []).flatMap(({ MetricFilterValues }) => MetricFilterValues ?? []);
      return Name === name && said.length === of.length && of.every((each) => said.includes(each));
    })?.Value ?? 0;

/** Who waits and who is there now, of the queues that the feed takes; or why that is not known. */
const standingNow = async (ground: ReadingGround, open: Open): Promise<Pick<Portion, 'standing' | 'why'>> => {
  const now = (open.observed = ground.now());
  const queueOf = await ground.queueOf();
  const waiting: Record<string, { calls: number; since: number }> = {};
  const onQueue: Record<string, number> = {};
  const CurrentMetrics = [
    { Name: 'CONTACTS_IN_QUEUE', Unit: 'COUNT' },
    { Name: 'OLDEST_CONTACT_AGE', Unit: 'SECONDS' },
    { Name: 'AGENTS_STAFFED', Unit: 'COUNT' },
  ];
  let why: Problem | undefined;
  try {
    // as after a restart
    if (open.names.size === 0) open.names = await queueNames(ground, open);
    for (const Queues of idsOf(open)) {
      const question = { Filters: { Queues, Channels: ['VOICE'] }, Groupings: ['QUEUE'], CurrentMetrics };
      const path = `/metrics/current/${partsOf(ground).instance}`;
      for (const { Dimensions, Collections } of await pagesOf(ground, open, path, question, currentSchema)) {
        const name = open.names.get(Dimensions.Queue.Id) ?? '';
        if (name === '' || queueOf(name) === undefined) continue;
        const of = figureOf(Collections);
        const calls = of('CONTACTS_IN_QUEUE');
        // by queue it is said in seconds; not by queue in milliseconds
        if (calls > 0) waiting[name] = { calls, since: now - 1000 * of('OLDEST_CONTACT_AGE') };
        if (of('AGENTS_STAFFED') > 0) onQueue[name] = of('AGENTS_STAFFED');
      }
    }
  } catch (error) {
    why = error instanceof BadInputError ? error.problems[0] : undefined;
    if (why === undefined) throw error;
    return { why };
  }
  return { standing: { waiting, onQueue }, why };
};

const idsOf = ({ names }: Open): string[][] => {
  const ids = [...names.keys()];
  return Array.from({ length: Math.ceil(ids.length / mostQueues) }, (_, i) =>
    ids.slice(i * mostQueues, (i + 1) * mostQueues),
  );
};

const queueNames = async (ground: ReadingGround, open: Open): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  const path = `/queues-summary/${partsOf(ground).instance}?queueTypes=STANDARD&maxResults=100`;
  for (let page = 1, next: string | null | undefined; page <= mostPages; page += 1) {
    const after = next == null ? '' : `&nextToken=${encodeURIComponent(next)}`;
    const answer = await ask(ground, open, path + after, undefined, queuesSchema);
    for (const { Id, Name } of answer.QueueSummaryList ?? []) names.set(Id, Name?.trim() || Id);
    next = answer.NextToken;
    if (next == null) return names;
  }
  throw wrong(ground, 'NextToken');
};

const wrong = (ground: ReadingGround, why: string): BadInputError =>
  new BadInputError([feedProblem('feed-answer-wrong', { place: partsOf(ground).address.host, why })]);

interface Paged<Row> {
  readonly NextToken?: string | null | undefined;
  readonly MetricResults?: Row[] | null | undefined;
}

const pagesOf = async <Row>(
  ground: ReadingGround,
  open: Open,
  path: string,
  question: object,
  schema: z.ZodType<Paged<Row>>,
): Promise<readonly Row[]> => {
  const found: Row[] = [];
  let next = {};
  for (let page = 1; page <= mostPages; page += 1) {
    const asked = { ...question, ...next, MaxResults: 100 };
    const { NextToken, MetricResults } = await ask(ground, open, path, asked, schema);
    for (const row of MetricResults ?? []) found.push(row);
    if (NextToken == null) return found;
    next = { NextToken };
  }
  throw wrong(ground, 'NextToken');
};

/** `https://KEYID@connect.REGION.amazonaws.com/ACCOUNT/INSTANCE` in its parts. */
const partsOf = ({ settings: { from } }: Pick<ReadingGround, 'settings'>) => {
  const address = addressOf(from, 'https');
  const [, account = '', instance = ''] = instancePath.exec(address.pathname) ?? [];
  const region = /(?:^|\.)connect\.([a-z0-9-]+)\./.exec(address.hostname)?.[1] ?? 'us-east-1';
  const partition = address.hostname.endsWith('.cn')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return { address, account, instance, partition, region };
};

/** Account and instance in an address. */
const instancePath = /^\/(\d{12})\/([\w-]{1,100})$/;

/** What one needs to be allowed, by what is asked. */
const rights = [
  ['/metrics/data', 'connect:GetMetricDataV2'],
  ['/metrics/current/', 'connect:GetCurrentMetricData'],
  ['/queues-summary/', 'connect:ListQueues'],
] as const;

const ask = async <Answer>(
  ground: ReadingGround,
  { web }: Open,
  path: string,
  body: object | undefined,
  schema: z.ZodType<Answer>,
): Promise<Answer> => {
  const { address: base, region } = partsOf(ground);
  const address = new URL(path, base);
  const id = decodeURIComponent(base.username);
  const secret = await passwordOf(ground.settings);
  const text = body === undefined ? '' : JSON.stringify(body);
  const method = body === undefined ? 'GET' : 'POST';
  const headers = signedHeaders(
    { method, address, body: text, headers: { 'content-type': 'application/json' } },
    { id, secret, region, service: 'connect' },
    ground.now(),
  );
  const asked = { method, headers, ...(body === undefined ? {} : { body: text }) };
  return web.ask(address, asked, schema, rights.find(([part]) => path.startsWith(part))?.[1]);
};

interface ToSign {
  readonly method: 'GET' | 'POST';
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Signer {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
  readonly service: string;
}

/** A request's headers with the signature that AWS wants of it (Signature Version 4). */
export const signedHeaders = (
  { method, address, headers, body }: ToSign,
  { id, secret, region, service }: Signer,
  at: number,
): Record<string, string> => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const stamp = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const signed: Record<string, string> = { ...headers, host: address.host, 'x-amz-date': stamp };
  const names = Object.keys(signed).sort();
  const query = [...address.searchParams]
    .map((pair) => pair.map((part) => encodeURIComponent(part)).join('='))
    .sort()
    .join('&');
  const lines = names.map((name) => `${name}:${signed[name]}`);
  const asked = [method, address.pathname, query, ...lines, '', names.join(';'), sha256(body)].join('\n');
  const scope = [stamp.slice(0, 8), region, service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope.join('/'), sha256(asked)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const parts = [
    `Credential=${[id, ...scope].join('/')}`,
    `SignedHeaders=${names.join(';')}`,
    `Signature=${hmac(key, toSign).toString('hex')}`,
  ];
  return { ...headers, 'x-amz-date': stamp, authorization: `AWS4-HMAC-SHA256 ${parts.join(', ')}` };
};
