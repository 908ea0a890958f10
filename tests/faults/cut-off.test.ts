import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notedAccounts } from '../../src/access/accounts.ts';
import { localActor } from '../../src/kernel/actor.ts';
import { openDatabase, openStores } from '../../src/store/open-store.ts';
import { takeBackInit } from '../../src/store/create-workspace.ts';
import { addLine } from '../../src/store/facts.ts';
import { fillStore } from '../support/fill-store.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { runCommand, type Said } from '../support/run-command.ts';
import { makeOldFile } from '../support/scenes.ts';
import { isLongRun } from '../support/sweep.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * A command that is cut off before each of its steps, one by one: what then is there is looked at by the next command, as
 * whoever starts it again would. One run of the command keeps an image before every step; a long run ends it for real.
 */
const root = await temporaryFolder();
const [made, ground, images] = [join(root, 'made'), join(root, 'ground'), join(root, 'images')];
const line = join(ground, 'line');
const target = join(ground, 'target');
const kept = join(ground, 'kept.db');

const run = (...args: readonly string[]): Promise<Said> => runCommand([...args, '--lang', 'en']);
const overrules = async (folder: string): Promise<readonly [number, number]> => {
  const { code, out } = await run('--workspace', folder, '--json', 'overrule', 'list');
  return [code, code === 0 ? (JSON.parse(out) as { overrules: object[] }).overrules.length : -1];
};
const addOverrule = (folder: string): Promise<Said> =>
  run('--workspace', folder, ...'overrule add --date 2026-03-02 --factor 1.2 --reason fair'.split(' '));
/** Which models a folder has: those of the workspace as it is say `later`. */
const modelsOf = async (folder: string): Promise<'later' | 'kept' | 'none'> => {
  const file = join(folder, 'models', 'hotline.json');
  if (!existsSync(file)) return 'none';
  return (await readFile(file, 'utf8')).includes('later') ? 'later' : 'kept';
};
/** Nothing that was there for the time being is left. */
const leftIn = async (folder: string): Promise<readonly string[]> =>
  existsSync(folder)
    ? (await readdir(folder)).filter((name) => !/^(models|settings\.json|huawu\.db(-wal|-shm)?)$/.test(name))
    : [];

const act = new URL('../support/act.ts', import.meta.url).pathname;
const stop = new URL('../support/stop-at-step.ts', import.meta.url).pathname;

const runChild = (args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', stop, act, JSON.stringify(args)], {
      env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '', ...environment },
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('close', () => resolve(said));
  });

const layGround = async (from = made): Promise<void> => {
  await rm(ground, { recursive: true, force: true });
  await cp(from, ground, { recursive: true });
};

/** Of models that are written one by one, and parts of a file that are removed one by one, the last tells for all. */
const isOneOfMany =
  /(mkdir|writeFile) .*\.restoring\/models|writeFile .*writing|rm .*(-wal|-shm|writing-[^ ]*)$/;

/** Looks at what a command leaves when it is cut off before each of its steps; answers how many there were. */
const cutOffEverywhere = async (
  args: readonly string[],
  look: (step: string) => Promise<void>,
  from = made,
): Promise<number> => {
  await rm(images, { recursive: true, force: true });
  await mkdir(images);
  expect(await runChild(args, { IMAGES_OF: ground, IMAGES_IN: images })).toContain('done');
  const steps = (await readdir(images)).filter((name) => name.endsWith('.step')).sort();
  for (const name of steps) {
    const said = `${name} ${await readFile(join(images, name), 'utf8')}`;
    const isLikeOthers = isOneOfMany.test(said);
    if (!isLongRun && isLikeOthers) continue;
    if (isLongRun && !isLikeOthers) {
      await layGround(from);
      await runChild(args, { STOP_AT_STEP: String(Number.parseInt(name, 10)) });
    } else {
      await rm(ground, { recursive: true, force: true });
      await cp(join(images, name.slice(0, 3)), ground, { recursive: true });
    }
    await look(said);
  }
  return steps.length;
};

