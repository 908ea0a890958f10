import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modelsFrom = join(import.meta.dirname, '../../models');
const folder = await temporaryFolder();
let usual: number;

beforeAll(async () => {
  // As an account is usually set up: what it makes may be read by all.
  usual = process.umask(0o022);
});
afterAll(async () => {
  process.umask(usual);
});

/** Rights of the group and of others on a file or folder. */
const foreignRights = async (path: string): Promise<number> => (await stat(path)).mode & 0o077;

test.skipIf(process.platform === 'win32')(
  'a workspace and all that it keeps beside its models are the owner’s alone',
  async () => {
    const at = join(folder, 'deep', 'line');
    const workspace = await createWorkspace(at, { modelsFrom });
    await workspace.store.write('traffic', trafficRows('a', 50));
    const server = await serveWorkspace({ folder: at, settings: settingsSchema.parse({ port: 0 }) });
    expect(await foreignRights(at)).toBe(0);
    const names = (await readdir(at)).filter((name) => name !== 'models');
    expect(names.toSorted()).toEqual(['access.json', 'huawu.db', 'huawu.db-shm', 'huawu.db-wal']);
    for (const name of names) expect([name, await foreignRights(join(at, name))]).toEqual([name, 0]);
    await server.close();
    await workspace.close();
    const backup = join(folder, 'line.backup');
    expect((await runCommand(['--workspace', at, 'backup', '--out', backup])).code).toBe(0);
    expect(await foreignRights(backup)).toBe(0);
    const elsewhere = join(folder, 'moved');
    expect((await runCommand(['--workspace', at, 'move', '--to', elsewhere])).code).toBe(0);
    expect([await foreignRights(elsewhere), await foreignRights(join(elsewhere, 'huawu.db'))]).toEqual([
      0, 0,
    ]);
  },
);

test.skipIf(process.platform === 'win32')(
  'an older workspace’s records are closed to others when it is opened, and doctor tells of its folder',
  async () => {
    const at = join(folder, 'old');
    await mkdir(at);
    await writeFile(join(at, 'note.txt'), 'here already');
    await (await createWorkspace(at, { modelsFrom })).close();
    await chmod(at, 0o755);
    await chmod(join(at, 'huawu.db'), 0o644);
    await (await openWorkspace(at)).close();
    expect(await foreignRights(join(at, 'huawu.db'))).toBe(0);
    const { out } = await runCommand(['--workspace', at, 'doctor', '--lang', 'en', '--json']);
    expect(out).toContain('folder-open-to-others');
  },
);

test.skipIf(process.platform === 'win32')('rows that were left out are the owner’s alone', async () => {
  const at = join(folder, 'rows');
  await (await createWorkspace(at, { modelsFrom })).close();
  const file = join(folder, 'traffic.csv');
  const problems = join(folder, 'problems.csv');
  await writeFile(
    file,
    'queue,start,offered\ngeneral,2026-11-02T09:00,5\ngeneral,2026-11-02T09:30,6\ngeneral,2026-11-02T10:00,many\n',
  );
  const args = ['ingest', 'traffic', file, '--skip-bad-rows', '--problems-out', problems, '--workspace', at];
  expect((await runCommand(args)).code).toBe(0);
  expect(await foreignRights(problems)).toBe(0);
});
