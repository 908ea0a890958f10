import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { ingestDuties } from '../../src/ingest/kinds/ingest-duties.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { addDays } from '../../src/kernel/time.ts';
import { rosterFile } from '../../src/render/roster-file.ts';
import { coverTable } from '../../src/render/roster-text.ts';
import { expectReadable } from '../support/read-back.ts';
import { shanghai } from '../support/ingest-options.ts';

const text = (name: string) => ({ 'zh-CN': name, en: name });
const dates = Array.from({ length: 28 }, (_, day) => addDays('2026-11-23', day));
const operators = Array.from({ length: 60 }, (_, at) => `工号 ${at + 1}`);
const shifts = [
  { ...text('早班'), shift: 'early', letter: '早', start: '07:30', end: '15:30' },
  { ...text('夜班'), shift: 'night', letter: '夜', start: '22:00', end: '07:00' },
];
/** Every third duty begins and ends half an hour later: who starts when differs within a shift. */
const hoursOf = ({ start, end }: { readonly start: string; readonly end: string }, n: number) =>
  n % 3 === 0 ? { start: start.replace(':00', ':30'), end: end.replace(':00', ':30') } : { start, end };
/** Two days early, one night, two days off, each person a day later than the one before. */
const duties = operators.flatMap((operator, at) =>
  dates.flatMap((date, day) => {
    const shift = shifts[[0, 0, 1, -1, -1][(at + day) % 5] ?? -1];
    return shift === undefined
      ? []
      : [
          {
            operator,
            date,
            shift: shift.shift,
            ...hoursOf(shift, at + day),
            tier: 'general',
            pinned: day === 0,
          },
        ];
  }),
);
const roster = {
  from: dates[0],
  to: dates.at(-1),
  createdAt: '2026-11-20T08:00:00.000Z',
  publishedAt: null,
  hotline: { name: text('示例热线'), zone: 'Asia/Shanghai', madeUp: true },
  profile: { profile: 'p', name: text('规则') },
  shifts: shifts.map(({ shift, letter, start, ...name }) => ({
    shift,
    name,
    letter: text(letter),
    starts: [start],
    hours: 8,
    night: shift === 'night',
  })),
  tiers: [{ tier: 'general', name: text('综合座席') }],
  days: dates.map((date, day) => ({
    date,
    weekday: (day % 7) + 1,
    holiday: null,
    required: 36,
    onDuty: 36,
    missing: 0,
    away: 1,
    moreAway: 2,
  })),
  people: operators.map((operator) => ({
    operator,
    tier: 'general',
    team: '甲',
    hours: 120,
    away: operator === '工号 1' ? [dates[3]] : [],
  })),
  duties,
  pinnedDaysOff: [{ operator: '工号 1', date: dates[4] }],
  uncovered: [],
  broken: [],
  notices: [],
  projection: [],
} as unknown as RosterDocument;

test.each(['xlsx', 'csv'] as const)(
  'a roster that goes out as %s comes in again',
  async (format: Parameters<typeof rosterFile>[1]) => {
    for (const language of ['zh-CN', 'en'] as const) {
      const source = byteSourceOf(`roster.${format}`, await rosterFile(roster, format, language, []));
      const { records } = await ingestDuties([source], shanghai);
      expect(records).toEqual([
        ...duties.map(({ pinned, ...duty }) => (pinned ? { ...duty, pinned } : duty)),
        { operator: '工号 1', date: dates[4], shift: 'off', pinned: true },
      ]);
    }
  },
);

test('nobody may take leave on a day whose targets are short of hours already', async () => {
  const days = [
    { date: dates[0], shortHours: 57.2 },
    { date: dates[1], shortHours: 0 },
  ];
  const short = { ...roster, projection: [{ targets: { days } }] } as unknown as RosterDocument;
  const left = ({ rows, columns }: ReturnType<typeof coverTable>): unknown[] =>
    rows.slice(0, 2).map((row) => row[columns.findIndex(({ heading }) => heading === 'leave available')]);
  expect([left(coverTable(roster, 'en')), left(coverTable(short, 'en'))]).toEqual([
    [2, 2],
    [0, 2],
  ]);
});

