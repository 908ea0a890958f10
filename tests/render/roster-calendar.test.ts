import ical from 'ical.js';
import { expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { rosterCalendar } from '../../src/render/roster-file.ts';

const tier = '一个名字很长的座席等级，含逗号, 分号; 与反斜杠\\'.repeat(4);
const duty = { tier: 'general', pinned: false };
const roster = {
  createdAt: '2026-11-20T08:00:00.000Z',
  hotline: { name: { 'zh-CN': '热线', en: 'line' }, zone: 'Asia/Shanghai', madeUp: true },
  shifts: [
    { shift: 'night', name: { 'zh-CN': '夜班', en: 'Night' } },
    { shift: 'late', name: { 'zh-CN': '晚班', en: 'Late' } },
  ],
  tiers: [{ tier: 'general', name: { 'zh-CN': tier, en: tier } }],
  people: [],
  duties: [
    { ...duty, operator: 'A01', date: '2026-11-23', shift: 'night', start: '22:00', end: '07:00' },
    { ...duty, operator: '王 1;2', date: '2026-11-24', shift: 'late', start: '15:00', end: '00:00' },
  ],
} as unknown as RosterDocument;
const changes = [
  {
    at: '2026-11-21T08:00:00.000Z',
    roster: 'r',
    why: '',
    moves: [{ operator: 'A01', date: '2026-11-25', before: 'night', after: 'off' }],
  },
];

test('a calendar library reads every duty with its times, names and state', () => {
  const calendar = new ical.Component(
    ical.parse(rosterCalendar(roster, 'zh-CN', changes)) as ConstructorParameters<typeof ical.Component>[0],
  );
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ical.Event(event));
  expect(events.map(({ uid }) => uid)).toEqual([
    'A01-2026-11-23@huawu',
    '%E7%8E%8B%201%3B2-2026-11-24@huawu',
    'A01-2026-11-25@huawu',
  ]);
  expect(
    events
      .slice(0, 2)
      .map((event) => [
        event.summary,
        event.description,
        event.startDate.toJSDate().toISOString(),
        event.endDate.toJSDate().toISOString(),
        event.sequence,
      ]),
  ).toEqual([
    ['夜班 A01', tier, '2026-11-23T14:00:00.000Z', '2026-11-23T23:00:00.000Z', 1],
    ['晚班 王 1;2', tier, '2026-11-24T07:00:00.000Z', '2026-11-24T16:00:00.000Z', 1],
  ]);
  expect(events.map((event) => event.component.getFirstPropertyValue('status'))).toEqual([
    'CONFIRMED',
    'CONFIRMED',
    'CANCELLED',
  ]);
  expect(events[2]?.startDate.isDate).toBe(true);
  const draft = rosterCalendar({ ...roster, publishedAt: null }, 'zh-CN', changes);
  expect(draft.match(/STATUS:\w+/g)).toEqual(['STATUS:TENTATIVE', 'STATUS:TENTATIVE', 'STATUS:CANCELLED']);
});

test('whatever breaks a line in a name breaks none of the calendar', () => {
  for (const end of ['\r', '\n', '\r\n']) {
    const [plain] = roster.duties;
    const duties = [{ ...plain, operator: `A${end}ATTENDEE:mailto:x@example.org` }];
    const said = rosterCalendar({ ...roster, duties } as unknown as RosterDocument, 'en', []);
    expect(said.split(/\r\n|\r|\n/).filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    expect(said).toContain('SUMMARY:Night A\\nATTENDEE:mailto:x@example.org');
  }
});
