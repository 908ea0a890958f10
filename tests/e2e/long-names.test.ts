import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/run-command.ts';
import { copyWorkspace, openSiteOf, type TestSite } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = await temporaryFolder();
const folder = join(root, 'workspace');
let site: TestSite;

/** What is called by a hundred characters without a gap: the line, its queues, tiers and shifts, in models and plans. */
const lengthen = async (): Promise<void> => {
  const names = new Set<string>();
  for (const file of ['hotline', 'tiers', 'shifts']) {
    const at = join(folder, 'models', `${file}.json`);
    const said = await readFile(at, 'utf8');
    for (const [, name = ''] of said.matchAll(/"name": \{[^}]*"en": ("[^"]+")/g)) names.add(name);
    for (const [, name = ''] of said.matchAll(/"name": \{[^}]*"zh-CN": ("[^"]+")/g)) names.add(name);
    await writeFile(
      at,
      [...names].reduce((text, name) => text.replaceAll(name, long(name)), said),
    );
  }
  const database = new DatabaseSync(join(folder, 'huawu.db'));
  for (const name of names)
    database.prepare('update plans set document = replace(document, ?, ?)').run(name, long(name));
  database.close();
};

const long = (name: string): string =>
  JSON.stringify(`${String(JSON.parse(name)).replaceAll(' ', '')}${'x'.repeat(100)}`.slice(0, 100));

beforeAll(async () => {
  await copyWorkspace('plan', folder);
  await lengthen();
  site = await openSiteOf(folder);
});
afterAll(() => site.close());

const tooWide = (): string[] => {
  const most = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - most;
  if (over <= 0) return [];
  const wide = [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > most + 1)
    .map((each) => `${each.tagName}.${each.className}`.slice(0, 60));
  return [`${over} px`, ...new Set(wide)].slice(0, 14);
};

test('names of a hundred characters make no page wider than a phone', { timeout: 400_000 }, async () => {
  const page = await site.browser.newPage({ viewport: { width: 390, height: 844 } });
  const found: string[] = [];
  await page.goto(site.openingAddress());
  await page.locator('main h1').waitFor();
  for (const at of [
    'plan?view=answer',
    'plan?view=requirement',
    'plan?view=shifts',
    'plan?view=forecast',
    'today',
    'divert',
    'compare',
    'rank',
    'data',
    'settings?view=hotline',
    'settings?view=tiers',
    'settings?view=shifts',
    'roster',
  ]) {
    await page.evaluate((hash) => (window.location.hash = hash), `#/${at}`);
    await page.locator('main section, main .empty, main form').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(500);
    const wide = await page.evaluate(tooWide);
    if (wide.length > 0) found.push(`${at}: ${wide.join(' ')}`);
  }
  const file = join(root, 'week.html');
  expect((await runCommand(['report', '--workspace', folder, '--out', file, '--lang', 'en'])).code).toBe(0);
  await page.goto(`file://${file}`);
  await page.setViewportSize({ width: 1200, height: 900 });
  const wide = await page.evaluate(tooWide);
  if (wide.length > 0) found.push(`report: ${wide.join(' ')}`);
  expect(found).toEqual([]);
});
