import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const derive = promisify(argon2) as (algorithm: 'argon2id', given: Argon2Parameters) => Promise<Buffer>;

/** What OWASP asks of argon2id at least: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>;

const tagOf = (password: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> =>
  inTurn(() =>
    derive('argon2id', {
      message: password.normalize('NFKC'),
      nonce,
      parallelism,
      tagLength,
      memory,
      passes,
    }),
  );

/** Keeps the threads of this process free for others: so many are worked out at once, the next wait for them. */
const mostAtOnce = 2;
const mostWaiting = 200;
const waiting: (() => void)[] = [];
let atWork = 0;

/** More passwords are being tried than this machine can look at. */
export class TooManyTriesError extends Error {
  override readonly name = 'TooManyTriesError';
}

/** How long the last took, with its wait for others, milliseconds. */
let lastMillis = 30;

/** Waits as long as a password is looked at, at the machine's cost of a timer. */
export const asLongAsPassword = (): Promise<void> => pause(lastMillis);

const inTurn = async (work: () => Promise<Buffer>): Promise<Buffer> => {
  if (waiting.length >= mostWaiting) throw new TooManyTriesError();
  const begun = performance.now();
  if (atWork >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else atWork += 1;
  try {
    return await work();
  } finally {
    lastMillis = performance.now() - begun;
    const next = waiting.shift();
    if (next === undefined) atWork -= 1;
    else next();
  }
};

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** A password as it is kept: argon2id in the usual notation, salted. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16);
  const { memory, passes, parallelism } = cost;
  const tag = await tagOf(password, nonce, cost);
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
};

const notation = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

/** True where it is the password that was kept; takes its time also where none was, so that nobody learns which. */
export const isPassword = async (password: string, kept: string | null): Promise<boolean> => {
  const [, memory, passes, parallelism, nonce = '', tag = ''] = notation.exec(kept ?? '') ?? [];
  if (memory === undefined) {
    await tagOf(password, randomBytes(16), cost);
    return false;
  }
  const wanted = Buffer.from(tag, 'base64');
  const found = await tagOf(password, Buffer.from(nonce, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return found.length === wanted.length && timingSafeEqual(found, wanted);
};

/** True where a password was kept at another cost than today's: it is hashed anew when it is next typed. */
export const isOutdated = (kept: string): boolean => {
  const [, memory, passes, parallelism] = notation.exec(kept) ?? [];
  return (
    Number(memory) !== cost.memory ||
    Number(passes) !== cost.passes ||
    Number(parallelism) !== cost.parallelism
  );
};
