import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { unwritableTexts } from '../../src/contract/parse-document.ts';
import { readSettings } from '../../src/engine/read-settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { firstUnwritable, replaceUnwritable } from '../../src/kernel/text.ts';
import { openStore } from '../../src/store/open-store.ts';
import { apiClient } from '../support/api-client.ts';
import { runCommand } from '../support/run-command.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const server = await startPostgres();
const root = await temporaryFolder();
const line = join(root, 'line');
beforeAll(async () => {
  expect((await runCommand(['--workspace', line, 'init'])).code).toBe(0);
});
afterAll(() => server?.close());

interface Answer {
  readonly rows?: readonly {
    readonly wrong: string;
    readonly key: string;
    readonly columns: readonly string[];
  }[];
  readonly problems?: readonly { readonly rule: string; readonly row?: number; readonly value?: string }[];
  readonly checks?: readonly {
    readonly check: string;
    readonly problems: readonly { readonly rule: string }[];
  }[];
}

const run = async (
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly answer: Answer }> => {
  const { code, out } = await runCommand(['--workspace', line, '--json', ...args]);
  return { code, answer: JSON.parse(out) as Answer };
};

/** A control, half of a pair, a mark that turns the direction, no character. */
const noNames = ['\0', '\u0007', '\u001b', '\u007f', '\u0085', '\ud83d', '\u202e', '\u2066', '\uffff'];

test('what is told of a text holds nothing that a terminal obeys, and plain texts pass', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (said) => {
      expect(firstUnwritable(replaceUnwritable(said))).toBeUndefined();
      expect(firstUnwritable(said) === undefined).toBe(replaceUnwritable(said) === said);
    }),
  );
  for (const said of ['社保\n第二行', 'a\tb', 'שלום\u200f', '👩‍👩‍👧 𠮷'])
    expect(firstUnwritable(said)).toBeUndefined();
});

test('a document is told at most ten, however deep and wide it is', () => {
  let deep: unknown = 'a\0';
  for (let i = 0; i < 100_000; i += 1) deep = [deep];
  expect(unwritableTexts(deep, 'body')).toHaveLength(1);
  expect(unwritableTexts({ a: { 'k\0': 1, b: ['x\u0007'] } }, '').map(({ path }) => path)).toEqual([
    'a',
    'a.b.0',
  ]);
  expect(
    unwritableTexts(
      Array.from({ length: 5000 }, () => '\0'),
      'body',
    ),
  ).toHaveLength(10);
});

test.each([
  ['events', 'date,kind,label\n2026-11-28,storm,sound\n2026-11-29,storm,'],
  ['traffic', 'start,offered,queue\n2026-11-28 08:00,3,ok\n2026-11-29 08:00,3,'],
  ['operators', 'skills,contract_hours,operator\nx,40,ok\nx,40,'],
  ['presence', 'start,operators,tier\n2026-11-28 08:00,3,ok\n2026-11-29 08:00,3,'],
])('%s: a name that is none is refused with its row', async (kind, csv) => {
  for (const each of noNames.filter((character) => character !== '\ud83d')) {
    const file = join(root, `${kind}.csv`);
    await writeFile(file, `${csv}a${each}b\n`);
    const { code, answer } = await run('ingest', kind, file, '--dry-run');
    const told = answer.problems?.map(({ rule, row, value }) => [rule, row, value]);
    // A file may be refused for its zero bytes as a whole.
    const ofFile = each === '\0' && told?.[0]?.[0] === 'zero-bytes';
    const expected = ofFile ? 'zero-bytes' : 'character-not-allowed';
    expect([each.codePointAt(0), code, told?.find(([rule]) => rule === expected)]).toEqual([
      each.codePointAt(0),
      3,
      ofFile ? expect.anything() : [expected, 3, 'a\ufffdb'],
    ]);
  }
});

test('a command line is refused by the same rule, in words', async () => {
  const { code, answer } = await run('report', '--out', `a\0.html`);
  expect([code, answer.problems?.map(({ rule }) => rule)]).toEqual([3, ['character-not-allowed']]);
  const said = await runCommand(['--workspace', `x\u001b[2J`, '--lang', 'en', 'plans', 'list']);
  expect([said.code, said.err]).toEqual([3, expect.stringContaining('U+001B')]);
  expect(said.err).not.toContain('\u001b');
});

test('records that hold one are found by doctor, named by move and mended, twins taken away', async () => {
  await (await openStore({ folder: line })).close();
  const raw = new DatabaseSync(join(line, 'huawu.db'));
  const add = raw.prepare(
    `insert into events (hotline_key, date, kind, label, queue) values ('main', '2026-11-29', 'nul', ?, '')`,
  );
  for (const label of ['a\0b', 'a\u0007b', 'sound']) add.run(label);
  raw.close();
  const { answer } = await run('doctor');
  const found = answer.checks?.find(({ check }) => check === 'store')?.problems;
  expect(found?.map(({ rule }) => rule)).toEqual(['texts-not-writable']);
  if (server !== undefined) {
    const refused = await run('move', '--to', await server.makeDatabase('unwritable'));
    expect([refused.code, refused.answer.problems?.map(({ rule }) => rule)]).toEqual([3, ['text-with-nul']]);
  }
  const dryRun = await run('mend', '--dry-run');
  expect(dryRun.answer.rows?.map(({ wrong, columns }) => [wrong, ...columns])).toEqual([
    ['character', 'label'],
    ['character', 'label'],
  ]);
  expect((await run('mend')).answer.rows).toHaveLength(2);
  expect((await run('mend', '--dry-run')).answer.rows).toEqual([]);
  const store = await openStore({ folder: line });
  expect((await store.read('events')).map(({ label }) => label).sort()).toEqual(['a\ufffdb', 'sound']);
  await store.close();
});

test.skipIf(server === undefined)('no request carries one to PostgreSQL: 400, not 500', async () => {
  expect((await run('move', '--to', (await server?.makeDatabase('asked')) ?? '')).code).toBe(0);
  const { settings } = await readSettings(line, {});
  const served = await serveWorkspace({
    folder: line,
    settings: { ...settings, port: 0, logLevel: 'silent' },
  });
  try {
    const client = apiClient(served);
    const statusOf = async (path: string, body?: object): Promise<readonly [number, unknown]> => {
      const answered = await client(`${apiRoot}${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      });
      const { problems } = (await answered.json()) as Answer;
      return [answered.status, problems?.map(({ rule }) => rule)];
    };
    const refused = [400, ['character-not-allowed']];
    expect(await statusOf('/rosters/a%00b')).toEqual(refused);
    expect(await statusOf('/plans/a%00b')).toEqual(refused);
    expect(await statusOf('/audit?subject=a%00b')).toEqual(refused);
    const overrule = { queue: null, date: '2026-12-01', factor: 1.2, reason: 'a\0b' };
    expect(await statusOf('/overrules', overrule)).toEqual(refused);
  } finally {
    await served.close();
  }
});
