import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { Language } from '../../src/kernel/text.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { startBrowser } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inRoot = (...parts: string[]): string => join(root, ...parts);

const newestIn = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (file) => statSync(join(folder, file)).mtimeMs,
    ),
  );

/** Builds the page unless what is built is newer than all that it is made of. */
const buildPage = async (): Promise<void> => {
  const built = inRoot('public', 'app', 'index.html');
  const sources = ['src/web', 'src/contract', 'src/kernel', 'src/queueing', 'src/diversion', 'src/report'];
  const newest = Math.max(...sources.map((folder) => newestIn(inRoot(folder))));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  await build({ configFile: inRoot('src', 'web', 'vite.config.ts'), logLevel: 'error' });
};

export interface TestSite {
  readonly url: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** A real server on a real workspace with half a year of made-up traffic, and a real browser. */
export const openTestSite = async (): Promise<TestSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-e2e-'));
  await buildPage();
  const workspace = await createWorkspace(join(folder, 'workspace'), { modelsFrom: inRoot('models') });
  const settings = JSON.parse(readFileSync(inRoot('data', 'demo.json'), 'utf8')) as object;
  await makeDemo(workspace.store, { ...settings, days: 182 });
  await workspace.close();
  const server = await serveWorkspace({
    folder: join(folder, 'workspace'),
    settings: settingsSchema.parse({ port: 0 }),
  });
  const running = await startBrowser();
  return {
    url: server.url,
    browser: running.browser,
    close: async () => {
      await running.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export interface TestPage {
  readonly page: Page;
  /** What the browser complained of: blocked styles, thrown errors. */
  readonly complaints: readonly string[];
}

/** A page of the site in one language; complaints of the browser are gathered. */
export const openPage = async (site: TestSite, language: Language, width = 1440): Promise<TestPage> => {
  const context = await site.browser.newContext({
    viewport: { width, height: 900 },
    locale: language,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(150_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(`${site.url}/?lang=${language}`);
  return { page, complaints };
};

/** Findings of axe on what is shown, one line each. */
export const axeFindings = async (page: Page): Promise<string[]> => {
  // Colours in mid-transition are nobody's: let hover and loading states end first.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(800);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id}: ${node.html.slice(0, 120)} ${node.failureSummary?.slice(0, 200) ?? ''}`,
    ),
  );
};
