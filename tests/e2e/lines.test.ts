import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lineRoot } from '../../src/contract/http/api-root.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { pageWord } from '../support/page-word.ts';
import { inRoot } from '../support/build-page.ts';
import { runCommand } from '../support/run-command.ts';
import {
  axeFindings,
  copyWorkspace,
  misfits,
  openPage,
  openSiteOf,
  type TestSite,
} from '../support/test-site.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const patience = 240_000;
const names = {
  east: { 'zh-CN': '东区热线', en: 'East line' },
  west: { 'zh-CN': '西区热线', en: 'West line' },
};
const folder = await temporaryFolder();
let site: TestSite;

/** Two lines more beside the server's own: one with data, one whose models are damaged. */
const addLines = async (home: string): Promise<void> => {
  for (const [line, name] of Object.entries(names)) {
    const folder = join(home, 'lines', line);
    const workspace = await createWorkspace(folder, {
      modelsFrom: inRoot('models'),
      hotline: line,
      real: { name },
    });
    if (line === 'east') await workspace.store.write('traffic', trafficRows('general', 48 * 8));
    await workspace.close();
    if (line === 'west') await writeFile(join(folder, 'models', 'targets.json'), '{}');
  }
  const { code, err } = await runCommand(['lines', '--refresh', '--workspace', home]);
  expect(err).not.toContain('Error');
  expect(code).toBe(0);
};

beforeAll(async () => {
  await copyWorkspace('nothing', join(folder, 'workspace'));
  await addLines(join(folder, 'workspace'));
  site = await openSiteOf(join(folder, 'workspace'));
}, patience);
afterAll(() => site.close());

const word = pageWord;

test.each(['zh-CN', 'en'] as const)(
  'a bureau looks over its lines, goes from one to another, and finds the last one again: %s',
  { timeout: patience },
  async (language) => {
    const { page, complaints } = await openPage(site, language);
    page.setDefaultTimeout(25_000);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: word('nav.lines', language) })
      .click();
    const table = page.getByRole('group', { name: word('lines.title', language) });
    const rows = table.getByRole('row');
    await table.getByRole('link', { name: names.east[language] }).waitFor();
    // The one that cannot be worked out comes first and says why, in one line.
    expect(await rows.nth(1).innerText()).toContain(names.west[language]);
    expect(await rows.nth(1).innerText()).toContain(word('lines.broken', language, { why: '' }).slice(0, 4));
    expect(await misfits(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole('searchbox', { name: word('lines.search', language) }).fill('east');
    expect(await rows.count()).toBe(2);
    // What is to be decided leads into that line's own page.
    await rows.nth(1).getByRole('link').last().click();
    await page.waitForURL(/line=east.*#\/plan/);
    const hotline = page.getByRole('combobox', { name: word('lines.choose', language) });
    await page.locator('header').getByText(names.east[language]).waitFor();

    // What is asked from here on is asked of that line.
    const asked = page.waitForRequest((request) => request.url().includes('/workspace'));
    await page.goto(`${site.url}/?lang=${language}`);
    expect((await asked).url()).toContain(lineRoot('east'));
    await page.locator('header').getByText(names.east[language]).waitFor();
    expect(page.url()).toContain('line=east');

    // And back to the server's own line by the switch.
    await hotline.click();
    await page.locator('.ant-select-item-option').first().click();
    await page.waitForURL(/line=main/);
    await page.locator('header .hotline').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test('a line that is gone leads back to the server’s own', { timeout: patience }, async () => {
  const { page } = await openPage(site, 'en');
  await page.evaluate(() => window.localStorage.setItem('huawu-line', 'north'));
  await page.goto(`${site.url}/?lang=en`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.url()).not.toContain('line=north');
  expect(await page.evaluate(() => window.localStorage.getItem('huawu-line'))).toBeNull();
  await page.context().close();
});
