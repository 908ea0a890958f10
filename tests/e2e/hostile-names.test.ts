import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import { planViews } from '../../src/web/plan/plan-views.ts';
import { rosterViews } from '../../src/web/roster/roster-view.tsx';
import { settingsViews } from '../../src/web/settings/settings-page.tsx';
import { runCommand } from '../support/run-command.ts';
import { copyWorkspace, openPage, openSiteOf, type TestSite } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What would run, or load, were it taken for markup, in text as well as in an attribute of either quote. */
const hostile = `"'><img src=x onerror=top.hit=1><svg onload=top.hit=2><a href="javascript:top.hit=3">`;
const root = await temporaryFolder();
const folder = join(root, 'workspace');
let site: TestSite;

/** Everything that has a name in models and plans is called so, each by a name of its own. */
const rename = async (): Promise<void> => {
  const models = join(folder, 'models');
  const names = new Set<string>();
  for (const file of (await readdir(models)).filter((each) => each.endsWith('.json'))) {
    const said = await readFile(join(models, file), 'utf8');
    for (const [, chinese = '', english = ''] of said.matchAll(
      /\{\s*"zh-CN": ("[^"]+"),\s*"en": ("[^"]+")\s*\}/g,
    ))
      for (const name of [chinese, english]) names.add(name);
  }
  const numbered = new Map(
    [...names].map((name) => [name, JSON.stringify(`${String(JSON.parse(name))} ${hostile}`)]),
  );
  for (const file of (await readdir(models)).filter((each) => each.endsWith('.json'))) {
    const said = await readFile(join(models, file), 'utf8');
    const renamed = [...numbered].reduce(
      (text, [name, to]) => text.replaceAll(`: ${name}`, () => `: ${to}`),
      said,
    );
    await writeFile(join(models, file), renamed);
  }
  const database = new DatabaseSync(join(folder, 'huawu.db'));
  for (const [name, to] of numbered)
    database.prepare('update plans set document = replace(document, ?, ?)').run(`:${name}`, `:${to}`);
  database.prepare('update operators set name = ?').run(hostile);
  database.close();
};

beforeAll(async () => {
  await copyWorkspace('plan', folder);
  const roster = ['roster', '--weeks', '1', '--seconds', '5', '--workspace', folder];
  expect((await runCommand(roster)).code).toBe(0);
  await rename();
  site = await openSiteOf(folder);
});
afterAll(() => site.close());

const pages = [
  ...planViews.map((view) => `plan?view=${view}`),
  'divert',
  'compare',
  'rank',
  'rank?basis=traffic',
  'data',
  ...rosterViews.map((view) => `roster?view=${view}`),
  ...settingsViews.map((view) => `settings?view=${view}`),
  'members',
  'account',
];

/** Elements that a name has made of the page, and what of them has run. */
const made = (): string[] => [
  ...[...document.querySelectorAll('img[src="x"], [onerror], [onload], a[href^="javascript"]')].map(
    ({ outerHTML }) => outerHTML.slice(0, 80),
  ),
  ...('hit' in window ? ['it ran'] : []),
];

test(
  'names are text on every page, in what is said of them, and in what is saved',
  { timeout: 500_000 },
  async () => {
    const { page, complaints } = await openPage(site, 'en');
    await page.locator('main h1').waitFor();
    const token = (await page.locator('meta[name=huawu-token]').getAttribute('content')) ?? '';
    const write = async (method: 'post' | 'put', path: string, data: object): Promise<string> => {
      const headers = {
        origin: site.url,
        [tokenHeader]: token,
        'if-match': '*',
      };
      const answer = await page.request[method](`${site.url}/api/v1${path}`, {
        data,
        headers,
      });
      expect(answer.status(), `${path}: ${await answer.text()}`).toBeLessThan(300);
      return answer.text();
    };
    const asked = await page.request.get(`${site.url}/api/v1/workspace`);
    const body = (await asked.json()) as {
      readonly plans: readonly { readonly id: string; readonly week: string }[];
      readonly lastDate: string;
    };
    const id = body.plans[0]?.id ?? '';
    await write('put', `/plans/${id}/name`, { name: hostile.slice(0, 80) });
    await write('post', '/diary', {
      date: body.lastDate,
      kind: 'other',
      text: hostile,
      event: true,
    });
    await write('post', '/overrules', {
      queue: null,
      date: body.lastDate,
      from: null,
      to: null,
      factor: 1.1,
      calls: null,
      reason: hostile,
      author: hostile,
    });
    const found: string[] = [];
    const look = async (at: string): Promise<void> => {
      for (const each of await page.evaluate(made)) found.push(`${at}: ${each}`);
    };
    for (const at of pages) {
      await page.evaluate((hash) => (window.location.hash = hash), `#/${at}`);
      await page.locator('main section, main .empty, main form').first().waitFor({ timeout: 60_000 });
      await page.waitForTimeout(500);
      await look(at);
    }
    // The names are there, as text.
    await page.evaluate(() => (window.location.hash = '#/settings?view=tiers'));
    await page
      .locator('main')
      .getByText(/img src=x/)
      .or(page.locator('input[value*="img src=x"]'))
      .first()
      .waitFor();
    // A problem that says what was found.
    const wrong = await page.request.get(`${site.url}/api/v1/plans/${encodeURIComponent(hostile)}`);
    expect(wrong.headers()['content-type']).toContain('application/problem+json');
    // Where no policy of the server's keeps it from running.
    const file = join(root, 'week.html');
    expect((await runCommand(['report', '--workspace', folder, '--out', file, '--lang', 'en'])).code).toBe(0);
    await page.goto(`file://${file}`);
    expect(await page.content()).toContain('&lt;img src=x');
    await page.waitForTimeout(300);
    await look('report');
    await page.goto(`${site.url}/api/v1/plans/${id}/report?format=html&page=leader&language=en`);
    await look('leader');
    expect(found).toEqual([]);
    expect(complaints.filter((said) => /Content Security Policy|inline/.test(said))).toEqual([]);
  },
);
