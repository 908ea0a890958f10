import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HotlineModel } from '../../src/contract/models/hotline-model.ts';
import type { Language } from '../../src/kernel/text.ts';
import type { pageWords } from '../../src/words/page-words.ts';
import { messages, type Messages } from '../../src/words/messages.ts';
import { pageWord } from '../support/page-word.ts';
import { runCommand } from '../support/run-command.ts';
import { addMember, axeFindings, go, openPage, openTestSite, type TestSite } from '../support/test-site.ts';

const patience = 300_000;
const password = 'lantern-orbit-velvet-42';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite('plan', { signIn: 'on', logLevel: 'silent' });
  await addMember(site, { user: 'wang', name: '王', role: 'planner', operator: null }, password);
  await addMember(site, { user: 'lee', name: 'Lee', role: 'administrator', operator: null }, password);
}, patience);
afterAll(() => site.close());

/** Somebody who is signed in, in a browser and a language of their own. */
const openReader = async (user: string, language: Language, width = 1440) => {
  const opened = await openPage(site, language, width, false, { user, password });
  const { page } = opened;
  const word = (
    key: keyof typeof pageWords,
    values: Readonly<Record<string, string | number>> = {},
  ): string => pageWord(key, language, values);
  const button = (key: keyof typeof pageWords) => page.getByRole('button', { name: word(key), exact: true });
  const told = page.getByRole('alert').filter({ hasText: word('together.changed') });
  return {
    ...opened,
    word,
    told,
    openLine: () => go(page, 'settings?view=line', word('nav.settings')),
    type: async (field: keyof typeof pageWords, value: string) => {
      await page.getByLabel(word(field), { exact: true }).fill(value);
      await page.getByLabel(word(field), { exact: true }).press('Tab');
    },
    save: () => button('models.save').click(),
    saved: () => page.getByText(word('models.saved'), { exact: true }).waitFor(),
    join: told.getByRole('button', { name: word('together.save') }),
    sees: (key: 'together.editing' | 'together.looking', names: string) =>
      page.getByText(word(key, { names })).waitFor(),
    button,
  };
};

const onDisk = (): HotlineModel =>
  JSON.parse(readFileSync(join(site.folder, 'models', 'hotline.json'), 'utf8')) as HotlineModel;

test(
  'whoever is not known any more is told once on the day and on the wall, with the way to sign in again',
  { timeout: patience },
  async () => {
    const { page, word } = await openReader('lee', 'en');
    await page.route('**/day/events', (route) => route.fulfill({ status: 503, body: 'away' }));
    await page.goto(`${site.url}/?lang=en#/today`);
    await page.locator('.day-said').waitFor();
    const told = page.locator('.cut-off:visible');
    await told.getByText(word('today.unheard')).waitFor();
    await page.context().clearCookies();
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const again = told.getByRole('link', { name: word('state.signInAgain') });
    await again.waitFor();
    await expect.poll(() => page.locator('.cut-off').count()).toBeGreaterThan(1);
    expect(await told.count()).toBe(1);
    expect(await page.locator('.day-said').count()).toBe(1);
    await page.getByRole('button', { name: word('today.board') }).click();
    await page.locator('.wallboard').waitFor();
    expect(await told.count()).toBe(1);
    await again.click();
    await page.locator('input[type=password]').waitFor();
    await page.context().close();
  },
);

