import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanStepName } from '../../src/contract/plan-states.ts';
import type { Language } from '../../src/kernel/text.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { messages, type Messages } from '../../src/words/messages.ts';
import { pageWord } from '../support/page-word.ts';
import { runCommand } from '../support/run-command.ts';
import {
  axeFindings,
  go,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';

const planStepWords = messages('plan-step');

const patience = 400_000;

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite('plan');
}, patience);
afterAll(() => site.close());

/** One of two people at the same plan, in a language of their own. */
const openReader = async (language: Language, hash: string) => {
  const opened: TestPage = await openPage(site, language);
  const { page } = opened;
  if (hash !== '') await page.goto(`${site.url}/?lang=${language}${hash}`);
  const life = page.locator('.plan-life');
  const word = (key: keyof typeof pageWords): string => pageWord(key, language);
  return {
    ...opened,
    life,
    word,
    isIn: (state: keyof Messages<'plan-state'>) =>
      life.getByText(messages('plan-state')[state][language], { exact: true }).first().waitFor(),
    take: (step: PlanStepName) => life.getByRole('button', { name: planStepWords[step][language] }).click(),
    told: () =>
      life
        .getByRole('alert')
        .filter({ hasText: word('life.changed') })
        .waitFor(),
    look: () => life.getByRole('button', { name: word('life.look') }).click(),
    note: life.getByRole('textbox', { name: word('life.note') }),
    addNote: () => life.getByRole('button', { name: word('life.addNote') }).click(),
    openHistory: () => life.locator('summary').click(),
  };
};

const planOf = async (page: Page, id: string): Promise<string> =>
  (await page.request.get(`${site.url}/api/v1/plans/${id}`)).text();

test(
  'two people at one plan, in two languages: the second is told before anything is lost, and what is published stays',
  {
    timeout: patience,
  },
  async () => {
    const { out } = await runCommand(['plans', 'list', '--workspace', site.folder, '--json']);
    const [{ id = '' } = {}] = (JSON.parse(out) as { plans: readonly { id?: string }[] }).plans;
    expect(id).not.toBe('');
    const hash = `#/plan?plan=${id}`;
    const wang = await openReader('zh-CN', hash);
    await wang.isIn('draft');
    const lee = await openReader('en', hash);
    await lee.isIn('draft');

    // Wang puts it forward; Lee still sees a draft and writes a note.
    await wang.take('propose');
    await wang.isIn('proposed');
    await lee.openHistory();
    await lee.note.fill('more people on Monday');
    await lee.addNote();
    // Both are kept, and what came before is told.
    await lee.life
      .getByRole('status')
      .filter({ hasText: lee.word('together.joined') })
      .waitFor();
    await lee.isIn('proposed');
    await lee.life.getByRole('listitem').filter({ hasText: 'more people on Monday' }).waitFor();

    // Lee approves; Wang, who still sees it proposed, is told too.
    await lee.take('approve');
    await lee.isIn('approved');
    await wang.take('approve');
    await wang.told();
    await wang.look();
    await wang.isIn('approved');
    await wang.openHistory();
    await wang.life.getByRole('listitem').filter({ hasText: 'more people on Monday' }).waitFor();
    // Where nobody signs in, whoever publishes says who.
    await wang.life.getByRole('textbox', { name: wang.word('together.ownName') }).fill('王');
    await wang.take('publish');
    await wang.isIn('published');

    // Published: no button, no command and no planning again changes it.
    const before = await planOf(wang.page, id);
    await wang.page.getByRole('button', { name: pageWords['plans.open']['zh-CN'] }).click();
    const name = pageWord('plans.nameOf', 'zh-CN', { plan: id });
    expect(await wang.page.getByRole('textbox', { name }).isDisabled()).toBe(true);
    expect(
      await wang.page.getByRole('button', { name: `${pageWords['plans.remove']['zh-CN']} ${id}` }).count(),
    ).toBe(0);
    const command = (...args: string[]) =>
      runCommand(['plans', ...args, '--workspace', site.folder, '--lang', 'en']);
    for (const args of [
      ['remove', id],
      ['name', id, 'x'],
      ['propose', id],
      ['return', id, '--reason', 'r'],
    ])
      expect([args[0], (await command(...args)).code]).toEqual([args[0], 3]);
    await lee.page.reload();
    await lee.isIn('published');
    await lee.page.getByRole('button', { name: pageWords['plan.makeAgain'].en }).click();
    await lee.page.waitForTimeout(1000);
    await lee.page.getByRole('button', { name: pageWords['plan.makeAgain'].en }).isEnabled();
    await lee.isIn('published');
    expect(await planOf(lee.page, id)).toBe(before);

    // Withdrawing wants a reason.
    await lee.take('supersede');
    await lee.page.getByRole('textbox', { name: lee.word('life.reason') }).fill('a storm is coming');
    await lee.page.getByRole('button', { name: planStepWords.supersede.en, exact: true }).click();
    await lee.isIn('superseded');
    // Planning again may still be at work: a button at work has colours of its own.
    await lee.page.locator('.ant-btn-loading').waitFor({ state: 'detached', timeout: patience });
    expect(await axeFindings(lee.page)).toEqual([]);
    expect([...wang.complaints, ...lee.complaints]).toEqual([]);
  },
);

