import { expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { addDays } from '../../src/kernel/time.ts';
import { rosterHtml } from '../../src/render/roster-file.ts';
import { startBrowser } from '../support/browser.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const shifts = [
  'E Early',
  'D Day',
  'L Late',
  'N Night',
  'F1 Four hours 07:00',
  'F2 Four hours 11:30',
  'F3 Four hours 16:30',
];

/** A roster of 80 people with the longest names that the demo has. */
const rosterOf = (days: number): RosterDocument => {
  const dates = Array.from({ length: days }, (_, day) => addDays('2026-11-23', day));
  const operators = Array.from({ length: 80 }, (_, at) => `op-${String(at).padStart(3, '0')}`);
  return {
    hotline: { name: text('Sample city 12345 line (made up)'), zone: 'Asia/Shanghai', madeUp: true },
    createdAt: '2026-11-20T08:05:00.000Z',
    publishedAt: '2026-11-20T16:08:00.000Z',
    revision: 2,
    from: dates[0],
    to: dates.at(-1),
    shifts: shifts.map((name) => ({
      shift: name,
      name: text(name.slice(2)),
      letter: text(name.split(' ')[0] ?? ''),
      starts: ['07:00', '11:00'],
      hours: 8,
      night: name === 'N Night',
    })),
    tiers: [{ tier: 'expert', name: text('Housing fund and expert desk') }],
    days: dates.map((date, day) => ({ date, weekday: (day % 7) + 1, holiday: null })),
    people: operators.map((operator) => ({
      operator,
      name: '欧阳 Ouyang Xiu',
      tier: 'expert',
      team: null,
      hours: 39.5,
      away: [],
    })),
    duties: operators.flatMap((operator, at) =>
      dates.map((date, day) => ({
        operator,
        date,
        shift: shifts[(at + day) % shifts.length],
        start: '22:00',
        end: '07:00',
        tier: 'expert',
        pinned: false,
      })),
    ),
  } as unknown as RosterDocument;
};

test('the wall sheet prints as the pages that it counts, and nothing in it is cut', async () => {
  const { browser, close } = await startBrowser();
  try {
    const page = await browser.newPage();
    for (const days of [7, 14, 28])
      for (const language of ['en', 'zh-CN'] as const) {
        const sheet = rosterHtml(rosterOf(days), language);
        await page.setContent(sheet);
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
        const pages = days > 14 ? 8 : 4;
        expect(sheet).toContain(`${pages}/${pages}`);
        expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(pages);
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('th, td, td div, td b, td i')]
            .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
            .map((box) => `${box.className} ${box.textContent}`),
        );
        expect([...new Set(cut)]).toEqual([]);
        // A kind's starts do not read as the times of a duty.
        expect(sheet).toContain(language === 'en' ? '(may start 07:00–11:00)' : '（可在 07:00–11:00 开始）');
      }
  } finally {
    await close();
  }
});

test('the wall sheet spreads people evenly over its pages, and writes days and kinds as they are read', () => {
  const all = rosterOf(7);
  const [en, zh] = (['en', 'zh-CN'] as const).map((language) =>
    rosterHtml({ ...all, people: all.people.slice(0, 42) }, language),
  );
  const rows = (en ?? '').split('<section>').map((page) => page.split('<tr>').length - 2);
  expect(rows.slice(1)).toEqual([14, 14, 14]);
  expect(en).toContain('line (made up) · Roster 23 Nov 2026 – 29 Nov 2026');
  expect(en).toContain('Shifts: E Early (may start 07:00–11:00)');
  expect(en).toContain('Four hours (may start');
  expect(zh).toContain('班次：E Early（可在 07:00–11:00 开始）');
});

test('the wall sheet says when it was published or made, and last changed, on the clock of the hotline', () => {
  const roster = rosterOf(7);
  expect(rosterHtml(roster, 'en')).toMatch(/<th class="">\d+ [A-Z][a-z]{2}<br>/);
  expect(rosterHtml(roster, 'zh-CN')).toMatch(/<th class="">\d+\/\d+<br>/);
  // 16:08 in London is eight minutes past midnight in Shanghai.
  expect(rosterHtml(roster, 'en')).toContain('<p>Published 21/11/2026, 00:08 · ');
  expect(rosterHtml(roster, 'zh-CN')).toContain('<p>2026/11/21 00:08 发布 · ');
  expect(rosterHtml({ ...roster, publishedAt: null }, 'en')).toContain('<p>Draft, made 20/11/2026, 16:05 · ');
  // An edit of the draft before and the publication itself are no changes since.
  const [moves] = [[{ operator: 'op-000', date: '2026-11-23', before: 'E', after: 'off' }]];
  const changes = [
    { at: '2026-11-20T10:00:00.000Z', roster: 'r', why: '', moves },
    { at: '2026-11-20T16:08:00.000Z', roster: 'r', why: '', moves: [] },
  ];
  expect(rosterHtml(roster, 'en', changes)).toContain('<p>Published 21/11/2026, 00:08 · ');
  const later = [...changes, { at: '2026-11-22T01:00:00.000Z', roster: 'r', why: '', moves }];
  expect(rosterHtml(roster, 'en', later)).toContain(
    '<p>Published 21/11/2026, 00:08, last changed 22/11/2026, 09:00 · ',
  );
  expect(rosterHtml(roster, 'zh-CN', later)).toContain(
    '<p>2026/11/21 00:08 发布，2026/11/22 09:00 最后改动 · ',
  );
});

test('hours of more days than a page shows say of which', () => {
  expect(rosterHtml(rosterOf(14), 'en')).toContain('<th class="hours">hours</th>');
  expect(rosterHtml(rosterOf(28), 'en')).toContain('<th class="hours">hours<br>23 Nov<br>– 20 Dec</th>');
  expect(rosterHtml(rosterOf(28), 'zh-CN')).toContain('<th class="hours">工时<br>11/23<br>– 12/20</th>');
});
