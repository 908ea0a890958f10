import { compareText } from '../kernel/text.ts';
import type { ReadEvent, Touched } from './call-book.ts';
import type { CameIn, Portion, ReadingGround } from './feed-adapter.ts';
import { type FileCursor, nextPiece, readPast } from './follow-file.ts';
import type { Leg } from './resting-calls.ts';

type LineFault = 'not-text' | 'too-few-fields' | 'bad-time' | 'bad-event' | 'bad-duration' | 'bad-name';

/** Hides who somebody is: the same answer for the same name, and no way back. */
export type Pseudonym = (name: string) => string;

/** Events of calls, by which of their parameters say how long the caller waited and then talked. */
const ofCalls: ReadonlyMap<string, OfCall> = new Map(
  Object.entries({
    ENTERQUEUE: { does: 'enter' },
    CONNECT: { does: 'answer', wait: 0 },
    COMPLETEAGENT: { does: 'end', wait: 0, talk: 1 },
    COMPLETECALLER: { does: 'end', wait: 0, talk: 1 },
    TRANSFER: { does: 'end', wait: 2, talk: 3 },
    BLINDTRANSFER: { does: 'end', wait: 2, talk: 3 },
    ATTENDEDTRANSFER: { does: 'end', wait: 2, talk: 3 },
    ABANDON: { does: 'leave', wait: 2 },
    EXITEMPTY: { does: 'exit', wait: 2 },
    EXITWITHTIMEOUT: { does: 'exit', wait: 2 },
    EXITWITHKEY: { does: 'exit', wait: 3 },
    WITHDRAW: { does: 'exit', wait: 2 },
    RINGNOANSWER: { does: 'ring' },
    RINGCANCELED: { does: 'ring' },
  } satisfies Record<string, OfCall>),
);

interface OfCall {
  readonly wait?: number;
  readonly talk?: number;
  readonly does: Doing;
}

type Doing = 'enter' | 'answer' | 'end' | 'leave' | 'exit' | 'ring';

/** The same by length and outermost letters: a name need not be cut out of its line to be known. */
const byOutline: ReadonlyMap<number, OfCall & { readonly name: string }> = new Map(
  [...ofCalls].map(([name, of]) => [outlineOf(name, 0, name.length), { ...of, name }]),
);

function outlineOf(text: string, from: number, to: number): number {
  return (text.charCodeAt(from) << 16) | (text.charCodeAt(to - 1) << 8) | (to - from);
}

/** The event of a call whose name stands there; undefined where it is another. */
const callEventAt = (text: string, from: number, to: number) => {
  const found = to > from ? byOutline.get(outlineOf(text, from, to)) : undefined;
  return found !== undefined && text.startsWith(found.name, from) ? found : undefined;
};

/** Events of operators: whether they are there, and whether they take calls. */
const ofOperators: Readonly<Record<string, 'comes' | 'goes' | 'pauses' | 'resumes' | 'nothing'>> = {
  ADDMEMBER: 'comes',
  REMOVEMEMBER: 'goes',
  AGENTLOGIN: 'comes',
  AGENTCALLBACKLOGIN: 'comes',
  AGENTLOGOFF: 'goes',
  AGENTCALLBACKLOGOFF: 'goes',
  PAUSE: 'pauses',
  UNPAUSE: 'resumes',
  PAUSEALL: 'pauses',
  UNPAUSEALL: 'resumes',
  PENALTY: 'nothing',
  RINGINUSE: 'nothing',
  OUTCALL: 'nothing',
};

/** Events of the switchboard itself. */
const ofSwitch: ReadonlySet<string> = new Set(['CONFIGRELOAD', 'QUEUESTART']);

const longestSeconds = 86_400;
const longestName = 100;

/** The whole number whose digits stand there; NaN where anything else does. A text cut out would take several times as long. */
const digitsAt = (text: string, from: number, to: number): number => {
  let number = to > from && to - from <= 15 ? 0 : Number.NaN;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
};

const numberAt = (text: string, from: number, to: number): number => {
  const whole = digitsAt(text, from, to);
  return Number.isNaN(whole) ? Number(text.slice(from, to)) : whole;
};

/** Where a parameter of a line begins, the first being 0; `before` is the bar before them all, or −1. 0: there is none. */
const paramFrom = (line: string, before: number, number: number): number => {
  let bar = before;
  for (let i = 0; i < number && bar >= 0; i += 1) bar = line.indexOf('|', bar + 1);
  return bar + 1;
};

