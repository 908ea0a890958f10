import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '../../src/contract/http/job.ts';
import { planViews } from '../../src/web/plan/plan-views.ts';
import type { WordKey } from '../../src/web/words/words.tsx';
import {
  axeFindings,
  go,
  misfits,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';
import { pageWord } from '../support/page-word.ts';
import { isLongRun, sweep } from '../support/sweep.ts';

// Plans and simulations take their time on a machine that does other things as well.
const patience = 400_000;

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
}, patience);
afterAll(async () => {
  await site.close();
});

/** Waits for the end of a job that the page has started. */
const finished = async (page: Page, { id }: Job): Promise<void> => {
  await expect
    .poll(
      async () => ((await (await page.request.get(`${site.url}/api/v1/jobs/${id}`)).json()) as Job).state,
      {
        timeout: patience,
        interval: 200,
      },
    )
    .toBe('done');
};

const languages = sweep(['zh-CN', 'en'] as const, (language) => language === 'zh-CN');

describe.each(languages)('in %s', (language) => {
  const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
    pageWord(key, language, values);
  const weekday = (date: string): string =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(date));
  let opened: TestPage;
  beforeAll(async () => {
    opened = await openPage(site, language);
  });
  afterAll(async () => {
    await opened.page.context().close();
  });

  test('plan the week', { timeout: patience }, async () => {
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: say('nav.plan') }).waitFor();
    const started = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page
      .getByRole('button', { name: new RegExp(`^(${say('plan.make')}|${say('plan.makeAgain')})$`) })
      .click();
    const job = (await (await started).json()) as Job;
    // The second language asks for what the first one made, and gets it at once.
    if (language === 'zh-CN') await page.getByRole('progressbar', { name: say('plan.making') }).waitFor();
    await finished(page, job);
    const days = page.getByRole('group', { name: say('day.title'), exact: true });
    await days.waitFor();
    await page.getByRole('progressbar', { name: say('plan.making') }).waitFor({ state: 'hidden' });
    expect(await days.locator('tbody tr').count()).toBe(7);
    expect(await page.locator('.figure .value').allTextContents()).toHaveLength(6);
    const rate = Number.parseFloat((await page.locator('.figure .value').nth(2).textContent()) ?? '');
    expect(rate).toBeGreaterThan(50);
    expect(rate).toBeLessThanOrEqual(100);
    expect(await page.getByText(say('app.madeUp')).isVisible()).toBe(true);
    // The first thing read is whether the targets hold, in one sentence; then what the week needs, with hours paid and their money.
    const sentence = (await page.locator('.answer-sentence').textContent()) ?? '';
    expect(sentence.split(' ').length).toBeLessThanOrEqual(32);
    const detail = (await page.locator('.answer-detail').textContent()) ?? '';
    expect(detail).toMatch(language === 'en' ? /calls; .*paid hours, [\d,]+ yuan\./ : /来电约 .*付薪 .*元。/);
    const download = page.waitForEvent('download');
    await page.locator('.more-actions summary').click();
    await page.getByRole('link', { name: 'XLSX' }).click();
    const file = await (await download).path();
    expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');
    expect(await axeFindings(page)).toEqual([]);
  });

  test('whoever comes first is shown round, by keys alone, and once', { timeout: patience }, async () => {
    const { page, complaints } = await openPage(site, language, 1440, true);
    const tour = page.locator('.ant-tour');
    /** Whether the part of the page that is spoken of is lit up whole. */
    const isLit = (part: string): Promise<boolean> =>
      page.evaluate((selector) => {
        const [light, own] = ['.ant-tour-target-placeholder', selector].map((each) =>
          document.querySelector(each)?.getBoundingClientRect(),
        );
        return light !== undefined && own !== undefined && light.top <= own.top && light.bottom >= own.bottom;
      }, part);
    await tour.getByText(say('tour.answer.title')).waitFor();
    for (const part of ['.answer-sentence', '.answer-detail'])
      await expect.poll(() => isLit(part), { timeout: 5000 }).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await tour.getByText(say('tour.decide.title')).waitFor();
    await expect.poll(() => isLit('.decisions'), { timeout: 5000 }).toBe(true);
    await page.keyboard.press('Escape');
    await tour.waitFor({ state: 'detached' });
    await page.evaluate(() => window.location.reload());
    await page.locator('.answer-sentence').waitFor();
    expect(await tour.count()).toBe(0);
    // Whoever wants it again finds it where the line is said to be made up.
    await page.getByRole('button', { name: say('tour.start') }).click();
    for (const stop of ['answer', 'decide', 'why', 'views', 'data'] as const) {
      await tour.getByText(say(`tour.${stop}.title`)).waitFor();
      await page.keyboard.press('Enter');
    }
    await tour.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.runIf(isLongRun)(
    'every part of the plan has an address and a screen of its own, by day or by night',
    { timeout: patience },
    async () => {
      const { page } = opened;
      // Each language by one light: what differs by language is text, what differs by light is colour.
      const theme = language === 'en' ? 'light' : 'dark';
      await page.getByText(say(`theme.${theme}`), { exact: true }).click();
      for (const view of planViews) {
        await page
          .getByRole('navigation', { name: say('plan.views') })
          .getByText(say(`view.${view}`))
          .click();
        await expect.poll(() => page.url()).toContain(`view=${view}`);
        await page.locator('main section.panel').first().waitFor();
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(3200);
        expect(await axeFindings(page)).toEqual([]);
        expect(await misfits(page)).toEqual([]);
      }
      await page.getByText(say('theme.system'), { exact: true }).click();
    },
  );

  test('the pages’ names stand in one row, and an event that moves a day is named', async () => {
    const { page } = opened;
    for (const width of [1024, 1200, 1300, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const heights = await page
        .locator('header nav')
        .evaluate((nav) => [nav.clientHeight, nav.firstElementChild?.clientHeight ?? 0]);
      expect(heights[0], String(width)).toBeLessThan(2 * (heights[1] ?? 0));
    }
    await page
      .getByRole('navigation', { name: say('plan.views') })
      .getByText(say('view.forecast'))
      .click();
    const heating = language === 'en' ? 'heating starts' : '供暖开始';
    await page.locator('main .note').filter({ hasText: heating }).first().waitFor();
  });

  test('ask why an interval requires so many, and give the plan a name', { timeout: patience }, async () => {
    const { page } = opened;
    await page
      .getByRole('navigation', { name: say('plan.views') })
      .getByText(say('view.answer'))
      .click();
    const days = page.getByRole('group', { name: say('day.title'), exact: true });
    await days.locator('a.why').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(say('chain.waiting'), { exact: true }).waitFor();
    expect(page.url()).toContain('at=');
    await dialog.getByRole('button', { name: say('chain.oneMore') }).click();
    await dialog.getByText('+1', { exact: true }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: say('plans.open') }).click();
    const name = dialog.getByRole('textbox').first();
    await name.fill(`A ${language}`);
    await name.press('Enter');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: say('plans.open') }).click();
    await expect.poll(() => dialog.getByRole('textbox').first().inputValue()).toBe(`A ${language}`);
    // What is done to a plan is in sight on a phone too, without scrolling sideways.
    await page.setViewportSize({ width: 390, height: 900 });
    const remove = dialog.getByRole('button', { name: new RegExp(`^${say('plans.remove')}`) }).first();
    await expect
      .poll(async () => ((box) => box !== null && box.x + box.width <= 390)(await remove.boundingBox()))
      .toBe(true);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test(
    'the page follows the system from light to dark and back as it stands',
    { timeout: patience },
    async () => {
      const { page } = opened;
      const lights = (): Promise<string[]> =>
        page.evaluate(() =>
          ['body', '.toolbar .ant-btn'].map((each) => {
            const element = document.querySelector(each);
            return element === null ? '' : getComputedStyle(element).backgroundColor;
          }),
        );
      const light = await lights();
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(async () => (await lights()).some((one, i) => one === light[i])).toBe(false);
      await page.emulateMedia({ colorScheme: 'light' });
      await expect.poll(lights).toEqual(light);
    },
  );

  test('overrule two days at once, then take it back', { timeout: patience }, async () => {
    const { page } = opened;
    await page.getByRole('button', { name: say('overrule.open') }).click();
    const dialog = page.getByRole('dialog');
    const list = page.locator('.ant-select-item-option');
    for (const day of [0, 2]) {
      await dialog.getByLabel(say('overrule.days')).click();
      await list.nth(day).click();
      // The list lies on the fields that come next: a choice closes it.
      await list.nth(day).waitFor({ state: 'hidden' });
    }
    await dialog.getByLabel(say('overrule.reason')).fill('马拉松 marathon');
    await dialog.getByRole('button', { name: say('overrule.save') }).click();
    const rows = dialog.getByText('马拉松 marathon', { exact: true });
    for (const left of [2, 1, 0]) {
      await expect.poll(() => rows.count()).toBe(left);
      if (left > 0)
        await dialog
          .getByRole('button', { name: say('overrule.remove') })
          .first()
          .click();
    }
    // What the reader added is nobody else's change.
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await dialog
      .getByRole('button', { name: say('state.close') })
      .last()
      .click();
  });

  test('ask for more operators at night, and be told what is missing', { timeout: patience }, async () => {
    const { page } = opened;
    await page.locator('.more-actions summary').click();
    await page.getByRole('button', { name: say('plan.targets') }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: say('presence.add') }).click();
    const hours = drawer.getByRole('group', { name: say('presence.row', { n: 1 }) });
    const operators = hours.getByLabel(say('presence.operators'));
    await operators.fill('');
    const make = drawer.getByRole('button', { name: say('plan.make') });
    await make.click();
    await hours.getByText(say('presence.required')).waitFor();
    await operators.fill('2');
    await hours.getByText(say('presence.noMore', { n: 2 })).waitFor();
    await operators.fill('5');
    await hours.getByText(say('presence.required')).waitFor({ state: 'detached' });
    const weekdays = hours.getByLabel(say('presence.weekdays'));
    await weekdays.fill(weekday('2026-11-28'));
    await weekdays.press('Enter');
    await weekdays.press('Escape');
    expect(await axeFindings(page)).toEqual([]);
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await make.click();
    const body = (await asked).postDataJSON() as { targets?: { minimumPresence?: unknown } };
    expect(body.targets?.minimumPresence).toEqual([
      { from: '22:00', to: '07:00', operators: 5, weekdays: [6] },
    ]);
    await page.getByRole('button', { name: say('state.cancel') }).click();
    await page.getByRole('progressbar', { name: say('plan.making') }).waitFor({ state: 'hidden' });
  });

  test('a page that is left before it is drawn leaves nothing of its own to the next', async () => {
    const page = await opened.page.context().newPage();
    // The plan is on its way for longer than the page waits for it.
    await page.route('**/api/v1/plans/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue();
    });
    await page.goto(`${site.url}/?lang=${language}#/plan`);
    await go(page, 'divert', say('nav.divert'));
    await page.getByRole('button', { name: say('track.add') }).waitFor();
    await page.close();
  });

  test('a page that is opened again shows at once what it had', async () => {
    const page = await opened.page.context().newPage();
    await page.goto(`${site.url}/?lang=${language}#/plan`);
    const more = page.locator('.more-actions summary');
    await more.waitFor();
    await go(page, 'rank', say('nav.rank'));
    expect(await more.count()).toBe(0);
    // No plan comes any more.
    await page.route('**/api/v1/plans/*', () => undefined);
    await go(page, 'plan', say('nav.plan'));
    await more.waitFor({ timeout: 5000 });
    await page.close();
  });

  test('simulate peak diversion', { timeout: patience }, async () => {
    const { page } = opened;
    await go(page, 'divert', say('nav.divert'));
    await page.getByRole('button', { name: say('track.add') }).click();
    const bar = page
      .getByRole('group', { name: say('track.label') })
      .getByRole('slider')
      .last();
    const time = (): Promise<string | null> => bar.getAttribute('aria-valuetext');
    expect(await time()).toBe('09:00–11:00');
    await bar.press('ArrowRight');
    expect(await time()).toBe('10:00–12:00');
    await bar.press('Shift+ArrowLeft');
    expect(await time()).toBe('10:00–11:00');
    const box = await bar.boundingBox();
    if (box === null) throw new Error('the prompt bar has no place');
    await page.mouse.move(box.x + box.width / 2, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + box.width, box.y + 10, { steps: 4 });
    await page.mouse.up();
    expect(await time()).toBe('11:00–12:00');
    const diverted = page
      .getByRole('group', { name: say('divert.effect'), exact: true })
      .locator('tr', { hasText: say('effect.online') });
    expect(Number.parseFloat((await diverted.locator('td').nth(1).textContent()) ?? '0')).toBeGreaterThan(0);
    const takeUp = page.getByRole('slider', { name: say('lever.takeUp') });
    const millis: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      await takeUp.press('ArrowLeft');
      millis.push(Number(await page.getByTestId('answer-millis').getAttribute('data-millis')));
    }
    expect(Math.min(...millis)).toBeLessThan(1000);
    await page.getByRole('button', { name: say('scenario.keep') }).click();
    await page.reload();
    await page
      .getByRole('region', { name: say('scenario.title') })
      .getByText(say('scenario.first'))
      .first()
      .waitFor();
    await page.getByRole('button', { name: say('prove.run') }).click();
    await page.getByText(say('prove.done', { name: say('scenario.first'), n: 40 })).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test(
    'drag a prompt by touch, raise a storm, stop a proof, hand the sheet out',
    { timeout: patience },
    async () => {
      const { page } = opened;
      await go(page, 'divert', say('nav.divert'));
      // The plan's own prompts would break a rule where the drawn one crosses them.
      const bars = page.getByRole('group', { name: say('track.label') }).getByRole('slider');
      const add = page.getByRole('button', { name: say('track.add') });
      await add.click();
      while ((await bars.count()) > 0) await bars.first().press('Delete');
      // Who works by keys goes on where they are.
      await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true);
      await add.press('Enter');
      const bar = bars.last();
      await bar.scrollIntoViewIfNeeded();
      const box = await bar.boundingBox();
      if (box === null) throw new Error('the prompt bar has no place');
      const finger = await page.context().newCDPSession(page);
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
        finger.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: at === undefined ? [] : [{ x: at, y }],
        });
      await touch('touchStart', x);
      for (let step = 1; step <= 4; step += 1) await touch('touchMove', x + (step * box.width) / 4);
      await touch('touchEnd');
      expect(await bar.getAttribute('aria-valuetext')).toBe('11:00–13:00');
      // Drawn into the quiet hours, it says at once which rule that breaks.
      for (let i = 0; i < 8; i += 1) await bar.press('ArrowRight');
      await page.getByText(say('broken.title')).waitFor();
      for (let i = 0; i < 8; i += 1) await bar.press('ArrowLeft');
      await page.getByText(say('broken.title')).waitFor({ state: 'detached' });

      const sheet = page.getByRole('region', { name: say('sheet.title') });
      await sheet.getByText('11:00–13:00').first().waitFor();
      const csv = page.waitForEvent('download');
      await sheet.getByRole('button', { name: say('prompts.sheet') }).click();
      expect((await readFile(await (await csv).path())).toString()).toContain('11:00,13:00');

      const before = page
        .getByRole('group', { name: say('divert.effect'), exact: true })
        .locator('tr', { hasText: say('figure.connectionRate') })
        .locator('td')
        .first();
      const rate = async (): Promise<number> => Number.parseFloat((await before.textContent()) ?? '');
      const calm = await rate();
      await page.getByText(say('lever.more')).click();
      const storm = page.getByRole('slider', { name: say('lever.storm', { at: '14:00' }) });
      for (let i = 0; i < 10; i += 1) await storm.press('ArrowRight');
      expect(await rate()).toBeLessThan(calm - 1);
      // Take-up, calls, absence, whom prompts are offered to, patience, a storm: once the slider has come to rest.
      await page
        .getByRole('group', { name: say('case.title'), exact: true })
        .locator('tbody tr')
        .nth(8)
        .waitFor();

      await page.getByRole('button', { name: say('prove.run') }).click();
      await page.getByRole('progressbar', { name: say('prove.running') }).waitFor();
      await page.getByRole('button', { name: say('state.cancel') }).click();
      await page.getByRole('progressbar', { name: say('prove.running') }).waitFor({ state: 'hidden' });
    },
  );

  test('scenarios go out as a file, come in again and outlive the page', { timeout: patience }, async () => {
    const { page } = opened;
    await go(page, 'divert', say('nav.divert'));
    const panel = page.getByRole('region', { name: say('scenario.title') });
    const name = panel.getByLabel(say('scenario.name'));
    for (const scenario of ['A', 'B']) {
      await name.fill(scenario);
      await panel.getByRole('button', { name: say('scenario.keep'), exact: true }).click();
    }
    const rows = panel.locator('tbody tr');
    const kept = await rows.allTextContents();
    expect(kept.length).toBeGreaterThanOrEqual(2);
    const download = page.waitForEvent('download');
    await panel.getByRole('button', { name: say('scenario.export') }).click();
    const file = await (await download).path();
    for (let left = kept.length; left > 0; left -= 1)
      await panel
        .getByRole('button', { name: say('scenario.remove'), exact: true })
        .first()
        .click();
    await rows.first().waitFor({ state: 'detached' });
    await panel.locator('input[type=file]').setInputFiles(file);
    await rows.nth(kept.length - 1).waitFor();
    expect(await rows.allTextContents()).toEqual(kept);
    await page.reload();
    await rows.nth(kept.length - 1).waitFor();
    expect(await rows.allTextContents()).toEqual(kept);
    await panel
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"scenario":1}') });
    await panel.getByRole('alert').waitFor();
    expect(await rows.count()).toBe(kept.length);
    // One that cannot be read takes none of the others with it, and goes out as it came in.
    await page.evaluate(() => {
      const held = JSON.parse(localStorage.getItem('huawu-scenarios') ?? '[]') as unknown[];
      localStorage.setItem('huawu-scenarios', JSON.stringify([{ scenario: 'C', takeUpFactor: -1 }, ...held]));
    });
    await page.reload();
    await panel.getByText(say('scenario.unreadable', { n: 1 })).waitFor();
    expect(await rows.allTextContents()).toEqual(kept);
    expect(await axeFindings(page)).toEqual([]);
    const unread = page.waitForEvent('download');
    await panel.getByRole('button', { name: say('scenario.exportNamed', { name: 'C' }) }).click();
    expect(JSON.parse((await readFile(await (await unread).path())).toString())).toEqual({
      scenario: 'C',
      takeUpFactor: -1,
    });
    await panel.getByRole('button', { name: say('scenario.removeNamed', { name: 'C' }) }).click();
    await page.reload();
    await rows.nth(kept.length - 1).waitFor();
    expect(await panel.getByText(say('scenario.unreadable', { n: 1 })).count()).toBe(0);
    expect(await rows.allTextContents()).toEqual(kept);
  });

  test('compare with what was monitored', { timeout: patience }, async () => {
    const { page } = opened;
    await go(page, 'compare', say('nav.compare'));
    await page.getByRole('button', { name: say('compare.run') }).click();
    const days = page.getByRole('group', { name: say('compare.days'), exact: true });
    await days.waitFor();
    expect(await days.locator('tbody tr').count()).toBe(7);
    const causes = page.getByRole('group', { name: say('causes.title'), exact: true });
    await causes.getByRole('rowheader', { name: say('causes.gap') }).waitFor();
    const effects = (await causes.locator('tbody td').allTextContents()).map((cell) =>
      Number.parseFloat(cell.replace('−', '-')),
    );
    const gap = effects.pop() ?? 0;
    // Each is printed to a hundredth of a point.
    expect(Math.abs(effects.reduce((sum, effect) => sum + effect, 0) - gap)).toBeLessThan(0.04);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('rank hundreds of hotlines, then follow one through the years', { timeout: patience }, async () => {
    const { page } = opened;
    await go(page, 'rank', say('nav.rank'));
    const league = page.getByRole('region', { name: say('rank.title') });
    await league.getByText(say('rank.found', { n: 344, all: 344 })).waitFor();
    expect(await page.locator('.figure .value').allTextContents()).toEqual(['86', '198', '27', '33', '253']);
    // Made-up names are in both languages in the data, in the reader's own on the page.
    const other = language === 'en' ? /\p{Script=Han}/u : /Sample|Region|Class/;
    const shown = (await league.locator('tbody').textContent()) ?? '';
    expect(shown).toMatch(language === 'en' ? /Sample \d{3}/ : /示例热线 \d{3}/);
    expect(shown).not.toMatch(other);
    const needs = page.getByRole('region', { name: say('rank.needs') }).locator('tbody tr');
    expect(await needs.nth(1).locator('td').last().textContent()).toBe('99.05%');
    await league.getByText(say('rank.byRisk')).click();
    const chances = (await league.locator('tbody tr td:nth-child(7)').allTextContents()).map(
      Number.parseFloat,
    );
    expect(chances[0]).toBeGreaterThan(0);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    await league.getByRole('combobox', { name: say('rank.all.band') }).click();
    await page.getByTitle(say('band.cold'), { exact: true }).last().click();
    await league.getByText(say('rank.found', { n: 27, all: 344 })).waitFor();
    const csv = page.waitForEvent('download');
    await league.getByRole('button', { name: say('rank.csv') }).click();
    expect((await readFile(await (await csv).path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(28);
    await league.getByRole('textbox', { name: say('rank.search') }).fill('zzzz');
    await league.getByText(say('rank.found', { n: 0, all: 344 })).waitFor();
    await league.getByRole('button', { name: say('rank.clear') }).click();
    const told = await page.request.get(`${site.url}/api/v1/ranking?smartVoice=yes`);
    const n = ((await told.json()) as { hotlines: unknown[] }).hotlines.length;
    expect(n).toBeGreaterThan(0);
    await league.getByRole('combobox', { name: say('rank.all.smartVoice') }).click();
    await page.getByTitle(say('rank.yes.smartVoice'), { exact: true }).last().click();
    await league.getByText(say('rank.found', { n, all: 344 })).waitFor();
    await league.getByRole('button', { name: say('rank.clear') }).click();
    expect(await axeFindings(page)).toEqual([]);
    await league.locator('tbody a').first().click();
    await page.getByRole('heading', { level: 2, name: say('rank.years') }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toMatch(other);
    const years = page.getByRole('group', { name: say('rank.years'), exact: true });
    expect(await years.getByRole('rowheader').allTextContents()).toEqual(['2025', '2026']);
    expect(await axeFindings(page)).toEqual([]);
    await go(page, 'rank', say('nav.rank'));
    await page.getByText(say('rank.basis.traffic'), { exact: true }).click();
    await league.getByText(say('rank.foundLines', { n: 2, all: 2 })).waitFor();
    expect(await league.locator('tbody a').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  test.runIf(isLongRun)(
    'nothing overflows or is cut off from a phone to a wall screen',
    { timeout: patience },
    async () => {
      const { page } = opened;
      for (const place of ['divert', 'compare', 'rank', 'roster', 'data'] as const) {
        await go(page, place, say(`nav.${place}`));
        await page.waitForTimeout(600);
        expect(await misfits(page)).toEqual([]);
      }
    },
  );

  test(
    'on a phone times are chosen from lists, and the browser had nothing to complain of',
    { timeout: patience },
    async () => {
      const { page, complaints } = opened;
      await page.setViewportSize({ width: 390, height: 800 });
      // A bar is too short for a finger here: its times are chosen from lists.
      await go(page, 'divert', say('nav.divert'));
      await page.getByRole('button', { name: say('track.add') }).click();
      const track = page.getByRole('group', { name: say('track.label') });
      const end = track.locator('.times select').last();
      await end.selectOption({ label: '13:00' });
      const last = track.getByRole('slider').last();
      expect(await last.getAttribute('aria-valuetext')).toBe('09:00–13:00');
      // No shorter than an interval, whatever is chosen.
      await track.locator('.times select').nth(-2).selectOption({ label: '14:00' });
      expect(await last.getAttribute('aria-valuetext')).toBe('12:00–13:00');
      expect(complaints).toEqual([]);
    },
  );
});
