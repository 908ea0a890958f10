import {
  runForecastFile,
  type ForecastFileOptions,
  type ForecastFileResult,
} from '../planning/run-forecast-file.ts';

export type { ForecastFileOptions, ForecastFileResult } from '../planning/run-forecast-file.ts';

/**
 * Forecasts a table of calls per interval or day (CSV text: a time column, a column of counts, and a queue where there are
 * several), as `huawu forecast --input` does: rows with mean and quantiles by interval (`csv`) and day (`daysCsv`), and all of
 * it with methods and grounds (`document`). Throws an error whose `problems` name row, column and value where the table is not one.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { forecastTable } from 'huawu/forecast';
 * const { document } = forecastTable(await readFile('calls.csv', 'utf8'), { days: 14 });
 * ```
 */
export const forecastTable = (csvText: string, options: ForecastFileOptions = {}): ForecastFileResult =>
  runForecastFile(csvText, options);
