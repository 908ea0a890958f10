import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CalendarDocument } from '../../src/contract/models/calendar-model.ts';
import type { LabourRulesModel } from '../../src/contract/models/labour-rules-model.ts';
import type { PromptsModel } from '../../src/contract/models/prompts-model.ts';
import type { ShiftsModel } from '../../src/contract/models/shifts-model.ts';
import type { TiersModel } from '../../src/contract/models/tiers-model.ts';
import { addDays } from '../../src/kernel/time.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { settingsViews } from '../../src/web/settings/settings-page.tsx';
import type { WordKey } from '../../src/web/words/words.tsx';
import {
  axeFindings,
  go,
  misfits,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';
import { messages } from '../../src/words/messages.ts';
import { pageWord } from '../support/page-word.ts';
import { isLongRun, sweep } from '../support/sweep.ts';

const patience = 180_000;

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
}, patience);
afterAll(async () => {
  await site.close();
});

const eventsOf = async (page: Page): Promise<CalendarDocument['events']> =>
  (
    (await (
      await page.request.get(`${site.url}/api/v1/calendar?from=2027-03-01&days=1`)
    ).json()) as CalendarDocument
  ).events;

interface OnDisk {
  readonly shifts: ShiftsModel;
  readonly tiers: TiersModel;
  readonly prompts: PromptsModel;
}
const modelOnDisk = <Name extends keyof OnDisk>(name: Name): OnDisk[Name] =>
  JSON.parse(readFileSync(join(site.folder, 'models', `${name}.json`), 'utf8')) as OnDisk[Name];

const latestOnDisk = (): string | undefined => modelOnDisk('shifts').templates[0]?.latestStart;

/** The rules in use: the first of the profiles. */
const rulesOnDisk = (): LabourRulesModel => {
  const folder = join(site.folder, 'models', 'labour-rules');
  const [first = ''] = readdirSync(folder).sort();
  return JSON.parse(readFileSync(join(folder, first), 'utf8')) as LabourRulesModel;
};

/** Presses a mouse on one place, moves to another, and lets go. */
const drag = async (
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
};

