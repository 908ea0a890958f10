import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { CalendarDocument } from '../../src/contract/models/calendar-model.ts';
import { addDays } from '../../src/kernel/time.ts';
import type { WordKey } from '../../src/web/words/words.tsx';
import { planViews } from '../../src/web/plan/plan-views.ts';
import { settingsViews } from '../../src/web/settings/settings-page.tsx';
import { pageWord } from '../support/page-word.ts';
import { byKeys } from '../support/by-keys.ts';
import { isLongRun } from '../support/sweep.ts';
import { openPage, openTestSite, type TestPage, type TestSite } from '../support/test-site.ts';

// In every run in Chinese what is read and moved; in a long run in English all that a planner does.
const language = isLongRun ? 'en' : 'zh-CN';
const patience = 400_000;

let site: TestSite;
let opened: TestPage;
let page: Page;
let keys: ReturnType<typeof byKeys>;
beforeAll(async () => {
  site = await openTestSite('plan');
  opened = await openPage(site, language);
  ({ page } = opened);
  page.setDefaultTimeout(60_000);
  keys = byKeys(page);
  await page.locator('.answer-sentence').waitFor();
}, patience);
afterAll(async () => {
  expect(opened.complaints).toEqual([]);
  await page.context().close();
  await site.close();
});

const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
  pageWord(key, language, values);
const link = (key: WordKey): Locator => page.getByRole('link', { name: say(key), exact: true });
const button = (key: WordKey): Locator => page.getByRole('button', { name: say(key), exact: true });

/** The dialog that stands open holds the focus however often one tabs, and Escape gives it back to what opened it. */
const leaveDialog = async (opener: Locator): Promise<void> => {
  for (let i = 0; i < 25; i += 1) {
    await keys.press(i < 20 ? 'Tab' : 'Shift+Tab');
    expect((await keys.focus()).dialog, (await keys.focus()).on).toBeGreaterThanOrEqual(0);
  }
  await keys.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => keys.isAt(opener)).toBe(true);
};

const shownPlan = async (): Promise<PlanDocument> => {
  const id = new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('plan') ?? '';
  return (await (await page.request.get(`${site.url}/api/v1/plans/${id}`)).json()) as PlanDocument;
};

const day = {
  name: 'day.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'queue,start,offered,answered\ngeneral,2026-11-20T08:00,40,38\ngeneral,2026-11-20T09:00,50,45\n',
  ),
};

/** Places that Tab goes through from the first link to the last, and on to the first again. */
const places = [
  ...planViews.map((view) => `plan?view=${view}`),
  ...['today', 'divert', 'compare', 'rank', 'data', 'roster'],
  ...settingsViews.map((view) => `settings?view=${view}`),
];

