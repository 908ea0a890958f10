import type { Problem } from '../../kernel/errors.ts';
import { maskPersonal } from '../cells/mask-numbers.ts';
import { text } from '../../kernel/text.ts';

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

/** Shorthand for a problem of a bare series file; a person's number in any of it is hidden. */
export const seriesProblem = (
  rule: string,
  place: Partial<Problem>,
  message: readonly [string, string],
  remedy: readonly [string, string],
): Problem => ({
  rule,
  severity: 'error',
  ...place,
  ...(place.column === undefined ? {} : { column: maskPersonal(place.column) }),
  ...(place.value === undefined ? {} : { value: maskPersonal(place.value) }),
  message: text(maskPersonal(message[0]), maskPersonal(message[1])),
  remedy: text(maskPersonal(remedy[0]), maskPersonal(remedy[1])),
});
