import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { planOf } from '../conformance/plan-store-conformance.ts';
import { latestStep } from '../../src/store/migrations.ts';
import { readSettings } from '../../src/engine/read-settings.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { fillStore } from '../support/fill-store.ts';
import { startPostgres } from '../support/postgres-server.ts';

const server = await startPostgres();
afterAll(() => server?.close());

let folder: string;
let line: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-store-commands-'));
  line = join(folder, 'line');
  expect((await runCommand(['--workspace', line, 'init'])).code).toBe(0);
  const workspace = await openWorkspace(line);
  await fillStore(workspace.store);
  await workspace.close();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const answerOf = async (workspace: string, ...args: readonly string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await runCommand(['--workspace', workspace, '--json', ...args]);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Record<string, unknown>;
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const operatorsOf = async (workspace: string): Promise<string[]> => {
  const { settings } = await readSettings(workspace, process.env);
  const opened = await openWorkspace(workspace, settings);
  const names = (await opened.store.read('operators')).map(({ operator }) => operator);
  await opened.close();
  return names;
};

test('migrate says from which step to which, and finds nothing to do the second time', async () => {
  const said = await answerOf(line, 'migrate');
  expect(said).toMatchObject({ document: 'migrate', from: latestStep, to: latestStep });
  expect(said['changed']).toBe(false);
});

test('backup and restore give the workspace back; without a workspace there is nothing to back up', async () => {
  const file = join(folder, 'backup.db');
  const { rows } = await answerOf(line, 'backup', '--out', file);
  const again = join(folder, 'again');
  expect(await answerOf(again, 'restore', file)).toMatchObject({ document: 'restore', rows });
  const summary = await openWorkspace(again);
  expect((await summary.store.trafficSummary()).map((queue) => queue.rows)).toEqual([1500, 2]);
  await summary.close();
  const refused = await runCommand([
    '--workspace',
    join(folder, 'none'),
    '--lang',
    'en',
    'backup',
    '--out',
    'x',
  ]);
  expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('not a workspace')]);
});

test('a workspace whose records were moved away says so in both languages, and exits 3 where it would write', async () => {
  const target = join(folder, 'target');
  const place = join(target, 'huawu.db');
  expect(await answerOf(line, 'move', '--to', target)).toMatchObject({
    place,
    leftAt: join(line, 'huawu.db'),
  });
  const timesTold = (said: string): number => said.split(`were moved to ${place}`).length - 1;
  const listed = await runCommand(['--workspace', line, '--lang', 'en', 'overrule', 'list']);
  expect([listed.code, timesTold(listed.err)]).toEqual([0, 1]);
  const add = ['overrule', 'add', '--date', '2026-03-02', '--factor', '1.2', '--reason', 'fair'];
  const refused = await runCommand(['--workspace', line, '--lang', 'en', ...add]);
  expect([refused.code, refused.out, timesTold(refused.err)]).toEqual([3, '', 1]);
  // What fails for another reason leaves it told all the same.
  const report = ['report', '--plan', 'nobody', '--out', join(folder, 'plan.zip')];
  const unknown = await runCommand(['--workspace', line, '--lang', 'en', ...report]);
  expect([unknown.code, timesTold(unknown.err)]).toEqual([2, 1]);
  expect(refused.err).toContain(
    'start them at the new place (named by --workspace, the setting store or the variable HUAWU_STORE)',
  );
  const inChinese = await runCommand(['--workspace', line, '--lang', 'zh-CN', ...add]);
  expect([inChinese.code, inChinese.err]).toEqual([3, expect.stringContaining(`移到 ${place}`)]);
  const doctor = await runCommand(['--workspace', line, '--json', 'doctor']);
  expect([doctor.code, doctor.out]).toEqual([3, expect.stringContaining('"rule":"records-moved"')]);
  expect((await runCommand(['--workspace', target, ...add])).code).toBe(0);
});

