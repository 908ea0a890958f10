import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { commandDocuments } from '../../src/contract/documents/command-documents.ts';
import { createProgram } from '../../src/cli/program.ts';
import { runCommand } from './run-command.ts';

let folder: string;
let workspace: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-documents-'));
  workspace = join(folder, 'line');
});
afterAll(() => rm(folder, { recursive: true }));

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
      ['overrule', 'add', '--date', '2026-11-24', '--queue', 'general', '--factor', '2', '--reason', 'r'],
    ],
    ['overrules', ['overrule', 'list']],
    ['overrule-removed', ['overrule', 'remove', '1']],
    ['doctor', ['doctor']],
    ['migrate', ['migrate']],
    ['backup', ['backup', '--out', join(tmpdir(), `huawu-${process.pid}.backup`)]],
    ['restore', ['restore', join(tmpdir(), `huawu-${process.pid}.backup`), '--replace']],
    ['failure', ['init']],
    ['failure', ['plan', '--nonsense']],
  ])('%s: %j', holds);

  afterAll(() => rm(join(tmpdir(), `huawu-${process.pid}.backup`), { force: true }));

  test('every command has a schema under its name', async () => {
    const program = createProgram(
      {
        out: () => {},
        err: () => {},
        interactive: false,
        nowMillis: () => 0,
        signal: new AbortController().signal,
      },
      '0',
    );
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
