import { dutiesWorked, type RosterDocument } from '../contract/documents/roster-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { speak } from '../words/speak.ts';
import { rosterWords } from '../words/terminal.ts';
import { type Column, tableOf, type Table } from './table.ts';

export type TitledTable = Table & { readonly title: string };

/** A title that says of a draft that it is one: nobody takes it for the roster that stands. */
export const titledAsDraft = (
  { publishedAt }: Pick<RosterDocument, 'publishedAt'>,
  title: string,
  language: Language,
): string => (publishedAt === null ? `${spoken(rosterWords, language).draft} · ${title}` : title);

/**
 * Duties, what was worked of one before its person fell ill, and pinned days off row by row, with the headings that
 * ingest reads: what goes out comes in again.
 */
export const dutyTable = (roster: RosterDocument, language: Language): TitledTable => {
  const { people, pinnedDaysOff = [] } = roster;
  const worked = dutiesWorked(roster).map((duty) => ({ ...duty, illFrom: duty.illFrom ?? null }));
  const words = spoken(rosterWords, language);
  const off = { shift: words.off, start: null, end: null, tier: null, pinned: true, illFrom: null };
  const names = new Map(people.map(({ operator, name }) => [operator, name]));
  return {
    ...tableOf(
      [...worked, ...pinnedDaysOff.map((day) => ({ ...day, ...off }))],
      [
        [words.operator, 'text', ({ operator }) => operator],
        [words.date, 'date', ({ date }) => date],
        [words.shift, 'text', ({ shift }) => shift],
        [words.start, 'time', ({ start }) => start],
        [words.end, 'time', ({ end }) => end],
        [words.tier, 'text', ({ tier }) => tier],
        [words.pinned, 'text', ({ pinned }) => (pinned ? words.yes : null)],
        [words.name, 'text', ({ operator }) => names.get(operator) ?? null],
        ...(roster.publishedAt === null
          ? [[words.status, 'text', () => words.draft] satisfies Column<object>]
          : []),
        [words.illFrom, 'time', ({ illFrom }) => illFrom],
      ],
    ),
    title: titledAsDraft(roster, words.sheet, language),
  };
};

/** A day of the wall sheet: the shift by its index and from when to when this very person works; `off` and `leave` otherwise. */
type WallCell = { readonly shift: number; readonly start: string; readonly end: string } | 'off' | 'leave';

/** A line of the wall sheet: a person and their cells, day by day. */
export interface WallRow {
  readonly operator: string;
  /** Empty where records have none. */
  readonly name: string;
  readonly tier: string;
  readonly team: string;
  readonly hours: number;
  readonly cells: readonly WallCell[];
}

export const wallRows = (roster: RosterDocument, language: Language): WallRow[] => {
  const shiftAt = new Map(roster.shifts.map(({ shift }, at) => [shift, at]));
  const byDay = new Map(dutiesWorked(roster).map((duty) => [`${duty.operator} ${duty.date}`, duty]));
  const tierNames = new Map(roster.tiers.map(({ tier, name }) => [tier, inLanguage(name, language)]));
  return roster.people.map(({ operator, name = '', tier, team, hours, away }) => ({
    operator,
    name,
    tier: tierNames.get(tier ?? '') ?? tier ?? '',
    team: team ?? '',
    hours,
    cells: roster.days.map(({ date }) => {
      const duty = byDay.get(`${operator} ${date}`);
      const shift = shiftAt.get(duty?.shift ?? '');
      if (duty !== undefined)
        return shift === undefined ? 'off' : { shift, start: duty.start, end: duty.end };
      return away.includes(date) ? 'leave' : 'off';
    }),
  }));
};

/** The letter of a cell's shift, or the one for leave. */
export const cellLetter = (roster: RosterDocument, cell: WallCell, language: Language): string => {
  if (cell === 'off') return '';
  if (cell === 'leave') return spoken(rosterWords, language).leave;
  const letter = roster.shifts[cell.shift]?.letter;
  return letter === undefined ? '' : inLanguage(letter, language);
};

/** Greys that a copier keeps apart, nights darkest; the letter says the rest. */
const shades = ['#ffffff', '#efefef', '#dedede', '#cfcfcf', '#f7f7f7', '#e6e6e6', '#d7d7d7'];
const nightShade = '#3a3a3a';

/** The colour behind a duty; null on days off and away. */
export const cellShade = (roster: RosterDocument, cell: WallCell): string | null => {
  if (typeof cell === 'string') return null;
  return roster.shifts[cell.shift]?.night === true
    ? nightShade
    : (shades[cell.shift % shades.length] ?? null);
};

