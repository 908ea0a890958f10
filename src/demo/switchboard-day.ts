import { type Random, seededRandom } from '../kernel/random.ts';
import { addDays, dayNumber, type PlainDate, startOfDay } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import { type DemoSettings, type PlayedCall, queuesOfTiers } from './demo-settings.ts';
import { drawFreshCalls, type FreshCalls } from './fresh-calls.ts';
import { operatorsOnDuty, pastPromptsPlayed } from './generate-demo.ts';
import { simulateLine } from './simulate-line.ts';

/** A caller's stay in one queue, as the switchboard knows it: whole seconds since 1970, as its clock has them. */
interface SwitchboardLeg {
  readonly queue: string;
  /** A call that is handed on keeps it. */
  callid: string;
  readonly enteredAt: number;
  /** False: it came from another queue, and no line says so. */
  isEntryLogged: boolean;
  /** When an operator answered, or the caller was gone. */
  readonly leftAt: number;
  /** The operator who answered; undefined: nobody did. */
  readonly operator: string | undefined;
  endedAt: number;
  /** When its line for the end is written, where that is later: the talk in it runs on until then. */
  runsOnUntil?: number;
  end: 'completed' | 'blind' | 'attended' | 'abandoned' | 'timeout' | 'key' | 'empty' | 'withdrawn' | 'lost';
  /** Place in the queue on entering, from 1. */
  readonly position: number;
}

/** A span in which an operator can be rung, in whole seconds since 1970. */
interface OperatorSpan {
  readonly operator: string;
  readonly tier: string;
  readonly queues: readonly string[];
  readonly from: number;
  readonly to: number;
  /** How it begins and ends: at the desk, or with a break. */
  readonly begins: 'login' | 'unpause';
  readonly ends: 'logoff' | 'pause';
}

/** One day of the made-up hotline as its switchboard goes through it. */
export interface SwitchboardDay {
  readonly from: number;
  readonly to: number;
  /** In the order in which callers entered. */
  readonly legs: readonly SwitchboardLeg[];
  readonly spans: readonly OperatorSpan[];
  /** Callers who met a full line: they enter no queue. */
  readonly blocked: readonly { readonly queue: string; readonly at: number }[];
}

/** Shares of calls with what real switchboards do now and then. */
interface SwitchboardHabits {
  /** Of answered calls: handed on to another queue. */
  readonly transfers: number;
  /** Of those: without an ENTERQUEUE in the other queue, or without a line for the transfer. */
  readonly silentTransfers: number;
  /** Of callers whom nobody answered: left by a key, a time limit, an empty queue, or were taken out. */
  readonly exits: number;
  /** Of all calls: without a line for their end. */
  readonly lost: number;
  /** Of all calls: with events that the dial plan writes by itself. */
  readonly ownEvents: number;
}

const usualHabits: SwitchboardHabits = {
  transfers: 0.02,
  silentTransfers: 0,
  exits: 0.1,
  lost: 0,
  ownEvents: 0,
};

/** What makes a day other than planned; minutes since midnight. */
interface DayTurn {
  /** From then on it rains: so many times the calls, fading until `rainTo`. */
  readonly rainFrom: number;
  readonly rainTo: number;
  readonly rainFactor: number;
  /** The switchboard takes no calls; two in three of those callers call again once it does. */
  readonly downFrom: number;
  readonly downTo: number;
}

/** A rainstorm at 14:00 and an outage at 16:10. */
export const stormyDay: DayTurn = {
  rainFrom: 840,
  rainTo: 1140,
  rainFactor: 1.45,
  downFrom: 970,
  downTo: 995,
};

const callAgain = 2 / 3;

