import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takeAlong, freePort } from './postgres-server.ts';

export interface MariaDbServer {
  readonly port: number;
  /** Stops the server and keeps what it holds; `start` brings it back under the same port. */
  halt(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Where the server is that the machine has, if it has one: Debian's package mariadb-server-core. */
const found = (): string | undefined =>
  [...(process.env.PATH ?? '').split(':'), '/usr/sbin']
    .map((folder) => join(folder, 'mariadbd'))
    .find((file) => existsSync(file));

const password = 'for-tests';

/**
 * Starts a real MariaDB server for tests on a free port, with a database `switch`, a user `huawu` who may do anything and one
 * `reader` who may do more than a feed does. Undefined where the machine has none: tests that need it are then to be skipped, never passed.
 */
export const startMariaDb = async (): Promise<MariaDbServer | undefined> => {
  const binary = found();
  if (binary === undefined) {
    process.stderr.write('\n!!! No MariaDB on this machine: tests that need it are SKIPPED, not passed.\n');
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'huawu-mariadb-'));
  const along = takeAlong(folder);
  const base = dirname(dirname(binary));
  const [data, users] = [join(folder, 'data'), join(folder, 'users.sql')];
  await mkdir(data);
  const wishes = [
    ...['--no-defaults', `--basedir=${base}`, `--datadir=${data}`, '--innodb-log-file-size=4M'],
    // it wants to be told that it runs as root
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
  const boot = spawn(binary, [...wishes, '--bootstrap'], { stdio: ['pipe', 'ignore', 'ignore'] });
  along.writes(boot);
  const share = existsSync(join(base, 'share/mariadb')) ? 'share/mariadb' : 'share/mysql';
  const tables = ['mariadb_system_tables.sql', 'mariadb_system_tables_data.sql'].map((name) =>
    readFile(join(base, share, name), 'utf8'),
  );
  boot.stdin.end(['create database mysql;', 'use mysql;', ...(await Promise.all(tables))].join('\n'));
  await once(boot, 'exit');
  await writeFile(
    users,
    [
      'create database if not exists switch;',
      `create user if not exists huawu@'127.0.0.1' identified by '${password}';`,
      "grant all on *.* to huawu@'127.0.0.1';",
      `create user if not exists reader@'127.0.0.1' identified by '${password}';`,
      "grant select, insert, update, create on switch.* to reader@'127.0.0.1';",
      "grant execute, file on *.* to reader@'127.0.0.1';",
    ].join('\n'),
  );
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const child = spawn(
      binary,
      [
        ...[...wishes, `--port=${port}`, '--bind-address=127.0.0.1', `--init-file=${users}`],
        ...[`--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`],
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    server = child;
    along.writes(child);
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        said = (said + piece).slice(-2000);
        if (said.includes('ready for connections')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`it ended (${code}): ${said}`)));
    });
  };
  const halt = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
    along.writes(undefined);
  };
  await start();
  return {
    port,
    halt,
    start,
    close: async () => {
      await halt();
      await rm(folder, { recursive: true, force: true });
      along.letGo();
    },
  };
};
