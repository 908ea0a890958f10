import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { tokenOf } from '../../src/http/access.ts';
import { copyWorkspace } from '../support/test-site.ts';
import { commandNames, commandOf } from '../../src/cli/run-cli.ts';
import { silentProgram } from '../support/silent-program.ts';
import { isLongRun } from '../support/sweep.ts';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'src/cli/main.ts');

test.each([
  [['erlang', '--aht', '240'], 'erlang'],
  [['--workspace', 'plan', '--lang', 'en', '--json', 'rank'], 'rank'],
  [['--seed=3', 'plan', 'rank'], 'plan'],
  [['--workspace=erlang', 'x'], undefined],
  [['erlang', '--help'], 'erlang'],
  [['--help', 'erlang'], undefined],
  [['help', 'erlang'], undefined],
  [['--version'], undefined],
  [[], undefined],
])('%j is for %s', (args, command) => {
  expect(commandOf(args)).toBe(command);
});

test('every command bears the name by which it is loaded', async () => {
  expect((await silentProgram()).commands.map((command) => command.name())).toEqual(commandNames);
});

/** Says on leaving, thread by thread, which modules were loaded. */
const watching = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load: (url, context, next) => { process._rawDebug('loaded ' + url); return next(url, context); } });
`)}`;

/** The modules that a command line loads. */
const loadedBy = (...args: readonly string[]): string[] => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', watching, main, ...args]);
  expect(status).toBe(0);
  return stderr.toString().match(/(?<=^loaded ).*/gm) ?? [];
};

test('a command loads what it needs: for its version, or the help of one, not all the others', () => {
  const version = loadedBy('--version');
  expect(version.some((module) => module.endsWith('cli/main.ts'))).toBe(true);
  expect(version.filter((module) => /words|commander/.test(module))).toEqual([]);
  const commands = loadedBy('erlang', '--help').filter((module) => module.includes('cli/commands/'));
  expect(commands.map((module) => module.replace(/.*\//, ''))).toEqual(['erlang.ts']);
});

test('code is kept as compiled from the first file on, in the account’s own cache', () => {
  const cache = mkdtempSync(join(tmpdir(), 'huawu-cache-'));
  try {
    const args = [join(root, 'bin/huawu.js'), '--version'];
    const env = {
      ...process.env,
      XDG_CACHE_HOME: cache,
      NODE_COMPILE_CACHE: undefined,
      NODE_DEBUG_NATIVE: 'COMPILE_CACHE',
    };
    expect(spawnSync(process.execPath, args, { env }).status).toBe(0);
    expect(readdirSync(cache)).toEqual(['huawu']);
    const again = spawnSync(process.execPath, args, { env }).stderr.toString();
    expect(again).toMatch(/retrieving transpile cache for StrippedTypeScript \S+cli\/main\.ts\.\.\.success/);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
});

/** Serves a workspace until a job has ended, whatever its end; answers what Node says of the code that it kept. */
const serveOneJob = async (folder: string, cache: string): Promise<string> => {
  const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--json', '--workspace', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
  });
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [first] = (await once(server.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(String(first)) as { url: string };
  const headers = { [tokenHeader]: await tokenOf(folder), 'content-type': 'application/json' };
  const ask = async (path: string, init: RequestInit = {}): Promise<{ id: string; state: string }> => {
    const answer = await fetch(`${url}${apiRoot}${path}`, { ...init, headers });
    return (await answer.json()) as { id: string; state: string };
  };
  const { id } = await ask('/plans', { method: 'POST', body: '{}' });
  await expect.poll(async () => (await ask(`/jobs/${id}`)).state, { timeout: 120_000 }).toBe('failed');
  server.kill('SIGTERM');
  await once(server, 'close');
  return said;
};

test.runIf(isLongRun)(
  'a server takes up all that one before it has compiled, jobs included',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huawu-kept-'));
    try {
      const [line, cache] = [join(folder, 'line'), join(folder, 'compiled')];
      await copyWorkspace('nothing', line);
      await serveOneJob(line, cache);
      const again = await serveOneJob(line, cache);
      expect(again.match(/code cache for ESM \S+src\/\S+ was accepted/g)?.length).toBeGreaterThan(100);
      expect(again.match(/code cache for \S+ \S+ was rejected/g) ?? []).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);
