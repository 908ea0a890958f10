import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DayDocument } from '../../src/contract/documents/day-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { Language } from '../../src/kernel/text.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { formatOf } from '../../src/web/ui/use-format.ts';
import { pageWord } from '../support/page-word.ts';
import { sweep } from '../support/sweep.ts';
import { axeFindings, misfitsAt, openPage, openTestSite, type TestSite } from '../support/test-site.ts';

const patience = 240_000;
let site: TestSite;
let date = '';

/** The plan's Tuesday until noon: as planned, and from ten on with half as many calls again. */
const addMorning = async (folder: string): Promise<void> => {
  const { store, close } = await openWorkspace(folder);
  const [entry] = await store.plans();
  const plan = (await store.plan(entry?.id ?? '')) as PlanDocument;
  date = plan.days[1]?.date ?? '';
  const perCall = 240;
  const rows = plan.starts.flatMap((start, i) => {
    if (!start.startsWith(date) || start.slice(11) >= '12:00') return [];
    return plan.queues.map(({ queue, offered: planned }) => {
      const offered = Math.round((planned[i] ?? 0) * (start.slice(11) >= '10:00' ? 1.5 : 1));
      return {
        queue,
        startMillis: Date.parse(`${start}:00+08:00`),
        intervalMinutes: plan.intervalMinutes,
        offered,
        answered: offered,
        abandoned: 0,
        answeredInThreshold: offered,
        waitSecondsTotal: 4 * offered,
        handleSecondsTotal: perCall * offered,
      };
    });
  });
  await store.write('traffic', rows);
  await close();
};

beforeAll(async () => {
  site = await openTestSite('plan');
  await addMorning(site.folder);
}, patience);
afterAll(() => site.close());

const languages = sweep<Language>(['en', 'zh-CN'], (language) => language === 'en');

test.each(languages)(
  'the day says what is not as planned and how it comes out, and so does the wallboard: %s',
  { timeout: patience },
  async (language) => {
    const { page, complaints } = await openPage(site, language);
    await page.goto(`${site.url}/?lang=${language}#/today?asOf=${date}T12:00`);
    await page.locator('.day-said').waitFor();
    const answer = await page.request.get(`${site.url}/api/v1/day?asOf=${date}T12:00`);
    const day = (await answer.json()) as DayDocument & { said: Record<Language, string> };
    expect(await page.locator('.day-said').textContent()).toContain(day.said[language]);
    expect(day.signals.map(({ kind }) => kind)).toContain('more-calls');
    expect(await page.locator('.signals li').count()).toBe(day.signals.length);
    const format = formatOf(language);
    const { total } = day.restOfDay;
    const values = await page.locator('.figures .value').allTextContents();
    expect(values).toContain(format.percent(total.connectionRate.mean));
    expect(values).toContain(format.count(total.calls.mean));
    await page.locator('canvas').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await misfitsAt(page, 390)).toEqual([]);

    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.getByRole('button', { name: pageWord('today.board', language) }).click();
    await page.locator('.wallboard').waitFor();
    const size = await page
      .locator('.wallboard .value')
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    // A hundredth of the screen's height is read from five metres on a large one.
    expect(size).toBeGreaterThan(0.08 * 1080);
    expect(await page.locator('nav').isVisible()).toBe(false);
    await page.getByRole('button', { name: pageWord('today.leaveBoard', language) }).click();
    await page.locator('.signals').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test('without the server the page says that it may be old', { timeout: patience }, async () => {
  const { page } = await openPage(site, 'en');
  await page.route('**/day/events', (route) => route.abort());
  await page.goto(`${site.url}/?lang=en#/today`);
  await page.getByText(pageWord('today.unheard', 'en')).waitFor();
  await page.context().close();
});
