import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { BadInputError } from '../kernel/errors.ts';
import type { Touched } from './call-book.ts';
import { addressOf, Attempts, connectionProblem, passwordOf } from './feed-access.ts';
import type { CameIn, Portion, ReadingGround } from './feed-adapter.ts';
import { feedProblem } from './feed-findings.ts';

/** What a switchboard says at once: named values, in the order in which they stand, and what follows them. */
export interface Frame {
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

/** How a switchboard is spoken to. */
export interface SwitchDialect {
  readonly scheme: string;
  readonly port: number;
  /** What is said upon a frame as long as nobody is signed in: text to send, or how it came out. */
  readonly signIn: (
    frame: Frame,
    user: string,
    password: string,
  ) => { readonly send: string } | 'in' | 'refused' | undefined;
  /** Asks for what is there when somebody is signed in, and whether the other side still listens. */
  readonly begin: string;
  readonly ping: string;
  /** What a frame tells; undefined: nothing of queues. */
  readonly read: (frame: Frame, at: number) => readonly CameIn[];
}

/** What is said at once, and the names and values before it, are longer than this only where it is no such protocol. */
const [longestFrame, longestHead] = [2 ** 18, 2 ** 16];
/** Most names of a frame that are looked at. */
const mostFields = 500;
const connectMillis = 10_000;
/** How often the other side is asked whether it is there, and after which silence it is not. */
const pingMillis = 20_000;
const silentMillis = 60_000;
/** So much that waits to be stored: then nothing more is read until it is. */
const mostWaiting = 100_000;
/** Somebody who asks for what is there waits until nothing has come for so long, at most so long. */
const quietMillis = 1_500;
const askedMillis = 30_000;

/**
 * Takes text apart into frames: lines `Name: value` up to an empty one, and a body of `Content-Length` bytes where that is
 * said. Pieces may be cut anywhere. Throws `BadInputError` where it is no such protocol.
 */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  /** What has come since and stands in no frame yet, how much that is, and how far it was looked through. */
  #pieces: Buffer[] = [];
  #come = 0;
  #looked = 0;
  #head: ReadonlyMap<string, string> | undefined;
  #wants = 0;
  readonly #place: string;

  constructor(place: string) {
    this.#place = place;
  }

