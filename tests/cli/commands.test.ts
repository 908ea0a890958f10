import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import { toGb18030 } from '../support/gb18030.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  expect((await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Urumqi'])).code).toBe(0);
});

/** Half-hours of some weeks with a weekly and a daily pattern. */
const trafficCsv = (days: number): string => {
  const lines = ['queue,start,offered,answered'];
  for (let slot = 0; slot < days * 48; slot += 1) {
    const at = new Date(Date.UTC(2026, 8, 7) + slot * 1_800_000);
    const busy = at.getUTCHours() >= 8 && at.getUTCHours() < 20 ? 30 : 4;
    const calls = busy + (at.getUTCDay() % 6 === 0 ? 0 : 10) + (slot % 3);
    lines.push(`general,${at.toISOString().slice(0, 19)},${calls},${calls - 1}`);
  }
  return `${lines.join('\n')}\n`;
};

describe('init', () => {
  test('makes a workspace of a real hotline that is not taken for the demo', async () => {
    const hotline = JSON.parse(await readFile(join(workspace, 'models/hotline.json'), 'utf8')) as object;
    expect(hotline).toMatchObject({ zone: 'Asia/Urumqi', madeUp: false });
  });

  test('does not overwrite one', async () => {
    const edited = join(workspace, 'models/targets.json');
    const before = await readFile(edited, 'utf8');
    const { code, err } = await runCommand(['init', '--workspace', workspace, '--lang', 'en']);
    expect([code, err.includes('is already a workspace')]).toEqual([3, true]);
    expect(await readFile(edited, 'utf8')).toBe(before);
  });

  test('an unknown zone leaves nothing behind', async () => {
    const other = join(folder, 'other');
    expect((await runCommand(['init', '--workspace', other, '--timezone', 'Mars/Base'])).code).toBe(3);
    await expect(stat(other)).rejects.toThrow('ENOENT');
  });
});

describe('ingest', () => {
  test('takes a file once: the second time changes nothing', async () => {
    const file = join(folder, 'traffic.csv');
    await writeFile(file, trafficCsv(42));
    const args = ['ingest', 'traffic', file, '--workspace', workspace, '--json'];
    const dry = JSON.parse((await runCommand([...args, '--dry-run'])).out) as unknown;
    expect(dry).toMatchObject({ dryRun: true, stored: { added: 0 } });
    const first = documentSchemas.ingest.parse(JSON.parse((await runCommand(args)).out));
    expect(first.stored).toEqual({ added: 2016, changed: 0, unchanged: 0 });
    const second = documentSchemas.ingest.parse(JSON.parse((await runCommand(args)).out));
    expect(second.stored).toEqual({ added: 0, changed: 0, unchanged: 2016 });
  });

  test('a bad row refuses the whole file; skipped on demand, it is kept in a problems file', async () => {
    const file = join(folder, 'bad.csv');
    await writeFile(
      file,
      'queue,start,offered\ngeneral,2026-11-02T08:00,-5\ngeneral,2026-11-02T08:30,7\ngeneral,2026-11-02T09:00,8\n',
    );
    const args = ['ingest', 'traffic', file, '--workspace', workspace, '--lang', 'en', '--json'];
    const refused = await runCommand(args);
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('row 2');
    const out = join(folder, 'problems.csv');
    const taken = await runCommand([...args, '--skip-bad-rows', '--problems-out', out]);
    expect(taken.code).toBe(0);
    expect(JSON.parse(taken.out)).toMatchObject({ stored: { added: 2 } });
    expect(await readFile(out, 'utf8')).toContain('-5');
  });

  test('a queue never seen is refused once the workspace has traffic', async () => {
    const file = join(folder, 'queue.csv');
    await writeFile(file, 'queue,start,offered\nmystery,2026-11-02T08:00,5\nmystery,2026-11-02T08:30,7\n');
    const { code, err } = await runCommand(['ingest', 'traffic', file, '--workspace', workspace]);
    expect([code, err.includes('mystery')]).toEqual([3, true]);
  });
});

