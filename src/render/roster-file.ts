import {
  dutiesWorked,
  type Duty,
  type RosterChange,
  type RosterDocument,
} from '../contract/documents/roster-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { addDays, instantsOfWallClock } from '../kernel/time.ts';
import { figuresOf } from '../words/figures.ts';
import { spoken } from '../words/phrases.ts';
import { speak } from '../words/speak.ts';
import { rosterWords } from '../words/terminal.ts';
import { csvOf } from './csv.ts';
import { escapeHtml, printFonts } from './html.ts';
import {
  headingOf,
  legendOf,
  personIn,
  brokenTable,
  cellLetter,
  cellShade,
  coverTable,
  dutyTable,
  titledAsDraft,
  type WallRow,
  wallRows,
  wallTable,
} from './roster-text.ts';
import { reportWords } from './report-words.ts';
import { workbookOf } from './workbook.ts';

export const rosterFormats = ['xlsx', 'csv', 'ics', 'html', 'wecom', 'feishu'] as const;
type RosterFormat = (typeof rosterFormats)[number];

/**
 * A roster as a file: a workbook (duties row by row, which ingest takes in again, the wall sheet, cover and rules),
 * the duties as CSV, a calendar, the wall sheet to print, or what messengers' attendance takes. `changes` are those of
 * the roster since it was made: who gave a day up finds it cancelled in the calendar.
 */
export const rosterFile = async (
  roster: RosterDocument,
  format: RosterFormat,
  language: Language,
  changes: readonly RosterChange[],
): Promise<Uint8Array> => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'xlsx':
      return workbookOf(
        coverOf(roster, language),
        [
          dutyTable(roster, language),
          wallTable(roster, language, 'times'),
          coverTable(roster, language),
          brokenTable(roster.broken, language),
        ],
        reportWords(language),
        language,
      );
    case 'csv': {
      const { columns, rows } = dutyTable(roster, language);
      // what is in a duty's row is text or nothing
      const lines = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : null)));
      return bytes(csvOf([columns.map(({ heading }) => heading), ...lines]));
    }
    case 'ics':
      return bytes(rosterCalendar(roster, language, changes));
    case 'wecom':
      return bytes(`${JSON.stringify(weComSchedules(roster), null, 1)}\n`);
    case 'feishu':
      return bytes(`${JSON.stringify(feishuShifts(roster), null, 1)}\n`);
    default:
      return bytes(rosterHtml(roster, language, changes));
  }
};

/** The first sheet: what roster it is, its letters, and what has to be known of it. */
const coverOf = (roster: RosterDocument, language: Language) => {
  const words = spoken(rosterWords, language);
  const { say } = speak(language, 'terminal');
  return {
    name: words.about,
    title: titledAsDraft(roster, `${words.sheet} ${roster.from} – ${roster.to}`, language),
    parts: [
      { lines: [headingOf(roster, language), legendOf(roster, language)] },
      { lines: roster.notices.map(say) },
    ],
  };
};

/** Longest line of an iCalendar file, in bytes (RFC 5545, 3.1). */
const longestLine = 75;

/**
 * Duties as an iCalendar (RFC 5545): an event a duty, with a UID that stays with person and day, and a SEQUENCE that
 * rises with every change of the roster. Times are instants, so that no calendar needs the zone's rules.
 */
export const rosterCalendar = (
  roster: RosterDocument,
  language: Language,
  changes: readonly RosterChange[],
  operator?: string,
): string => {
  const own = dutiesWorked(roster).filter((duty) => operator === undefined || duty.operator === operator);
  const stamp = stampOf(Date.parse(roster.createdAt));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huawu//Roster//EN',
    'CALSCALE:GREGORIAN',
    ...own.flatMap((duty) => eventOf(roster, duty, language, stamp, changes.length)),
    ...goneOf(roster, changes, operator).flatMap((place) => cancelled(roster, place, stamp, changes.length)),
    'END:VCALENDAR',
    '',
  ];
  return lines.map(folded).join('\r\n');
};

type Place = Pick<Duty, 'operator' | 'date'>;

