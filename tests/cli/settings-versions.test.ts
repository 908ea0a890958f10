import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandDocuments } from '../../src/contract/documents/command-documents.ts';
import type { TargetsModel } from '../../src/contract/models/targets-model.ts';
import { openModelFiles } from '../../src/http/model-files.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'line');

const run = async (...args: string[]) => runCommand([...args, '--workspace', workspace]);
const targetsNow = async (): Promise<TargetsModel> =>
  JSON.parse(await readFile(join(workspace, 'models', 'targets.json'), 'utf8')) as TargetsModel;

test('an earlier version is listed with what differs, brought back, and what it replaced is kept', async () => {
  await run('init');
  const before = await targetsNow();
  const { store, close } = await openWorkspace(workspace);
  await openModelFiles(join(workspace, 'models')).write(
    'targets',
    { ...before, confidence: 0.55 },
    { store, versions: [] },
  );
  await close();
  const listed = await run('settings', 'list', '--model', 'targets', '--lang', 'en');
  expect(listed.out).toContain('Targets');
  expect(listed.out).toContain(`0.55 → ${before.confidence}`);
  expect((await run('settings', 'list', '--model', 'tiers', '--json')).out).toContain('"versions":[]');
  expect((await run('settings', '--model', 'tiers', '--json')).out).toContain('"versions":[]');
  const { versions } = commandDocuments.settings.parse(
    JSON.parse((await run('settings', 'list', '--json')).out),
  );
  const [{ id } = { id: 0 }] = versions;
  const back = await run('settings', 'bring-back', String(id), '--json');
  expect(commandDocuments['settings-brought-back'].parse(JSON.parse(back.out)).version.id).toBe(id);
  expect((await targetsNow()).confidence).toBe(before.confidence);
  const again = commandDocuments.settings.parse(JSON.parse((await run('settings', 'list', '--json')).out));
  expect(again.versions.map(({ document }) => (document as TargetsModel).confidence)).toEqual([
    0.55,
    before.confidence,
  ]);
  const none = await run('settings', 'bring-back', '999', '--lang', 'en');
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('no earlier version 999')]);
});

test.each(['plans', 'overrule', 'diary', 'settings'])(
  '%s alone lists, and a word that names no command is refused as one',
  async (group) => {
    await run('init');
    const [alone, listed] = [await run(group, '--json'), await run(group, 'list', '--json')];
    expect([alone.code, alone.out]).toEqual([0, listed.out]);
    const mistyped = await run(group, 'lits', '--lang', 'en');
    expect([mistyped.code, mistyped.out]).toEqual([2, '']);
    expect(mistyped.err).toContain("unknown command 'lits' (Did you mean list?)");
    expect((await run(group, '--help', '--lang', 'en')).out).toContain(`Usage: huawu ${group}`);
  },
);
