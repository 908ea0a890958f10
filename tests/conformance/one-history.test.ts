import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import {
  forecastDocumentSchema,
  type ForecastDocument,
} from '../../src/contract/documents/forecast-document.ts';
import { planDocumentSchema, type PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { addDays, weekOf } from '../../src/kernel/time.ts';
import { apiClient } from '../support/api-client.ts';
import { buildPage } from '../support/build-page.ts';
import { english } from '../support/said.ts';
import { runCommand } from '../support/run-command.ts';
import { sweep } from '../support/sweep.ts';
import { openPage, openSiteOf } from '../support/test-site.ts';
import { linesWithHours, trafficOf, type LineWithHours } from './lines-with-hours.ts';
import { simplifyShifts } from '../support/simplify-shifts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = await temporaryFolder();

const huawu = async (workspace: string, ...args: readonly string[]): Promise<string> => {
  const said = await runCommand([...args, '--workspace', workspace, '--lang', 'en']);
  if (said.code !== 0) throw new Error(`${args.join(' ')}: ${said.err}`);
  return said.out;
};

/** A workspace with a line's files, its hotline model left as `init` writes it. */
const workspaceOf = async (line: LineWithHours): Promise<string> => {
  const workspace = await mkdtemp(join(root, 'line-'));
  const folder = join(workspace, 'w');
  await huawu(folder, 'init', '--timezone', line.zone);
  await simplifyShifts(join(folder, 'models', 'shifts.json'));
  const file = join(folder, 'models', 'hotline.json');
  const hotline = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...hotline, country: line.country, intervalMinutes: 60 }));
  await writeFile(join(workspace, 'traffic.csv'), trafficOf(line));
  await huawu(folder, 'ingest', 'traffic', join(workspace, 'traffic.csv'), '--absent', 'gap');
  if (line.events !== undefined) {
    const rows = ['date,kind,label,expected_effect', ...line.events];
    await writeFile(join(workspace, 'events.csv'), `${rows.join('\n')}\n`);
    await huawu(folder, 'ingest', 'events', join(workspace, 'events.csv'));
  }
  return folder;
};

/** The plan over HTTP, as the page asks for it. */
const planOverHttp = async (folder: string, id: string): Promise<PlanDocument> => {
  const server = await serveWorkspace({ folder, settings: settingsSchema.parse({ port: 0, threads: 1 }) });
  try {
    const answer = await apiClient(server)(`${apiRoot}/plans/${id}`);
    return planDocumentSchema.parse(await answer.json());
  } finally {
    await server.close();
  }
};

/** Means of a backtest's CSV by queue and local start. */
const backtestMeans = (csv: string): Map<string, number> =>
  new Map(
    csv
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => {
        const [queue, , start, mean] = row.split(',');
        return [`${queue} ${start?.slice(0, 16)}`, Number(mean)] as const;
      }),
  );

const quantiles = ['mean', 'q025', 'q10', 'q50', 'q90', 'q975'] as const;

/** Calls of a plan's week in the hours in which the line's own law has calls, and in the others. */
const openAndClosed = (
  line: LineWithHours,
  plan: PlanDocument,
): { open: number; due: number; closed: number } => {
  const sums = { open: 0, due: 0, closed: 0 };
  for (const queue of plan.queues)
    plan.starts.forEach((start, i) => {
      const due = line.queues[queue.queue]?.(start.slice(0, 10), Number(start.slice(11, 13))) ?? 0;
      sums[due > 0 ? 'open' : 'closed'] += queue.mean[i] ?? 0;
      sums.due += due;
    });
  return sums;
};

interface Answers {
  readonly folder: string;
  readonly plan: PlanDocument;
  readonly forecast: ForecastDocument;
  readonly means: ReadonlyMap<string, number>;
  readonly backtestSaid: string;
}

const answersOf = async (line: LineWithHours): Promise<Answers> => {
  const folder = await workspaceOf(line);
  const plan = planDocumentSchema.parse(
    JSON.parse(await huawu(folder, 'plan', '--week', weekOf(line.monday), '--json')),
  );
  const forecast = forecastDocumentSchema.parse(
    JSON.parse(await huawu(folder, 'forecast', '--from', line.monday, '--json')),
  );
  const out = join(folder, 'backtest.csv');
  const backtestSaid = await huawu(folder, 'backtest', '--origins', line.monday, '--out', out);
  return { folder, plan, forecast, means: backtestMeans(await readFile(out, 'utf8')), backtestSaid };
};

/** What hours are told by; what calls are moved by in a long run. */
const inEveryRun = new Set(['closed hours as absent rows']);