/** What a cell says of a person's day: the shift's letter alone, or with it from when to when they work. */
type CellWords = 'letters' | 'times';

/** A kind of shift without the hour that its name may end with, where its times stand beside it. */
export const kindName = (name: string): string => name.replace(/ \d\d:\d\d$/, '');

/** Columns of the wall sheet before its days. */
export const wallLead = 4;

/** People by days. */
export const wallTable = (roster: RosterDocument, language: Language, say: CellWords): TitledTable => {
  const words = spoken(rosterWords, language);
  const days = roster.days.map(
    ({ date, weekday }) => `${date.slice(5)} ${words.weekdays[weekday - 1] ?? ''}`,
  );
  const text = (heading: string) => ({ heading, kind: 'text' as const });
  const rows = wallRows(roster, language);
  const cellText = (cell: WallCell): string => {
    const letter = cellLetter(roster, cell, language);
    return say === 'letters' || typeof cell === 'string' ? letter : `${letter} ${cell.start}–${cell.end}`;
  };
  const fills = rows.map(({ cells }) => cells.map((cell) => cellShade(roster, cell)));
  return {
    title: titledAsDraft(roster, words.wallSheet, language),
    columns: [
      ...[words.operator, words.name, words.tier, words.team, ...days].map(text),
      { heading: words.hours, kind: 'hours:1' },
    ],
    fills: fills.map((own) => [...Array.from({ length: wallLead }, () => null), ...own, null]),
    rows: rows.map(({ operator, name, tier, team, cells, hours }) => [
      operator,
      name,
      tier,
      team,
      ...cells.map(cellText),
      hours,
    ]),
  };
};

type Day = RosterDocument['days'][number];

/** Operator-hours that each day is short of what the targets require, as far as the roster says. */
export const shortByDate = ({
  projection,
}: Pick<RosterDocument, 'projection'>): ReadonlyMap<string, number> =>
  new Map(
    projection.flatMap(({ targets }) =>
      (targets?.days ?? []).map(({ date, shortHours }) => [date, shortHours] as const),
    ),
  );

/** Who may still take leave on a day by its duties: nobody where its targets are short of hours already. */
export const leaveLeft = (short: ReadonlyMap<string, number>, date: string, moreAway: number): number =>
  (short.get(date) ?? 0) >= 0.05 ? 0 : moreAway;

/** Day by day: shifts to fill, on duty, away, and how many more may be. */
export const coverTable = (roster: RosterDocument, language: Language): TitledTable => {
  const words = spoken(rosterWords, language);
  const short = shortByDate(roster);
  return {
    ...tableOf(roster.days, [
      [words.date, 'text', ({ date, weekday }) => `${date} ${words.weekdays[weekday - 1] ?? ''}`],
      [words.required, 'operators', ({ required }) => required],
      [words.onDuty, 'operators', ({ onDuty }) => onDuty],
      [words.missing, 'operators', ({ missing }) => missing],
      [words.away, 'operators', ({ away }) => away],
      [words.moreAway, 'operators', ({ date, moreAway }) => leaveLeft(short, date, moreAway)],
      ...(short.size === 0
        ? []
        : [[words.short, 'hours:1', ({ date }) => short.get(date) ?? null] satisfies Column<Day>]),
    ]),
    title: words.onDuty,
  };
};

/** Rules broken, a line a rule. */
export const brokenTable = (broken: RosterDocument['broken'], language: Language): TitledTable => {
  const words = spoken(rosterWords, language);
  const speech = speak(language, 'terminal');
  const groups = [...Map.groupBy(broken, ({ said, hard }) => `${String(hard)} ${speech.say(said)}`).values()];
  const named = (group: RosterDocument['broken']): string => {
    const names = [...new Set(group.flatMap(({ operators }) => operators))];
    return `${speech.list(names.slice(0, 6))}${names.length > 6 ? ' …' : ''}`;
  };
  return {
    ...tableOf(groups, [
      [
        words.rule,
        'text',
        ([first]) =>
          first === undefined ? '' : `${speech.say(first.said)}${first.hard ? ` (${words.hard})` : ''}`,
      ],
      [words.times, 'number:0', (group) => group.length],
      [words.cost, 'number', (group) => group.reduce((sum, { cost }) => sum + cost, 0)],
      [words.who, 'text', named],
    ]),
    title: words.rulesBroken,
  };
};
