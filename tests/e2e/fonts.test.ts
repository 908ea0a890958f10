import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageWords } from '../../src/words/page/page-words.ts';
import { startBrowser, type RunningBrowser } from '../support/browser.ts';
import { inRoot } from '../support/build-page.ts';
import { sweep } from '../support/sweep.ts';
import { go, openPage, openTestSite, type TestSite } from '../support/test-site.ts';

const patience = 120_000;
let site: TestSite;
let bare: RunningBrowser;
let folder: string;

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
  folder = await mkdtemp(join(tmpdir(), 'huawu-fonts-'));
  site = await openTestSite('nothing');
  bare = await startBrowser({ FONTCONFIG_FILE: await machineWithoutChinese() });
}, patience);
afterAll(async () => {
  await bare.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
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
