import { UsageError } from '../kernel/errors.ts';
import { compareText } from '../kernel/text.ts';
import { addressOf } from './feed-access.ts';
import type { CameIn, FeedAdapter } from './feed-adapter.ts';
import { feedFinding } from './feed-findings.ts';
import { beginningOf } from './follow-file.ts';
import { callerName, callFault, type Pseudonym, queueLogLegs, readLog, rereadLog } from './queue-log.ts';
import type { Leg } from './resting-calls.ts';
import { type Frame, readSwitch, type SwitchDialect } from './switch-socket.ts';

/** Events of calls by the word that queue_log has for each; `LEFT` and `WAITS` it has not. */
const ofCalls: Readonly<Record<string, string>> = {
  QueueCallerJoin: 'ENTERQUEUE',
  QueueEntry: 'WAITS',
  QueueCallerLeave: 'LEFT',
  QueueCallerAbandon: 'ABANDON',
  AgentCalled: 'RINGNOANSWER',
  AgentRingNoAnswer: 'RINGNOANSWER',
  AgentConnect: 'CONNECT',
  AgentComplete: 'COMPLETEAGENT',
};
const ofMembers = new Set([
  'QueueMember',
  'QueueMemberStatus',
  'QueueMemberAdded',
  'QueueMemberPause',
  'QueueMemberRemoved',
]);
/** What is said of the connection, or of things beside queues. */
const beside = new Set(
  'FullyBooted Shutdown QueueParams QueueStatusComplete QueueSummary QueueSummaryComplete QueueMemberPenalty QueueMemberRinginuse AgentDump'.split(
    ' ',
  ),
);
/** Devices that no call reaches. */
const unreachable = new Set(['4', '5']);
const longestSeconds = 86_400;
/** Two instants at which one caller came into one queue are one within this: clocks and whole seconds differ so much. */
const nearMillis = 2_000;
/** Who waits is told without a time, and dated by what is said next: a ping at the latest. */
const standingMillis = 60_000;

/**
 * What became of a call, by events of the manager. `QueueCallerLeave` says only that somebody does not wait any more: unless
 * something else tells why, they have left by a key, a time limit or an empty queue. `QueueEntry` says of somebody whose
 * coming was not heard of since when they wait.
 */
export const managerLegs = (events: readonly string[], isOver: boolean): readonly Leg[] =>
  queueLogLegs(asQueueLog(events), isOver);

interface Told {
  readonly at: number;
  readonly name: string;
  readonly queue: string;
  readonly who: string;
  readonly wait: number;
  readonly talk: number;
  readonly event: string;
}

const asQueueLog = (events: readonly string[]): readonly string[] => {
  if (!events.some((event) => /^\d+\|(LEFT|WAITS)\|/.test(event))) return events;
  const all = events.map((event): Told => {
    const [at, name = '', queue = '', who = '', wait = '0', talk = '0'] = event.split('|');
    return { at: Number(at), name, queue, who, wait: Number(wait), talk: Number(talk), event };
  });
  return [...Map.groupBy(all, ({ queue }) => queue).values()].flatMap((own) => queueOf(own));
};

