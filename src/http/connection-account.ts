import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';
import type { Account } from './access.ts';

/** Rows may be passed over while the kernel writes its table: one that is missing is looked for again. */
const looks = 3;

const known = new WeakMap<Socket, Promise<Account>>();

/**
 * The account of this machine (its number) that a connection over loopback comes from, as Linux tells it: the machine's
 * own word, which no client can choose. Null: its other end is gone, so nobody's. Undefined: this system does not tell.
 */
export const accountOfConnection = (socket: Socket): Promise<Account> => {
  const found = known.get(socket) ?? lookUp(socket);
  known.set(socket, found);
  return found;
};

const lookUp = async ({ localAddress, localPort, remoteAddress, remotePort }: Socket): Promise<Account> => {
  if (process.platform !== 'linux') return undefined;
  const [here, there] = [placesOf(localAddress, localPort), placesOf(remoteAddress, remotePort)];
  for (let turn = 1; ; turn += 1) {
    const rows = await Promise.all(['tcp', 'tcp6'].map(readRows));
    const all = rows.flat();
    const between = (from: readonly string[], to: readonly string[]): Row | undefined =>
      all.find((row) => from.includes(row.local) && to.includes(row.remote));
    const theirs = between(there, here);
    // One without an inode was let go by its program: its number is no longer an account's.
    if (theirs !== undefined) return theirs.inode === 0 ? null : theirs.account;
    // A table that lacks this end as well is none to go by.
    if (turn === looks) return between(here, there) === undefined ? undefined : null;
  }
};

interface Row {
  readonly local: string;
  readonly remote: string;
  readonly account: number;
  readonly inode: number;
}

const readRows = async (table: string): Promise<Row[]> => {
  const text = await readFile(`/proc/net/${table}`, 'latin1').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [, local = '', remote = '', , , , , account = '', , inode = ''] = line.trim().split(/\s+/);
    return /^[0-9A-F]+:[0-9A-F]{4}$/.test(local)
      ? [{ local, remote, account: Number(account), inode: Number(inode) }]
      : [];
  });
};

/** How the tables write an address and port: each word as the machine keeps it, in both families. */
const placesOf = (address = '', port = 0): string[] => {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const four = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number);
  const zeros = Array.from({ length: 10 }, () => 0);
  if (four !== undefined) return [four, [...zeros, 255, 255, ...four]].map((bytes) => words(bytes) + ending);
  return address === '::1' ? [words([...zeros, 0, 0, 0, 0, 0, 1]) + ending] : [];
};

const words = (bytes: readonly number[]): string => {
  const inWords = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(4 * word, 4 * word + 4));
  return inWords
    .map((word) => Buffer.from(endianness() === 'LE' ? word.toReversed() : word).toString('hex'))
    .join('')
    .toUpperCase();
};
