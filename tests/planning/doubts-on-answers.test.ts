import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/kernel/time.ts';
import { sayableSchema } from '../../src/contract/documents/schema-parts.ts';
import { clockText } from '../../src/kernel/time-window.ts';
import { runCommand } from '../support/run-command.ts';
import { english } from '../support/said.ts';
import { z } from 'zod';
import { shrinkModels } from '../support/shrink-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const firstDate = '2026-08-31';

/** Hours of ten weeks, 9 to 17; a slip of the pen in the last but one, so that the last is planned and compared on it. */
const traffic = (): string => {
  const rows = ['queue,start,offered,answered,abandoned'];
  for (let day = 0; day < 70; day += 1)
    for (let hour = 9; hour < 17; hour += 1) {
      const calls = day === 59 && hour === 10 ? 4_000_000 : 80;
      rows.push(`general,${addDays(firstDate, day)}T${clockText(60 * hour)}:00,${calls},${calls - 2},2`);
    }
  return `${rows.join('\n')}\n`;
};

const folder = await temporaryFolder();
const huawu = async (...args: readonly string[]): Promise<string> => {
  const said = await runCommand([...args, '--workspace', join(folder, 'w'), '--lang', 'en']);
  if (said.code !== 0) throw new Error(`${args.join(' ')}: ${said.err}`);
  return said.out;
};

beforeAll(async () => {
  await huawu('init', '--timezone', 'Asia/Shanghai', '--country', 'CN');
  await shrinkModels(join(folder, 'w', 'models'), { hourly: true, fewShifts: true });
  await writeFile(join(folder, 'traffic.csv'), traffic());
  await huawu('ingest', 'traffic', join(folder, 'traffic.csv'), '--accept-unusual');
  await huawu('plan', '--week', '2026-W45');
  await writeFile(join(folder, 'busier.json'), JSON.stringify({ scenario: 'busier', handleTimeFactor: 1.1 }));
}, 300_000);

const restsOn = z.object({ unusual: z.array(sayableSchema).min(1) });

test.each([
  ['plan', '--week', '2026-W45'],
  ['divert'],
  ['divert', '--levers'],
  ['require', '--curve', 'none'],
  ['simulate', '--scenario', 'busier.json'],
  ['compare', '--week', '2026-W45'],
])('%s %s says first that a figure cannot be, in text and JSON', async (...args) => {
  const asked = args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg));
  const text = await huawu(...asked);
  expect(text).toMatch(/^\[Doubtful figures\] /);
  const { unusual } = restsOn.parse(JSON.parse(await huawu(...asked, '--json')));
  expect(english(unusual[0])).toContain('4,000,000');
});
