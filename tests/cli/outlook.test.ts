import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';
import { runCommand } from '../support/run-command.ts';

const days = 3 * 365 - 12;

/** Three years of two queues, day by day: one steady, one growing by a fifth a year. */
const dayTable = (): string => {
  const random = seededRandom(2);
  const rows = ['queue,date,calls'];
  for (let d = 0; d < days; d += 1)
    for (const [queue, growth] of [
      ['steady', 0],
      ['growing', 0.2],
    ] as const) {
      const mean = 400 * (1 + growth) ** (d / 365) * (d % 7 < 5 ? 1.1 : 0.75);
      rows.push(`${queue},${addDays('2023-01-02', d)},${random.poisson(mean)}`);
    }
  return `${rows.join('\n')}\n`;
};

describe('huawu outlook', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawu-outlook-'));
    await writeFile(join(folder, 'days.csv'), dayTable());
    const months = Array.from({ length: 30 }, (_, i) => `2023-${i},${3000 + 10 * i}`);
    await writeFile(
      join(folder, 'months.csv'),
      `month,calls\n${months.map((row, i) => row.replace(/^[\d-]+/, `${2023 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`)).join('\n')}\n`,
    );
    await writeFile(
      join(folder, 'short.csv'),
      'month,calls\n2025-01,3000\n2025-02,2900\n2025-03,3100\n2025-04,3000\n',
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const outlook = (name: string, ...words: string[]) =>
    runCommand(['outlook', '--input', join(folder, name), ...words]);

  it.each(['月份', '年月', '统计月份', 'Month'])(
    'takes a report’s months under the heading %s',
    async (heading) => {
      const example = await readFile(
        new URL('../../docs/public/example/months.csv', import.meta.url),
        'utf8',
      );
      await writeFile(join(folder, 'report.csv'), example.replace('月份', heading));
      const { code, out } = await outlook('report.csv', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ by: 'month', queues: [{ knownPeriods: 70 }] });
    },
  );

  it('adds days up to months, queue by queue and together, with growth and a score', async () => {
    const { code, out } = await outlook('days.csv', '--json');
    expect(code).toBe(0);
    const { queues, line, by } = documentSchemas.outlook.parse(JSON.parse(out));
    expect(by).toBe('month');
    const [steady, growing] = queues;
    expect(steady).toMatchObject({ queue: 'steady', knownPeriods: 36 });
    expect(growing?.growth?.middle).toBeGreaterThan(0.15);
    expect(growing?.growth?.middle).toBeLessThan(0.25);
    expect(steady?.growth?.high).toBeLessThan(0.05);
    expect(growing?.score?.yearBeforeWape).toBeGreaterThan(2 * (growing?.score?.wape ?? Infinity));
    // the month that the history ends in is forecast first, its known days kept
    expect(steady?.periods[0]).toMatchObject({ start: '2025-12-01', days: 31 });
    line?.periods.forEach(({ mean }, h) =>
      expect(mean).toBeCloseTo((steady?.periods[h]?.mean ?? 0) + (growing?.periods[h]?.mean ?? 0), 3),
    );
  });

  it('takes totals of months as they are, by a growth that is stated, and writes a table', async () => {
    const file = join(folder, 'out.csv');
    const { code, out } = await outlook(
      'months.csv',
      '--growth',
      '0.1',
      '--periods',
      '24',
      '--lang',
      'en',
      '--out',
      file,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/month +calls +80% range/);
    expect(out).toContain('with assumed growth of 10.0% a year');
    const rows = (await readFile(file, 'utf8')).trim().split('\n');
    expect(rows).toHaveLength(25);
    expect(rows[0]).toBe('queue,origin,start,mean,q025,q10,q50,q90,q975');
    expect(rows[1]).toMatch(/^,2025-07-01,2025-07-01,/);
  });

  it('says where a history is too short, and how it is repeated', async () => {
    const { code, err } = await outlook('short.csv', '--lang', 'en');
    expect(code).toBe(3);
    expect(err).toContain('only 4 months of data');
    expect(err).toContain('Give at least 6 months');
  });
});