/** Days that somebody gave up since the roster was made, and has off. */
const goneOf = (
  roster: RosterDocument,
  changes: readonly RosterChange[],
  operator: string | undefined,
): Place[] => {
  const kept = new Set(dutiesWorked(roster).map((duty) => `${duty.operator} ${duty.date}`));
  const gone = changes
    .flatMap(({ moves }) => moves)
    .filter((move) => move.before !== 'off' && (operator === undefined || move.operator === operator));
  return [...new Map(gone.map((move) => [`${move.operator} ${move.date}`, move])).entries()].flatMap(
    ([key, move]) => (kept.has(key) ? [] : [move]),
  );
};

const cancelled = (
  { people }: RosterDocument,
  { operator, date }: Place,
  stamp: string,
  sequence: number,
): string[] => [
  'BEGIN:VEVENT',
  uidOf({ operator, date }),
  `DTSTAMP:${stamp}`,
  `SEQUENCE:${sequence}`,
  `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`,
  `SUMMARY:${escaped(personIn({ people }, operator))}`,
  'STATUS:CANCELLED',
  'END:VEVENT',
];

const uidOf = ({ operator, date }: Place): string => `UID:${encodeURIComponent(operator)}-${date}@huawu`;

const eventOf = (
  { hotline, shifts, tiers, people, publishedAt }: RosterDocument,
  duty: ReturnType<typeof dutiesWorked>[number],
  language: Language,
  stamp: string,
  sequence: number,
): string[] => {
  const words = spoken(rosterWords, language);
  const ill = duty.illFrom === undefined ? '' : ` (${words.illSince({ from: duty.illFrom })})`;
  const shift = shifts.find((one) => one.shift === duty.shift);
  const tier = tiers.find((one) => one.tier === duty.tier);
  const endDate = duty.end <= duty.start ? addDays(duty.date, 1) : duty.date;
  const name = shift === undefined ? duty.shift : inLanguage(shift.name, language);
  return [
    'BEGIN:VEVENT',
    uidOf(duty),
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${instantOf(duty.date, duty.start, hotline.zone)}`,
    `DTEND:${instantOf(endDate, duty.end, hotline.zone)}`,
    `SUMMARY:${escaped(`${name} ${personIn({ people }, duty.operator)}${ill}`)}`,
    `DESCRIPTION:${escaped(tier === undefined ? duty.tier : inLanguage(tier.name, language))}`,
    `STATUS:${publishedAt === null ? 'TENTATIVE' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
};

const instantOf = (date: string, clock: string, zone: string): string =>
  stampOf(instantsOfWallClock(`${date}T${clock === '24:00' ? '23:59' : clock}`, zone)[0] ?? Date.parse(date));

const stampOf = (millis: number): string => new Date(millis).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n?|\n/g, '\\n');

/** Lines break where they are too long, by bytes and never within a character. */
const folded = (line: string): string => {
  let out = '';
  let bytes = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (bytes + size > longestLine) {
      out += '\r\n ';
      bytes = 1;
    }
    out += character;
    bytes += size;
  }
  return out;
};

/** Most people of one call of WeCom, and most rows of one of Feishu. */
const mostPeople = 100;
const mostRows = 50;

/** Number by which a messenger knows a shift: its place in the roster, 0 a day off. To be replaced by the real ones. */
const numberOf = ({ shifts }: RosterDocument, shift: string | undefined): number =>
  shifts.findIndex((one) => one.shift === shift) + 1;

/** A person's days, each with its shift or none. */
const rowsOf = (
  roster: RosterDocument,
  month: string,
): { readonly operator: string; readonly date: string; readonly shift: string | undefined }[] => {
  const { people, days } = roster;
  const byDay = new Map(dutiesWorked(roster).map((duty) => [`${duty.operator} ${duty.date}`, duty.shift]));
  return people.flatMap(({ operator }) =>
    days.flatMap(({ date }) =>
      date.startsWith(month) ? [{ operator, date, shift: byDay.get(`${operator} ${date}`) }] : [],
    ),
  );
};

const monthsOf = ({ days }: RosterDocument): string[] => [
  ...new Set(days.map(({ date }) => date.slice(0, 7))),
];

const monthNumber = (month: string): number => Number(month.replace('-', ''));
const dayNumber = (date: string): number => Number(date.slice(8));

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  );

