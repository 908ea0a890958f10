import { z } from 'zod';
import { readAtMost } from '../access/openid.ts';
import { BadInputError, UsageError } from '../kernel/errors.ts';
import type { Touched } from './call-book.ts';
import { isRecord, recordEvent, recordLegs } from './call-records.ts';
import { addressOf, askInTurn, Attempts, passwordOf } from './feed-access.ts';
import type { CameIn, FeedAdapter, Portion, ReadingGround } from './feed-adapter.ts';
import { feedFinding, feedProblem } from './feed-findings.ts';

/** Genesys Cloud: conversations for the record, held against its own totals by interval. */

const millis = z.number().min(0).max(86_400_000);
const instant = z.iso.datetime({ offset: true }).transform((said) => Date.parse(said));

const sessionSchema = z.object({
  mediaType: z.string(),
  direction: z.string().nullish(),
  ani: z.string().nullish(),
  segments: z
    .array(z.object({ queueId: z.string().nullish(), segmentStart: instant, segmentEnd: instant.nullish() }))
    .nullish(),
  metrics: z.array(z.object({ name: z.string(), value: millis })).nullish(),
});
type Session = z.output<typeof sessionSchema>;

const conversationSchema = z.object({
  conversationId: z.string().min(1).max(100),
  conversationStart: instant,
  participants: z
    .array(
      z.object({
        purpose: z.string(),
        userId: z.string().nullish(),
        sessions: z.array(sessionSchema).nullish(),
      }),
    )
    .max(500),
});
type Conversation = z.output<typeof conversationSchema>;

/** Rows of a page, and pages beyond which a service answers without end. */
const [pageRows, mostPages] = [100, 5000];

const detailsSchema = z.object({ conversations: z.array(z.unknown()).max(pageRows).nullish() });
const queuesSchema = z.object({
  entities: z.array(z.object({ id: z.string(), name: z.string() })),
  pageCount: z.number().nullish(),
});
const totalsSchema = z.object({
  results: z
    .array(
      z.object({
        group: z.object({ queueId: z.string().nullish() }),
        data: z.array(
          z.object({
            interval: z.string(),
            metrics: z.array(
              z.object({ metric: z.string(), stats: z.object({ count: z.number().nullish() }).nullish() }),
            ),
          }),
        ),
      }),
    )
    .nullish(),
});

const hourMillis = 3_600_000;
/** How far back a feed begins, and how much of what was read is asked for again with what is new. */
const [firstMillis, overlapMillis] = [24 * hourMillis, hourMillis / 4];
/** What may have come late is asked for so often. */
const againMillis = hourMillis;

/** Up to when conversations were read, and when those before were asked for again. */
interface Cursor {
  readonly until: number;
  readonly againMillis: number;
}

interface Open {
  readonly attempts: Attempts;
  readonly web: WebQuestions;
  names: ReadonlyMap<string, string> | undefined;
  /** Earlier spans that are to be asked for again. */
  again: number[];
  close(): void;
}

export const genesys: FeedAdapter = {
  handle: true,
  legsOf: (events) => recordLegs(events.filter((event) => isRecord(event))),
  replaces: isRecord,
  check: ({ from, secret }) => {
    const address = addressOf(from, 'https');
    const isHere = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(address.hostname);
    if (address.username === '' || (address.protocol !== 'https:' && !isHere))
      throw new UsageError(
        feedFinding('feed-wants-address', { kind: 'genesys', like: 'https://CLIENTID@api.mypurecloud.de' }),
      );
    if (address.password !== '') throw new UsageError(feedFinding('feed-password-shown'));
    if (secret === undefined) throw new UsageError(feedFinding('feed-wants-secret', { kind: 'genesys' }));
  },
  read: async (ground) => {
    const open = (ground.held.now ??= newOpen()) as Open;
    // kept by this adapter alone
    const cursor = ground.state.cursor as Cursor | undefined;
    const isUnderWay = open.again.length > 0;
    return askInTurn(ground, { ...open, scheme: 'https', until: cursor?.until, isUnderWay }, () =>
      readSpan(ground, open, cursor, ground.now()),
    );
  },
};