/** Changes the calls of the last of the days. */
const turnDay = ({ days, slotsPerDay, counts }: FreshCalls, minutes: number, turn: DayTurn): void => {
  const first = (days.length - 1) * slotsPerDay;
  for (const queue of counts) {
    let again = 0;
    for (let slot = 0; slot < slotsPerDay; slot += 1) {
      const from = slot * minutes;
      const isRaining = from >= turn.rainFrom && from < turn.rainTo;
      const faded = (turn.rainTo - from) / (turn.rainTo - turn.rainFrom);
      const calls = valueAt(queue, first + slot) * (isRaining ? 1 + (turn.rainFactor - 1) * faded ** 0.5 : 1);
      const down = Math.max(0, Math.min(turn.downTo, from + minutes) - Math.max(turn.downFrom, from));
      queue[first + slot] = Math.round(calls + again);
      again = (calls * callAgain * down) / minutes;
    }
  }
};

/**
 * Plays a day call by call: callers, queues, waits and handle times are those of `simulateLine`, and operators go by the
 * roster. The same settings, date and habits give the same day.
 */
export const playSwitchboardDay = (
  demo: DemoSettings,
  date: PlainDate,
  habits: SwitchboardHabits = usualHabits,
  turn?: DayTurn,
): SwitchboardDay => {
  // The day before is played too: the night's operators, and callers who call again, come out of it.
  const settings = { ...demo, seed: demo.seed + dayNumber(date), lastDate: date, days: 2, outages: [] };
  const from = startOfDay(date, settings.zone) / 1000;
  const fresh = drawFreshCalls(settings);
  if (turn !== undefined) turnDay(fresh, settings.intervalMinutes, turn);
  const operators = operatorsOnDuty(settings, fresh.days);
  const count = fresh.days.length * fresh.slotsPerDay;
  const played: PlayedCall[] = [];
  simulateLine({
    settings,
    count,
    fresh: fresh.counts,
    operators,
    down: new Uint8Array(count),
    prompts: pastPromptsPlayed(settings, fresh),
    testCalls: [],
    onCall: (call) => {
      if (call.arrived >= 86_400) played.push(call);
    },
  });
  const random = seededRandom(settings.seed, 600);
  const clock = (seconds: number): number => from + Math.floor(seconds - 86_400);
  const onDuty = operators.map((tier) => tier.subarray(fresh.slotsPerDay));
  const answeredBy = new Map<PlayedCall, string>();
  const spans = onDuty.flatMap((needed, t) => {
    const answered = played.filter((call) => call.tier === t).sort((a, b) => a.left - b.left);
    return rosterTier(settings, t, needed, answered, clock, answeredBy, random);
  });
  const isDown = ({ arrived }: PlayedCall): boolean => {
    const minute = arrived / 60 - 1440;
    return turn !== undefined && minute >= turn.downFrom && minute < turn.downTo;
  };
  const inQueue = played
    .filter((call) => !call.isBlocked && !isDown(call))
    .sort((a, b) => a.arrived - b.arrived);
  const legs = toLegs(settings, inQueue, clock, answeredBy, random);
  handOn(legs, habits, random);
  endOtherwise(legs, habits, random);
  return {
    from,
    to: startOfDay(addDays(date, 1), settings.zone) / 1000,
    legs,
    spans: spans.sort((a, b) => a.from - b.from),
    blocked: played
      .filter((call) => call.isBlocked)
      .map((call) => ({ queue: queueName(settings, call), at: clock(call.arrived) })),
  };
};

const queueName = (settings: DemoSettings, call: PlayedCall): string =>
  valueAt(settings.queues, call.queue).queue;

const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random.uniform() * (most - least + 1));

/** Longest break, in seconds; an operator who is away for longer goes home. */
const longestBreak = 2 * 3600;
/** Nobody stays for longer in one piece. */
const longestShift = 9 * 3600;

/**
 * Who of a tier is there, and who answers which call: as many as are needed in each interval can be rung, and of them
 * one who is free takes the call. Fewer are needed: some have a break, others go home, each once their call is over.
 */
