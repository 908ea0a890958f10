import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { pageWords } from '../../src/words/page-words.ts';
import { pageWord } from '../support/page-word.ts';
import { makeRainyWorkspace } from '../support/rainy-workspace.ts';
import { startFromShared } from '../support/shared-workspace.ts';
import { axeFindings, misfitsAt, openPage, openSiteOf, type TestSite } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let site: TestSite;
const folder = await temporaryFolder();
let page: Page;
const say = (key: keyof typeof pageWords): string => pageWord(key, 'en');

beforeAll(async () => {
  await startFromShared('rainy', join(folder, 'workspace'), makeRainyWorkspace);
  site = await openSiteOf(join(folder, 'workspace'));
  ({ page } = await openPage(site, 'en', 390));
  await page.getByRole('link', { name: say('view.forecast'), exact: true }).click();
});
afterAll(() => site.close());

const panel = () => page.getByRole('region', { name: say('causeIf.title') });
const value = () => panel().getByRole('spinbutton');

it('by keys alone: a value for the week is typed, and each day stands beside what it brings as it is', async () => {
  await value().waitFor();
  expect(await panel().getByText('so far)').innerText()).toMatch(/0 to \d+(\.\d+)? so far/);
  await value().focus();
  await page.keyboard.type('20');
  await page.keyboard.press('Enter');
  const table = panel().getByRole('group', { name: 'rain mm = 20: calls day by day' });
  await table.waitFor({ timeout: 60_000 });
  const rows = await table.locator('tbody tr').all();
  expect(rows).toHaveLength(8);
  for (const row of rows) {
    const cells = (await row.locator('td').allInnerTexts()).map((text) =>
      Number(text.replaceAll(/[,%+]/g, '')),
    );
    const [without = 0, assumed = 0, more, share = 0] = cells;
    expect(assumed - without).toBe(more);
    expect(share).toBeGreaterThan(5);
    expect(share).toBeLessThan(15);
    expect(Math.abs(100 * (assumed / without - 1) - share)).toBeLessThan(0.5);
  }
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  expect(await misfitsAt(page, 390)).toEqual([]);
  expect(await axeFindings(page)).toEqual([]);
});

it('a value that no such cause can have is questioned, with what it was so far', async () => {
  await value().fill('20000');
  await page.keyboard.press('Enter');
  await panel().getByText('is far outside its past range').first().waitFor({ timeout: 60_000 });
  expect(await panel().getByRole('group', { name: 'rain mm = ' }).count()).toBe(0);
});

it('is kept as a what-if plan, called by what was assumed, and set beside the plan that stands', async () => {
  await value().fill('20');
  await page.keyboard.press('Enter');
  const keep = panel().getByRole('button', { name: say('causeIf.keep') });
  await keep.waitFor({ timeout: 60_000 });
  await keep.focus();
  const standing = page.url();
  await page.keyboard.press('Enter');
  await page.getByText('This what-if plan was made with: rain mm = 20').waitFor({ timeout: 120_000 });
  expect(page.url()).not.toBe(standing);
  await page
    .getByText(`${say('plans.whatIf')} · rain mm = 20`)
    .first()
    .waitFor();
  await page.getByText('rain mm: nothing assumed → 20').waitFor();
  // It is no step of the week: nobody publishes it.
  expect(await page.getByRole('navigation', { name: say('week.steps') }).count()).toBe(0);
}, 180_000);

it('goes with the made-up line: the page opens no plan of it when own data have come', async () => {
  const days = Array.from({ length: 21 }, (_, i) => `main,2026-11-${String(i + 9).padStart(2, '0')}`);
  const hotline = join(folder, 'workspace', 'models', 'hotline.json');
  const model = JSON.parse(await readFile(hotline, 'utf8')) as object;
  await writeFile(hotline, JSON.stringify({ ...model, madeUp: true }));
  page.setDefaultTimeout(30_000);
  const rows = days.flatMap((day) => [8, 9, 10].map((hour) => `${day} ${hour}:00,60,20`));
  await page.evaluate(() => {
    window.location.hash = '#/data';
  });
  await page.reload();
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'own.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(['queue,start,interval_minutes,offered', ...rows].join('\n')),
  });
  await page.getByRole('button', { name: say('file.takeIn'), exact: true }).click();
  await page.getByRole('button', { name: say('file.takeInYes') }).click();
  await page.getByText(say('app.madeUp')).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: say('nav.plan'), exact: true }).click();
  await page.getByRole('heading', { name: say('plan.none') }).waitFor();
  // What was asked for in this window is looked up by then.
  await page.waitForTimeout(2000);
  expect(await page.locator('main .ant-alert-error').allInnerTexts()).toEqual([]);
  expect(page.url()).not.toContain('plan=');
}, 180_000);
