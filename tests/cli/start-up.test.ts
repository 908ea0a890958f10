import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandNames, commandOf } from '../../src/cli/run-cli.ts';
import { silentProgram } from '../support/silent-program.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

test.each([
  [['erlang', '--aht', '240'], 'erlang'],
  [['--workspace', 'plan', '--lang', 'en', '--json', 'rank'], 'rank'],
  [['--seed=3', 'plan', 'rank'], 'plan'],
  [['--workspace=erlang', 'x'], undefined],
  [['erlang', '--help'], undefined],
  [['help', 'erlang'], undefined],
  [['--version'], undefined],
  [[], undefined],
])('%j is for %s', (args, command) => {
  expect(commandOf(args)).toBe(command);
});

test('every command bears the name by which it is loaded', async () => {
  expect((await silentProgram()).commands.map((command) => command.name())).toEqual(commandNames);
});

test('code is kept as compiled, in the account’s own cache', () => {
  const cache = mkdtempSync(join(tmpdir(), 'huawu-cache-'));
  try {
    const args = ['erlang', '--calls-per-hour', '300', '--aht', '240', '--operators', '22'];
    const env = { ...process.env, XDG_CACHE_HOME: cache, NODE_COMPILE_CACHE: undefined };
    expect(spawnSync(process.execPath, [main, ...args], { env }).status).toBe(0);
    expect(readdirSync(cache)).toEqual(['huawu']);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
});
