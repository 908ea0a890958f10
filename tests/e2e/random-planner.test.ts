import fc from 'fast-check';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { modelNameSchema } from '../../src/contract/http/model-name.ts';
import { pageWord } from '../support/page-word.ts';
import { runCommand } from '../support/run-command.ts';
import { go, openPage, openTestSite, type TestPage, type TestSite } from '../support/test-site.ts';
import type { WordKey } from '../../src/web/words/words.tsx';

const patience = 600_000;
const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
  pageWord(key, 'en', values);

let site: TestSite;
let opened: TestPage;
let page: Page;
beforeAll(async () => {
  site = await openTestSite('plan');
  for (const asked of [['--weeks', '1'], ['--publish']]) {
    const { code, err } = await runCommand(['roster', '--workspace', site.folder, ...asked]);
    if (code !== 0) throw new Error(err);
  }
  opened = await openPage(site, 'en');
  // Who changes a roster is asked once a window.
  await opened.page.evaluate(() => window.sessionStorage.setItem('huawu-roster-by', 'Lin'));
  ({ page } = opened);
  page.setDefaultTimeout(60_000);
}, patience);
afterAll(async () => {
  await site.close();
});

/** Parts of the settings that are typed in. */
const forms = ['targets', 'monitor'] as const;
type Form = (typeof forms)[number];
const places = ['plan', 'roster', 'settings', 'data'] as const;
type Place = (typeof places)[number];

const cell = fc.record({ person: fc.nat(41), day: fc.nat(6) });
const whereTo = { to: fc.constantFrom(...places), leaves: fc.boolean() };
/** What somebody does on the pages of plan, roster and settings. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('type' as const),
      form: fc.constantFrom(...forms),
      field: fc.nat(60),
      figure: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('put' as const), at: cell, choice: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('swap' as const), at: cell, other: cell }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('undo' as const) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('go' as const), ...whereTo }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('discard' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('stand-in' as const), at: cell }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('plan' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('save' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const button = (key: WordKey, within: Page | Locator = page): Locator =>
  within.getByRole('button', { name: say(key), exact: true });
const asked = (): Locator => page.getByText(say('unsaved.title'));
const here = (): Place => places.find((place) => page.url().includes(`#/${place}`)) ?? 'plan';

const answerOf = async (path: string): Promise<unknown> =>
  (await page.request.get(`${site.url}/api/v1/${path}`)).json();

/** What is stored and may change only where that was asked for. */
const storedModels = async (): Promise<unknown> => {
  return Promise.all(modelNameSchema.options.map((name) => answerOf(`models/${name}`)));
};
const published = async (): Promise<RosterDocument> => {
  const all = (await answerOf('rosters')) as readonly { id: string; publishedAt: string | null }[];
  const id = all.find(({ publishedAt }) => publishedAt !== null)?.id ?? '';
  return (await answerOf(`rosters/${id}`)) as RosterDocument;
};
/** A roster's plan, and the duties of it. */
const basisOf = ({ days, requiredDuties }: RosterDocument) => ({
  plans: days.map(({ date, plan, required }) => ({ date, plan, required })),
  requiredDuties,
});

/** Every cell of the roster, person by person, as it reads. */
const grid = (): Promise<string[][]> =>
  page
    .locator('table.roster tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td[role="gridcell"]')].map((one) => one.textContent)),
    );
const differing = (before: string[][], after: string[][]): string[] =>
  before.flatMap((row, person) =>
    row.flatMap((text, day) => (after[person]?.[day] === text ? [] : [`${person} ${day}`])),
  );

/** What a planner knows of what they did. */
class Known {
  readonly typed = new Map<string, number>();
  /** The roster as it read before each edit that can be taken back. */
  readonly grids: string[][][] = [];
  roster: RosterDocument;

  constructor(roster: RosterDocument) {
    this.roster = roster;
  }
}

const isEdited = async (): Promise<boolean> => (await page.locator('.save-bar').count()) > 0;