const newOpen = (): Open => ({
  attempts: new Attempts(),
  web: new WebQuestions(),
  names: undefined,
  again: [],
  close: () => undefined,
});

/** An hour of conversations, the oldest that is not read yet; or one that may have changed. */
const readSpan = async (
  ground: ReadingGround,
  open: Open,
  cursor: Cursor | undefined,
  now: number,
): Promise<Portion> => {
  const until = cursor?.until ?? now - firstMillis;
  const again = now - until < hourMillis ? open.again.shift() : undefined;
  const span =
    again === undefined
      ? { from: until - overlapMillis, to: Math.min(now, until + hourMillis) }
      : { from: again, to: again + hourMillis };
  open.names ??= await queueNames(ground, open);
  const { events, counted, waiting } = await conversationsOf(ground, open, span);
  const differences = await differencesOf(ground, open, span, counted);
  const last = cursor?.againMillis ?? now;
  const isDue = now - last >= againMillis && span.to === now;
  if (isDue)
    for (let at = now - ground.settings.lateHours * hourMillis; at < now - hourMillis; at += hourMillis)
      open.again.push(at);
  return {
    events,
    // who waits still comes again once that is over
    counts: { read: waiting, repeated: waiting },
    differences,
    cursor: {
      until: again === undefined ? span.to : until,
      againMillis: isDue ? now : last,
    } satisfies Cursor,
    more: (again === undefined && span.to < now) || open.again.length > 0,
  };
};

