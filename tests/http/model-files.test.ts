import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { readModels } from '../../src/store/workspace-models.ts';
import { modelVersion } from '../../src/contract/http/model-name.ts';
import { documentOf, openModelFiles } from '../../src/http/model-files.ts';
import type { BadInputError } from '../../src/kernel/errors.ts';
import type { Store } from '../../src/planning/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
beforeAll(async () => {
  await cp(join(import.meta.dirname, '../../models'), folder, { recursive: true });
});

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

test('a window of more than a night that was confirmed is neither warned of nor asked again; one edited by hand is', async () => {
  const files = openModelFiles(folder);
  const path = join(folder, 'shifts.json');
  const before = await readFile(path, 'utf8');
  const { shifts } = await files.read();
  const [first, ...rest] = shifts.templates;
  if (first === undefined) throw new Error('the models have a shift');
  const starting = (earliestStart: string, latestStart: string, minimumPerStart = 1) => ({
    ...shifts,
    minimumPerStart,
    templates: [{ ...first, earliestStart, latestStart }, ...rest],
  });
  const warnings = async (): Promise<string[]> => {
    const rules: string[] = [];
    await readModels(folder, ({ rule }) => void rules.push(rule));
    return rules;
  };
  const confirmed = starting('21:00', '20:00');
  await expect(files.write('shifts', confirmed)).rejects.toMatchObject({
    problems: [{ rule: 'window-reversed' }],
  });
  expect(await files.write('shifts', starting('21:00', '44:00'))).toEqual(confirmed);
  expect([(await files.read()).shifts, await warnings()]).toEqual([confirmed, []]);
  // As it is handed out, with something else changed.
  await files.write('shifts', starting('21:00', '20:00', 2));
  expect([(await files.read()).shifts, await warnings()]).toEqual([starting('21:00', '20:00', 2), []]);
  // Nobody was asked of what stands in a file, and saving something else is no answer.
  await writeFile(path, JSON.stringify(confirmed));
  expect(await warnings()).toEqual(['window-reversed']);
  await files.write('shifts', starting('21:00', '20:00', 2));
  expect(await warnings()).toEqual(['window-reversed']);
  await writeFile(path, before);
});

test('models that fit only together are written together, or none of them is', async () => {
  const files = openModelFiles(folder);
  const { hotline, tiers, targets } = await files.read();
  const [pattern] = hotline.queues;
  const [first] = tiers.tiers;
  if (pattern === undefined || first === undefined) throw new Error('the models have a queue and a tier');
  const withQueue = { ...hotline, queues: [...hotline.queues, { ...pattern, queue: '投诉' }] };
  const answered = {
    ...tiers,
    tiers: tiers.tiers.with(0, {
      ...first,
      queues: [...first.queues, { queue: '投诉', preference: 1, overflowDelaySeconds: 0 }],
    }),
  };
  await expect(files.write('hotline', withQueue)).rejects.toMatchObject({
    problems: [{ rule: 'queue-without-tier', value: '投诉' }],
  });
  await expect(files.write('tiers', answered)).rejects.toMatchObject({
    problems: [{ rule: 'unknown-name' }],
  });
  await expect(
    files.writeAll({ hotline: withQueue, tiers: answered, targets: { ...targets, confidence: 2 } }),
  ).rejects.toMatchObject({ problems: [{ path: 'targets.confidence' }] });
  expect((await files.read()).hotline).toEqual(hotline);
  await files.writeAll({ hotline: withQueue, tiers: answered });
  const now = await files.read();
  expect([now.hotline, now.tiers]).toEqual([withQueue, answered]);
  await files.writeAll({ hotline, tiers });
});

test('profiles of labour rules are one document, each kept in its own file', async () => {
  const files = openModelFiles(folder);
  const profilesNow = async () => (await files.read()).labourRules ?? [];
  const before = await profilesNow();
  const [first, ...others] = before;
  if (first === undefined) throw new Error('the product has labour rules');
  const longer = { ...first, nightStartsFrom: 20 };
  const own = { ...first, profile: 'our-own' };
  await files.write('labourRules', { profiles: [longer, ...others, own] });
  // By file name: the new one stands among the others.
  expect((await profilesNow()).map(({ profile }) => profile)).toEqual(
    [...before.map(({ profile }) => profile), 'our-own'].sort(),
  );
  expect((await profilesNow())[0]).toEqual(longer);
  await expect(files.write('labourRules', { profiles: [{ ...first, rules: [] }] })).rejects.toMatchObject({
    problems: [{ path: 'labourRules.profiles.0.rules' }],
  });
  await files.write('labourRules', { profiles: before });
  expect(await profilesNow()).toEqual(before);
});

test('a profile that is called like a device of another system has a file that is none', async () => {
  const files = openModelFiles(folder);
  const before = (await files.read()).labourRules ?? [];
  const [first] = before;
  if (first === undefined) throw new Error('the product has labour rules');
  const devices = ['con', 'nul', 'com1', 'lpt1', 'prn', 'aux'];
  await files.write('labourRules', {
    profiles: [...before, ...devices.map((profile) => ({ ...first, profile }))],
  });
  const written = await readdir(join(folder, 'labour-rules'));
  expect(written.filter((name) => /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name))).toEqual([]);
  const kept = (await files.read()).labourRules?.map(({ profile }) => profile);
  expect(kept).toEqual(expect.arrayContaining(devices));
  await files.write('labourRules', { profiles: before });
});

