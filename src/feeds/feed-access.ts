import { readFile } from 'node:fs/promises';
import type { FeedSettings } from '../contract/documents/feed-documents.ts';
import { BadInputError, shownValue, UsageError } from '../kernel/errors.ts';
import { emptyMap, type MapFile, parseMapFile } from '../ingest/columns/map-file.ts';
import type { FileKind, TrafficRecord } from '../kernel/records.ts';
import { compareText } from '../kernel/text.ts';
import type { RecordWriter } from '../planning/ports.ts';
import type { FeedState, Portion, ReadingGround } from './feed-adapter.ts';
import { feedFinding, feedProblem } from './feed-findings.ts';
import { intervalParts } from './interval-parts.ts';

type Queues = FeedSettings['queues'];

/** How the columns of a feed's rows are named, and its queues as its settings pair them, or else as its map does. */
export const mapOf = (
  { map, queues }: FeedSettings,
  apart: ReadonlyMap<string, string> = new Map(),
): MapFile | undefined => {
  const said = map === undefined ? undefined : parseMapFile(map);
  if (Object.keys(queues).length === 0) return said;
  const kept = Object.fromEntries([...apart.keys()].map((name) => [name, name]));
  return { ...(said ?? emptyMap), values: { ...said?.values, queue: { ...queues, ...kept } } };
};

/** What a feed's intervals are made by; where it is another now, they are made anew. */
export const settingsMark = ({ queues, handleTime }: Pick<FeedSettings, 'queues' | 'handleTime'>): string =>
  JSON.stringify([Object.entries(queues).sort(([a], [b]) => compareText(a, b)), handleTime]);

/** By which queues a feed's rows were made, where those are others now. */
export const queuesBefore = ({ madeBy }: FeedState, settings: FeedSettings): Queues | undefined => {
  const queuesOf = (mark: string): readonly (readonly [string, string | null])[] =>
    // written by `settingsMark`
    (JSON.parse(mark) as [[string, string | null][]])[0];
  if (madeBy === '') return undefined;
  const before = queuesOf(madeBy);
  const isSame = JSON.stringify(before) === JSON.stringify(queuesOf(settingsMark(settings)));
  return isSame ? undefined : Object.fromEntries(before);
};

/**
 * How often what a queue of the switchboard had said counted no more: each time it was taken out of the choice, and where
 * it goes by the hotline's own name, each time others were chosen for that. The switchboard may call it otherwise by now.
 */
export const turnsOf = (state: FeedState, settings: FeedSettings): Readonly<Record<string, number>> => {
  const { turns = {} } = state;
  const [before, { queues }] = [queuesBefore(state, settings), settings];
  if (before === undefined) return turns;
  const isNamed = (name: string): boolean => Object.hasOwn(before, name) || Object.hasOwn(queues, name);
  const listed = (own: string, by: Queues): string =>
    JSON.stringify(
      Object.keys(by)
        .filter((name) => by[name] === own)
        .sort(),
    );
  const turned = [
    ...Object.keys(before).filter((name) => !Object.hasOwn(queues, name)),
    ...[...new Set([...Object.values(before), ...Object.values(queues)])].filter(
      (own) => own !== null && !isNamed(own) && listed(own, before) !== listed(own, queues),
    ),
  ].flatMap((name) => name ?? []);
  const times = (name: string): number => (Object.hasOwn(turns, name) ? (turns[name] ?? 0) : 0) + 1;
  return { ...turns, ...Object.fromEntries(turned.map((name) => [name, times(name)])) };
};

/**
 * Queues of the switchboard under whose names rows by interval are read, and which of the hotline's each is: several that
 * are chosen as one, and what is chosen as a queue by whose name such a one goes.
 */
const keptApart = ({ queues }: FeedSettings, kind: string): ReadonlyMap<string, string> => {
  const chosen = Object.entries(queues).flatMap(([name, queue]) =>
    queue === null || kind !== 'traffic' ? [] : [[name, queue] as const],
  );
  const times = Map.groupBy(chosen, ([, queue]) => queue);
  const isShared = (queue: string): boolean => (times.get(queue)?.length ?? 0) > 1;
  const isTaken = (name: string, queue: string): boolean => name !== queue && Object.hasOwn(queues, queue);
  if (!chosen.some(([, queue]) => isShared(queue))) return new Map();
  return new Map(chosen.filter(([name, queue]) => isShared(queue) || isTaken(name, queue)));
};

/**
 * How rows of files and tables are read: queues that they may name as the settings choose them, and those that the feed
 * brought by a choice that was changed since.
 */
export const readingOrder = async (ground: ReadingGround, kind: FileKind) => {
  const { settings, state, secret } = ground;
  const apart = keptApart(settings, kind);
  const leftOut = await ground.leftOut();
  return {
    kind,
    map: mapOf(settings, apart),
    leftOut: [...leftOut].filter((queue) => !apart.has(queue)),
    queues: {
      chosen: [...Object.values(settings.queues).filter((queue) => queue !== null), ...apart.keys()],
      gone: (state.outdated ?? []).map(({ queue }) => queue),
    },
    attribution: settings.handleTime === 'end' ? 'end' : 'arrival',
    handleTime: settings.handleTime,
    // intervals grow as their calls come in
    overlap: 'replace',
    dryRun: false,
    callerKey: secret,
  } as const;
};

interface RowsRead<Stored> {
  readonly report: { readonly kind: string; readonly queues: readonly string[] };
  readonly traffic: Iterable<TrafficRecord>;
  readonly write: (into: RecordWriter) => Promise<Stored>;
}