const rosterTier = (
  settings: DemoSettings,
  t: number,
  needed: Int32Array,
  answered: readonly PlayedCall[],
  clock: (seconds: number) => number,
  answeredBy: Map<PlayedCall, string>,
  random: Random,
): OperatorSpan[] => {
  const { tier } = valueAt(settings.tiers, t);
  const queues = valueAt(queuesOfTiers(settings), t).map((q) => valueAt(settings.queues, q).queue);
  const before = settings.tiers.slice(0, t).reduce((sum, each) => sum + each.operators, 0);
  interface Desk {
    readonly operator: string;
    from: number;
    begins: OperatorSpan['begins'];
    busyUntil: number;
    /** Place of the last span, and when it ended; -1: there was none. */
    last: number;
    leftAt: number;
  }
  const there: Desk[] = [];
  const away: Desk[] = [];
  const spans: OperatorSpan[] = [];
  let known = 0;
  const dayStart = clock(86_400);
  const leave = (desk: Desk, at: number, mayPause: boolean): void => {
    const to = Math.max(at + between(random, 1, 60), desk.busyUntil + 1);
    const ends = mayPause && random.uniform() < 0.5 ? 'pause' : 'logoff';
    const { operator, from, begins } = desk;
    desk.last = spans.push({ operator, tier, queues, from, to, begins, ends }) - 1;
    desk.leftAt = to;
    away.push(desk);
  };
  const goHome = ({ last }: Desk): void => {
    if (last >= 0) spans[last] = { ...valueAt(spans, last), ends: 'logoff' };
  };
  const come = (at: number): void => {
    const free = away.findIndex(({ leftAt }) => leftAt < at - 300);
    const desk: Desk = (free < 0 ? undefined : away.splice(free, 1)[0]) ?? {
      operator: `op-${String(before + (known += 1)).padStart(3, '0')}`,
      from: at,
      begins: 'login',
      busyUntil: 0,
      last: -1,
      leftAt: 0,
    };
    const isBack = spans[desk.last]?.ends === 'pause' && at - desk.leftAt <= longestBreak;
    if (!isBack) goHome(desk);
    desk.begins = isBack ? 'unpause' : 'login';
    desk.from = Math.max(dayStart, at - between(random, 0, 60));
    there.push(desk);
  };
  let next = 0;
  for (const [k, n] of needed.entries()) {
    const start = 86_400 + k * settings.intervalMinutes * 60;
    const at = clock(start);
    for (const desk of there.filter((each) => at - each.from >= longestShift)) {
      there.splice(there.indexOf(desk), 1);
      leave(desk, at, false);
    }
    while (there.length < n) come(at);
    while (there.length > n) {
      const idle = there.findIndex(({ busyUntil }) => busyUntil <= at);
      for (const desk of there.splice(Math.max(0, idle), 1)) leave(desk, at, k < needed.length - 4);
    }
    // Callers who wait as the day ends are answered by those who are there then.
    const end = k === needed.length - 1 ? Infinity : start + settings.intervalMinutes * 60;
    for (; next < answered.length && valueAt(answered, next).left < end; next += 1) {
      const call = valueAt(answered, next);
      // Times in whole seconds: one who ends a call takes the next in the same second.
      const desk = there.reduce((best, each) => (each.busyUntil < best.busyUntil ? each : best));
      desk.busyUntil = Math.max(desk.busyUntil, clock(call.left + call.handleSeconds));
      answeredBy.set(call, desk.operator);
    }
  }
  for (const desk of there) leave(desk, clock(2 * 86_400), false);
  // From a break that was the last of the day nobody came back: they went home.
  for (const desk of away) goHome(desk);
  return spans;
};

const toLegs = (
  settings: DemoSettings,
  calls: readonly PlayedCall[],
  clock: (seconds: number) => number,
  answeredBy: ReadonlyMap<PlayedCall, string>,
  random: Random,
): SwitchboardLeg[] => {
  const waiting = settings.queues.map((): number[] => []);
  return calls.map((call, i) => {
    const enteredAt = clock(call.arrived);
    const leftAt = clock(call.left);
    const still = valueAt(waiting, call.queue).filter((left) => left > call.arrived);
    waiting[call.queue] = [...still, call.left];
    const operator = answeredBy.get(call);
    return {
      queue: queueName(settings, call),
      callid: `${enteredAt - between(random, 2, 20)}.${2 * i + 10}`,
      enteredAt,
      isEntryLogged: true,
      leftAt,
      operator,
      endedAt: clock(call.left + call.handleSeconds),
      end: operator === undefined ? 'abandoned' : 'completed',
      position: still.length + 1,
    };
  });
};

