/**
 * Most characters of a cell that can be a time, a number or a duration. What is longer is none, and is not tried: on
 * patterns with several open ends a long cell costs the square of its length.
 */
export const longestValue = 100;

/** How much a file may ask of the machine before it is refused. */
export interface IngestLimits {
  /** Longest record, bytes: a row with its line end. */
  readonly maxRecordBytes: number;
  /** Most bytes of a gzip file once inflated. */
  readonly maxInflatedBytes: number;
  /** Most bytes out per byte in, looked at once 64 MiB have come out. */
  readonly maxInflationRatio: number;
  /** Most processor time of reading a file that is no workbook: so much, and more per MB that came of it so far. */
  readonly maxFileSeconds: number;
  readonly maxFileSecondsPerMegabyte: number;
  /** The same per MB of a gzip file as it is packed. */
  readonly maxFileSecondsPerPackedMegabyte: number;
  /** Most bytes of a spreadsheet file, and of its parts once inflated. */
  readonly maxSpreadsheetBytes: number;
  readonly maxSpreadsheetInflatedBytes: number;
  /** Most cells of a workbook, all sheets together, and bytes of their text. */
  readonly maxWorkbookCells: number;
  readonly maxWorkbookTextBytes: number;
  /** Most memory of the process that reads a workbook, and its processor time: so much, and more per MB of the file. */
  readonly maxWorkbookMemoryBytes: number;
  readonly maxWorkbookSeconds: number;
  readonly maxWorkbookSecondsPerMegabyte: number;
  /** Rows that may be rejected under skipBadRows before the file as a whole is refused. */
  readonly maxRejectedRows: number;
}

export const defaultLimits: IngestLimits = {
  maxRecordBytes: 1_048_576,
  maxInflatedBytes: 16 * 2 ** 30,
  maxInflationRatio: 200,
  maxFileSeconds: 3,
  maxFileSecondsPerMegabyte: 1,
  maxFileSecondsPerPackedMegabyte: 4,
  maxSpreadsheetBytes: 64 * 2 ** 20,
  maxSpreadsheetInflatedBytes: 400 * 2 ** 20,
  maxWorkbookCells: 10_000_000,
  maxWorkbookTextBytes: 128 * 2 ** 20,
  maxWorkbookMemoryBytes: 512 * 2 ** 20,
  maxWorkbookSeconds: 3,
  maxWorkbookSecondsPerMegabyte: 1,
  maxRejectedRows: 200_000,
};

/** What the columns of a wide table's figures are headed by. */
export const wideHeadings = ['date', 'clock', 'weekday', 'queue'] as const;
export type WideHeadings = (typeof wideHeadings)[number];
