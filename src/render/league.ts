import type { RankDocument } from '../contract/documents/rank-document.ts';
import { type Language, languages } from '../kernel/text.ts';
import { meanOf } from '../kernel/statistics.ts';
import { nameIn } from '../words/figures.ts';
import { messages } from '../words/messages.ts';
import { spoken } from '../words/phrases.ts';
import { csvOf } from './csv.ts';

export type Hotline = RankDocument['hotlines'][number];
export type BandName = Hotline['band'];

/** Best first. */
export const bands = ['hot', 'warm', 'cold', 'dead'] as const satisfies readonly BandName[];

export const groupings = ['province', 'region', 'cityTier'] as const;
export type Grouping = (typeof groupings)[number];

/** What a hotline has or has not; null where the list of hotlines does not say. */
export const traits = ['roundTheClock', 'smartVoice', 'enterpriseLine'] as const;
type Trait = (typeof traits)[number];

export const moves = ['up', 'down', 'beyond'] as const;
type Move = (typeof moves)[number];

/** What the reader wants to see; an empty string leaves a column open. */
export interface Filter extends Readonly<Record<Trait, '' | 'yes' | 'no'>> {
  readonly search: string;
  readonly province: string;
  readonly region: string;
  readonly cityTier: string;
  readonly band: '' | BandName;
  readonly move: '' | Move;
  readonly seconds: '' | 'met' | 'missed';
}

/** The filter with every column open that is not given. */
export const filterOf = (given: {
  readonly [Column in keyof Filter]?: Filter[Column] | undefined;
}): Filter => {
  const {
    search = '',
    province = '',
    region = '',
    cityTier = '',
    band = '',
    move = '',
    seconds = '',
  } = given;
  const { roundTheClock = '', smartVoice = '', enterpriseLine = '' } = given;
  const having = { roundTheClock, smartVoice, enterpriseLine };
  return { search, province, region, cityTier, ...having, band, move, seconds };
};

/** Steps up in band since the period before; negative: down; null: not monitored then. */
export const stepsUp = ({ band, previousBand }: Pick<Hotline, 'band' | 'previousBand'>): number | null =>
  previousBand === null ? null : bands.indexOf(previousBand) - bands.indexOf(band);

const movedAs = (row: Hotline, move: Move): boolean => {
  const steps = stepsUp(row) ?? 0;
  return move === 'beyond' ? row.moveBeyondChance === true : move === 'up' ? steps > 0 : steps < 0;
};

/** Whether a province, region or city tier is the one asked for, as it is in the data or as it is read. */
const isNamed = (name: string | null, asked: string): boolean =>
  name !== null && (name === asked || languages.some((language) => nameIn(name, language) === asked));

/** Where a line is and of what kind: 'Province 02 · Region 1 · Class A'; empty where nothing is known. */
export const placeIn = (row: Pick<Hotline, Grouping>, language: Language): string =>
  groupings.flatMap((key) => (row[key] === null ? [] : [nameIn(row[key], language)])).join(' · ');

/** Lines that pass every open or matching column; one whose trait is not known is neither with nor without it. */
export const filterHotlines = (rows: readonly Hotline[], filter: Filter): Hotline[] => {
  const sought = filter.search.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (sought === '' || `${row.name} ${row.hotline}`.toLowerCase().includes(sought)) &&
      groupings.every((key) => filter[key] === '' || isNamed(row[key], filter[key])) &&
      traits.every((key) => filter[key] === '' || row[key] === (filter[key] === 'yes')) &&
      (filter.band === '' || row.band === filter.band) &&
      (filter.move === '' || movedAs(row, filter.move)) &&
      (filter.seconds === '' || row.meetsSecondsStandard === (filter.seconds === 'met')),
  );
};

/**
 * Chance that the next monitoring finds the line in a lower band than now, earlier periods weighed in where the table
 * tells it, else by this period alone; 0 for a line already dead.
 */
export const fallChance = ({
  band,
  bandChances,
  risk,
}: Pick<Hotline, 'band' | 'bandChances' | 'risk'>): number =>
  risk?.fallChance ??
  bands.slice(bands.indexOf(band) + 1).reduce((sum, lower) => sum + bandChances[lower], 0);

interface Group {
  readonly name: string;
  readonly hotlines: number;
  /** Connected of test calls, all lines of the group together; null without a test call. */
  readonly connectionRate: number | null;
  readonly meanSeconds: number | null;
  /** Lines that meet the seconds standard, of those whose seconds are known. */
  readonly met: number;
  readonly judged: number;
  readonly inBand: Readonly<Record<BandName, number>>;
}

const groupOf = (name: string, rows: readonly Hotline[]): Group => {
  const tests = rows.reduce((sum, row) => sum + row.testCalls, 0);
  const seconds = rows.flatMap((row) => (row.meanSeconds === null ? [] : [row.meanSeconds]));
  const count = (band: BandName): number => rows.filter((row) => row.band === band).length;
  return {
    name,
    hotlines: rows.length,
    connectionRate: tests > 0 ? rows.reduce((sum, row) => sum + row.connected, 0) / tests : null,
    meanSeconds: seconds.length > 0 ? meanOf(seconds) : null,
    met: rows.filter((row) => row.meetsSecondsStandard === true).length,
    judged: rows.filter((row) => row.meetsSecondsStandard !== null).length,
    inBand: { hot: count('hot'), warm: count('warm'), cold: count('cold'), dead: count('dead') },
  };
};

/** Lines by province, region or city tier, best connection rate first; lines without one stand under ''. */
export const groupHotlines = (rows: readonly Hotline[], by: Grouping): Group[] =>
  [...Map.groupBy(rows, (row) => row[by] ?? '')]
    .map(([name, own]) => groupOf(name, own))
    .sort((a, b) => (b.connectionRate ?? -1) - (a.connectionRate ?? -1) || a.name.localeCompare(b.name));

/** Traits that tell some of the lines from others. */
export const informativeTraits = (rows: readonly Hotline[]): Trait[] =>
  traits.filter((key) => new Set(rows.map((row) => row[key])).size > 1);

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);

/** The league table as CSV with a byte-order mark; rates and chances are fractions, yes and no are 1 and 0. */
export const rankingCsv = (rows: readonly Hotline[], standardSeconds: number, language: Language): string =>
  csvOf([
    spoken(messages('report-ranking'), language).heads({ standard: standardSeconds }),
    ...rows.map((row) => [
      row.rank,
      row.rankLow,
      row.rankHigh,
      nameIn(row.name, language),
      ...[row.province, row.region, row.cityTier].map((one) => (one === null ? null : nameIn(one, language))),
      flag(row.roundTheClock),
      flag(row.smartVoice),
      flag(row.enterpriseLine),
      row.testCalls,
      row.connected,
      row.connectionRate,
      row.low,
      row.high,
      row.band,
      row.previousBand,
      flag(row.moveBeyondChance),
      fallChance(row),
      row.meanSeconds,
      flag(row.meetsSecondsStandard),
      row.score,
    ]),
  ]);
