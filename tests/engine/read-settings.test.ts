import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, settingNames } from '../../src/engine/read-settings.ts';
import { BadInputError } from '../../src/kernel/errors.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (settings: unknown): Promise<void> =>
  writeFile(join(folder, 'settings.json'), JSON.stringify(settings));

const pathsOf = async (reading: Promise<unknown>): Promise<string[]> => {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BadInputError);
  return (error as BadInputError).problems.map((problem) => problem.path ?? problem.rule).sort();
};

test('a folder without settings has the defaults', async () => {
  const { settings, sources } = await readSettings(folder, {});
  expect(settings).toMatchObject({ store: 'sqlite', jobs: 'here', host: '127.0.0.1', port: 12_345 });
  expect(new Set(Object.values(sources))).toEqual(new Set(['default']));
  expect(Object.keys(sources).sort()).toEqual([...settingNames].sort());
});

test('the file outranks defaults, the environment the file, an option all', async () => {
  await write({ port: 1, host: '::1', logLevel: 'info' });
  const { settings, sources } = await readSettings(
    folder,
    { HUAWU_PORT: '2', HUAWU_LOG_LEVEL: 'error', HUAWU_STORE: '' },
    { port: 3 },
  );
  expect(settings).toMatchObject({ port: 3, host: '::1', logLevel: 'error', store: 'sqlite' });
  expect(sources).toMatchObject({ port: 'option', host: 'file', logLevel: 'environment', store: 'default' });
});

test('everything that is wrong is told at once, under the name that it has there', async () => {
  await write({ port: 'many', prot: 1 });
  const paths = await pathsOf(readSettings(folder, { HUAWU_THREADS: 'x', HUAWU_STORE: 'mysql://a/b' }));
  // And the setting that does not exist, of the file as a whole.
  expect(paths).toHaveLength(4);
  expect(paths).toEqual(expect.arrayContaining(['HUAWU_STORE', 'HUAWU_THREADS', 'port']));
});

test('what is wrong in the file is told with where the file stands', async () => {
  await write({ port: 'many' });
  const refused: unknown = await readSettings(folder, {}).catch((error: unknown) => error);
  const problems = refused instanceof BadInputError ? refused.problems : [];
  expect(problems.map(({ file }) => file)).toEqual([join(folder, 'settings.json')]);
});

test('settings that are no JSON, or no object', async () => {
  await writeFile(join(folder, 'settings.json'), '{"port": ');
  expect(await pathsOf(readSettings(folder, {}))).toEqual(['not-json']);
  await write([1]);
  expect(await pathsOf(readSettings(folder, {}))).toHaveLength(1);
});

test('workers need a store that they can reach', async () => {
  expect(await pathsOf(readSettings(folder, { HUAWU_JOBS: 'workers' }))).toEqual(['jobs']);
  const shared = { HUAWU_JOBS: 'workers', HUAWU_STORE: 'postgres://huawu:x@127.0.0.1:5432/huawu' };
  expect((await readSettings(folder, shared)).settings.jobs).toBe('workers');
});

test('a variable is named after its setting', async () => {
  const { settings } = await readSettings(folder, { HUAWU_REQUESTS_PER_MINUTE: '77' });
  expect(settings.requestsPerMinute).toBe(77);
});
