import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSettingsSchema } from '../../src/demo/demo-settings.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { moveWorkspace } from '../../src/store/move-workspace.ts';
import { pageWords } from '../../src/words/page-words.ts';
import type { WordKey } from '../../src/web/words/words.tsx';
import { pageWord } from '../support/page-word.ts';
import { inRoot } from '../support/build-page.ts';
import { axeFindings, openPage, openTestSite, type TestSite } from '../support/test-site.ts';
import { isLongRun, sweep } from '../support/sweep.ts';

const patience = 120_000;
let site: TestSite;
beforeAll(async () => {
  site = await openTestSite('nothing');
}, patience);
afterAll(async () => {
  await site.close();
});

/** Four weeks of the demo hotline's traffic as a workbook. */
const demoWorkbook = async (): Promise<{ buffer: Buffer; rows: number }> => {
  const demo = JSON.parse(await readFile(inRoot('data', 'demo.json'), 'utf8')) as { queues: unknown[] };
  const settings = { ...demo, days: 28, queues: demo.queues.slice(0, 1) };
  const { traffic } = generateDemo(demoSettingsSchema.parse(settings));
  const rows = traffic.map((row) => ({
    队列: row.queue,
    开始时间: Temporal.Instant.fromEpochMilliseconds(row.startMillis)
      .toZonedDateTimeISO('Asia/Shanghai')
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
      .replace('T', ' '),
    人工请求量: row.offered,
  }));
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.json_to_sheet(rows), '话务');
  return {
    buffer: Buffer.from(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
    rows: rows.length,
  };
};

const languages = sweep(['zh-CN', 'en'] as const, (language) => language === 'en');

describe.each(languages)('a workspace with nothing in it, in %s', (language) => {
  const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
    pageWord(key, language, values);

  test('every page says what to do next', { timeout: patience }, async () => {
    const { page, complaints } = await openPage(site, language);
    for (const place of ['plan', 'roster', 'divert', 'compare', 'rank', 'data'] as const) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
      }, `#/${place}`);
      await page.getByRole('heading', { level: 1, name: say(`nav.${place}`) }).waitFor();
      if (place !== 'data') await expect.poll(() => page.locator('main a.button').count()).toBe(1);
      expect(await axeFindings(page)).toEqual([]);
    }
    await page.getByText(say('guide.title')).waitFor();
    const sample = page.waitForEvent('download');
    await page
      .getByRole('link', { name: say('guide.templateOf', { kind: say('kind.traffic'), format: 'CSV' }) })
      .click();
    const csv = await readFile(await (await sample).path());
    const guess = await page.request.post(`${site.url}/api/v1/files/guess?name=traffic.csv`, {
      data: csv,
      headers: {
        'content-type': 'application/octet-stream',
        'x-huawu-token': (await page.locator('meta[name=huawu-token]').getAttribute('content')) ?? '',
      },
    });
    expect(await guess.json()).toMatchObject({ kind: 'traffic', missing: [] });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test(
  'a page whose part no longer loads says so, and the others still work',
  { timeout: patience },
  async () => {
    const { page } = await openPage(site, 'en');
    await page.route('**/compare-page*.js', (route) => route.abort());
    await page.goto(`${site.url}/?lang=en#/compare`);
    await page.reload();
    await page.getByRole('alert').getByText(pageWords['state.broken'].en).waitFor();
    await page.getByRole('link', { name: pageWords['nav.data'].en }).click();
    await page.getByRole('heading', { level: 1, name: pageWords['nav.data'].en }).waitFor();
    await page.context().close();
  },
);

test.runIf(isLongRun)(
  "the demo's traffic as a workbook goes in, and its week can be planned",
  { timeout: patience },
  async () => {
    const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
      pageWord(key, 'zh-CN', values);
    const { page } = await openPage(site, 'zh-CN');
    const { buffer, rows } = await demoWorkbook();
    await page.goto(`${site.url}/?lang=zh-CN#/data`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '话务.xlsx', mimeType: 'application/octet-stream', buffer });
    await page.getByRole('rowheader', { name: '人工请求量', exact: true }).waitFor();
    await page.getByRole('button', { name: say('file.takeIn') }).click();
    const n = rows.toLocaleString('zh-CN');
    await page.getByText(say('report.done', { rows: n, accepted: n, rejected: 0, duplicates: 0 })).waitFor();
    await page.getByRole('link', { name: say('report.goOn') }).click();
    await page.getByRole('heading', { level: 1, name: say('nav.plan') }).waitFor();
    expect(await page.getByText('2026-W48').first().isVisible()).toBe(true);
    await page.getByRole('button', { name: say('plan.make') }).waitFor();
  },
);

test.runIf(isLongRun)(
  'a workspace that is moved while its page is served: every page says where to',
  { timeout: patience },
  async () => {
    const { place } = await moveWorkspace({ folder: site.folder }, join(site.folder, '../moved'), {
      replace: false,
    });
    for (const language of ['zh-CN', 'en'] as const) {
      const { page } = await openPage(site, language);
      const said = pageWord('app.moved', language, { place });
      for (const hash of ['plan', 'data'] as const) {
        await page.goto(`${site.url}/?lang=${language}#/${hash}`);
        await page.getByRole('alert').getByText(said).waitFor();
      }
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.context().close();
    }
  },
);
