import { readFile, rm, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinesDocument } from '../../src/contract/documents/line-overview.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { runCommand } from '../support/run-command.ts';
import { trafficRows } from '../support/traffic-rows.ts';

const server = await startPostgres();
afterAll(() => server?.close());

const places: [string, string | undefined][] = [
  ['SQLite', 'sqlite'],
  ['PostgreSQL', await server?.makeDatabase('lines')],
];

describe.each(places.filter(([, store]) => store !== undefined))(
  'several lines of one workspace in %s',
  (_, store = '') => {
    let folder = '';
    let home = '';
    const lineOf = (name: string): string => join(home, 'lines', name);
    const run = (workspace: string, ...args: readonly string[]) =>
      runCommand(['--workspace', workspace, '--lang', 'en', ...args]);
    const rulesOf = async (workspace: string, ...args: readonly string[]): Promise<string> =>
      (await run(workspace, ...args)).err;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'huawu-lines-'));
      home = join(folder, 'bureau');
      expect((await run(home, 'init', '--store', store)).code).toBe(0);
      for (const line of ['east', 'west'])
        expect((await run(lineOf(line), 'init', '--timezone', 'Europe/London')).code).toBe(0);
    });
    afterAll(() => rm(folder, { recursive: true }));

    test('each has its models and records of its own, in the database of the workspace', async () => {
      const east = await openWorkspace(lineOf('east'), { store, hotline: 'east' });
      await east.store.write('traffic', trafficRows('general', 48));
      expect(east.models.hotline.zone).toBe('Europe/London');
      await east.close();
      const whole = await openStore({ folder: home, store });
      expect(await whole.trafficSummary()).toEqual([]);
      await whole.close();
      const same = await openStore({ folder: home, store, hotline: 'east' });
      expect((await same.trafficSummary()).map(({ rows }) => rows)).toEqual([48]);
      await same.close();
    });

    test('a name that is taken, a database of its own and a move away are refused', async () => {
      expect(await rulesOf(lineOf('main'), 'init')).toContain('the workspace itself');
      expect(await rulesOf(lineOf('east'), 'init', '--store', 'postgres://x@h/d')).toContain(
        "shares its workspace's database",
      );
      for (const at of [home, lineOf('east')])
        expect(await rulesOf(at, 'move', '--to', join(folder, 'elsewhere'))).toContain('several hotlines');
    });

    test('a line is backed up, and restored as another line of the workspace', async () => {
      const file = join(folder, `east-${store.length}.db`);
      expect((await run(lineOf('east'), 'backup', '--out', file)).code).toBe(0);
      expect((await run(lineOf('again'), 'restore', file)).code).toBe(0);
      const again = await openStore({ folder: lineOf('again'), store, hotline: 'again' });
      expect((await again.trafficSummary()).map(({ rows }) => rows)).toEqual([48]);
      await again.close();
      await rm(lineOf('again'), { recursive: true });
    });

    test('all are listed at a glance; one that cannot be read says why in its place', async () => {
      const file = join(lineOf('west'), 'models', 'targets.json');
      const targets = await readFile(file, 'utf8');
      await writeFile(file, targets.replace(/"occupancyMax": *[\d.]+/, '"occupancyMax": 7'));
      const { code, out } = await run(home, 'lines', '--refresh', '--json');
      expect(code).toBe(0);
      const { lines } = JSON.parse(out) as LinesDocument;
      expect(lines.map(({ line, home: own }) => [line, own])).toEqual([
        ['main', true],
        ['east', false],
        ['west', false],
      ]);
      const [main, east, west] = lines.map(({ overview }) => overview);
      expect(main).toMatchObject({ lastDate: null, plan: null, problem: null });
      expect(main?.decisions).toMatchObject([{ page: 'data', said: { code: 'decide-bring-data' } }]);
      expect(east).toMatchObject({ lastDate: '2026-01-05', week: '2026-W03', accuracy: null, problem: null });
      expect(east?.decisions).toMatchObject([{ page: 'plan', said: { code: 'decide-make-plan' } }]);
      expect(west?.problem).toMatchObject({ path: 'occupancyMax', value: '7' });
      const text = await run(home, 'lines', '--at-risk');
      expect(text.out).toContain('There is no plan for 2026-W03');
      expect(text.out.indexOf('west')).toBeLessThan(text.out.indexOf('east'));
      await writeFile(file, targets);
      const mended = JSON.parse((await run(home, 'lines', '--refresh', '--json')).out) as LinesDocument;
      expect(mended.lines[2]?.overview?.problem).toBeNull();
    });
  },
);
