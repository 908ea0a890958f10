import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModelFiles } from '../../src/http/model-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-models-'));
  await cp(join(import.meta.dirname, '../../models'), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('models are kept while their files stand, and read again once one of them is edited in place', async () => {
  const files = openModelFiles(folder);
  const before = await files.read();
  expect(await files.read()).toBe(before);
  const path = join(folder, 'hotline.json');
  const text = await readFile(path, 'utf8');
  const greeting = `"greetingSeconds": ${before.hotline.greetingSeconds}`;
  expect(text).toContain(greeting);
  await writeFile(path, text.replace(greeting, `"greetingSeconds": ${before.hotline.greetingSeconds + 1}`));
  expect((await files.read()).hotline.greetingSeconds).toBe(before.hotline.greetingSeconds + 1);
  await writeFile(path, '{');
  await expect(files.read()).rejects.toMatchObject({ name: 'BadInputError' });
  await writeFile(path, text);
  expect((await files.read()).hotline).toEqual(before.hotline);
});
