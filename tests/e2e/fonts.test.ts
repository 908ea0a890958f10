import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import subsetFont from 'subset-font';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embedFonts } from '../../src/engine/embed-fonts.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { startBrowser, type RunningBrowser } from '../support/browser.ts';
import { inRoot } from '../support/build-page.ts';
import { isLongRun, sweep } from '../support/sweep.ts';
import { go, openPage, openTestSite, type TestSite } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const patience = 120_000;
let site: TestSite;
let bare: RunningBrowser;
const folder = await temporaryFolder();

/** A machine with one font, which has no Chinese. */
const machineWithoutChinese = async (): Promise<string> => {
  const latin = inRoot(
    'node_modules/@fontsource-variable/noto-sans-sc/files/noto-sans-sc-latin-wght-normal.woff2',
  );
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i)).join('');
  await writeFile(
    join(folder, 'latin.ttf'),
    await subsetFont(await readFile(latin), ascii, { targetFormat: 'truetype' }),
  );
  const config = join(folder, 'fonts.conf');
  await writeFile(
    config,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  );
  return config;
};

beforeAll(async () => {
  site = await openTestSite('nothing');
  bare = await startBrowser({ FONTCONFIG_FILE: await machineWithoutChinese() });
}, patience);
afterAll(async () => {
  await bare.close();
  await site.close();
});

const budgets = sweep(
  [
    ['zh-CN', 200],
    ['en', 60],
  ] as const,
  ([language]) => language === 'zh-CN',
);

test(
  'a machine without a Chinese font loads at most 200 kB of fonts, over all pages together',
  { timeout: patience },
  async () => {
    for (const [language, most] of budgets) {
      const { page } = await openPage({ ...site, browser: bare.browser }, language);
      const sizes = new Map<string, Promise<number>>();
      page.on('response', (answer) => {
        if (answer.url().endsWith('.woff2'))
          sizes.set(
            answer.url(),
            answer.body().then(
              ({ length }) => length,
              () => 0,
            ),
          );
      });
      await page.reload();
      for (const place of ['plan', 'roster', 'divert', 'compare', 'rank', 'data', 'settings'] as const) {
        await go(page, place, pageWords[`nav.${place}`][language]);
        await page.evaluate(async () => void (await document.fonts.ready));
      }
      const loaded = await page.evaluate(() =>
        [...document.fonts].flatMap(({ family, status }) =>
          status === 'loaded' ? [family.replaceAll(/["']/g, '')] : [],
        ),
      );
      const kilobytes = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0) / 1000;
      // It is the cut font that draws, not a box for every character.
      expect(loaded).toContain('Huawu Words');
      expect(kilobytes, `${language}: ${[...sizes.keys()].join(' ')}`).toBeGreaterThan(1);
      expect(kilobytes, `${language}: ${[...sizes.keys()].join(' ')}`).toBeLessThanOrEqual(most);
      console.log(
        language,
        kilobytes,
        [...sizes.keys()].map((k) => k.split('/').pop()).join(' '),
        new Set(loaded),
      );
      await page.context().close();
    }
  },
);

/** How many points of a place in sight are drawn upon. */
const ink = async (place: Locator): Promise<number> => {
  const picture = (await place.screenshot()).toString('base64');
  return place.evaluate(async (_, data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d');
    pen?.drawImage(image, 0, 0);
    const points = pen?.getImageData(0, 0, image.width, image.height).data ?? [];
    let drawn = 0;
    for (let at = 4; at < points.length; at += 4)
      drawn += Number(Math.abs((points[at] ?? 0) - (points[0] ?? 0)) > 60);
    return drawn;
  }, picture);
};

test.runIf(isLongRun)(
  'a machine without a Chinese font draws bold words and the other language’s name, on the page and on the leader’s page that was saved',
  { timeout: patience },
  async () => {
    const { page } = await openPage({ ...site, browser: bare.browser }, 'en');
    await page.evaluate(async () => void (await document.fonts.ready));
    const drawnAnew = async (place: Locator): Promise<[was: number, anew: number]> => {
      await place.waitFor();
      const was = await ink(place);
      await place.evaluate((element) => void (element.style.fontFamily = "'Noto Sans SC Variable'"));
      await page.waitForTimeout(500);
      return [was, await ink(place)];
    };
    const chinese = page.getByText('中文', { exact: true });
    for (const place of [chinese, page.locator('.brand')]) {
      const [was, anew] = await drawnAnew(place);
      expect(was).toBeGreaterThan(anew * 0.7);
    }
    await page.goto(`${site.url}/?lang=zh-CN#/plan`);
    await page.reload();
    await page.locator('main h1').waitFor();
    await page.evaluate(async () => void (await document.fonts.ready));
    for (const place of [page.locator('nav a[aria-current=page]').first(), page.locator('main h1')]) {
      const [was, anew] = await drawnAnew(place);
      expect(was).toBeGreaterThan(anew * 0.7);
    }
    await page.context().close();
  },
);

test('a page to be sent on has the font that its words want in it, and no more', async () => {
  const html = (body: string): Uint8Array =>
    new TextEncoder().encode(`<html><head></head><body>${body}</body></html>`);
  const app = inRoot('public/app');
  const few = new TextDecoder().decode(await embedFonts(html('话务 plan'), app));
  expect(few).toContain('src:url(data:font/woff2;base64,');
  expect(few.length).toBeLessThan(60_000);
  expect(await embedFonts(html('only English'), app)).toEqual(html('only English'));
  expect(await embedFonts(html('话务'), join(folder, 'nothing-built'))).toEqual(html('话务'));
  const { page } = await openPage({ ...site, browser: bare.browser }, 'en');
  await page.route('**/leader.html', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: few.replace('<body>', '<body style="font:40px \'Huawu Words\'">'),
    }),
  );
  await page.goto(`${site.url}/leader.html`);
  await page.evaluate(async () => void (await document.fonts.ready));
  expect(await page.evaluate(() => [...document.fonts].some(({ status }) => status === 'loaded'))).toBe(true);
  await page.context().close();
});