beforeAll(async () => {
  const first = join(made, 'line');
  expect((await run('--workspace', first, 'init')).code).toBe(0);
  for (const folder of ['presets', 'labour-rules'])
    await rm(join(first, 'models', folder), { recursive: true });
  const { store, accounts } = await openStores({ folder: first });
  await fillStore(store);
  const looked = notedAccounts(
    { store: accounts, now: Date.now, heard: () => undefined } as never,
    localActor,
  );
  await looked.add({ user: 'li', name: 'Li Wei', role: 'planner', operator: null });
  await store.close();
  const database = await openDatabase({ folder: first });
  await addLine(database, 'second');
  await database.close();
  expect((await run('--workspace', first, 'backup', '--out', join(made, 'kept.db'))).code).toBe(0);
  expect((await addOverrule(first)).code).toBe(0);
  const hotline = join(first, 'models', 'hotline.json');
  const model = JSON.parse(await readFile(hotline, 'utf8')) as object;
  await writeFile(hotline, JSON.stringify({ ...model, name: { 'zh-CN': 'later', en: 'later' } }));
});
beforeEach(() => layGround());

test('init: nothing is left of it, or all', { timeout: 300_000 }, async () => {
  const fresh = join(ground, 'fresh');
  const steps = await cutOffEverywhere(['--workspace', fresh, 'init'], async (step) => {
    const next = await run('--workspace', fresh, 'plans', 'list');
    expect([step, await leftIn(fresh)]).toEqual([step, []]);
    if (next.code === 0) return;
    const said = next.err.includes('huawu init was interrupted') || !existsSync(join(fresh, 'models'));
    expect([step, next.code, said]).toEqual([step, 3, true]);
    expect([step, (await run('--workspace', fresh, 'init')).code]).toEqual([step, 0]);
  });
  expect(steps).toBeGreaterThan(6);
});

test.runIf(isLongRun)(
  'restore into a new folder: nothing is left of it, or all',
  { timeout: 600_000 },
  async () => {
    const fresh = join(ground, 'fresh');
    const seen = new Set<string>();
    const steps = await cutOffEverywhere(['--workspace', fresh, 'restore', kept], async (step) => {
      const next = await run('--workspace', fresh, 'overrule', 'list');
      expect([step, await leftIn(fresh)]).toEqual([step, []]);
      if (next.code === 0) {
        expect([step, await overrules(fresh), await modelsOf(fresh)]).toEqual([step, [0, 1], 'kept']);
        seen.add(next.err.includes('it has now been completed') ? 'completed' : 'whole');
        return;
      }
      expect([step, next.code, await modelsOf(fresh)]).toEqual([step, 3, 'none']);
      const told = next.err.includes('Run it again to restore');
      seen.add(told ? 'undone' : 'not begun');
      expect([step, (await run('--workspace', fresh, 'restore', kept)).code]).toEqual([step, 0]);
    });
    expect(steps).toBeGreaterThan(20);
    expect([...seen].sort()).toEqual(['completed', 'not begun', 'undone']);
  },
);

test(
  'restore in the place of a workspace: records and models are both the old or both the new',
  { timeout: 600_000 },
  async () => {
    const seen = new Set<string>();
    await cutOffEverywhere(['--workspace', line, 'restore', kept, '--replace'], async (step) => {
      const next = await run('--workspace', line, 'overrule', 'list');
      const found = [await overrules(line), await modelsOf(line)];
      const isNew = next.err.includes('now been completed');
      seen.add(isNew ? 'completed' : next.err === '' ? 'not begun' : 'undone');
      expect([step, next.code, found]).toEqual([step, 0, isNew ? [[0, 1], 'kept'] : [[0, 2], 'later']]);
      expect([step, await leftIn(line)]).toEqual([step, []]);
      expect([step, (await addOverrule(line)).code]).toEqual([step, 0]);
    });
    expect([...seen].sort()).toEqual(['completed', 'not begun', 'undone']);
  },
);

