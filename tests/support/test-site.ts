import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { Language } from '../../src/kernel/text.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import type { ShiftsModel } from '../../src/contract/models/shifts-model.ts';
import { startBrowser } from './browser.ts';
import { buildPage, inRoot } from './build-page.ts';

export interface TestSite {
  readonly url: string;
  /** A fresh address that lets a browser in, once. */
  readonly openingAddress: () => string;
  readonly browser: Browser;
  /** The workspace that it serves. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Sixteen weeks of made-up traffic in two queues: every journey runs on it, in a fraction of the demo's time. */
const smallDemo = async (): Promise<object> => {
  const demo = JSON.parse(await readFile(inRoot('data', 'demo.json'), 'utf8')) as { queues: unknown[] };
  return { ...demo, days: 112, queues: demo.queues.slice(0, 2) };
};

/** Starts that the small line's shifts may have: a dozen patterns instead of the catalogue's thousands. */
const fewStarts: Readonly<Record<string, readonly [earliest: string, latest: string, minutes: number]>> = {
  day: ['07:00', '11:00', 120],
  late: ['14:00', '16:00', 120],
  night: ['22:00', '22:00', 60],
};

const simplifyShifts = async (file: string): Promise<void> => {
  const shifts = JSON.parse(await readFile(file, 'utf8')) as ShiftsModel;
  const templates = shifts.templates.flatMap((template) => {
    const starts = fewStarts[template.template];
    if (starts === undefined) return [];
    const [earliestStart, latestStart, startEveryMinutes] = starts;
    const breaks = template.breaks
      .slice(1, 2)
      .map((pause) => ({ ...pause, latestHours: pause.earliestHours + 1 }));
    return [{ ...template, earliestStart, latestStart, startEveryMinutes, breaks }];
  });
  await writeFile(file, JSON.stringify({ ...shifts, templates }));
};

/** A real server and a real browser, on a workspace with a small made-up line or with nothing in it yet. */
export const openTestSite = async (holding: 'demo' | 'nothing' = 'demo'): Promise<TestSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-e2e-'));
  const workspace = await createWorkspace(join(folder, 'workspace'), { modelsFrom: inRoot('models') });
  if (holding === 'demo') await makeDemo(workspace.store, await smallDemo());
  await workspace.close();
  await simplifyShifts(join(folder, 'workspace', 'models', 'shifts.json'));
  const site = await openSiteOf(join(folder, 'workspace'));
  return {
    ...site,
    close: async () => {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A real server and a real browser on a workspace that is there. */
export const openSiteOf = async (folder: string): Promise<TestSite> => {
  await buildPage();
  const server = await serveWorkspace({ folder, settings: settingsSchema.parse({ port: 0 }) });
  const running = await startBrowser();
  return {
    url: server.url,
    openingAddress: server.openingAddress,
    browser: running.browser,
    folder,
    close: async () => {
      await running.close();
      await server.close();
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
  page.setDefaultTimeout(300_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(`${site.openingAddress()}?lang=${language}`);
  return { page, complaints };
};

/** Goes to a place of the site, such as `data`, and waits for its heading. */
export const go = async (page: Page, place: string, title: string): Promise<void> => {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/${place}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
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
