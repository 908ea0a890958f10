import type { Page } from 'playwright-core';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import { endpoints, type EndpointName } from '../../src/contract/http/endpoints.ts';
import type { Job } from '../../src/contract/http/job.ts';
import type { Language } from '../../src/kernel/text.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { isLongRun } from './sweep.ts';
import { openTestSite, type TestSite } from './test-site.ts';

const password = 'lantern-orbit-velvet-42';

export interface FullSite extends TestSite {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
}

/** A line with two plans, a roster and somebody signed in: every page is there, with something on it. */
export const openFullSite = async (): Promise<FullSite> => {
  const site = await openTestSite('demo', { signIn: 'on', logLevel: 'silent' });
  const context = await site.browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en',
    reducedMotion: isLongRun ? 'no-preference' : 'reduce',
  });
  await context.addInitScript(() => window.localStorage.setItem('huawu-tour', 'seen'));
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${site.url}/?lang=en`);
  await setUp(page, site.setUpCode);
  await make(page, 'makePlan', { handleTimeFactor: 1.1 });
  await make(page, 'makePlan', {});
  await make(page, 'makeRoster', { weeks: 1 });
  await page.reload();
  return {
    ...site,
    page,
    complaints,
  };
};

/** The first who comes makes the administrator. */
const setUp = async (page: Page, code: string): Promise<void> => {
  const answers = {
    'door.code': code,
    'door.user': 'wang',
    'door.name': 'Wang',
    'door.newPassword': password,
  } as const;
  for (const [field, answer] of Object.entries(answers))
    await page.getByLabel(pageWords[field as keyof typeof answers].en, { exact: true }).fill(answer);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: pageWords['nav.plan'].en }).waitFor();
};

/** Asks for a job as the page does, and waits for its end. */
const make = async (page: Page, endpoint: EndpointName, data: object): Promise<void> => {
  const { origin } = new URL(page.url());
  const token = (await page.locator('meta[name=huawu-token]').getAttribute('content')) ?? '';
  const asked = await page.request.post(`${origin}/api/v1${endpoints[endpoint].path}`, {
    data,
    headers: { origin, [tokenHeader]: token },
  });
  let job = (await asked.json()) as Job;
  while (job.state === 'queued' || job.state === 'running') {
    await page.waitForTimeout(500);
    // By the page itself: a connection that the server has let go is opened anew.
    job = await page.evaluate(
      async (address) => (await (await fetch(address)).json()) as Job,
      `${origin}/api/v1/jobs/${job.id}`,
    );
  }
  if (job.state !== 'done') throw new Error(JSON.stringify(job));
};

/** Changes language or light where the page stands, as a reader does. */
export const showIn = async (page: Page, language: Language, light: 'light' | 'dark'): Promise<void> => {
  const switches = page.locator('header .switches');
  await switches.getByText(pageWords['language.name'][language], { exact: true }).click();
  await switches.getByText(pageWords[`theme.${light}`][language], { exact: true }).click();
};
