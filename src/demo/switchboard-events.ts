import { type Random, seededRandom } from '../kernel/random.ts';
import type { SwitchboardDay } from './switchboard-day.ts';

type Leg = SwitchboardDay['legs'][number];
type Span = SwitchboardDay['spans'][number];
type Value = string | number;

/** What a switchboard says of itself over a socket, and the second of its clock in which it does. */
export interface SwitchboardEvent {
  readonly at: number;
  readonly fields: Readonly<Record<string, Value>>;
}

/** What a made-up switchboard can be asked by: Asterisk's manager interface, FreeSWITCH's event socket, Genesys Cloud's HTTP. */
export const switchboardSockets = ['ami', 'esl', 'genesys'] as const;
export type SwitchboardSocket = (typeof switchboardSockets)[number];

/** Who waits in each queue and who is there at a second of the day, as its switchboard answers when it is asked. */
export interface SwitchboardStanding {
  readonly at: number;
  readonly waiting: readonly Leg[];
  readonly there: readonly (Span & { readonly isTalking: boolean })[];
  readonly away: readonly Span[];
  readonly queues: readonly string[];
}

export const standingAt = ({ legs, spans }: SwitchboardDay, at: number): SwitchboardStanding => {
  const talking = new Set(
    legs.filter(({ leftAt, endedAt }) => leftAt <= at && at < endedAt).map(({ operator }) => operator),
  );
  const there = spans.filter(({ from, to }) => from <= at && at < to);
  const last = new Map(spans.filter(({ to }) => to <= at).map((span) => [span.operator, span]));
  for (const { operator } of there) last.delete(operator);
  return {
    at,
    waiting: legs.filter((leg) => leg.enteredAt <= at && at < leg.leftAt && leg.end !== 'lost'),
    there: there.map((span) => ({ ...span, isTalking: talking.has(span.operator) })),
    away: [...last.values()].filter(({ ends }) => ends === 'pause'),
    queues: [...new Set(legs.map(({ queue }) => queue))].sort(),
  };
};

/** Collects what happens, with the number of callers in the queue at that instant. */
const playLegs = (
  { legs }: SwitchboardDay,
  play: (leg: Leg, i: number, callers: (change: 1 | -1) => () => number) => readonly Moment[],
): SwitchboardEvent[] => {
  const moments = legs.flatMap((leg, i) => {
    const callers = (change: 1 | -1) => (): number => {
      const now = Math.max(0, (waiting.get(leg.queue) ?? 0) + change);
      waiting.set(leg.queue, now);
      return now;
    };
    return play(leg, i, callers);
  });
  const waiting = new Map<string, number>();
  return moments
    .sort((a, b) => a.at - b.at)
    .map(({ at, fields }) => ({ at, fields: typeof fields === 'function' ? fields() : fields }));
};

interface Moment {
  readonly at: number;
  readonly fields: SwitchboardEvent['fields'] | (() => SwitchboardEvent['fields']);
}

const inOrder = (events: SwitchboardEvent[]): SwitchboardEvent[] => events.sort((a, b) => a.at - b.at);

const ringOf = ({ enteredAt, leftAt }: Leg, random: Random): number =>
  Math.min(leftAt - enteredAt, 1 + Math.floor(6 * random.uniform()));

const channelOf = (operator: string): string => `PJSIP/${7000 + Number(operator.slice(3))}`;

/** No number that anybody has. */
export const callerOf = (i: number): string => `1000000${String(i).padStart(5, '0')}`;

/**
 * The day as Asterisk's manager interface says it, with `timestampevents`: a caller who leaves a queue by a time limit or since it
 * is empty is said to have abandoned it, as app_queue does; a key and a withdrawal are a QueueCallerLeave alone.
 */