describe('forecast and backtest on a bare file', () => {
  test('write the columns of a forecast and answer their schema', async () => {
    const [file, out, outDays] = ['series.csv', 'out.csv', 'days.csv'].map((name) => join(folder, name));
    await writeFile(file!, trafficCsv(56));
    const forecast = await runCommand(['forecast', '--input', file!, '--days', '2', '--out', out!, '--json']);
    expect(forecast.code).toBe(0);
    documentSchemas.forecast.parse(JSON.parse(forecast.out));
    const lines = (await readFile(out!, 'utf8')).trim().split('\n');
    expect(lines[0]).toBe('queue,origin,start,mean,q025,q10,q50,q90,q975');
    expect(lines).toHaveLength(1 + 96);
    const args = ['backtest', '--input', file!, '--origins', '2', '--out-days', outDays!, '--json'];
    const backtest = await runCommand(args);
    documentSchemas.backtest.parse(JSON.parse(backtest.out));
    expect((await readFile(outDays!, 'utf8')).trim().split('\n')).toHaveLength(1 + 14);
    expect((await runCommand(args)).out).toBe(backtest.out);
  });

  test('too short a history is bad input', async () => {
    const file = join(folder, 'short.csv');
    await writeFile(file, trafficCsv(5));
    expect((await runCommand(['forecast', '--input', file])).code).toBe(3);
  });
});

describe('overrule', () => {
  test('add, list, remove', async () => {
    const here = ['--workspace', workspace, '--json'];
    const add = ['overrule', 'add', '--date', '2026-10-20', '--factor', '1.3', '--reason', 'school'];
    const { id } = JSON.parse((await runCommand([...add, ...here])).out) as { id: number };
    const list = JSON.parse((await runCommand(['overrule', 'list', ...here])).out) as { overrules: object[] };
    expect(list.overrules).toMatchObject([{ id, factor: 1.3, queue: null, reason: 'school' }]);
    expect((await runCommand([...add, '--queue', 'nobody', ...here])).code).toBe(3);
    expect((await runCommand([...add, '--calls', '5', ...here])).code).toBe(2);
    // +100 % is asked back, and made once it is confirmed.
    const twice = ['overrule', 'add', '--date', '2026-10-21', '--factor', '2', '--reason', 'fair'];
    const asked = await runCommand([...twice, ...here]);
    expect([asked.code, asked.err]).toEqual([3, expect.stringContaining('--yes')]);
    expect((await runCommand([...twice, '--yes', ...here])).code).toBe(0);
    expect((await runCommand(['overrule', 'remove', String(id), ...here])).code).toBe(0);
    expect((await runCommand(['overrule', 'remove', String(id), ...here])).code).toBe(2);
  });
});

describe('schema', () => {
  test('describes every answer and every model file', async () => {
    const names = ['plan', 'ingest', 'hotline', 'scenario', 'rank'];
    for (const name of names) {
      const { code, out } = await runCommand(['schema', name]);
      expect([code, (JSON.parse(out) as { type: string }).type]).toEqual([0, 'object']);
    }
  });
});

describe('erlang', () => {
  test('prints 17 digits of the reference’s measures as one document', async () => {
    const args = [
      'erlang',
      '--calls-per-hour',
      '2880',
      '--aht',
      '60',
      '--patience',
      '120',
      '--operators',
      '50',
    ];
    const { out } = await runCommand([...args, '--json']);
    const answer = documentSchemas.erlang.parse(JSON.parse(out));
    // 48 calls a minute, 1 min each, patience 2 min, 50 operators: 3.1 % abandon, wait 3.7 s, occupancy 93 %.
    expect(answer.p_abandon).toBeCloseTo(0.031, 3);
    expect(answer.mean_wait_admitted_s).toBeCloseTo(3.71, 2);
    expect(answer.occupancy).toBeCloseTo(0.93, 2);
  });

  test('says when no answer exists', async () => {
    const args = ['erlang', '--calls-per-hour', '60', '--aht', '60', '--operators', '1', '--lang', 'en'];
    expect((await runCommand(args)).out).toContain('no steady state');
  });
});

