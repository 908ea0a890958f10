import type { DurationUnit } from '../../contract/duration-units.ts';
import { findingsOf, type NoValues, type Sayable } from '../../kernel/finding.ts';
import type { CallOutcome } from '../../kernel/records.ts';
import type { TrafficDoubt, DoubtedFigure } from '../../kernel/traffic-doubts.ts';
import type { WideHeadings } from '../ingest-limits.ts';
import type { SaidOf } from '../../kernel/said-values.ts';

/** Kinds of files that hold no table. */
export type OtherFile =
  | 'pdf'
  | 'word'
  | 'powerpoint'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'zip'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | '7z'
  | 'rar'
  | 'gzip-in-gzip'
  | 'parquet'
  | 'json'
  | 'sqlite'
  | 'program'
  | 'media'
  | 'audio'
  | 'prose'
  | 'web-page'
  | 'binary';

/** Names out of a file as far as they are listed, each shortened to what fits, and how many there are in all. */
export interface ShownNames {
  readonly shown: readonly string[];
  readonly all: number;
}

/** What can be wrong with a file as a whole, by rule, with what its sentences need. */
export interface FileProblems extends SaidOf<'file-problems'> {
  /** `likely`: what it looks like; null where nothing tells. */
  'encoding-not-told': { readonly likely: string | null };
  /** Test calls of a file that names no hotline. */
  'own-line-called': { readonly hotline: string };
  /** Forecasts of a file that says no model: its name. */
  'model-of-file': { readonly model: string };
  /** Forecasts of a file that does not say when they were made: when they are taken to be, wall clock. */
  'issue-assumed': { readonly issued: string };
  /** A hotline that a file writes otherwise than the list, and that it is taken for. */
  'hotline-read-as': { readonly said: string; readonly hotline: string };
  'unknown-encoding': { readonly label: string };
  /** Seconds of processor time. */
  'file-exceeds-time': { readonly most: number };
  'not-a-table': { readonly what: OtherFile };
  'sheets-left-out': { readonly sheets: ShownNames };
  /** Cells, megabytes, megabytes, seconds. */
  'workbook-exceeds-cells': { readonly most: number };
}

/** What can be wrong with a row or a cell, by rule, with what its sentences need. */
export interface RowProblems extends SaidOf<'row-problems'> {
  'outcome-guessed': { readonly outcome: CallOutcome };
  /** A forecast that was issued after the time it is for: it may have seen what came. */
  'issued-after-its-time': { readonly issued: string };
  /** Calls of a day that a model foresees are far from what the queue has had. */
  'unusual-forecast': {
    readonly model: string;
    readonly queue: string;
    readonly perDay: number;
    readonly usual: number;
    readonly confirmed: boolean;
  };
  /** `summed`: offered calls would be added up from it. */
  'missing-value': { readonly field: string; readonly summed: boolean };
  'unknown-queue': { readonly near: readonly string[] };
  'unusual-value': UnusualValue;
  /** The number is known, and who has it is called otherwise. */
  'name-of-another': { readonly operator: string; readonly known: string };
  /** Several on the books have the name: their numbers. */
  'name-of-several': { readonly operators: readonly string[] };
}

/** A value that its field can hardly have: the unit is misread, or it is mistyped. */
export interface UnusualValue {
  readonly field: string;
  /** Most that the field can have: seconds for durations. */
  readonly most: number;
  /** Unit that a duration was read in; null where the field is none. */
  readonly unit: DurationUnit | null;
  /** How many rows have such a value, and of how many where that matters; null where it is one row. */
  readonly rows: { readonly count: number; readonly of: number | null } | null;
  /** The user has confirmed that it is true. */
  readonly confirmed: boolean;
}

/** What of a column says which values it can have: its field, the most, and the unit of a duration. */
interface ColumnLimit {
  readonly spec: { readonly field: string; readonly type: string; readonly most?: number };
  readonly unit: DurationUnit;
}

/** A value beyond what its column can have. */
export const unusualValue = (
  { spec, unit }: ColumnLimit,
  rows: UnusualValue['rows'] = null,
  confirmed = false,
): UnusualValue => ({
  field: spec.field,
  most: spec.most ?? 0,
  unit: spec.type === 'seconds' ? unit : null,
  rows,
  confirmed,
});

/** What can be wrong with the columns of a file, or with the map of them, by rule, with what its sentences need. */
export interface ColumnProblems {
  'two-columns-for-field': { readonly taken: string; readonly other: string; readonly field: string };
  'two-columns-for-indicator': { readonly key: string };
  /** The file has the headings, or the cells, of a known export. */
  'preset-recognised': { readonly preset: string };
  /** What the title above a table says of every row. */
  'taken-from-title': { readonly said: readonly string[] };
  /** What is taken for handle time is likely talk alone. */
  'talk-for-handle': { readonly heading: string };
  /** A column of yes and no asks for the contrary of its field. */
  'asks-contrary': { readonly heading: string; readonly field: string };
  /** What is taken for calls that asked for an operator may count those that ended in the menu. */
  'all-calls-for-offered': { readonly heading: string };
  'zone-of-map-file': { readonly map: string; readonly hotline: string };
  'headings-garbled': NoValues;
  /** What each of the columns stands for. */
  'wide-table': { readonly by: WideHeadings };
  'columns-left-out': { readonly headings: ShownNames };
  /** Columns left out that look like what a plan then has to assume. */
  'needed-columns-left-out': { readonly headings: ShownNames; readonly assumed: 'handle-time' | 'patience' };
  /** Columns of one heading, counted from 1, whose cells differ. */
  'heading-repeated': { readonly columns: readonly string[] };
  'missing-column': { readonly field: string; readonly headings: ShownNames };
  'mapped-column-absent': { readonly field: string; readonly headings: ShownNames };
  /** Headings with the field that each was taken for. */
  'columns-guessed': {
    readonly columns: readonly { readonly heading: string; readonly field: string }[];
  };
  'map-file-shape': { readonly fault: Sayable };
  'map-file-field': { readonly fields: readonly string[] };
}

