import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DayDocument, TakenAction } from '../../src/contract/documents/day-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { Language } from '../../src/kernel/text.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { messages } from '../../src/words/messages.ts';
import { formatOf } from '../../src/web/words/words.tsx';
import { byKeys } from '../support/by-keys.ts';
import { pageWord } from '../support/page-word.ts';
import { actedDay, layRosteredLine } from '../support/rostered-line.ts';
import { isLongRun, sweep } from '../support/sweep.ts';
import {
  axeFindings,
  misfitsAt,
  openPage,
  openSiteOf,
  openTestSite,
  type TestSite,
} from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const patience = 240_000;
let site: TestSite;
let date = '';
/** A line with a published roster. */
let acted: TestSite;
/** When it is acted on, on the machine and in the browser. */
const thatDay = Date.parse(`${actedDay}T12:00:00+08:00`);
const folder = await temporaryFolder();

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
      const offered = Math.round((planned[i] ?? 0) * (start.slice(11) >= '10:00' ? 1.6 : 1));
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
  await layRosteredLine(join(folder, 'line'), 3);
  vi.useFakeTimers({ toFake: ['Date'], now: thatDay });
  acted = await openSiteOf(join(folder, 'line'));
}, patience);
afterAll(async () => {
  await site.close();
  await acted.close();
  vi.useRealTimers();
});

