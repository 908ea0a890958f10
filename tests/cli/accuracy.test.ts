import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  accuracyDocumentSchema,
  type AccuracyDocument,
} from '../../src/contract/documents/accuracy-document.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { copyWorkspace } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { isLongRun } from '../support/sweep.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'line');

const run = (...args: string[]) => runCommand([...args, '--workspace', workspace, '--lang', 'en']);
const accuracy = async (...args: string[]): Promise<AccuracyDocument> => {
  const { code, out, err } = await run('accuracy', ...args, '--json');
  if (code !== 0) throw new Error(err);
  return accuracyDocumentSchema.parse(JSON.parse(out));
};

const dayMillis = 86_400_000;
const monday = startOfDay('2026-11-23', 'Asia/Shanghai');

/** The planned week comes as it was foreseen, but for a third more calls from Wednesday 25 November on. */
beforeAll(async () => {
  await copyWorkspace('plan', workspace);
  const { store, close } = await openWorkspace(workspace);
  const plan = await store.plan();
  if (plan === undefined) throw new Error('no plan');
  const { intervalMinutes } = plan;
  for (const { queue, mean } of plan.queues)
    await store.write(
      'traffic',
      mean.map((calls, i) => {
        const startMillis = monday + i * intervalMinutes * 60_000;
        const offered = Math.round(startMillis < monday + 2 * dayMillis ? calls : (calls * 4) / 3);
        return { queue, startMillis, intervalMinutes, offered };
      }),
    );
  await close();
});

test('scores what came from a day on: weeks forecast again, forecasts kept with plans, and plans', async () => {
  const [all, since] = [await accuracy('--weeks', '1'), await accuracy('--since', '2026-11-25')];
  expect([all.asked, since.asked]).toEqual([{ weeks: 1 }, { since: '2026-11-25' }]);
  expect([all.from, all.to, all.weeks]).toEqual(['2026-11-23', '2026-11-29', 1]);
  expect([since.from, since.to, since.weeks]).toEqual(['2026-11-25', '2026-11-29', 1]);
  expect([since.frozen?.from, since.frozen?.to]).toEqual(['2026-11-25', '2026-11-29']);
  const [whole, part] = [all.frozen?.parts[0], since.frozen?.parts[0]];
  const fromWednesday = whole?.weekdays.filter(({ weekday }) => weekday >= 3) ?? [];
  expect(part?.weekdays).toEqual(fromWednesday);
  const intervals = fromWednesday.reduce((sum, { scoredIntervals }) => sum + scoredIntervals, 0);
  expect([part?.scoredIntervals, since.leads[0]?.all.scoredIntervals]).toEqual([intervals, intervals]);
  // A quarter of the calls was not foreseen, and nothing of what was foreseen before counts.
  for (const bias of [since.leads[0]?.all.bias, part?.bias, since.plans[0]?.bias])
    expect(bias).toBeCloseTo(-0.25, 1);
  for (const [before, after] of [
    [all.leads[0]?.all.bias, since.leads[0]?.all.bias],
    [whole?.bias, part?.bias],
    [all.plans[0]?.bias, since.plans[0]?.bias],
  ])
    expect((before ?? 0) - (after ?? 0)).toBeGreaterThan(0.03);
});

test('what was asked for is said with the answer', async () => {
  const { out } = await run('accuracy', '--since', '2026-11-25');
  expect(out).toContain('Only: --since 2026-11-25');
});

test.runIf(isLongRun)('all weeks since are scored unless told otherwise', async () => {
  const weeksOf = async (...args: string[]): Promise<unknown[]> => {
    const { from, weeks } = await accuracy(...args);
    return [from, weeks];
  };
  expect(await weeksOf('--since', '2026-11-09')).toEqual(['2026-11-09', 3]);
  expect(await weeksOf('--since', '2026-11-09', '--weeks', '2')).toEqual(['2026-11-16', 2]);
  expect(await weeksOf()).toEqual(['2026-11-02', 4]);
});

test('a day after which no week is over is refused, with the last that is', async () => {
  const { code, out, err } = await run('accuracy', '--since', '2026-11-30');
  expect([code, out]).toEqual([3, '']);
  expect(err).toContain('no full week has ended since this day');
  expect(err).toContain('2026-11-29');
  expect((await run('accuracy', '--since', 'yesterday')).code).toBe(3);
});