describe(`by keyboard alone, in ${language}`, () => {
  test('open the plan, past the header by its first link', { timeout: patience }, async () => {
    await keys.enter(page.locator('a.skip'));
    await keys.tabTo(link('view.answer'));
    await keys.press('Enter');
    expect(page.url()).toContain('view=answer');
  });

  test.runIf(isLongRun)('read why Tuesday requires so many', { timeout: patience }, async () => {
    const why = page.locator('a.why').nth(1);
    await keys.enter(why);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(say('chain.waiting'), { exact: true }).waitFor();
    await expect.poll(async () => (await keys.focus()).dialog).toBe(0);
    await keys.enter(dialog.getByRole('button', { name: say('chain.oneMore') }));
    await dialog.getByText('+1', { exact: true }).first().waitFor();
    await keys.kept();
    await leaveDialog(why);
  });

  test("a shift's latest start is moved by arrows and saved", { timeout: patience }, async () => {
    await keys.enter(page.locator('a.skip').or(link('nav.settings')).last());
    // The group's first part is that of the shifts.
    await keys.enter(page.locator('.settings-groups a').nth(1));
    const grip = page.locator('.shift-grip.latest').first();
    await keys.tabTo(grip);
    const was = await grip.getAttribute('aria-valuetext');
    await keys.press('ArrowRight');
    expect(await grip.getAttribute('aria-valuetext')).not.toBe(was);
    await keys.enter(button('models.save'));
    await page.getByText(say('models.saved'), { exact: true }).waitFor();
    await keys.kept();
  });

  test.runIf(isLongRun)('handle time 10 % longer is kept as a what-if', { timeout: patience }, async () => {
    await keys.enter(link('nav.plan'));
    await keys.enter(link('view.assumptions'));
    const first = await shownPlan();
    await keys.tabTo(page.getByLabel(new RegExp(`^${say('factor.handleTime')}\\s*%?$`)));
    await keys.type('10');
    await keys.enter(button('factor.make'));
    await expect.poll(() => page.url(), { timeout: patience }).not.toContain(`plan=${first.id}`);
    await page.getByRole('group', { name: say('against.title'), exact: true }).waitFor();
    await page.getByRole('progressbar', { name: say('plan.making') }).waitFor({ state: 'hidden' });
    expect((await shownPlan()).factors?.handleTime).toBe(1.1);
    await keys.kept();
  });

  test.runIf(isLongRun)('two plans stand side by side', { timeout: patience }, async () => {
    const open = button('plans.open');
    await keys.enter(open);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await leaveDialog(open);
    await keys.enter(open);
    await keys.enter(dialog.getByRole('link', { name: say('plans.against') }).first());
    await page.getByRole('group', { name: say('against.title'), exact: true }).waitFor();
    await keys.kept();
  });

  test.runIf(isLongRun)('an event of three days at +20 % is added', { timeout: patience }, async () => {
    await keys.enter(link('nav.settings'));
    const from = (await page.locator('.month-day[tabindex="0"]').getAttribute('data-date')) ?? '';
    await keys.tabTo(page.locator(`[data-date="${from}"]`));
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'Enter']) await keys.press(key);
    const form = page.getByRole('form', { name: say('calendar.newEvent') });
    const kind = form.getByRole('combobox', { name: say('calendar.kind') });
    await keys.tabTo(kind);
    await keys.press('Enter');
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await keys.tabTo(form.getByRole('spinbutton', { name: say('calendar.share') }));
    await keys.type('20');
    await keys.enter(form.getByRole('button', { name: say('calendar.save'), exact: true }));
    await button('calendar.undo').waitFor();
    await keys.kept();
    const { events } = (await (
      await page.request.get(`${site.url}/api/v1/calendar?from=${from}&days=1`)
    ).json()) as CalendarDocument;
    expect(events).toContainEqual(
      expect.objectContaining({ date: from, end: addDays(from, 2), expectedEffect: 0.2 }),
    );
  });

  test.runIf(isLongRun)("the leader's page is opened", { timeout: patience }, async () => {
    await keys.enter(link('nav.plan'));
    await keys.tabTo(link('plan.leaderPage'));
    const popup = page.waitForEvent('popup');
    await page.keyboard.press('Enter');
    const sheet = await popup;
    await sheet.locator('svg').first().waitFor();
    await sheet.close();
  });

  test(
    'the menu of a plan opens, shuts by Escape, and gives the focus back to its name',
    { timeout: patience },
    async () => {
      await keys.enter(link('nav.plan'));
      const menu = page.locator('.more-actions summary');
      await keys.enter(menu);
      await keys.tabTo(button('plan.targets'));
      await keys.press('Escape');
      expect(await page.locator('.more-actions[open]').count()).toBe(0);
      expect(await keys.isAt(menu)).toBe(true);
      await keys.press('Enter');
      await keys.enter(button('plan.targets'));
      await page.getByRole('dialog').waitFor();
      await leaveDialog(menu);
    },
  );

  test.runIf(isLongRun)(
    'every dialog takes the focus, holds it and gives it back',
    { timeout: patience },
    async () => {
      const openers = [
        ['plan', button('plans.open')],
        ['plan', button('overrule.open')],
        ['settings?view=shifts', button('earlier.open')],
      ] as const;
      for (const [place, opener] of openers) {
        await page.evaluate((hash) => {
          window.location.hash = hash;
        }, `#/${place}`);
        await keys.enter(opener);
        await page.getByRole('dialog').waitFor();
        await leaveDialog(opener);
      }
    },
  );

  test.runIf(isLongRun).each(places)('Tab comes round on %s', { timeout: patience }, async (place) => {
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, `#/${place}`);
    await page.locator('main h1').waitFor({ state: 'attached' });
    await page.waitForFunction(() => document.querySelector('main .waiting') === null);
    await keys.tabTo(page.locator('a.skip'), 'Tab', 500);
    await keys.press('Tab');
    await keys.tabTo(page.locator('a.skip'), 'Tab', 500);
  });

  // Last: with what it brings the week after the data is another, which has no plan yet.
  test.runIf(isLongRun)('a file is loaded', { timeout: patience }, async () => {
    // Listened for before the key: a browser that nobody listens to opens a window of its own.
    page.on('filechooser', (chooser) => void chooser.setFiles(day));
    await keys.enter(link('nav.data'));
    await keys.enter(button('data.choose'));
    await keys.enter(button('file.takeIn'));
    await keys.enter(button('file.takeInYes'));
    await page
      .getByTestId('ingest-report')
      .getByText(say('report.done', { rows: 2, accepted: 2, rejected: 0, duplicates: 0 }))
      .waitFor();
    await keys.kept();
  });
});