/** Goes to a page by its link; asked where edits of the roster would be lost, and only there. */
const visit = async (known: Known, to: Place, leaves: boolean): Promise<boolean> => {
  const from = here();
  if (from === to) return true;
  const wasEdited = from === 'roster' && (await isEdited());
  const before = wasEdited ? await grid() : [];
  await page
    .getByRole('navigation', { name: say('nav.label') })
    .getByRole('link', { name: say(`nav.${to}`), exact: true })
    .click();
  if (wasEdited) {
    await asked().waitFor();
    await button(leaves ? 'unsaved.leave' : 'unsaved.stay').click();
    await asked().waitFor({ state: 'hidden' });
    if (!leaves) {
      expect(here(), 'who stays is where they were').toBe(from);
      expect(await grid(), 'who stays has what they did').toEqual(before);
      return false;
    }
    known.grids.length = 0;
  }
  await page.getByRole('heading', { level: 1, name: say(`nav.${to}`) }).waitFor();
  expect(await asked().count(), 'nobody is asked without unsaved work').toBe(0);
  return true;
};

const toGrid = async (known: Known): Promise<void> => {
  await visit(known, 'roster', true);
  await page.locator('table.roster tbody tr').first().waitFor();
};
const cellAt = ({ person, day }: { readonly person: number; readonly day: number }): Locator =>
  page.locator('table.roster tbody tr').nth(person).locator('td[role="gridcell"]').nth(day);

const fieldsOf = (): Locator => page.locator('main').getByRole('spinbutton');

const showForm = async (known: Known, form: Form): Promise<void> => {
  await visit(known, 'settings', true);
  await go(page, `settings?view=${form}`, say('nav.settings'));
  await page.locator('.settings-save').first().waitFor();
  await fieldsOf().first().waitFor();
};
const figureIn = async (field: Locator): Promise<number> =>
  Number((await field.inputValue()).replace('+', ''));

/** Whatever was typed in a form stands there. */
const checkForm = async (known: Known, form: Form): Promise<void> => {
  for (const [key, figure] of known.typed) {
    const [own, at] = key.split(' ');
    if (own === form) expect(await figureIn(fieldsOf().nth(Number(at))), key).toBe(figure);
  }
};