describe('weeks and histories that cannot be worked on', () => {
  test('a week before all data, and a week without any to compare', async () => {
    for (const [command, said] of [
      ['plan', 'no traffic before 2025-03-03'],
      ['compare', 'no traffic in this period'],
    ] as const) {
      const asked = [command, '--week', '2025-W10', '--workspace', workspace, '--lang', 'en'];
      const { code, err } = await runCommand(asked);
      expect([code, err.includes(said) || err]).toEqual([3, true]);
    }
  });

  test('a period in which no whole week of the data lies is not compared by a week outside it', async () => {
    for (const period of ['2030', '2026-Q2', '2025']) {
      const asked = ['compare', '--period', period, '--workspace', workspace];
      const { code, err } = await runCommand([...asked, '--lang', 'en']);
      expect([period, code, /no (full week of )?traffic/.test(err) || err]).toEqual([period, 3, true]);
    }
    const { err } = await runCommand(['compare', '--period', '2030', '--workspace', workspace]);
    expect(err).toContain('时期：这一时期没有整周的话务');
  });

  test('three days of traffic are too few to forecast or plan, and say what is wanted', async () => {
    const short = join(folder, 'short');
    const file = join(folder, 'short.csv');
    await writeFile(file, trafficCsv(3));
    expect((await runCommand(['init', '--workspace', short])).code).toBe(0);
    expect((await runCommand(['ingest', 'traffic', file, '--workspace', short])).code).toBe(0);
    for (const command of [['plan'], ['forecast'], ['forecast', '--from', '2026-09-12'], ['backtest']]) {
      const { code, err } = await runCommand([...command, '--workspace', short]);
      expect([code, err.includes('三周') || err.includes('四周') || err]).toEqual([3, true]);
    }
  });

  test('a queue of a change is known by its name, too', async () => {
    const add = (queue: string) =>
      runCommand([
        'overrule',
        'add',
        '--date',
        '2026-11-03',
        '--queue',
        queue,
        '--factor',
        '1.2',
        '--reason',
        'r',
        '--workspace',
        workspace,
        '--json',
      ]);
    expect(JSON.parse((await add('综合')).out)).toMatchObject({ queue: 'general' });
    const unknown = await add('挪车位');
    expect([unknown.code, unknown.err.includes('现有队列')]).toEqual([3, true]);
  });
});

describe('init and the countries it knows', () => {
  test.each(['ZZ', 'china', 'GB-XX'])('%s has no calendar: nothing is made', async (country) => {
    const other = join(folder, `country-${country}`);
    const { code, err } = await runCommand(['init', '--workspace', other, '--country', country]);
    expect([code, err.includes('没有这个国家的日历')]).toEqual([3, true]);
    await expect(stat(other)).rejects.toThrow('ENOENT');
  });

  test.each([
    ['Asia/Kathmandu', ['--country', 'NP']],
    ['Asia/Kathmandu', []],
    ['Pacific/Apia', ['--country', 'ws']],
  ])('%s %j: no holidays are known there, which is said, and the line is made', async (zone, country) => {
    const other = join(folder, `zone-${zone.replace('/', '-')}-${country.length}`);
    const args = ['init', '--workspace', other, '--timezone', zone, ...country, '--json', '--lang', 'en'];
    const { code, out, err } = await runCommand(args);
    expect([code, JSON.parse(out)]).toMatchObject([0, { zone, country: null }]);
    expect(err).toContain('no holiday calendar');
  });

  test('a region is one; the answer names the files to edit next', async () => {
    const other = join(folder, 'england');
    const { code, out } = await runCommand([
      'init',
      '--workspace',
      other,
      '--country',
      'gb-eng',
      '--lang',
      'en',
    ]);
    expect([code, out.includes('GB-ENG'), out.includes('tiers.json')]).toEqual([0, true, true]);
  });
});

describe('tables that commands take without a workspace', () => {
  const half = (slot: number): string =>
    `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
  const chinese = ['技能组,日期,时段,人工呼入量'];
  for (let day = 0; day < 35; day += 1) {
    const date = new Date(Date.UTC(2026, 8, 7 + day)).toISOString().slice(0, 10).replaceAll('-', '/');
    for (let slot = 16; slot < 36; slot += 1)
      chinese.push(`综合,${date},${half(slot)},${20 + (slot % 5) + (day % 7)}`);
  }

  test('a GB18030 CSV with Chinese headings is forecast and backtested', async () => {
    const file = join(folder, 'gb.csv');
    await writeFile(file, toGb18030(`${chinese.join('\n')}\n`));
    for (const command of [
      ['forecast', '--days', '1'],
      ['backtest', '--origins', '1'],
    ]) {
      const { code, out } = await runCommand([...command, '--input', file, '--method', 'weekday-mean']);
      expect([code, out.includes('综合'), out.includes('“日期 + 时段”')]).toEqual([0, true, true]);
    }
    const unknown = await runCommand(['forecast', '--input', file, '--queue', '社保']);
    expect([unknown.code, unknown.err.includes('现有队列：综合')]).toEqual([3, true]);
  });

  test.each(['forecast', 'backtest', 'erlang'])('a PDF is none: %s', async (command) => {
    const file = join(folder, 'x.pdf');
    await writeFile(file, '%PDF-1.7\n');
    const { code, err } = await runCommand([command, '--input', file, '--lang', 'en']);
    expect([code, err.includes('this is not a table but a PDF')]).toEqual([3, true]);
  });
});
