import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { messageOf } from '../support/said.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/cli/report-failure.ts';
import { BadInputError, CancelledError, NoAnswerError, UsageError } from '../../src/kernel/errors.ts';
import { text } from '../support/text.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

const systemError = (code: string, path?: string): Error =>
  Object.assign(new Error(`${code}: refused`), { code, ...(path === undefined ? {} : { path }) });

describe('the table from error to exit code', () => {
  test.each([
    [new UsageError(text('错', 'wrong')), 2, 'usage'],
    [new BadInputError([]), 3, 'bad-input'],
    [new NoAnswerError([text('规则', 'rule')]), 4, 'no-answer'],
    [new CancelledError(), 1, 'cancelled'],
    [new RangeError('oops'), 1, 'internal'],
    [systemError('EACCES', '/w/settings.json'), 3, 'bad-input'],
    [systemError('EROFS', '/w/models'), 3, 'bad-input'],
    [systemError('ENOSPC'), 3, 'bad-input'],
    [systemError('EACCES'), 1, 'internal'],
    ['a string', 1, 'internal'],
  ])('%s', (thrown, exitCode, error) => {
    expect(failureOf(thrown)).toMatchObject({ exitCode, error });
  });

  test('no answer names every clashing rule', () => {
    const { problems } = failureOf(new NoAnswerError([text('甲', 'a'), text('乙', 'b')]));
    expect(problems.map((p) => messageOf(p).en)).toEqual(['a', 'b']);
  });
});

test.skipIf(process.platform !== 'linux')(
  'an output that cannot be written is told as such, and is 1',
  async () => {
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const child = spawn('sh', ['-c', `"${process.execPath}" "${main}" schema plan --lang en > /dev/full`]);
    let said = '';
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([1, expect.stringContaining('the disk is full')]);
    expect(said).not.toContain('ENOSPC');
  },
);

