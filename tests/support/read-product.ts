import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import type { Language } from '../../src/kernel/text.ts';
import { inRoot } from './build-page.ts';
import { openPage, openTestSite } from './test-site.ts';

/** What a user meets in one language, by the place where it stands. */
export type Met = Record<string, string>;

const run = promisify(execFile);

/** Commands that between them say most of what the terminal can say. */
const commands: readonly (readonly string[])[] = [
  ['--help'],
  ['plan', '--help'],
  ['plan', '--wek'],
  ['erlang', '--calls-per-hour', '100', '--aht', '300', '--operators', '12'],
  ['erlang', '--calls-per-hour', '1000', '--aht', '300', '--operators', '2'],
  ['bands'],
  ['hours'],
  ['doctor'],
  ['overrule', 'list'],
  ['forecast', '--days', '7'],
  ['rate'],
];

/** Texts of a page: what is shown, and what assistive programs and pointers are told. */
const textsOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const shown = document.body.innerText;
    const told = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].flatMap((name) => element.getAttribute(name) ?? []),
    );
    return [shown, ...told].join('\n');
  });

/** A page's text as its file has it, without tags; an entity is what it stands for. */
const textOfHtml = (html: string): string => {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replaceAll(/<style>[^]*?<\/style>|<[^>]*>/g, '\n')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
};

const main = async (language: Language, out: string): Promise<void> => {
  const met: Met = {};
  const site = await openTestSite();
  const cli = async (...args: readonly string[]): Promise<void> => {
    const full = [inRoot('src/cli/main.ts'), ...args, '--lang', language, '--workspace', site.folder];
    const done = await run(process.execPath, full, { cwd: inRoot() }).catch((failed: unknown) => failed);
    const { stdout = '', stderr = '' } = done as { stdout?: string; stderr?: string };
    met[`huawu ${args.join(' ')}`] = `${stdout}\n${stderr}`;
  };
  try {
    await cli('plan');
    const report = join(site.folder, 'report.html');
    await cli('report', '--out', report);
    met['report.html'] = textOfHtml(await readFile(report, 'utf8'));
    for (const args of commands) await cli(...args);
    const { page } = await openPage(site, language);
    for (const place of ['plan', 'divert', 'compare', 'rank', 'data']) {
      await page.goto(`${site.url}/?lang=${language}#/${place}`);
      // A page is read once nothing of it is still on its way.
      await page.waitForFunction(
        () =>
          document.querySelector('main h1') !== null && document.querySelector('.ant-spin-spinning') === null,
      );
      await page.waitForTimeout(1500);
      await page.waitForFunction(() => document.querySelector('.ant-spin-spinning') === null);
      met[`page ${place}`] = await textsOf(page);
    }
  } finally {
    await site.close();
  }
  await writeFile(out, JSON.stringify(met));
};

const [language, out] = process.argv.slice(2);
if (language !== undefined && out !== undefined) await main(language as Language, out);
