import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { settingsSchema, type Settings } from '../../src/contract/settings.ts';
import { type NewMember, notedAccounts } from '../../src/access/accounts.ts';
import { localActor } from '../../src/kernel/actor.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { Language } from '../../src/kernel/text.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { startBrowser } from './browser.ts';
import { openedPages } from './opened-pages.ts';
import { demoSettings, type DemoWorkspace, openPorts } from './demo-workspace.ts';
import { buildPage, inRoot } from './build-page.ts';
import { runCommand } from './run-command.ts';
import { startFromShared } from './shared-workspace.ts';
import { shrinkModels } from './shrink-models.ts';
import { isLongRun } from './sweep.ts';

export interface TestSite {
  readonly url: string;
  /** A fresh address that lets a browser in, once. */
  readonly openingAddress: () => string;
  /** Makes the first administrator where people sign in. */
  readonly setUpCode: string;
  readonly browser: Browser;
  /** The workspace that it serves. */
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * Sixteen weeks of made-up traffic in two queues by the hour, half as many calls and people as the demo's: every journey
 * runs on it, in a fraction of the demo's time.
 */
const smallDemo = async (): Promise<object> => {
  const demo = await demoSettings();
  const queues = demo.queues.slice(0, 2).map((queue) => ({ ...queue, callsPerDay: queue.callsPerDay / 2 }));
  const tiers = demo.tiers.map((tier) => ({ ...tier, operators: Math.ceil(tier.operators / 2) }));
  return { ...demo, intervalMinutes: 60, days: 112, queues, tiers };
};

/** What a site's workspace has in it: a small made-up line, the same with a plan of its coming week, or nothing. */
type Holding = 'demo' | 'plan' | 'nothing';

const makeWorkspace = async (folder: string, holding: Holding): Promise<void> => {
  const workspace = await createWorkspace(folder, { modelsFrom: inRoot('models') });
  if (holding !== 'nothing') await makeDemo(workspace.store, await smallDemo());
  await workspace.close();
  await shrinkModels(join(folder, 'models'), { hourly: holding !== 'nothing', fewShifts: true });
  if (holding !== 'plan') return;
  const { code, err } = await runCommand(['plan', '--workspace', folder]);
  if (code !== 0) throw new Error(err);
};

/** Puts a workspace of one's own there, a copy of what the run makes once. */
export const copyWorkspace = (holding: Holding, to: string): Promise<void> =>
  startFromShared(`site-with-${holding}`, to, (made) => makeWorkspace(made, holding));

/** The ports of the use cases on such a workspace, in a temporary folder. */
export const openCopy = async (
  holding: Holding,
  more: Partial<Pick<Ports, 'nowMillis' | 'program'>> = {},
): Promise<DemoWorkspace> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-copy-'));
  await copyWorkspace(holding, join(folder, 'line'));
  return openPorts(join(folder, 'line'), { remove: folder, ...more });
};

