import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages, type Language } from '../../src/kernel/text.ts';
import { planViews } from '../../src/web/plan/plan-views.ts';
import { rosterViews } from '../../src/web/roster/roster-view.tsx';
import { settingsViews } from '../../src/web/settings/settings-page.tsx';
import type { PlainKey } from '../../src/web/words/words.tsx';
import { pageWord } from '../support/page-word.ts';
import { openFullSite, showIn, type FullSite } from '../support/full-site.ts';
import { axeFindings, misfitsAt, walkedWidths } from '../support/test-site.ts';

const patience = 600_000;

/** Something to look at: an address, what is pressed there, and what must be in sight before anybody looks. */
interface View {
  readonly at: string;
  readonly press?: PlainKey;
  readonly shows: string;
}

const views: readonly View[] = [
  ...planViews.map((view) => ({ at: `plan?view=${view}`, shows: 'main section.panel' })),
  { at: 'plan?view=answer', press: 'plan.targets', shows: '[role=dialog] .ant-drawer-body' },
  { at: 'plan?view=answer', press: 'plans.open', shows: '[role=dialog] .ant-drawer-body' },
  { at: 'plan?view=answer', press: 'overrule.open', shows: '[role=dialog] .ant-modal-body' },
  ...rosterViews.map((view) => ({ at: `roster?view=${view}`, shows: 'main section, main .roster-panel' })),
  { at: 'divert', shows: 'main section.panel canvas' },
  { at: 'compare', press: 'compare.run', shows: 'main section.panel canvas' },
  { at: 'compare', press: 'compare.accuracy', shows: 'main section.panel, main .empty' },
  { at: 'rank', shows: 'main tbody tr' },
  { at: 'rank?basis=traffic', shows: 'main tbody tr' },
  { at: 'data', shows: 'main tbody tr:visible' },
  { at: 'data', press: 'guide.title', shows: 'details[open] tbody tr' },
  ...settingsViews.map((view) => ({
    at: `settings?view=${view}`,
    shows: { calendar: '.month-day', changes: '.panel table' }[view as string] ?? '.settings-save',
  })),
  { at: 'members', shows: 'main tbody tr' },
  { at: 'account', shows: 'main section.panel' },
];

const combinations = languages.flatMap((language) =>
  (['light', 'dark'] as const).map((light) => ({ language, light })),
);

let site: FullSite;
beforeAll(async () => {
  site = await openFullSite();
}, patience);
afterAll(() => site.close());

const open = async (page: Page, { at, press, shows }: View, language: Language): Promise<void> => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate((hash) => {
    window.location.hash = '';
    window.location.hash = hash;
  }, `#/${at}`);
  await page.locator('main h1').waitFor();
  // What stayed open since the last look would be pressed shut.
  if (press === 'plan.targets') await page.locator('.more-actions summary').click();
  const isShown = await page.locator('main details[open]').first().isVisible();
  if (press !== undefined && !(shows.startsWith('details[open]') && isShown)) {
    const name = pageWord(press, language);
    const button = page.locator('main').getByRole('button', { name, exact: true });
    await button
      .or(page.locator('main :is(label, summary)').filter({ hasText: name }))
      .first()
      .click();
  }
  await page.locator(shows).first().waitFor();
};

/** What is wrong with what is shown, in every language, light and width. */
const faultsOf = async (opened: (language: Language) => Promise<void>): Promise<string[]> => {
  const { page, complaints } = site;
  const found: string[] = [];
  for (const { language, light } of combinations) {
    await page.setViewportSize({ width: 1440, height: 900 });
    // What stands over the page hides the switches.
    await page.keyboard.press('Escape');
    await showIn(page, language, light);
    await opened(language);
    for (const width of walkedWidths) {
      const faults = [...(await misfitsAt(page, width)), ...(await axeFindings(page))];
      found.push(...faults.map((fault) => `${language} ${light} ${width}: ${fault}`));
    }
  }
  return [...found, ...complaints.splice(0)];
};

describe('every page fits, is readable to everybody, and the browser has nothing to complain of', () => {
  test.each(views.map((view) => [`${view.at} ${view.press ?? ''}`, view] as const))(
    '%s',
    { timeout: patience },
    async (_, view) => {
      expect(await faultsOf((language) => open(site.page, view, language))).toEqual([]);
    },
  );

  test('the door, once somebody has gone', { timeout: patience }, async () => {
    const { page } = site;
    await page.setViewportSize({ width: 1440, height: 900 });
    const leave = pageWord('access.signOut', 'en');
    await showIn(page, 'en', 'light');
    await page.getByRole('button', { name: leave, exact: true }).click();
    const door = page.locator('main input[type=password]');
    await door.waitFor();
    // What was under way is refused to whoever has gone.
    site.complaints.splice(0);
    expect(await faultsOf(() => door.waitFor())).toEqual([]);
  });
});
