import type { FileChooser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { ShiftsModel } from '../../src/contract/models/shifts-model.ts';
import { addDays } from '../../src/kernel/time.ts';
import { messages } from '../../src/words/messages.ts';
import type { WordKey } from '../../src/web/words/words.tsx';
import { pageWord } from '../support/page-word.ts';
import { openPage, openTestSite, type TestSite } from '../support/test-site.ts';

const patience = 400_000;
const mostActions = 6;
/** Ten times what such a task may take of a machine that does nothing else. */
const mostSeconds = 600;

let site: TestSite;
let page: Page;
beforeAll(async () => {
  site = await openTestSite();
  ({ page } = await openPage(site, 'zh-CN'));
  await page.getByRole('button', { name: say('plan.make'), exact: true }).click();
  await page.locator('.answer-sentence').waitFor();
}, patience);
afterAll(async () => {
  await page.context().close();
  await site.close();
});

const say = (key: WordKey, values: Record<string, string | number> = {}): string =>
  pageWord(key, 'zh-CN', values);

/** What somebody does with a mouse and a keyboard, counted. */
const hands = () => {
  let actions = 0;
  const count =
    <Given extends readonly unknown[]>(act: (...given: Given) => Promise<unknown>) =>
    async (...given: Given): Promise<void> => {
      actions += 1;
      await act(...given);
    };
  return {
    actions: () => actions,
    click: count((place: Locator) => place.click()),
    type: count(async (place: Locator, text: string) => {
      await place.fill(text);
      await place.press('Tab');
    }),
    choose: count((files: Readonly<Record<string, string>>, asked: FileChooser) =>
      asked.setFiles(
        Object.entries(files).map(([name, content]) => ({
          name,
          mimeType: 'text/csv',
          buffer: Buffer.from(content),
        })),
      ),
    ),
    drag: count(async (from: Locator, to: { readonly x: number; readonly y: number }) => {
      const at = await middle(from);
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    }),
  };
};
type Hands = ReturnType<typeof hands>;

const middle = async (place: Locator): Promise<{ x: number; y: number }> => {
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  if (box === null) throw new Error('it has no place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** A task from the app alone, in at most six actions and two minutes. */
const task = (name: string, work: (by: Hands) => Promise<void>, most = mostActions): void =>
  test(name, { timeout: patience }, async () => {
    const by = hands();
    const from = Date.now();
    await work(by);
    const seconds = (Date.now() - from) / 1000;
    console.info(`${name}: ${by.actions()} actions, ${seconds.toFixed(1)} s`);
    expect(by.actions(), name).toBeLessThanOrEqual(most);
    expect(seconds, name).toBeLessThanOrEqual(mostSeconds);
  });

const link = (key: WordKey): Locator => page.getByRole('link', { name: say(key), exact: true });
const button = (key: WordKey): Locator => page.getByRole('button', { name: say(key), exact: true });

/** The plan in the page's address. */
const shownPlan = async (): Promise<PlanDocument> => {
  const id = new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('plan') ?? '';
  return (await (await page.request.get(`${site.url}/api/v1/plans/${id}`)).json()) as PlanDocument;
};

let first: PlanDocument;

task('say in one sentence what next week needs', async () => {
  expect(await page.locator('.answer-detail').textContent()).toMatch(/来电约 .*付薪 .*元。/);
  first = await shownPlan();
});

task('why Tuesday needs so many at its peak', async ({ click }) => {
  await click(page.locator('a.why').nth(1));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(say('chain.waiting'), { exact: true }).waitFor();
  expect(await dialog.textContent()).toContain('周二');
  await click(dialog.getByRole('button', { name: say('state.close') }).first());
});

task('make handle time 10 % longer and keep it as a what-if', async ({ click, type }) => {
  await click(link('view.assumptions'));
  await type(page.getByLabel(new RegExp(`^${say('factor.handleTime')}\\s*%?$`)), '10');
  await click(button('factor.make'));
  // How far it is stands where it was asked for, not at the button that was not pressed.
  const panel = page.getByRole('region', { name: say('factor.title') });
  await panel.getByRole('progressbar').waitFor();
  expect(await button('plan.makeAgain').isDisabled()).toBe(true);
  await expect.poll(() => page.url(), { timeout: patience }).not.toContain(`plan=${first.id}`);
  // It stands beside the plan that it was asked of.
  await page.getByRole('group', { name: say('against.title'), exact: true }).waitFor();
  expect((await shownPlan()).factors?.handleTime).toBe(1.1);
  expect(await page.locator('.toolbar .tag').textContent()).toContain('处理时长');
  expect(
    await page.getByRole('button', { name: messages('plan-step').propose['zh-CN'], exact: true }).count(),
  ).toBe(0);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  // Whoever reads English is told it in English.
  const english = await page.context().newPage();
  await english.goto(`${site.url}/?lang=en#/plan?plan=${(await shownPlan()).id}`);
  await english.locator('.toolbar .tag', { hasText: 'handle time +10%' }).waitFor();
  await english.close();
});

task('put two plans side by side', async ({ click }) => {
  await click(button('plans.open'));
  await click(
    page
      .getByRole('dialog')
      .getByRole('link', { name: say('plans.against') })
      .first(),
  );
  await page.getByRole('group', { name: say('against.title'), exact: true }).waitFor();
  const because = page.locator('main').getByText('100% → 110%');
  await because.waitFor();
  expect(await page.getByRole('columnheader', { name: say('against.own'), exact: true }).count()).toBe(1);
  // With the plan open it is the what-if that changes all the same.
  const whatIf = (await shownPlan()).id;
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/plan?plan=${first.id}&against=${whatIf}`);
  await page.locator(`a[href*="${first.id}"]`, { hasText: say('against.back') }).waitFor();
  await because.waitFor();
});

task('see what a later latest start would come to, beside the plan', async ({ click, type }) => {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/plan?plan=${first.id}`);
  await page.locator('.answer-sentence').waitFor();
  const shifts = (await (await page.request.get(`${site.url}/api/v1/models/shifts`)).json()) as ShiftsModel;
  const shift = shifts.templates.find(({ earliestStart, latestStart }) => earliestStart <= latestStart);
  await click(page.locator('.more-actions summary'));
  await click(page.locator('.more-actions').getByRole('link', { name: say('plan.whatIf') }));
  await click(page.getByRole('combobox', { name: say('whatIf.shift'), exact: true }));
  await click(page.getByTitle(shift?.name['zh-CN'] ?? '').first());
  await type(page.getByLabel(say('whatIf.latest')), '20:00');
  await click(button('factor.make'));
  await page.getByRole('group', { name: say('against.title'), exact: true }).waitFor({ timeout: patience });
  expect((await shownPlan()).whatIf).toMatchObject([{ what: 'latest-start' }]);
  expect(page.url()).toContain(`against=${first.id}`);
});

task(
  'add a school enrolment of three days at +20 %, which moves the next plan',
  async ({ click, type, drag }) => {
    const from = addDays(first.firstDate, 1);
    const day = (date: string): Locator => page.locator(`[data-date="${date}"]`);
    await click(link('nav.settings'));
    await day(from).waitFor();
    await drag(day(from), await middle(day(addDays(from, 2))));
    const form = page.getByRole('form', { name: say('calendar.newEvent') });
    await click(form.getByRole('combobox', { name: say('calendar.kind') }));
    await click(page.getByTitle(messages('event-kind')['school-enrolment']['zh-CN'], { exact: true }));
    await type(form.getByRole('spinbutton', { name: say('calendar.share') }), '20');
    await click(form.getByRole('button', { name: say('calendar.saveAndPlan'), exact: true }));
    await page.waitForURL(/plan=/, { timeout: patience });
  },
);

test(
  'the plan made of it has the event’s days a fifth higher, and the others as they were',
  { timeout: patience },
  async () => {
    await page.locator('.answer-sentence').waitFor();
    await expect
      .poll(async () => (await shownPlan()).createdAt, { timeout: patience })
      .not.toBe(first.createdAt);
    const next = await shownPlan();
    const ratios = next.days.map(({ calls }, i) => (calls.mean ?? 0) / (first.days[i]?.calls.mean ?? 0));
    for (const [at, ratio] of ratios.entries())
      expect(ratio, next.days[at]?.date).toBeCloseTo(at >= 1 && at <= 3 ? 1.2 : 1, 1);
    // What changed says which event, with its days and effect.
    const named = new RegExp(
      `原因：新增事件“${messages('event-kind')['school-enrolment']['zh-CN']}”（.*周二–.*周四，\\+20%）`,
    );
    await page.locator('.answer').getByText(named).waitFor();
  },
);

task('a day with a fifth more calls, planned, in four actions', async (by) => {
  const day = addDays(first.firstDate, 5);
  const before = await shownPlan();
  await by.click(link('nav.settings'));
  await by.click(page.locator(`[data-date="${day}"]`));
  const form = page.getByRole('form', { name: say('calendar.newEvent') });
  await by.type(form.getByRole('spinbutton', { name: say('calendar.share') }), '20');
  await by.click(form.getByRole('button', { name: say('calendar.saveAndPlan'), exact: true }));
  expect(by.actions()).toBe(4);
  await page.waitForURL((url) => url.hash.includes('plan=') && !url.hash.includes(before.id), {
    timeout: patience,
  });
  const [was, is] = [before, await shownPlan()].map(({ days }) => days[5]?.calls.mean ?? 0);
  expect((is ?? 0) / (was ?? 1)).toBeCloseTo(1.2, 1);
});

task("change a shift's latest start", async ({ click, drag }) => {
  await click(link('nav.settings'));
  await click(page.getByRole('link', { name: say('settings.group.sometimes') }));
  const grip = page.locator('.shift-grip.latest').first();
  await grip.waitFor();
  const was = await grip.getAttribute('aria-valuetext');
  const at = await middle(grip);
  const track = await page.locator('.shift-track').first().boundingBox();
  await drag(grip, { x: at.x + (track?.width ?? 0) / 24, y: at.y });
  expect(await grip.getAttribute('aria-valuetext')).not.toBe(was);
  await click(button('models.save'));
  await page.getByText(say('models.saved'), { exact: true }).waitFor();
});

task("print the leader's page", async ({ click }) => {
  await click(link('nav.plan'));
  await page.locator('.answer-sentence').waitFor();
  const opened = page.waitForEvent('popup');
  await click(link('plan.leaderPage'));
  const sheet = await opened;
  await sheet.locator('svg').first().waitFor();
  // What is to be decided, and why the plan moved.
  expect(await sheet.locator('.answer li').count()).toBeGreaterThan(1);
  expect(await sheet.getByRole('listitem').filter({ hasText: '原因：新增事件' }).count()).toBe(1);
  // One button prints it and is not on paper; nothing else runs.
  await sheet.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await sheet.getByRole('button', { name: '打印', exact: true }).click();
  expect(await sheet.locator('body[data-printed]').count()).toBe(1);
  await sheet.emulateMedia({ media: 'print' });
  expect(await sheet.locator('.print-now').isVisible()).toBe(false);
  // Its own styles are let through, and it takes one sheet of paper.
  expect(await sheet.locator('body').evaluate((body) => getComputedStyle(body).fontFamily)).toMatch(/Noto/);
  const pdf = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect([...pdf.matchAll(/\/Type\s*\/Page\b/g)]).toHaveLength(1);
  await sheet.close();
});

task('publish the week’s plan and roster, and print the wall sheet', async ({ click, type }) => {
  await page.context().addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  const publish = messages('plan-step').publish['zh-CN'];
  const life = page.locator('.plan-life');
  // Who publishes is asked once, for the roster too.
  expect(await life.getByRole('button', { name: publish, exact: true }).isDisabled()).toBe(true);
  await type(life.getByLabel(say('together.ownName')), '王');
  await click(life.getByRole('button', { name: publish, exact: true }));
  await page.locator('.plan-life').getByText(messages('plan-state').published['zh-CN']).first().waitFor();
  await click(link('nav.roster'));
  // Which week it begins with is said before it is made.
  await page.locator('.make-roster').getByText(/W\d\d/).waitFor();
  await click(button('roster.make'));
  await page.waitForURL(/roster=/, { timeout: patience });
  await click(button('roster.publish'));
  const opened = page.waitForEvent('popup');
  // Browsers that open windows only for a click open this one before the server has answered.
  await page.route('**/publications', async (route) => {
    await opened;
    await route.continue();
  });
  await click(page.getByRole('dialog').getByRole('button', { name: say('roster.andPrint'), exact: true }));
  const sheet = await opened;
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await sheet.locator('html[data-printed]').waitFor();
  await sheet.emulateMedia({ media: 'print' });
  expect(await sheet.locator('.print-now').isVisible()).toBe(false);
  expect(await sheet.locator('td').count()).toBeGreaterThan(20);
  await sheet.close();
});

/** The roster that is there, and the cell of somebody's day in its grid. */
const shownRoster = async (): Promise<RosterDocument> => {
  const read = async (path: string): Promise<unknown> =>
    (await page.request.get(`${site.url}/api/v1/rosters${path}`)).json();
  const [made] = (await read('')) as readonly { readonly id: string }[];
  return (await read(`/${made?.id}`)) as RosterDocument;
};
const cellOf = ({ days }: RosterDocument, { operator, date }: { operator: string; date: string }): Locator =>
  page
    .locator('table.roster tbody tr', { has: page.locator(`th[data-operator="${operator}"]`) })
    .locator('td')
    .nth(days.findIndex((day) => day.date === date));

task(
  "swap two people's duties",
  async ({ click }) => {
    const roster = await shownRoster();
    const token = (await page.locator('meta[name="huawu-token"]').getAttribute('content')) ?? '';
    const allows = async (duties: readonly object[]): Promise<boolean> => {
      const answer = await page.request.post(`${site.url}/api/v1/swaps`, {
        data: { roster: roster.id, duties: duties.map((duty) => ({ ...duty })) },
        headers: { [tokenHeader]: token },
      });
      return ((await answer.json()) as { readonly allowed?: boolean }).allowed === true;
    };
    const pairs = roster.duties.flatMap(({ operator, date, shift }, at) =>
      roster.duties
        .slice(at)
        .filter((other) => other.date === date && other.shift !== shift)
        .slice(0, 1)
        .map(
          (other) =>
            [
              { operator, date },
              { operator: other.operator, date },
            ] as const,
        ),
    );
    let pair: (typeof pairs)[number] | undefined;
    for (const one of pairs.slice(0, 60)) if (pair === undefined && (await allows(one))) pair = one;
    if (pair === undefined) throw new Error('no exchange keeps the rules');
    await click(link('nav.roster'));
    await click(cellOf(roster, pair[0]));
    await click(button('roster.swap'));
    await click(cellOf(roster, pair[1]));
    // A published roster wants a reason: the exchange is one.
    await click(page.getByRole('button', { name: say('roster.save', { n: 2 }), exact: true }));
    await page.locator('.save-bar').waitFor({ state: 'detached' });
    const now = await shownRoster();
    const shiftOf = ({ duties }: RosterDocument, who = ''): string | undefined =>
      duties.find(({ operator, date }) => operator === who && date === pair[0].date)?.shift;
    expect(shiftOf(now, pair[0].operator)).toBe(shiftOf(roster, pair[1].operator));
    expect(shiftOf(now, pair[1].operator)).toBe(shiftOf(roster, pair[0].operator));
  },
  5,
);

task(
  'note in the morning that somebody is ill, and that nobody steps in',
  async ({ click }) => {
    const roster = await shownRoster();
    const { operator = '', date = '', start = '' } = roster.duties.find((duty) => duty.start < '10:00') ?? {};
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, `#/today?asOf=${date}T07:30`);
    await click(link('today.ill'));
    const name = roster.people.find((one) => one.operator === operator)?.name ?? operator;
    await click(page.getByTitle(new RegExp(`^${name} ${operator} · `)));
    await click(button('roster.nobodySteps'));
    await page.locator('.ill-drawer').waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('ill=');
    await page
      .getByRole('status')
      .filter({ hasText: say('roster.illSince', { from: start }) })
      .waitFor();
    const now = await shownRoster();
    expect(now.id).toBe(roster.id);
    expect(now.duties.filter((duty) => duty.date === date)).toEqual(
      roster.duties.filter((duty) => duty.date === date && duty.operator !== operator),
    );
    expect(now.absences).toMatchObject([{ operator, date }]);
  },
  3,
);

task('load a file like those of Genesys and one like those of Avaya', async ({ click, choose }) => {
  await click(link('nav.data'));
  // The button opens the system's own dialog, in which both are marked.
  const asked = page.waitForEvent('filechooser');
  await click(button('data.choose').first());
  expect((await asked).isMultiple()).toBe(true);
  await choose(
    {
      'genesys.csv':
        'Interval Start,Interval End,Media Type,Queue Name,Offer,Answer,Abandon,Avg Handle\n11/20/26 8:00 AM,11/20/26 8:30 AM,voice,General,40,38,2,240000\n11/20/26 8:30 AM,11/20/26 9:00 AM,voice,General,50,45,5,250000\n',
      'avaya.csv':
        'Split/Skill,Date,Time,ACD Calls,Avg Speed Ans,Aban Calls,Avg Aban Time,Avg ACD Time,Avg ACW Time\nGeneral,11/21/2026,7:00AM-7:30AM,12,:08,1,:40,3:20,0:40\nGeneral,11/21/2026,7:30AM-8:00AM,20,:09,2,1:05,3:10,0:35\n',
    },
    await asked,
  );
  await click(button('data.takeInAll'));
  const taken = say('report.done', { rows: 2, accepted: 2, rejected: 0, duplicates: 0 });
  for (const name of ['genesys.csv', 'avaya.csv'])
    await page.getByRole('region', { name }).getByText(taken).waitFor();
});