test(
  'two people at one model, in two languages: what does not collide is kept of both, what does is asked',
  { timeout: patience },
  async () => {
    const wang = await openReader('wang', 'zh-CN');
    const lee = await openReader('lee', 'en', 390);
    await wang.openLine();
    await lee.openLine();
    await wang.type('part-of.greetingSeconds', '9');
    await lee.sees('together.editing', '王');

    await lee.type('part-of.shortAbandonSeconds', '7');
    await lee.save();
    await lee.saved();
    await wang.save();
    await wang.told.getByText(wang.word('together.apart')).waitFor();
    await wang.told.getByText(wang.word('part-of.shortAbandonSeconds')).waitFor();
    expect(onDisk()).toMatchObject({ greetingSeconds: 6, shortAbandonSeconds: 7 });
    expect(await axeFindings(wang.page)).toEqual([]);
    await wang.join.click();
    await wang.saved();
    expect(onDisk()).toMatchObject({ greetingSeconds: 9, shortAbandonSeconds: 7 });

    // The same field: Lee is told before anything is lost, and chooses.
    await wang.type('part-of.trunks', '71');
    await wang.save();
    await wang.saved();
    await lee.type('part-of.trunks', '82');
    await lee.save();
    await lee.told.getByText(lee.word('together.collide', { n: 1 })).waitFor();
    expect(onDisk().trunks).toBe(71);
    expect(await lee.page.getByLabel(lee.word('part-of.trunks'), { exact: true }).inputValue()).toBe('82');
    expect(await lee.join.isDisabled()).toBe(true);
    expect(await lee.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await lee.told.getByRole('combobox').click();
    await lee.page
      .locator('.ant-select-item-option')
      .filter({ hasText: lee.word('together.theirs') })
      .click();
    await lee.join.click();
    await lee.page.getByText(lee.word('models.nothingChanged'), { exact: true }).waitFor();
    expect(onDisk()).toMatchObject({ trunks: 71, greetingSeconds: 9, shortAbandonSeconds: 7 });
    expect([...wang.complaints, ...lee.complaints]).toEqual([]);
  },
);

test(
  'two people at one plan: notes are kept of both, a step is told first, and what is published stays as it is',
  { timeout: patience },
  async () => {
    const wang = await openReader('wang', 'zh-CN');
    const lifeOf = (reader: Awaited<ReturnType<typeof openReader>>, language: Language) => {
      const life = reader.page.locator('.plan-life');
      return {
        life,
        isIn: (state: keyof Messages<'plan-state'>) =>
          life.getByText(messages('plan-state')[state][language], { exact: true }).first().waitFor(),
        take: (step: keyof Messages<'plan-step'>) =>
          life.getByRole('button', { name: messages('plan-step')[step][language] }).click(),
      };
    };
    const wangs = lifeOf(wang, 'zh-CN');
    await wangs.isIn('draft');
    const { out } = await runCommand(['plans', 'list', '--workspace', site.folder, '--json']);
    const [{ id = '' } = {}] = (JSON.parse(out) as { plans: readonly { id?: string }[] }).plans;
    const lee = await openReader('lee', 'en');
    await lee.page.goto(`${site.url}/?lang=en#/plan?plan=${id}`);
    const lees = lifeOf(lee, 'en');
    await lees.isIn('draft');
    await lee.sees('together.looking', '王');
    await wang.sees('together.looking', 'Lee');

    // Wang writes a note and puts the plan forward; Lee, who saw neither, adds a note too.
    await wangs.life.locator('summary').click();
    await wangs.life.getByRole('textbox', { name: wang.word('life.note') }).fill('周一多安排两人');
    await wangs.life.getByRole('button', { name: wang.word('life.addNote') }).click();
    await wangs.life.getByRole('listitem').filter({ hasText: '周一多安排两人' }).waitFor();
    await wangs.take('propose');
    await wangs.isIn('proposed');
    await lees.life.locator('summary').click();
    await lees.life.getByRole('textbox', { name: lee.word('life.note') }).fill('a storm on Monday');
    await lees.life.getByRole('button', { name: lee.word('life.addNote') }).click();
    await lees.life.getByRole('status').filter({ hasText: '王 noted: 周一多安排两人' }).waitFor();
    await lees.life.getByRole('listitem').filter({ hasText: 'a storm on Monday' }).waitFor();
    await lees.isIn('proposed');

    // Lee approves; Wang, who still sees it proposed, sends it back: told first, nothing done.
    await lees.take('approve');
    await lees.isIn('approved');
    await wangs.take('approve');
    await wangs.life
      .getByRole('alert')
      .filter({ hasText: wang.word('life.changed') })
      .waitFor();
    await wang.page.getByRole('button', { name: wang.word('life.look') }).click();
    await wangs.isIn('approved');
    await lees.take('publish');
    await lees.isIn('published');

    // Published: neither of the two changes it by any way that the page or the API has.
    const plan = async (): Promise<string> =>
      (await lee.page.request.get(`${site.url}/api/v1/plans/${id}`)).text();
    const before = await plan();
    for (const reader of [wang, lee]) {
      const token = await reader.page.locator('meta[name="huawu-token"]').getAttribute('content');
      const send = async (method: string, path: string, data?: object): Promise<number> =>
        (
          await reader.page.request.fetch(`${site.url}/api/v1/plans/${id}${path}`, {
            method,
            headers: { 'x-huawu-token': token ?? '', 'if-match': '*' },
            ...(data === undefined ? {} : { data }),
          })
        ).status();
      expect(await send('PUT', '/name', { name: 'another' })).toBe(409);
      expect(await send('DELETE', '')).toBe(409);
      expect(await send('PUT', '/state', { step: 'return', reason: 'r' })).toBe(400);
    }
    expect(await plan()).toBe(before);
    expect([...wang.complaints, ...lee.complaints]).toEqual([]);
  },
);
