import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { WordKey } from '../../src/web/words/words.tsx';
import { byKeys } from '../support/by-keys.ts';
import { pageWord } from '../support/page-word.ts';
import {
  axeFindings,
  go,
  misfitsAt,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const patience = 180_000;

let site: TestSite;
const logs = await temporaryFolder();
let opened: TestPage;
beforeAll(async () => {
  site = await openTestSite('nothing');
  // A line of one's own: a queue that it does not have is asked about.
  const hotline = join(site.folder, 'models/hotline.json');
  const model = JSON.parse(await readFile(hotline, 'utf8')) as object;
  await writeFile(hotline, JSON.stringify({ ...model, madeUp: false }));
  opened = await openPage(site, 'en');
  opened.page.setDefaultTimeout(60_000);
}, patience);
afterAll(() => site.close());

const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
  pageWord(key, 'en', values);

/** Calls a few seconds ago that were answered, in a queue of the switchboard's own naming. */
const callsNow = (queue: string, count: number): string => {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, i) => {
    const call = `${now - 40}.${i}|${queue}`;
    return [
      `${now - 40}|${call}|NONE|ENTERQUEUE||10000000001|1`,
      `${now - 30}|${call}|op-001|CONNECT|10|${now - 32}.${i}9|2`,
      `${now - 5}|${call}|op-001|COMPLETECALLER|10|25|1`,
    ].join('\n');
  }).join('\n');
};

test('from a queue_log in a folder to today’s calls, by keyboard', { timeout: patience }, async () => {
  const { page, complaints } = opened;
  const file = join(logs, 'queue_log');
  await writeFile(file, `${callsNow('1501', 3)}\n`);
  await go(page, 'data?view=feeds', say('nav.data'));
  await page.getByText(say('feeds.begin1')).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [390, 1440]) expect(await misfitsAt(page, width)).toEqual([]);

  const keys = byKeys(page);
  await keys.tabTo(page.getByLabel(say('feeds.from')));
  await page.keyboard.type(file);
  await keys.enter(page.getByRole('button', { name: say('feeds.addNow') }));
  await page
    .locator('.tag')
    .filter({ hasText: say('feeds.state.live') })
    .waitFor();
  await keys.tabTo(page.getByLabel(say('feeds.isQueueOf', { queue: '1501' })));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await keys.enter(page.getByRole('button', { name: say('feeds.saveMap'), exact: true }));
  await keys.kept();

  const table = page.getByRole('table').filter({ hasText: say('feeds.offered') });
  await table.getByRole('row').filter({ hasText: '3' }).first().waitFor();
  await appendFile(file, `${callsNow('1501', 2)}\n`);
  await table.getByRole('row').filter({ hasText: '5' }).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [390, 1440]) expect(await misfitsAt(page, width)).toEqual([]);

  // what was chosen is shown, and may be chosen otherwise: all its calls stand there then, and nowhere else
  await page.getByLabel(say('feeds.isQueueOf', { queue: '1501' })).click();
  await page.getByTitle(say('feeds.asItself', { queue: '1501' })).click();
  await page.getByRole('button', { name: say('feeds.saveMap'), exact: true }).click();
  await table.getByRole('row').filter({ hasText: '1501' }).filter({ hasText: '5' }).waitFor();
  expect(await table.getByRole('row').count()).toBe(2);

  await keys.tabTo(page.getByLabel(say('feeds.alarm.webhook')));
  await page.keyboard.type('https://127.0.0.1/alarms?token=t');
  await keys.enter(page.getByRole('button', { name: say('feeds.alarmSave'), exact: true }));
  await page.getByText('alarmsInside').waitFor();
  await page.getByLabel(say('feeds.alarm.webhook')).fill('');
  await page.getByLabel(say('feeds.alarmSignals')).check();
  await keys.enter(page.getByRole('button', { name: say('feeds.alarmSave'), exact: true }));
  await page.getByText('alarmsInside').waitFor({ state: 'detached' });
  if (process.env['HUAWU_SHOT'] !== undefined)
    await page.screenshot({ path: process.env['HUAWU_SHOT'], fullPage: true });

  await rename(file, join(logs, 'elsewhere'));
  await page
    .locator('.tag')
    .filter({ hasText: say('feeds.state.broken') })
    .waitFor();

  // Today says so too, and leads there.
  await go(page, 'today', say('nav.today'));
  const alert = page.locator('.silent-feed');
  await alert.waitFor();
  expect(await alert.innerText()).toMatch(/broken since .+\n(.*\n)*.*queue_log/);
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [390, 1440]) expect(await misfitsAt(page, width)).toEqual([]);
  await alert.getByRole('link', { name: say('today.toFeeds') }).click();
  await page.getByText(say('feeds.state.broken')).first().waitFor();

  // What is typed of a feed stays where somebody else adds one.
  const name = page.getByLabel(say('feeds.name'));
  await name.fill('of-mine');
  const token = (await page.locator('meta[name="huawu-token"]').getAttribute('content')) ?? '';
  const added = await page.request.put(`${site.url}/api/v1/feeds/of-others`, {
    data: {
      kind: 'queue-log',
      from: join(logs, 'elsewhere'),
      queues: {},
      lateHours: 8,
      handleTime: 'arrival',
    },
    headers: { [tokenHeader]: token, origin: site.url },
  });
  expect(added.ok()).toBe(true);
  await page.getByRole('heading', { name: 'of-others' }).waitFor();
  expect(await name.inputValue()).toBe('of-mine');
  expect(complaints).toEqual([]);
});