/** A real server and a real browser, on a workspace of the file's own. */
export const openTestSite = async (
  holding: Holding = 'demo',
  settings: Partial<Settings> = {},
): Promise<TestSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-e2e-'));
  await copyWorkspace(holding, join(folder, 'workspace'));
  const site = await openSiteOf(join(folder, 'workspace'), settings);
  return {
    ...site,
    close: async () => {
      await site.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A real server and a real browser on a workspace that is there. */
export const openSiteOf = async (folder: string, more: Partial<Settings> = {}): Promise<TestSite> => {
  await buildPage();
  const settings = settingsSchema.parse({ port: 0, ...more });
  const server = await serveWorkspace({ folder, settings });
  const running = await startBrowser();
  return {
    url: server.url,
    openingAddress: server.openingAddress,
    setUpCode: server.setUpCode ?? '',
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
export const openPage = async (
  site: TestSite,
  language: Language,
  width = 1440,
  isFirstVisit = false,
  /** Who signs in first. */
  member?: { readonly user: string; readonly password: string },
): Promise<TestPage> => {
  const context = await site.browser.newContext({
    viewport: { width, height: 900 },
    locale: language,
    acceptDownloads: true,
    // What turns while a plan is made is painted sixty times a second, by the processor that makes it.
    reducedMotion: isLongRun ? 'no-preference' : 'reduce',
  });
  // The tour stands over the page until it is ended: whoever has been here before does without.
  if (!isFirstVisit) await context.addInitScript(() => window.localStorage.setItem('huawu-tour', 'seen'));
  const page = await context.newPage();
  openedPages.add(page);
  page.setDefaultTimeout(200_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  if (member === undefined) await page.goto(`${site.openingAddress()}?lang=${language}`);
  else {
    await page.request.post(`${site.url}/api/v1/sign-in`, { data: member });
    await page.goto(`${site.url}/?lang=${language}`);
  }
  return { page, complaints };
};

/** Somebody with a password and a role, where people sign in. */
export const addMember = async ({ folder }: TestSite, member: NewMember, password: string): Promise<void> => {
  const { accounts: store, close } = await openWorkspace(folder);
  const accounts = notedAccounts({ store, now: Date.now }, localActor);
  await accounts.add(member);
  await accounts.setPassword(member.user, password);
  await close();
};

/** Goes to a place of the site, such as `data`, and waits for its heading, and until nothing moves away under a click. */
export const go = async (page: Page, place: string, title: string): Promise<void> => {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/${place}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await settled(page);
};

/** Waits until nothing moves or changes colour any more: what turns without end, and what is stuck, is let be. */
const settled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise<unknown>((resolve) => requestAnimationFrame(resolve));
    const until = performance.now() + 3000;
    const moves = () =>
      document
        .getAnimations()
        .some(
          ({ playState, effect }) =>
            playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime ?? 0),
        );
    // Still for five frames: a hover that ends, or a state that is left, starts its transition a frame later.
    for (let still = 0; still < 5 && performance.now() < until; still = moves() ? 0 : still + 1)
      await frame();
  });

export const walkedWidths = [390, 1024, 2560, 1440] as const;

/** What does not fit from a phone to a wall screen: the page is resized, not loaded again. */
export const misfits = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const width of walkedWidths) found.push(...(await misfitsAt(page, width)));
  return found;
};

/** What does not fit in a window of one width. */
export const misfitsAt = async (page: Page, width: number): Promise<string[]> => {
  await page.setViewportSize({ width, height: 900 });
  await settled(page);
  return (await page.evaluate(cutOff)).map((what) => `${page.url()} at ${width}: ${what}`);
};

/** In the browser: what makes the page scroll sideways, and words that end at an edge which does not scroll. */
const cutOff = (): string[] => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const cut = [...document.querySelectorAll<HTMLElement>('header *, main *, [role="dialog"] *')].filter(
    (element) => {
      const { overflowX, clipPath, textOverflow } = getComputedStyle(element);
      // That a choice of a few can be pushed along nobody sees.
      const hides = overflowX === 'hidden' || element.classList.contains('ant-segmented');
      const ends = hides && clipPath === 'none' && textOverflow !== 'ellipsis';
      const says = (element.textContent ?? '').trim() !== '' && element.clientWidth > 1;
      // What a list's field or a bar has no room for, it tells whole by its title or name.
      const isToldElsewhere = element.closest('.ant-select, .month-bar, [title]') !== null;
      return ends && says && !isToldElsewhere && element.scrollWidth > element.clientWidth + 1;
    },
  );
  const bars = document.querySelector('.gantt line')?.getBoundingClientRect().left ?? Infinity;
  const under = [...document.querySelectorAll('.gantt g:has(> rect) > text:first-child')].filter(
    (name) => name.getBoundingClientRect().right > bars,
  );
  return [
    ...under.map(({ textContent }) => `runs under its bar: ${textContent}`),
    ...(wide > 0 ? [`scrolls sideways by ${wide}`] : []),
    ...cut.map((element) => `cut off: ${element.className} ${(element.textContent ?? '').slice(0, 40)}`),
  ];
};

/**
 * Findings of axe on what is shown, one line each. Every rule is run; only the broken ones are written out, without
 * selectors and in the page itself, which takes a quarter of the time.
 */
export const axeFindings = async (page: Page): Promise<string[]> => {
  // Colours in mid-transition are nobody's.
  await page.mouse.move(0, 0);
  await settled(page);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], selectors: false })
    .analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id}: ${node.html.slice(0, 120)} ${node.failureSummary?.slice(0, 200) ?? ''}`,
    ),
  );
};
