import { compareText } from '../kernel/text.ts';
import type { SwitchboardDay } from './switchboard-day.ts';
import {
  callerOf,
  saysEnd,
  sessionOf,
  standingAt,
  type SwitchboardEvent,
  uuidOf,
} from './switchboard-events.ts';

type Leg = SwitchboardDay['legs'][number];

/** Of those who hung up every so many is called back, so much later, and answers; seconds. */
const [callBackEvery, callBackAfter, callBackWait, callBackTalk] = [25, 1800, 1, 120];
const isCalledBack = ({ end }: Leg, i: number): boolean => end === 'abandoned' && i % callBackEvery === 0;

/** What there is to know of a call, and of an operator's time on the queue. */
type Fact = 'entered' | 'left' | 'ended' | 'called' | 'began' | 'stopped';

/**
 * The day as the cloud comes to know of it: that a caller entered a queue, left it (answered or not), that the talk ended;
 * that an operator came on the queue, and left it. A call whose end nobody says stays open for ever.
 */
export const genesysEventsOf = ({ legs, spans }: SwitchboardDay): SwitchboardEvent[] => {
  const events: SwitchboardEvent[] = [];
  const know = (at: number, fact: Fact, of: number): void => void events.push({ at, fields: { fact, of } });
  for (const [i, leg] of legs.entries()) {
    know(leg.enteredAt, 'entered', i);
    if (leg.operator !== undefined || saysEnd(leg)) know(leg.leftAt, 'left', i);
    if (leg.operator !== undefined && saysEnd(leg)) know(leg.endedAt, 'ended', i);
    if (isCalledBack(leg, i)) know(leg.leftAt + callBackAfter, 'called', i);
  }
  for (const [i, span] of spans.entries()) {
    know(span.from, 'began', i);
    know(span.to, 'stopped', i);
  }
  return events.sort((a, b) => a.at - b.at);
};

interface Conversation {
  readonly id: string;
  /** Stays in queues, in the order in which they were entered. */
  readonly legs: readonly number[];
  readonly isCallBack: boolean;
}

interface Asked {
  readonly interval?: string;
  readonly paging?: { readonly pageSize?: number; readonly pageNumber?: number };
  readonly granularity?: string;
  readonly metrics?: readonly string[];
  readonly detailMetrics?: readonly string[];
  readonly filter?: {
    readonly predicates?: readonly { readonly dimension?: string; readonly value?: string }[];
  };
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
const [mostRows, longestDays] = [100, 31];

/** Of the same organization, and of another department: its queue, which nobody calls, and who is on it all day. */
const elsewhere = 'permits-office';
const clerks = ['clerk-1', 'clerk-2', 'clerk-3'];

/** A stay in a queue as its metrics have it, milliseconds. */
interface Stay {
  readonly queue: string;
  readonly at: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Genesys Cloud with a made-up day: answers what it knows by now, as its analytics do. */
export class GenesysCloud {
  readonly #day: SwitchboardDay;
  readonly #known = new Set<string>();
  /** The last second that it has heard of. */
  #now: number;
  readonly #conversations: readonly Conversation[];
  readonly #queues: ReadonlyMap<string, string>;
  readonly #operators: ReadonlyMap<string, { readonly spans: number[]; readonly legs: number[] }>;
  /** What was found last, as long as nothing is learned. */
  #found: { readonly by: string; readonly rows: readonly unknown[] } = { by: '', rows: [] };