/** What stands for what: an administrator puts the messenger's own numbers in their place. */
const shiftNumbers = (roster: RosterDocument) =>
  Object.fromEntries(roster.shifts.map(({ shift }) => [shift, numberOf(roster, shift)]));

/** Whose number is whose, where names are known. */
const namesOf = ({ people }: RosterDocument) =>
  Object.fromEntries(people.flatMap(({ operator, name }) => (name === undefined ? [] : [[operator, name]])));

/** Who worked a part of their shift and was ill from then on: messengers know whole shifts alone. */
const illOf = ({ absences = [] }: RosterDocument) => {
  const ill = absences
    .filter(({ from, start }) => from !== start)
    .map(({ operator, date, start, from, end }) => ({ userid: operator, date, start, from, end }));
  return ill.length === 0 ? {} : { ill };
};

/** For the person who sends it on: nothing has been decided yet. */
const draftOf = ({ publishedAt }: RosterDocument) => (publishedAt === null ? { draft: true } : {});

/** Bodies for WeCom's `setcheckinschedulist`, a month and at most 100 people each; `schedule_id` 0 is a day off. */
export const weComSchedules = (roster: RosterDocument) => ({
  api: 'setcheckinschedulist',
  ...draftOf(roster),
  shifts: shiftNumbers(roster),
  people: namesOf(roster),
  ...illOf(roster),
  calls: monthsOf(roster).flatMap((month) =>
    inParts(roster.people, mostPeople).map((people) => ({
      groupid: 0,
      yearmonth: monthNumber(month),
      items: rowsOf({ ...roster, people }, month).map(({ operator, date, shift }) => ({
        userid: operator,
        day: dayNumber(date),
        schedule_id: numberOf(roster, shift),
      })),
    })),
  ),
});

/** Bodies for Feishu's `user_daily_shifts/batch_create`, at most 50 rows each; shift `0` is a day off. */
export const feishuShifts = (roster: RosterDocument) => ({
  api: 'attendance/v1/user_daily_shifts/batch_create',
  ...draftOf(roster),
  shifts: shiftNumbers(roster),
  people: namesOf(roster),
  ...illOf(roster),
  calls: inParts(
    monthsOf(roster).flatMap((month) => rowsOf(roster, month)),
    mostRows,
  ).map((rows) => ({
    user_daily_shifts: rows.map(({ operator, date, shift }) => ({
      group_id: '0',
      shift_id: String(numberOf(roster, shift)),
      month: monthNumber(date.slice(0, 7)),
      user_id: operator,
      day_no: dayNumber(date),
    })),
  })),
});

/** People and days on a printed page: as many as leave room for the hours of each. */
const peopleAPage = 20;
const daysAPage = 14;

const style = `@page{size:A4 landscape;margin:8mm}*{box-sizing:border-box}
body{font:11px/1.25 ${printFonts};margin:0;color:#000}
section{break-after:page;padding:4px;break-inside:avoid;position:relative}section:last-child{break-after:auto}
h1{font-size:14px;margin:0 0 4px}p{margin:2px 0 6px}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #555;text-align:center;padding:1px 0;height:29px;overflow:hidden}
td b,td i{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}td i{font-style:normal;font-size:9.5px}
th:first-child,td:first-child{width:104px;text-align:left;padding-left:3px}
th.tier,td.tier{width:72px;text-align:left;padding-left:3px;font-size:9px;line-height:1}
th::first-letter{text-transform:uppercase}td.tier div{max-height:27px;overflow:hidden}th.hours,td.hours{width:42px;font-size:10px}th.hours{font-size:8.5px;font-weight:400;white-space:nowrap}
.week th:first-child,.week td:first-child{width:150px}.week th.tier,.week td.tier{width:112px}
th.rest{background:#dedede}.night{color:#fff}.leave{background:repeating-linear-gradient(45deg,#fff 0 3px,#bbb 3px 4px)}
.draft{position:absolute;inset:0;display:flex;align-items:center;justify-content:center;font-size:150px;font-weight:700;letter-spacing:.1em;color:#000;opacity:.13;transform:rotate(-24deg);pointer-events:none}
@media print{*{print-color-adjust:exact}}`;

/**
 * The wall sheet: A4 pages, landscape, of at most 20 people and two weeks, as even as they go, each by name with the shift and from when to
 * when they work; letters and greys that photocopy. When it was published (or made) and last changed tells two sheets apart.
 */