test('the workbook says every duty to a reader that neither wrote it nor takes files in', async () => {
  const sheets = await expectReadable(await rosterFile(roster, 'xlsx', 'en', []));
  const rows = [...duties, ...(roster.pinnedDaysOff ?? [])];
  const days = rows.map(({ operator, date }) => `${operator} ${date}`).sort();
  const told = sheets
    .filter((sheet) => sheet.rows.length === rows.length + 1)
    .map((sheet) =>
      sheet.rows
        .slice(1)
        .map((row) => {
          const date = row.find((value) => value instanceof Date);
          return `${String(row[0])} ${date?.toISOString().slice(0, 10)}`;
        })
        .sort(),
    );
  expect(told).toContainEqual(days);
});

test('the wall sheet has everybody by name, with the shift and the hours of each of their own days', async () => {
  const named = {
    ...roster,
    people: roster.people.map((one, at) => (at === 0 ? one : { ...one, name: `姓名 ${at + 1}` })),
  };
  const html = new TextDecoder().decode(await rosterFile(named, 'html', 'zh-CN', []));
  const pages = html.split('<section>').slice(1);
  // Two fortnights of each 20 people.
  expect(pages.map((page) => page.match(/<tr><td>/g)?.length)).toEqual([20, 20, 20, 20, 20, 20]);
  const rows = pages.flatMap((page) => page.match(/<tr><td>.*?<\/tr>/gs) ?? []);
  const told = new Map<string, string[]>();
  for (const row of rows) {
    const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell);
    const who = cells[0] ?? '';
    told.set(who, [...(told.get(who) ?? []), ...cells.slice(2, -1)]);
  }
  expect([...told.keys()]).toEqual(
    operators.map((operator, at) => (at === 0 ? operator : `<b>姓名 ${at + 1}</b><i>${operator}</i>`)),
  );
  for (const [at, days] of [...told.values()].entries())
    expect(days).toEqual(
      dates.map((date) => {
        const duty = duties.find((one) => one.operator === operators[at] && one.date === date);
        const letter = duty?.shift === 'night' ? '夜' : '早';
        if (duty !== undefined) return `<b>${letter}</b><i>${duty.start}–${duty.end}</i>`;
        return at === 0 && date === dates[3] ? '假' : '';
      }),
    );
  expect(html).toContain('size:A4 landscape');
  // It is printed with the fonts that are put into it, where the machine has no Chinese.
  expect(html).toContain(`{font:11px/1.25 "Huawu Words","Noto Sans SC Variable",`);
});

test('the workbook has the hours of each duty beside its letter, and names beside numbers', async () => {
  const named = {
    ...roster,
    people: roster.people.map((one) => ({ ...one, name: `姓名 of ${one.operator}` })),
  };
  const sheets = await expectReadable(await rosterFile(named, 'xlsx', 'en', []));
  const wall = sheets.find(({ rows }) => rows.length === operators.length + 1)?.rows ?? [];
  for (const [at, operator] of operators.entries())
    expect(wall[at + 1]?.slice(0, 2)).toEqual([operator, `姓名 of ${operator}`]);
  const told = new Map<unknown, number>();
  for (const cell of wall.slice(1).flat())
    if (/\d\d:\d\d–/.test(String(cell))) told.set(cell, (told.get(cell) ?? 0) + 1);
  const wanted = new Map<unknown, number>();
  for (const { shift, start, end } of duties) {
    const cell = `${shift === 'night' ? '夜' : '早'} ${start}–${end}`;
    wanted.set(cell, (wanted.get(cell) ?? 0) + 1);
  }
  expect(told).toEqual(wanted);
});

test('the workbook has the wall sheet in the greys of the printed one, nights dark', async () => {
  const parts = unzipSync(await rosterFile(roster, 'xlsx', 'zh-CN', []));
  const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array(0));
  const fills = [...part('xl/styles.xml').matchAll(/<fill>.*?<\/fill>/gs)].map(([fill]) => fill);
  const formats =
    part('xl/styles.xml')
      .match(/<cellXfs.*?<\/cellXfs>/s)?.[0]
      .match(/<xf .*?(?:\/>|<\/xf>)/gs) ?? [];
  const dark = formats.flatMap((format, at) =>
    fills[Number(/fillId="(\d+)"/.exec(format)?.[1])]?.includes('3A3A3A') === true ? [at] : [],
  );
  const cells = part('xl/worksheets/sheet3.xml').match(/<c r="[A-Z]+\d+" s="\d+"/g) ?? [];
  expect(cells.filter((cell) => dark.includes(Number(/s="(\d+)"/.exec(cell)?.[1])))).toHaveLength(
    duties.filter(({ shift }) => shift === 'night').length,
  );
});