const queueOf = (all: readonly Told[]): readonly string[] => {
  const sorted = all.toSorted((a, b) => a.at - b.at || compareText(a.event, b.event));
  /** When those came who something else says the end of. */
  const said = sorted
    .filter(({ name }) => ['ABANDON', 'CONNECT', 'COMPLETEAGENT'].includes(name))
    .map(({ at, wait, talk }) => at - (wait + talk) * 1000);
  const enters = sorted.filter(({ name }) => name === 'ENTERQUEUE').map(({ at }) => at);
  const made: string[] = [];
  for (const { at, name, queue, who, wait } of sorted) {
    if (name !== 'WAITS') continue;
    const began = at - wait * 1000;
    if (enters.some((enter) => Math.abs(enter - began) <= standingMillis)) continue;
    enters.push(began);
    made.push(`${began}|ENTERQUEUE|${queue}|${who}`);
  }
  // whoever came first has left first: it is one caller
  enters.sort((a, b) => b - a);
  for (const { at, name, queue } of sorted) {
    if (name !== 'LEFT' || (enters.at(-1) ?? Infinity) > at) continue;
    const enter = enters.pop() ?? at;
    if (said.some((each) => Math.abs(each - enter) <= nearMillis)) continue;
    made.push(`${at}|EXITWITHTIMEOUT|${queue}||${Math.max(0, at - enter) / 1000}`);
  }
  return [
    ...sorted.flatMap(({ name, event }) => (name === 'LEFT' || name === 'WAITS' ? [] : [event])),
    ...made,
  ];
};

/** When something was said by the switchboard's own clock; undefined: that is not set up. */
const stampOf = (fields: ReadonlyMap<string, string>): number | undefined => {
  const stamp = Number(fields.get('timestamp') ?? Number.NaN) * 1000;
  return callFault(stamp, 'q') === undefined ? stamp : undefined;
};

/** An event of the manager; of callers and operators nothing is kept but pseudonyms. */
export const readManager = (
  { fields }: Frame,
  now: number,
  pseudonym: Pseudonym,
  withCalls = true,
): readonly CameIn[] => {
  const of = (field: string): string => fields.get(field) ?? '';
  const name = of('event');
  if (name === '' || beside.has(name)) return [];
  // whole seconds, as hold times are
  const at = 1000 * Math.floor((stampOf(fields) ?? now) / 1000);
  const queue = of('queue').replaceAll('|', ' ').trim();
  const isCall = Object.hasOwn(ofCalls, name);
  if (!isCall && !ofMembers.has(name))
    return [
      /^[A-Za-z]\w{1,39}$/.test(name) && !/\d{6}/.test(name) ? { passed: name } : { fault: 'bad-event' },
    ];
  const fault = callFault(at, queue);
  if (fault !== undefined || queue.length > 100) return [{ fault: fault ?? 'bad-name' }];
  const agent = of('membername') || of('name') || of('interface') || of('location');
  const who = agent === '' ? '' : pseudonym(agent);
  if (isCall) return withCalls ? [callEvent(fields, ofCalls[name] ?? '', at, queue, who, pseudonym)] : [];
  if (who === '') return [{ fault: 'too-few-fields' }];
  const state =
    name === 'QueueMemberRemoved' || unreachable.has(of('status'))
      ? 'gone'
      : /^(1|true|yes)$/i.test(of('paused'))
        ? 'away'
        : 'ready';
  return [{ key: `operator ${who}`, at, began: at, event: `${at}|${state}|${queue}`, queue: '' }];
};

const callEvent = (
  fields: ReadonlyMap<string, string>,
  name: string,
  at: number,
  queue: string,
  operator: string,
  pseudonym: Pseudonym,
): CameIn => {
  const of = (field: string): string => fields.get(field) ?? '';
  const key = of('uniqueid');
  if (key === '' || key.length > 100 || /[\p{Cc}\ufffd]/u.test(key)) return { fault: 'bad-name' };
  const seconds = (said: string): number => (/^\d{1,7}(\.\d{1,6})?$/.test(said) ? Number(said) : Number.NaN);
  const isEnd = name === 'ABANDON' || name === 'CONNECT' || name === 'COMPLETEAGENT';
  const wait = name === 'WAITS' ? seconds(of('wait')) : isEnd ? seconds(of('holdtime')) : 0;
  const talk = name === 'COMPLETEAGENT' ? seconds(of('talktime')) : 0;
  if (!(wait <= longestSeconds && talk <= longestSeconds)) return { fault: 'bad-duration' };
  const comes = name === 'ENTERQUEUE' || name === 'WAITS';
  const caller = callerName(of('calleridnum'));
  const who = comes
    ? caller === ''
      ? ''
      : pseudonym(caller)
    : name === 'CONNECT' || name === 'RINGNOANSWER'
      ? operator
      : '';
  const event = `${at}|${name}|${queue}|${who}|${wait}|${talk}`;
  return { key, at, began: at - (wait + talk) * 1000, event, queue };
};