const endFrom = (line: string, from: number): number => {
  const end = line.indexOf('|', from);
  return end < 0 ? line.length : end;
};

/** A duration among the parameters in whole or broken seconds; NaN where it is none. */
const secondsOf = (line: string, before: number, number: number): number => {
  const from = paramFrom(line, before, number);
  if (from === 0) return Number.NaN;
  const to = endFrom(line, from);
  const whole = to - from <= 7 ? digitsAt(line, from, to) : Number.NaN;
  if (!Number.isNaN(whole)) return whole;
  const text = line.slice(from, to);
  return /^\d{1,7}\.\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
};

/** Queues whose names are good, by these: most lines are of few. */
const goodQueues = new Map<string, GoodQueue>();
const mostGoodQueues = 1000;

interface GoodQueue {
  /** In a text of its own: one that is cut out of a line keeps all lines that were read with it. */
  readonly name: string;
  /** By event, what stands between a whole second and who it was. */
  readonly heads: Map<string, string>;
}

const goodQueue = (cut: string): GoodQueue => {
  const name = Buffer.from(cut).toString();
  const good = { name, heads: new Map<string, string>() };
  if (goodQueues.size < mostGoodQueues) goodQueues.set(name, good);
  return good;
};

const headOf = ({ name, heads }: GoodQueue, event: string): string => {
  const known = heads.get(event);
  if (known !== undefined) return known;
  const head = `000|${event}|${name}|`;
  heads.set(event, head);
  return head;
};

/** A caller by their number; empty where it is hidden, or said not to be known. */
export const callerName = (text: string): string =>
  /^(x+|0*|anonymous|unknown|<unknown>|asterisk|none|\W*)$/i.test(text.trim()) ? '' : text.trim();

/** What no name may have: it shows that a line is no text. */
const notText = /[\p{Cc}\ufffd]/u;

/** No call was earlier: a clock that was never set says 1970 or 2000. */
const firstCallMillis = Date.UTC(2002, 0, 1);

const isCallTime = (at: number): boolean => at >= firstCallMillis && at < 1e14;

/** Why a row is no call's: a time that no call has, or a queue's name that cannot be seen or kept. */
export const callFault = (at: number, queue: string): 'bad-time' | 'bad-name' | undefined => {
  if (!isCallTime(at)) return 'bad-time';
  const isName =
    queue.trim() !== '' &&
    queue.length <= longestName &&
    queue !== '__proto__' &&
    !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/u.test(queue);
  return isName ? undefined : 'bad-name';
};

/**
 * Reads a line (`epoch|callid|queue|agent|EVENT|params…`) as an event of a call or an operator, or says what is wrong with
 * it. Names of callers and operators leave as pseudonyms; of parameters nothing is kept but waits and talks.
 */
export const readQueueLogLine = (
  line: string,
  pseudonym: Pseudonym,
): ReadEvent | { readonly fault: LineFault } => {
  const one = line.indexOf('|');
  const two = line.indexOf('|', one + 1);
  const three = line.indexOf('|', two + 1);
  const four = line.indexOf('|', three + 1);
  if (one < 0 || two <= one || three <= two || four <= three)
    return { fault: notText.test(line) ? 'not-text' : 'too-few-fields' };
  const next = line.indexOf('|', four + 1);
  const call = line.slice(one + 1, two);
  const queue = line.slice(two + 1, three).trim();
  const seconds = one === 10 ? digitsAt(line, 0, 10) : Number.NaN;
  const isWhole = !Number.isNaN(seconds);
  const at = isWhole ? seconds * 1000 : Math.round(Number(line.slice(0, one)) * 1000);
  if (!isCallTime(at)) return { fault: 'bad-time' };
  let good = goodQueues.get(queue);
  if (call.length > longestName || queue.length > longestName) return { fault: 'bad-name' };
  if (notText.test(call) || (good === undefined && notText.test(queue))) return { fault: 'not-text' };
  const known = callEventAt(line, four + 1, next < 0 ? line.length : next);
  if (known !== undefined && call !== '' && call !== 'NONE') {
    if (good === undefined) {
      if (callFault(at, queue) !== undefined) return { fault: 'bad-name' };
      good = goodQueue(queue);
    }
    const { does } = known;
    const wait = known.wait === undefined ? 0 : secondsOf(line, next, known.wait);
    const talk = known.talk === undefined ? 0 : secondsOf(line, next, known.talk);
    if (!(wait <= longestSeconds && talk <= longestSeconds)) return { fault: 'bad-duration' };
    let who = '';
    if (does === 'enter') {
      const from = paramFrom(line, next, 1);
      const caller = from === 0 ? '' : callerName(line.slice(from, endFrom(line, from)));
      if (caller !== '') who = pseudonym(caller);
    } else if (does === 'answer' || does === 'ring') who = pseudonym(line.slice(three + 1, four));
    // as text: a time of so many digits is slow to write
    const begins = isWhole ? line.slice(0, one) + headOf(good, known.name) : `${at}|${known.name}|${queue}|`;
    // what follows is nought where it is left out
    const rest = talk > 0 ? `${who}|${wait}|${talk}` : wait > 0 ? `${who}|${wait}` : who;
    return { key: call, at, began: at - (wait + talk) * 1000, event: begins + rest, queue: good.name };
  }
  const agent = line.slice(three + 1, four);
  return readOther(at, call, queue, agent, line.slice(four + 1, next < 0 ? undefined : next), pseudonym);
};

