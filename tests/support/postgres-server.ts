import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startFromShared } from './shared-workspace.ts';
import { serverBinaries, serverUser, type ServerUser } from './postgres-binaries.ts';

export interface PostgresServer {
  readonly port: number;
  /** Process id of the server as it runs now: for who wants to know what it uses. */
  pid(): number | undefined;
  /** Makes a database on it and answers its address. */
  makeDatabase(name: string): Promise<string>;
  /** Stops the server and keeps what it holds; `start` brings it back under the same address. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends it without any chance to tidy up. */
  kill(): Promise<void>;
  /** Stops it for good. */
  close(): Promise<void>;
}

const environment = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' };

/**
 * Starts a real PostgreSQL server for tests, from npm packages, on a free port. Undefined where it cannot start; that
 * is said loudly, and tests that need it are then to be skipped, never passed.
 */
export const startPostgres = async (): Promise<PostgresServer | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-postgres-'));
  const along = takeAlong(folder);
  try {
    const user = await serverUser();
    if (user.uid !== undefined) await chmod(folder, 0o755);
    const binaries = await serverBinaries(user, folder);
    await prepareData(binaries, folder, user, along);
    const server = new Server(binaries, folder, user, await freePort(), along);
    await server.start();
    return server;
  } catch (error) {
    process.stderr.write(
      `\n!!! PostgreSQL could not be started: tests that need it are SKIPPED, not passed.\n${String(error)}\n`,
    );
    await rm(folder, { recursive: true, force: true });
    along.letGo();
    return undefined;
  }
};

/** A folder of data as a new server has it: prepared once a run, copied for each server. */
const prepareData = async (
  binaries: string,
  folder: string,
  user: ServerUser,
  along: Along,
): Promise<void> => {
  const data = join(folder, 'data');
  // Prepared where the server's user may go, which the run's folder is not.
  await startFromShared('postgres-data', data, async (made) => {
    await initialise(binaries, folder, user, along);
    if (made !== data) await rename(data, made);
  });
  if (user.uid === undefined || user.gid === undefined) return;
  for (const entry of await readdir(data, { recursive: true }))
    await chown(join(data, entry), user.uid, user.gid);
  await chown(data, user.uid, user.gid);
};

const initialise = async (
  binaries: string,
  folder: string,
  user: ServerUser,
  along: Along,
): Promise<void> => {
  const data = join(folder, 'data');
  const password = join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(data, user.uid, user.gid);
  await writeFile(password, 'for-tests\n');
  const wishes = ['--username=huawu', `--pwfile=${password}`, '--auth=scram-sha-256', '--no-sync'];
  const initialising = promisify(execFile)(
    join(binaries, 'initdb'),
    [`--pgdata=${data}`, '--encoding=UTF8', '--locale=C', ...wishes],
    { ...user, cwd: folder, env: environment },
  );
  along.writes(initialising.child);
  await initialising;
};

class Server implements PostgresServer {
  readonly port: number;
  readonly #binaries: string;
  readonly #folder: string;
  readonly #user: ServerUser;
  readonly #along: Along;
  #process: ChildProcess | undefined;

  constructor(binaries: string, folder: string, user: ServerUser, port: number, along: Along) {
    this.#binaries = binaries;
    this.#folder = folder;
    this.#user = user;
    this.#along = along;
    this.port = port;
  }

  pid(): number | undefined {
    return this.#process?.pid;
  }

  /** After a kill its children still end one by one; until then it will not start. */
  async start(): Promise<void> {
    for (let attempt = 0; ; attempt += 1)
      try {
        this.#process = await this.#spawned();
        return;
      } catch (error) {
        if (attempt === 40 || this.#process === undefined) throw error;
        await pause(250);
      }
  }

  async makeDatabase(name: string): Promise<string> {
    const address = `postgres://huawu:for-tests@127.0.0.1:${this.port}`;
    const client = new Client({ connectionString: `${address}/postgres` });
    await client.connect();
    try {
      await client.query(`create database ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
    return `${address}/${name}`;
  }

  halt(): Promise<void> {
    return this.#end('SIGINT');
  }

  async kill(): Promise<void> {
    const [pid] = (await readFile(join(this.#folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }

  async close(): Promise<void> {
    await this.halt();
    await rm(this.#folder, { recursive: true, force: true });
    this.#along.letGo();
  }

  #spawned(): Promise<ChildProcess> {
    const { promise, resolve, reject } = Promise.withResolvers<ChildProcess>();
    const wishes = [`port=${this.port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
    const child = spawn(
      join(this.#binaries, 'postgres'),
      ['-D', join(this.#folder, 'data'), ...wishes.flatMap((wish) => ['-c', wish])],
      { ...this.#user, cwd: this.#folder, env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-2000);
      if (said.includes('database system is ready to accept connections')) resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`it ended (${String(code ?? signal)}): ${said}`)));
    this.#along.writes(child);
    return promise;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
    this.#along.writes(undefined);
  }
}

interface Along {
  /** The process that writes to the folder now: the server, or what prepares it; undefined: none. */
  writes(child: ChildProcess | undefined): void;
  /** Nothing is left that could stay behind. */
  letGo(): void;
}

const sweeper = new URL('sweep-server.ts', import.meta.url).pathname;

/**
 * Whoever ends without closing, by whatever means, takes the server along, and the folder that it leaves: a process of
 * its own sees this one end by the pipe between them.
 */
export const takeAlong = (folder: string): Along => {
  const child = spawn(process.execPath, [sweeper, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const pipe = child.stdin as Socket;
  // Where it cannot run, what is left stays: no reason to fail the tests.
  child.on('error', () => {});
  pipe.on('error', () => {});
  child.unref();
  pipe.unref();
  const writes = (writer: ChildProcess | undefined): void => void pipe.write(`${writer?.pid ?? ''}\n`);
  return {
    writes,
    letGo: () => {
      writes(undefined);
      pipe.end();
    },
  };
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