test('a write that fails half way leaves every file as it stood', async () => {
  const files = openModelFiles(folder);
  const { targets, labourRules = [] } = await files.read();
  const texts = async () => Promise.all(['targets.json'].map((file) => readFile(join(folder, file), 'utf8')));
  const before = await texts();
  const database = await createWorkspace(join(folder, '..', `${basename(folder)}-records`), {
    modelsFrom: folder,
  });
  // A folder stands where the new profile's file is to be.
  await mkdir(join(folder, 'labour-rules', 'blocked.json', 'inside'), { recursive: true });
  const [profile] = labourRules;
  if (profile === undefined) throw new Error('the models have a profile');
  const wanted = {
    targets: { ...targets, connectionRate: 0.5 },
    labourRules: { profiles: [...labourRules, { ...profile, profile: 'blocked' }] },
  };
  await expect(files.writeAll(wanted, { store: database.store, versions: [] })).rejects.toThrow();
  expect(await texts()).toEqual(before);
  expect(
    (await database.store.audit({ limit: 5 })).filter(({ action }) => action === 'models-changed'),
  ).toEqual([]);
  await rm(join(folder, 'labour-rules', 'blocked.json'), { recursive: true });
  // A long name is one of a profile, and its file has another.
  const long = { profiles: [...labourRules, { ...profile, profile: 'x'.repeat(300) }] };
  await files.writeAll({ labourRules: long }, { store: database.store, versions: [] });
  expect((await files.read()).labourRules).toHaveLength(labourRules.length + 1);
  await database.close();
  await rm(database.folder, { recursive: true });
});

test('a write that is not noted leaves every file as it was, and nothing beside them', async () => {
  const files = openModelFiles(folder);
  const { targets, labourRules: [first, ...others] = [] } = await files.read();
  if (first === undefined) throw new Error('the product has labour rules');
  const texts = async () => {
    const names = (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith('.json'))
      .sort();
    return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]));
  };
  const before = await texts();
  const documents = (profile: string) => ({
    targets: { ...targets, connectionRate: 0.5 },
    labourRules: { profiles: [{ ...first, nightStartsFrom: 20 }, ...others, { ...first, profile }] },
  });
  const noteChange = async (_notes: unknown, change?: () => Promise<void>): Promise<void> => {
    await change?.();
    throw new Error('the log is not there');
  };
  const change = { store: { noteChange }, versions: [] };
  await expect(files.writeAll(documents('new'), change)).rejects.toThrow('the log');
  expect(await texts()).toEqual(before);
  expect(await readdir(join(folder, 'labour-rules'))).toEqual(
    before.flatMap(([name = '']) => (name.startsWith('labour-rules/') ? [name.slice(13)] : [])),
  );
});

test('what models said before is remembered for so many characters', async () => {
  const at = await mkdtemp(join(tmpdir(), 'huawu-models-'));
  try {
    await cp(join(import.meta.dirname, '../../models'), at, { recursive: true });
    const files = openModelFiles(at);
    const days = Array.from({ length: 7000 }, (_, i) => ({
      date: new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
      kind: 'ordinary' as const,
    }));
    const versions: string[] = [];
    for (let turn = 0; turn < 16; turn += 1) {
      await files.write('calendar', { days: days.slice(turn) });
      versions.push(await modelVersion('calendar', documentOf(await files.read(), 'calendar')));
    }
    const change = (version: string | undefined) => {
      const store = { noteChange: async () => undefined } as unknown as Store;
      return files.write('calendar', { days: [] }, { store, versions: [version ?? ''] });
    };
    const told = async (version: string | undefined): Promise<unknown> =>
      ((await change(version).catch((error: unknown) => error)) as BadInputError).problems[0];
    expect(await told(versions.at(-2))).toMatchObject({
      rule: 'model-changed-meanwhile',
      values: { changes: expect.anything() },
    });
    expect(await told(versions[0])).toMatchObject({ values: { changes: null } });
  } finally {
    await rm(at, { recursive: true, force: true });
  }
});

test('a write that changes nothing leaves no entry in the log', async () => {
  const files = openModelFiles(folder);
  const { targets, shifts } = await files.read();
  const database = await createWorkspace(join(folder, '..', `${basename(folder)}-same`), {
    modelsFrom: folder,
  });
  const { store } = database;
  const noted = async (): Promise<readonly string[]> =>
    (await store.audit({ limit: 50 })).flatMap(({ action, subject }) =>
      action === 'models-changed' ? [subject] : [],
    );
  await files.writeAll({ targets, shifts }, { store, versions: [] });
  expect(await noted()).toEqual([]);
  await files.writeAll({ targets: { ...targets, connectionRate: 0.51 }, shifts }, { store, versions: [] });
  expect(await noted()).toEqual(['targets']);
  await files.writeAll({ targets }, { store, versions: [] });
  await database.close();
  await rm(database.folder, { recursive: true });
});
