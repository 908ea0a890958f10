import type { APIResponse, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { Job } from '../../src/contract/http/job.ts';
import { pageWord } from '../support/page-word.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
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
/** Writes as another window would. */
const write = async (path: string, data: object): Promise<APIResponse> => {
  const token = (await page.locator('meta[name="huawu-token"]').getAttribute('content')) ?? '';
  const answer = await page.request.post(`${site.url}${api}${path}`, {
    data,
    headers: { [tokenHeader]: token, origin: site.url },
  });
  expect(answer.ok()).toBe(true);
  return answer;
};
/** Has something done as another window would, and waits for its end. */
const elsewhere = async (path: string, data: object): Promise<void> => {
  const answer = await write(path, data);
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

/** Keeps what the page asks for at an address waiting until it is let go. */
const holdUp = async (
  at: string,
  isHeld: (request: Request) => boolean = () => true,
): Promise<() => void> => {
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
  await page.route(at, async (route) => {
    if (isHeld(route.request())) await isLetGo;
    await route.fallback().catch(() => undefined);
  });
  return letGo;
};
const duties = () => page.locator('table.roster td.duty');
const main = () => page.locator('.roster-main');
const bar = () => page.locator('.save-bar');
const saves = (n: number) => bar().getByRole('button', { name: say('roster.save', { n }), exact: true });
const takeOff = async (at: number): Promise<void> => {
  await duties().nth(at).click();
  await main()
    .getByRole('button', { name: new RegExp(`^${say('roster.off')}`) })
    .first()
    .click();
};
const openRoster = async (): Promise<void> => {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  await go(page, 'roster', say('nav.roster'));
  await duties().first().waitFor();
};
const discard = async (): Promise<void> => {
  await bar()
    .getByRole('button', { name: say('roster.discard') })
    .click();
  await bar().waitFor({ state: 'detached' });
};

test(
  'a plan asked for here is followed beside one of somebody else, and takes nobody along who has gone on',
  { timeout: patience },
  async () => {
    await go(page, 'compare', say('nav.compare'));
    const letOthersGo = await findRunning(await latestOf('plan'));
    letOthersGo();
    const made = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/plans'),
    );
    await go(page, 'plan?now=1', say('nav.plan'));
    await made;
    await expect.poll(() => page.url(), { timeout: 60_000 }).toContain('#/plan?plan=');
    await page.unrouteAll({ behavior: 'ignoreErrors' });

    const letGo = await holdUp('**/jobs/*/events');
    await page.getByRole('button', { name: say('plan.makeAgain'), exact: true }).click();
    await page.getByRole('progressbar').first().waitFor();
    await go(page, 'compare', say('nav.compare'));
    await go(page, 'plan?week=2026-W40', say('nav.plan'));
    const told = page.waitForResponse(/\/jobs\/[^/]+\/events/);
    letGo();
    await told;
    await page.waitForTimeout(2000);
    expect(new URL(page.url()).hash).toBe('#/plan?week=2026-W40');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
);

test(
  'what is typed of a what-if stays in every view, and the plan that was asked for waits for whoever types',
  { timeout: patience },
  async () => {
    const seconds = page.getByLabel(say('whatIf.seconds'));
    const view = (name: 'answer' | 'assumptions') =>
      page.getByRole('link', { name: say(`view.${name}`), exact: true }).click();
    await go(page, 'plan', say('nav.plan'));
    const letGo = await holdUp('**/jobs/*/events');
    await view('assumptions');
    await seconds.fill('-10');
    await page.getByRole('button', { name: say('factor.make') }).click();
    await page.getByRole('progressbar').first().waitFor();
    await seconds.fill('-15');
    await view('answer');
    await page.locator('.answer-sentence').waitFor();
    await view('assumptions');
    expect(await seconds.inputValue()).toBe('-15');
    const { hash } = new URL(page.url());
    letGo();
    await page.getByText(say('plan.ready')).waitFor({ timeout: patience });
    expect(new URL(page.url()).hash).toBe(hash);
    expect(await seconds.inputValue()).toBe('-15');
    await page.getByRole('link', { name: say('plan.showReady') }).click();
    await page.getByText(say('plan.ready')).waitFor({ state: 'detached' });
    await view('assumptions');
    expect(await seconds.inputValue()).toBe('-15');
    // What was asked is shown once it is made, where nobody types on: the form is empty again.
    await page.getByRole('button', { name: say('factor.make') }).click();
    await page
      .getByRole('heading', { name: say('factor.title') })
      .waitFor({ state: 'detached', timeout: patience });
    await view('assumptions');
    expect(await seconds.inputValue()).toBe('');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },
);

test('a figure that is typed for one plan does not stand under another', { timeout: patience }, async () => {
  const { plans } = (await (await page.request.get(`${site.url}${api}/workspace`)).json()) as {
    plans: { id: string }[];
  };
  const [one, other] = plans.map(({ id }) => id);
  const assumed = page.getByRole('spinbutton', { name: / of / }).first();
  await go(page, `plan?plan=${one}&view=assumptions`, say('nav.plan'));
  await assumed.fill('77');
  await go(page, `plan?plan=${other}&view=assumptions`, say('nav.plan'));
  await page
    .getByRole('link', { name: say('view.assumptions'), exact: true })
    .and(page.locator(`[href*="${other}"]`))
    .waitFor();
  await page.waitForTimeout(1000);
  expect(await assumed.inputValue()).not.toBe('77');
});

test('that changes made by hand cannot be read is said', { timeout: patience }, async () => {
  await page.reload();
  await page.route('**/overrules', (route) => route.abort());
  await page.getByRole('button', { name: say('overrule.open') }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor({ timeout: 5000 });
  await page.keyboard.press('Escape');
});

/** A roster that was made elsewhere, as it was then. */
let made: RosterDocument;

test('what is edited while a roster that was left is read anew stays', { timeout: patience }, async () => {
  await elsewhere('/rosters', { weeks: 1 });
  const [head] = (await (await page.request.get(`${site.url}${api}/rosters`)).json()) as { id: string }[];
  made = (await (await page.request.get(`${site.url}${api}/rosters/${head?.id}`)).json()) as RosterDocument;
  await openRoster();
  await main().waitFor();
  await go(page, 'compare', say('nav.compare'));
  await page.waitForTimeout(2500);
  const letGo = await holdUp('**/basis**');
  await go(page, 'roster', say('nav.roster'));
  await takeOff(2);
  await saves(1).waitFor();
  const rests = page.waitForResponse(/\/basis/);
  letGo();
  await rests;
  await page.waitForTimeout(1000);
  expect(await saves(1).count()).toBe(1);
  await discard();
});

test(
  'edits stand where the rosters cannot be listed again, and are given up where one agrees to it',
  { timeout: patience },
  async () => {
    const made = await latestOf('roster');
    const letGo = await findRunning(made);
    await go(page, 'compare', say('nav.compare'));
    await go(page, 'roster', say('nav.roster'));
    await takeOff(2);
    await page.route('**/rosters', (route) => route.abort());
    const read = page.waitForResponse((response) => response.url().endsWith(made.result ?? ''));
    letGo();
    await read;
    await page.waitForTimeout(1500);
    expect(await saves(1).count()).toBe(1);
    await page.unrouteAll({ behavior: 'ignoreErrors' });

    await page.getByRole('button', { name: say('roster.publish'), exact: true }).click();
    await page.getByRole('button', { name: say('unsaved.leave') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('roster.cancel') })
      .click();
    await bar().waitFor({ state: 'detached', timeout: 10_000 });
  },
);

test(
  'edits that others changed days beside are saved, also where they break a rule, and no others meanwhile',
  { timeout: patience },
  async () => {
    await openRoster();
    const [head] = (await (await page.request.get(`${site.url}${api}/rosters`)).json()) as { id: string }[];
    const roster = (await (
      await page.request.get(`${site.url}${api}/rosters/${head?.id}`)
    ).json()) as RosterDocument;
    await takeOff(2);
    const { operator, date } = roster.duties.at(-1) ?? {};
    const moves = [{ operator, date, shift: 'off' }];
    await write('/roster-changes', { roster: roster.id, revision: roster.revision, moves });
    await saves(1).click();
    const join = bar().getByRole('button', { name: say('together.save') });
    await join.waitFor();
    const text = { 'zh-CN': 'rules', en: 'rules' };
    await page.route(
      '**/roster-changes',
      (route) =>
        route.fulfill({
          status: 422,
          json: { type: 'urn:huawu:no-answer', title: '', status: 422, detail: '', text, problems: [] },
        }),
      { times: 1 },
    );
    await join.click();
    await bar()
      .getByRole('textbox', { name: say('roster.reason') })
      .fill('agreed');
    const letGo = await holdUp('**/roster-changes');
    await bar()
      .getByRole('button', { name: say('roster.breakSave') })
      .click();
    const before = await duties().count();
    await takeOff(4);
    expect(await duties().count()).toBe(before);
    const publish = page.getByRole('button', { name: say('roster.publish'), exact: true });
    expect(await publish.isDisabled()).toBe(true);
    await page.getByText(say('roster.publishAfterSave')).waitFor();
    letGo();
    await page
      .getByRole('status')
      .filter({ hasText: say('roster.done.saved') })
      .waitFor({ timeout: 10_000 });
    await bar().waitFor({ state: 'detached', timeout: 5000 });
    expect(await publish.isEnabled()).toBe(true);

    // Publish and print, refused for a hard rule, is still to print when it is to be published all the same.
    await publish.click();
    const dialog = page.getByRole('dialog');
    await page.route('**/publications', (route) =>
      route.fulfill({
        status: 422,
        json: { type: 'urn:huawu:no-answer', title: '', status: 422, detail: '', text, problems: [] },
      }),
    );
    const press = async (name: WordKey): Promise<void> => {
      const sheet = page.waitForEvent('popup', { timeout: 10_000 });
      await dialog.getByRole('button', { name: say(name), exact: true }).click();
      await sheet;
    };
    await dialog.getByRole('textbox', { name: say('together.ownName') }).fill('Lin');
    await press('roster.andPrint');
    await dialog.getByRole('textbox', { name: say('roster.reason') }).fill('agreed');
    await press('roster.breakPublish');
    await page.unroute('**/publications');
    await dialog
      .getByRole('button', { name: say('roster.cancel'), exact: true })
      .first()
      .click();
    await dialog.waitFor({ state: 'detached' });
  },
);

test(
  'what is edited after a stand-in was taken and the drawer closed stays',
  { timeout: patience },
  async () => {
    await openRoster();
    await duties().nth(2).click();
    await main()
      .getByRole('button', { name: say('roster.ill'), exact: true })
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: say('roster.reason') }).fill('agreed');
    const take = drawer.getByRole('button', { name: say('roster.take', { n: 1 }), exact: true });
    await take.waitFor({ state: 'attached' });
    await drawer.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    const letGo = await holdUp('**/repairs', (request) => (request.postData() ?? '').includes('"take"'));
    await take.click();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await takeOff(5);
    await saves(1).waitFor();
    letGo();
    const isDone = async () => (await jobsOf('repair')).filter(({ state }) => state === 'done').length;
    await expect.poll(isDone, { timeout: patience, interval: 200 }).toBe(2);
    await page.waitForTimeout(1500);
    expect(await saves(1).count()).toBe(1);
    await discard();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await go(page, 'compare', say('nav.compare'));
  },
);

test(
  'a roster shows at once what was saved, undone and published, however long the rest takes',
  { timeout: patience },
  async () => {
    // Another draft of the same, as a command at the terminal leaves it.
    const { store, close } = await openWorkspace(site.folder);
    await store.saveRoster({ ...made, id: `${made.id}2`, createdAt: new Date().toISOString() });
    await close();
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
    await dialog
      .getByRole('button', { name: say('roster.publish') })
      .first()
      .click();
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
