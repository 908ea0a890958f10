import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { commandDocuments } from '../../src/contract/documents/command-documents.ts';
import { runCommand } from '../support/run-command.ts';
import { silentProgram } from '../support/silent-program.ts';

let folder: string;
let workspace: string;
const modelFile = join(tmpdir(), `huawu-${process.pid}.model.json`);
const queueLog = join(tmpdir(), `huawu-${process.pid}.queue_log`);
const calls = [
  '1764374400|1764374399.1|1501|NONE|ENTERQUEUE||13800000001|1',
  '1764374410|1764374399.1|1501|SIP/1001|CONNECT|10|1764374399.1|3',
  '1764374530|1764374399.1|1501|SIP/1001|COMPLETECALLER|10|120|1',
  '',
].join('\n');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-documents-'));
  workspace = join(folder, 'line');
  await writeFile(modelFile, JSON.stringify(smallModel));
  await writeFile(queueLog, calls);
});
afterAll(() => Promise.all([folder, queueLog].map((path) => rm(path, { recursive: true }))));

/** One class on two pools, two hours, a law that is not exponential. */
const smallModel = {
  intervals: 2,
  interval_s: 3600,
  classes: [
    {
      rate_per_h: [40, 80],
      service: ['lognormal', 200, 1],
      patience: ['exp', 90],
      route: { '0': [1, 0], '1': [2, 10] },
    },
  ],
  pools: [
    { staff: 1, class_priority: [1] },
    { staff: 1, class_priority: [1], cost_per_hour: 2 },
  ],
};

/** What a command prints with --json must be all that its schema says, and nothing else. */
const holds = async (name: keyof typeof commandDocuments, args: readonly string[]): Promise<void> => {
  const { out } = await runCommand([...args, '--workspace', workspace, '--json']);
  const answer: unknown = JSON.parse(out);
  const schema: z.ZodType = commandDocuments[name];
  expect(schema.parse(answer)).toEqual(answer);
};

describe('every answer fits its published schema', () => {
  test.each<[keyof typeof commandDocuments, string[]]>([
    ['init', ['init']],
    [
      'overrule',
      [
        'overrule',
        'add',
        '--date',
        '2026-11-24',
        '--queue',
        'general',
        '--factor',
        '2',
        '--reason',
        'r',
        '--yes',
      ],
    ],
    ['overrules', ['overrule', 'list']],
    ['overrule-removed', ['overrule', 'remove', '1']],
    [
      'diary-note',
      ['diary', 'add', '--date', '2026-11-04', '--kind', 'weather', '--text', 'storm', '--event'],
    ],
    ['diary-note', ['diary', 'change', '1', '--kind', 'outage', '--no-event']],
    ['diary', ['diary', 'list']],
    ['diary-removed', ['diary', 'remove', '1']],
    [
      'feed-added',
      ['feed', 'add', 'pbx', '--kind', 'queue-log', '--from', queueLog, '--queue', '1501=general'],
    ],
    ['feed', ['feed']],
    ['feed-test', ['feed', 'test', 'pbx']],
    ['feed-run', ['feed', 'run', '--once']],
    ['failure', ['remove', 'general', '--from', '2025-11-28', '--to', '2025-12-01']],
    ['remove', ['remove', 'general', '--from', '2025-11-28', '--to', '2025-12-01', '--yes']],
    ['feed-added', ['feed', 'add', 'rows', '--kind', 'push']],
    ['feed-runs', ['feed', 'run', '--once']],
    ['feed-removed', ['feed', 'remove', 'rows']],
    ['feed-removed', ['feed', 'remove', 'pbx']],
    ['plans', ['plans', 'list']],
    ['audit', ['audit', '--last', '3']],
    ['doctor', ['doctor']],
    ['admin-user', ['admin', 'add-user', 'wang', '--name', '王', '--role', 'administrator']],
    ['admin-user', ['admin', 'change-user', 'wang', '--operator', 'A01']],
    ['admin-user', ['admin', 'invite', 'wang']],
    ['admin', ['admin', 'users']],
    ['admin-token', ['admin', 'add-token', 'wall', '--user', 'wang', '--days', '7']],
    ['admin-tokens', ['admin', 'tokens']],
    ['admin-sessions-ended', ['admin', 'end-sessions', 'wang']],
    ['admin-person', ['admin', 'export-person', 'wang']],
    ['admin-user', ['admin', 'add-user', 'li', '--role', 'viewer']],
    ['admin-person-erased', ['admin', 'erase-person', 'li', '--yes']],
    ['admin-maintenance', ['admin', 'maintenance', 'on', '--message', 'back at noon']],
    ['admin-maintenance', ['admin', 'maintenance', 'off']],
    ['admin-sign-in', ['admin', 'sign-in', 'off']],
    ['migrate', ['migrate']],
    ['backup', ['backup', '--out', join(tmpdir(), `huawu-${process.pid}.backup`)]],
    ['restore', ['restore', join(tmpdir(), `huawu-${process.pid}.backup`), '--replace']],
    ['require-model', ['require', '--model', modelFile, '--service-level', '0.7', '--replications', '10']],
    ['simulate-model', ['simulate', '--model', modelFile, '--replications', '10']],
    ['failure', ['init']],
    ['failure', ['require', '--service-level', '0.7']],
    ['failure', ['plan', '--nonsense']],
  ])('%s: %j', holds);

  afterAll(async () => {
    await rm(join(tmpdir(), `huawu-${process.pid}.backup`), { force: true });
    await rm(modelFile, { force: true });
  });

  test('the format of --model is published: what is needed, and the names of laws', async () => {
    const { code, out } = await runCommand(['schema', 'model']);
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      { type: 'object', required: ['intervals', 'interval_s', 'classes', 'pools'] },
    ]);
    expect(out).toContain('hyperexp2');
    expect((await runCommand(['schema', 'nothing', '--lang', 'en'])).err).toContain(' model,');
  });

  test('the example of the documentation works as it stands, and its names are told', async () => {
    const page = await readFile(new URL('../../docs/en/reference/data-formats.md', import.meta.url), 'utf8');
    const [, example = ''] = /## Queueing models.*?```json\n(.*?)```/s.exec(page) ?? [];
    const file = join(folder, 'example.json');
    await writeFile(file, example);
    const simulated = await runCommand(['simulate', '--model', file, '--replications', '10', '--lang', 'en']);
    expect([simulated.code, simulated.out]).toEqual([0, expect.stringContaining('Class 1 expert')]);
    expect(simulated.out).toContain('Pool 0 desk');
    const least = await runCommand(['require', '--model', file, '--replications', '10', '--lang', 'en']);
    expect([least.code, least.out]).toEqual([0, expect.stringMatching(/^1 experts /m)]);
  });

  test('every command has a schema under its name', async () => {
    const program = await silentProgram();
    // `start` answers a plan or an address, `schema` a schema.
    const named = program.commands
      .map((command) => command.name())
      .filter((name) => !['start', 'schema'].includes(name));
    expect(named.filter((name) => !(name in commandDocuments))).toEqual([]);
    for (const name of Object.keys(commandDocuments)) {
      const { code, out } = await runCommand(['schema', name]);
      expect([code, JSON.parse(out)]).toMatchObject([0, { type: 'object' }]);
    }
  });
});
