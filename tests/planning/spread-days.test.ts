import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/kernel/time.ts';
import { runCommand } from '../support/run-command.ts';
import { shrinkModels } from '../support/shrink-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const huawu = async (...args: readonly string[]): Promise<string> => {
  const said = await runCommand([...args, '--workspace', join(folder, 'w')]);
  if (said.code !== 0) throw new Error(`${args.join(' ')}: ${said.err}`);
  return said.out;
};

beforeAll(async () => {
  const days = Array.from({ length: 70 }, (_, i) => `${addDays('2026-08-31', i)},${300 + 10 * (i % 7)}`);
  await writeFile(join(folder, 'days.csv'), `date,offered\n${days.join('\n')}\n`);
  await huawu('init', '--timezone', 'Asia/Shanghai', '--country', 'CN');
  await shrinkModels(join(folder, 'w', 'models'), { hourly: true, fewShifts: true });
  await huawu('ingest', 'traffic', join(folder, 'days.csv'), '--queue', 'general', '--day-shape', 'usual');
});

test('a plan from totals of days says first that the hours of its peaks are assumed, in text, on the page and in the workbook’s words', async () => {
  expect(await huawu('plan', '--lang', 'en')).toMatch(
    /^\[Assumed\] 70 days came as totals .*peak times are assumed/,
  );
  const out = join(folder, 'week.html');
  for (const [lang, heading, decision] of [
    ['en', 'Assumed: 70 days came as totals', 'peak times are assumed'],
    ['zh-CN', '假设：70 天只有全天总数', '高峰时刻按通常的日内分布推定'],
  ] as const) {
    await huawu('report', '--plan', 'latest', '--out', out, '--lang', lang, '--replace');
    const page = await readFile(out, 'utf8');
    expect(page).toContain(heading);
    expect(page).toContain(decision);
    // An assumption is no doubtful figure.
    expect(page).not.toMatch(/Doubtful figures|数值存疑/);
  }
});
