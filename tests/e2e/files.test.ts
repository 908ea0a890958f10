import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HotlineModel } from '../../src/contract/models/hotline-model.ts';
import { madeUpGoes } from '../../src/words/planning.ts';
import { formatOf } from '../../src/web/words/words.tsx';
import type { WordKey } from '../../src/web/words/words.tsx';
import { pageWord } from '../support/page-word.ts';
import { toGb18030 } from '../support/gb18030.ts';
import { runCommand } from '../support/run-command.ts';
import {
  axeFindings,
  go,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';
import { isLongRun, sweep } from '../support/sweep.ts';

const patience = 180_000;

// Of its own: a line's own traffic replaces the made-up line.
let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
}, patience);
afterAll(async () => {
  await site.close();
});

/** Half-hours of one queue and day in the shape of a switchboard's export. */
const exportRows = (day: string): (string | number)[][] => [
  ['队列', '开始时间', '人工请求量', '接通量', '放弃量'],
  ...Array.from({ length: 48 }, (_, i) => [
    '综合',
    `${day} ${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`,
    20 + i,
    18 + i,
    2,
  ]),
];

const languages = sweep(['zh-CN', 'en'] as const, (language) => language === 'zh-CN');

describe.each(languages)('files in %s', (language) => {
  const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
    pageWord(key, language, values);
  let opened: TestPage;
  beforeAll(async () => {
    opened = await openPage(site, language);
  });

  /** Data without the files that an earlier test chose and did not import: they stay on the page. */
  const onData = async (): Promise<TestPage['page']> => {
    const { page } = opened;
    await page.reload();
    await go(page, 'data', say('nav.data'));
    return page;
  };
  afterAll(async () => {
    await opened.page.context().close();
  });

  test('drop a GB18030 CSV with Chinese headings and an XLSX', { timeout: patience }, async () => {
    const page = await onData();
    const madeUp = await page.getByText(say('app.madeUp')).isVisible();
    const csv = toGb18030(
      exportRows('2026-11-23')
        .map((row) => row.join(','))
        .join('\r\n'),
    );
    const sheet = utils.book_new();
    utils.book_append_sheet(sheet, utils.aoa_to_sheet(exportRows('2026-11-24')), '话务');
    const xlsx = Buffer.from(write(sheet, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
    for (const [name, buffer] of [
      ['导出.csv', csv],
      ['导出.xlsx', xlsx],
    ] as const) {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      await page.getByRole('heading', { level: 3, name }).waitFor();
      await page.getByRole('rowheader', { name: '人工请求量', exact: true }).waitFor();
      await page.getByRole('button', { name: say('file.check') }).click();
      const report = page.getByTestId('ingest-report');
      await report
        .getByText(say('report.dry', { rows: 48, accepted: 48, rejected: 0, duplicates: 0 }))
        .waitFor();
      expect(await axeFindings(page)).toEqual([]);
      if (madeUp && name === '导出.csv') await page.getByText(madeUpGoes[language]).first().waitFor();
      await page.getByRole('button', { name: say('file.takeIn'), exact: true }).click();
      // The made-up line goes by it: that is asked first, and nothing is written until it is answered.
      if (madeUp && name === '导出.csv') {
        await page.getByRole('button', { name: say('file.takeInNo') }).click();
        expect(await page.getByText(say('app.madeUp')).isVisible()).toBe(true);
        await page.getByRole('button', { name: say('file.takeIn'), exact: true }).click();
        await page.getByRole('button', { name: say('file.takeInYes') }).click();
      }
      await report
        .getByText(say('report.done', { rows: 48, accepted: 48, rejected: 0, duplicates: 0 }))
        .waitFor();
      await page.getByText(say('app.madeUp')).waitFor({ state: 'detached' });
    }
    // Two days without handle times carry a forecast hardly, and nothing of how long calls take.
    const quality = page.getByRole('region', { name: say('quality.title') });
    await quality.getByText(say('quality.notYet', { why: '|' }).split('|')[0] ?? '').waitFor();
    await quality.getByText(say('ground.assumed')).first().waitFor();
    await quality.getByText(say('quality.without.roster')).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  test(
    'a corrected file takes the place of the one of its name, and the others stay',
    { timeout: patience },
    async () => {
      const page = await onData();
      const file = (name: string, day: string) => ({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from(
          exportRows(day)
            .map((row) => row.join(','))
            .join('\n'),
        ),
      });
      const choose = page.locator('input[type=file]');
      await choose.setInputFiles([file('a.csv', '2026-11-25'), file('b.csv', '2026-11-26')]);
      await page.getByRole('heading', { level: 3, name: 'b.csv' }).waitFor();
      await choose.setInputFiles([file('a.csv', '2026-11-27')]);
      await expect.poll(() => page.locator('section.file h3').allInnerTexts()).toEqual(['b.csv', 'a.csv']);
      // Rows as they stand in the file: its own, and none of the one that it took the place of.
      const rows = page.locator('section.file').nth(1);
      await rows.getByText('2026-11-27').first().waitFor({ state: 'attached' });
      expect(await rows.getByText('2026-11-25').count()).toBe(0);
    },
  );

  test('a bad file is refused with every problem', { timeout: patience }, async () => {
    const page = await onData();
    const bad = exportRows('2026-11-25').map((row, i) =>
      i === 3 ? [row[0], row[1], -5, 1, 1] : i === 5 ? [row[0], row[1], 'x', 1, 1] : row,
    );
    const buffer = Buffer.from(bad.map((row) => row.join(',')).join('\n'));
    await page.locator('input[type=file]').setInputFiles({ name: '坏.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('heading', { level: 3, name: '坏.csv' }).waitFor();
    await page.getByRole('button', { name: say('file.takeIn') }).click();
    const problems = page.getByRole('group', { name: say('problem.table'), exact: true });
    await problems.waitFor();
    expect(await problems.getByText(say('problem.row', { n: 4 })).count()).toBeGreaterThan(0);
    expect(await problems.getByText(say('problem.row', { n: 6 })).count()).toBeGreaterThan(0);
    // On a phone what to do is below what is wrong, and what the data support below what they are for.
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 900 });
    for (const table of [problems, page.getByRole('group', { name: say('quality.carries'), exact: true })])
      expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    if (size !== null) await page.setViewportSize(size);
  });

  test(
    'fifty like problems are one line that opens to all, and unknown hotlines are added, or not',
    { timeout: patience },
    async () => {
      const page = await onData();
      const upload = (name: string, rows: readonly string[]) =>
        page.locator('input[type=file]').setInputFiles({
          ...{ name, mimeType: 'text/csv' },
          buffer: Buffer.from(['hotline,placed_at,connected', ...rows, ''].join('\n')),
        });
      const runIngest = async (...lines: string[]) => {
        const file = join(site.folder, 'listed.csv');
        writeFileSync(file, lines.join('\n'));
        return (await runCommand(['ingest', 'monitoring', file, '--workspace', site.folder])).code;
      };
      expect(await runIngest('hotline,name', 'listed,Listed')).toBe(0);
      await upload(
        '多.csv',
        Array.from({ length: 30 }, (_, i) => `listed,x${i},1`),
      );
      await page.getByRole('heading', { level: 3, name: '多.csv' }).waitFor();
      await page.getByRole('button', { name: say('file.takeIn') }).click();
      const problems = page.getByRole('group', { name: say('problem.table'), exact: true });
      await problems.waitFor();
      expect(await problems.getByRole('row').count()).toBe(2);
      expect(await problems.getByText('x29', { exact: true }).isVisible()).toBe(false);
      await problems.locator('summary').click();
      expect(await problems.getByText('x29', { exact: true }).isVisible()).toBe(true);
      await onData();
      await upload('新.csv', ['new-one,2026-11-02 09:15,1', 'listed,2026-11-02 09:45,1']);
      await page.getByRole('heading', { level: 3, name: '新.csv' }).waitFor();
      // What is most likely meant is taken, and shown as taken; it can be taken back.
      const added = say('file.assumedAs', { what: say('remedy.addHotlines', { hotlines: 'new-one' }) });
      await page.getByText(added).waitFor();
      await page.getByText(say('report.dry', { rows: 2, accepted: 2, rejected: 0, duplicates: 0 })).waitFor();
      await page.getByRole('button', { name: say('file.notAssumed') }).click();
      await page.getByText(added).waitFor({ state: 'detached' });
      await problems.waitFor();
      await page.getByRole('button', { name: say('remedy.addHotlines', { hotlines: 'new-one' }) }).click();
      await page.getByText(say('report.dry', { rows: 2, accepted: 2, rejected: 0, duplicates: 0 })).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
  );

  test.runIf(isLongRun)(
    'several files are taken in one after the other; one that is bad keeps none from it',
    { timeout: patience },
    async () => {
      const page = await onData();
      const fileOf = (name: string, rows: readonly (readonly (string | number)[])[]) => ({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.from(rows.map((row) => row.join(',')).join('\n')),
      });
      const bad = exportRows('2026-11-26').map((row, i) =>
        i === 3 ? [row[0] ?? '', row[1] ?? '', -5, 1, 1] : row,
      );
      await page.locator('input[type=file]').setInputFiles([
        { name: '空.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('no workbook') },
        fileOf('二十六.csv', bad),
        fileOf('假.csv', [
          ['工号', '开始日期', '结束日期', '状态'],
          ['A001', '2026-12-01', '2026-12-02', '已批准'],
        ]),
        fileOf('人.csv', [
          ['工号', '姓名', '座席等级', '技能', '周工时'],
          ['A001', '陈艳', 'general', 'general', 40],
        ]),
        fileOf('二十七.csv', exportRows('2026-11-27')),
        fileOf('二十八.csv', exportRows('2026-11-28')),
        fileOf(
          '市民.csv',
          exportRows('2026-11-29').map((row, i) => (i === 0 ? row : ['市民热线', ...row.slice(1)])),
        ),
      ]);
      const all = page.getByRole('button', { name: say('data.takeInAll') });
      // While files are still looked at, the button turns and does nothing.
      const ready = () =>
        expect.poll(() => page.locator('.ant-btn-loading').count(), { timeout: 30_000 }).toBe(0);
      await ready();
      await all.click();
      const taken = say('report.done', { rows: 48, accepted: 48, rejected: 0, duplicates: 0 });
      for (const name of ['二十七.csv', '二十八.csv'])
        await page.getByRole('region', { name }).getByText(taken).waitFor();
      const refused = page.getByRole('region', { name: '二十六.csv' });
      await refused.getByRole('group', { name: say('problem.table'), exact: true }).waitFor();
      await ready();
      expect(await page.getByText(taken).count()).toBe(3);
      const status = page.getByRole('status').filter({ hasText: '二十六.csv' });
      expect(await status.textContent()).toContain(say('data.takenOf', { n: 5, all: 7 }));
      // People came before their leave, whatever the order of the files: the one on leave is on the books.
      const leave = page.getByRole('region', { name: '假.csv' });
      expect(await leave.getByRole('group', { name: say('problem.table'), exact: true }).count()).toBe(0);
      // A queue that the hotline does not have, and that is near to none, is a new one.
      const other = page.getByRole('region', { name: '市民.csv' });
      const added = say('remedy.addQueues', { queues: '市民热线' });
      await other.getByText(say('file.assumedAs', { what: added })).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
  );

  test('a remedy is a button that does it and reads again', { timeout: patience }, async () => {
    const page = await onData();
    const rows = exportRows('x').map((row, i) =>
      i === 0 ? row : [row[0], String(row[1]).replace('x', '03/04/2026'), i === 3 ? 'x' : 30, 28, 2],
    );
    const buffer = Buffer.from(rows.map((row) => row.join(',')).join('\n'));
    await page.locator('input[type=file]').setInputFiles({ name: '日月.csv', mimeType: 'text/csv', buffer });
    // Dropped, it is read on trial: what is wrong stands there without a click.
    const remedies = page.getByRole('group', { name: say('remedy.title') });
    const order = (which: 'dmy' | 'mdy'): string => say('remedy.order', { order: say(`order.${which}`) });
    await page.getByText(say('file.assumedAs', { what: order('dmy') })).waitFor();
    await page
      .getByRole('group', { name: say('problem.table'), exact: true })
      .getByText(say('problem.row', { n: 4 }))
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await remedies.getByRole('button', { name: say('remedy.skip') }).click();
    const report = page.getByTestId('ingest-report');
    await report
      .getByText(say('report.dry', { rows: 48, accepted: 47, rejected: 1, duplicates: 0 }))
      .waitFor();
    expect(await report.textContent()).toContain(formatOf(language).date('2026-04-03'));
  });

  test(
    'saving a model keeps the line that traffic brought, and one that has changed meanwhile',
    { timeout: patience },
    async () => {
      const { page } = opened;
      // Whatever step is not answered is named.
      page.setDefaultTimeout(30_000);
      const file = join(site.folder, 'models', 'hotline.json');
      const onDisk = (): HotlineModel => JSON.parse(readFileSync(file, 'utf8')) as HotlineModel;
      expect(onDisk().madeUp).toBe(false);
      // The file checked before was never imported: that is asked for on the way out.
      await page
        .getByRole('link', { name: say('nav.settings'), exact: true })
        .first()
        .click();
      await page.getByRole('button', { name: say('unsaved.leave') }).click();
      await page.getByRole('heading', { level: 1, name: say('nav.settings') }).waitFor();
      await go(page, 'settings?view=all', say('nav.settings'));
      const save = page.getByRole('button', { name: say('models.save') });
      const saved = page.getByText(say('models.saved'), { exact: true });
      /** A click on a button that is at work is not heard. */
      const pressSave = async (): Promise<void> => {
        await page.locator('.ant-btn-loading').waitFor({ state: 'detached' });
        await save.click();
      };
      await pressSave();
      await page.getByText(say('models.nothingChanged'), { exact: true }).waitFor();
      expect(onDisk().madeUp).toBe(false);
      const told = page.getByRole('alert').filter({ hasText: say('together.changed') });
      let changed = onDisk();
      // What the page asked for behind its last save may come after the change: that one it then knows.
      const isTold = async (): Promise<boolean> => {
        changed = { ...onDisk(), greetingSeconds: onDisk().greetingSeconds + 1 };
        writeFileSync(file, JSON.stringify(changed));
        await pressSave();
        const part = told.getByText(say('part-of.greetingSeconds'));
        return part.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      };
      await expect.poll(isTold).toBe(true);
      expect(onDisk().greetingSeconds).toBe(changed.greetingSeconds);
      await told.getByRole('button', { name: say('together.save') }).click();
      await told.waitFor({ state: 'detached' });
      await saved.or(page.getByText(say('models.nothingChanged'), { exact: true })).waitFor();
      expect(onDisk().greetingSeconds).toBe(changed.greetingSeconds);
      // In the form, without a word of JSON; what is not saved is still there after a look at another page.
      await go(page, 'settings?view=line', say('nav.settings'));
      const greeting = page.getByLabel(say('part-of.greetingSeconds'));
      await greeting.fill('11');
      await greeting.press('Tab');
      await page.getByText(say('models.unsaved')).waitFor();
      await page.getByRole('link', { name: say('nav.rank') }).click();
      await go(page, 'settings?view=line', say('nav.settings'));
      await page.getByText(say('models.unsaved')).waitFor();
      await pressSave();
      await saved.waitFor();
      expect(onDisk().greetingSeconds).toBe(11);
    },
  );
});