/**
 * Makes some calls the continuation of another that an operator was just handling: it enters their queue in the second in
 * which the first operator hands it on. Callers, waits and operators' time stay as they were played, but for the seconds by
 * which the first talk gets shorter.
 */
const handOn = (legs: SwitchboardLeg[], habits: SwitchboardHabits, random: Random): void => {
  const isContinued = new Set<SwitchboardLeg>();
  const isKept = new Set<SwitchboardLeg>();
  for (const [i, leg] of legs.entries()) {
    if (leg.operator === undefined || isKept.has(leg) || random.uniform() >= habits.transfers) continue;
    let to: SwitchboardLeg | undefined;
    for (let j = i + 1; j < legs.length && valueAt(legs, j).enteredAt <= leg.endedAt; j += 1) {
      const each = valueAt(legs, j);
      if (each.queue !== leg.queue && each.enteredAt > leg.leftAt + 10 && !isContinued.has(each)) to = each;
    }
    if (to === undefined) continue;
    isContinued.add(to);
    to.callid = leg.callid;
    const how = random.uniform();
    if (how < habits.silentTransfers / 2) {
      // Through a local channel: no line says that it was handed on, and the first talk runs until the second ends.
      leg.endedAt = to.enteredAt;
      leg.runsOnUntil = to.endedAt;
      isKept.add(to);
      continue;
    }
    to.isEntryLogged = how >= habits.silentTransfers;
    leg.endedAt = to.enteredAt;
    leg.end = random.uniform() < 0.6 ? 'blind' : 'attended';
  }
};

const exits = ['timeout', 'key', 'empty', 'withdrawn'] as const;

const endOtherwise = (legs: SwitchboardLeg[], habits: SwitchboardHabits, random: Random): void => {
  for (const leg of legs) {
    const [exit, lost, which] = [random.uniform(), random.uniform(), random.uniform()];
    if (leg.end === 'abandoned' && exit < habits.exits)
      leg.end = valueAt(exits, Math.floor(which * exits.length));
    if ((leg.end === 'completed' || leg.end === 'abandoned') && leg.isEntryLogged && lost < habits.lost)
      leg.end = 'lost';
  }
};

/** A line of a queue_log without its line feed, and the second in which the switchboard writes it. */
interface LogLine {
  readonly at: number;
  readonly text: string;
}

/** The day as Asterisk writes it into its queue_log: line by line, in the order of its clock. */
export const queueLogOf = (day: SwitchboardDay, habits: SwitchboardHabits = usualHabits): LogLine[] => {
  const random = seededRandom(day.from, 601);
  const lines: LogLine[] = [];
  const write = (at: number, callid: string, queue: string, agent: string, ...rest: unknown[]): void => {
    lines.push({ at, text: [at, callid, queue, agent, ...rest].join('|') });
  };
  write(day.from, 'NONE', 'NONE', 'NONE', 'QUEUESTART', '');
  for (let at = day.from + 3 * 3600; at < day.to; at += 6 * 3600)
    write(at, 'NONE', 'NONE', 'NONE', 'CONFIGRELOAD', '');
  for (const [i, span] of day.spans.entries()) writeSpan(span, i, write);
  for (const [i, { queue, at }] of day.blocked.entries())
    if (habits.ownEvents > 0) write(at, `${at - 2}.${2 * i + 1}`, queue, 'NONE', 'FULL', '');
  for (const [i, leg] of day.legs.entries()) writeLeg(leg, i, habits, write, random);
  return lines.sort((a, b) => a.at - b.at);
};