/** An event of an operator or the switchboard itself, or one of which nothing is known. */
const readOther = (
  at: number,
  call: string,
  queue: string,
  agent: string,
  text: string,
  pseudonym: Pseudonym,
): ReadEvent | { readonly fault: LineFault } => {
  const event = text.trim().toUpperCase();
  if (!/^[A-Z][A-Z0-9_-]{1,39}$/.test(event) || /\d{6}/.test(event)) return { fault: 'bad-event' };
  const read = { at, began: at, event: `${at}|${event}|${queue}`, queue: '' };
  const does = ofOperators[event];
  if (does !== undefined && agent !== '' && agent !== 'NONE')
    return { ...read, key: `operator ${pseudonym(agent)}` };
  const ofNone = `switch ${Math.floor(at / 60_000)}`;
  if (does !== undefined || ofSwitch.has(event)) return { ...read, key: ofNone };
  return { ...read, key: call === '' || call === 'NONE' ? ofNone : call, unknown: event };
};

interface Parsed {
  readonly at: number;
  readonly does: Doing;
  readonly queue: string;
  readonly who: string;
  readonly wait: number;
  readonly talk: number;
}

type OpenLeg = { -readonly [Part in keyof Leg]: Leg[Part] };

/** Within one second a queue's events of one call stand in no certain order: they are taken as they can follow. */
const orderBy: Readonly<Record<'out' | 'waiting' | 'talking', readonly Doing[]>> = {
  out: ['enter', 'answer', 'leave', 'exit', 'end'],
  waiting: ['answer', 'leave', 'exit', 'end', 'enter'],
  talking: ['end', 'answer', 'leave', 'exit', 'enter'],
};

/**
 * What became of a call, by all events that are known of it, in whatever order they came. A call is one leg in each queue
 * that it reached (again). An event without what must have gone before it says itself when that was: a call that comes back
 * under its old id in another queue without ENTERQUEUE, or one whose beginning was not seen. A call that reaches another
 * queue has left the one before, also where no event says so. `isOver`: nothing more is waited for, and what has not ended
 * did so when it was last heard of: one that waited was offered and nothing else, of one that talked the handle time is not
 * known.
 */
export const queueLogLegs = (events: readonly string[], isOver: boolean): readonly Leg[] => {
  const all: Parsed[] = [];
  let last = 0;
  let isOne = true;
  for (const event of events) {
    const parsed = parsedOf(event);
    if (parsed === undefined) continue;
    if (parsed.at > last) last = parsed.at;
    if (parsed.does === 'ring') continue;
    all.push(parsed);
    if (parsed.queue !== all[0]?.queue) isOne = false;
  }
  const [first] = all;
  if (first === undefined) return [];
  const plain = isOne ? plainLeg(all) : undefined;
  if (plain !== undefined) {
    if (isOver) giveUp(plain, last);
    return [plain];
  }
  const legs = isOne
    ? legsOfQueue(first.queue, all)
    : [...Map.groupBy(all, ({ queue }) => queue)].flatMap(([queue, own]) => legsOfQueue(queue, own));
  if (legs.length > 1) {
    legs.sort((a, b) => a.arrivedMillis - b.arrivedMillis || compareText(a.queue, b.queue));
    legs.forEach((leg, i) => endWithNext(leg, legs[i + 1]));
  }
  if (isOver) for (const leg of legs) giveUp(leg, last);
  return legs;
};

