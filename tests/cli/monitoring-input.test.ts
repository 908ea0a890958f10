import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand, type Said } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
  expect((await ingest('hotline,name\na,Line A\nb,Line B\n')).code).toBe(0);
});

const ingest = async (csv: string, ...more: string[]): Promise<Said> => {
  const file = join(folder, 'given.csv');
  await writeFile(file, csv);
  return runCommand(['ingest', 'monitoring', file, '--workspace', workspace, '--lang', 'en', ...more]);
};
const results = async (): Promise<unknown> => {
  const { store, close } = await openWorkspace(workspace);
  const stored = await store.monitoring.results();
  await close();
  return stored;
};

describe('wrong monitoring is refused with its place, and nothing is stored', () => {
  test.each([
    [
      'a rate above 1',
      'connection_rate\na,2019,1.2',
      'row 2, column "connection_rate": must be a number from 0 to 1',
    ],
    ['a rate above 100', 'connection_rate\na,2019,100.5%', '(found "100.5%")'],
    [
      'connected above test calls',
      'test_calls,connected\na,2019,11,12',
      'row 2, column "connected": more calls connected than the 11 test calls (found "12")',
    ],
    [
      'a rate that is not that of the counts',
      'test_calls,connected,connection_rate\na,2019,11,2,90%',
      'row 2, column "connection_rate": does not agree with 2 of 11 test calls connected (found "0.9")',
    ],
    [
      'a total off its scale',
      'connection_rate,total\na,2019,1,101',
      'row 2, column "total": a score must be within 0–100 (found "101")',
    ],
    [
      'an indicator off its scale',
      'connection_rate,接待礼仪\na,2019,1,-3',
      'row 2, column "接待礼仪": a score must be within 0–100 (found "-3")',
    ],
    [
      'two results for one hotline and period',
      'connection_rate\na,2019,1\nb,2019,1\na,2019,0.5',
      'row 4: row 2 of',
    ],
    [
      'an unknown hotline',
      'connection_rate\nc,2019,1',
      'row 2, column "hotline": this hotline is not in the list (found "c")',
    ],
    [
      'an unknown indicator',
      'connection_rate,smile\na,2019,1,50',
      'column "smile": the scorecard has no such indicator. Indicators it has: connection-rate,',
    ],
  ])('%s', async (_, rows, said) => {
    const { code, err } = await ingest(`hotline,period,${rows}\n`);
    expect([code, err.includes(said) || err]).toEqual([3, true]);
    expect(await results()).toEqual([]);
  });

  test('all at once, whatever the kind', async () => {
    const { code, err } = await ingest('hotline,period,connection_rate,total\na,2019,1.2,101\nc,2019,1,50\n');
    expect(code).toBe(3);
    expect(err.split('\n').filter((line) => line.includes('row '))).toHaveLength(3);
  });

  test('a period that is none is told once', async () => {
    const { code, err } = await ingest('hotline,period,connection_rate\na,2019-13,1\n');
    expect([code, err.match(/row 2/g)?.length]).toEqual([3, 1]);
  });

  test('single test calls are held to the same', async () => {
    const { code, err } = await ingest(
      'hotline,placed_at,connected,seconds_to_operator,沟通规范\nc,2026-11-02T10:00,1,12,90\na,2026-11-02T10:00,1,12,101\n',
    );
    expect(code).toBe(3);
    expect(err).toContain('row 2, column "hotline"');
    expect(err).toContain('row 3, column "沟通规范"');
  });
});

test('skipping bad rows takes the good ones; headings in words become keys; percent becomes points', async () => {
  const { code, out } = await ingest(
    'hotline,period,connection_rate,沟通规范,Opening,smile\na,2019,50%,88%,70,1\nc,2019,1,88%,70,1\nb,2019,1.2,88%,70,1\n',
    '--skip-bad-rows',
    '--problems-out',
    join(folder, 'problems.csv'),
    '--json',
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    files: [{ rows: 3, accepted: 1, rejected: 2 }],
    stored: { added: 1 },
  });
  expect(await results()).toMatchObject([
    {
      hotline: 'a',
      connectionRate: 0.5,
      indicators: { 'communication-standard': 88, 'opening-stage': 70 },
    },
  ]);
  const kept = await readFile(join(folder, 'problems.csv'), 'utf8');
  expect(kept).toContain('unknown-hotline');
  expect(kept).toContain('not-a-share');
});

