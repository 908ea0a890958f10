import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { isBackgroundJob, type JobRecord } from '../../src/jobs/job-queue.ts';
import type * as localJobs from '../../src/jobs/local-jobs.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { startBrowser } from '../support/browser.ts';
import { buildPage } from '../support/build-page.ts';
import { copyWorkspace, go } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ordered = vi.hoisted(() => [] as JobRecord[]);
vi.mock('../../src/jobs/local-jobs.ts', async (actual) => {
  const real = await actual<typeof localJobs>();
  const createLocalJobs: typeof real.createLocalJobs = (...given) => {
    const jobs = real.createLocalJobs(...given);
    return {
      ...jobs,
      submit: async (order) => {
        const job = await jobs.submit(order);
        ordered.push(job);
        return job;
      },
    };
  };
  return { ...real, createLocalJobs };
});

const folder = await temporaryFolder();
const ends = new AbortController();
/** What the command has printed so far. */
const printed = { out: '', err: '' };
let command: Promise<number>;

beforeAll(async () => {
  await buildPage();
  await copyWorkspace('demo', join(folder, 'workspace'));
  command = runCli(
    ['start', '--port', '0', '--lang', 'en', '--workspace', join(folder, 'workspace')],
    {
      out: (chunk) => (printed.out += chunk),
      err: (chunk) => (printed.err += chunk),
      interactive: false,
      nowMillis: Date.now,
      signal: ends.signal,
    },
    '0.0.0-test',
  );
});
afterAll(async () => {
  ends.abort();
  await command;
});

test(
  'the page stands before the first plan does, shows how far it is, and then the plan by itself',
  { timeout: 600_000 },
  async () => {
    await vi.waitFor(() => expect(printed.out).toContain('/open/'), { timeout: 60_000 });
    const { browser, close } = await startBrowser();
    try {
      const page = await (await browser.newContext({ locale: 'en' })).newPage();
      page.setDefaultTimeout(120_000);
      await page.goto(/http\S+\/open\/\S+/.exec(printed.out)?.[0] ?? '');
      const making = page.getByText(pageWords['plan.making'].en);
      await making.waitFor();
      expect(printed.out).not.toMatch(/connected/);
      await page.locator('.answer-sentence').waitFor();
      expect(await making.count()).toBe(0);
      // Behind it the last week is compared and a roster made: both pages show them without being asked.
      const kinds = async (): Promise<string[]> =>
        (
          (await (await page.request.get(new URL('/api/v1/jobs', page.url()).href)).json()) as {
            kind: string;
          }[]
        ).map(({ kind }) => kind);
      await expect.poll(kinds, { timeout: 60_000 }).toEqual(['compare', 'roster', 'plan']);
      // Nobody waits for them: they stand back for anyone who asks for something.
      const nobodys = ordered.filter(isBackgroundJob).map(({ kind }) => kind);
      expect(nobodys.filter((kind) => kind !== 'overview')).toEqual(['roster', 'compare']);
      await go(page, 'compare', pageWords['nav.compare'].en);
      await page.locator('main section.panel canvas').first().waitFor({ timeout: 240_000 });
      await expect
        .poll(async () => (await page.request.get(new URL('/api/v1/rosters', page.url()).href)).text(), {
          timeout: 120_000,
        })
        .toContain('"id"');
      await go(page, 'roster', pageWords['nav.roster'].en);
      await page.getByRole('combobox', { name: pageWords['roster.which'].en }).waitFor();
    } finally {
      await close();
    }
    await vi.waitFor(() => expect(printed.out).toMatch(/connected/), { timeout: 60_000 });
    ends.abort();
    expect(await command).toBe(0);
  },
);
