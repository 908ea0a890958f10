import {
  type RepairDocument,
  type RosterChange,
  type RosterCheckDocument,
  type RosterDocument,
  type SwapDocument,
  dutiesWorked,
} from '../contract/documents/roster-document.ts';
import { inLanguage, type Language, type Text } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { speak } from '../words/speak.ts';
import { rosterWords } from '../words/terminal.ts';
import { figuresOf } from '../words/figures.ts';
import { hoursTable } from './hours-table.ts';
import { rosterTargets } from './week-answer.ts';
import { type Table, type Column, tableOf } from './table.ts';
import { terminalRows, terminalTable } from './terminal-table.ts';

type TitledTable = Table & { readonly title: string };

/** A title that says of a draft that it is one: nobody takes it for the roster in force. */
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

/** A kind of shift without the hour that its name may end with, where its times are beside it. */
export const kindName = (name: string): string => name.replace(/ \d\d:\d\d$/, '');

/** Columns of the wall sheet before its days. */
const wallLead = 4;

/** People by days. */
export const wallTable = (roster: RosterDocument, language: Language, say: CellWords): TitledTable => {
  const words = spoken(rosterWords, language);
  const days = roster.days.map(
    ({ date, weekday }) => `${figuresOf(language).dayOfMonth(date)} ${words.weekdays[weekday - 1] ?? ''}`,
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

const withoutTitle = ({ title, ...table }: TitledTable): Table => {
  void title;
  return table;
};

/** Places of a wall sheet at the terminal: a week fits in its width. */
const daysAcross = 7;

/** A roster for the terminal: people by days week by week, cover, rules, what callers meet. */
export const rosterText = (roster: RosterDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const speech = speak(language, 'terminal');
  return [
    headingOf(roster, language),
    ...[rosterTargets(roster) ?? []].flat().map((said) => speech.say(said)),
    words.costs({ total: roster.cost.total, bound: roster.cost.bound, gap: roster.cost.gap }),
    legendOf(roster, language),
    ...weeksOf(roster, language),
    terminalTable(withoutTitle(coverTable(roster, language)), language),
    roster.broken.length === 0
      ? `${words.rulesBroken}: ${words.none}`
      : terminalTable(withoutTitle(brokenTable(roster.broken, language)), language),
    ...(roster.uncovered.length === 0 ? [] : [uncoveredText(roster, language)]),
    projectionText(roster, language),
    ...(roster.chain === undefined
      ? []
      : [
          terminalTable(
            hoursTable(
              roster.chain.map(({ week, steps }) => ({ name: week, steps })),
              language,
            ),
            language,
          ),
        ]),
    ...leaveText(roster, language),
    roster.notices.map((said) => `- ${speech.say(said)}`).join('\n'),
  ].join('\n\n');
};

/** A roster's first week beside its counts: people by days, then what each day requires and has. */
export const weekText = (roster: RosterDocument, language: Language): string =>
  [
    headingOf(roster, language),
    legendOf(roster, language),
    ...weeksOf(roster, language, 1),
    terminalTable(withoutTitle(coverTable(roster, language)), language),
  ].join('\n\n');

/** What roster it is, in one line. */
export const headingOf = (roster: RosterDocument, language: Language): string =>
  spoken(rosterWords, language).heading({
    from: roster.from,
    to: roster.to,
    people: roster.people.length,
    duties: roster.duties.length,
    missing: roster.uncovered.reduce((sum, { operators }) => sum + operators, 0),
    rules: inLanguage(roster.profile.name, language),
    isPublished: roster.publishedAt !== null,
    isMadeUp: roster.hotline.madeUp,
  });

/** Which letter is which shift, with its starts. */
export const legendOf = (roster: RosterDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const shifts = roster.shifts.map(({ letter, name, starts }) => {
    const [first, last] = [starts[0] ?? '', starts.at(-1) ?? ''];
    const span = first === last ? first : `${first}–${last}`;
    return `${inLanguage(letter, language)} ${kindName(inLanguage(name, language))}${words.startsAt({ span })}`;
  });
  return `${words.legend}${[...shifts, `${words.leave} ${words.away}`].join('  ')}`;
};

/** The week by name: who has which shift, a letter a day. */
const weeksOf = (roster: RosterDocument, language: Language, most = Infinity): string[] => {
  const { columns, rows } = wallTable(roster, language, 'letters');
  const first = wallLead;
  const days = columns.length - first - 1;
  const weeks = Math.min(most, Math.ceil(days / daysAcross));
  return Array.from({ length: weeks }, (_, week) => {
    const from = first + week * daysAcross;
    const until = Math.min(first + days, from + daysAcross);
    const part = <One>(row: readonly One[]): One[] => [
      ...row.slice(0, 1),
      ...row.slice(2, 3),
      ...row.slice(from, until),
    ];
    return terminalTable({ columns: part(columns), rows: rows.map(part) }, language);
  });
};

/** What shifts and people are called by their keys: a roster's, or those of the models. */
export interface RosterNames {
  readonly shifts: readonly { readonly shift: string; readonly name: Text }[];
  readonly people: readonly { readonly operator: string; readonly name?: string | undefined }[];
}

/** A person by name, with the number that options take. */
export const personIn = ({ people }: Pick<RosterNames, 'people'>, operator: string): string => {
  const name = people.find((one) => one.operator === operator)?.name;
  return name === undefined ? operator : `${name} ${operator}`;
};

const nameIn = (shifts: RosterNames['shifts'], shift: string, language: Language): string => {
  const found = shifts.find((one) => one.shift === shift);
  return found === undefined ? shift : inLanguage(found.name, language);
};

/** Most open duties that are listed one by one. */
const mostOpen = 20;

const uncoveredText = (roster: RosterDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const rest = roster.uncovered.length - mostOpen;
  const table = terminalRows(language, roster.uncovered.slice(0, mostOpen), [
    [words.date, 'date', ({ date }) => date],
    [words.shift, 'text', ({ shift }) => nameIn(roster.shifts, shift, language)],
    [words.tier, 'text', ({ tier }) => tierName(roster, tier, language)],
    [words.missing, 'operators', ({ operators }) => operators],
    [words.hours, 'hours:1', ({ hours }) => hours],
    [words.callersMeet, 'share', ({ connectionRate }) => connectionRate],
  ]);
  return rest > 0 ? `${table}\n… +${rest}` : table;
};

const tierName = ({ tiers }: RosterDocument, tier: string, language: Language): string => {
  const found = tiers.find((one) => one.tier === tier);
  return found === undefined ? tier : inLanguage(found.name, language);
};

const projectionText = (roster: RosterDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const [wanted] = roster.projection.flatMap(({ targets }) => targets?.wanted ?? []);
  return terminalRows(language, roster.projection, [
    [words.week, 'text', ({ week }) => week],
    [words.planned, 'share', ({ planned }) => planned],
    [words.projected, 'share', ({ roster: rate }) => rate],
    [
      // Older rosters do not say within how many seconds.
      wanted === undefined ? words.rateInTime : words.serviceLevel({ seconds: wanted.seconds }),
      'share',
      ({ serviceLevel }) => serviceLevel,
    ],
  ]);
};

/** Leave that is asked for, with what it would do. */
const leaveText = ({ leaveAsked = [] }: RosterDocument, language: Language): string[] =>
  leaveAsked.length === 0
    ? []
    : [leaveAsked.map(({ said }) => `- ${speak(language, 'terminal').say(said)}`).join('\n')];

/** Who could step in, the best first. */
export const repairText = (repair: RepairDocument, names: RosterNames, language: Language): string => {
  const words = spoken(rosterWords, language);
  const speech = speak(language, 'terminal');
  const figures = figuresOf(language);
  const heading = words.absent({
    operator: personIn(names, repair.absent.operator),
    date: repair.absent.date,
    shift: nameIn(names.shifts, repair.absent.shift ?? '', language),
    before: figures.percent(repair.connectionRate.before),
    empty: figures.percent(repair.connectionRate.empty),
  });
  const table =
    repair.candidates.length === 0
      ? words.nobody
      : terminalRows(
          language,
          [...repair.candidates.entries()],
          [
            ['', 'number:0', ([at]) => at + 1],
            [words.moves, 'text', ([, { moves }]) => movesText(moves, names, language)],
            [words.hours, 'signed:1', ([, { hours }]) => hours],
            [words.weekHours, 'hours:1', ([, { standIn }]) => standIn?.weekHours ?? null],
            [words.rest, 'text', ([, { standIn }]) => restText(standIn, language)],
            [
              words.wages,
              'text',
              ([, { standIn }]) => figures.money(standIn?.wages ?? null, repair.currency ?? null),
            ],
            [words.projected, 'share', ([, { connectionRate }]) => connectionRate],
            [
              words.rulesBroken,
              'text',
              ([, { broken }]) =>
                broken
                  .map(({ said, hard }) => `${speech.say(said)}${hard ? ` (${words.hard})` : ''}`)
                  .join('; '),
            ],
          ],
        );
  return [heading, table, ...(repair.taken === null ? [] : [words.taken({ taken: repair.taken })])].join(
    '\n\n',
  );
};

/** Hours of rest before and after: `14 / 16`. */
const restText = (standIn: RepairDocument['candidates'][number]['standIn'], language: Language): string => {
  const { decimal } = figuresOf(language);
  return [standIn?.restBeforeHours, standIn?.restAfterHours]
    .map((hours) => decimal(hours ?? null, 1))
    .join(' / ');
};

export const movesText = (moves: RosterChange['moves'], names: RosterNames, language: Language): string => {
  const words = spoken(rosterWords, language);
  const off = (shift: string): string =>
    shift === 'off' ? words.off : nameIn(names.shifts, shift, language);
  return moves
    .map(({ operator, date, before, after }) =>
      words.move({ operator: personIn(names, operator), date, before: off(before), after: off(after) }),
    )
    .join('; ');
};

export const swapText = (swap: SwapDocument, names: RosterNames, language: Language): string => {
  const words = spoken(rosterWords, language);
  return [
    words.swap({ allowed: swap.allowed, taken: swap.taken, cost: figuresOf(language).signed(swap.cost, 1) }),
    movesText(swap.moves, names, language),
    ...(swap.broken.length === 0
      ? []
      : [terminalTable(withoutTitle(brokenTable(swap.broken, language)), language)]),
  ].join('\n\n');
};

export const checkText = (check: RosterCheckDocument, language: Language): string => {
  const words = spoken(rosterWords, language);
  const hard = check.broken.filter((one) => one.hard).length;
  return [
    words.checked({
      from: check.from,
      to: check.to,
      duties: check.duties,
      hard,
      priced: check.broken.length - hard,
      missing: check.uncovered.reduce((sum, { operators }) => sum + operators, 0),
    }),
    ...(check.broken.length === 0
      ? []
      : [terminalTable(withoutTitle(brokenTable(check.broken, language)), language)]),
  ].join('\n\n');
};

/** Changes of rosters, each with the number by which it is taken back: that of the first, and on from there. */
export const changesText = (
  changes: readonly RosterChange[],
  names: RosterNames,
  language: Language,
  first = 1,
): string => {
  const words = spoken(rosterWords, language);
  return changes
    .map(({ at, roster, why, by = '', moves }, k) =>
      [
        `${first + k}. ${words.changes({ at, roster, why, by })}`,
        ...(moves.length === 0 ? [] : [`  ${movesText(moves, names, language)}`]),
      ].join('\n'),
    )
    .join('\n');
};
