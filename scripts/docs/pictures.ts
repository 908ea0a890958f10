// Pictures of every page in both languages, of this version, into docs/pictures: `npm run docs:pictures`. Of the demo, made
// up anew in a temporary folder, or of the workspace that is named: `npm run docs:pictures -- FOLDER`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Language } from '../../src/kernel/text.ts';
import { pages } from '../../src/web/ui/use-place.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { go, openPage, openSiteOf, type TestSite } from '../../tests/support/test-site.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = { 'zh-CN': 'zh', en: 'en' } as const satisfies Readonly<Record<Language, string>>;

/** Wide enough to be read beside text, small enough for a repository. */
const widthPixels = 1100;
const quality = 0.72;

/** A picture of what is shown, as WebP: a browser writes it from its own picture. */
const pictureOf = async (page: Page): Promise<Buffer> => {
  const png = (await page.screenshot()).toString('base64');
  const url = await page.evaluate(
    async ([data, width, asked]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = Math.round((image.height * width) / image.width);
      const drawing = canvas.getContext('2d');
      if (drawing === null) throw new Error('the browser cannot draw');
      drawing.imageSmoothingQuality = 'high';
      drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/webp', asked);
    },
    [png, widthPixels, quality] as const,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
};

/** What a page has to be asked for before there is something to see. */
const ask: Readonly<
  Partial<Record<(typeof pages)[number], (page: Page, language: Language) => Promise<void>>>
> = {
  compare: async (page, language) => {
    await page.getByRole('button', { name: pageWords['compare.run'][language] }).click();
    await page.getByLabel(pageWords['compare.results'][language]).waitFor();
  },
};

const takeAll = async (site: TestSite, language: Language): Promise<void> => {
  const folder = `${root}docs/pictures/${folders[language]}`;
  mkdirSync(folder, { recursive: true });
  const { page } = await openPage(site, language, 1320);
  page.setDefaultTimeout(900_000);
  await page.locator('nav a').first().waitFor();
  for (const each of pages) {
    // Of the day nothing is known without a feed. Pages of several lines, and of a team, are not in sight on one desk.
    if (each === 'today' || (await page.locator(`nav a[href="#/${each}"]`).count()) === 0) continue;
    await go(page, each, pageWords[`nav.${each}`][language]);
    await page.waitForLoadState('networkidle');
    await ask[each]?.(page, language);
    await page.locator('main .ant-spin').first().waitFor({ state: 'hidden' });
    await page.mouse.move(0, 0);
    await page.waitForTimeout(1500);
    const picture = await pictureOf(page);
    writeFileSync(`${folder}/${each}.webp`, picture);
    process.stdout.write(`${folders[language]}/${each}.webp ${Math.round(picture.length / 1000)} kB\n`);
  }
  await page.context().close();
};

const made = mkdtempSync(join(tmpdir(), 'huawu-pictures-'));
const [workspace = join(made, 'demo')] = process.argv.slice(2);
try {
  if (process.argv[2] === undefined)
    for (const command of [['start', '--once'], ['roster']])
      spawnSync(process.execPath, [`${root}src/cli/main.ts`, ...command, '--workspace', workspace], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
  const site = await openSiteOf(workspace);
  try {
    for (const language of ['zh-CN', 'en'] as const) await takeAll(site, language);
  } finally {
    await site.close();
  }
} finally {
  rmSync(made, { recursive: true, force: true });
}
