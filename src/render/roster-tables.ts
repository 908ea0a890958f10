import type { RosterDocument } from '../contract/documents/roster-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { speak } from '../words/speak.ts';
import { rosterWords } from '../words/terminal/roster.ts';
import { tableOf, type Table } from './table.ts';

export type TitledTable = Table & { readonly title: string };

/** Duties and pinned days off row by row, with the headings that ingest reads: what goes out comes in again. */
export const dutyTable = (
  { duties, pinnedDaysOff = [] }: RosterDocument,
  language: Language,
): TitledTable => {
  const words = spoken(rosterWords, language);
  const off = { shift: words.off, start: null, end: null, tier: null, pinned: true };
  return {
    ...tableOf(
      [...duties, ...pinnedDaysOff.map((day) => ({ ...day, ...off }))],
      [
        [words.operator, 'text', ({ operator }) => operator],
        [words.date, 'date', ({ date }) => date],
        [words.shift, 'text', ({ shift }) => shift],
        [words.start, 'time', ({ start }) => start],
        [words.end, 'time', ({ end }) => end],
        [words.tier, 'text', ({ tier }) => tier],
        [words.pinned, 'text', ({ pinned }) => (pinned ? words.yes : null)],
      ],
    ),
    title: words.sheet,
  };
};

/** A line of the wall sheet: a person and their cells, day by day. */
export interface WallRow {
  readonly operator: string;
  readonly tier: string;
  readonly team: string;
  readonly hours: number;
  /** Index of the shift; `off` and `leave` otherwise. */
  readonly cells: readonly (number | 'off' | 'leave')[];
}

export const wallRows = (roster: RosterDocument, language: Language): WallRow[] => {
  const shiftAt = new Map(roster.shifts.map(({ shift }, at) => [shift, at]));
  const byDay = new Map(roster.duties.map((duty) => [`${duty.operator} ${duty.date}`, duty]));
  const tierNames = new Map(roster.tiers.map(({ tier, name }) => [tier, inLanguage(name, language)]));
  return roster.people.map(({ operator, tier, team, hours, away }) => ({
    operator,
    tier: tierNames.get(tier ?? '') ?? tier ?? '',
    team: team ?? '',
    hours,
    cells: roster.days.map(({ date }) => {
      const duty = byDay.get(`${operator} ${date}`);
      if (duty !== undefined) return shiftAt.get(duty.shift) ?? 'off';
      return away.includes(date) ? 'leave' : 'off';
    }),
  }));
};

export const cellText = (
  roster: RosterDocument,
  cell: WallRow['cells'][number],
  language: Language,
): string => {
  if (cell === 'off') return '';
  if (cell === 'leave') return spoken(rosterWords, language).leave;
  const letter = roster.shifts[cell]?.letter;
  return letter === undefined ? '' : inLanguage(letter, language);
};

/** Greys that a copier keeps apart, nights darkest; the letter says the rest. */
const shades = ['#ffffff', '#efefef', '#dedede', '#cfcfcf', '#f7f7f7', '#e6e6e6', '#d7d7d7'];
const nightShade = '#3a3a3a';

/** The colour behind a duty; null on days off and away. */
export const cellShade = (roster: RosterDocument, cell: WallRow['cells'][number]): string | null => {
  if (typeof cell === 'string') return null;
  return roster.shifts[cell]?.night === true ? nightShade : (shades[cell % shades.length] ?? null);
};

/** People by days, a letter a cell. */
export const wallTable = (roster: RosterDocument, language: Language): TitledTable => {
  const words = spoken(rosterWords, language);
  const days = roster.days.map(
    ({ date, weekday }) => `${date.slice(5)} ${words.weekdays[weekday - 1] ?? ''}`,
  );
  const text = (heading: string) => ({ heading, kind: 'text' as const });
  const rows = wallRows(roster, language);
  return {
    title: words.wallSheet,
    columns: [
      ...[words.operator, words.tier, words.team, ...days].map(text),
      { heading: words.hours, kind: 'hours:1' },
    ],
    fills: rows.map(({ cells }) => [null, null, null, ...cells.map((cell) => cellShade(roster, cell)), null]),
    rows: rows.map(({ operator, tier, team, cells, hours }) => [
      operator,
      tier,
      team,
      ...cells.map((cell) => cellText(roster, cell, language)),
      hours,
    ]),
  };
};

/** Day by day: people wanted, on duty, away, and how many more may be. */
export const coverTable = (roster: RosterDocument, language: Language): TitledTable => {
  const words = spoken(rosterWords, language);
  return {
    ...tableOf(roster.days, [
      [words.date, 'text', ({ date, weekday }) => `${date} ${words.weekdays[weekday - 1] ?? ''}`],
      [words.required, 'operators', ({ required }) => required],
      [words.onDuty, 'operators', ({ onDuty }) => onDuty],
      [words.missing, 'operators', ({ missing }) => missing],
      [words.away, 'operators', ({ away }) => away],
      [words.moreAway, 'operators', ({ moreAway }) => moreAway],
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