test.runIf(isLongRun)(
  'move to a folder: one of both places is in force, and the next try needs no more',
  { timeout: 600_000 },
  async () => {
    const seen = new Set<string>();
    await cutOffEverywhere(['--workspace', line, 'move', '--to', target], async (step) => {
      const next = await run('--workspace', line, 'overrule', 'list');
      const isMoved = next.err.includes('now been completed') || next.err.includes('were moved to');
      seen.add(isMoved ? 'completed' : next.err === '' ? 'not begun' : 'undone');
      expect([step, await leftIn(line), await leftIn(target)]).toEqual([step, [], []]);
      const written = await addOverrule(line);
      if (isMoved) {
        expect([step, written.code, await overrules(target)]).toEqual([step, 3, [0, 2]]);
        expect([step, (await addOverrule(target)).code]).toEqual([step, 0]);
        return;
      }
      expect([step, written.code]).toEqual([step, 0]);
      const again = await run('--workspace', line, 'move', '--to', target);
      expect([step, again.code, again.err, await overrules(target)]).toEqual([step, 0, '', [0, 3]]);
    });
    expect([...seen].sort()).toEqual(['completed', 'not begun', 'undone']);
  },
);

test('erase: of somebody all is there or nothing, on all hotlines', { timeout: 300_000 }, async () => {
  const people = async (): Promise<readonly [boolean, number]> => {
    const { store, accounts } = await openStores({ folder: line });
    const there = (await accounts.members()).some(({ user }) => user === 'li');
    const entries = await store.audit();
    await store.close();
    return [there, entries.filter(({ action }) => action === 'person-erased').length];
  };
  expect(await people()).toEqual([true, 0]);
  await cutOffEverywhere(['--workspace', line, 'admin', 'erase-person', 'li', '--yes'], async (step) => {
    expect([step, await people()]).toEqual([step, [true, 0]]);
    const again = await run('--workspace', line, 'admin', 'erase-person', 'li', '--yes');
    expect([step, again.code, (await people())[0]]).toEqual([step, 0, false]);
  });
});

test(
  'migrate: all that an older file held is there, in its structure or today’s',
  { timeout: 300_000 },
  async () => {
    await makeOldFile(join(ground, 'line', 'old.db'), 500);
    for (const part of ['', '-wal', '-shm']) await rm(join(line, `huawu.db${part}`), { force: true });
    await cp(join(line, 'old.db'), join(line, 'huawu.db'));
    await rm(join(line, 'old.db'));
    const old = `${made}-old`;
    await cp(ground, old, { recursive: true });
    const seen: number[] = [];
    const look = async (): Promise<void> => {
      const { store } = await openStores({ folder: line });
      seen.push((await store.trafficSummary()).reduce((sum, { rows }) => sum + rows, 0));
      await store.close();
    };
    await cutOffEverywhere(['--workspace', line, 'migrate'], look, old);
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen)).toEqual(new Set([500]));
  },
);

const server = isLongRun ? await startPostgres() : undefined;
afterAll(() => server?.close());

describe.skipIf(server === undefined)('with a server', () => {
  test('move to it: one of both places is in force', { timeout: 900_000 }, async () => {
    for (let stopAt = 1, done = false; !done; stopAt += 1) {
      await layGround();
      const address = (await server?.makeDatabase(`cut_off_${stopAt}`)) ?? '';
      const said = await runChild(['--workspace', line, 'move', '--to', address], {
        STOP_AT_STEP: String(stopAt),
      });
      done = said.includes('done');
      const next = await run('--workspace', line, 'overrule', 'list');
      expect([stopAt, next.code, await leftIn(line)]).toEqual([stopAt, 0, []]);
      expect([stopAt, (await addOverrule(line)).code, await overrules(line)]).toEqual([stopAt, 0, [0, 3]]);
      const { store } = JSON.parse(
        await readFile(join(line, 'settings.json'), 'utf8').catch(() => '{"store":"sqlite"}'),
      ) as { store: string };
      if (store !== 'sqlite') {
        const old = await openStores({ folder: line });
        expect([stopAt, await old.store.movedTo()]).toEqual([stopAt, expect.stringContaining('postgres://')]);
        await old.store.close();
        continue;
      }
      const again = await run('--workspace', line, 'move', '--to', address);
      expect([stopAt, again.code, again.err, await overrules(line)]).toEqual([stopAt, 0, '', [0, 3]]);
    }
  });
});

test('a workspace that somebody has put in the place of one that was never finished stays', async () => {
  const put = join(root, 'put');
  await cp(join(made, 'line'), put, { recursive: true });
  await takeBackInit(put, { work: 'init', made: null });
  expect((await overrules(put))[0]).toBe(0);
  expect(await modelsOf(put)).not.toBe('none');
});