export const amiEventsOf = (day: SwitchboardDay): SwitchboardEvent[] => {
  const random = seededRandom(day.from, 602);
  const event = (at: number, name: string, fields: SwitchboardEvent['fields']): SwitchboardEvent => ({
    at,
    fields: {
      Event: name,
      Privilege: 'agent,all',
      Timestamp: `${at}.${String(Math.floor(1e6 * random.uniform())).padStart(6, '0')}`,
      ...fields,
    },
  });
  const calls = playLegs(day, (leg, i, callers) => {
    const { callid, queue, enteredAt, leftAt, operator, position, end } = leg;
    const caller = {
      Channel: `PJSIP/trunk-${String(i).padStart(8, '0')}`,
      CallerIDNum: callerOf(i),
      CallerIDName: '<unknown>',
      Uniqueid: callid,
      Linkedid: callid,
      Queue: queue,
    };
    const hold = leftAt - enteredAt;
    const counted = (at: number, name: string, change: 1 | -1): Moment => {
      const count = callers(change);
      return {
        at,
        fields: () => event(at, name, { ...caller, Position: position, Count: count() }).fields,
      };
    };
    const found: Moment[] = [];
    // where the log has no line of its entry, this has none either: hold times alone tell
    const isSilent = !leg.isEntryLogged && (operator !== undefined || end === 'abandoned');
    if (!isSilent) found.push(counted(enteredAt, 'QueueCallerJoin', 1));
    if (operator === undefined) {
      if (end === 'lost') return found;
      if (end !== 'key' && end !== 'withdrawn')
        found.push(
          event(leftAt, 'QueueCallerAbandon', {
            ...caller,
            Position: Math.max(1, position - 1),
            OriginalPosition: position,
            HoldTime: hold,
          }),
        );
      return [...found, counted(leftAt, 'QueueCallerLeave', -1)];
    }
    const ring = ringOf(leg, random);
    const member = {
      MemberName: operator,
      Interface: channelOf(operator),
      DestChannel: `${channelOf(operator)}-${String(i).padStart(8, '0')}`,
      DestUniqueid: `${leftAt - ring}.${2 * i + 11}`,
    };
    const status = (at: number, said: number): SwitchboardEvent =>
      event(at, 'QueueMemberStatus', {
        Queue: queue,
        MemberName: operator,
        Interface: channelOf(operator),
        Status: said,
        Paused: 0,
        PausedReason: '',
        InCall: said === 2 ? 1 : 0,
        LastCall: 0,
        Wrapuptime: 0,
      });
    if (hold > 20 && random.uniform() < 0.1)
      found.push(event(leftAt - ring - 1, 'AgentRingNoAnswer', { ...caller, ...member, RingTime: 12 }));
    found.push(
      event(leftAt - ring, 'AgentCalled', { ...caller, ...member }),
      counted(leftAt, 'QueueCallerLeave', -1),
      event(leftAt, 'AgentConnect', { ...caller, ...member, RingTime: ring, HoldTime: hold }),
      status(leftAt, 2),
    );
    if (end === 'lost') return found;
    const until = leg.runsOnUntil ?? leg.endedAt;
    const reason = end === 'completed' ? (random.uniform() < 0.5 ? 'agent' : 'caller') : 'transfer';
    found.push(
      event(until, 'AgentComplete', {
        ...caller,
        ...member,
        HoldTime: hold,
        TalkTime: until - leftAt,
        Reason: reason,
      }),
      // the operator is free, whatever the caller does after that
      status(leg.endedAt, 1),
    );
    return found;
  });
  return inOrder([...day.spans.flatMap((span) => membersOf(span, event)), ...calls]);
};

const membersOf = (
  { operator, queues, from, to, begins, ends }: Span,
  event: (at: number, name: string, fields: SwitchboardEvent['fields']) => SwitchboardEvent,
): SwitchboardEvent[] =>
  queues.flatMap((queue) => {
    const say = (at: number, name: string, status: number, isPaused: boolean): SwitchboardEvent =>
      event(at, name, {
        Queue: queue,
        MemberName: operator,
        Interface: channelOf(operator),
        Status: status,
        Paused: isPaused ? 1 : 0,
        PausedReason: isPaused ? 'break' : '',
        InCall: 0,
        LastCall: 0,
        LoginTime: from,
        Wrapuptime: 0,
      });
    return [
      say(from, begins === 'unpause' ? 'QueueMemberPause' : 'QueueMemberAdded', 1, false),
      say(from, 'QueueMemberStatus', 1, false),
      ...(ends === 'pause'
        ? [say(to, 'QueueMemberPause', 1, true), say(to, 'QueueMemberStatus', 1, true)]
        : [say(to, 'QueueMemberStatus', 5, false), say(to, 'QueueMemberRemoved', 5, false)]),
    ];
  });

/** Identifiers of FreeSWITCH: the same for the same call and queue. */
export const uuidOf = (first: number, second: number): string => {
  const hex = (n: number, length: number): string =>
    Math.abs(n).toString(16).padStart(length, '0').slice(-length);
  return `${hex(first, 8)}-${hex(second, 4)}-4${hex(second * 7, 3)}-a${hex(first * 13, 3)}-${hex(first * 31 + second, 12)}`;
};
export const sessionOf = ({ callid }: Leg): string => {
  const [at = 0, number = 0] = callid.split('.').map(Number);
  return uuidOf(at, number);
};
const memberOf = (leg: Leg, i: number): string => uuidOf(leg.enteredAt, i + 1);

export const cancelReasons: Partial<Record<Leg['end'], string>> = {
  timeout: 'TIMEOUT',
  withdrawn: 'TIMEOUT',
  empty: 'NO_AGENT_TIMEOUT',
  key: 'EXIT_WITH_KEY',
  abandoned: 'BREAK_OUT',
};

/** Whether a call's end is said: what FreeSWITCH hands on by itself it always knows to be over. */
export const saysEnd = ({ end, runsOnUntil }: Leg): boolean => end !== 'lost' || runsOnUntil !== undefined;

/**
 * The day as FreeSWITCH's mod_callcenter says it (`CUSTOM callcenter::info`): nobody abandons, but `member-queue-end` has a
 * cause; now and then a caller hangs up and calls again in time, which `member-queue-resume` says.
 */