  /** Frames that are whole by this piece. */
  *read(piece: Buffer): Generator<Frame> {
    this.#pieces.push(piece);
    this.#come += piece.length;
    if (this.#head !== undefined && this.#come < this.#wants) return;
    this.#rest = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces);
    for (;;) {
      if (this.#head === undefined) {
        const end = endOfHead(this.#rest, this.#looked);
        this.#looked = end === undefined ? Math.max(0, this.#rest.length - 2) : 0;
        if (end === undefined) break;
        const fields = fieldsOf(this.#rest.toString('utf8', 0, end.from));
        this.#rest = this.#rest.subarray(end.to);
        const length = Number(fields.get('content-length') ?? 0);
        if (!(Number.isInteger(length) && length >= 0 && length <= longestFrame)) this.#refuse();
        this.#head = fields;
        this.#wants = length;
      }
      if (this.#rest.length < this.#wants) break;
      const fields = this.#head;
      const body = this.#rest.toString('utf8', 0, this.#wants);
      this.#rest = this.#rest.subarray(this.#wants);
      this.#head = undefined;
      if (fields.size > 0 || body !== '') yield { fields, body };
    }
    this.#pieces = [this.#rest];
    this.#come = this.#rest.length;
    if (this.#head === undefined && this.#come > longestHead) this.#refuse();
  }

  #refuse(): never {
    throw new BadInputError([feedProblem('feed-other-protocol', { place: this.#place })]);
  }
}

/** Where lines end in an empty one; a greeting without a name, as AMI has, is a frame of its own. */
const endOfHead = (
  bytes: Buffer,
  looked: number,
): { readonly from: number; readonly to: number } | undefined => {
  const first = bytes.indexOf(10);
  if (first >= 0 && bytes.toString('latin1', 0, Math.min(first, 30)).startsWith('Asterisk Call Manager'))
    return { from: first, to: first + 1 };
  for (let at = bytes.indexOf(10, looked); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return { from: at, to: at + 2 };
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return { from: at, to: at + 3 };
    // an empty line that nothing stands before
    if (at === first && (at === 0 || (at === 1 && bytes[0] === 13))) return { from: 0, to: at + 1 };
  }
  return undefined;
};

/** Named values of lines, by their names in small letters; of one that comes twice the first. */
export const fieldsOf = (text: string, decode = (value: string) => value): Map<string, string> => {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    const name = (at < 0 ? line : line.slice(0, at)).trim().toLowerCase();
    if (found.size === mostFields) break;
    if (name !== '' && !found.has(name)) found.set(name, at < 0 ? '' : decode(line.slice(at + 1).trim()));
  }
  return found;
};

/**
 * What a switchboard has said since the last reading, over a connection that stays open; one that breaks is opened again,
 * with longer and longer pauses, and what may have been said meanwhile is lost, unless a history of the same calls has it,
 * which is read beside. Throws `BadInputError` as long as there is neither.
 */
export const readSwitch = async (
  dialect: SwitchDialect,
  ground: ReadingGround,
  history?: () => Promise<Portion | undefined>,
): Promise<Portion | undefined> => {
  const read = await history?.();
  // heard once it has been read to its end: a portion is stored together with those before
  if (read?.more === true) return read;
  const line = (ground.held.now ??= new Line(dialect, ground)) as Line;
  const hear = async (): Promise<Portion | undefined> => {
    if (!line.isOpen) await line.open(ground);
    if (ground.isAsked) await line.settled();
    return line.take();
  };
  const heard = await hear().catch((error: unknown) => {
    if (read === undefined) throw error;
    return undefined;
  });
  if (heard === undefined || read === undefined) return heard ?? read;
  const stored = (): void => {
    read.stored?.();
    heard.stored?.();
  };
  return { ...read, ...heard, events: [...read.events, ...heard.events], stored };
};

class Line {
  isOpen = false;
  readonly #dialect: SwitchDialect;
  readonly #address: URL;
  readonly #attempts = new Attempts();
  readonly #now: () => number;
  #socket: Socket | undefined;
  #why: BadInputError | undefined;
  #waiting: CameIn[] = [];
  #lost: Touched | undefined;
  #heardMillis = 0;
  #heard: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(dialect: SwitchDialect, { settings, now }: ReadingGround) {
    this.#dialect = dialect;
    this.#address = addressOf(settings.from, dialect.scheme);
    this.#now = now;
  }

  /** Connects and signs in. */
  async open({ settings, state, isAsked }: ReadingGround): Promise<void> {
    // what it said before it broke is stored first
    if (this.#waiting.length > 0) return;
    await this.#attempts.make(this.#address, isAsked, async () => {
      try {
        const password = await passwordOf(settings);
        const since = this.#heard ?? Math.max(state.watermark ?? -Infinity, state.lookedMillis ?? -Infinity);
        await this.#connect(decodeURIComponent(this.#address.username), password);
        const now = this.#now();
        if (Number.isFinite(since) && since < now) this.#lost = { from: since, to: now };
      } catch (error) {
        this.close();
        throw error;
      }
    });
  }

  #connect(user: string, password: string): Promise<void> {
    const { hostname, port, protocol, host } = this.#address;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const to = { host: hostname, port: port === '' ? this.#dialect.port : Number(port) };
    const socket = protocol === 'tls:' ? connectTls({ ...to, servername: hostname }) : connect(to);
    const frames = new FrameReader(host);
    this.#socket = socket;
    const timeout = setTimeout(
      () => end(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT' })),
      connectMillis,
    );
    const end = (error: unknown): void => {
      clearTimeout(timeout);
      reject(error);
      this.#why = connectionProblem(error, this.#address);
      if (this.#socket === socket) this.close();
    };
    socket.setKeepAlive(true, 30_000);
    socket.on('error', end);
    socket.on('close', () => end(Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' })));
    socket.on('data', (piece: Buffer) => {
      this.#heardMillis = performance.now();
      this.#heard = this.#now();
      try {
        for (const frame of frames.read(piece)) {
          if (this.isOpen) {
            this.#hear(frame);
            continue;
          }
          const said = this.#dialect.signIn(frame, user, password);
          if (said === 'refused') throw new BadInputError([feedProblem('feed-not-let-in', { place: host })]);
          if (said === 'in') {
            clearTimeout(timeout);
            this.isOpen = true;
            socket.write(this.#dialect.begin);
            this.#timer = setInterval(() => this.#ask(), pingMillis).unref();
            resolve();
          } else if (said !== undefined) socket.write(said.send);
        }
      } catch (error) {
        end(error);
      }
    });
    return promise;
  }

  #hear(frame: Frame): void {
    for (const each of this.#dialect.read(frame, this.#now())) this.#waiting.push(each);
    if (this.#waiting.length > mostWaiting) this.#socket?.pause();
  }

  #ask(): void {
    if (performance.now() - this.#heardMillis > silentMillis && this.#socket?.isPaused() !== true)
      this.#socket?.destroy(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT' }));
    else this.#socket?.write(this.#dialect.ping);
  }

  /** Waits until nothing more comes. */
  async settled(): Promise<void> {
    const until = performance.now() + askedMillis;
    this.#heardMillis = performance.now();
    while (this.isOpen && performance.now() < until && performance.now() - this.#heardMillis < quietMillis) {
      if (this.#socket?.isPaused() === true) return;
      await pause(100);
    }
  }

  /** What has come and is not stored; throws where there is nothing and the line is broken. */
  take(): Portion | undefined {
    const events = this.#waiting.slice();
    const lost = this.#lost;
    if (events.length === 0 && lost === undefined) {
      if (!this.isOpen && this.#why !== undefined) throw this.#why;
      return undefined;
    }
    return {
      events,
      ...(lost === undefined ? {} : { lost }),
      stored: () => {
        this.#waiting.splice(0, events.length);
        if (this.#lost === lost) this.#lost = undefined;
        if (this.#waiting.length < mostWaiting / 2) this.#socket?.resume();
      },
    };
  }

  close(): void {
    this.isOpen = false;
    clearInterval(this.#timer);
    this.#socket?.destroy();
    this.#socket = undefined;
  }
}
