import { appendFileSync, copyFileSync, readFileSync, renameSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenSocket } from '../../src/cli/switchboard-socket.ts';
import { type DemoSettings, demoSettingsSchema } from '../../src/demo/demo-settings.ts';
import type { SwitchboardEvent, SwitchboardSocket } from '../../src/demo/switchboard-events.ts';
import type { queueLogOf, SwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { channelRecordsOf } from './channel-records.ts';

/** All that real switchboards do now and then, often. */
export const oddHabits: NonNullable<Parameters<typeof queueLogOf>[1]> = {
  transfers: 0.05,
  silentTransfers: 0.4,
  exits: 0.25,
  lost: 0.01,
  ownEvents: 0.02,
};

/** The demo's line, larger by whole operators. */
export const scaledDemo = (factor: number): DemoSettings => {
  const file = new URL('../../data/demo.json', import.meta.url);
  const demo = demoSettingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const times = (n: number): number => Math.round(n * factor);
  return {
    ...demo,
    trunks: times(demo.trunks),
    queues: demo.queues.map((queue) => ({ ...queue, callsPerDay: queue.callsPerDay * factor })),
    tiers: demo.tiers.map((tier) => ({
      ...tier,
      operators: times(tier.operators),
      roster: tier.roster.map((span) => ({
        ...span,
        workday: times(span.workday),
        restDay: times(span.restDay),
      })),
    })),
  };
};

export interface IntervalCounts {
  offered: number;
  answered: number;
  abandoned: number;
  waitSecondsTotal: number;
  handleSecondsTotal: number;
}

/**
 * What the switchboard itself counts, and a reader can know, by `queue start`, the start in seconds since 1970: a call where it
 * entered. Whoever left a queue unanswered has not hung up by that: a key, a limit and an empty queue are offered alone.
 */
export const countsOf = (
  day: SwitchboardDay,
  minutes: number,
  door: 'queue-log' | SwitchboardSocket | 'channel-records' = 'queue-log',
): Map<string, IntervalCounts> => {
  const counts = new Map<string, IntervalCounts>();
  const legs = door === 'channel-records' ? channelRecordsOf(day).map(({ leg }) => leg) : day.legs;
  for (const leg of legs) {
    // of one whose end nobody says it is known four hours later that it has left
    if (leg.end === 'lost' && leg.operator === undefined && leg.enteredAt > day.to - 4 * 3600) continue;
    const start = leg.enteredAt - ((leg.enteredAt - day.from) % (minutes * 60));
    const key = `${leg.queue} ${start}`;
    const none = { offered: 0, answered: 0, abandoned: 0, waitSecondsTotal: 0, handleSecondsTotal: 0 };
    const cell = counts.get(key) ?? none;
    counts.set(key, cell);
    const isAnswered = leg.operator !== undefined;
    cell.offered += 1;
    if (isAnswered) cell.answered += 1;
    // app_queue calls a time limit and an empty queue an abandonment, where it speaks by its manager interface
    const abandons = door === 'ami' ? ['abandoned', 'timeout', 'empty'] : ['abandoned'];
    if (abandons.includes(leg.end)) cell.abandoned += 1;
    if (isAnswered || leg.end !== 'lost') cell.waitSecondsTotal += leg.leftAt - leg.enteredAt;
    // Of a call without a line for its end nobody knows it, but for one that was handed on.
    if (isAnswered && (leg.end !== 'lost' || leg.runsOnUntil !== undefined))
      cell.handleSecondsTotal += leg.endedAt - leg.leftAt;
  }
  return counts;
};

/** Seconds for which operators could be rung, by `tier start`. */
export const presenceOf = (day: SwitchboardDay, minutes: number): Map<string, number> => {
  const step = minutes * 60;
  const seconds = new Map<string, number>();
  for (const { tier, from, to } of day.spans)
    for (let start = from - ((from - day.from) % step); start < to; start += step) {
      const part = Math.min(to, start + step) - Math.max(from, start);
      const key = `${tier} ${start}`;
      seconds.set(key, (seconds.get(key) ?? 0) + part);
    }
  return seconds;
};

/** What a switchboard and its machine may do to the file while it is read. */
export interface Faults {
  /** Share of lines that are written twice. */
  readonly repeats: number;
  /** Share of lines that come late, and by how many seconds at most. */
  readonly late: number;
  readonly lateSeconds: number;
  /** Steps in which the file is written, and of them shares that end in a half line, or at which nothing is written. */
  readonly steps: number;
  readonly halfLines: number;
  readonly pauses: number;
  /** How often the file is renamed and begun anew, and copied and cut to nothing. */
  readonly renames: number;
  readonly copies: number;
  /** How often there are lines between that nobody can read. */
  readonly broken: number;
}

/** What happened as it really arrives: some of it late, some twice. */
export const disturbed = <Happened extends { readonly at: number }>(
  all: readonly Happened[],
  faults: Pick<Faults, 'late' | 'lateSeconds' | 'repeats'>,
  seed: number,
): Happened[] => {
  const random = seededRandom(seed, 1);
  const arriving = all.flatMap((each) => {
    const arrives =
      random.uniform() < faults.late ? each.at + faults.lateSeconds * random.uniform() : each.at;
    const again =
      random.uniform() < faults.repeats ? [{ arrives: arrives + 600 * random.uniform(), each }] : [];
    return [{ arrives, each }, ...again];
  });
  return arriving.sort((a, b) => a.arrives - b.arrives).map(({ each }) => each);
};

/**
 * Says events over a socket in portions, some twice and some out of order, and breaks the connection so many times, torn in
 * an event and with a farewell in turn; the switchboard's day waits until somebody listens again, so nothing is missed. Yields
 * after each portion how much has been said.
 */
export async function* sayStepwise(
  socket: OpenSocket,
  events: readonly SwitchboardEvent[],
  faults: Pick<Faults, 'late' | 'lateSeconds' | 'repeats' | 'steps'> & { readonly cuts: number },
  seed: number,
): AsyncGenerator<number> {
  const all = disturbed(events, faults, seed);
  const every = Math.max(1, Math.floor(faults.steps / (faults.cuts + 1)));
  for (let step = 0, cuts = 0; step < faults.steps; step += 1) {
    for (let turns = 0; socket.listeners() === 0; turns += 1) {
      if (turns > 30_000) throw new Error('nobody listens');
      await pause(10);
    }
    const [from, to] = [step, step + 1].map((n) => Math.floor((n * all.length) / faults.steps));
    await socket.send(all.slice(from, to));
    yield to ?? 0;
    if (cuts < faults.cuts && step % every === every - 1) {
      cuts += 1;
      await socket.cut(cuts % 2 === 0 ? 'farewell' : 'torn');
    }
  }
}

/**
 * Writes a queue_log into a folder step by step, with faults; yields after each step, so that it can be read between. Lines
 * that nobody can read are counted in what it returns.
 */
export function* writeStepwise(
  folder: string,
  lines: readonly ReturnType<typeof queueLogOf>[number][],
  faults: Faults,
  seed: number,
  name = 'queue_log',
): Generator<number, number> {
  const random = seededRandom(seed, 2);
  const texts = disturbed(lines, faults, seed).map(({ text }) => text);
  const file = join(folder, name);
  const happens = (times: number): ReadonlySet<number> => {
    const at = new Set<number>();
    while (at.size < times) at.add(1 + Math.floor(random.uniform() * (faults.steps - 2)));
    return at;
  };
  const [renames, copies, broken] = [faults.renames, faults.copies, faults.broken].map(happens);
  let left = '';
  let unreadable = 0;
  let archives = 0;
  for (let step = 0; step < faults.steps; step += 1) {
    const [from, to] = [step, step + 1].map((n) => Math.floor((n * texts.length) / faults.steps));
    let bytes =
      left +
      texts
        .slice(from, to)
        .map((text) => `${text}\n`)
        .join('');
    left = '';
    // a rotation never tears a line: the switchboard's logger ends it first
    const isWhole = step === faults.steps - 1 || renames?.has(step) === true || copies?.has(step) === true;
    if (broken?.has(step) === true) {
      bytes += '\u0000\u0001\u0002 not a line\n';
      unreadable += 1;
    }
    if (!isWhole && random.uniform() < faults.pauses) {
      left = bytes;
      yield step;
      continue;
    }
    if (!isWhole && bytes.length > 40 && random.uniform() < faults.halfLines) {
      const at = bytes.length - 1 - Math.floor(random.uniform() * 40);
      left = bytes.slice(at);
      bytes = bytes.slice(0, at);
    }
    appendFileSync(file, bytes);
    yield step;
    if (renames?.has(step) === true) renameSync(file, join(folder, `${name}.${(archives += 1)}`));
    else if (copies?.has(step) === true) {
      copyFileSync(file, join(folder, `${name}.${(archives += 1)}`));
      truncateSync(file);
    }
  }
  return unreadable;
}