export const rosterHtml = (
  roster: RosterDocument,
  language: Language,
  changes: readonly RosterChange[] = [],
): string => {
  const words = spoken(rosterWords, language);
  const rows = wallRows(roster, language);
  const parts = (all: number, most: number): (readonly [from: number, until: number])[] =>
    Array.from({ length: Math.max(1, Math.ceil(all / most)) }, (_, at) => [at * most, (at + 1) * most]);
  const sheets = Math.max(1, Math.ceil(rows.length / peopleAPage));
  const pages = parts(rows.length, Math.ceil(rows.length / sheets) || 1).flatMap((people) =>
    parts(roster.days.length, daysAPage).map((days) => ({ people, days })),
  );
  const { date, dayOfMonth } = figuresOf(language);
  // A sheet with some of the days has the hours of all.
  const ofDays =
    roster.days.length > daysAPage ? [dayOfMonth(roster.from), `– ${dayOfMonth(roster.to)}`] : [];
  const hours = [words.hours, ...ofDays].map(escapeHtml).join('<br>');
  const name = `${inLanguage(roster.hotline.name, language)} · ${words.sheet} ${date(roster.from)} – ${date(roster.to)}`;
  const title = titledAsDraft(roster, name, language);
  const since = roster.publishedAt ?? roster.createdAt;
  const changed = changes.findLast(({ at, moves }) => moves.length > 0 && at > since)?.at;
  const instant = (at: string): string => figuresOf(language).instant(at, roster.hotline.zone);
  const standing = words[roster.publishedAt === null ? 'draftMade' : 'publishedAt']({
    at: instant(since),
    changed: changed === undefined ? null : instant(changed),
  });
  const mark =
    roster.publishedAt === null
      ? `<div class="draft" aria-hidden="true">${escapeHtml(words.draft.toUpperCase())}</div>`
      : '';
  const sections = pages.map(({ people, days }, page) => {
    const head = [
      `<th>${escapeHtml(words.name)}</th><th class="tier">${escapeHtml(words.tier)}</th>`,
      ...roster.days
        .slice(...days)
        .map(
          ({ date, weekday, holiday }, at) =>
            `<th class="${weekday > 5 || holiday !== null ? 'rest' : ''}">${dayOf(date, at, language)}<br>${escapeHtml(words.weekdays[weekday - 1] ?? '')}</th>`,
        ),
      `<th class="hours">${hours}</th>`,
    ].join('');
    const lines = rows
      .slice(...people)
      .map((row) => rowOf(roster, { ...row, cells: row.cells.slice(...days) }, language));
    return `<section>${mark}<h1>${escapeHtml(title)} · ${page + 1}/${pages.length}</h1>
<p>${escapeHtml(`${standing}  ${legendOf(roster, language)}  ${words.timesInCells}`).replaceAll('  ', ' · ')}</p>
<table${roster.days.length > 7 ? '' : ' class="week"'}><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table></section>`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>${sections.join('\n')}</body></html>\n`;
};

/** The day of the month, with its month where that begins. */
const dayOf = (date: string, at: number, language: Language): string =>
  at === 0 || date.endsWith('-01') ? figuresOf(language).dayOfMonth(date) : String(Number(date.slice(8)));

const rowOf = (roster: RosterDocument, row: WallRow, language: Language): string => {
  const cells = row.cells.map((cell) => {
    const letter = escapeHtml(cellLetter(roster, cell, language));
    if (cell === 'off') return '<td></td>';
    if (cell === 'leave') return `<td class="leave">${letter}</td>`;
    const night = roster.shifts[cell.shift]?.night === true ? ' class="night"' : '';
    const times = escapeHtml(`${cell.start}–${cell.end}`);
    return `<td${night} style="background:${cellShade(roster, cell) ?? '#fff'}"><b>${letter}</b><i>${times}</i></td>`;
  });
  const who =
    row.name === ''
      ? escapeHtml(row.operator)
      : `<b>${escapeHtml(row.name)}</b><i>${escapeHtml(row.operator)}</i>`;
  return `<tr><td>${who}</td><td class="tier"><div>${escapeHtml(row.tier)}</div></td>${cells.join('')}<td class="hours">${row.hours}</td></tr>`;
};