/** An event of a call as it is kept (`at|NAME|queue|who|wait|talk`, the last ones left out where they are nought). */
const parsedOf = (event: string): Parsed | undefined => {
  const one = event.indexOf('|');
  const two = event.indexOf('|', one + 1);
  const known = callEventAt(event, one + 1, two < 0 ? event.length : two);
  if (known === undefined || one < 0) return undefined;
  const three = two < 0 ? -1 : event.indexOf('|', two + 1);
  const four = three < 0 ? -1 : event.indexOf('|', three + 1);
  const five = four < 0 ? -1 : event.indexOf('|', four + 1);
  const between = (from: number, to: number): string =>
    from < 0 ? '' : to < 0 ? event.slice(from + 1) : event.slice(from + 1, to);
  const queue = between(two, three);
  return {
    at: numberAt(event, 0, one),
    does: known.does,
    queue: goodQueues.get(queue)?.name ?? queue,
    who: between(three, four),
    wait: four < 0 ? 0 : numberAt(event, four + 1, five < 0 ? event.length : five),
    talk: five < 0 ? 0 : numberAt(event, five + 1, event.length),
  };
};

/**
 * The leg of a call that was heard of from its beginning, each event after the last: it enters, is answered, ends, or
 * enters and hangs up. Most calls are such. Undefined of every other, which is looked at with care.
 */
const plainLeg = ([enters, second, third, ...more]: readonly Parsed[]): OpenLeg | undefined => {
  if (enters?.does !== 'enter' || more.length > 0) return undefined;
  const leg = newLeg(enters.queue, enters.at, enters.who);
  if (second === undefined) return leg;
  if (second.at <= enters.at) return undefined;
  if (second.does === 'leave' || second.does === 'exit') {
    if (third !== undefined) return undefined;
    leg.outcome = second.does === 'leave' ? 'abandoned' : 'left';
    leg.waitSeconds = second.wait;
    leg.endedMillis = second.at;
    return leg;
  }
  if (second.does !== 'answer') return undefined;
  leg.outcome = 'answered';
  leg.waitSeconds = second.wait;
  leg.answeredMillis = second.at;
  leg.operator = second.who;
  if (third === undefined) return leg;
  if (third.does !== 'end' || third.at <= second.at) return undefined;
  leg.endedMillis = third.at;
  leg.handleSeconds = third.talk;
  return leg;
};

const newLeg = (queue: string, arrivedMillis: number, caller: string): OpenLeg => ({
  queue,
  arrivedMillis,
  outcome: undefined,
  waitSeconds: 0,
  answeredMillis: undefined,
  endedMillis: undefined,
  handleSeconds: undefined,
  operator: '',
  caller,
});

const legsOfQueue = (queue: string, events: Parsed[]): OpenLeg[] => {
  const legs: OpenLeg[] = [];
  let open: OpenLeg | undefined;
  const begin = (arrivedMillis: number): OpenLeg => {
    if (open !== undefined && open.endedMillis === undefined) closeUnsaid(open, arrivedMillis);
    open = newLeg(queue, arrivedMillis, '');
    legs.push(open);
    return open;
  };
  /** The leg that an event belongs to, or one of its own where its wait began elsewhere. */
  const waitingLeg = (arrivedMillis: number): OpenLeg =>
    open !== undefined && open.outcome === undefined ? open : begin(arrivedMillis);
  const take = ({ at, does, who, wait, talk }: Parsed): void => {
    const began = at - (wait + talk) * 1000;
    if (does === 'enter') begin(at).caller = who;
    else if (does === 'answer') {
      const leg = waitingLeg(began);
      leg.outcome = 'answered';
      leg.waitSeconds = wait;
      leg.answeredMillis = at;
      leg.operator = who;
    } else if (does === 'leave' || does === 'exit') {
      const leg = waitingLeg(began);
      leg.outcome = does === 'leave' ? 'abandoned' : 'left';
      leg.waitSeconds = wait;
      leg.endedMillis = at;
    } else {
      const isOpen = open !== undefined && open.endedMillis === undefined;
      const leg = isOpen && open !== undefined ? open : begin(began);
      if (leg.outcome === undefined) {
        leg.outcome = 'answered';
        leg.waitSeconds = wait;
        leg.answeredMillis = at - talk * 1000;
      }
      leg.endedMillis = at;
      leg.handleSeconds = talk;
    }
    if (open?.endedMillis !== undefined) open = undefined;
  };
  events.sort((a, b) => a.at - b.at || compareText(a.does, b.does) || a.wait - b.wait || a.talk - b.talk);
  for (let i = 0; i < events.length;) {
    const at = events[i]?.at;
    const from = i;
    while (i < events.length && events[i]?.at === at) i += 1;
    const group = events.slice(from, i);
    if (group.length === 1) {
      take(group[0] as Parsed);
      continue;
    }
    while (group.length > 0) {
      const now = open;
      const order = orderBy[now === undefined ? 'out' : now.outcome === undefined ? 'waiting' : 'talking'];
      group.sort((a, b) => order.indexOf(a.does) - order.indexOf(b.does) || off(a, now) - off(b, now));
      // an answer and a leaving in one second, with a new entry: what fits the arrival comes first
      const [first, second] = group;
      const swap =
        first !== undefined &&
        second !== undefined &&
        now !== undefined &&
        now.outcome === undefined &&
        first.does === 'answer' &&
        (second.does === 'leave' || second.does === 'exit') &&
        off(second, now) < off(first, now);
      take(group.splice(swap ? 1 : 0, 1)[0] as Parsed);
    }
  }
  return legs;
};

