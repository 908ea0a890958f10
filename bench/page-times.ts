import type { Page } from 'playwright-core';
import { openPage, openSiteOf } from '../tests/support/test-site.ts';

/**
 * How soon pages stand, in a real browser on a workspace's latest plan: from the address, or from the click on a link,
 * until what the page is for (the answer's sentence, the ranking's rows, the day's curve) has been painted. Cold: a
 * browser that has never been there; warm: the same page again. Each page is opened for the first time after the code of
 * the other pages has been fetched, as it is within a second or two of resting, and then once more.
 * Run: huawu demo, then node bench/page-times.ts [workspace, ./huawu-workspace] [rounds, 5]
 */
const folder = process.argv[2] ?? 'huawu-workspace';
const rounds = Number(process.argv[3] ?? 5);
const restMillis = 2500;
const answer = '.answer-sentence';

/** Pages by the words of their links, with what each is for. */
const pages: Readonly<Record<string, string>> = {
  'Peak diversion': 'main canvas',
  Ranking: 'main tbody tr',
  Data: 'main section.panel',
  Settings: 'main .panel',
  'Plan vs actual': 'main .panel',
  'Plan the week': answer,
};

const median = (values: readonly number[]): string =>
  ([...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN).toFixed(0);

/** Milliseconds from a beginning until something has been painted: set up in the page, before anything is there. */
const watch = (): void => {
  const painted = (selector: string, began: number): Promise<number> =>
    new Promise((done, fail) => {
      setTimeout(() => fail(new Error(`${selector} did not come`)), 30_000);
      const before = new Set(document.querySelectorAll(selector));
      const look = (): boolean => {
        const element = document.querySelector(selector);
        if (element === null || before.has(element) || element.getClientRects().length === 0) return false;
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
        return true;
      };
      const observer = new MutationObserver(() => {
        if (look()) observer.disconnect();
      });
      observer.observe(document, { childList: true, subtree: true });
    });
  Object.assign(window, { painted, firstAnswer: painted('.answer-sentence', 0) });
};

interface Watched {
  readonly painted: (selector: string, began: number) => Promise<number>;
  readonly firstAnswer: Promise<number>;
}

const firstAnswer = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as Watched).firstAnswer);

const follow = (page: Page, name: string, selector: string): Promise<number> =>
  page
    .getByRole('link', { name, exact: true })
    .first()
    .evaluate((link, shown) => {
      const stands = (window as unknown as Watched).painted(shown, performance.now());
      (link as HTMLElement).click();
      return stands;
    }, selector);

const site = await openSiteOf(folder);
const cold: number[] = [];
const warm: number[] = [];
const changes = new Map<string, number[]>();
try {
  for (let round = 0; round < rounds; round += 1) {
    const { page } = await openPage(site, 'en');
    const context = page.context();
    await context.addInitScript(watch);
    await (await context.newCDPSession(page)).send('Network.clearBrowserCache');
    await page.goto('about:blank');
    await page.goto(`${site.url}/?lang=en#/plan?view=answer`);
    cold.push(await firstAnswer(page));
    await page.waitForTimeout(restMillis);
    await page.reload();
    warm.push(await firstAnswer(page));
    await page.waitForTimeout(restMillis);
    for (const turn of ['first', 'again'])
      for (const [name, selector] of Object.entries(pages)) {
        const key = `${name}, ${turn}`;
        changes.set(key, [...(changes.get(key) ?? []), await follow(page, name, selector)]);
        await page.waitForTimeout(restMillis / 4);
      }
    await context.close();
  }
  console.log(`first page, medians of ${rounds}: cold ${median(cold)} ms, warm ${median(warm)} ms`);
  for (const [key, times] of changes) console.log(`${key}: ${median(times)} ms`);
} finally {
  await site.close();
}
