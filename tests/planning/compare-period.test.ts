import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  compareDocumentSchema,
  type CompareDocument,
} from '../../src/contract/documents/compare-document.ts';
import { addDays } from '../../src/kernel/time.ts';
import { clockText } from '../../src/kernel/time-window.ts';
import { runCommand } from '../support/run-command.ts';
import { english } from '../support/said.ts';
import { shrinkModels } from '../support/shrink-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const firstDate = '2026-08-31';
const days = 70;

/** Half-hours of ten weeks, 9 to 17: in the last week half of the calls are lost, before it one in twenty. */
const traffic = (): string => {
  const rows = ['queue,start,offered,answered'];
  for (let day = 0; day < days; day += 1)
    for (let slot = 18; slot < 34; slot += 1)
      rows.push(
        `general,${addDays(firstDate, day)}T${clockText(30 * slot)}:00,40,${day < days - 7 ? 38 : 20}`,
      );
  return `${rows.join('\n')}\n`;
};

/** A test call a day from June to the end of the traffic, every twentieth not connected. */
const testCalls = (): string => {
  const rows = ['hotline,placed_at,connected,seconds_to_operator'];
  for (let day = 0; day < 162; day += 1)
    rows.push(`own,${addDays('2026-05-31', day)}T10:10:00,${day % 20 === 0 ? 'false,' : 'true,20'}`);
  return `${rows.join('\n')}\n`;
};

const folder = await temporaryFolder();
let compared: CompareDocument;
let text: string;
beforeAll(async () => {
  const workspace = join(folder, 'w');
  const huawu = async (...args: string[]): Promise<string> => {
    const said = await runCommand([...args, '--workspace', workspace, '--lang', 'en']);
    if (said.code !== 0) throw new Error(said.err);
    return said.out;
  };
  await huawu('init', '--timezone', 'Asia/Shanghai', '--country', 'CN');
  await shrinkModels(join(workspace, 'models'), { hourly: true, fewShifts: true });
  await writeFile(join(folder, 'traffic.csv'), traffic());
  await writeFile(join(folder, 'tests.csv'), testCalls());
  await huawu('ingest', 'traffic', join(folder, 'traffic.csv'));
  await huawu('ingest', 'monitoring', join(folder, 'tests.csv'));
  await huawu('plan', '--week', '2026-W44');
  text = await huawu('compare', '--period', '2026');
  compared = compareDocumentSchema.parse(JSON.parse(await huawu('compare', '--period', '2026', '--json')));
}, 400_000);

test('a period holds test calls and traffic against each other over the days that have both', () => {
  const { span } = compared;
  expect([span?.from, span?.to, span?.days]).toEqual([firstDate, addDays(firstDate, days - 1), days]);
  expect(span?.monitored.testCalls).toBe(days);
  const answered = (63 * 38 + 7 * 20) / (70 * 40);
  expect(span?.connectionRate).toBeCloseTo(answered, 10);
});

test('what could not be compared is counted and said', () => {
  expect(compared.span?.testCallsLeftOut).toBe(162 - days);
  expect(compared.span?.daysWithoutTraffic).toBe(365 - days);
  expect(compared.notices.map(english).join('\n')).toContain('92 test calls of those days are left out');
  expect(english(compared.verdict)).toContain('the two');
  // Every interval in which the line was open is there.
  expect(compared.notices.map(english).join('\n')).not.toContain('have traffic on record');
});

test('beside the projection of one week stand the test calls of that week alone', () => {
  expect(compared.week).toBe('2026-W45');
  expect(compared.monitored?.testCalls).toBe(7);
});

test('what plans promised stands beside what came over all weeks with a plan, each figure with its base', () => {
  const planned = compared.span?.planned;
  expect([planned?.weeks, planned?.weeksWithTraffic]).toEqual([2, 10]);
  // Of the two weeks with a plan the last lost half of its calls, the one before it one in twenty.
  expect(planned?.actualConnectionRate).toBeCloseTo((38 + 20) / 80, 10);
  expect(planned?.projectedConnectionRate).toBeGreaterThan(0.5);
  expect(text).toContain('2026: weeks with a plan');
  expect(text).toContain('week 2026-W45');
  expect(compared.notices.map(english).join('\n')).toContain(
    'Of the 10 weeks with traffic in the period 2 have a plan',
  );
});

test('what rests on redials that are assumed is said, and shown without them', () => {
  const without = compared.withoutAssumedRedials;
  if (without === undefined) throw new Error('nothing said of redials');
  const { causes, gap, callsOff, share } = without;
  const volumeOf = (all: readonly { readonly cause: string; readonly effect: number }[]): number =>
    all.find(({ cause }) => cause === 'volume')?.effect ?? Number.NaN;
  // As many calls came as in every week before, of which twenty instead of two of forty were lost.
  expect(callsOff).toBeCloseTo((share * 20) / 40, 6);
  expect(Math.abs(without.bias ?? 1)).toBeLessThan(0.02);
  // 39 first calls foreseen where 30 of 40 are taken for first ones.
  expect(compared.forecast?.bias ?? 0).toBeCloseTo(39 / 30 - 1, 1);
  expect(Math.abs(volumeOf(causes))).toBeLessThan(0.01);
  expect(volumeOf(compared.causes)).toBeGreaterThan(volumeOf(causes) + 0.005);
  expect(causes.reduce((sum, { effect }) => sum + effect, 0)).toBeCloseTo(gap ?? Number.NaN, 10);
  expect(compared.notices.map(english).join('\n')).toContain('Redials are not on record');
  expect(text).toContain('Redials are not on record');
});
