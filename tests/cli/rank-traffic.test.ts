import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
});

const rank = (...more: string[]): ReturnType<typeof runCommand> =>
  runCommand(['rank', '--traffic', '--workspace', workspace, '--lang', 'en', ...more]);

describe('ranking lines by their own traffic', () => {
  test('without traffic it says what is missing', async () => {
    const { code, err } = await rank();
    expect([code, err.includes('Ingest traffic with answered_in_threshold') || err]).toEqual([3, true]);
  });

  test('rates are of calls, intervals of days: the same rate is told better by steady days', async () => {
    const rows = ['queue,start,offered,answered_in_threshold'];
    for (let day = 1; day <= 28; day += 1) {
      const date = `2026-10-${String(day).padStart(2, '0')}`;
      rows.push(`steady,${date},1000,${day % 2 === 0 ? 810 : 790}`);
      rows.push(`wild,${date},1000,${day % 2 === 0 ? 990 : 610}`);
      rows.push(`low,${date},1000,400`);
    }
    const file = join(folder, 'days.csv');
    await writeFile(file, `${rows.join('\n')}\n`);
    expect((await runCommand(['ingest', 'traffic', file, '--workspace', workspace])).code).toBe(0);
    const { code, out } = await rank('--json');
    expect(code).toBe(0);
    const table = documentSchemas.rank.parse(JSON.parse(out));
    expect([table.basis, table.period]).toEqual(['traffic', '2026-10']);
    const of = (name: string) => {
      const row = table.hotlines.find((line) => line.hotline === name);
      if (row === undefined) throw new Error(`no ${name}`);
      return row;
    };
    expect([of('wild').testCalls, of('wild').connected, of('wild').connectionRate]).toEqual([
      28_000, 22_400, 0.8,
    ]);
    const width = (name: string): number => of(name).high - of(name).low;
    expect(width('wild')).toBeGreaterThan(5 * width('steady'));
    // ±190 calls of 1,000 a day over 28 days: ± 1.96 · 0.19 / √27
    expect(width('wild')).toBeCloseTo((2 * 1.96 * 0.19) / Math.sqrt(27), 1);
    expect(of('low').rank).toBe(3);
    const { out: told } = await rank();
    expect(told).toContain('22400/28000');
    // The file ends on the 28th; nobody is out of service.
    expect(told).toContain('2026-10 has traffic only from 2026-10-01 to 2026-10-28');
    expect(told).toContain('95% intervals from the true rates as estimated over all hotlines together.');
    expect(told).not.toContain('out of service');
  });
});
