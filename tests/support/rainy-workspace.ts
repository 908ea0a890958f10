import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { inRoot } from './build-page.ts';
import { runCommand } from './run-command.ts';
import { shrinkModels } from './shrink-models.ts';

const first = '2026-01-05';
const days = 245;

/** The day after the last with calls: a Monday. */
export const rainyOrigin = addDays(first, days);

const run = async (folder: string, ...command: string[]): Promise<void> => {
  const { code, err } = await runCommand([...command, '--workspace', folder]);
  if (code !== 0) throw new Error(err);
};

/** Writes a table of rows into a folder and takes it in. */
export const ingestRows = async (folder: string, kind: string, rows: readonly string[]): Promise<void> => {
  const file = join(folder, `${kind}.csv`);
  await writeFile(file, `${rows.join('\n')}\n`);
  await run(folder, 'ingest', kind, file);
};

/** A workspace of one queue by the hour, open ten hours a day, whose calls rain moves by 0.6 % a millimetre, and its plan. */
export const makeRainyWorkspace = async (folder: string): Promise<void> => {
  await (await createWorkspace(folder, { modelsFrom: inRoot('models') })).close();
  await shrinkModels(join(folder, 'models'), { hourly: true, fewShifts: true });
  const random = seededRandom(11);
  const rain = Array.from({ length: days }, () => (random.uniform() < 0.3 ? 15 * random.gamma(1) : 0));
  const traffic = rain.flatMap((amount, d) => {
    const date = addDays(first, d);
    const calls = (weekdayOf(date) > 4 ? 200 : 400) * Math.exp(0.006 * amount + 0.05 * random.normal());
    return Array.from(
      { length: 10 },
      (_, hour) => `general,${date}T${String(8 + hour).padStart(2, '0')}:00,${random.poisson(calls / 10)}`,
    );
  });
  await ingestRows(folder, 'traffic', ['queue,start,offered', ...traffic]);
  await ingestRows(folder, 'causes', [
    'cause,date,value',
    ...rain.map((amount, d) => `rain mm,${addDays(first, d)},${amount.toFixed(1)}`),
  ]);
  await run(folder, 'plan');
};
