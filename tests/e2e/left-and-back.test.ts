import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { Job } from '../../src/contract/http/job.ts';
import { pageWord } from '../support/page-word.ts';
import { go, openPage, openTestSite, type TestSite } from '../support/test-site.ts';
import type { WordKey } from '../../src/web/words/words.tsx';

const patience = 400_000;
const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
  pageWord(key, 'en', values);

let site: TestSite;
let page: Page;
beforeAll(async () => {
  site = await openTestSite('plan');
  ({ page } = await openPage(site, 'en'));
}, patience);
afterAll(() => site.close());

const api = `/api/v1`;
const jobsOf = async (kind: Job['kind']): Promise<readonly Job[]> =>
  ((await (await page.request.get(`${site.url}${api}/jobs`)).json()) as Job[]).filter(
    (job) => job.kind === kind,
  );
/** Has something done as another window would, and waits for its end. */
const elsewhere = async (path: string, data: object): Promise<void> => {
  const token = (await page.locator('meta[name="huawu-token"]').getAttribute('content')) ?? '';
  const answer = await page.request.post(`${site.url}${api}${path}`, {
    data,
    headers: { [tokenHeader]: token, origin: site.url },
  });
  expect(answer.status()).toBe(202);
  const { id } = (await answer.json()) as Job;
  const state = async () =>
    ((await (await page.request.get(`${site.url}${api}/jobs/${id}`)).json()) as Job).state;
  await expect.poll(state, { timeout: patience, interval: 200 }).toBe('done');
};

test(
  'a job that was left is there when one comes back, with its answer, and is not begun a second time',
  { timeout: patience },
  async () => {
    const open = async (): Promise<void> => {
      await go(page, 'compare', say('nav.compare'));
      await page.getByText(say('compare.accuracy'), { exact: true }).click();
    };
    await open();
    await page.getByRole('button', { name: say('compare.accuracyRun') }).click();
    await page.getByRole('progressbar').first().waitFor();
    await go(page, 'plan', say('nav.plan'));
    await open();
    // How far it is or, where it was quicker, what came of it: never the untouched page.
    const answer = page.getByRole('heading', { name: say('compare.accuracyTitle') });
    await page.getByRole('progressbar').first().or(answer).first().waitFor({ timeout: 5000 });
    await answer.waitFor();
    await page.reload();
    await answer.waitFor({ timeout: 10_000 });
    await page.getByText(say('state.answerOf', { at: '' }).split(';')[1] ?? '').waitFor();
    expect(await jobsOf('accuracy')).toHaveLength(1);
  },
);

test('a plan made in another window is in the list when one goes there', { timeout: patience }, async () => {
  await go(page, 'plan', say('nav.plan'));
  const rows = page.getByRole('dialog').locator('tbody tr');
  await page.getByRole('button', { name: say('plans.open') }).click();
  await expect.poll(() => rows.count()).toBe(1);
  await page.keyboard.press('Escape');
  const { plans } = (await (await page.request.get(`${site.url}${api}/workspace`)).json()) as {
    plans: { week: string }[];
  };
  await elsewhere('/plans', { week: plans[0]?.week, handleTimeFactor: 1.1 });
  await go(page, 'compare', say('nav.compare'));
  await page.getByRole('link', { name: say('against.title') }).click();
  await expect.poll(() => rows.count(), { timeout: 5000 }).toBe(2);
  await page.keyboard.press('Escape');
});

/** Lets the page find what is done elsewhere while it is still at it: told of as running, its end comes when it is let go. */
const findRunning = async (job: Job): Promise<() => void> => {
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
  await page.route(`**/jobs?kind=${job.kind}**`, async (route) => {
    await isLetGo;
    await route.fulfill({ json: [{ ...job, state: 'running', done: 0.5, result: null }] });
  });
  return letGo;
};
const latestOf = async (kind: Job['kind']): Promise<Job> => {
  const [latest] = await jobsOf(kind);
  if (latest === undefined) throw new Error(`no ${kind}`);
  return latest;
};

