import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planDocumentSchema, type PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { dayTable } from '../../src/render/week-tables.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { runCommand } from '../support/run-command.ts';
import { simplifyShifts } from '../support/simplify-shifts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** China's days off and make-up workdays (调休上班) of the first five months of 2026, as the State Council gave them. */
const daysOff = new Set(
  [
    '2026-01-01 2026-01-02 2026-01-03',
    '2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-21 2026-02-22 2026-02-23',
    '2026-04-04 2026-04-05 2026-04-06',
    '2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05',
  ].flatMap((dates) => dates.split(' ')),
);
const makeUpDays = new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09']);
const firstDate = '2025-12-29';

/** Hours of an office open on working days, 9 to 17, closed hours as zeros. */
const traffic = (end: string): string => {
  const random = seededRandom(5);
  const rows = ['queue,start,offered'];
  for (let date = firstDate; date < end; date = addDays(date, 1)) {
    const worked = makeUpDays.has(date) || (weekdayOf(date) < 5 && !daysOff.has(date));
    for (let hour = 0; hour < 24; hour += 1) {
      const calls = worked && hour >= 9 && hour < 17 ? random.poisson(30) : 0;
      rows.push(`general,${date}T${String(hour).padStart(2, '0')}:00:00,${calls}`);
    }
  }
  return `${rows.join('\n')}\n`;
};

const root = await temporaryFolder();

const huawu = async (...args: readonly string[]): Promise<string> => {
  const said = await runCommand([...args, '--lang', 'en']);
  if (said.code !== 0) throw new Error(`${args.join(' ')}: ${said.err}`);
  return said.out;
};

/** Operators required and calls expected on each date of a week planned from the history before it. */
const planOf = async (week: string, until: string): Promise<PlanDocument> => {
  const workspace = await mkdtemp(join(root, 'line-'));
  const at = ['--workspace', workspace] as const;
  await huawu('init', '--timezone', 'Asia/Shanghai', '--country', 'CN', ...at);
  await simplifyShifts(join(workspace, 'models', 'shifts.json'));
  await writeFile(join(workspace, 'traffic.csv'), traffic(until));
  await huawu('ingest', 'traffic', join(workspace, 'traffic.csv'), '--absent', 'gap', ...at);
  for (const [name, change] of [
    ['hotline', { intervalMinutes: 60 }],
    ['targets', { minimumOperators: 2 }],
  ] as const) {
    const file = join(workspace, 'models', `${name}.json`);
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...change }));
  }
  return planDocumentSchema.parse(JSON.parse(await huawu('plan', '--week', week, '--json', ...at)));
};

const mostRequired = (plan: PlanDocument, date: string): number =>
  Math.max(
    ...plan.starts.flatMap((start, i) =>
      start.startsWith(date) ? plan.tiers.map(({ required }) => required[i] ?? 0) : [],
    ),
  );

const callsOn = (plan: PlanDocument, date: string): number =>
  plan.days.find((day) => day.date === date)?.calls.mean ?? Number.NaN;

test('nobody is asked for, not even the least number, on a holiday on which the line is shut', async () => {
  const plan = await planOf('2026-W18', '2026-04-27');
  expect(callsOn(plan, '2026-05-01')).toBe(0);
  expect(mostRequired(plan, '2026-05-01')).toBe(0);
  expect(mostRequired(plan, '2026-04-30')).toBeGreaterThanOrEqual(2);
  // What is shut is no dead line: nothing is told of its rate, nor of a band.
  const shut = plan.days.find(({ date }) => date === '2026-05-01');
  expect(shut?.connectionRate).toEqual({ mean: null, q10: null, q90: null });
  expect(shut?.serviceLevel.mean).toBeNull();
  const { columns, rows } = dayTable(plan, 'en');
  const [, , , , peak] = columns.map(({ heading }) => heading);
  const row = rows.find(([date]) => date === '2026-05-01') ?? [];
  const cell = (heading: string) => row[columns.findIndex((column) => column.heading === heading)];
  expect([cell(peak ?? ''), cell('Band'), cell('Chance')]).toEqual(['–', '–', null]);
  expect(rows.find(([date]) => date === '2026-04-30')).not.toContain('–');
}, 300_000);

test('worked Saturdays and Sundays do not open the others; a coming one is open', async () => {
  const plan = await planOf('2026-W19', '2026-05-04');
  const workday = { from: '09:00', to: '17:00' };
  expect(plan.openingHours?.week).toEqual([...Array.from({ length: 5 }, () => workday), null, null]);
  expect(plan.openingHours?.makeUpWorkdays).toEqual(workday);
  expect(callsOn(plan, '2026-05-09')).toBeGreaterThan(100);
  expect(mostRequired(plan, '2026-05-09')).toBeGreaterThanOrEqual(2);
  expect(callsOn(plan, '2026-05-10')).toBe(0);
  expect(mostRequired(plan, '2026-05-10')).toBe(0);
}, 300_000);
