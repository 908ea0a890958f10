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

test('what a document leaves out is not set back to its default in silence', async () => {
  const files = openModelFiles(folder);
  const path = join(folder, 'levers.json');
  const before = await readFile(path, 'utf8');
  const levers = { ...(await files.read()).levers };
  const dearer = { ...levers, prompts: { ...levers.prompts, costPerStretch: 12 } };
  await files.write('levers', dearer);
  await expect(files.write('levers', {})).rejects.toMatchObject({
    problems: [{ rule: 'left-out', path: 'levers.prompts' }],
  });
  await expect(files.write('levers', { ...dearer, prompts: {} })).rejects.toMatchObject({
    problems: [{ rule: 'left-out', path: 'levers.prompts.costPerStretch' }],
  });
  expect((await files.read()).levers).toEqual(dearer);
  // Said in so many words, the default is taken; and what is at its default may be left out.
  await files.write('levers', levers);
  const { callbacks: _, ...rest } = levers;
  expect(await files.write('levers', rest)).toEqual(levers);
  await writeFile(path, before);
});