const line = (said: string): string => said.replaceAll(/[\r\n]/g, '');

const dialect = (pseudonym: Pseudonym, withCalls: boolean, heard: number | null): SwitchDialect => ({
  scheme: 'tcp',
  port: 5038,
  signIn: ({ fields }, user, password) => {
    const answer = fields.get('response');
    if (answer !== undefined) return answer === 'Success' ? 'in' : 'refused';
    if (![...fields.keys()].some((name) => name.startsWith('asterisk call manager'))) return undefined;
    const login = ['Action: Login', `Username: ${line(user)}`, `Secret: ${line(password)}`, 'Events: agent'];
    // asked at once: a switchboard that closes with something unheard takes back what it has said
    return { send: `${login.join('\r\n')}\r\n\r\nAction: QueueStatus\r\n\r\n` };
  },
  begin: '',
  ping: 'Action: Ping\r\n\r\n',
  read: standingFirst((frame, now) => readManager(frame, now, pseudonym, withCalls), heard ?? -Infinity),
});

/** So many as no line has: what follows is of this machine's clock, and waits to be stored as everything does. */
const mostStanding = 10_000;

/**
 * Reads frames in their order, but for answers about who is there and who waits: they have no time of their own, and are of
 * the instant at which the next thing is said, by whatever clock that is said with, and of none before what was heard last.
 */
const standingFirst = (read: SwitchDialect['read'], heard: number): SwitchDialect['read'] => {
  const standing: Frame[] = [];
  let latest = heard;
  return (frame, now) => {
    const { fields } = frame;
    const name = fields.get('event') ?? '';
    if (stampOf(fields) === undefined && (name === 'QueueMember' || name === 'QueueEntry')) {
      standing.push(frame);
      if (standing.length < mostStanding) return [];
      return standing.splice(0).flatMap((each) => read(each, now));
    }
    if (beside.has(name) || (name === '' && !fields.has('ping'))) return [];
    const stamp = name === '' ? undefined : stampOf(fields);
    latest = Math.max(latest, stamp ?? -Infinity);
    const at = stamp === undefined ? now : latest;
    const before = standing.splice(0).flatMap((each) => read(each, at));
    return [...before, ...read(frame, now)];
  };
};

/** Asterisk's manager: who is there and who waits; and calls, unless queue_log, which knows them better, is read beside it. */
export const asteriskManager: FeedAdapter = {
  handle: true,
  legsOf: managerLegs,
  isPassing: (event) => /^\d+\|RING/.test(event),
  check: ({ from }) => {
    const address = addressOf(from, 'tcp');
    if (!/^(tcp|tls):$/.test(address.protocol) || address.username === '')
      throw new UsageError(feedFinding('feed-wants-address', { kind: 'ami', like: 'user@host:5038' }));
    if (address.password !== '') throw new UsageError(feedFinding('feed-password-shown'));
  },
  begin: async ({ history }) => (history === undefined ? undefined : beginningOf(history)),
  read: async (ground) => {
    const { history } = ground.settings;
    const spoken = dialect(ground.pseudonym, history === undefined, ground.state.watermark);
    if (history === undefined) return readSwitch(spoken, ground);
    const read = await readSwitch(spoken, ground, () => readLog(history, ground));
    if (read === undefined) return undefined;
    // the log has what was not heard
    const { lost: _, ...portion } = read;
    return portion;
  },
  reread: async (ground, span) => {
    const { history } = ground.settings;
    return history === undefined ? undefined : rereadLog(history, ground, span);
  },
};
