import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';
import { runCommand } from '../support/run-command.ts';

const first = '2026-01-05';
const days = 70;

/** Ten weeks of two lines, day by day: one at 90 % with weaker Mondays, one at 60 %; the last ten days may be left off. */
const table = (until = days): string => {
  const random = seededRandom(4);
  const rows = ['line,day,asked,in_time'];
  for (let d = 0; d < until; d += 1) {
    for (const [line, rate] of [
      ['north', d % 7 === 0 ? 0.8 : 0.9],
      ['south', 0.6],
    ] as const) {
      const asked = 400 + Math.floor(100 * random.uniform());
      const within = Math.round(asked * (rate + 0.01 * random.normal()));
      rows.push(`${line},${addDays(first, d)},${asked},${within}`);
    }
  }
  return `${rows.join('\n')}\n`;
};

describe('huawu rate', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawu-rate-'));
    await writeFile(join(folder, 'whole.csv'), table());
    await writeFile(join(folder, 'start.csv'), table(days - 10));
    await writeFile(join(folder, 'short.csv'), table(20));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const rate = (name: string, ...words: string[]) =>
    runCommand([
      'rate',
      '--input',
      join(folder, name),
      '--time-column',
      'day',
      '--queue-column',
      'line',
      '--calls-column',
      'asked',
      '--met-column',
      'in_time',
      ...words,
    ]);

  it('forecasts the days after a file, weekday by weekday', async () => {
    const { code, out } = await rate('whole.csv', '--json');
    expect(code).toBe(0);
    const answer = documentSchemas.rate.parse(JSON.parse(out));
    expect(answer).toMatchObject({ from: addDays(first, days), days: 7, score: null });
    const north = answer.lines.find(({ line }) => line === 'north')?.days ?? [];
    expect(north[0]?.mean).toBeCloseTo(0.8, 1);
    expect(north[1]?.mean).toBeCloseTo(0.9, 1);
    for (const day of north) {
      expect(day.q025).toBeLessThanOrEqual(day.q10);
      expect(day.q10).toBeLessThan(day.q90);
      expect(day.actual).toBeNull();
    }
  });

  it('scores days that have passed, and looks at none of them: a file cut off before them forecasts the same', async () => {
    const from = addDays(first, days - 10);
    const out = join(folder, 'out.csv');
    const scored = JSON.parse((await rate('whole.csv', '--from', from, '--days', '10', '--json')).out);
    const blind = JSON.parse((await rate('start.csv', '--days', '10', '--out', out, '--json')).out);
    const means = (answer: unknown): number[] =>
      documentSchemas.rate.parse(answer).lines.flatMap((line) => line.days.map((day) => day.mean));
    expect(means(scored)).toEqual(means(blind));
    const { score } = documentSchemas.rate.parse(scored);
    expect(score?.days).toBe(20);
    expect(score?.meanAbsoluteError).toBeLessThan(0.02);
    const [heading, ...rows] = (await readFile(out, 'utf8')).trim().split('\n');
    expect(heading).toBe('line,origin,date,mean,q025,q10,q90,q975,calls,actual');
    expect(rows).toHaveLength(20);
  });

  it('says what a line was and what is wrong, in both languages', async () => {
    const said = await rate('whole.csv', '--from', addDays(first, days - 7), '--lang', 'en');
    expect(said.out).toContain('mean absolute error');
    expect((await rate('whole.csv')).out).toContain('N 秒接通率');
    const short = await rate('short.csv', '--lang', 'en');
    expect(short.code).toBe(3);
    expect(short.err).toContain('four earlier weeks');
    const bare = await runCommand(['rate', '--input', join(folder, 'whole.csv'), '--lang', 'en']);
    expect(bare.code).toBe(2);
    expect(bare.err).toContain('--met-column');
  });

  it('calls the queues of a workspace by their names, and is asked by either', async () => {
    const workspace = join(folder, 'workspace');
    await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
    const rows = ['queue,start,offered,answered_in_threshold'];
    for (let d = 0; d < days; d += 1) {
      rows.push(`general,${addDays(first, d)},1000,${900 + (d % 7)}`);
      if (d < 20) rows.push(`move-car,${addDays(first, d)},100,80`);
    }
    await writeFile(join(folder, 'days.csv'), `${rows.join('\n')}\n`);
    await runCommand(['ingest', 'traffic', join(folder, 'days.csv'), '--workspace', workspace]);
    const of = (...words: string[]) => runCommand(['rate', '--workspace', workspace, ...words]);
    const english = (await of('--lang', 'en')).out;
    expect(english).toMatch(/^General {2}2026-03-16/m);
    expect(english).toContain('1 queue has fewer than four weeks');
    expect(english).not.toMatch(/general|move-car/);
    expect((await of()).out).toMatch(/^综合 +2026-03-16/m);
    expect((await of('--from', '2026-03-09', '--lang', 'en')).out).toMatch(/^General .*9\d\.\d%/m);
    const [byName, byKey] = [await of('--queue', '综合', '--json'), await of('--queue', 'general', '--json')];
    expect(documentSchemas.rate.parse(JSON.parse(byName.out)).lines.map(({ line }) => line)).toEqual([
      'general',
    ]);
    expect(byKey.out).toBe(byName.out);
    const none = await of('--queue', 'nobody', '--lang', 'en');
    expect([none.code, none.err.includes('general (General')]).toEqual([3, true]);
  });
});
