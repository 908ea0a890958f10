import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../../src/kernel/text.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { settingsViews } from '../../src/web/settings/settings-page.tsx';
import { pageWord } from '../support/page-word.ts';
import { isLongRun } from '../support/sweep.ts';
import { go, openPage, openTestSite, type TestPage, type TestSite } from '../support/test-site.ts';

const patience = 240_000;
const say = (key: keyof typeof pageWords): string => pageWord(key, 'en');

let site: TestSite;
let opened: TestPage;
beforeAll(async () => {
  site = await openTestSite('plan');
  opened = await openPage(site, 'en');
  opened.page.setDefaultTimeout(40_000);
}, patience);
afterAll(async () => {
  await site.close();
});

/** By what one sees that a part of the settings has come. */
const shownIn: Readonly<Record<string, string>> = { calendar: '.month-day', changes: '.panel table' };

const figures = fc.sample(fc.integer({ min: 1, max: 99 }), { numRuns: 50, seed: 3 });

/** Every number field in sight, emptied and typed in anew: how many there are, and those that then say otherwise. */
const typeInAll = async (place: string): Promise<{ readonly tried: number; readonly wrong: string[] }> => {
  const fields = opened.page.getByRole('spinbutton');
  const wrong: string[] = [];
  let tried = 0;
  for (let at = 0; at < (await fields.count()); at += 1) {
    const field = fields.nth(at);
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    tried += 1;
    await field.focus();
    await opened.page.keyboard.press('ControlOrMeta+a');
    await opened.page.keyboard.press('Delete');
    const figure = figures[(place.length + at) % figures.length] ?? 20;
    await opened.page.keyboard.type(String(figure));
    const shown = await field.inputValue();
    if (Number(shown.replace('+', '')) !== figure) wrong.push(`${place} ${at}: ${figure} as ${shown}`);
  }
  return { tried, wrong };
};