/** Keeps the page from hearing how the day stands until it is released. */
const holdDays = async (page: Page): Promise<() => Promise<void>> => {
  const address = '**/api/v1/day?*';
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(address, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  return async () => {
    goOn();
    await page.unroute(address);
  };
};

test.each(sweep<Language>(['en', 'zh-CN'], (language) => language === 'en'))(
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

    // On a phone every figure is read without pushing a table aside.
    await page.setViewportSize({ width: 390, height: 844 });
    const pushed = () =>
      page
        .locator('main .scroll:visible')
        .evaluateAll((all) =>
          all.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.ariaLabel),
        );
    await expect.poll(pushed).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    const isNameCut = () => page.locator('.hotline').evaluate((name) => name.scrollWidth > name.clientWidth);
    await expect.poll(isNameCut).toBe(false);
    // The tour shows the plan; another moment is there for whoever wants it.
    expect(await page.getByRole('button', { name: pageWord('tour.start', language) }).count()).toBe(0);
    expect(await page.locator('.asked input').count()).toBe(0);
    await page.getByRole('button', { name: pageWord('today.another', language) }).click();
    expect(await page.locator('.asked input').inputValue()).toBe(`${date}T12:00`);
    await page.setViewportSize({ width: 1920, height: 1080 });
    const columns = page.locator('.day-columns > div');
    await columns.nth(1).waitFor();
    const [left, right] = [await columns.nth(0).boundingBox(), await columns.nth(1).boundingBox()];
    expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0));
    expect(right?.y).toBe(left?.y);
    expect((right?.x ?? 0) + (right?.width ?? 0)).toBeGreaterThan(0.95 * 1920);
    await expect.poll(pushed).toEqual([]);
    expect(await misfitsAt(page, 2560)).toEqual([]);
    await expect.poll(pushed).toEqual([]);
    const [first, second] = [await columns.nth(0).boundingBox(), await columns.nth(1).boundingBox()];
    expect([second?.y, (second?.x ?? 0) > (first?.x ?? 0) + (first?.width ?? 0)]).toEqual([first?.y, true]);
    await page.getByRole('button', { name: pageWord('today.board', language) }).click();
    await page.locator('.wallboard').waitFor();
    const size = await page
      .locator('.wallboard .value')
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    // A hundredth of the screen's height is read from five metres on a large one.
    expect(size).toBeGreaterThan(0.08 * 1080);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('.made-up').isVisible()).toBe(false);
    for (const [width, height] of [
      [1280, 720],
      [1440, 900],
      [1920, 1080],
      [2560, 1440],
    ] as const) {
      await page.setViewportSize({ width, height });
      const isWhole = () =>
        page.evaluate(() => {
          const bottoms = [...document.querySelectorAll('.wallboard > *')].map(
            (part) => part.getBoundingClientRect().bottom,
          );
          const said = document.querySelector<HTMLElement>('.day-said .ant-alert-title');
          const lines =
            (said?.offsetHeight ?? 0) /
            Number.parseFloat(said === null ? '1' : getComputedStyle(said).lineHeight);
          return Math.max(...bottoms) <= window.innerHeight && lines < 2.5 && lines > 0.5;
        });
      await expect.poll(isWhole, { message: `${width} × ${height}` }).toBe(true);
    }
    expect(await misfitsAt(page, 390)).toEqual([]);
    await page.getByRole('button', { name: pageWord('today.leaveBoard', language) }).click();
    await page.locator('.signals').waitFor();

    // A feed that has sent nothing for hours: said first, and on the wall, and no target is promised.
    await page.goto(`${site.url}/?lang=${language}#/today?asOf=${date}T15:00`);
    const late = page.locator('.signals .late-source');
    await late.getByText(pageWord('today.kind.late-source', language)).waitFor();
    const blind = await page.request.get(`${site.url}/api/v1/day?asOf=${date}T15:00`);
    const { said } = (await blind.json()) as { said: Record<Language, string> };
    expect(said[language]).toContain('12:00');
    expect(await page.locator('.day-said').textContent()).toContain(said[language]);
    expect(await page.locator('.figures .figure.good, .figures .figure.bad').count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: pageWord('today.board', language) }).click();
    const wall = page.locator('.wallboard');
    await wall.getByText(pageWord('today.kind.late-source', language)).first().waitFor();
    for (const promise of ['today.boardMet', 'today.boardMissed'] as const)
      expect(await wall.getByText(pageWord(promise, language)).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test.runIf(isLongRun).each(['en', 'zh-CN'] as const)(
  'the whole page by keyboard alone: round it, into a dialog and out, to the wall and back: %s',
  { timeout: patience },
  async (language) => {
    const { page, complaints } = await openPage(acted, language);
    page.setDefaultTimeout(60_000);
    await page.clock.setFixedTime(thatDay);
    await page.goto(`${acted.url}/?lang=${language}#/today?asOf=${actedDay}T12:00`);
    await page.locator('.together button').waitFor();
    const keys = byKeys(page);
    const skip = page.locator('a.skip');
    await keys.tabTo(skip, 'Tab', 300);
    let stops = 0;
    do {
      await keys.press('Tab');
      if (await page.evaluate(() => document.activeElement?.closest('main button') !== null)) stops += 1;
    } while (!(await keys.isAt(skip)));
    expect(stops).toBe(await page.locator('main button:enabled:visible').count());
    const take = page.locator('.together button');
    await keys.enter(take);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await keys.tabTo(dialog.getByRole('textbox'));
    await keys.type('雨');
    await keys.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await keys.kept();
    await keys.enter(page.getByRole('button', { name: pageWord('today.board', language) }));
    await page.locator('.wallboard').waitFor();
    await keys.enter(page.getByRole('button', { name: pageWord('today.leaveBoard', language) }));
    await page.locator('.signals, .together').first().waitFor();
    await keys.kept();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test.runIf(isLongRun).each(['en', 'zh-CN'] as const)(
  'by keyboard an action is taken, stands there with who and when, and is taken back: %s',
  { timeout: patience },
  async (language) => {
    const { page, complaints } = await openPage(acted, language);
    page.setDefaultTimeout(60_000);
    await page.clock.setFixedTime(thatDay);
    await page.goto(`${acted.url}/?lang=${language}#/today?asOf=${actedDay}T12:00`);
    const stored = async () =>
      JSON.stringify(
        await (await page.request.get(`${acted.url}/api/v1/rosters/roster-acted`)).json(),
      ).replace(/"revision":\d+/, '');
    const before = await stored();
    const { actions } = (await (
      await page.request.get(`${acted.url}/api/v1/day?asOf=${actedDay}T12:00`)
    ).json()) as DayDocument;
    await page.locator('.day-said').waitFor();
    // Those that are best together may be all of them.
    const every = page.getByText(pageWord('today.every', language, { n: actions.length }), {
      exact: true,
    });
    if (await every.isVisible()) await every.click();
    const asking = actions.find(({ asks }) => asks);
    if (asking === undefined) throw new Error('nobody is proposed to be asked');
    const said = (asking.said as unknown as Record<Language, string>)[language];
    const take = page.getByRole('button', { name: pageWord('today.takeThis', language, { action: said }) });
    await take.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    // What was asked for before has come by the time that the dialog is done with.
    const release = await holdDays(page);
    // By itself it does other than beside the others that are best together.
    const byItself = (asking.alone ?? asking).said as unknown as Record<Language, string>;
    await dialog.getByText(byItself[language]).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await take.focus();
    await page.keyboard.press('Enter');
    // Whoever has to agree is asked first, unless they are said to have agreed.
    expect(await dialog.locator('.ant-btn-primary').textContent()).toBe(pageWord('today.askFirst', language));
    const agreed = dialog.getByRole('button', { name: pageWord('today.agreedTake', language) });
    const taken = page.getByRole('group', { name: pageWord('today.taken', language) });
    const atNoon = taken.getByText('12:00');
    const earlier = await atNoon.count();
    // Said at once, while the day is still worked out: there the focus is, and nothing old is to be taken.
    const done = page.locator('#today-done');
    const noted = done.getByText(pageWord('today.takenAnew', language, { n: 1, asked: 0 }));
    // what has moved of late waits for a moment before it can be pressed
    await expect
      .poll(async () => {
        if (await agreed.isVisible()) await agreed.press('Enter', { timeout: 5000 }).catch(() => undefined);
        return (await noted.isVisible())
          ? 'noted'
          : [await dialog.allTextContents(), await done.textContent()];
      })
      .toBe('noted');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('today-done');
    expect(await done.getAttribute('role')).toBe('status');
    expect(await take.count()).toBe(0);
    expect(await page.locator('.together button').count()).toBe(0);
    const oldOnes = page.getByRole('button', { name: pageWord('today.takeThis', language, { action: '' }) });
    for (const old of await oldOnes.all()) expect(await old.isDisabled()).toBe(true);
    const { inRoster } = messages('day-tables');
    await taken.getByText(inRoster[language]).waitFor();
    expect(await atNoon.count()).toBe(earlier + 1);
    expect(await stored()).not.toBe(before);
    await release();
    await expect.poll(() => done.textContent(), { timeout: 60_000 }).toBe('');
    expect(await misfitsAt(page, 390)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await taken.getByRole('button').last().focus();
    await page.keyboard.press('Enter');
    await expect.poll(stored, { timeout: 60_000 }).toBe(before);
    await expect.poll(() => taken.getByRole('button').count(), { timeout: 60_000 }).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe(pageWord('today.taken', language));
    // the next day it can be looked at, and nothing taken
    await take.waitFor();
    vi.setSystemTime(thatDay + 86_400_000);
    await page.clock.setFixedTime(thatDay + 86_400_000);
    await page.reload();
    await page.getByText(pageWord('today.ofToday', language)).waitFor();
    expect(await take.count()).toBe(0);
    vi.setSystemTime(thatDay);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test.runIf(isLongRun).each(['en', 'zh-CN'] as const)(
  'what is best together is taken as a whole by two presses, and one who decided on an older day is told: %s',
  { timeout: patience },
  async (language) => {
    const { page, complaints } = await openPage(acted, language);
    page.setDefaultTimeout(60_000);
    await page.clock.setFixedTime(thatDay);
    const address = `${acted.url}/api/v1/day?asOf=${actedDay}T12:00`;
    // A connection that nobody has used for five seconds may be closed in this very moment.
    const dayNow = async () =>
      (await (await page.request.get(address, { timeout: patience, maxRetries: 2 })).json()) as DayDocument;
    const open = (day: DayDocument) =>
      day.taken.filter(({ state }) => state === 'asked' || state === 'taken');
    await page.goto(`${acted.url}/?lang=${language}#/today?asOf=${actedDay}T12:00`);
    const chosen = (await dayNow()).actions.filter((action) => action.chosen);
    const asks = chosen.filter((action) => action.asks).length;
    expect(chosen.length).toBeGreaterThan(1);
    expect(asks).toBeGreaterThan(0);
    const all = page.getByRole('button', {
      name: pageWord('today.takeAll', language, { n: chosen.length }),
    });
    await all.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.locator('li').last().waitFor();
    expect(await dialog.locator('li').count()).toBe(chosen.length);
    expect(await axeFindings(page)).toEqual([]);
    expect(await misfitsAt(page, 390)).toEqual([]);
    const taking = dialog.getByRole('button', {
      name: pageWord('today.takeAsking', language, { n: asks }),
    });
    await taking.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    const taken = open(await dayNow());
    expect(taken.map(({ action, state }) => [action.kind, state])).toEqual(
      chosen.map((action) => [action.kind, action.asks ? 'asked' : 'taken']),
    );
    const decline = page.getByRole('button', { name: pageWord('today.step.decline', language) });
    await decline.first().waitFor();
    expect(await decline.count()).toBe(asks);
    await page.locator('#today-done:empty').waitFor({ state: 'attached' });

    // Two agree while the first is still being noted: only that row waits, and nothing moves under the cursor.
    const rows = page.locator('[data-steps]', { has: decline });
    const [one, other] = [rows.nth(0), rows.nth(1)];
    const ids = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-steps'))));
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await page.route('**/day/actions/*', async (route) => {
      await held;
      await route.continue();
    });
    // In Chinese who declines says “agreed” too, after a “not”.
    const agreed = new RegExp(`^${pageWord('today.step.agree', language)}`);
    const agree = (row: Locator) => row.getByRole('button', { name: agreed });
    const place = await agree(one).boundingBox();
    await agree(one).click();
    expect(await agree(other).isEnabled()).toBe(true);
    expect(
      await one.getByRole('button', { name: pageWord('today.step.decline', language) }).isEnabled(),
    ).toBe(false);
    await agree(other).click();
    goOn();
    const rest = page.locator(`[data-steps="${ids[0]}"]`).getByRole('button');
    await expect.poll(() => rest.count(), { timeout: 60_000 }).toBe(1);
    // Whoever presses once more where it was presses nothing, whatever stands there now.
    await page.mouse.click((place?.x ?? 0) + 4, (place?.y ?? 0) + 4);
    const left = await rest.boundingBox();
    expect(left?.x).toBeGreaterThan((place?.x ?? 0) + (place?.width ?? 0));
    const rest2 = page.locator(`[data-steps="${ids[1]}"]`).getByRole('button');
    await expect.poll(() => rest2.count(), { timeout: 60_000 }).toBe(1);
    expect(open(await dayNow()).filter(({ state }) => state === 'asked')).toHaveLength(asks - 2);
    await expect
      .poll(() =>
        page.evaluate(() => document.activeElement?.closest('[data-steps]')?.getAttribute('data-steps')),
      )
      .toBe(String(ids[1]));
    await page.unroute('**/day/actions/*');

    // Somebody else takes it back and one of them again, while this page shows them all open.
    const token = (await page.locator('meta[name="huawu-token"]').getAttribute('content')) ?? '';
    const post = async (path: string, data: object): Promise<void> => {
      const answer = await page.request.post(`${acted.url}/api/v1/day/${path}`, {
        data: { asOf: `${actedDay}T12:00`, ...data },
        headers: { [tokenHeader]: token },
        timeout: patience,
      });
      expect(answer.ok()).toBe(true);
    };
    const takeBack = async (): Promise<void> => {
      for (const { id } of open(await dayNow())) await post(`actions/${id}`, { step: 'take-back' });
    };
    await takeBack();
    await page.reload();
    await all.waitFor();
    await post('mixes', { actions: [chosen[0]?.id], by: '王' });
    await all.click();
    await taking.click();
    await dialog.getByText('王').first().waitFor();
    expect(open(await dayNow())).toHaveLength(1);
    await takeBack();
    expect(complaints.filter((said) => !said.includes('412'))).toEqual([]);
    await page.context().close();
  },
);

test.runIf(isLongRun)(
  'a yes that was given in time is noted later with its time, and not without one',
  { timeout: patience },
  async () => {
    const { page, complaints } = await openPage(acted, 'en');
    page.setDefaultTimeout(60_000);
    await page.clock.setFixedTime(thatDay);
    const at = `${acted.url}/api/v1/day`;
    await page.goto(`${acted.url}/?lang=en#/today`);
    await page.locator('.day-said').waitFor();
    const dayNow = async () => (await (await page.request.get(at)).json()) as DayDocument;
    const token = (await page.locator('meta[name="huawu-token"]').getAttribute('content')) ?? '';
    const post = async (path: string, data: object): Promise<TakenAction> =>
      (await (
        await page.request.post(`${at}/actions${path}`, { data, headers: { [tokenHeader]: token } })
      ).json()) as TakenAction;
    const action = (await dayNow()).actions.find(
      ({ asks, latest }) => asks && latest < `${actedDay}T14:30`,
    )?.id;
    expect(action).not.toBe(undefined);
    const { id } = await post('', { action });
    const later = thatDay + 151 * 60_000;
    vi.setSystemTime(later);
    await page.clock.setFixedTime(later);
    await page.reload();
    const row = page.locator(`[data-steps="${id}"]`);
    const note = row.getByRole('button', { name: pageWord('today.agreedInTime', 'en') });
    await note.waitFor();
    expect(await note.isDisabled()).toBe(true);
    expect(await misfitsAt(page, 390)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await row.locator('input').fill('12:10');
    await note.click();
    await expect.poll(() => note.count(), { timeout: 60_000 }).toBe(0);
    const noted = (await dayNow()).taken.find((own) => own.id === id);
    expect(noted).toMatchObject({ state: 'taken', steps: [{}, { asOf: `${actedDay}T12:10` }] });
    await post(`/${id}`, { step: 'take-back' });
    vi.setSystemTime(thatDay);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test.runIf(isLongRun)(
  'without the server the page says that it may be old, keeps what it knew, and mends by itself',
  { timeout: patience },
  async () => {
    const { page } = await openPage(site, 'en');
    page.setDefaultTimeout(60_000);
    await page.goto(`${site.url}/?lang=en#/today`);
    await page.locator('.day-said').waitFor();
    const unheard = page.getByText(pageWord('today.unheard', 'en'));
    expect(await unheard.count()).toBe(0);
    // A proxy that answers for a server that is away: the browser itself does not try again.
    await page.route('**/day/events', (route) => route.fulfill({ status: 503, body: 'away' }));
    await page.reload();
    await unheard.waitFor();
    await page.locator('.day-said').waitFor();
    let asked = 0;
    await page.route('**/api/v1/day?*', (route) => {
      asked += 1;
      return route.continue();
    });
    await page.unroute('**/day/events');
    await unheard.waitFor({ state: 'detached' });
    await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(0);
    await page.locator('.day-said').waitFor();
    // A server that was started anew knows the browser no more: what the page knew stands, with how to get in again.
    await page.route('**/day/events', (route) => route.fulfill({ status: 401, body: '' }));
    await page.reload();
    await unheard.waitFor();
    await page.locator('.day-said').waitFor();
    await page.context().clearCookies();
    await page.getByText('open the one-time address').waitFor();
    expect(await page.locator('.day-said').count()).toBe(1);
    // One says so, however much of the page has found out: the page itself, and what stands around it.
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await page.waitForLoadState('networkidle');
    await expect.poll(() => page.locator('.cut-off:visible').count()).toBe(1);
    await page.context().close();
  },
);

test.runIf(isLongRun)(
  'without a plan the day shows what came, what is missing to judge it, and makes the plan by one press',
  { timeout: patience },
  async () => {
    const own = await openTestSite('demo');
    try {
      const startMillis = Date.parse(`${actedDay}T09:00:00+08:00`);
      const row = { intervalMinutes: 60 as const, answered: 20, abandoned: 10, blocked: 1 };
      const { page, complaints } = await openPage(own, 'en');
      page.setDefaultTimeout(60_000);
      await page.clock.setFixedTime(thatDay);
      await page.goto(`${own.url}/?lang=en#/today`);
      // Nothing came, by no feed: where to see to it.
      await page.getByText(pageWord('today.nothingKnown', 'en')).waitFor();
      await page.getByText(pageWord('today.missingFeed', 'en')).waitFor();
      const link = page.locator('main').getByRole('link', { name: pageWord('today.toFeeds', 'en') });
      expect(await link.first().getAttribute('href')).toBe('#/data?view=feeds');
      const { store, close } = await openWorkspace(own.folder);
      await store.write('traffic', [{ ...row, queue: 'general', startMillis, offered: 31 }]);
      await store.write('presence', [{ tier: 'general', startMillis, intervalMinutes: 60, operators: 7 }]);
      await close();
      await page.reload();
      await page.getByText(pageWord('today.noPlan', 'en')).waitFor();
      await page.getByRole('row', { name: 'General 31 20 11 10:00' }).waitFor();
      await page.getByRole('row', { name: 'General 7 10:00' }).waitFor();
      expect(await page.getByText('huawu plan').count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      expect(await misfitsAt(page, 390)).toEqual([]);
      await page.getByRole('button', { name: pageWord('today.makePlan', 'en') }).click();
      await page.locator('.figures .value').first().waitFor({ timeout: 120_000 });
      expect(await page.getByText(pageWord('today.noPlan', 'en')).count()).toBe(0);
      expect(complaints.filter((each) => !each.includes('400'))).toEqual([]);
      await page.context().close();
    } finally {
      await own.close();
    }
  },
);