const intervalOf = ({ from, to }: Touched): string =>
  `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;

/** How many calls each queue had by interval, as they were counted here: as the source adds them up itself. */
type Counted = Map<string, number>;

const halfHour = hourMillis / 2;
const keyOf = (queue: string, at: number): string => `${Math.floor(at / halfHour) * halfHour} ${queue}`;

const conversationsOf = async (
  ground: ReadingGround,
  open: Open,
  span: Touched,
): Promise<{ readonly events: CameIn[]; readonly counted: Counted; readonly waiting: number }> => {
  const events: CameIn[] = [];
  let waiting = 0;
  const counted: Counted = new Map();
  for (let pageNumber = 1; ; pageNumber += 1) {
    const { conversations } = await ask(
      ground,
      open,
      '/api/v2/analytics/conversations/details/query',
      {
        interval: intervalOf(span),
        order: 'asc',
        orderBy: 'conversationStart',
        paging: { pageSize: pageRows, pageNumber },
      },
      detailsSchema,
    );
    for (const said of conversations ?? []) {
      const { data } = conversationSchema.safeParse(said);
      if (data === undefined) events.push({ fault: 'bad-conversation' });
      else
        for (const call of callsOf(data, open, ground.pseudonym, counted))
          if (call === 'waiting') waiting += 1;
          else events.push(call);
    }
    if ((conversations?.length ?? 0) < pageRows) return { events, counted, waiting };
    if (pageNumber === mostPages) throw new RangeError(`more than ${mostPages} pages`);
  }
};

/**
 * A conversation's stays in queues. One that was called back comes again as a call that is answered almost at once: it is
 * kept by name and not counted, or the voice queues would look better than they are.
 */
const callsOf = (
  { conversationId, conversationStart: began, participants }: Conversation,
  open: Open,
  pseudonym: ReadingGround['pseudonym'],
  counted: Counted,
): (CameIn | 'waiting')[] => {
  const sessions = participants.flatMap(({ purpose, userId, sessions: own }) =>
    (own ?? []).map((session) => ({ purpose, userId: userId ?? '', session })),
  );
  const isCallBack = sessions.some(({ session }) => session.mediaType === 'callback');
  const handled = sessions.filter(({ purpose }) => purpose === 'agent' || purpose === 'user');
  const caller = sessions.find(({ purpose }) => purpose === 'customer' || purpose === 'external');
  return sessions
    .filter(({ purpose }) => purpose === 'acd')
    .map(({ session }, i): CameIn | 'waiting' => {
      const first = session.segments?.[0];
      const queueId = first?.queueId ?? '';
      const id = `${conversationId} ${i}`;
      const at = first?.segmentStart ?? began;
      const kept = (unknown: string): CameIn => ({
        key: pseudonym(id),
        at,
        began: at,
        event: '-',
        queue: '',
        unknown,
      });
      if (session.mediaType !== 'voice') return kept(session.mediaType);
      if (session.direction === 'outbound') return kept('outbound');
      if (first === undefined || queueId === '') return { fault: 'without-queue' };
      const queue = nameOf(open, queueId);
      const metric = metricsOf(session);
      const [answered, abandoned, flowedOut] = ['tAnswered', 'tAbandon', 'tFlowOut'].map((name) =>
        metric.get(name),
      );
      const key = keyOf(queue, first.segmentStart);
      counted.set(key, (counted.get(key) ?? 0) + 1);
      const wait = answered ?? abandoned ?? flowedOut;
      if (wait === undefined) return 'waiting';
      if (isCallBack) return kept('call-back');
      const by = handled.find(
        (each) => answered !== undefined && isOf(each.session, queueId, first.segmentStart + answered),
      );
      const handle = by === undefined ? undefined : metricsOf(by.session).get('tHandle');
      return recordEvent(
        {
          id,
          queue,
          arrivedMillis: first.segmentStart,
          outcome: answered !== undefined ? 'answered' : abandoned === undefined ? 'left' : 'abandoned',
          waitSeconds: Math.round(wait / 1000),
          handleSeconds: handle === undefined ? undefined : Math.round(handle / 1000),
          operator: by?.userId ?? '',
          caller: caller?.session.ani ?? '',
        },
        pseudonym,
      );
    });
};

const metricsOf = ({ metrics }: Session): ReadonlyMap<string, number> =>
  new Map((metrics ?? []).map(({ name, value }) => [name, value]));

/** True of the part of somebody who was rung for a queue and spoke after a call had been answered there. */
const isOf = ({ segments, metrics }: Session, queueId: string, answeredAt: number): boolean => {
  const end = segments?.at(-1)?.segmentEnd ?? Infinity;
  const isHandled = metrics?.some(({ name }) => name === 'tHandle') === true;
  // clocks of one conversation's parts differ by some seconds
  return (
    isHandled && end >= answeredAt - 5_000 && segments?.some((each) => each.queueId === queueId) === true
  );
};

/** Where the source's own totals are others than what was counted, or do not add up by themselves: intervals that are over. */
const differencesOf = async (
  ground: ReadingGround,
  open: Open,
  { from, to }: Touched,
  counted: Counted,
): Promise<NonNullable<Portion['differences']>> => {
  const first = Math.ceil(from / halfHour) * halfHour;
  const last = Math.floor(to / halfHour) * halfHour;
  if (last <= first) return [];
  const { results } = await ask(
    ground,
    open,
    '/api/v2/analytics/conversations/aggregates/query',
    {
      interval: intervalOf({ from: first, to: last }),
      granularity: 'PT30M',
      groupBy: ['queueId'],
      metrics: ['nOffered', 'tAnswered', 'tAbandon', 'tFlowOut'],
      filter: { type: 'and', predicates: [{ dimension: 'mediaType', value: 'voice' }] },
    },
    totalsSchema,
  );
  const said = new Map<string, { offered: number; ended: number }>();
  for (const { group, data } of results ?? [])
    for (const { interval, metrics } of data) {
      const count = (name: string): number =>
        metrics.find(({ metric }) => metric === name)?.stats?.count ?? 0;
      const at = Date.parse(interval.split('/')[0] ?? '');
      said.set(keyOf(nameOf(open, group.queueId ?? ''), at), {
        offered: count('nOffered'),
        ended: count('tAnswered') + count('tAbandon') + count('tFlowOut'),
      });
    }
  return [...new Set([...said.keys(), ...counted.keys()])].flatMap((key) => {
    const [start = '', ...queue] = key.split(' ');
    const startMillis = Number(start);
    if (!(startMillis >= first && startMillis < last)) return [];
    const { offered, ended } = said.get(key) ?? { offered: 0, ended: 0 };
    const ours = counted.get(key) ?? 0;
    // while somebody waits, what was offered is more than what has ended
    const addsUp = offered === ended || startMillis + hourMillis > to;
    const agrees = offered === ours && addsUp;
    return [{ queue: queue.join(' '), startMillis, said: offered, counted: ours, agrees }];
  });
};

const nameOf = ({ names }: Open, queue: string): string => names?.get(queue) ?? queue;

const queueNames = async (ground: ReadingGround, open: Open): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  for (let page = 1; page <= 50; page += 1) {
    const path = `/api/v2/routing/queues?pageSize=${pageRows}&pageNumber=${page}`;
    const { entities, pageCount } = await ask(ground, open, path, undefined, queuesSchema);
    for (const { id, name } of entities) names.set(id, name);
    if (page >= (pageCount ?? 1)) break;
  }
  return names;
};

/** Asks, with a token that is good for some hours. */
const ask = async <Answer>(
  { settings }: ReadingGround,
  { web }: Open,
  path: string,
  body: object | undefined,
  schema: z.ZodType<Answer>,
): Promise<Answer> => {
  const address = addressOf(settings.from, 'https');
  const login = new URL('/oauth/token', address);
  login.hostname = address.hostname.replace(/^api\./, 'login.');
  const id = decodeURIComponent(address.username);
  const authorization = await web.signIn(login, id, () => passwordOf(settings));
  const headers = { authorization, 'content-type': 'application/json' };
  const asked = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  return web.ask(new URL(path, address), asked, schema);
};

const answerMillis = 30_000;
const longestAnswer = 32 * 2 ** 20;

/** Questions to a service that answers in JSON: where it is asked too often, none before it may be asked again. */
class WebQuestions {
  /** Forgotten once it is refused. */
  #token: string | undefined;
  #waitUntil = -Infinity;

  /** By OAuth's client credentials; answers what its questions carry as `authorization`. */
  async signIn(address: URL, id: string, password: () => Promise<string>): Promise<string> {
    if (this.#token === undefined) {
      const authorization = `Basic ${Buffer.from(`${id}:${await password()}`).toString('base64')}`;
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const asked = { method: 'POST', headers: { authorization }, body };
      this.#token = (await this.ask(address, asked, tokenSchema)).access_token;
    }
    return `Bearer ${this.#token}`;
  }

  /** Throws `BadInputError` for every answer that is none. */
  async ask<Answer>(address: URL, asked: RequestInit, schema: z.ZodType<Answer>): Promise<Answer> {
    const place = address.host;
    address.username = '';
    const tooOften = (): BadInputError => new BadInputError([feedProblem('feed-asked-too-often', { place })]);
    const wrong = (why: string): BadInputError =>
      new BadInputError([feedProblem('feed-answer-wrong', { place, why })]);
    if (performance.now() < this.#waitUntil) throw tooOften();
    const signal = AbortSignal.timeout(answerMillis);
    const answer = await fetch(address, { ...asked, redirect: 'error', signal }).catch((error: unknown) => {
      throw (error as { readonly cause?: unknown }).cause ?? error;
    });
    if (answer.status === 429) {
      const seconds = Number(answer.headers.get('retry-after')) || 60;
      this.#waitUntil = performance.now() + 1000 * Math.min(3600, seconds);
      throw tooOften();
    }
    if (answer.status === 401 || answer.status === 403) {
      this.#token = undefined;
      throw new BadInputError([feedProblem('feed-not-let-in', { place })]);
    }
    const text = (await readAtMost(answer, longestAnswer)).toString();
    const type = answer.headers.get('content-type') ?? '';
    if (!answer.ok) throw wrong(`HTTP ${answer.status}`);
    if (!/\bjson\b/.test(type)) throw wrong(type === '' ? 'HTTP 200' : type);
    const { data } = schema.safeParse(jsonOf(text));
    if (data === undefined) throw wrong('JSON');
    return data;
  }
}

const tokenSchema = z.object({ access_token: z.string().min(1) });

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
