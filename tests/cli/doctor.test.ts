import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--hotline', 'line-a']);
});

interface DoctorDocument {
  readonly ok: boolean;
  readonly settings: readonly { setting: string; value: string | number; source: string }[];
  readonly checks: readonly { check: string; problems: readonly { rule: string; severity: string }[] }[];
}

const examine = async (): Promise<{ code: number; document: DoctorDocument; out: string }> => {
  const { code, out } = await runCommand(['doctor', '--workspace', workspace, '--json']);
  return { code, out, document: JSON.parse(out) as DoctorDocument };
};
const settle = (settings: unknown): Promise<void> =>
  writeFile(join(workspace, 'settings.json'), JSON.stringify(settings));
const errorsOf = ({ checks }: DoctorDocument): string[] =>
  checks.flatMap(({ check, problems }) =>
    problems.filter(({ severity }) => severity === 'error').map(({ rule }) => `${check} ${rule}`),
  );

test('init keeps what it was told, for its owner only, and all is in order', async () => {
  const file = join(workspace, 'settings.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ store: 'sqlite', hotline: 'line-a' });
  expect((await stat(file)).mode & 0o077).toBe(0);
  const before = await readdir(workspace);
  const { code, document } = await examine();
  expect([code, document.ok, errorsOf(document)]).toEqual([0, true, []]);
  expect(document.settings).toContainEqual({ setting: 'hotline', value: 'line-a', source: 'file' });
  expect(document.settings).toContainEqual({ setting: 'port', value: 12_345, source: 'default' });
  const records = (names: readonly string[]): string[] =>
    names.filter((name) => !name.startsWith('huawu.db-'));
  expect(records(await readdir(workspace))).toEqual(records(before));
});

test('what would stop the product is told without its password, and ends with 3', async () => {
  await settle({ store: 'postgres://huawu:secret@127.0.0.1:1/huawu', hotline: 'line-a', host: '0.0.0.0' });
  const { code, document, out } = await examine();
  expect([code, document.ok]).toEqual([3, false]);
  expect(errorsOf(document)).toEqual(['store database-unreachable', 'address beyond-loopback']);
  expect(out).not.toContain('secret');
});

test('a damaged model file is found', async () => {
  await settle({ hotline: 'line-a' });
  const file = join(workspace, 'models', 'tiers.json');
  const whole = await readFile(file, 'utf8');
  await writeFile(file, whole.slice(0, 40));
  expect((await examine()).document.checks.find(({ check }) => check === 'models')?.problems).toMatchObject([
    { rule: 'not-json' },
  ]);
  await writeFile(file, whole);
});

test('settings that are wrong stop every command, with all that is wrong', async () => {
  await settle({ port: 'many', jobs: 'workers' });
  for (const command of ['doctor', 'serve', 'worker', 'plan']) {
    const { code, err } = await runCommand([command, '--workspace', workspace, '--lang', 'en']);
    expect([command, code, err.includes('port')]).toEqual([command, 3, true]);
  }
});

test('a worker without PostgreSQL is wrong usage; one whose server is away is told so', async () => {
  await settle({});
  const without = await runCommand(['worker', '--workspace', workspace, '--lang', 'en']);
  expect([without.code, without.err.includes('needs PostgreSQL')]).toEqual([2, true]);
  const address = 'postgres://huawu:secret@127.0.0.1:1/huawu';
  const away = await runCommand(['worker', '--workspace', workspace, '--store', address, '--lang', 'en']);
  expect([away.code, away.err.includes('cannot be reached'), away.err.includes('secret')]).toEqual([
    3,
    true,
    false,
  ]);
});

test('an entry of the log of changes that was taken out of the file is found, and its number told', async () => {
  await settle({ store: 'sqlite', hotline: 'line-a' });
  for (const factor of ['1.2', '1.3', '1.4'])
    await runCommand([
      ...['overrule', 'add', '--workspace', workspace, '--date', '2026-11-24'],
      ...['--factor', factor, '--reason', 'r'],
    ]);
  const sound = await examine();
  expect([sound.code, errorsOf(sound.document)]).toEqual([0, []]);
  const file = new DatabaseSync(join(workspace, 'huawu.db'));
  file.exec('delete from audit where number = 2');
  file.close();
  const broken = await examine();
  expect([broken.code, errorsOf(broken.document)]).toEqual([3, ['log log-broken']]);
  const said = await runCommand(['doctor', '--workspace', workspace, '--lang', 'en']);
  expect(said.out).toContain('1 entry is missing from the log of changes, from number 2 on');
  const listed = await runCommand(['audit', '--workspace', workspace, '--lang', 'en']);
  expect(listed.out).toContain('The log has been altered in 1 place: see huawu doctor.');
});