type WriteLine = (at: number, callid: string, queue: string, agent: string, ...rest: unknown[]) => void;

/** One in two logs in at the phone, the others are added to each queue by a program. */
const writeSpan = (span: OperatorSpan, i: number, write: WriteLine): void => {
  const { operator, queues, from, to, begins, ends } = span;
  const number = Number(operator.slice(3));
  const [isAgent, channel] = [number % 2 === 0, `PJSIP/${7000 + number}`];
  const pause = (at: number, event: 'PAUSE' | 'UNPAUSE'): void => {
    write(at, 'NONE', 'NONE', operator, `${event}ALL`, '');
    for (const queue of queues)
      write(at, 'NONE', queue, operator, event, ...(event === 'PAUSE' ? ['break'] : ['']));
  };
  if (begins === 'unpause') pause(from, 'UNPAUSE');
  else if (isAgent) write(from, `${from}.${i}9`, 'NONE', operator, 'AGENTLOGIN', channel);
  else for (const queue of queues) write(from, 'MANAGER', queue, operator, 'ADDMEMBER', '');
  if (ends === 'pause') pause(to, 'PAUSE');
  else if (isAgent) write(to, `${from}.${i}9`, 'NONE', operator, 'AGENTLOGOFF', channel, to - from);
  else for (const queue of queues) write(to, 'MANAGER', queue, operator, 'REMOVEMEMBER', '');
};

const writeLeg = (
  leg: SwitchboardLeg,
  i: number,
  habits: SwitchboardHabits,
  write: WriteLine,
  random: Random,
): void => {
  const { callid, queue, enteredAt, leftAt, endedAt, operator, position } = leg;
  const hold = leftAt - enteredAt;
  const log = (at: number, agent: string, ...rest: unknown[]): void =>
    write(at, callid, queue, agent, ...rest);
  if (leg.isEntryLogged) {
    if (random.uniform() < habits.ownEvents) log(enteredAt, 'NONE', 'DID', 12345);
    // No number that anybody has.
    log(enteredAt, 'NONE', 'ENTERQUEUE', '', `1000000${String(i).padStart(5, '0')}`, position);
  }
  const ring = Math.min(hold, between(random, 1, 6));
  if (operator === undefined) {
    if (leg.end === 'lost') return;
    const place = Math.max(1, position - between(random, 0, 2));
    if (ring < hold && random.uniform() < 0.1) log(leftAt, 'op-001', 'RINGCANCELED', 1000 * ring);
    const [three, nobody] = [[place, position, hold], 'NONE'];
    if (leg.end === 'abandoned') log(leftAt, nobody, 'ABANDON', ...three);
    if (leg.end === 'timeout') log(leftAt, nobody, 'EXITWITHTIMEOUT', ...three);
    if (leg.end === 'empty') log(leftAt, nobody, 'EXITEMPTY', ...three);
    if (leg.end === 'key') log(leftAt, nobody, 'EXITWITHKEY', between(random, 0, 9), ...three);
    if (leg.end === 'withdrawn') log(leftAt, nobody, 'WITHDRAW', ...three, '');
    return;
  }
  if (hold > 20 && random.uniform() < 0.1) log(leftAt - ring - 1, operator, 'RINGNOANSWER', 12_000);
  log(leftAt, operator, 'CONNECT', hold, `${leftAt - ring}.${2 * i + 11}`, ring);
  const saidEnd = leg.runsOnUntil ?? endedAt;
  const talk = saidEnd - leftAt;
  const party = random.uniform() < 0.5 ? 'COMPLETEAGENT' : 'COMPLETECALLER';
  if (leg.end === 'completed') log(saidEnd, operator, party, hold, talk, position);
  if (leg.end === 'blind')
    log(endedAt, operator, 'BLINDTRANSFER', 600, 'from-internal', hold, talk, position);
  if (leg.end === 'attended') log(endedAt, operator, 'ATTENDEDTRANSFER', 'BRIDGE', i, hold, talk, position);
};
