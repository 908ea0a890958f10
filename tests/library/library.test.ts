import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forecastTable } from '../../src/library/forecast.ts';
import { bandChances, rateForHot, temperatureBand } from '../../src/library/monitoring.ts';
import { erlangA, erlangB, erlangC, leastOperators } from '../../src/library/queueing.ts';

const root = new URL('../../', import.meta.url).pathname;

/** Ninety days of a line that is open from 8 to 20, in hours. */
const callsCsv = (): string => {
  const rows = ['start,calls'];
  for (let day = 0; day < 90; day += 1)
    for (let hour = 8; hour < 20; hour += 1) {
      const start = new Date(Date.UTC(2026, 0, 5 + day, hour)).toISOString().slice(0, 16);
      rows.push(`${start},${40 + 5 * (day % 7) + (hour % 3)}`);
    }
  return `${rows.join('\n')}\n`;
};

/** The examples of the library's own comments, by file. */
const examples = globSync('src/library/*.ts', { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, code = '']) => [basename(file, '.ts'), code.replaceAll(/^ \* ?/gm, '')] as const,
  ),
);

describe('the library', () => {
  it('has an example for each of its parts', () => {
    expect(new Set(examples.map(([part]) => part))).toEqual(new Set(['forecast', 'monitoring', 'queueing']));
  });

  it.each(examples)('runs its example of %s', async (_, code) => {
    const folder = await mkdtemp(join(tmpdir(), 'huawu-example-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'calls.csv'), callsCsv());
    const here = code.replaceAll(
      /'huawu\/(\w+)'/g,
      (__, part: string) => `'${pathToFileURL(join(root, `src/library/${part}.ts`)).href}'`,
    );
    await writeFile(join(folder, 'example.ts'), here);
    const { status, stderr } = spawnSync(process.execPath, ['example.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('has the formulas of the product', () => {
    // 20 Erlangs on 22 lines, 2 Erlangs on 3 operators: by hand from the textbook recursion.
    let blocked = 1;
    for (let n = 1; n <= 22; n += 1) blocked = (20 * blocked) / (n + 20 * blocked);
    expect(erlangB(20, 22)).toBeCloseTo(blocked, 12);
    const interval = { loadErlangs: 2, operators: 3, handleTimeSeconds: 180, thresholdSeconds: 20 };
    expect(erlangC(interval)?.pWait).toBeCloseTo(4 / 9, 12);
    expect(erlangC({ ...interval, operators: 2 })).toBeUndefined();
    // Callers who hardly ever hang up wait as long as those who never do.
    expect(erlangA({ ...interval, patienceSeconds: 1e9 }).pWait).toBeCloseTo(4 / 9, 5);
    expect(() => erlangA({ ...interval, patienceSeconds: Infinity })).toThrow(RangeError);
    expect(() => erlangA({ ...interval, operators: -1, patienceSeconds: 60 })).toThrow(RangeError);
    const least = leastOperators({ ...interval, patienceSeconds: 120 }, 0.9);
    const reached = (operators: number): number =>
      erlangA({ ...interval, operators, patienceSeconds: 120 }).slOffered;
    expect(least).toBeGreaterThan(1);
    expect(reached(least ?? 0)).toBeGreaterThanOrEqual(0.9);
    expect(reached((least ?? 0) - 1)).toBeLessThan(0.9);
  });

  it('bands a monitored rate and tells the chances of the next one', () => {
    expect([0.95, 0.3, 0.01, 0].map((rate) => temperatureBand(rate))).toEqual([
      'hot',
      'warm',
      'cold',
      'dead',
    ]);
    // 19 or 20 of 20.
    expect(bandChances(0.96, 20).hot).toBeCloseTo(0.96 ** 20 + 20 * 0.96 ** 19 * 0.04, 12);
    expect(bandChances([1, 0], 5)).toEqual({ hot: 0.5, warm: 0, cold: 0, dead: 0.5 });
    expect(bandChances(rateForHot(20, 0.9), 20).hot).toBeCloseTo(0.9, 9);
  });

  it('forecasts a table as the command does, and names what is wrong with one', () => {
    const { document, csv } = forecastTable(callsCsv(), { days: 7 });
    expect(document.queues[0]?.days).toHaveLength(7);
    expect(csv.split('\n').length).toBeGreaterThan(7 * 12);
    expect(() => forecastTable('start,calls\nyesterday,12\n')).toThrow(/yesterday/);
  });
});
