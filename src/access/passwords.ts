import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { AccessError, accessFinding, type AccessFinding } from './access-findings.ts';

const derive = promisify(argon2) as (algorithm: 'argon2id', given: Argon2Parameters) => Promise<Buffer>;

/** What OWASP asks of argon2id at least: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>;

const tagOf = (
  password: string,
  nonce: Buffer,
  { memory, passes, parallelism }: Cost,
  address?: string,
): Promise<Buffer> =>
  inTurn(address, async () => {
    const begun = performance.now();
    const message = password.normalize('NFKC');
    const tag = await derive('argon2id', { message, nonce, parallelism, tagLength, memory, passes });
    lastMillis = performance.now() - begun;
    return tag;
  });

/** Keeps the threads of this process free for others: so many are worked out at once, the next wait for them. */
const mostAtOnce = 2;
const mostWaiting = 200;
/** Of these so many for one address, so that others find a place. */
const mostOfAddress = 40;
const waiting: { readonly address: string | undefined; readonly go: () => void }[] = [];
let atWork = 0;

/** More passwords are being tried than this machine can look at. */
export class TooManyTriesError extends Error {
  override readonly name = 'TooManyTriesError';
}

/** How long the last was worked out, milliseconds. */
let lastMillis = 30;

/** Takes a password's place and its time, at the machine's cost of a timer. */
export const asLongAsPassword = (address: string | undefined): Promise<void> =>
  inTurn(address, () => pause(lastMillis));

const inTurn = async <Answer>(address: string | undefined, work: () => Promise<Answer>): Promise<Answer> => {
  const ofAddress = address === undefined ? 0 : waiting.filter((each) => each.address === address).length;
  if (waiting.length >= mostWaiting || ofAddress >= mostOfAddress) throw new TooManyTriesError();
  if (atWork >= mostAtOnce) await new Promise<void>((resolve) => waiting.push({ address, go: resolve }));
  else atWork += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) atWork -= 1;
    else next.go();
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

/**
 * True where it is the password that was kept; takes its time also where none was, so that nobody learns which.
 * `address`: from where it comes; left out of a browser that is known, which waits for nobody's share.
 */
export const isPassword = async (
  password: string,
  kept: string | null,
  address?: string,
): Promise<boolean> => {
  const [, memory, passes, parallelism, nonce = '', tag = ''] = notation.exec(kept ?? '') ?? [];
  if (memory === undefined) {
    await tagOf(password, randomBytes(16), cost, address);
    return false;
  }
  const wanted = Buffer.from(tag, 'base64');
  const found = await tagOf(
    password,
    Buffer.from(nonce, 'base64'),
    {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    },
    address,
  );
  return found.length === wanted.length && timingSafeEqual(found, wanted);
};

/** True where a password was kept at another cost than today's: it is hashed again when it is next typed. */
export const isOutdated = (kept: string): boolean => {
  const [, memory, passes, parallelism] = notation.exec(kept) ?? [];
  return (
    Number(memory) !== cost.memory ||
    Number(passes) !== cost.passes ||
    Number(parallelism) !== cost.parallelism
  );
};

const shortestPassword = 12;
const longestPassword = 128;

/** What is wrong with a password that somebody wants, by code. */
type PasswordFlaw = 'password-too-short' | 'password-too-long' | 'password-too-easy';

let loaded: Promise<ZxcvbnFactory> | undefined;

/** The list of common passwords weighs megabytes and is wanted seldom: it comes when it is. */
const estimator = (): Promise<ZxcvbnFactory> => {
  loaded ??= (async () => {
    const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
      import('@zxcvbn-ts/core'),
      import('@zxcvbn-ts/language-common'),
    ]);
    return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  })();
  return loaded;
};

/** So many signs of a wish are looked at, which is work of this thread: four times as many take six times as long. */
const mostLooked = 32;

/** Of 0 to 4: beyond a hundred million guesses, which no sign-in page lets anybody make. */
const strongEnough = 3;

const turned = (text: string): string => [...text].toReversed().join('');

/** How many characters beside names and digits keep a password from being one's own name. */
const fewestOthers = 4;

/** True where hardly anything is left without the names' parts, repeated, joined, turned round or with digits. */
const isOwnName = (password: string, about: readonly string[]): boolean => {
  const parts = about
    .flatMap((name) =>
      name
        .normalize('NFKC')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    )
    .filter((part) => [...part].length > 1)
    .flatMap((part) => [part, turned(part)])
    .toSorted((a, b) => b.length - a.length);
  const letters = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const others = parts.reduce((left, part) => left.replaceAll(part, ' '), letters);
  return others !== letters && others.replaceAll(/[\s\p{N}]/gu, '').length < fewestOthers;
};

/** What a guesser at a hotline's door tries around everything else. */
const wordsOfTheHouse = /12345|huawu|hotline|rexian|zhengwu|fuwu|kefu|zuoxi|话务|热线|政务|服务|客服|座席/gu;

/** A password without the words of the house, and with what comes again in it once: what a guesser has to find. */
const withoutPadding = (password: string): string => {
  const own = password.toLowerCase().replaceAll(wordsOfTheHouse, '');
  return own.replaceAll(/(.{3,})(?=.*\1)/gsu, '');
};

/**
 * Why a password will not do; undefined where it will. No letters or digits are asked for: length, and that it is none of
 * the common ones, no keys in a row, no date, and not made of one's own name, the hotline's number or the same again.
 */
const passwordFlaw = async (
  password: string,
  about: readonly string[],
): Promise<PasswordFlaw | undefined> => {
  const typed = [...password.normalize('NFKC')];
  if (typed.length < shortestPassword) return 'password-too-short';
  if (typed.length > longestPassword) return 'password-too-long';
  if (isOwnName(typed.join(''), about)) return 'password-too-easy';
  const guesser = await estimator();
  const isWeak = (text: string): boolean =>
    guesser.check(text.slice(0, mostLooked), [...about]).score < strongEnough;
  const whole = typed.join('');
  return [...new Set([whole, withoutPadding(whole)])].some(isWeak) ? 'password-too-easy' : undefined;
};

const flawFinding = (flaw: PasswordFlaw): AccessFinding => {
  if (flaw === 'password-too-short') return accessFinding(flaw, { shortest: shortestPassword });
  if (flaw === 'password-too-long') return accessFinding(flaw, { longest: longestPassword });
  return accessFinding(flaw);
};

/** Throws `AccessError` where a password will not do. */
export const refuseFlaws = async (password: string, about: readonly string[]): Promise<void> => {
  const flaw = await passwordFlaw(password, about);
  if (flaw !== undefined) throw new AccessError(flawFinding(flaw));
};