/** How far the wait that an event tells is from that of a leg, milliseconds. */
const off = ({ at, wait, talk }: Parsed, leg: OpenLeg | undefined): number =>
  leg === undefined ? 0 : Math.abs(at - (wait + talk) * 1000 - leg.arrivedMillis);

/** A leg that nobody said the end of, while the call is known to be elsewhere from an instant on. */
const closeUnsaid = (leg: OpenLeg, at: number): void => {
  leg.endedMillis = Math.max(at, leg.answeredMillis ?? leg.arrivedMillis);
  if (leg.answeredMillis !== undefined) leg.handleSeconds = (leg.endedMillis - leg.answeredMillis) / 1000;
  else Object.assign(leg, { outcome: 'left', waitSeconds: (leg.endedMillis - leg.arrivedMillis) / 1000 });
};

/** Talk that runs on in the log after the call has reached another queue is not the first one's. */
const endWithNext = (leg: OpenLeg, next: OpenLeg | undefined): void => {
  if (next === undefined || !((leg.endedMillis ?? Infinity) > next.arrivedMillis)) return;
  if (leg.outcome === 'abandoned' || leg.outcome === 'left') return;
  if (leg.answeredMillis !== undefined && leg.answeredMillis > next.arrivedMillis) return;
  closeUnsaid(leg, next.arrivedMillis);
};

const giveUp = (leg: OpenLeg, last: number): void => {
  if (leg.endedMillis !== undefined) return;
  leg.endedMillis = Math.max(last, leg.arrivedMillis);
  // whether it was answered, and how long it waited, nobody said
  if (leg.outcome === undefined) leg.outcome = 'left';
};

/** What an operator's event says of their presence; undefined of every other. */
export const presenceOf = (event: string) => ofOperators[event.split('|')[1] ?? ''];

/** Lines as what came in, each read when it is asked for. A generator would take a tenth of the time by itself. */
const readLines = (
  lines: readonly string[],
  endless: number,
  pseudonym: ReadingGround['pseudonym'],
): Iterable<CameIn> => ({
  [Symbol.iterator]: () => {
    let at = 0;
    return {
      next: (): IteratorResult<CameIn, undefined> => {
        const line = lines[at];
        at += 1;
        if (line !== undefined) return { done: false, value: readQueueLogLine(line, pseudonym) };
        if (at <= lines.length + endless) return { done: false, value: { fault: 'line-without-end' } };
        return { done: true, value: undefined };
      },
    };
  },
});

/** What has been written to a log since the last reading. */
export const readLog = async (
  path: string,
  { state, pieceBytes, pseudonym }: ReadingGround,
): Promise<Portion | undefined> => {
  // kept by this room alone
  const cursor = state.cursor as FileCursor | undefined;
  const { lines, endless, broken, behind, more, ...piece } = await nextPiece(path, cursor, pieceBytes);
  const isSame = piece.cursor.offset === cursor?.offset && piece.cursor.inode === cursor.inode;
  if (isSame && lines.length === 0 && endless === 0) return undefined;
  return { events: readLines(lines, endless, pseudonym), cursor: piece.cursor, broken, behind, more };
};

/** What the log, and those that it was renamed to, have of a span. */
export const rereadLog = async (
  path: string,
  { pseudonym }: ReadingGround,
  span: Touched,
): Promise<Portion> => {
  const { lines, covers } = await readPast(path, span, (line) => 1000 * Number.parseInt(line, 10));
  return { events: readLines(lines, 0, pseudonym), covers };
};
