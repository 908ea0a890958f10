import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { languages } from '../../src/kernel/text.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { planViews } from '../../src/web/plan/plan-views.ts';
import { openPage, copyWorkspace, openSiteOf, type TestSite } from '../support/test-site.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const wordless = {
  'zh-CN': '此说明出自其他版本，本版本无法显示',
  en: 'a note from another version, which this one cannot show',
} as const;

const folder = await temporaryFolder();
let site: TestSite;
/** Codes that the stored plan has by now. */
const codes: string[] = [];

/** The findings of a document, of every second one its code unknown, of the others no value left. */
const aged = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(aged);
  if (!('code' in value && 'values' in value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, aged(item)]));
  }
  const finding =
    codes.length % 2 === 0 ? { ...value, code: `of-old-${codes.length}` } : { ...value, values: {} };
  codes.push(String(finding.code));
  return finding;
};

beforeAll(async () => {
  const workspace = join(folder, 'workspace');
  await copyWorkspace('plan', workspace);
  const database = new DatabaseSync(join(workspace, 'huawu.db'));
  const row = database.prepare('select document from plans').get();
  const document = JSON.stringify(aged(JSON.parse(String(row?.['document']))));
  database.prepare('update plans set document = ?').run(document);
  database.close();
  expect(codes.length).toBeGreaterThan(20);
  site = await openSiteOf(workspace);
}, 400_000);
afterAll(() => site.close());

test('the terminal and reports say of each note that there are no words for it, and show all else', async () => {
  for (const lang of languages) {
    const at = ['--workspace', site.folder, '--lang', lang];
    const printed = await runCommand(['plan', '--verbose', ...at]);
    expect(printed).toMatchObject({ code: 0 });
    expect(printed.out).toContain(wordless[lang]);
    for (const [file, ...more] of [
      ['week.html'],
      ['leader.html', '--page', 'leader'],
      ['week.xlsx'],
      ['week.zip'],
    ]) {
      const out = join(folder, `${lang}-${file}`);
      expect(await runCommand(['report', ...at, '--out', out, ...more]), file).toMatchObject({ code: 0 });
      const written = await readFile(out);
      const parts =
        file?.endsWith('html') === true
          ? [written.toString()]
          : Object.values(unzipSync(written)).map((part) => strFromU8(part));
      expect(parts.join('\n').includes(wordless[lang]), out).toBe(file !== 'leader.html');
      expect(parts.join('\n').match(/\b(undefined|NaN)\b/)).toBeNull();
    }
  }
});

test('over HTTP each keeps its code, with that sentence in both languages', async () => {
  const { context } = await openPage(site, 'en').then(({ page }) => ({ context: page.context() }));
  const answer = await context.request.get(`${site.url}/api/v1/plans/latest`);
  expect(answer.status()).toBe(200);
  const { assumptions } = (await answer.json()) as PlanDocument;
  expect(assumptions.length).toBeGreaterThan(0);
  for (const said of assumptions) {
    expect(said).toMatchObject({ code: expect.any(String) });
    for (const language of languages) expect(said).toHaveProperty(language);
  }
  expect(JSON.stringify(assumptions)).toContain(wordless.en);
  expect(JSON.stringify(assumptions)).toContain(wordless['zh-CN']);
  await context.close();
});

test('every view of its page opens', { timeout: 200_000 }, async () => {
  for (const language of languages) {
    const { page, complaints } = await openPage(site, language);
    const loading = pageWords['state.loading'][language];
    let said = '';
    for (const view of planViews) {
      await page.evaluate((hash) => (window.location.hash = hash), `#/plan?view=${view}`);
      const main = page.locator('main');
      await main.getByRole('heading', { level: 1 }).waitFor();
      await expect
        .poll(async () => (await main.innerText()).includes(loading), { timeout: 60_000 })
        .toBe(false);
      const shown = await main.innerText();
      expect(shown, view).not.toMatch(/\b(undefined|NaN)\b/);
      said += shown;
    }
    expect(said).toContain(wordless[language]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }
});