const act: { readonly [Does in Step['does']]: (known: Known, step: Step & { does: Does }) => Promise<void> } =
  {
    type: async (known, { form, field, figure }) => {
      await showForm(known, form);
      await checkForm(known, form);
      const count = await fieldsOf().count();
      const own = fieldsOf().nth(field % count);
      if (!(await own.isVisible()) || !(await own.isEditable())) return;
      await own.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await page.keyboard.type(String(figure));
      known.typed.set(`${form} ${field % count}`, figure);
      await checkForm(known, form);
    },
    put: async (known, { at, choice }) => {
      await toGrid(known);
      const before = await grid();
      await cellAt(at).click();
      const choices = page.locator('.cell-dock .choices button');
      const count = await choices.count();
      if (count === 0) return;
      const chosen = choices.nth(choice % count);
      const isNew = (await chosen.getAttribute('aria-pressed')) !== 'true';
      await chosen.click();
      expect(await choices.nth(choice % count).getAttribute('aria-pressed')).toBe('true');
      if (isNew) known.grids.push(before);
      const moved = differing(before, await grid());
      expect(moved, 'nothing but the day that was chosen').toEqual(isNew ? [`${at.person} ${at.day}`] : []);
    },
    swap: async (known, { at, other }) => {
      await toGrid(known);
      if (at.person === other.person) return;
      const before = await grid();
      await cellAt(at).click();
      await button('roster.swap').click();
      await cellAt(other).click();
      expect(await page.locator('td.swapping').count()).toBe(0);
      known.grids.push(before);
      const may = [at.person, other.person].flatMap((person) =>
        [at.day, other.day].map((day) => `${person} ${day}`),
      );
      for (const moved of differing(before, await grid())) expect(may).toContain(moved);
    },
    undo: async (known) => {
      if (here() !== 'roster' || known.grids.length === 0) return;
      await button('roster.undo').click();
      expect(await grid(), 'what was there before').toEqual(known.grids.pop());
    },
    discard: async (known) => {
      if (here() !== 'roster' || !(await isEdited())) return;
      await button('roster.discard').click();
      await page.locator('.save-bar').waitFor({ state: 'detached' });
      known.grids.length = 0;
    },
    go: async (known, { to, leaves }) => void (await visit(known, to, leaves)),
    'stand-in': async (known, { at }) => {
      await toGrid(known);
      if (await isEdited()) return;
      await cellAt(at).click();
      if (!(await button('roster.ill').isEnabled())) return;
      await button('roster.ill').click();
      const dialog = page.getByRole('dialog');
      const first = dialog.locator('ul.stand-ins').first().getByRole('button').first();
      const nobody = dialog.getByText(say('roster.nobodyFree')).or(dialog.getByText(say('roster.nobody')));
      await first.or(nobody).first().waitFor();
      if (await first.isEnabled().catch(() => false)) {
        const shown = await grid();
        await first.click();
        await dialog.waitFor({ state: 'detached' });
        await expect.poll(grid, { timeout: 60_000 }).not.toEqual(shown);
        known.grids.length = 0;
        const after = await published();
        expect(after.revision).toBe(known.roster.revision + 1);
        const changes = (await answerOf(`rosters/${after.id}/changes`)) as readonly {
          readonly moves: readonly { readonly operator: string; readonly date: string }[];
        }[];
        const told = new Set(
          changes.flatMap(({ moves }) => moves.map(({ operator, date }) => `${operator} ${date}`)),
        );
        const keysOf = ({ duties }: RosterDocument): Set<string> =>
          new Set(duties.map((duty) => JSON.stringify(duty)));
        const [was, is] = [keysOf(known.roster), keysOf(after)];
        for (const moved of was.symmetricDifference(is)) {
          const { operator, date } = JSON.parse(moved) as { operator: string; date: string };
          expect(told, moved).toContain(`${operator} ${date}`);
        }
        known.roster = after;
        await page.locator('table.roster tbody tr').first().waitFor();
      } else
        await dialog
          .getByRole('button', { name: say('state.close') })
          .first()
          .click();
    },
    save: async (known) => {
      if (here() !== 'roster' || !(await isEdited())) return;
      const shown = await grid();
      await page
        .locator('.save-bar')
        .getByRole('textbox', { name: say('roster.reason') })
        .fill('agreed');
      await page.locator('.save-bar').getByRole('button').first().click();
      const refused = button('roster.breakSave');
      await refused.or(page.locator('main:not(:has(.save-bar))')).first().waitFor();
      if ((await refused.count()) > 0) await refused.click();
      await page.locator('.save-bar').waitFor({ state: 'detached' });
      known.grids.length = 0;
      await expect.poll(async () => (await published()).revision).toBe(known.roster.revision + 1);
      known.roster = await published();
      expect(await grid(), 'what was saved').toEqual(shown);
    },
    plan: async (known) => {
      if (!(await visit(known, 'plan', true))) return;
      await page.locator('.answer-sentence').waitFor();
      const was = page.url();
      await button('plan.makeAgain').click();
      await expect.poll(() => page.url(), { timeout: 300_000 }).not.toBe(was);
      await page.locator('.answer-sentence').waitFor();
    },
  };

test(
  'whatever a planner does: fields hold what was typed, unsaved work is asked for, a published roster keeps its plan, and nothing else moves',
  async () => {
    const models = await storedModels();
    const basis = basisOf(await published());
    const steps = fc.array(step, { minLength: 6, maxLength: 16 });
    const property = fc.asyncProperty(steps, async (all) => {
      await page.goto(`${site.url}/?lang=en#/plan`);
      // What the sequence before left typed is let go.
      await page.reload();
      await page.getByRole('heading', { level: 1, name: say('nav.plan') }).waitFor();
      const known = new Known(await published());
      for (const one of all) {
        await (act[one.does] as (known: Known, step: Step) => Promise<void>)(known, one);
        const roster = await published();
        expect(basisOf(roster), one.does).toEqual(basis);
        expect(roster.duties, one.does).toEqual(known.roster.duties);
      }
      for (const form of forms) {
        if (![...known.typed.keys()].some((key) => key.startsWith(`${form} `))) continue;
        await showForm(known, form);
        await checkForm(known, form);
      }
      expect(await storedModels()).toEqual(models);
      expect(opened.complaints).toEqual([]);
    });
    await fc.assert(property, { numRuns: 10, endOnFailure: true, seed: 20261201 });
  },
  6 * patience,
);
