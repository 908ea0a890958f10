import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const line = join(folder, 'line');
beforeAll(async () => {
  await runCommand(['init', '--workspace', line]);
  const workspace = await openWorkspace(line);
  await workspace.store.write('operators', [{ operator: 'A01', skills: ['general'], contractHours: 40 }]);
  await workspace.close();
});

const run = (...args: readonly string[]) =>
  runCommand(['admin', ...args, '--workspace', line, '--lang', 'en']);

test('what is kept of an operator is written for the owner alone; it goes only when that is confirmed', async () => {
  const file = join(folder, 'a01.json');
  expect((await run('export-person', 'A01', '--out', file)).code).toBe(0);
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    account: null,
    lines: [{ hotline: 'main', operator: 'A01', records: { operators: [{ operator: 'A01' }] } }],
  });
  const unsure = await run('erase-person', 'A01');
  expect([unsure.code, unsure.err]).toEqual([2, expect.stringContaining('--yes')]);
  const sure = await run('erase-person', 'A01', '--yes');
  expect([sure.code, sure.out]).toEqual([0, expect.stringContaining('1 row deleted')]);
  const gone = await run('export-person', 'A01');
  expect([gone.code, gone.err]).toEqual([3, expect.stringContaining('no such operator')]);
  const audit = await runCommand(['audit', '--workspace', line, '--lang', 'en']);
  expect([audit.code, audit.out]).toEqual([0, expect.stringContaining('personal data erased')]);
});
