import type { FileKind } from '../../contract/file-kinds.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';

/** How a file's text and heading are read, before its columns are known. */
export interface Reading {
  readonly kind?: FileKind | undefined;
  readonly encoding?: string | undefined;
  readonly sheet?: string | undefined;
  readonly preset?: string | undefined;
  readonly noHeadings: boolean;
}

export type Absent = 'auto' | 'gap' | 'zero';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** How its rows are taken. */
export interface Handling {
  readonly absent: Absent;
  /** Calls are booked in the interval in which they end. */
  readonly atEnd: boolean;
  /** Totals of days are spread over their hours; undefined: where the file has nothing else. */
  readonly spreads?: boolean | undefined;
  readonly skipBadRows: boolean;
  readonly acceptUnusual: boolean;
  readonly dateOrder?: DateOrder | undefined;
  readonly intervalMinutes?: number | undefined;
  /** What cells of a field stand for. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

export const firstReading: Reading = { noHeadings: false };
export const firstHandling: Handling = {
  absent: 'auto',
  atEnd: false,
  skipBadRows: false,
  acceptUnusual: false,
  cells: {},
};

/** Traffic of which only totals of days are there. */
export const isOfDays = ({
  kind,
  intervalMinutes,
}: Pick<GuessDocument, 'kind' | 'intervalMinutes'>): boolean =>
  kind === 'traffic' && intervalMinutes === 1440;

export const spreadsDays = (guess: GuessDocument, { spreads }: Handling): boolean =>
  spreads ?? isOfDays(guess);
