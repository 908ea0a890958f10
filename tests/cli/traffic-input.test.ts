import { access, appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { beforeAll, expect, test } from 'vitest';
import { fileSource } from '../../src/cli/input-file.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand, type Said } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
});

const ingest = async (content: string | Uint8Array, ...more: string[]): Promise<Said> => {
  const file = join(folder, 'given');
  await writeFile(file, content);
  return runCommand(['ingest', 'traffic', file, '--workspace', workspace, '--lang', 'en', ...more]);
};
const queuesStored = async (): Promise<string[]> => {
  const { store, close } = await openWorkspace(workspace);
  const stored = (await store.trafficSummary()).map(({ queue }) => queue);
  await close();
  return stored;
};
const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

test('a dry run stores nothing and leaves no problems file unless one is named', async () => {
  const bad = 'queue,start,offered\ngeneral,2026-11-02 08:00,5\ngeneral,2026-11-02 08:30,6\ngeneral,x,-1\n';
  const inFolder = process.cwd();
  process.chdir(folder);
  try {
    const tried = await ingest(bad, '--skip-bad-rows', '--dry-run');
    expect(tried.code).toBe(0);
    expect(tried.out).toContain('Dry run: nothing was stored');
    expect(await exists(join(folder, 'problems.csv'))).toBe(false);
    expect(await queuesStored()).toEqual([]);
    await ingest(bad, '--skip-bad-rows', '--dry-run', '--problems-out', 'named.csv');
    expect(await readFile(join(folder, 'named.csv'), 'utf8')).toContain('not-a-time');
    expect((await ingest(bad)).code).toBe(3);
    expect(await queuesStored()).toEqual([]);
    await ingest(bad, '--skip-bad-rows');
    expect(await readFile(join(folder, 'problems.csv'), 'utf8')).toContain('"general,x,-1"');
    expect(await queuesStored()).toEqual(['general']);
    // What stands under a name is somebody's: an earlier list has not been mended yet, another file is no list at all.
    await ingest(bad, '--skip-bad-rows');
    expect(await readFile(join(folder, 'problems-2.csv'), 'utf8')).toContain('"general,x,-1"');
    await writeFile(join(folder, 'mine.json'), '{}');
    const refused = await ingest(bad, '--skip-bad-rows', '--problems-out', 'mine.json');
    expect(refused.code).toBe(3);
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe('{}');
  } finally {
    process.chdir(inFolder);
  }
});

test('the list of rows left out takes the place of nothing but an earlier list', async () => {
  const bad = 'queue,start,offered\ngeneral,2026-11-02 08:00,5\ngeneral,2026-11-02 08:30,6\ngeneral,x,-1\n';
  const given = join(folder, 'given');
  const model = join(workspace, 'models', 'hotline.json');
  const kept = await readFile(model, 'utf8');
  for (const named of [given, model]) {
    const said = await ingest(bad, '--skip-bad-rows', '--problems-out', named);
    expect([said.code, said.err]).toEqual([3, expect.stringContaining('nothing was stored')]);
  }
  expect([await readFile(given, 'utf8'), await readFile(model, 'utf8')]).toEqual([bad, kept]);
  const list = join(folder, 'list.csv');
  for (let i = 0; i < 2; i += 1)
    expect((await ingest(bad, '--skip-bad-rows', '--problems-out', list)).code).toBe(0);
});

test('a list that cannot be written is told before anything is stored', async () => {
  const fresh = join(folder, 'fresh');
  await runCommand(['init', '--workspace', fresh, '--timezone', 'Asia/Shanghai']);
  const rows = 'queue,start,offered\ngeneral,2026-11-02 08:00,5\ngeneral,2026-11-02 08:30,5\ngeneral,x,-1\n';
  const list = join(folder, 'no', 'list.csv');
  const said = await ingest(rows, '--workspace', fresh, '--skip-bad-rows', '--problems-out', list);
  expect([said.code, said.err]).toEqual([3, expect.stringContaining('cannot be written')]);
  const { store, close } = await openWorkspace(fresh);
  expect(await store.trafficSummary()).toEqual([]);
  await close();
});

test('a preset that does not exist is wrong usage, answered with those that do', async () => {
  const said = await ingest('queue,start,offered\n', '--preset', 'zh-intervall-report');
  expect(said.code).toBe(2);
  expect(said.err).toContain('zh-interval-report');
});

test('a sheet is taken by its name', async () => {
  const book = utils.book_new();
  for (const [name, offered] of [
    ['one', 1],
    ['two', 2],
  ] as const) {
    const rows = ['08:00', '08:30'].map((at) => ['general', `2026-11-03 ${at}`, offered]);
    utils.book_append_sheet(book, utils.aoa_to_sheet([['queue', 'start', 'offered'], ...rows]), name);
  }
  const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
  const both = await ingest(bytes, '--dry-run');
  expect(both.code).toBe(3);
  expect(both.err + both.out).toContain('given[two]');
  expect((await ingest(bytes, '--dry-run', '--sheet', 'two')).code).toBe(0);
  expect((await ingest(bytes, '--dry-run', '--sheet', 'three')).err).toContain('there are: one, two');
});

test('a file that is written to while it is read is refused', async () => {
  const file = join(folder, 'growing.csv');
  await writeFile(file, 'queue,start,offered\na,2026-11-02 08:00,5\n'.padEnd(300_000, '\n'));
  const read = async (): Promise<number> => {
    let bytes = 0;
    for await (const chunk of (await fileSource(file)).chunks) {
      if (bytes === 0 && growing) await appendFile(file, 'a,2026-11-02 08:30,6\n');
      bytes += chunk.length;
    }
    return bytes;
  };
  let growing = false;
  expect(await read()).toBe(300_000);
  growing = true;
  await expect(read()).rejects.toMatchObject({ problems: [{ rule: 'file-changed-meanwhile', file }] });
});