const middle = async (page: Page, selector: string): Promise<{ x: number; y: number }> => {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not in sight`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** What stands in a view once it is there, where it is not the row for keeping edits. */
const shownIn: Readonly<Record<string, string>> = {
  calendar: '.month-day',
  changes: '.panel table, .panel [role=alert], .panel p:not(.note)',
};

// By mouse on a desk's screen, by keys on a phone's; every view fits both in either language.
const deskAndPhone = [
  ['zh-CN', 1440, '2027-03-09'],
  ['en', 390, '2027-03-23'],
] as const;
describe.each(sweep(deskAndPhone, ([language]) => language === 'zh-CN'))(
  'settings in %s at %i px',
  (language, width, first) => {
    const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
      pageWord(key, language, values);
    let opened: TestPage;
    beforeAll(async () => {
      opened = await openPage(site, language, width);
      opened.page.setDefaultTimeout(30_000);
    });
    afterAll(async () => {
      await opened.page.context().close();
    });

    test(
      'a school enrolment of three days at +20 % is added, and taken back',
      { timeout: patience },
      async () => {
        const { page } = opened;
        const last = addDays(first, 2);
        const before = await eventsOf(page);
        await page.getByRole('link', { name: say('nav.settings') }).click();
        await page.locator('.month-day').first().waitFor();
        await go(page, 'settings?month=2027-03', say('nav.settings'));
        await page.locator(`[data-date="${first}"]`).waitFor();
        if (width > 600)
          await drag(
            page,
            await middle(page, `[data-date="${first}"]`),
            await middle(page, `[data-date="${last}"]`),
          );
        else {
          // By keys alone: three days with Shift and arrows, Enter to begin.
          await page.locator(`[data-date="${first}"]`).focus();
          await page.keyboard.press('Shift+ArrowRight');
          await page.keyboard.press('Shift+ArrowRight');
          await page.keyboard.press('Enter');
        }
        const form = page.getByRole('form', { name: say('calendar.newEvent') });
        await expect.poll(() => form.getByLabel(say('calendar.lastDay')).inputValue()).toBe(last);
        expect(await form.getByLabel(say('calendar.firstDay')).inputValue()).toBe(first);
        // What is missing is said at its field, and nothing is stored.
        await form.getByRole('button', { name: say('calendar.save'), exact: true }).click();
        await form.getByText(say('calendar.noKind')).waitFor();
        await form.getByRole('combobox', { name: say('calendar.kind') }).click();
        await page.getByTitle(messages('event-kind')['school-enrolment'][language], { exact: true }).click();
        await form.getByRole('spinbutton', { name: say('calendar.share') }).fill('20');
        await form.getByText(say('calendar.shareMeans', { factor: '1.20' })).waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await form.getByRole('button', { name: say('calendar.save'), exact: true }).click();
        const name = messages('event-kind')['school-enrolment'][language];
        await page.getByText(say('calendar.saved', { name })).waitFor();
        const added = { date: first, end: last, kind: 'school-enrolment', label: name, expectedEffect: 0.2 };
        expect(await eventsOf(page)).toContainEqual(added);
        await page.locator('.month-bar', { hasText: name }).first().waitFor();
        expect(await axeFindings(page)).toEqual([]);
        await page.getByRole('button', { name: say('calendar.undo') }).click();
        await page.getByText(say('calendar.undone', { name })).waitFor();
        expect(await eventsOf(page)).toEqual(before);
      },
    );

    test('what happened on a day is noted, used as an event by one switch, and removed', async () => {
      const { page } = opened;
      const before = await eventsOf(page);
      const text = `storm ${language} ${width}`;
      await go(page, 'settings?view=calendar&month=2027-03', say('nav.settings'));
      await page.getByLabel(say('diary.date')).fill(first);
      await page.getByRole('textbox', { name: say('diary.text') }).fill(text);
      await page.getByRole('button', { name: say('diary.add') }).click();
      const use = page.getByRole('switch', { name: say('diary.useOf', { name: text }) });
      await use.waitFor();
      expect(await eventsOf(page)).toEqual(before);
      await use.click();
      await page.locator('.month-bar', { hasText: text }).first().waitFor();
      expect(await eventsOf(page)).toContainEqual({ date: first, kind: 'weather', label: text });
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: say('diary.removeOf', { name: text }) }).click();
      await page.locator('.month-bar', { hasText: text }).first().waitFor({ state: 'detached' });
      expect(await eventsOf(page)).toEqual(before);
    });

    test("a shift's latest start is changed on its bar, and typed", { timeout: patience }, async () => {
      const { page } = opened;
      const was = latestOnDisk() ?? '';
      const [hour = '', minute = ''] = was.split(':');
      const later = `${String(Number(hour) + 1).padStart(2, '0')}:${minute}`;
      await page.getByRole('link', { name: say('settings.group.sometimes') }).click();
      const grip = page.locator('.shift-grip.latest').first();
      await grip.waitFor();
      if (width > 600) {
        const at = await middle(page, '.shift-grip.latest >> nth=0');
        const track = await page.locator('.shift-track').first().boundingBox();
        await drag(page, at, { x: at.x + (track?.width ?? 0) / 24, y: at.y });
        expect(await grip.getAttribute('aria-valuetext')).toBe(later);
      } else {
        await grip.focus();
        await page.keyboard.press('ArrowRight');
        await page.locator('.shift-name').first().click();
        const field = page.getByLabel(say('bars.latestStart'), { exact: true });
        // Half a time is said to be none, where it is typed.
        await field.fill('9');
        await page.getByText(say('settings.clock')).or(page.locator('.setting-note.wrong')).first().waitFor();
        await field.fill(later);
        await page.locator('.setting-note.wrong').waitFor({ state: 'detached' });
      }
      await page.getByText(say('models.unsaved')).waitFor();
      await page.getByRole('button', { name: say('models.save') }).click();
      await page.getByText(say('models.saved'), { exact: true }).waitFor();
      expect(latestOnDisk()).toBe(later);
      expect(await axeFindings(page)).toEqual([]);
    });

    test(
      'a latest start before the earliest is said at its field, and one press moves the other along before anything is saved',
      { timeout: patience },
      async () => {
        const { page } = opened;
        await go(page, 'settings?view=shifts', say('nav.settings'));
        const field = (name: 'bars.earliestStart' | 'bars.latestStart') =>
          page.getByRole('textbox', { name: say(name), exact: true });
        await page.locator('.shift-name').nth(1).click();
        const [hour = '', minute = ''] = (await field('bars.earliestStart').inputValue()).split(':');
        const before = `${String(Number(hour) - 1).padStart(2, '0')}:${minute}`;
        await field('bars.latestStart').fill(before);
        await field('bars.latestStart').press('Tab');
        await page.locator('.shift-form .setting-note.wrong').waitFor();
        const offer = say('models.movePair', { field: say('bars.earliestStart'), to: before });
        await page.locator('.settings-save').getByRole('button', { name: offer, exact: true }).click();
        await page.locator('.setting-note.wrong').waitFor({ state: 'detached' });
        expect(await field('bars.earliestStart').inputValue()).toBe(before);
        expect(await field('bars.latestStart').inputValue()).toBe(before);
        await page.getByRole('button', { name: say('models.discard'), exact: true }).click();
        await page.getByText(say('models.unsaved')).waitFor({ state: 'detached' });
      },
    );

    test('what a save replaced is brought back, looked at and saved', { timeout: patience }, async () => {
      const { page } = opened;
      const { reach } = modelOnDisk('prompts').prompts[0]?.response ?? {};
      await go(page, 'settings?view=prompts', say('nav.settings'));
      const save = async (): Promise<void> => {
        await page.getByRole('button', { name: say('models.save') }).click();
        await page.getByText(say('models.saved'), { exact: true }).waitFor();
      };
      await page.locator('.model-entry > summary').first().click();
      const field = page.getByRole('spinbutton', { name: say('part-of.reach') }).first();
      await field.fill('52.5');
      await save();
      expect(modelOnDisk('prompts').prompts[0]?.response.reach).toBe(0.525);
      await page.getByRole('button', { name: say('earlier.open') }).click();
      const drawer = page.getByRole('dialog', { name: say('earlier.title') });
      const row = drawer.locator('tbody tr', { hasText: '0.525' }).first();
      await row.waitFor();
      expect(await row.innerText()).toContain(String(reach));
      expect(await axeFindings(page)).toEqual([]);
      await drawer
        .getByRole('button', { name: say('earlier.bringBack') })
        .first()
        .click();
      await page.getByText(say('models.unsaved')).waitFor();
      // Nothing is changed before it is saved.
      expect(modelOnDisk('prompts').prompts[0]?.response.reach).toBe(0.525);
      await save();
      expect(modelOnDisk('prompts').prompts[0]?.response.reach).toBe(reach);
    });

    test('tiers, prompts, indicators and rules are filled in by hand', { timeout: patience }, async () => {
      const { page } = opened;
      const save = async (): Promise<void> => {
        await page.getByRole('button', { name: say('models.save') }).click();
        await page.getByText(say('models.saved'), { exact: true }).waitFor();
      };
      // A tier that presence names is offered once it stands nowhere, and is added ready to be kept.
      await go(page, 'settings?view=tiers', say('nav.settings'));
      const tiers = page.getByRole('group', { name: say('part-of.tiers'), exact: true });
      await tiers.locator('summary').last().click();
      const gone = modelOnDisk('tiers').tiers.at(-1)?.tier ?? '';
      await tiers.locator(':scope > [open] .ant-btn-dangerous').last().click();
      await page.getByRole('button', { name: say('models.addSeen', { name: gone }) }).click();
      const cost = page.getByRole('spinbutton', { name: say('part-of.costPerHour') });
      await cost.fill('0');
      await page.locator('.model-entry[open] .setting-note.wrong').waitFor();
      await page.getByText(say('models.wrongHere', { n: 1 })).waitFor();
      await cost.fill('77.5');
      await save();
      expect(modelOnDisk('tiers').tiers.at(-1)).toMatchObject({ tier: gone, costPerHour: 77.5 });

      await go(page, 'settings?view=prompts', say('nav.settings'));
      const before = modelOnDisk('prompts').prompts.length;
      await page.getByRole('button', { name: say('add-to.prompts') }).click();
      await page.getByRole('spinbutton', { name: say('part-of.reach') }).fill('82.5');
      await save();
      expect(modelOnDisk('prompts').prompts).toHaveLength(before + 1);
      expect(modelOnDisk('prompts').prompts.at(-1)?.response.reach).toBe(0.825);
      await page.locator('.model-entry[open] .ant-btn-dangerous').last().click();
      await save();
      expect(modelOnDisk('prompts').prompts).toHaveLength(before);

      // Weights that do not sum to one are said before they are kept, and taken back.
      await go(page, 'settings?view=monitor', say('nav.settings'));
      await page.getByRole('button', { name: say('add-to.indicators') }).click();
      await page.locator('.model-entries > [role=alert]').waitFor();
      await page.getByRole('button', { name: say('models.undo') }).click();
      await page.locator('.model-entries > [role=alert]').waitFor({ state: 'detached' });

      await go(page, 'settings?view=rules', say('nav.settings'));
      await page.locator('.model-entry > summary').first().click();
      await page
        .getByRole('combobox', { name: say('settings.addRule') })
        .first()
        .click();
      await page.keyboard.type(say('part-of.rule.team-together'));
      await page.keyboard.press('Enter');
      const rules = rulesOnDisk().rules.length;
      await save();
      expect(rulesOnDisk().rules.length).toBe(rules + 1);
      expect(rulesOnDisk().rules.at(-1)).toEqual({ rule: 'team-together', price: 'hard' });
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });

    test('what is edited is guarded and taken back', { timeout: patience }, async () => {
      const { page, complaints } = opened;
      await go(page, 'settings?view=targets', say('nav.settings'));
      const confidence = page.getByRole('spinbutton', { name: say('goal.confidence') });
      await confidence.fill('120');
      await page.locator('.setting-note.wrong').waitFor();
      await page.getByRole('button', { name: say('models.save') }).click();
      await page.getByText(say('models.wrong', { n: 1 })).waitFor();
      await page.getByRole('link', { name: say('nav.data') }).click();
      await page.getByRole('heading', { level: 1, name: say('nav.data') }).waitFor();
      await go(page, 'settings?view=targets', say('nav.settings'));
      await expect.poll(() => confidence.inputValue()).toBe('120');
      await page.getByRole('button', { name: say('models.undo') }).click();
      await page.getByText(say('models.unsaved')).waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
    });
  },
);

test(
  'at first sight there are at most five groups; every part is one step away, and a field is found by its name',
  { timeout: patience },
  async () => {
    const { page, complaints } = await openPage(site, 'en');
    await go(page, 'settings', pageWords['nav.settings'].en);
    const links = (of: string) => page.locator(`${of} a[href*="#/settings?view="]`);
    const groups = await links('.settings-groups').count();
    expect(groups).toBeLessThanOrEqual(5);
    const seen = new Set<string>();
    for (let at = 0; at < groups; at += 1) {
      await links('.settings-groups').nth(at).click();
      await page.locator(`.settings-groups a:nth-child(${at + 1})[aria-current]`).waitFor();
      for (const part of await links('nav.tabs').all())
        seen.add((await part.getAttribute('href'))?.split('view=')[1] ?? '');
    }
    expect([...settingsViews].filter((view) => view !== 'calendar' && !seen.has(view))).toEqual([]);
    for (const [typed, view] of [
      ['trunk', 'line'],
      ['assumed handle', 'queues'],
      ['warm from', 'monitor'],
    ] as const) {
      const search = page.getByRole('combobox', { name: pageWords['settings.find'].en });
      await search.fill(typed);
      await search.press('Enter');
      await expect.poll(() => page.url(), { message: typed }).toContain(`view=${view}`);
    }
    expect(await axeFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

// Each language by one light: what differs by language is text, what differs by light is colour.
test.runIf(isLongRun).each([
  ['zh-CN', 'light'],
  ['en', 'dark'],
] as const)(
  'every part of the settings fits and is readable, in %s and %s',
  { timeout: patience },
  async (language, theme) => {
    const { page, complaints } = await openPage(site, language);
    const title = pageWords['nav.settings'][language];
    await page.getByText(pageWords[`theme.${theme}`][language], { exact: true }).click();
    for (const view of settingsViews) {
      await go(page, `settings?view=${view}`, title);
      const shown = page.locator(shownIn[view] ?? '.settings-save');
      await shown.first().waitFor();
      expect([view, theme, await axeFindings(page)]).toEqual([view, theme, []]);
      expect(await misfits(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
