import type { Problem } from '../../kernel/errors.ts';
import { defect, type Defect } from '../findings/defect.ts';
import { problemOf } from '../findings/problem-ledger.ts';

/** Options of `readSeriesCsv` and of what it is made of; what is left out is detected. */
export interface SeriesCsvOptions {
  /** Heading of the times; two headings joined by + where date and time of day stand apart. */
  readonly timeColumn?: string;
  readonly countColumn?: string;
  readonly queueColumn?: string;
  /** Interval to aggregate to, minutes (a multiple of the file's own step that divides a day; 1440: days). */
  readonly intervalMinutes?: number;
  /**
   * IANA zone of the times: hours that clocks jump over are errors, hours that they repeat count as one (the
   * mean of both passes), and times with an offset are told on this zone's clock. Left out, times are a plain
   * wall clock.
   */
  readonly timezone?: string;
  readonly file?: string;
  /** Where line n (from 0) of the text stands; left out: in `file`, at row n + 1. */
  readonly placeOf?: (line: number) => { readonly file: string; readonly row: number };
}

/** Problems of one file that are told one by one. */
export const mostSeriesProblems = 200;

/** A problem of a bare series file in its place. */
export const seriesProblem = (wrong: Defect, { path, ...place }: Partial<Problem>): Problem => ({
  ...problemOf('error', wrong, place),
  ...(path === undefined ? {} : { path }),
});

/** Two counts of one time. */
export const conflict = (
  place: Partial<Problem>,
  before: { readonly row: number; readonly count: number },
): Problem => seriesProblem(defect('conflicting-rows', { row: before.row, count: before.count }), place);
