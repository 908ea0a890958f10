import { readFile } from 'node:fs/promises';
import type { FeedSettings } from '../contract/documents/feed-documents.ts';
import { BadInputError, shownValue, UsageError } from '../kernel/errors.ts';
import { emptyMap, type MapFile, parseMapFile } from '../ingest/columns/map-file.ts';
import type { Portion, ReadingGround } from './feed-adapter.ts';
import { feedFinding, feedProblem } from './feed-findings.ts';

/** How the columns of a feed's rows are named, and its queues as its settings pair them, or else as its map does. */
export const mapOf = ({ map, queues }: FeedSettings): MapFile | undefined => {
  const said = map === undefined ? undefined : parseMapFile(map);
  if (Object.keys(queues).length === 0) return said;
  return { ...(said ?? emptyMap), values: { ...said?.values, queue: queues } };
};

/** Queues that rows may name as its settings choose them, and those that it brought by a choice that was changed since. */
export const queuesOf = ({ settings, state }: Pick<ReadingGround, 'settings' | 'state'>) => ({
  chosen: Object.values(settings.queues).filter((queue) => queue !== null),
  gone: (state.outdated ?? []).map(({ queue }) => queue),
});

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
  const said = typeof code === 'string' ? code : '';
  const place = address.host;
  // classes 28 (who it is) and 3D (which database) of PostgreSQL, whose client asks for a password without a code; MySQL's
  if (
    /^(28|3D|ER_(DB)?ACCESS_DENIED|ER_BAD_DB)/.test(said) ||
    (said === '' && /password/.test(String(message)))
  )
    return new BadInputError([feedProblem('feed-not-let-in', { place })]);
  return new BadInputError([
    /^(E(?!R_)[A-Z_]+|PROTOCOL_\w+|HANDSHAKE_\w+|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|57P0\d|53300)$/.test(
      said,
    ) || said === ''
      ? feedProblem('feed-unreachable', { place, why: said === '' ? shownValue(String(message)) : said })
      : feedProblem('feed-query-refused', { place, why: shownValue(`${said} ${String(message)}`) }),
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