describe('wrong usage is 2, told in the language asked for', () => {
  test.each([
    [['nonsense'], '无法识别的命令'],
    [['erlang', '--nonsense'], '无法识别的选项'],
    [['erlang', '--aht'], '缺少值'],
    [['erlang', '--aht', '-5'], '--aht <seconds> 的值“-5”不对；应为大于 0、不大于 1000000 的数'],
    [['erlang', '--aht', ''], '应为大于 0、不大于 1000000 的数'],
    [['erlang', '--operators', '1e15'], '不大于 1000000000'],
    [['erlang', '--calls-per-hour', '1e308', '--aht', '1e308', '--operators', '3'], '不大于 1000000000'],
    [['erlang', '--calls-per-hour', '1e9', '--aht', '1e5', '--operators', '3'], '个通话'],
    [['erlang', '--calls-per-hour', '9', '--aht', '1', '--operators', '3', '--patience', '1e8'], '请写 inf'],
    [['report'], '缺少必需的选项'],
    [['report', '--out', 'week.csv'], '.csv 文件只含一张表'],
    [['report', '--out', 'week.zip', '--table', 'days'], '.csv 文件只含一张表'],
    [['report', '--out', 'week.xlsx', '--page', 'leader'], '--page 只用于 .html'],
    [['move', '--to', 'postgress://user:word@host/lines'], '--to 的地址不完整'],
    [['plan', '--week', '2026-W54'], '应为存在的 ISO 周次'],
    [['plan', '--weak', '2026-W48'], '是不是 --week'],
    [['plan', '--band', 'tepid'], '可用：hot、warm'],
    [['ingest', 'trafic', 'a.csv'], 'kind 的值“trafic”不对；可用：traffic、calls'],
    [['plan', '--seed', '1.5'], '不小于 0、不大于 4294967295 的整数'],
    [['compare'], '--week'],
    [['erlang'], '--calls-per-hour'],
    [['schema', 'nothing'], 'nothing'],
    [['ingest', 'traffic'], '缺少参数'],
  ])('%j', async (args, said) => {
    const { code, out, err } = await runCommand(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    const english = await runCommand([...args, '--lang', 'en']);
    expect(english.code).toBe(2);
    expect(english.err.trim()).not.toBe('');
    expect(english.err).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test('help and version end well', async () => {
    expect((await runCommand(['--help'])).code).toBe(0);
    const help = await runCommand(['plan', '--help']);
    expect([help.code, help.out.includes('--workspace')]).toEqual([0, true]);
    expect((await runCommand(['--version'])).out).toBe('0.0.0-test\n');
  });
});

describe('bad input is 3', () => {
  test('a folder that is no workspace', async () => {
    const { code, out, err } = await runCommand(['plan', '--workspace', folder]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(folder);
    expect(err).toContain('huawu init');
  });

  test('a file that is not there, as one JSON document with every problem', async () => {
    const workspace = join(folder, 'w1');
    expect((await runCommand(['init', '--workspace', workspace])).code).toBe(0);
    const { code, out } = await runCommand([
      'ingest',
      'traffic',
      join(folder, 'a.csv'),
      join(folder, 'b.csv'),
      '--workspace',
      workspace,
      '--json',
    ]);
    expect(code).toBe(3);
    const answer = JSON.parse(out) as { error: string; problems: { rule: string; file: string }[] };
    expect(answer.error).toBe('bad-input');
    expect(answer.problems.map((p) => [p.rule, p.file])).toEqual([
      ['file-not-readable', join(folder, 'a.csv')],
      ['file-not-readable', join(folder, 'b.csv')],
    ]);
  });

  test('a scenario that is not JSON, and one with a wrong value, with its path', async () => {
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{"scenario": ');
    expect((await runCommand(['simulate', '--scenario', broken, '--lang', 'en'])).err).toContain(
      'not valid JSON',
    );
    await writeFile(broken, '{"scenario": "x", "callsFactor": -1}');
    const { code, err } = await runCommand(['simulate', '--scenario', broken]);
    expect(code).toBe(3);
    expect(err).toContain('callsFactor');
    expect(err).toContain('-1');
  });

  test('an Erlang table names its file and row', async () => {
    const table = join(folder, 'table.csv');
    await writeFile(table, 'load_erl,n,aht_s,patience_s,K,t_s\n5,six,60,inf,inf,15\n');
    const { code, err } = await runCommand(['erlang', '--input', table, '--lang', 'en']);
    expect(code).toBe(3);
    expect(err).toContain(`${table}, row 2`);
  });
});

describe('an option that would have no effect is refused with what to leave out', () => {
  test.each([
    [['forecast', '--input', 'calls.csv', '--cause', 'nonsense=5'], '--cause', '--input'],
    [['forecast', '--out-days', 'days.csv', '--cause', 'rain=5'], '--cause', '--out-days'],
    [['forecast', '--time-column', 'start'], '--time-column', '--input'],
    [['backtest', '--timezone', 'Asia/Shanghai'], '--timezone', '--input'],
    [['outlook', '--sheet', 'calls'], '--sheet', '--input'],
    [['rate', '--calls-column', 'asked'], '--calls-column', '--input'],
    [['erlang', '--input', 'load.csv', '--patience', '90'], '--patience', '--input'],
    [['erlang', '--calls-per-hour', '6', '--aht', '9', '--operators', '5', '--out', 'x'], '--out', '--input'],
  ])('%j', async (command, option, other) => {
    const { code, err } = await runCommand([...command, '--lang', 'en']);
    expect([code, err.includes(option), err.includes(other)]).toEqual([2, true, true]);
  });
});

test('a queue that grows without end is an answer: exit code 0, and `stable` says it', async () => {
  const ask = ['erlang', '--calls-per-hour', '60', '--aht', '300', '--operators', '5'];
  const told = await runCommand([...ask, '--lang', 'en']);
  expect([told.code, told.out]).toEqual([0, expect.stringContaining('grows without end')]);
  const { code, out } = await runCommand([...ask, '--json']);
  expect([code, JSON.parse(out)]).toMatchObject([0, { stable: false, p_connect: null }]);
});
