import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forecastTable } from '../../src/library/forecast.ts';
import { bandChances, rateForHot, temperatureBand } from '../../src/library/monitoring.ts';
import { promptEffect } from '../../src/library/diversion.ts';
import { answersByInterval, leastOperatorsByInterval } from '../../src/library/staffing.ts';
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
    const parts = globSync('src/library/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
    expect(new Set(examples.map(([part]) => part))).toEqual(new Set(parts));
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

  const line = { intervalMinutes: 30, calls: [60, 90, 80, 30], handleTimeSeconds: 240, patienceSeconds: 120 };

  it('staffs a line by interval: one operator fewer anywhere breaks a target', () => {
    const targets = { connectionRate: 0.95, serviceLevel: 0.8 };
    const { operators, unreached } = leastOperatorsByInterval(line, targets);
    expect(unreached).toBe(0);
    const reached = (tried: readonly number[], i: number): boolean => {
      const answer = answersByInterval(line, tried)[i];
      return (answer?.connectionRate ?? 0) >= 0.95 && (answer?.serviceLevel ?? 0) >= 0.8;
    };
    operators.forEach((_, i) => {
      expect(reached(operators, i)).toBe(true);
      expect(reached(operators.with(i, (operators[i] ?? 0) - 1), i)).toBe(false);
    });
    // A line as steady as formulas like it comes to what the formula says.
    const steady = { ...line, calls: Array.from({ length: 12 }, () => 75) };
    const interval = { loadErlangs: 10, handleTimeSeconds: 240, patienceSeconds: 120, thresholdSeconds: 15 };
    const last = leastOperatorsByInterval(steady, { serviceLevel: 0.8 }).operators.at(-1);
    expect(last).toBe(leastOperators(interval, 0.8));
    // More in peaks that may come, and more where they are to hold more surely.
    const callPaths = [0.8, 0.9, 1, 1.1, 1.2].map((factor) => line.calls.map((calls) => calls * factor));
    const sure = (confidence: number): number =>
      leastOperatorsByInterval({ ...line, callPaths }, { ...targets, confidence }).operators.reduce(
        (a, b) => a + b,
      );
    expect(sure(1)).toBeGreaterThan(sure(0.6));
    expect(leastOperatorsByInterval({ ...line, trunks: 2 }, targets).unreached).toBe(4);
  });

  it('tells what a prompt does: nobody is lost on the way', () => {
    const operators = [9, 10, 10, 9];
    const prompt = { from: 1, to: 3, announcementSeconds: 5 };
    const online = promptEffect(line, operators, { ...prompt, onlineShare: 0.12, onlineFailureShare: 0.2 });
    expect(online.divertedOnline).toBeCloseTo(0.12 * 170, 6);
    expect(online.with.offered).toBeCloseTo(260 - 0.8 * 0.12 * 170, 6);
    expect(online.with.connectionRate).toBeGreaterThan(online.without.connectionRate);
    const later = promptEffect(line, operators, { ...prompt, offPeakShare: 0.1, offPeakInterval: 3 });
    expect([later.deferred, later.with.offered]).toEqual([expect.closeTo(17, 6), expect.closeTo(260, 6)]);
  });

  it.each([
    [{ ...line, intervalMinutes: 0 }, 'intervalMinutes is 0'],
    [{ ...line, calls: [60, -1, 0, 0] }, 'calls[1] is -1'],
    [{ ...line, calls: [] }, 'calls.length is 0'],
    [{ ...line, callPaths: [[1, 2]] }, 'callPaths[0].length is 2'],
    [{ ...line, handleTimeSeconds: [240, 240] }, 'handleTimeSeconds.length is 2'],
    [{ ...line, handleTimeSeconds: Number.NaN }, 'handleTimeSeconds is NaN'],
    [{ ...line, patienceSeconds: 0 }, 'patienceSeconds is 0'],
    [{ ...line, redialShare: 1 }, 'redialShare is 1'],
    [{ ...line, trunks: 1.5 }, 'trunks is 1.5'],
  ])('refuses a line that cannot be (%#)', (wrong, said) => {
    expect(() => answersByInterval(wrong, [9, 10, 10, 9])).toThrow(RangeError);
    expect(() => answersByInterval(wrong, [9, 10, 10, 9])).toThrow(said);
  });

  it('refuses targets, operators and prompts that cannot be', () => {
    expect(() => leastOperatorsByInterval(line, {})).toThrow(RangeError);
    expect(() => leastOperatorsByInterval(line, { serviceLevel: 80 })).toThrow('serviceLevel is 80');
    expect(() => answersByInterval(line, [9])).toThrow('operators.length is 1');
    const prompt = { from: 1, to: 3, announcementSeconds: 5 };
    const tried = (change: object) => () => promptEffect(line, [9, 10, 10, 9], { ...prompt, ...change });
    expect(tried({ to: 5 })).toThrow('to is 5');
    expect(tried({ offPeakShare: 0.1 })).toThrow('offPeakInterval is -1');
    expect(tried({ onlineShare: 0.6, offPeakShare: 0.5, offPeakInterval: 3 })).toThrow('at most 1');
  });

  it('forecasts a table as the command does, and names what is wrong with one', () => {
    const { document, csv } = forecastTable(callsCsv(), { days: 7 });
    expect(document.queues[0]?.days).toHaveLength(7);
    expect(csv.split('\n').length).toBeGreaterThan(7 * 12);
    expect(() => forecastTable('start,calls\nyesterday,12\n')).toThrow(/yesterday/);
  });
});
