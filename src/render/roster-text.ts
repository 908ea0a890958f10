import type {
  RepairDocument,
  RosterChange,
  RosterCheckDocument,
  RosterDocument,
  SwapDocument,
} from '../contract/documents/roster-document.ts';
import { inLanguage, type Language, type Text } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { speak } from '../words/speak.ts';
import { rosterWords } from '../words/terminal.ts';
import { figuresOf } from '../words/figures.ts';
import { hoursTable } from './hours-table.ts';
import { rosterTargets } from './week-answer.ts';
import { brokenTable, coverTable, wallLead, wallTable, type TitledTable } from './roster-tables.ts';
import type { Table } from './table.ts';
import { terminalRows, terminalTable } from './terminal-table.ts';

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
    return `${inLanguage(letter, language)} ${inLanguage(name, language)} ${words.startsAt({ span })}`;
  });
  return `${words.legend}: ${[...shifts, `${words.leave} ${words.away}`].join('  ')}`;
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

/** Names of shifts by their keys: a roster's, or those of the shifts' model. */
/** What shifts and people are called. */
interface RosterNames {
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
  if (repair.candidates.length === 0) return `${heading}\n\n${words.nobody}`;
  const table = terminalRows(
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
          broken.map(({ said, hard }) => `${speech.say(said)}${hard ? ` (${words.hard})` : ''}`).join('; '),
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

const movesText = (moves: RosterChange['moves'], names: RosterNames, language: Language): string => {
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

export const changesText = (
  changes: readonly RosterChange[],
  names: RosterNames,
  language: Language,
): string => {
  const words = spoken(rosterWords, language);
  return changes
    .map(({ at, roster, why, by = '', moves }) =>
      [
        words.changes({ at, roster, why, by }),
        ...(moves.length === 0 ? [] : [`  ${movesText(moves, names, language)}`]),
      ].join('\n'),
    )
    .join('\n');
};
