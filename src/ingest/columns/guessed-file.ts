import type { DurationUnit } from '../../contract/duration-units.ts';
import type { CallOutcome } from '../../kernel/records.ts';
import type { DateOrder } from '../cells/wall-clock.ts';
import type { IngestKind } from './fields.ts';
import type { MapFile } from './map-file.ts';

/** A column of a dropped file as the page shows it. */
export interface GuessedColumn {
  readonly name: string;
  /** Up to five cells that are not empty; persons' numbers are hidden. */
  readonly samples: readonly string[];
  /** Canonical field that it is taken for, null for none. */
  readonly guess: string | null;
  /** Durations: the unit in which it will be read; null for any other column. */
  readonly unit: DurationUnit | null;
  /** 0–1; below 0.8 the page should ask. */
  readonly confidence: number;
}

/** What a file looks like: all that a planner confirms or corrects before it is ingested. */
export interface GuessedFile {
  readonly encoding: string;
  readonly format: 'csv' | 'xlsx';
  readonly gzip: boolean;
  readonly delimiter: string | null;
  /** Sheets of a workbook of several, and the one that is shown; both empty for any other file. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** Line of the heading, from 1: rows above it (a title) are passed over. */
  readonly headingLine: number;
  readonly columns: readonly GuessedColumn[];
  /** A map file that says what was guessed: ingesting with it does what is shown. */
  readonly map: MapFile;
  /** The preset by which the columns were found, null for none. */
  readonly preset: string | null;
  /** Required canonical fields that no column was found for. */
  readonly missing: readonly string[];
  readonly kind: IngestKind;
  /** Length of the intervals of the sample, null where they cannot be told. */
  readonly intervalMinutes: number | null;
  /** Order of date parts where it matters, and a sample as it is read; null without a time column. */
  readonly dateFormat: { readonly order: DateOrder; readonly sample: string; readonly readAs: string } | null;
  /** Distinct queue names of the sample, to be matched with the hotline's. */
  readonly queues: readonly string[];
  /** Call records: distinct results of the sample, and what each is taken for; null where its wording tells nothing. */
  readonly outcomes: readonly { readonly value: string; readonly outcome: CallOutcome | null }[];
}