test(
  "somebody else's plan and choice of prompts leave what one reads and draws as it is",
  { timeout: patience },
  async () => {
    const { plans } = (await (await page.request.get(`${site.url}${api}/workspace`)).json()) as {
      plans: { id: string; week: string }[];
    };
    const [plan] = plans.slice(-1);
    await elsewhere('/plans', { week: plan?.week, handleTimeFactor: 1.2 });
    const whatIf = await latestOf('plan');
    await go(page, 'compare', say('nav.compare'));
    const letPlanGo = await findRunning(whatIf);
    await go(page, 'plan', say('nav.plan'));
    await page.locator('.answer-sentence').waitFor();
    const read = page.waitForResponse((response) => response.url().endsWith(whatIf.result ?? ''));
    letPlanGo();
    await read;
    await page.getByText(say('plan.making')).waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#/plan');

    await elsewhere('/diversions', { plan: plan?.id });
    const choice = await latestOf('divert');
    const letChoiceGo = await findRunning(choice);
    await go(page, `divert?plan=${plan?.id}`, say('nav.divert'));
    await page.getByRole('button', { name: say('choose.run') }).waitFor();
    const answered = page.waitForResponse((response) => response.url().endsWith(choice.result ?? ''));
    const bars = page.locator('.track .bar');
    await page.getByRole('button', { name: say('track.add'), exact: true }).click();
    const drawn = await bars.count();
    letChoiceGo();
    await answered;
    await page.getByText(say('choose.running')).waitFor({ state: 'detached' });
    expect(await page.locator('.chosen').count()).toBe(0);
    expect(await bars.count()).toBe(drawn);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.reload();
  },
);

test('figures of one week do not stand under another', { timeout: patience }, async () => {
  await go(page, 'compare', say('nav.compare'));
  await page.getByRole('button', { name: say('compare.run'), exact: true }).click();
  const none = page.getByRole('heading', { name: say('compare.none') });
  const figures = page.locator('main section.panel').first();
  await figures.waitFor();
  await page.getByRole('combobox', { name: say('compare.week') }).click();
  await page.locator('.ant-select-item-option').nth(1).click();
  await none.waitFor({ timeout: 5000 });
  expect(await figures.count()).toBe(0);
});

test(
  'a roster shows at once what was saved, undone and published, however long the rest takes',
  { timeout: patience },
  async () => {
    await elsewhere('/rosters', { weeks: 1 });
    await go(page, 'roster', say('nav.roster'));
    const duties = page.locator('table.roster td.duty');
    await duties.first().waitFor();
    let slow: Promise<void> = Promise.resolve();
    let letGo = (): void => undefined;
    await page.route('**/basis**', async (route) => {
      await slow;
      await route.continue().catch(() => undefined);
    });
    const hold = (): void => {
      slow = new Promise((resolve) => (letGo = resolve));
    };
    hold();
    const shown = page.locator('main').getByRole('status');
    const bar = page.locator('.save-bar');
    const before = await duties.count();
    await duties.nth(3).click();
    await page
      .locator('.roster-main')
      .getByRole('button', { name: new RegExp(`^${say('roster.off')}`) })
      .first()
      .click();
    await bar.getByRole('button', { name: say('roster.save', { n: 1 }) }).click();
    await shown.filter({ hasText: say('roster.done.saved') }).waitFor({ timeout: 5000 });
    await bar.waitFor({ state: 'detached', timeout: 1000 });
    expect(await duties.count()).toBe(before - 1);

    await page.getByRole('link', { name: say('roster.view.changes') }).click();
    await page
      .getByRole('button', { name: say('roster.takeBack') })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('roster.takeBack') })
      .click();
    await shown.filter({ hasText: say('roster.done.undone') }).waitFor({ timeout: 5000 });
    // The log has both, though what the roster rests on is still being worked out.
    await expect.poll(() => page.locator('main tbody tr').count()).toBe(2);

    await page.getByRole('button', { name: say('roster.publish') }).click();
    const dialog = page.getByRole('dialog');
    for (const box of await dialog.getByRole('textbox').all()) await box.fill('as agreed');
    await dialog.getByRole('button', { name: say('roster.publish') }).click();
    await shown.filter({ hasText: say('roster.done.published') }).waitFor({ timeout: 5000 });
    expect(await page.getByRole('button', { name: say('roster.publish'), exact: true }).count()).toBe(0);
    letGo();
  },
);

test(
  'a change is undone though the window was left and come back to while that was asked',
  { timeout: patience },
  async () => {
    const main = page.locator('main');
    await main
      .getByRole('button', { name: say('roster.takeBack') })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // What was read a moment ago is not asked for again.
    await page.waitForTimeout(2500);
    const readAgain = page.waitForResponse(/\/rosters\/[^/]+\/changes/);
    const restsAgain = page.waitForResponse(/\/rosters\/[^/]+$/);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await Promise.all([readAgain, restsAgain]);
    await page.waitForTimeout(500);
    for (const box of await dialog.getByRole('textbox').all()) await box.fill('as agreed');
    await dialog.getByRole('button', { name: say('roster.takeBack') }).click();
    await main
      .getByRole('status')
      .filter({ hasText: say('roster.done.undone') })
      .waitFor({ timeout: 5000 });
    await dialog.waitFor({ state: 'detached' });
  },
);
