import type { Locator, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { Job } from '../../src/contract/http/job.ts';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import { rosterViews } from '../../src/web/roster/roster-view.tsx';
import type { WordKey } from '../../src/web/words/words.tsx';
import {
  axeFindings,
  go,
  openPage,
  openTestSite,
  type TestPage,
  type TestSite,
} from '../support/test-site.ts';
import { pageWord } from '../support/page-word.ts';
import { runCommand } from '../support/run-command.ts';
import { isLongRun, sweep } from '../support/sweep.ts';

// Plans and rosters take their time on a machine that does other things as well.
const patience = 400_000;

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite('plan');
}, patience);
afterAll(async () => {
  await site.close();
});

/** Waits for the end of what the page was answered: a job, which has to end well. */
const ended = async (page: Page, answer: Response): Promise<void> => {
  const { id } = (await answer.json()) as Partial<Job>;
  if (answer.status() !== 202 || id === undefined)
    throw new Error(`no job: ${answer.status()} ${await answer.text()}`);
  const isOver = async (): Promise<boolean> => {
    const job = (await (await page.request.get(`${site.url}/api/v1/jobs/${id}`)).json()) as Job;
    if (!['queued', 'running', 'done'].includes(job.state)) throw new Error(JSON.stringify(job));
    return job.state === 'done';
  };
  for (const until = Date.now() + patience; !(await isOver()); await page.waitForTimeout(200))
    if (Date.now() > until) throw new Error(`${id} does not end`);
};

/** The stored roster that the page's address names. */
const stored = async (page: Page): Promise<RosterDocument> => {
  const id = /roster=([^&]+)/.exec(page.url())?.[1] ?? '';
  return (await (await page.request.get(`${site.url}/api/v1/rosters/${id}`)).json()) as RosterDocument;
};