/** Where another row stands. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** What only the records of all files together show, by rule, with what its sentences need. */
export interface RecordProblems extends SaidOf<'record-problems'> {
  /** Columns that count from the beginning of the day on. */
  'running-sums': { readonly headings: readonly string[] };
  /** More queues than any hotline has. */
  'unusual-queues': { readonly queues: number; readonly names: readonly string[] };
  /** Calls rise through each day and begin anew with the next. */
  'unusual-running': { readonly queue: string };
  /** Days so far apart that they are totals of weeks or months. */
  'totals-not-days': { readonly by: 'week' | 'month' | 'longer' };
  'days-spread': { readonly days: number; readonly intervalMinutes: number };
  /** Rows that tell their time and leave every figure of calls blank. */
  'rows-without-calls': { readonly rows: number; readonly taken: 'zero' | 'gap' };
  /** Only the wait of answered calls stands in the file. */
  'abandoned-waits-assumed': { readonly heading: string };
  'conflicting-duplicates':
    | { readonly of: 'interval'; readonly queue: string; readonly start: string; readonly other: RowPlace }
    | { readonly of: 'record'; readonly other: RowPlace }
    | { readonly of: 'call' };
  'parts-above-whole': { readonly parts: string; readonly whole: string };
  'parts-above-whole-of-day': { readonly parts: string; readonly whole: string };
  /** The first of them by name, and how many there are. */
  'hotline-replaced': { readonly named: readonly string[]; readonly hotlines: number };
  'hotlines-added': { readonly named: readonly string[]; readonly hotlines: number };
}

/** What can be wrong with a bare series, beyond what any file can have, by rule. */
export interface SeriesProblems {
  'bad-interval': { readonly fileMinutes: number; readonly wanted: number };
  'conflicting-rows': { readonly row: number; readonly count: number };
  /** Rows so far apart that they are totals. */
  'totals-of-periods': { readonly by: 'week' | 'month' | 'longer' };
  'bad-time': NoValues;
  'bad-count': { readonly negative: boolean };
  /** `wanted`: the heading that was asked for; null where none was. */
  'missing-time-column': { readonly wanted: string | null; readonly usual: readonly string[] };
  'missing-count-column': { readonly wanted: string | null; readonly usual: readonly string[] };
  'missing-queue-column': { readonly wanted: string | null; readonly usual: readonly string[] };
}

/** How to go on where a figure is doubted. */
export type DoubtAdvice =
  /** The user has confirmed it: it is imported, and answers that rest on it say so. */
  | { readonly kind: 'confirmed' }
  /** The column would be usual in another unit. */
  | {
      readonly kind: 'other-unit';
      readonly heading: string;
      readonly field: string;
      readonly unit: DurationUnit;
    }
  /** The column's unit, or whether it is a total, may be misread. */
  | { readonly kind: 'check-unit'; readonly heading: string; readonly unit: DurationUnit }
  | { readonly kind: 'correct' };

/** Doubts about a queue's traffic, as problems of its files. */
export type DoubtProblems = {
  [Code in TrafficDoubt['code'] as `unusual-${Code}`]: DoubtedFigure & { readonly advice: DoubtAdvice };
};

/** What can be wrong with demands by topic, by rule, with what its sentences need. */
export interface TopicProblems {
  'topics-of-periods': { readonly by: 'week' | 'month' };
  'topics-too-coarse': NoValues;
  'too-many-topics': { readonly topics: number; readonly most: number };
  /** Demands of a day by topic, all together, beside the calls of a day that are stored. */
  'unusual-topics': { readonly perDay: number; readonly usual: number; readonly confirmed: boolean };
}

const mostShown = 20;
const longestName = 60;

/** Names out of a file as far as they fit into a sentence. */
export const shownNames = (names: readonly string[]): ShownNames => ({
  shown: names
    .slice(0, mostShown)
    .map((name) => (name.length <= longestName ? name : `${name.slice(0, longestName)}…`)),
  all: names.length,
});

/** What ingest has to say beside problems, by code, with the values that go with it. */
export interface IngestFindings {
  'unusual-value': UnusualValue;
  /** Whole days were spread over their hours by an assumed shape. */
  'days-spread': { readonly days: number; readonly intervalMinutes: number };
  'sheets-left-out': { readonly sheets: ShownNames };
  /** Headings under which a bare series has its times, counts and queues. */
  'series-columns-guessed': { readonly time: string; readonly count: string; readonly queue: string | null };
}

export const ingestFinding = findingsOf<IngestFindings>();
