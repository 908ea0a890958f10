import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand, type Said } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
});

const ingest = async (kind: string, content: string, ...more: string[]): Promise<Said> => {
  const file = join(folder, 'given.csv');
  await writeFile(file, content);
  return runCommand(['ingest', kind, file, '--workspace', workspace, '--lang', 'en', '--dry-run', ...more]);
};

const genesys =
  'Interval Start,Queue Name,Offer,Answer,Abandon,Avg Handle\n11/23/26 8:00 AM,G,40,38,2,240000\n11/23/26 8:30 AM,G,50,45,5,250000\n';

test('a known export is read by itself and said, by its name without a word, and not at all with none', async () => {
  const itself = await ingest('traffic', genesys);
  expect(itself.code).toBe(0);
  expect(itself.err + itself.out).toContain(
    'read as Genesys Cloud queues by interval (genesys-cloud-queues)',
  );
  const named = await ingest('traffic', genesys, '--preset', 'genesys-cloud-queues');
  expect(named.code).toBe(0);
  expect(named.err + named.out).not.toContain('read as Genesys');
  // milliseconds taken for seconds are questioned
  expect((await ingest('traffic', genesys, '--preset', 'none')).code).toBe(3);
});

test('columns are named, and added up, without a map file', async () => {
  const file =
    'when,q,n,ok,talk,wrap\n2026-11-23 08:00,g,40,38,8000,1000\n2026-11-23 08:30,g,50,45,9000,1500\n';
  const columns = ['start=when', 'queue=q', 'offered=n', 'answered=ok', 'handle_seconds_total=talk+wrap'];
  const said = await ingest('traffic', file, ...columns.flatMap((column) => ['--column', column]));
  expect(said.code).toBe(0);
  expect(said.out).toContain('talk + wrap (read as seconds)');
  const wrong = await ingest('traffic', file, '--column', 'calls=n');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('offered');
});

test('a file without headings is read by the numbers of its columns', async () => {
  const file = 'g,2026-11-23 08:00,40\ng,2026-11-23 08:30,50\n';
  const columns = ['queue=1', 'start=2', 'offered=3'].flatMap((column) => ['--column', column]);
  expect((await ingest('traffic', file, '--no-headings', ...columns)).out).toContain('Queues: g');
  expect((await ingest('traffic', file, ...columns)).code).toBe(3);
});

test('days are spread over their hours where that is asked for, in the place of the days that are stored', async () => {
  const days = `日期,呼入量\n${[21, 22, 23].map((day) => `2026-11-${day},${day * 10}`).join('\n')}\n`;
  await writeFile(join(folder, 'days.csv'), days);
  const take = (...more: string[]): Promise<Said> =>
    runCommand([
      'ingest',
      'traffic',
      join(folder, 'days.csv'),
      '--workspace',
      workspace,
      '--lang',
      'en',
      '--queue',
      'general',
      ...more,
    ]);
  expect((await take()).out).toContain('--day-shape usual');
  expect((await take('--day-shape', 'usual')).code).toBe(0);
  const { store, close } = await openWorkspace(workspace);
  expect(await store.trafficSummary()).toMatchObject([{ queue: 'general', intervalMinutes: 30, rows: 144 }]);
  const { offered } = await store.traffic('general');
  expect(offered.reduce((sum, calls) => sum + calls, 0)).toBe(660);
  expect(await store.accepted()).toMatchObject([{ said: [{ code: 'days-spread' }] }]);
  await close();
});

test('a template is written and comes in', async () => {
  const out = join(folder, 'roster.csv');
  expect((await runCommand(['template', 'roster', '--out', out, '--lang', 'en'])).code).toBe(0);
  expect(await readFile(out, 'utf8')).toContain('operator,date,shift');
  expect((await ingest('roster', await readFile(out, 'utf8'))).code).toBe(0);
  expect((await runCommand(['template', 'roster', '--out', join(folder, 'roster.pdf')])).code).toBe(2);
});