describe('what is typed and not saved', () => {
  test(
    'takes the place of what a number field was filled with, whoever clicks into it',
    { timeout: patience },
    async () => {
      const { page } = opened;
      await page.goto(`${site.url}/#/plan?adjust=yes`);
      const amount = page.getByRole('dialog').getByRole('spinbutton');
      expect(await amount.inputValue()).toBe('+10');
      await amount.click();
      await page.waitForTimeout(100);
      await page.keyboard.type('20');
      expect(await amount.inputValue()).toBe('20');
      await page.keyboard.press('Tab');
      expect(await amount.inputValue()).toBe('+20');
      await page.reload();
      // Who draws the pointer over a part of it on coming has that part chosen, and the click takes nothing more.
      const box = await amount.boundingBox();
      if (box === null) throw new Error('no field in sight');
      await page.mouse.move(box.x + 12, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + 26, box.y + box.height / 2, { steps: 4 });
      await page.mouse.up();
      const chosen = await amount.evaluate((input: HTMLInputElement) =>
        input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
      );
      expect(['+', '+1', '1', '10', '0']).toContain(chosen);
      await page.reload();
    },
  );

  test(
    'stays where the language is changed, whose words are fetched only then',
    async () => {
      const { page } = opened;
      const words = (language: Language): Promise<string[]> =>
        page.evaluate(
          (name) =>
            performance
              .getEntriesByType('resource')
              .map((entry) => entry.name)
              .filter((address) => address.includes(name)),
          `/words-${language}-`,
        );
      await go(page, 'settings?view=targets', say('nav.settings'));
      const field = page.getByRole('spinbutton').first();
      await field.fill('77');
      expect(await words('en')).not.toEqual([]);
      expect(await words('zh-CN')).toEqual([]);
      await page.locator('header').getByText(pageWords['language.name']['zh-CN'], { exact: true }).click();
      await page.getByRole('heading', { level: 1, name: pageWord('nav.settings', 'zh-CN') }).waitFor();
      expect(await field.inputValue()).toBe('77');
      expect(await words('zh-CN')).not.toEqual([]);
      await page.locator('header').getByText(pageWords['language.name'].en, { exact: true }).click();
      await page.getByRole('heading', { level: 1, name: say('nav.settings') }).waitFor();
      expect(await field.inputValue()).toBe('77');
      await page.reload();
      expect(opened.complaints).toEqual([]);
    },
    patience,
  );

  test(
    'a number that is emptied and typed anew is what was typed, in every form of the settings',
    async () => {
      const wrong: string[] = [];
      let fields = 0;
      for (const view of isLongRun ? settingsViews : (['calendar', 'targets', 'monitor'] as const)) {
        await go(opened.page, `settings?view=${view}`, say('nav.settings'));
        await opened.page
          .locator(shownIn[view] ?? '.settings-save')
          .first()
          .waitFor();
        if (view === 'calendar') {
          await opened.page.getByRole('button', { name: say('calendar.add') }).click();
          await opened.page.locator('.event-form').waitFor();
        }
        const found = await typeInAll(view);
        fields += found.tried;
        wrong.push(...found.wrong);
        // What was typed is let go, so that the next part is not asked for it.
        await opened.page.reload();
      }
      expect(wrong).toEqual([]);
      expect(fields).toBeGreaterThan(isLongRun ? 80 : 20);
    },
    patience,
  );

  test(
    'the amount of a change by hand: 20 typed is +20 and not 200, and +200 is asked back',
    async () => {
      const { page } = opened;
      await go(page, 'plan', say('nav.plan'));
      await page.getByRole('button', { name: say('overrule.open') }).click();
      const amount = page.getByRole('dialog').getByRole('spinbutton');
      const typed = async (text: string): Promise<void> => {
        await amount.focus();
        await page.keyboard.press('ControlOrMeta+a');
        await page.keyboard.press('Delete');
        await page.keyboard.type(text);
      };
      await typed('20');
      await page.keyboard.press('Tab');
      expect(await amount.inputValue()).toBe('+20');
      await typed('200');
      // No day is changed that was not chosen.
      await page.getByLabel(say('overrule.days')).click();
      await page.locator('.ant-select-item-option').nth(2).click();
      await page.getByRole('textbox', { name: say('overrule.reason') }).fill('a slip');
      await page.getByRole('button', { name: say('overrule.saveAndPlan') }).click();
      await page.getByRole('button', { name: say('large.yes') }).waitFor();
      const stored = (await (await page.request.get(`${site.url}/api/v1/overrules`)).json()) as unknown[];
      expect(stored).toEqual([]);
    },
    patience,
  );

  test(
    'a slider moved and not kept holds the reader on the page of prompts until they say so',
    async () => {
      const { page } = opened;
      await page.reload();
      await go(page, 'divert', say('nav.divert'));
      const slider = page.getByRole('slider').first();
      await slider.focus();
      await page.keyboard.press('ArrowRight');
      const link = page
        .getByRole('navigation', { name: say('nav.label') })
        .getByRole('link', { name: say('nav.data') });
      await link.click();
      await page.getByRole('button', { name: say('unsaved.stay') }).click();
      expect(page.url()).toContain('#/divert');
      await link.click();
      await page.getByRole('button', { name: say('unsaved.leave') }).click();
      await page.getByRole('heading', { level: 1, name: say('nav.data') }).waitFor();
      expect(opened.complaints).toEqual([]);
    },
    patience,
  );

  test(
    'an adjustment that is begun and a file of which something was said are asked for before they go',
    async () => {
      const { page } = opened;
      const asked = () => page.getByText(say('unsaved.title'));
      const stay = async (): Promise<void> => {
        await asked().waitFor();
        await page.getByRole('button', { name: say('unsaved.stay') }).click();
        await asked().waitFor({ state: 'hidden' });
      };
      await page.goto(`${site.url}/#/plan`);
      await page.reload();
      await page.getByRole('button', { name: say('overrule.open') }).click();
      await page.getByRole('textbox', { name: say('overrule.reason') }).fill('a fair');
      await page.keyboard.press('Escape');
      await stay();
      expect(await page.getByRole('textbox', { name: say('overrule.reason') }).inputValue()).toBe('a fair');
      await page
        .getByRole('button', { name: say('state.close'), exact: true })
        .last()
        .click();
      await asked().waitFor();
      await page.getByRole('button', { name: say('unsaved.leave') }).click();
      await page.getByRole('textbox', { name: say('overrule.reason') }).waitFor({ state: 'detached' });
      await go(page, 'data', say('nav.data'));
      const choose = async (): Promise<void> => {
        await page.locator('input[type=file]').setInputFiles({
          name: 'calls.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(
            'queue,start,offered,answered,abandoned\ngeneral,2026-11-23T09:00,30,28,2\ngeneral,2026-11-23T09:30,31,29,2\n',
          ),
        });
        await page.getByTestId('ingest-report').waitFor();
      };
      const away = page.getByRole('link', { name: say('nav.settings'), exact: true }).first();
      // who has only looked at a check has nothing to lose
      await choose();
      await away.click();
      await page.getByRole('heading', { level: 1, name: say('nav.settings') }).waitFor();
      await go(page, 'data', say('nav.data'));
      await choose();
      await page.getByRole('checkbox', { name: say('file.noHeadings') }).check();
      await page.getByRole('checkbox', { name: say('file.noHeadings') }).uncheck();
      await page.getByRole('button', { name: say('file.check') }).click();
      await page.getByTestId('ingest-report').waitFor();
      await away.click();
      await stay();
      expect(await page.getByTestId('ingest-report').count()).toBe(1);
      await away.click();
      await asked().waitFor();
      // Another file is chosen before the address has changed: who has agreed to leave is not asked a second time.
      await page.getByRole('button', { name: say('unsaved.leave') }).evaluate((leave) => {
        const [input, chosen] = [document.querySelector('input[type=file]'), new DataTransfer()];
        chosen.items.add(new File(['start,offered\n'], 'more.csv'));
        (leave as HTMLElement).click();
        if (input instanceof HTMLInputElement) input.files = chosen.files;
        input?.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await page.getByRole('heading', { level: 1, name: say('nav.settings') }).waitFor();
      expect(await asked().count()).toBe(0);
    },
    patience,
  );
});