  constructor(day: SwitchboardDay) {
    this.#day = day;
    this.#now = day.from;
    const { legs, spans } = day;
    const indices = legs.map((_, i) => i);
    this.#conversations = [
      ...[...Map.groupBy(indices, (i) => legs[i]?.callid).values()].map((own) => ({
        id: sessionOf(this.#leg(own[0])),
        legs: own,
        isCallBack: false,
      })),
      ...indices
        .filter((i) => isCalledBack(this.#leg(i), i))
        .map((i) => ({ id: uuidOf(this.#leg(i).leftAt, 4 * i), legs: [i], isCallBack: true })),
    ];
    const names = [...new Set(legs.map(({ queue }) => queue))].sort();
    this.#queues = new Map([...names, elsewhere].map((queue, i) => [queue, uuidOf(1, i + 1)]));
    const operators = new Map<string, { readonly spans: number[]; readonly legs: number[] }>();
    const of = (operator: string) => {
      const own = operators.get(operator) ?? { spans: [], legs: [] };
      operators.set(operator, own);
      return own;
    };
    for (const [i, { operator }] of spans.entries()) of(operator).spans.push(i);
    for (const [i, { operator }] of legs.entries()) if (operator !== undefined) of(operator).legs.push(i);
    this.#operators = operators;
  }

  /** Comes to know what happened, in whatever order, and however often it is said. */
  learn(events: readonly SwitchboardEvent[]): void {
    for (const { at, fields } of events) {
      this.#known.add(`${fields['fact']} ${fields['of']}`);
      this.#now = Math.max(this.#now, at);
    }
    this.#found = { by: '', rows: [] };
  }

  /** What it answers; undefined: there is nothing under this path. Throws `RangeError` where it cannot be asked so. */
  answer(path: string, query: URLSearchParams, asked: Asked): object | undefined {
    if (path === '/api/v2/routing/queues') {
      return entitiesOf(
        [...this.#queues].map(([name, id]) => ({ id, name })),
        query,
      );
    }
    const of = /^\/api\/v2\/routing\/queues\/([^/]+)\/members$/.exec(path)?.[1];
    if (of !== undefined) {
      const queue = [...this.#queues].find(([, id]) => id === of)?.[0] ?? '';
      const { spans, legs } = this.#day;
      const own = [
        ...spans.flatMap(({ operator, queues }) => (queues.includes(queue) ? [operator] : [])),
        ...legs.flatMap((leg) => (leg.queue === queue ? [leg.operator ?? 'somebody'] : [])),
      ];
      const ids = queue === elsewhere ? clerks : [...new Set(own)];
      return entitiesOf(
        ids.map((id) => ({ id, name: id, joined: true })),
        query,
      );
    }
    if (path === '/api/v2/analytics/conversations/details/query') {
      const [rows, totalHits] = this.#page('conversations', asked);
      return { conversations: rows, totalHits };
    }
    if (path === '/api/v2/analytics/users/details/query') {
      const [rows, totalHits] = this.#page('users', asked);
      return { userDetails: rows, totalHits };
    }
    if (path === '/api/v2/analytics/conversations/aggregates/query') return this.#aggregates(asked);
    if (path === '/api/v2/analytics/queues/observations/query') return this.#observations(asked);
    return undefined;
  }

  #leg(i: number | undefined): Leg {
    const leg = this.#day.legs[i ?? -1];
    if (leg === undefined) throw new Error('no such call');
    return leg;
  }

  #knows(fact: Fact, of: number): boolean {
    return this.#known.has(`${fact} ${of}`);
  }

  #page(what: 'conversations' | 'users', asked: Asked): readonly [rows: readonly unknown[], all: number] {
    const { pageSize = 25, pageNumber = 1 } = asked.paging ?? {};
    if (!(pageSize >= 1 && pageSize <= mostRows && pageNumber >= 1)) throw new RangeError('paging');
    const [from, to] = spanOf(asked);
    const by = `${what} ${from} ${to}`;
    if (this.#found.by !== by) {
      const rows = what === 'users' ? this.#usersIn(from, to) : this.#conversationsIn(from, to);
      this.#found = { by, rows };
    }
    const { rows } = this.#found;
    const page = rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
    return [
      what === 'users' ? page : page.map((each) => this.#conversation(each as Conversation)),
      rows.length,
    ];
  }

  /** When a conversation began and ended, as far as that is known; the end of one under way is not. */
  #spanOf({ legs, isCallBack }: Conversation): readonly [from: number, to: number] | undefined {
    if (isCallBack) {
      const [i = -1] = legs;
      const at = this.#leg(i).leftAt + callBackAfter;
      return this.#knows('called', i) ? [at, at + callBackWait + callBackTalk] : undefined;
    }
    const entered = legs.filter((i) => this.#knows('entered', i));
    if (entered.length === 0) return undefined;
    const ends = entered.map((i) => {
      const { operator, leftAt, endedAt } = this.#leg(i);
      if (operator === undefined) return this.#knows('left', i) ? leftAt : Infinity;
      return this.#knows('ended', i) ? endedAt : Infinity;
    });
    return [this.#leg(entered[0]).enteredAt, Math.max(...ends)];
  }

  #conversationsIn(from: number, to: number): Conversation[] {
    return this.#conversations
      .flatMap((conversation) => {
        const span = this.#spanOf(conversation);
        return span === undefined || span[0] >= to || span[1] < from ? [] : [{ conversation, at: span[0] }];
      })
      .sort((a, b) => a.at - b.at || compareText(a.conversation.id, b.conversation.id))
      .map(({ conversation }) => conversation);
  }

  /** Stays in queues that voice callers have behind them or are in the midst of; of a call-back the call that was bridged. */
  #stayOf(i: number, isCallBack: boolean): Stay {
    const { queue, operator, enteredAt, leftAt, endedAt, end } = this.#leg(i);
    if (isCallBack) {
      const [wait, talk] = [1000 * callBackWait, 1000 * callBackTalk];
      const at = leftAt + callBackAfter;
      return {
        queue,
        at,
        metrics: { nOffered: 1, tWait: wait, tAnswered: wait, tTalk: talk, tHandle: talk },
      };
    }
    const wait = 1000 * (leftAt - enteredAt);
    const handle = 1000 * (endedAt - leftAt);
    const how = operator !== undefined ? 'tAnswered' : end === 'abandoned' ? 'tAbandon' : 'tFlowOut';
    return {
      queue,
      at: enteredAt,
      metrics: {
        nOffered: 1,
        ...(this.#knows('left', i) ? { tWait: wait, [how]: wait } : {}),
        ...(this.#knows('ended', i) ? { tTalk: handle, tHandle: handle } : {}),
      },
    };
  }

  #conversation({ id, legs, isCallBack }: Conversation): object {
    const [from, to] = this.#spanOf({ id, legs, isCallBack }) ?? [0, 0];
    const until = Number.isFinite(to) ? iso(to) : undefined;
    const session = (kind: number, i: number, more: object) => ({
      sessionId: uuidOf(this.#leg(i).enteredAt, 8 * i + kind + (isCallBack ? 4 : 0)),
      mediaType: 'voice',
      direction: 'inbound',
      ...more,
    });
    const metrics = (of: Stay['metrics'], names: readonly string[]) =>
      names.flatMap((name) =>
        of[name] === undefined ? [] : [{ name, value: of[name], emitDate: iso(from) }],
      );
    const [first = 0] = legs;
    const customer = session(1, first, {
      ani: `tel:+${callerOf(first)}`,
      segments: [{ segmentStart: iso(from), segmentEnd: until, segmentType: 'interact' }],
    });
    const stays = legs.flatMap((i) => {
      if (!isCallBack && !this.#knows('entered', i)) return [];
      const stay = this.#stayOf(i, isCallBack);
      const { operator } = this.#leg(i);
      const queueId = this.#queues.get(stay.queue);
      const [wait, handle] = [stay.metrics['tWait'], stay.metrics['tHandle']];
      const left = wait === undefined ? undefined : stay.at + wait / 1000;
      const segment = (begins: number, ends: number | undefined) => ({
        queueId,
        segmentStart: iso(begins),
        ...(ends === undefined ? {} : { segmentEnd: iso(ends) }),
        segmentType: 'interact',
      });
      const acd = session(2, i, {
        segments: [segment(stay.at, left)],
        metrics: metrics(stay.metrics, ['nOffered', 'tWait', 'tAnswered', 'tAbandon', 'tFlowOut']),
      });
      const asked = {
        ...session(3, i, { mediaType: 'callback', direction: 'outbound' }),
        segments: [segment(from, from)],
        metrics: metrics(stay.metrics, ['nOffered', 'tWait']),
      };
      const agent =
        left === undefined || (operator === undefined && !isCallBack)
          ? []
          : [
              {
                purpose: 'agent',
                userId: operator ?? 'somebody',
                sessions: [
                  session(0, i, {
                    segments: [segment(left, handle === undefined ? undefined : left + handle / 1000)],
                    metrics: metrics(stay.metrics, ['tTalk', 'tHandle']),
                  }),
                ],
              },
            ];
      return [
        ...(isCallBack ? [{ purpose: 'acd', sessions: [asked] }] : []),
        { purpose: 'acd', sessions: [acd] },
        ...agent,
      ];
    });
    return {
      conversationId: id,
      conversationStart: iso(from),
      ...(until === undefined ? {} : { conversationEnd: until }),
      originatingDirection: 'inbound',
      participants: [{ purpose: 'customer', sessions: [customer] }, ...stays],
    };
  }

  /** Of whom something is known, and what they did that reaches into a span: each of it whole, the last without an end. */
  #usersIn(from: number, to: number): object[] {
    const others = clerks.map((userId) => ({
      userId,
      primaryPresence: [],
      routingStatus: [{ startTime: iso(this.#day.from), routingStatus: 'IDLE' }],
    }));
    const users = [...this.#operators].flatMap(([userId, { spans, legs }]) => {
      const marks: [at: number, status: string][] = [[this.#day.from - 86_400, 'OFF_QUEUE']];
      for (const i of spans) {
        const span = this.#day.spans[i];
        if (span === undefined) continue;
        if (this.#knows('began', i)) marks.push([span.from, 'IDLE']);
        if (this.#knows('stopped', i)) marks.push([span.to, 'OFF_QUEUE']);
      }
      for (const i of legs) {
        if (this.#knows('left', i)) marks.push([this.#leg(i).leftAt, 'INTERACTING']);
        if (this.#knows('ended', i)) marks.push([this.#leg(i).endedAt, 'IDLE']);
      }
      marks.sort(([a], [b]) => a - b);
      const routingStatus = marks.flatMap(([at, status], i) => {
        const end = marks[i + 1]?.[0];
        if (at >= to || (end ?? Infinity) < from || end === at) return [];
        return [
          {
            startTime: iso(at),
            ...(end === undefined ? {} : { endTime: iso(end) }),
            routingStatus: status,
          },
        ];
      });
      return routingStatus.length === 0 ? [] : [{ userId, primaryPresence: [], routingStatus }];
    });
    return [...users, ...others];
  }

  /** Totals by queue and interval of arrival; a metric that nothing was counted of is not there. */
  #aggregates(asked: Asked): object {
    const [from, to] = spanOf(asked);
    const step = { PT15M: 900, PT30M: 1800, PT1H: 3600 }[asked.granularity ?? ''] ?? to - from;
    const cells = new Map<string, Map<number, Map<string, number[]>>>();
    for (const { legs, isCallBack } of this.#conversations)
      for (const i of legs) {
        if (!this.#knows(isCallBack ? 'called' : 'entered', i)) continue;
        const { queue, at, metrics } = this.#stayOf(i, isCallBack);
        if (at < from || at >= to) continue;
        const start = at - ((at - from) % step);
        const ofQueue = cells.get(queue) ?? new Map<number, Map<string, number[]>>();
        cells.set(queue, ofQueue);
        const cell = ofQueue.get(start) ?? new Map<string, number[]>();
        ofQueue.set(start, cell);
        for (const [name, value] of Object.entries(metrics)) {
          if (asked.metrics?.includes(name) !== true) continue;
          const values = cell.get(name) ?? [];
          values.push(value);
          cell.set(name, values);
        }
      }
    return {
      results: [...cells].map(([queue, own]) => ({
        group: { mediaType: 'voice', queueId: this.#queues.get(queue) },
        data: [...own].map(([start, cell]) => ({
          interval: `${iso(start)}/${iso(Math.min(to, start + step))}`,
          metrics: [...cell].map(([metric, values]) => ({ metric, stats: statsOf(values, metric) })),
        })),
      })),
    };
  }

  /** Who waits and who is on the queue at the last second that was heard of, of the queues that are asked for. */
  #observations({ filter, metrics = [], detailMetrics = [] }: Asked): object {
    const { waiting, there } = standingAt(this.#day, this.#now);
    const ids = (filter?.predicates ?? []).flatMap(({ dimension, value }) =>
      dimension === 'queueId' ? [value] : [],
    );
    if (ids.length === 0) throw new RangeError('queueId');
    return {
      results: [...this.#queues].flatMap(([queue, queueId]) => {
        if (!ids.includes(queueId)) return [];
        const callers = waiting.filter((leg) => leg.queue === queue);
        const members = there.filter(({ queues }) => queues.includes(queue));
        const observations = callers.map((leg) => ({
          observationDate: iso(leg.enteredAt),
          conversationId: sessionOf(leg),
          direction: 'inbound',
        }));
        const calls = {
          metric: 'oWaiting',
          stats: { count: callers.length },
          ...(detailMetrics.includes('oWaiting') ? { truncated: false, observations } : {}),
        };
        const users = (qualifier: string, count: number) => ({
          metric: 'oOnQueueUsers',
          qualifier,
          stats: { count },
        });
        const talking = members.filter(({ isTalking }) => isTalking).length;
        const onQueue = [
          users('IDLE', queue === elsewhere ? clerks.length : members.length - talking),
          users('INTERACTING', talking),
          // rung, and did not answer: off the queue until they come back to it
          users('NOT_RESPONDING', 1),
        ];
        const [voice, both] = [[calls], onQueue].map((data) =>
          data.filter(({ metric }) => metrics.includes(metric)),
        );
        return [
          { group: { queueId, mediaType: 'voice' }, data: voice },
          { group: { queueId }, data: both },
        ];
      }),
    };
  }
}

/** A page of what has a name. */
const entitiesOf = (all: readonly object[], query: URLSearchParams): object => {
  const [size, number] = [Number(query.get('pageSize') ?? 25), Number(query.get('pageNumber') ?? 1)];
  const pageCount = Math.max(1, Math.ceil(all.length / size));
  const entities = all.slice((number - 1) * size, number * size);
  return { entities, pageSize: size, pageNumber: number, total: all.length, pageCount };
};

/** From when to when is asked, in seconds. */
const spanOf = ({ interval = '' }: Asked): readonly [from: number, to: number] => {
  const [from = Number.NaN, to = Number.NaN] = interval.split('/').map((at) => Date.parse(at) / 1000);
  if (!(from < to && to - from <= longestDays * 86_400)) throw new RangeError('interval');
  return [from, to];
};

const statsOf = (values: readonly number[], metric: string): object => {
  const sum = values.reduce((total, each) => total + each, 0);
  if (metric.startsWith('n')) return { count: sum };
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return { count: values.length, sum, min: least, max: most };
};