describe.each(sweep(linesWithHours, ({ name }) => inEveryRun.has(name)))('one history: $name', (line) => {
  let answers: Answers;
  beforeAll(async () => {
    answers = await answersOf(line);
  });

  test('plan, forecast, backtest and the answer that the page shows have the same numbers', async () => {
    const { folder, plan, forecast, means, backtestSaid } = answers;
    expect(forecast.queues.map(({ queue }) => queue).sort()).toEqual(
      plan.queues.map(({ queue }) => queue).sort(),
    );
    for (const queue of plan.queues) {
      const own = forecast.queues.find((other) => other.queue === queue.queue);
      expect(own?.starts).toEqual(plan.starts);
      for (const name of quantiles) expect(own?.[name]).toEqual(queue[name]);
      const young = !means.has(`${queue.queue} ${line.monday}T09:00`) && line.name === 'a new queue';
      if (young) expect(backtestSaid).toContain(`${queue.name.en} has too short a history`);
      else
        plan.starts.forEach((start, i) => {
          // A backtest reports the hours with records: the others are closed.
          const mean = means.get(`${queue.queue} ${start}`) ?? 0;
          expect(Math.abs(mean - (queue.mean[i] ?? 0))).toBeLessThan(1e-6);
        });
    }
    expect(await planOverHttp(folder, plan.id)).toEqual(plan);
  });

  test('the calls come when the line is open, and only then', () => {
    const { open, due, closed } = openAndClosed(line, answers.plan);
    expect(open / due).toBeGreaterThan(0.9);
    expect(open / due).toBeLessThan(1.1);
    expect(closed).toBeLessThan(0.02 * due);
  });

  test('operators are required in no hour in which no queue is open', () => {
    const { plan } = answers;
    plan.starts.forEach((start, i) => {
      const due = Object.values(line.queues).some(
        (callsAt) => (callsAt(start.slice(0, 10), Number(start.slice(11, 13))) ?? 0) > 0,
      );
      const required = plan.tiers.reduce((sum, tier) => sum + (tier.required[i] ?? 0), 0);
      const isHoliday = plan.days.some((day) => start.startsWith(day.date) && day.dayKind !== null);
      if (!due && !isHoliday) expect([start, required]).toEqual([start, 0]);
    });
  });
});

test('events are said by plan, forecast and backtest', async () => {
  const line = linesWithHours.find(({ name }) => name === 'events');
  if (line === undefined) throw new Error('no such line');
  const { plan, forecast, backtestSaid } = await answersOf(line);
  const said = 'uses 2 stored events';
  expect(plan.notices.some((notice) => english(notice).includes(said))).toBe(true);
  expect(forecast.notices.some((notice) => english(notice).includes(said))).toBe(true);
  expect(backtestSaid).toContain(said);
});

test('learnt hours are said, and kept from the page: the plan stays as it was', async () => {
  const [line] = linesWithHours;
  if (line === undefined) throw new Error('no line');
  await buildPage();
  const folder = await workspaceOf(line);
  const plan = planDocumentSchema.parse(JSON.parse(await huawu(folder, 'plan', '--json')));
  expect(plan.openingHours?.source).toBe('learnt');
  expect(plan.openingHours?.week).toEqual([
    ...Array.from({ length: 5 }, () => ({ from: '08:00', to: '20:00' })),
    { from: '08:00', to: '12:00' },
    null,
  ]);
  const site = await openSiteOf(folder);
  try {
    const { page, complaints } = await openPage(site, 'en');
    const decision = page
      .getByRole('listitem')
      .filter({ hasText: 'Opening hours were learnt from the data' });
    await decision.waitFor();
    const shown = await page.getByRole('table').first().locator('tbody tr').allInnerTexts();
    for (const day of plan.days)
      expect(shown.some((row) => row.includes(Math.round(day.calls.mean ?? 0).toLocaleString('en')))).toBe(
        true,
      );
    await decision.getByRole('link', { name: 'Open Assumptions' }).click();
    await page.getByText('Opening hours learnt from the data').waitFor();
    await page.getByRole('button', { name: 'Confirm these hours' }).click();
    await page.getByText('Opening hours confirmed').waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await site.close();
  }
  const again = planDocumentSchema.parse(JSON.parse(await huawu(folder, 'plan', '--json')));
  expect(again.openingHours?.source).toBe('stated');
  expect(again.calls).toEqual(plan.calls);
  expect(again.tiers.map((tier) => tier.required)).toEqual(plan.tiers.map((tier) => tier.required));
}, 240_000);

test('hours --keep writes what the data show over the round-the-clock hours of an older workspace', async () => {
  const [line] = linesWithHours;
  if (line === undefined) throw new Error('no line');
  const folder = await workspaceOf(line);
  const file = join(folder, 'models', 'hotline.json');
  const hotline = JSON.parse(await readFile(file, 'utf8')) as object;
  const always = Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' }));
  await writeFile(file, JSON.stringify({ ...hotline, openingHours: always }));
  const stated = forecastDocumentSchema.parse(
    JSON.parse(await huawu(folder, 'forecast', '--from', line.monday, '--json')),
  );
  expect(stated.openingHours?.source).toBe('stated');
  expect(stated.notices.some((notice) => english(notice).includes('huawu hours --keep'))).toBe(true);
  const sunday = stated.queues[0]?.days.find(({ date }) => date === addDays(line.monday, 6));
  expect(sunday?.mean).toBe(0);
  await huawu(folder, 'hours', '--keep');
  const kept = JSON.parse(await readFile(file, 'utf8')) as { openingHours: unknown[] };
  expect(kept.openingHours[5]).toEqual({ from: '08:00', to: '12:00' });
  expect(kept.openingHours[6]).toBeNull();
});