test('a list of hotlines in the same command counts, in whatever order', async () => {
  const file = join(folder, 'more.csv');
  const list = join(folder, 'list.csv');
  await writeFile(file, 'hotline,period,connection_rate\nd,2020,1\n');
  await writeFile(list, 'hotline,name\nd,Line D\n');
  const { code } = await runCommand(['ingest', 'monitoring', file, list, '--workspace', workspace]);
  expect(code).toBe(0);
});

describe('a model that does not add up is named with its file and sum', () => {
  const withModel = async (kind: string, change: (json: string) => string): Promise<Said> => {
    const [name = ''] = (await readdir(join(workspace, 'models', kind))).sort();
    const file = join(workspace, 'models', kind, name);
    const before = await readFile(file, 'utf8');
    await writeFile(file, change(before));
    const said = await runCommand(['rank', '--workspace', workspace, '--lang', 'en']);
    await writeFile(file, before);
    return said;
  };

  test.each([
    ['scorecards', '"weight": 0.3,', '"weight": 0.4,', 'indicators: weights must sum to 1 (found "1.1")'],
    [
      'scorecards',
      '"weight": 0.5 }',
      '"weight": 0.6 }',
      'indicators.2.parts: weights must sum to 1 (found "1.1")',
    ],
    ['monitors', '"share": 0.4', '"share": 0.5', 'windows: the windows\' shares must sum to 1 (found "1.1")'],
  ])('%s: %s → %s', async (kind, from, to, said) => {
    const { code, err } = await withModel(kind, (json) => json.replace(from, to));
    expect([code, err.includes(said) || err]).toEqual([3, true]);
    expect(err).toMatch(new RegExp(`${kind}/[a-z0-9-]+\\.json`));
  });
});

test('a hotline that the list does not have is added by one option, which the refusal names', async () => {
  const calls = 'hotline,placed_at,connected\ne,2026-11-02 09:00,1\nf,2026-11-02 10:00,0\n';
  const file = join(folder, 'calls.csv');
  await writeFile(file, calls);
  const refused = await runCommand(['ingest', 'monitoring', file, '--workspace', workspace, '--lang', 'en']);
  expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('--add-hotlines')]);
  const { code, out } = await runCommand([
    ...['ingest', 'monitoring', file, '--workspace', workspace, '--add-hotlines', '--json'],
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    files: [{ accepted: 2, rejected: 0 }],
    problems: [{ rule: 'hotlines-added', values: { named: ['e', 'f'], hotlines: 2 } }],
  });
  // They are on the list now.
  const again = await runCommand(['ingest', 'monitoring', file, '--workspace', workspace]);
  expect(again.code).toBe(0);
});

test('like problems are one line with a count; --json has each up to its cap', async () => {
  const rows = Array.from({ length: 70 }, (_, i) => `g${i % 2},2019,${2 + i}`);
  const file = join(folder, 'many.csv');
  await writeFile(file, ['hotline,period,connection_rate', ...rows, ''].join('\n'));
  const command = ['ingest', 'monitoring', file, '--workspace', workspace, '--dry-run'];
  const { code, err } = await runCommand([...command, '--lang', 'en']);
  const lines = err.trim().split('\n');
  expect([code, lines.length]).toEqual([3, 1]);
  expect(lines[0]).toMatch(/row 2, column "connection_rate".* 69 more like it \(rows 3, 4, 5, …\)\./);
  const { problems } = JSON.parse((await runCommand([...command, '--json'])).out) as { problems: unknown[] };
  expect(problems).toHaveLength(51);
  expect(problems.at(-1)).toMatchObject({ rule: 'not-a-share', unlisted: 20 });
});
