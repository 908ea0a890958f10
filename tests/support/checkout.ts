import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { pageToken } from '../../src/http/guard.ts';

/*
 * The product from outside, as those who use it have it: by its commands and over HTTP alone. `HUAWU_CHECKOUT` names the
 * folder of another checkout of it, in which a test that holds today can be seen to fail.
 */

const root = process.env['HUAWU_CHECKOUT'] ?? fileURLToPath(new URL('../..', import.meta.url));

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A module that is loaded before anything else. */
  readonly first?: string;
  /** Most processor time, after which the system ends it. */
  readonly seconds?: number;
}

const start = (args: readonly string[], { input, env, first, seconds }: RunOptions): ChildProcess => {
  const loaded = first === undefined ? [] : ['--import', first];
  const [command, ...rest] = [
    ...(seconds === undefined ? [] : ['sh', '-c', 'ulimit -t "$0"; exec "$@"', String(seconds)]),
    process.execPath,
    ...loaded,
    ...[join(root, 'src/cli/main.ts'), ...args, '--lang', 'en'],
  ];
  const child = spawn(command ?? '', rest, {
    env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '', ...env },
  });
  child.stdin.on('error', () => undefined).end(input);
  return child;
};

export interface Ran {
  /** Null: it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end. */
export const runThere = async (args: readonly string[], options: RunOptions = {}): Promise<Ran> => {
  const child = start(args, options);
  const said = { out: '', err: '' };
  child.stdout?.on('data', (piece: Buffer) => (said.out += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (said.err += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
};

export interface ServedThere {
  readonly url: string;
  readonly setUpCode: string;
  close(): Promise<void>;
}

/** Serves a workspace; the exit code where it does not. */
export const serveThere = async (
  folder: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServedThere | number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await once(probe.close(), 'close');
  const listening = ['serve', '--port', String(port), '--json', '--workspace', folder];
  const child = start([...listening, ...args], { env });
  const closed = once(child, 'close') as Promise<[number]>;
  child.stderr?.resume();
  const said = await Promise.race([once(child.stdout!, 'data') as Promise<[Buffer]>, closed]);
  const told = JSON.parse(said[0] instanceof Buffer ? String(said[0]) : '{}') as {
    readonly url?: string;
    readonly setUpCode?: string;
  };
  if (told.url === undefined) return (await closed)[0];
  return {
    // What it says is the address that others have.
    url: `http://127.0.0.1:${port}`,
    setUpCode: told.setUpCode ?? '',
    close: async () => {
      child.kill('SIGTERM');
      await closed;
    },
  };
};

/** A browser: it keeps its cookies, and its writes carry the token of the page. */
export const browserAt = (url: string) => {
  const cookies = new Map<string, string>();
  const ask = async (method: string, path: string, body?: object) => {
    const session = [...cookies].find(([name]) => name.includes('session'))?.[1];
    const answer = await fetch(`${url}${apiRoot}${path}`, {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(session === undefined ? {} : { [tokenHeader]: pageToken(session) }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, said: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
  };
  return { ask, cookies };
};