describe.skipIf(server === undefined)('with a server', () => {
  test('move switches the workspace, whose commands then work on PostgreSQL, and back', async () => {
    const address = (await server?.makeDatabase('commands')) ?? '';
    const { rows, place } = await answerOf(line, 'move', '--to', address);
    expect(place).not.toContain('for-tests');
    await rm(join(line, 'huawu.db'));
    const file = join(folder, 'from-server.db');
    // One row more: the log of changes says that they were moved.
    const moved = Number(rows) + 1;
    expect(await answerOf(line, 'backup', '--out', file)).toMatchObject({ rows: moved });
    expect(await answerOf(line, 'migrate')).toMatchObject({ changed: false });
    expect(await answerOf(line, 'overrule', 'list')).toMatchObject({ overrules: [{ id: 1 }] });
    expect(await answerOf(line, 'move', '--to', line)).toMatchObject({
      rows: moved,
      place: join(line, 'huawu.db'),
    });
    const back = await openWorkspace(line);
    expect(await back.store.overrules()).toHaveLength(1);
    await back.close();
  });

  test('a backup goes where the settings point: to the old place only once they name it again', async () => {
    const file = join(folder, 'before.db');
    await answerOf(line, 'backup', '--out', file);
    const address = (await server?.makeDatabase('restored')) ?? '';
    await answerOf(line, 'move', '--to', address);
    const overrules = async (store: string): Promise<readonly [string | undefined, number]> => {
      const at = await openStore({ folder: line, store });
      const found = [await at.movedTo(), (await at.overrules()).length] as const;
      await at.close();
      return found;
    };
    const add = ['overrule', 'add', '--date', '2026-03-02', '--factor', '1.2', '--reason', 'fair'];
    expect((await runCommand(['--workspace', line, ...add])).code).toBe(0);
    vi.stubEnv('HUAWU_STORE', 'sqlite');
    try {
      const refused = await runCommand(['--workspace', line, '--lang', 'en', ...add]);
      expect([refused.code, refused.err]).toEqual([
        3,
        expect.stringContaining('HUAWU_STORE) back to the old place'),
      ]);
      await answerOf(line, 'restore', file, '--replace');
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await overrules('sqlite')).toEqual([undefined, 1]);
    expect(await overrules(address)).toEqual([undefined, 2]);
    await answerOf(line, 'restore', file, '--replace');
    expect(await overrules(address)).toEqual([undefined, 1]);
  });

  test('with the database named by HUAWU_STORE a backup keeps its hotline, and never lands on another’s main', async () => {
    const address = (await server?.makeDatabase('by_variable')) ?? '';
    const file = join(folder, 'kept.db');
    const main = { folder: line, store: address };
    const others = await openStore(main, { create: true });
    await others.write('operators', [{ operator: 'of-main', skills: [], contractHours: 1 }]);
    await others.close();
    const named = join(folder, 'named');
    await answerOf(named, 'init', '--store', address, '--hotline', 'kept');
    const kept = await openStore({ ...main, hotline: 'kept' });
    await fillStore(kept);
    await kept.close();
    await answerOf(named, 'backup', '--out', file);
    const into = await openStore({ ...main, hotline: 'kept' });
    await into.write('operators', [{ operator: 'later', skills: [], contractHours: 1 }]);
    await into.close();
    vi.stubEnv('HUAWU_STORE', address);
    try {
      const fresh = join(folder, 'fresh');
      const taken = await runCommand(['--workspace', fresh, '--lang', 'en', 'restore', file]);
      expect([taken.code, taken.err]).toEqual([3, expect.stringMatching(/already has data.*--hotline/s)]);
      expect(await exists(join(fresh, 'models'))).toBe(false);
      const beside = await runCommand(
        ['--workspace', fresh, '--lang', 'en', 'restore', file, '--hotline', 'beside'], // prettier-ignore
      );
      expect([beside.code, beside.err]).toEqual([0, expect.stringContaining('HUAWU_STORE')]);
      expect(beside.out).toContain('the hotline beside of postgres://');
      expect(await operatorsOf(fresh)).not.toContain('later');
      const again = join(folder, 'again');
      expect((await runCommand(['--workspace', again, 'restore', file, '--replace'])).code).toBe(0);
      expect(JSON.parse(await readFile(join(again, 'settings.json'), 'utf8'))).toEqual({ hotline: 'kept' });
      expect(await operatorsOf(again)).not.toContain('later');
      const unnamed = join(folder, 'unnamed');
      expect((await runCommand(['--workspace', unnamed, 'init'])).code).toBe(0);
      const refused = await runCommand([
        '--workspace',
        unnamed,
        '--lang',
        'en',
        'restore',
        file,
        '--replace',
      ]);
      expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('--hotline')]);
      expect(await operatorsOf(unnamed)).toContain('of-main');
    } finally {
      vi.unstubAllEnvs();
    }
    const without = await runCommand(['--workspace', join(folder, 'again'), '--lang', 'en', 'plans', 'list']);
    expect([without.code, without.err]).toEqual([3, expect.stringContaining('HUAWU_STORE')]);
  });

  test('a published plan is not taken away by a backup without being asked for', async () => {
    const file = join(folder, 'without-plan.db');
    await answerOf(line, 'backup', '--out', file);
    const at = await openWorkspace(line);
    const plan = planOf('2026-W20-a', '2026-W20', 'a');
    await at.store.savePlan({ ...plan, hotline: { ...plan.hotline, madeUp: false } });
    for (const step of ['propose', 'approve', 'publish'] as const)
      await at.store.stepPlan('2026-W20-a', { step });
    await at.close();
    const refused = await runCommand(['--workspace', line, 'restore', file, '--replace', '--lang', 'en']);
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('2026-W20-a')]);
    const later = join(folder, 'with-plan.db');
    await answerOf(line, 'backup', '--out', later);
    // It holds the plan as it stands: nothing is lost, nothing is asked.
    await answerOf(line, 'restore', later, '--replace');
    await answerOf(line, 'restore', file, '--replace', '--yes');
    const after = await openWorkspace(line);
    expect((await after.store.plans()).map(({ id }) => id)).toEqual(['p2', 'p1']);
    await after.close();
  });
});
