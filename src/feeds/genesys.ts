import { z } from 'zod';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { dayMillis, hourMillis } from '../kernel/time.ts';
import { operatorKey, type Touched } from './call-book.ts';
import { isRecord, recordEvent, recordLegs } from './call-records.ts';
import { addressOf, askInTurn, Attempts, checkCloud, passwordOf } from './feed-access.ts';
import type { CameIn, FeedAdapter, Portion, ReadingGround } from './feed-adapter.ts';
import { WebQuestions } from './web-questions.ts';

/**
 * Genesys Cloud: conversations and who was on the queues for the record, held against its own totals by interval; who waits
 * and who is there now by what it observes.
 */

const millis = z.number().min(0).max(dayMillis);
const instant = z.iso.datetime({ offset: true }).transform((said) => Date.parse(said));

const sessionSchema = z.object({
  sessionId: z.string().min(1).max(100).nullish(),
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
  conversationEnd: z.string().nullish(),
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
const entitiesSchema = z.object({
  entities: z.array(z.object({ id: z.string(), name: z.string().nullish() })),
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

const userSchema = z.object({
  userId: z.string().min(1).max(100),
  routingStatus: z
    .array(z.object({ startTime: instant, endTime: instant.nullish(), routingStatus: z.string() }))
    .nullish(),
});
const usersSchema = z.object({ userDetails: z.array(z.unknown()).max(pageRows).nullish() });
const observedSchema = z.object({
  results: z
    .array(
      z.object({
        group: z.object({ queueId: z.string().nullish(), mediaType: z.string().nullish() }),
        data: z.array(
          z.object({
            metric: z.string(),
            qualifier: z.string().nullish(),
            stats: z.object({ count: z.number().int().min(0).nullish() }).nullish(),
            observations: z.array(z.object({ observationDate: instant.nullish() })).nullish(),
          }),
        ),
      }),
    )
    .nullish(),
});

/** How far back a feed begins, and how much of what was read is asked for again with what is new. */
const [firstMillis, overlapMillis] = [24 * hourMillis, hourMillis / 4];
/** What may have come late is asked for so often. */
const againMillis = hourMillis;

/** Who waits and who is there is asked so often, between the records. */
const observeMillis = 60_000;

/** Up to when conversations were read, when those before were asked for again, and which hours of them still are to be. */
interface Cursor {
  readonly until: number;
  readonly againMillis: number;
  readonly again?: readonly number[];
  /** Who was there could not be asked: the next reading says it anew, as at first. */
  readonly unseen?: true;
  /** Calls that came before this instant go by the names that an earlier version gave them. */
  readonly namedUntil?: number;
}

interface Open {
  readonly attempts: Attempts;
  readonly web: WebQuestions;
  names: ReadonlyMap<string, string> | undefined;
  /** Who may be rung for the queues that the feed takes. */
  members: ReadonlySet<string> | undefined;
  /** When who waits was asked last. */
  observed: number;
  /** What broke off once the calls had been read: the next reading hears of it. */
  failed: unknown;
  /** Why what is asked for beside the calls is not there. */
  readonly whys: Map<string, Problem | undefined>;
  close(): void;
}

export const genesys: FeedAdapter = {
  handle: true,
  legsOf: (events, isOver) =>
    recordLegs(
      events.filter((event) => isRecord(event)),
      isOver,
    ),
  replaces: (event) => isRecord(event) || event === byName,
  check: (settings) => checkCloud(settings, 'https://CLIENTID@api.mypurecloud.de'),
  again: (_, { noneBefore, earliest }) => {
    const since = noneBefore ?? earliest;
    const until = (since ?? 0) + overlapMillis;
    return {
      cursor:
        since === null ? undefined : ({ until, againMillis: 0, again: [], unseen: true } satisfies Cursor),
    };
  },
  read: async (ground) => {
    const open = (ground.held.now ??= newOpen()) as Open;
    // kept by this adapter alone
    const cursor = ground.state.cursor as Cursor | undefined;
    const isUnderWay = (cursor?.again ?? []).length > 0;
    const { failed } = open;
    open.failed = undefined;
    if (failed !== undefined) throw failed;
    let calls: Portion | undefined;
    const portion = await askInTurn(
      ground,
      { ...open, scheme: 'https', until: cursor?.until, isUnderWay },
      () => readSpan(ground, open, cursor, ground.now(), (read) => (calls = read)),
    ).catch((error: unknown) => {
      if (calls === undefined) throw error;
      open.failed = error;
      return { ...calls, more: true };
    });
    if (portion !== undefined || Math.abs(ground.now() - open.observed) < observeMillis) return portion;
    return open.attempts.make(addressOf(ground.settings.from, 'https'), ground.isAsked, async () => ({
      events: [],
      ...(await standingNow(ground, open)),
    }));
  },
};

const newOpen = (): Open => ({
  attempts: new Attempts(),
  web: new WebQuestions(),
  names: undefined,
  members: undefined,
  observed: -Infinity,
  failed: undefined,
  whys: new Map(),
  close: () => undefined,
});

/**
 * An hour of conversations or the rest, the oldest that is not read yet; or an hour that may have changed. `hear` gets the
 * calls as soon as they are there: they are stored, and the hour is asked for again, where a further question fails.
 */
const readSpan = async (
  ground: ReadingGround,
  open: Open,
  cursor: Cursor | undefined,
  now: number,
  hear: (calls: Portion) => void,
): Promise<Portion> => {
  const until = Math.min(now, cursor?.until ?? now - firstMillis);
  // what is new comes first
  const [again, ...later] = now - until < observeMillis ? (cursor?.again ?? []) : [];
  const span =
    again === undefined
      ? { from: until - overlapMillis, to: now - until < 2 * hourMillis ? now : until + hourMillis }
      : { from: again, to: again + hourMillis };
  const isRead = again !== undefined || span.to === now;
  const last = cursor?.againMillis ?? now;
  const waits = again === undefined ? (cursor?.again ?? []) : later;
  const isDue = isRead && waits.length === 0 && Math.abs(now - last) >= againMillis;
  // queues may have come since
  if (isDue) open.names = open.members = undefined;
  open.names ??= await queueNames(ground, open);
  // one that kept no hours to be asked for again, and asked for nobody's presence
  const isOlder = cursor !== undefined && cursor.again === undefined;
  const namedUntil = cursor?.namedUntil ?? (isOlder ? cursor.until : undefined);
  const { events, counted, passed } = await conversationsOf(ground, open, span, namedUntil);
  const calls = { events, counts: { read: passed, repeated: passed } };
  hear(calls);
  const isFirst = cursor === undefined || cursor.unseen === true || isOlder;
  const present = await beside(open, 'presence', () => presenceOf(ground, open, span, isFirst));
  const differences = await beside(open, 'totals', () => differencesOf(ground, open, span, counted));
  const first = now - ground.settings.lateHours * hourMillis;
  const hours = isDue ? Math.max(0, Math.ceil((now - hourMillis - first) / hourMillis)) : 0;
  const next = isDue ? Array.from({ length: hours }, (_, i) => first + i * hourMillis) : waits;
  const more = !isRead || next.length > 0;
  return {
    ...calls,
    events: [...(present ?? []), ...events],
    differences: differences ?? [],
    cursor: {
      until: again === undefined ? span.to : until,
      againMillis: isDue ? now : last,
      again: next,
      ...(present === undefined ? { unseen: true as const } : {}),
      ...(namedUntil === undefined ? {} : { namedUntil }),
    } satisfies Cursor,
    more,
    ...(more ? { why: whyOf(open) } : await standingNow(ground, open)),
  };
};

const whyOf = ({ whys }: Open): Problem | undefined => [...whys.values()].find((why) => why !== undefined);

/** What is asked for beside the calls; undefined, and remembered why, where it is refused for one of these reasons. */
const beside = async <Answer>(
  { whys }: Open,
  what: 'presence' | 'totals' | 'standing',
  question: () => Promise<Answer>,
  reasons = ['feed-right-missing'],
): Promise<Answer | undefined> => {
  whys.delete(what);
  try {
    return await question();
  } catch (error) {
    const why = error instanceof BadInputError ? error.problems[0] : undefined;
    if (why === undefined || !reasons.includes(why.rule)) throw error;
    whys.set(what, why);
    return undefined;
  }
};

/** Who waits and who is there now, or why that is not known: a minute later it is asked again. */
const standingNow = async (ground: ReadingGround, open: Open): Promise<Pick<Portion, 'standing' | 'why'>> => {
  open.observed = ground.now();
  const reasons = ['feed-right-missing', 'feed-asked-too-often', 'feed-answer-wrong'];
  const standing = await beside(open, 'standing', () => standingOf(ground, open), reasons);
  return { ...(standing && { standing }), why: whyOf(open) };
};

const intervalOf = ({ from, to }: Touched): string =>
  `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;

/** How many calls each queue had by interval, as they were counted here: as the source adds them up itself. */
type Counted = Map<string, number>;

const halfHour = hourMillis / 2;
const keyOf = (queue: string, at: number): string => `${Math.floor(at / halfHour) * halfHour} ${queue}`;

/** All rows of pages: `rowsOf` answers those of one, and fewer than it may where there are no more. */
const pagesOf = async (
  rowsOf: (paging: {
    readonly pageSize: number;
    readonly pageNumber: number;
  }) => Promise<readonly unknown[] | null | undefined>,
): Promise<readonly unknown[]> => {
  const found: unknown[] = [];
  for (let pageNumber = 1; ; pageNumber += 1) {
    const rows = (await rowsOf({ pageSize: pageRows, pageNumber })) ?? [];
    for (const row of rows) found.push(row);
    if (rows.length < pageRows) return found;
    if (pageNumber === mostPages) throw new RangeError(`more than ${mostPages} pages`);
  }
};

const conversationsOf = async (
  ground: ReadingGround,
  open: Open,
  span: Touched,
  namedUntil = -Infinity,
): Promise<{ readonly events: CameIn[]; readonly counted: Counted; readonly passed: number }> => {
  const counted: Counted = new Map();
  const rows = await pagesOf(async (paging) => {
    const asked = { interval: intervalOf(span), order: 'asc', orderBy: 'conversationStart', paging };
    return (await ask(ground, open, '/api/v2/analytics/conversations/details/query', asked, detailsSchema))
      .conversations;
  });
  const events = rows.flatMap((said) => {
    const { data } = conversationSchema.safeParse(said);
    return data === undefined
      ? [{ fault: 'bad-conversation' }]
      : callsOf(data, open, ground.pseudonym, counted, namedUntil);
  });
  // one that nobody ends is answered for ever, and can be late no more
  const earliest = (ground.state.watermark ?? -Infinity) - (ground.settings.lateHours + 3) * hourMillis;
  const taken = events.filter((event) => !('at' in event) || event.at >= earliest);
  return { events: taken, counted, passed: events.length - taken.length };
};

/** Kept of what counts by name alone. */
const byName = '-';

/**
 * A conversation's stays in queues. One that was called back comes again as a call that is answered almost at once: it is
 * kept by name and not counted, or the voice queues would look better than they are.
 */
const callsOf = (
  { conversationId, conversationStart: began, conversationEnd: ended, participants }: Conversation,
  open: Open,
  pseudonym: ReadingGround['pseudonym'],
  counted: Counted,
  namedUntil: number,
): CameIn[] => {
  const sessions = participants.flatMap(({ purpose, userId, sessions: own }) =>
    (own ?? []).map((session) => ({ purpose, userId: userId ?? '', session })),
  );
  const isCallBack = sessions.some(({ session }) => session.mediaType === 'callback');
  const handled = sessions.filter(({ purpose }) => purpose === 'agent' || purpose === 'user');
  const caller = sessions.find(({ purpose }) => purpose === 'customer' || purpose === 'external');
  return sessions
    .filter(({ purpose }) => purpose === 'acd')
    .map(({ session }, i): CameIn => {
      const first = session.segments?.[0];
      const queueId = first?.queueId ?? '';
      const at = first?.segmentStart ?? began;
      const id = (at < namedUntil ? undefined : session.sessionId) ?? `${conversationId} ${i}`;
      /** By name alone; in a queue it takes the place of what was said of the call before. */
      const kept = (unknown: string, queue?: string): CameIn => ({
        key: pseudonym(queue === undefined ? id : `${id}\n${queue}`),
        at,
        began: at,
        event: byName,
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
      if (isCallBack) return kept('call-back', queue);
      const by = handled.find(
        (each) => answered !== undefined && isOf(each.session, queueId, first.segmentStart + answered),
      );
      const handle = by === undefined ? undefined : metricsOf(by.session).get('tHandle');
      return recordEvent(
        {
          id,
          queue,
          arrivedMillis: first.segmentStart,
          outcome:
            answered !== undefined
              ? 'answered'
              : abandoned !== undefined
                ? 'abandoned'
                : flowedOut === undefined
                  ? undefined
                  : 'left',
          waitSeconds: Math.round((wait ?? 0) / 1000),
          handleSeconds: handle === undefined ? undefined : Math.round(handle / 1000),
          isInHand: answered !== undefined && handle === undefined && typeof ended !== 'string',
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

/** On the queue; one who does not respond is away from it, and everything else is off it. */
const there: ReadonlySet<unknown> = new Set(['IDLE', 'INTERACTING', 'COMMUNICATING']);

/**
 * When members of the queues that the feed takes came on queue and left it within a span, by the words that
 * `operator-presence.ts` has; at first also who was there as it began. What somebody does on the queue changes nothing.
 */
const presenceOf = async (
  ground: ReadingGround,
  open: Open,
  span: Touched,
  isFirst: boolean,
): Promise<CameIn[]> => {
  const members = (open.members ??= await membersOf(ground, open));
  const rows = await pagesOf(async (paging) => {
    const asked = { interval: intervalOf(span), order: 'asc', paging };
    return (await ask(ground, open, '/api/v2/analytics/users/details/query', asked, usersSchema)).userDetails;
  });
  return rows.flatMap((said): CameIn[] => {
    const { data } = userSchema.safeParse(said);
    if (data === undefined) return [{ fault: 'bad-user' }];
    if (!members.has(data.userId)) return [];
    const key = operatorKey + ground.pseudonym(data.userId);
    const found: CameIn[] = [];
    let before = '';
    for (const { startTime, endTime, routingStatus } of (data.routingStatus ?? []).toSorted(
      (a, b) => a.startTime - b.startTime,
    )) {
      const at = isFirst ? Math.max(startTime, span.from) : startTime;
      if ((endTime ?? Infinity) <= at) continue;
      const is = there.has(routingStatus) ? 'ready' : routingStatus === 'NOT_RESPONDING' ? 'away' : 'gone';
      if (is !== before && at >= span.from && at < span.to)
        found.push({ key, at, began: at, event: `${at}|${is}|`, queue: '' });
      before = is;
    }
    return found;
  });
};

/** Who waits in each queue now and how many are there, of the queues that the feed takes. */
const standingOf = async (ground: ReadingGround, open: Open): Promise<NonNullable<Portion['standing']>> => {
  const now = ground.now();
  const ids = await takenQueues(ground, open);
  const waiting = new Map<string, { readonly calls: number; readonly since: number }>();
  const onQueue = new Map<string, number>();
  for (let at = 0; at < ids.length; at += pageRows) {
    const predicates = ids
      .slice(at, at + pageRows)
      .map((value) => ({ type: 'dimension', dimension: 'queueId', operator: 'matches', value }));
    const asked = {
      filter: { type: 'or', predicates },
      metrics: ['oWaiting', 'oOnQueueUsers'],
      detailMetrics: ['oWaiting'],
    };
    const { results } = await ask(
      ground,
      open,
      '/api/v2/analytics/queues/observations/query',
      asked,
      observedSchema,
    );
    for (const { group, data } of results ?? []) {
      const queue = nameOf(open, group.queueId ?? '');
      for (const { metric, qualifier, stats, observations } of data) {
        const count = stats?.count ?? 0;
        if (count === 0) continue;
        if (metric === 'oOnQueueUsers' && there.has(qualifier))
          onQueue.set(queue, (onQueue.get(queue) ?? 0) + count);
        if (metric !== 'oWaiting' || (group.mediaType ?? 'voice') !== 'voice') continue;
        const since = (observations ?? []).map(({ observationDate }) => observationDate ?? now);
        waiting.set(queue, { calls: count, since: Math.min(now, ...since.slice(0, 1000)) });
      }
    }
  }
  return { waiting: Object.fromEntries(waiting), onQueue: Object.fromEntries(onQueue) };
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

const queueNames = async (ground: ReadingGround, open: Open): Promise<ReadonlyMap<string, string>> =>
  new Map((await entitiesOf(ground, open, '/api/v2/routing/queues')).map(({ id, name }) => [id, name ?? id]));

/** Ids of the queues that the feed takes. */
const takenQueues = async (ground: ReadingGround, open: Open): Promise<readonly string[]> => {
  open.names ??= await queueNames(ground, open);
  const queueOf = await ground.queueOf();
  return [...open.names].flatMap(([id, name]) => (queueOf(name) === undefined ? [] : [id]));
};

const membersOf = async (ground: ReadingGround, open: Open): Promise<ReadonlySet<string>> => {
  const members = new Set<string>();
  for (const queue of await takenQueues(ground, open)) {
    const path = `/api/v2/routing/queues/${encodeURIComponent(queue)}/members`;
    for (const { id } of await entitiesOf(ground, open, path)) members.add(id);
  }
  return members;
};

type Entities = z.output<typeof entitiesSchema>['entities'];

const entitiesOf = async (ground: ReadingGround, open: Open, path: string): Promise<Entities> => {
  const found: Entities = [];
  for (let page = 1; page <= 50; page += 1) {
    const paged = `${path}?pageSize=${pageRows}&pageNumber=${page}`;
    const { entities, pageCount } = await ask(ground, open, paged, undefined, entitiesSchema);
    found.push(...entities);
    if (page >= (pageCount ?? (entities.length < pageRows ? 1 : Infinity))) break;
  }
  return found;
};

/** What the role of an OAuth client needs, by what is asked. */
const rights = [
  ['/conversations/details/', 'analytics:conversationDetail:view'],
  ['/conversations/aggregates/', 'analytics:conversationAggregate:view'],
  ['/users/details/', 'analytics:userDetail:view'],
  ['/queues/observations/', 'analytics:queueObservation:view'],
  ['/routing/queues', 'routing:queue:view'],
] as const;

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
  const isKnown = web.isSignedIn;
  const askOnce = async (): Promise<Answer> => {
    const authorization = await web.signIn(login, id, () => passwordOf(settings));
    const headers = { authorization, 'content-type': 'application/json' };
    const asked = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const right = rights.find(([part]) => path.includes(part))?.[1];
    return web.ask(new URL(path, address), asked, schema, right);
  };
  return askOnce().catch((error: unknown) => {
    // a token that has run out
    if (!isKnown || web.isSignedIn) throw error;
    return askOnce();
  });
};