/** Presses Tab until the element has the focus. */
const reach = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor();
  for (let tabs = 0; tabs < 120; tabs += 1) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(target)}`);
};

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// By keyboard alone on a desk's screen, by pointer on a phone's.
const deskAndPhone = [
  ['zh-CN', 1440, 'keys'],
  ['en', 390, 'pointer'],
] as const;
describe.each(sweep(deskAndPhone, ([language]) => language === 'en'))(
  'a roster in %s at %i pixels by %s',
  (language, width, by) => {
    const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
      pageWord(key, language, values);
    let opened: TestPage;
    beforeAll(async () => {
      opened = await openPage(site, language, width);
      opened.page.setDefaultTimeout(40_000);
      await go(opened.page, 'roster', say('nav.roster'));
    }, patience);
    afterAll(async () => {
      await opened.page.context().close();
    });

    const press = async (target: Locator): Promise<void> => {
      if (by === 'pointer') return target.click();
      await reach(opened.page, target);
      await opened.page.keyboard.press('Enter');
    };
    const button = (name: string, within: Page | Locator = opened.page): Locator =>
      within.getByRole('button', { name, exact: true });
    const dialog = (): Locator => opened.page.getByRole('dialog');
    const chosen = (): Locator => opened.page.locator('table.roster td[role="gridcell"][tabindex="0"]');
    /** What a press of the target asks of the server, as far as it is a job. */
    const jobOf = async (target: () => Promise<void>): Promise<void> => {
      const asked = opened.page.waitForResponse((answer) => answer.request().method() === 'POST');
      await target();
      await ended(opened.page, await asked);
    };
    const view = (name: (typeof rosterViews)[number]): Promise<void> =>
      press(
        opened.page
          .getByRole('navigation', { name: say('roster.views') })
          .getByRole('link', { name: say(`roster.view.${name}`) }),
      );

    const makeOneWeek = async (): Promise<void> => {
      const { page } = opened;
      const weeks = page.getByRole('combobox', { name: say('roster.weeks') });
      const option = page.getByTitle(say('roster.oneWeek'), { exact: true });
      if ((await option.count()) === 0) {
        if (by === 'pointer') {
          await weeks.click();
          await option.click();
        } else {
          await reach(page, weeks);
          await page.keyboard.press('ArrowDown');
          for (let up = 0; up < 2; up += 1) await page.keyboard.press('ArrowUp');
          await page.keyboard.press('Enter');
        }
      }
      const before = page.url();
      await jobOf(() => press(button(say('roster.make'))));
      await expect.poll(() => page.url(), { timeout: patience }).toContain('roster=');
      if (before.includes('roster=')) await expect.poll(() => page.url()).not.toBe(before);
      await page.locator('table.roster tbody tr').first().waitFor();
      expect((await stored(page)).days).toHaveLength(7);
    };
    /** Chooses a cell with a duty and answers who and when. */
    const chooseDuty = async (): Promise<{ operator: string; date: string }> => {
      const { page } = opened;
      if (by === 'pointer') await page.locator('table.roster td.duty').nth(8).click();
      else {
        await reach(page, chosen());
        for (let step = 0; step < 30; step += 1) {
          if (step > 0 && /\bduty\b/.test((await chosen().getAttribute('class')) ?? '')) break;
          await page.keyboard.press('ArrowDown');
        }
      }
      const at = await chosen().evaluate((cell) => ({
        row: cell.parentElement?.querySelector('th')?.dataset['operator'] ?? '',
        day: (cell as HTMLTableCellElement).cellIndex - 1,
      }));
      return { operator: at.row, date: (await stored(page)).days[at.day]?.date ?? '' };
    };

    test(
      'is made, loses somebody to illness, takes the second candidate',
      { timeout: patience },
      async () => {
        const { page } = opened;
        await makeOneWeek();
        // Half of the demo's people, tier by tier.
        expect(await page.locator('table.roster tbody tr').count()).toBe(42);
        const { operator, date } = await chooseDuty();
        const onDuty = async (who: string): Promise<boolean> =>
          (await stored(page)).duties.some((duty) => duty.operator === who && duty.date === date);
        expect(await onDuty(operator)).toBe(true);
        await jobOf(async () => {
          if (by === 'keys') await page.keyboard.press('i');
          else await button(say('roster.ill')).click();
        });
        const second = dialog().locator('.stand-in').nth(1);
        const named = (await second.locator('strong').textContent()) ?? '';
        const { people } = await stored(page);
        const who = people.find(({ name }) => name === named)?.operator ?? '';
        expect([who === '', who === operator]).toEqual([false, false]);
        // Hours, rest and money of each; no points; nothing of it beyond the window.
        const told = (await dialog().textContent()) ?? '';
        expect(told).toContain(language === 'en' ? 'h this week' : '本周共');
        expect(told).toMatch(language === 'en' ? /wages .*\d/ : /工资 \d+ 元/);
        expect((await page.textContent('main')) ?? '').not.toMatch(/penalty|扣分|罚分/i);
        expect(
          await dialog().evaluate(
            (box) =>
              [...box.querySelectorAll('.stand-in > *')].filter(
                (part) => part.getBoundingClientRect().right > window.innerWidth,
              ).length,
          ),
        ).toBe(0);
        expect.soft(await axeFindings(page)).toEqual([]);
        // Somebody else changes the roster: who is ill is still asked, by the roster as it is by now.
        const { id, revision, duties } = await stored(page);
        const [theirs] = duties.filter(
          (duty) => duty.date !== date && ![who, operator].includes(duty.operator),
        );
        const token = await page.locator('meta[name="huawu-token"]').getAttribute('content');
        const changed = await page.request.post(`${site.url}/api/v1/roster-changes`, {
          data: {
            roster: id,
            revision,
            moves: [{ operator: theirs?.operator, date: theirs?.date, shift: theirs?.shift, pinned: true }],
          },
          headers: { [tokenHeader]: token ?? '' },
        });
        expect(changed.status()).toBe(200);
        await press(button(say('roster.take', { n: 2 })));
        // The refusal has come before the next answer is waited for.
        await button(say('roster.standInsAgain')).waitFor();
        await jobOf(() => press(button(say('roster.standInsAgain'))));
        expect(await dialog().locator('.stand-in').nth(1).locator('strong').textContent()).toBe(named);
        await jobOf(() => press(button(say('roster.take', { n: 2 }))));
        await dialog().waitFor({ state: 'detached' });
        await page.locator('table.roster tbody tr').first().waitFor();
        expect(await onDuty(operator)).toBe(false);
        expect(await onDuty(who)).toBe(true);
        await view('changes');
        await page.getByText(say('roster.sick'), { exact: true }).waitFor();
        expect(await page.getByRole('group', { name: say('roster.view.changes') }).textContent()).toContain(
          people.find((one) => one.operator === operator)?.name,
        );
        await view('grid');
        // Not ill after all, while the stand-in keeps the duty: that is what is said, and nothing else was undone.
        await page
          .locator('table.roster tbody tr', { has: page.locator(`th[data-operator="${operator}"]`) })
          .locator('td')
          .nth((await stored(page)).days.findIndex((day) => day.date === date))
          .click();
        await button(say('roster.notIll')).click();
        const name = people.find((one) => one.operator === operator)?.name ?? operator;
        await dialog()
          .getByText(say('roster.notIllStays', { operator: name }))
          .click();
        const title = new RegExp(`${name}.*${say('roster.notIll')}`, 'i');
        await dialog().getByRole('button', { name: title }).click();
        await dialog().waitFor({ state: 'detached' });
        await page
          .getByRole('status')
          .filter({ hasText: say('roster.done.notIll') })
          .waitFor();
        expect(await onDuty(operator)).toBe(false);
        expect(await onDuty(who)).toBe(true);
      },
    );

    test('shows people by name, and finds them by a part of it', { timeout: patience }, async () => {
      const { page } = opened;
      const { people } = await stored(page);
      const shown = page.locator('table.roster tbody th .who');
      await shown.first().waitFor();
      expect(await shown.allTextContents()).toEqual(people.map(({ name, operator }) => name ?? operator));
      // What the stand-in changed is said until it is closed.
      const told = page.locator('main .ant-alert-close-icon, main .ant-alert [class*=close]').first();
      if ((await told.count()) > 0) await told.click();
      await page.locator('main .ant-alert-success').waitFor({ state: 'detached' });
      const inSight = await shown.evaluateAll((names) => {
        const box = document.querySelector('.roster-scroll')?.getBoundingClientRect();
        return names.filter((name) => {
          const { bottom } = name.getBoundingClientRect();
          return bottom <= window.innerHeight && bottom <= (box?.bottom ?? 0);
        }).length;
      });
      if (width === 1440) expect(inSight).toBeGreaterThanOrEqual(20);
      const search = page.getByRole('searchbox', { name: say('roster.search') });
      const wanted = people[7];
      for (const part of [wanted?.name?.slice(0, 2) ?? '', wanted?.operator ?? '']) {
        await search.fill(part);
        await expect
          .poll(() => shown.allTextContents())
          .toEqual(
            people
              .filter(({ name = '', operator }) => `${operator} ${name}`.includes(part))
              .map(({ name, operator }) => name ?? operator),
          );
      }
      // What the panel does, it does to the one who was found, not to who was chosen before and is out of sight.
      const panel = page.locator('.cell-dock h2');
      await expect.poll(() => panel.textContent()).toContain(wanted?.name ?? wanted?.operator);
      await search.fill('nobody is called so');
      await expect.poll(() => panel.count()).toBe(0);
      await search.fill('');
      await expect.poll(() => panel.count()).toBe(1);
    });

    test(
      'swaps two days at the press of the second, and asks before that is lost',
      { timeout: patience },
      async () => {
        const { page } = opened;
        const duties = page.locator('table.roster tbody td.duty');
        const day = async (at: number) =>
          duties.nth(at).evaluate((cell) => (cell as HTMLTableCellElement).cellIndex);
        const first = 0;
        // Of somebody else: another shift of the same day, or another day, on either of which the other is off.
        const other = await duties.evaluateAll((cells) => {
          const [own] = cells as HTMLTableCellElement[];
          const isDuty = (cell: Element, column: number): boolean =>
            (cell.parentElement as HTMLTableRowElement).cells[column]?.classList.contains('duty') === true;
          return (cells as HTMLTableCellElement[]).findIndex((cell, at) => {
            if (own === undefined || at < 20 || cell.parentElement === own.parentElement) return false;
            return cell.cellIndex === own.cellIndex
              ? cell.firstChild?.textContent !== own.firstChild?.textContent
              : !isDuty(own, cell.cellIndex) && !isDuty(cell, own.cellIndex);
          });
        });
        await duties.nth(first).click();
        await button(say('roster.swap')).click();
        expect(await page.locator('td.swapping').count()).toBe(1);
        // What is waited for stands at the grid; a swap is with somebody else, and Esc ends it wherever the focus is.
        const waits = page.locator('.roster-panel .swap-waits');
        await page.locator('table.roster tbody tr').first().locator('td').nth(3).click();
        expect(await waits.textContent()).toContain(say('roster.swapSame'));
        await button(say('roster.swap')).focus();
        await page.keyboard.press('Escape');
        await waits.waitFor({ state: 'detached' });
        await duties.nth(first).click();
        await button(say('roster.swap')).click();
        expect(await day(first)).toBeGreaterThan(0);
        await duties.nth(other).click();
        expect(await page.locator('td.swapping').count()).toBe(0);
        await page.locator('.save-bar').waitFor();
        await page
          .getByRole('link', { name: say('nav.settings'), exact: true })
          .first()
          .click();
        await dialog().getByText(say('unsaved.title')).waitFor();
        await button(say('unsaved.stay'), dialog()).click();
        await dialog().waitFor({ state: 'detached' });
        expect(page.url()).toContain('#/roster');
        await button(say('roster.discard')).click();
        await page.locator('.save-bar').waitFor({ state: 'detached' });
      },
    );

    test(
      'moves cost and rate as one edits, takes edits back, keeps them',
      { timeout: patience },
      async () => {
        const { page } = opened;
        const figures = page.locator('.figure .value');
        await figures.first().waitFor();
        await chooseDuty();
        const before = await figures.allTextContents();
        const millis = await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const began = performance.now();
              document
                .querySelector('table.roster td[tabindex="0"]')
                ?.dispatchEvent(new KeyboardEvent('keydown', { key: '0', bubbles: true }));
              requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
            }),
        );
        // 200 ms are asked for; a machine that does other things as well gets more.
        expect(millis).toBeLessThan(2000);
        expect((await figures.allTextContents()).slice(0, 2)).not.toEqual(before.slice(0, 2));
        await button(say('roster.save', { n: 1 })).waitFor();
        if (by === 'keys') await page.keyboard.press('z');
        else await button(say('roster.undo')).click();
        expect(await figures.allTextContents()).toEqual(before);
        await page.locator('.save-bar').waitFor({ state: 'detached' });
        const pins = async (): Promise<number> =>
          (await stored(page)).duties.filter(({ pinned }) => pinned).length;
        const pinsBefore = await pins();
        // A roster made anew keeps the pins of the one that stands: the second language may take one out again.
        if (by === 'keys') await page.keyboard.press('p');
        else
          await button(say('roster.pin'))
            .or(button(say('roster.unpin')))
            .click();
        await press(button(say('roster.save', { n: 1 })));
        await page.locator('.save-bar').waitFor({ state: 'detached' });
        await expect.poll(async () => Math.abs((await pins()) - pinsBefore)).toBe(1);
        // A day off is pinned as a duty is, and shows its mark; let go again, nothing is left of it.
        const off = page.locator('table.roster td.off');
        if (by === 'pointer') await off.nth(3).click();
        else {
          await reach(page, chosen());
          for (let step = 0; step < 30; step += 1) {
            if (/\boff\b/.test((await chosen().getAttribute('class')) ?? '')) break;
            await page.keyboard.press('ArrowDown');
          }
        }
        const toggle = async (n: number): Promise<void> => {
          if (by === 'keys') await page.keyboard.press('p');
          else
            await button(say('roster.pin'))
              .or(button(say('roster.unpin')))
              .click();
          await press(button(say('roster.save', { n: 1 })));
          await page.locator('.save-bar').waitFor({ state: 'detached' });
          await expect.poll(async () => (await stored(page)).pinnedDaysOff?.length).toBe(n);
          await expect.poll(() => page.locator('table.roster td.off.pinned').count()).toBe(n);
          if (by === 'keys') await reach(page, chosen());
          else await page.locator('table.roster td[tabindex="0"]').click();
        };
        await toggle(1);
        await toggle(0);
      },
    );

    test('is published, and replaced only with a reason', { timeout: patience }, async () => {
      const { page } = opened;
      const publish = async (replaces: boolean): Promise<void> => {
        await press(button(say('roster.publish')));
        await dialog().waitFor();
        const supersede = button(say('roster.supersede'), dialog());
        if (replaces) {
          await supersede.waitFor();
          expect(await supersede.isDisabled()).toBe(true);
          expect(await dialog().textContent()).toContain(language === 'en' ? 'replaces' : '将被取代');
          expect.soft(await axeFindings(page)).toEqual([]);
        }
        // The days are published already by whoever came first.
        const go = button(say('roster.publish'), dialog())
          .or(button(say('roster.publishAnyway'), dialog()))
          .or(supersede);
        for (const [field, said] of [
          ['roster.reason', 'a new week'],
          ['together.ownName', 'Lin'],
        ] as const) {
          const asked = dialog().getByRole('textbox', { name: say(field) });
          if (replaces && field === 'together.ownName') {
            expect(await asked.inputValue()).toBe(said);
            continue;
          }
          // Nobody publishes without a name.
          if (!replaces && field === 'together.ownName') expect(await go.isDisabled()).toBe(true);
          if (by === 'keys') await reach(page, asked);
          await asked.fill(said);
        }
        await press(go);
      };
      const isPublished = async (): Promise<void> => {
        await dialog().waitFor({ state: 'detached' });
        await button(say('roster.publish')).waitFor({ state: 'detached' });
        expect((await stored(page)).publishedAt).not.toBeNull();
      };
      await publish(false);
      await isPublished();
      // Another window begins with the name typed last, and each keeps its own from then on.
      const other = await page.context().newPage();
      await other.goto(`${site.url}/?lang=${language}#/settings?view=changes`);
      const field = other.getByRole('textbox', { name: say('together.ownName') });
      await expect.poll(() => field.inputValue()).toBe('Lin');
      await field.fill('Li Wei');
      expect(await field.inputValue()).toBe('Li Wei');
      await other.close();
      await makeOneWeek();
      await publish(true);
      await isPublished();
      await view('changes');
      const who = page.getByRole('group', { name: say('roster.view.changes') });
      await expect.poll(() => who.textContent()).toContain('Lin');
      await view('grid');
    });

    test(
      'breaks a hard rule by an exchange neither by HTTP nor at the terminal, unless that is said with a reason',
      { timeout: patience },
      async () => {
        const { page } = opened;
        const roster = await stored(page);
        expect(roster.publishedAt).not.toBeNull();
        const token = await page.locator('meta[name="huawu-token"]').getAttribute('content');
        const swap = async (duties: readonly object[], more: object = {}) => {
          const answer = await page.request.post(`${site.url}/api/v1/swaps`, {
            data: { roster: roster.id, duties, ...more },
            headers: { [tokenHeader]: token ?? '' },
          });
          return { status: answer.status(), body: (await answer.json()) as { readonly allowed?: boolean } };
        };
        const pairs = roster.duties.flatMap(({ operator, date, shift }, at) => {
          const other = roster.duties.slice(at).find((one) => one.date === date && one.shift !== shift);
          return other === undefined
            ? []
            : [
                [
                  { operator, date },
                  { operator: other.operator, date },
                ],
              ];
        });
        let breaking: (typeof pairs)[number] | undefined;
        for (const pair of pairs.slice(0, 60))
          if (breaking === undefined && (await swap(pair)).body.allowed === false) breaking = pair;
        if (breaking === undefined) throw new Error('no exchange breaks a hard rule');
        const named = breaking.map(({ operator, date }) => `${operator}@${date}`).join(',');
        const terminal = (...more: string[]) =>
          runCommand(['roster', '--workspace', site.folder, '--swap', named, '--carry-out', ...more]);
        expect((await swap(breaking, { carryOut: true })).status).toBe(422);
        expect(
          (await swap(breaking, { carryOut: true, breakHardRules: true })).status,
        ).toBeGreaterThanOrEqual(400);
        expect((await terminal()).code).not.toBe(0);
        expect((await terminal('--break-hard-rules')).code).not.toBe(0);
        expect((await stored(page)).duties).toEqual(roster.duties);
        expect(await terminal('--break-hard-rules', '--why', 'agreed')).toMatchObject({ code: 0 });
        const after = await stored(page);
        expect(after.duties).not.toEqual(roster.duties);
        // Back again, by the other door: whatever breaks by it is asked about there as well.
        const back = { carryOut: true, breakHardRules: true, why: 'agreed' };
        expect((await swap(breaking, back)).status).toBe(200);
        expect((await stored(page)).revision).toBe(roster.revision + 2);
      },
    );

    test.runIf(isLongRun)(
      'has views that fit every screen, by day and by night',
      { timeout: patience },
      async () => {
        const { page } = opened;
        const screens = (['dark', 'light'] as const).flatMap((theme) =>
          [1440, 390].map((pixels) => [theme, pixels] as const),
        );
        for (const each of rosterViews) {
          await view(each);
          await expect.poll(() => page.url()).toContain(`view=${each}`);
          await page.locator('main section, main .roster-panel').first().waitFor();
          for (const [theme, pixels] of screens) {
            await page.getByText(say(`theme.${theme}`), { exact: true }).click();
            await page.setViewportSize({ width: pixels, height: 900 });
            expect.soft(await axeFindings(page)).toEqual([]);
            expect.soft(await overflow(page)).toBe(0);
          }
        }
      },
    );

    test('leaves the browser nothing to complain of', () => {
      expect(opened.complaints).toEqual([]);
    });
  },
);