/**
 * Rows by interval of files or of a table, as they are to be kept and written: sums where several queues are chosen as one
 * of the hotline's.
 */
export const addedUp = async <Stored>(
  ground: ReadingGround,
  { report, traffic, write }: RowsRead<Stored>,
  saidMillis: number,
) => {
  const apart = keptApart(ground.settings, report.kind);
  if (apart.size === 0) return { kept: [], queues: report.queues, write };
  const queues = new Set(apart.values());
  const rows = [...traffic].filter(({ queue }) => apart.has(queue) || queues.has(queue));
  const { kept, addingUp } = await intervalParts(
    ground.store.feeds,
    ground.name,
    ground.settings.queues,
    turnsOf(ground.state, ground.settings),
    rows,
    apart,
    saidMillis,
  );
  return {
    kept,
    queues: [...new Set(report.queues.map((queue) => apart.get(queue) ?? queue))],
    write: (into: RecordWriter) => write(addingUp(into)),
  };
};

/** Where a feed connects to: `scheme://user@host:port/path`, or `host:port` alone; the host `-` of what is no address. */
export const addressOf = (from: string, scheme: string): URL => {
  const nowhere = new URL(`${scheme}://-`);
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(from) ? from : `${scheme}://${from}`);
    return url.hostname === '' ? nowhere : url;
  } catch {
    return nowhere;
  }
};

/** Throws `UsageError` where a service that is asked over HTTP cannot be known or let us in so; `path`: what follows its host. */
export const checkCloud = ({ kind, from, secret }: FeedSettings, like: string, path = /(?:)/): void => {
  const address = addressOf(from, 'https');
  const isHere = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(address.hostname);
  const isSafe = address.protocol === 'https:' || isHere;
  if (address.username === '' || !isSafe || !path.test(address.pathname))
    throw new UsageError(feedFinding('feed-wants-address', { kind, like }));
  if (address.password !== '') throw new UsageError(feedFinding('feed-password-shown'));
  if (secret === undefined) throw new UsageError(feedFinding('feed-wants-secret', { kind }));
};

/**
 * The password of a feed: it stands in an environment variable or a file of this machine, never with the feed. Empty where
 * the feed has none. Throws `BadInputError` where there is nothing.
 */
export const passwordOf = async ({ secret }: Pick<FeedSettings, 'secret'>): Promise<string> => {
  if (secret === undefined) return '';
  const place = secret.slice(secret.indexOf(':') + 1);
  const found = secret.startsWith('env:')
    ? process.env[place]
    : await readFile(place, 'utf8').catch(() => undefined);
  const password = found?.replace(/\r?\n$/, '') ?? '';
  if (password === '') throw new BadInputError([feedProblem('feed-no-password', { secret })]);
  return password;
};

/** What went wrong on the way to somewhere: who is not there, who does not let us in, or what they said. */
export const connectionProblem = (error: unknown, address: URL): BadInputError => {
  if (error instanceof BadInputError) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const text = typeof code === 'string' ? code : '';
  const place = address.host;
  // classes 28 (who it is) and 3D (which database) of PostgreSQL, whose client asks for a password without a code; MySQL's
  if (
    /^(28|3D|ER_(DB)?ACCESS_DENIED|ER_BAD_DB)/.test(text) ||
    (text === '' && /password/.test(String(message)))
  )
    return new BadInputError([feedProblem('feed-not-let-in', { place })]);
  return new BadInputError([
    /^(E(?!R_)[A-Z_]+|PROTOCOL_\w+|HANDSHAKE_\w+|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|57P0\d|53300)$/.test(
      text,
    ) || text === ''
      ? feedProblem('feed-unreachable', { place, why: text === '' ? shownValue(String(message)) : text })
      : feedProblem('feed-query-refused', { place, why: shownValue(`${text} ${String(message)}`) }),
  ]);
};

/** Longest pause between two tries, milliseconds. */
const longestPause = 60_000;

/** Tries to reach somewhere: each that fails makes the pause before the next twice as long, a minute at most. */
export class Attempts {
  #failed = 0;
  #until = -Infinity;
  #why: unknown;

  /** Throws what went wrong, or what did the last time as long as it is too early for another try that nobody asked for. */
  async make<Answer>(address: URL, isAsked: boolean, work: () => Promise<Answer>): Promise<Answer> {
    if (!isAsked && performance.now() < this.#until) throw this.#why;
    try {
      const answer = await work();
      this.#failed = 0;
      this.#until = -Infinity;
      return answer;
    } catch (error) {
      this.#why = connectionProblem(error, address);
      this.#until = performance.now() + Math.min(longestPause, 1000 * 2 ** this.#failed);
      this.#failed = Math.min(10, this.#failed + 1);
      throw this.#why;
    }
  }
}

const usualMinutes = 5;

/** Asks a source that is asked every few minutes: `until` is when that was last, `isUnderWay`: there is more of the same. */
export const askInTurn = async (
  { settings: { from, everyMinutes = usualMinutes }, state, isAsked, now }: ReadingGround,
  { attempts, scheme, until, isUnderWay }: Turn,
  ask: () => Promise<Portion>,
): Promise<Portion | undefined> => {
  // a clock that was set back does not put it off
  const at = now();
  const rests = until !== undefined && Math.abs(at - until) < everyMinutes * 60_000;
  if (rests && !isAsked && !isUnderWay && state.is !== 'broken') return undefined;
  return attempts.make(addressOf(from, scheme), isAsked, ask);
};

interface Turn {
  readonly attempts: Attempts;
  readonly scheme: string;
  readonly until: number | undefined;
  readonly isUnderWay: boolean;
}