export const eslEventsOf = (day: SwitchboardDay): SwitchboardEvent[] => {
  const random = seededRandom(day.from, 603);
  let sequence = 0;
  const event = (at: number, action: string, fields: SwitchboardEvent['fields']): SwitchboardEvent => ({
    at,
    fields: {
      'Event-Name': 'CUSTOM',
      'Core-UUID': uuidOf(day.from, 1),
      'FreeSWITCH-Hostname': 'hall',
      'Event-Date-GMT': new Date(at * 1000).toUTCString(),
      'Event-Date-Timestamp': at * 1e6 + Math.floor(1e6 * random.uniform()),
      'Event-Sequence': (sequence += 1),
      'Event-Subclass': 'callcenter::info',
      'CC-Action': action,
      ...fields,
    },
  });
  const calls = playLegs(day, (leg, i, callers) => {
    const { queue, enteredAt, leftAt, endedAt, operator, end } = leg;
    const member = {
      'CC-Member-UUID': memberOf(leg, i),
      'CC-Member-Session-UUID': sessionOf(leg),
      'CC-Member-CID-Name': `Zoë ${callerOf(i)}`,
      'CC-Member-CID-Number': callerOf(i),
    };
    const counted = (at: number, change: 1 | -1): Moment => {
      const count = callers(change);
      return {
        at,
        fields: () =>
          event(at, 'members-count', {
            'CC-Queue': queue,
            'CC-Count': count(),
            'CC-Selection': 'Single-Queue',
          }).fields,
      };
    };
    const of = (at: number, action: string, more: SwitchboardEvent['fields'] = {}): SwitchboardEvent =>
      event(at, action, { 'CC-Queue': queue, ...more, ...member });
    const cancelled = (at: number, reason: string): SwitchboardEvent =>
      of(at, 'member-queue-end', {
        'CC-Member-Joined-Time': enteredAt,
        'CC-Member-Leaving-Time': at,
        'CC-Cause': 'Cancel',
        'CC-Cancel-Reason': reason,
      });
    const found: Moment[] = [of(enteredAt, 'member-queue-start'), counted(enteredAt, 1)];
    if (operator === undefined)
      return end === 'lost'
        ? found
        : [...found, cancelled(leftAt, cancelReasons[end] ?? 'NONE'), counted(leftAt, -1)];
    const ring = ringOf(leg, random);
    if (leftAt - enteredAt > 40 && random.uniform() < 0.1) {
      const at = enteredAt + Math.floor((leftAt - enteredAt) / 3);
      found.push(cancelled(at, 'BREAK_OUT'), of(at + 5, 'member-queue-resume'));
    }
    const agent = { 'CC-Agent': operator, 'CC-Agent-System': 'single_box', 'CC-Agent-Type': 'callback' };
    const state = (at: number, text: string): SwitchboardEvent =>
      event(at, 'agent-state-change', { 'CC-Agent': operator, 'CC-Agent-State': text });
    const answered = {
      'CC-Agent-UUID': uuidOf(leftAt, i + 1),
      'CC-Agent-Called-Time': leftAt - ring,
      'CC-Agent-Answered-Time': leftAt,
      'CC-Member-Joined-Time': enteredAt,
    };
    if (leftAt - enteredAt > 20 && random.uniform() < 0.1)
      found.push(
        of(leftAt - ring - 1, 'bridge-agent-fail', {
          ...agent,
          'CC-Hangup-Cause': 'NO_ANSWER',
          'CC-Agent-Called-Time': Math.max(enteredAt, leftAt - ring - 12),
          'CC-Agent-Aborted-Time': leftAt - ring - 1,
        }),
      );
    found.push(
      of(leftAt - ring, 'agent-offering', agent),
      state(leftAt - ring, 'Receiving'),
      of(leftAt, 'bridge-agent-start', { ...agent, ...answered }),
      state(leftAt, 'In a queue call'),
      counted(leftAt, -1),
    );
    if (!saysEnd(leg)) return found;
    found.push(
      of(endedAt, 'bridge-agent-end', {
        ...agent,
        ...answered,
        'CC-Hangup-Cause': end === 'blind' ? 'BLIND_TRANSFER' : 'NORMAL_CLEARING',
        'CC-Bridge-Terminated-Time': endedAt,
      }),
      of(endedAt, 'member-queue-end', {
        ...agent,
        ...answered,
        'CC-Member-Leaving-Time': endedAt,
        'CC-Cause': 'Terminated',
      }),
      state(endedAt, 'Waiting'),
    );
    return found;
  });
  const agents = day.spans.flatMap(({ operator, from, to, ends }) => {
    const status = (at: number, text: string): SwitchboardEvent =>
      event(at, 'agent-status-change', { 'CC-Agent': operator, 'CC-Agent-Status': text });
    return [status(from, 'Available'), status(to, ends === 'pause' ? 'On Break' : 'Logged Out')];
  });
  return inOrder([...agents, ...calls]);
};