test(
  'the first page shows the week, and on a phone says it in the first screen',
  { timeout: patience },
  async () => {
    const { page, complaints } = await openPage(site, 'en');
    const picture = page.locator('main canvas[role=img]').first();
    await picture.waitFor();
    // Over the plan: one main action, three beside it, the rest in a menu; below, the week's steps, the next one marked.
    const over = page.locator('.toolbar .title > .ant-btn');
    expect([await over.count(), await over.and(page.locator('.ant-btn-primary')).count()]).toEqual([4, 1]);
    const steps = page.locator('.week-steps li');
    expect([await steps.count(), await steps.locator('a[aria-current=step]').textContent()]).toEqual([
      6,
      `${pageWords['week.roster'].en} ${pageWords['week.open'].en}`,
    ]);
    expect(await picture.getAttribute('aria-label')).toMatch(
      /^Chart of the week: .* of \d+ intervals are short/,
    );
    const panel = page.locator('section.panel', { has: page.locator('canvas[role=img]') }).first();
    await panel.locator('summary').click();
    await panel.locator('tbody tr').first().waitFor();
    const [above, days] = [await panel.boundingBox(), await page.locator('table').last().boundingBox()];
    expect(above?.y ?? Infinity).toBeLessThan(days?.y ?? 0);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => window.scrollTo(0, 0));
    const sentence = page.locator('.answer-sentence');
    const box = await sentence.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(844);
    await page.locator('.more-actions summary').click();
    await page.locator('.more-actions').getByRole('button', { name: pageWords['plan.print'].en }).waitFor();
    expect([await axeFindings(page), complaints]).toEqual([[], []]);
  },
);

test(
  'whatever names no plan rests on the published one, with a link to the draft that was made since',
  { timeout: patience },
  async () => {
    const { store, close } = await openWorkspace(site.folder);
    const first = await store.plan();
    if (first === undefined) throw new Error('no plan');
    const world = await store.plannedOperation(first.id);
    const again = async (name: string, seconds: number) => {
      const createdAt = new Date(Date.parse(first.createdAt) + 1000 * seconds).toISOString();
      const plan = { ...first, id: `${first.week}-${name}`, createdAt };
      await store.savePlan(plan, world);
      return plan;
    };
    // What others did with the first is of no account here.
    const made = await again('older', 1);
    for (const step of ['propose', 'approve', 'publish'] as const) await store.stepPlan(made.id, { step });
    const draft = await again('newer', 2);
    await close();
    const { page, complaints } = await openPage(site, 'en');
    const basis = page.locator('.plan-basis');
    await go(page, 'divert', pageWord('nav.divert', 'en'));
    const other = basis.getByRole('link', { name: `draft plan of ${made.week}` });
    await other.waitFor();
    expect(await basis.textContent()).toMatch(/^Based on: published plan of .*Newer, not in force yet:/);
    await other.click();
    const back = basis.getByRole('link', { name: `published plan of ${made.week}` });
    await back.waitFor();
    expect(await basis.textContent()).toMatch(/^Based on: draft plan of .*Current plan:/);
    await go(page, 'plan', pageWord('nav.plan', 'en'));
    await other.waitFor();
    const leader = async (id: string): Promise<string> =>
      (await page.request.get(`${site.url}/api/v1/plans/${id}/report?format=html&page=leader`)).text();
    expect(await leader(made.id)).toContain('此后新制、尚未生效：');
    expect(await leader(draft.id)).toContain('现行计划：');
    const { out } = await runCommand(['roster', '--weeks', '1', '--workspace', site.folder, '--json']);
    const { id, days } = JSON.parse(out) as RosterDocument;
    expect(new Set(days.map(({ plan }) => plan))).toEqual(new Set([made.id]));
    await page.goto(`${site.url}/?lang=en#/roster?roster=${id}`);
    await other.waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
