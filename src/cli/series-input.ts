import { Option, type Command } from 'commander';
import { methodNames, type MethodName } from '../forecast/methods/forecast-methods.ts';
import type { ForecastSeries } from '../planning/forecasts/forecast-series.ts';
import type { OutlookRequest } from '../contract/http/job-requests.ts';
import type { SeriesText } from '../ingest/series/series-source.ts';
import type { PeriodSeries, SeriesOptions } from '../planning/forecasts/series-options.ts';
import type { CliContext } from './cli-context.ts';
import { help, numberOption } from './option-values.ts';
import { checkCountry } from './check-country.ts';
import { readInputSeries, readInputTable, writeOutput } from './input-file.ts';
import { queueNamesOf, withWorkspace } from './with-workspace.ts';

/** Where a series comes from: a table or the workspace, and its holidays. */
export interface SourceOptions {
  readonly input?: string;
  readonly timeColumn?: string;
  readonly countColumn?: string;
  readonly queueColumn?: string;
  readonly timezone?: string;
  readonly encoding?: string;
  readonly sheet?: string;
  readonly queue?: string;
  readonly country?: string;
  readonly holidays?: string;
}

/** Options that `forecast` and `backtest` share. */
export interface SeriesCommandOptions extends SourceOptions {
  readonly interval?: number;
  readonly method: 'auto' | MethodName;
  readonly asOf?: string;
  readonly out?: string;
  readonly outDays?: string;
}

export const addSourceOptions = (command: Command): Command =>
  command
    .option('--input <file>', help('table'))
    .option('--time-column <name>', help('column-of-times'))
    .option('--count-column <name>', help('column-of-counts'))
    .option('--queue-column <name>', help('column-of-queues'))
    .option('--encoding <name>', help('default-recognised-from-the-bytes'))
    .option('--sheet <name>', help('sheet-spreadsheet-default-every'))
    .option('--timezone <zone>', help('iana-zone-of-the-times'))
    .option('--queue <queue>', help('default-every-queue'))
    .option('--country <code>', help('iso-country-of-the-holidays'))
    .option('--holidays <file>', help('holidays-csv-date-name-kind'));

export const addSeriesOptions = (command: Command): Command =>
  addSourceOptions(command)
    .addOption(
      new Option('--interval <minutes>', help('default-the-datas-own-step')).argParser(
        numberOption({ min: 1, max: 1440, whole: true }),
      ),
    )
    .addOption(
      new Option('--method <name>', help('forecast-method'))
        .choices(['auto', ...methodNames])
        .default('auto'),
    )
    .option('--as-of <time>', help('days-own-counts-before-hh'))
    .option('--out <file>', help('csv-of-the-intervals'))
    .option('--out-days <file>', help('csv-days'));

/** A series to forecast, and what people call its queues. */
interface SeriesInput {
  readonly series: ForecastSeries;
  readonly names: ReadonlyMap<string, string>;
}

/** The series to work on, from a file or the workspace, and what the options say of it. */
export const readSeries = async (
  context: CliContext,
  options: SeriesCommandOptions,
): Promise<SeriesInput> => {
  const { input, interval } = options;
  const shared: SeriesOptions = {
    ...(interval === undefined ? {} : { intervalMinutes: interval }),
    ...(await sharedOptions(options)),
  };
  return input === undefined ? ofWorkspace(context, shared) : ofFile(input, options, shared);
};

const sharedOptions = async ({ queue, country, holidays }: SourceOptions): Promise<SeriesOptions> => ({
  ...(queue === undefined ? {} : { queue }),
  ...(country === undefined ? {} : { country: await checkCountry(country) }),
  ...(holidays === undefined ? {} : { holidaysCsv: await readInputTable(holidays) }),
});

/** Weeks or months to look ahead from, of a file or the workspace. */
interface PeriodsInput {
  readonly series: PeriodSeries;
  readonly names: ReadonlyMap<string, string>;
  readonly madeUp: boolean;
}

/** A file's or the workspace's calls as weeks or months so far. */
export const readPeriods = async (
  context: CliContext,
  options: SourceOptions,
  { by, from }: Pick<OutlookRequest, 'by' | 'from'>,
): Promise<PeriodsInput> => {
  const { input } = options;
  const shared = await sharedOptions(options);
  if (input !== undefined) {
    const { filePeriods } = await import('../planning/forecasts/series-options.ts');
    const { csv, read, notices } = await readTableOf(input, options, shared);
    const series = filePeriods(csv, by, read, from);
    return {
      series: { ...series, notices: [...notices, ...series.notices] },
      names: new Map(),
      madeUp: false,
    };
  }
  const { periodsOfSeries } = await import('../planning/forecasts/series-options.ts');
  const { series, names, madeUp } = await ofWorkspace(context, shared);
  return { series: periodsOfSeries(series, by, from), names, madeUp };
};

const ofWorkspace = async (
  context: CliContext,
  shared: SeriesOptions,
): Promise<SeriesInput & Pick<PeriodsInput, 'madeUp'>> => {
  const { workspaceSeries } = await import('../planning/forecasts/workspace-series.ts');
  const { calendarFor } = await import('../planning/forecasts/series-options.ts');
  // A country or a holiday file of the command's own outranks the hotline's calendar.
  const replaced = shared.country !== undefined || shared.holidaysCsv !== undefined;
  return withWorkspace(context, async (ports) => ({
    series: await workspaceSeries(ports, {
      ...shared,
      ...(replaced ? { calendar: calendarFor(shared) } : {}),
    }),
    names: queueNamesOf(ports.models.hotline.queues, context.lang),
    madeUp: ports.models.hotline.madeUp,
  }));
};

const ofFile = async (input: string, options: SourceOptions, shared: SeriesOptions): Promise<SeriesInput> => {
  const { fileSeries } = await import('../planning/forecasts/series-options.ts');
  const { csv, read, notices } = await readTableOf(input, options, shared);
  const series = fileSeries(csv, read);
  return { series: { ...series, notices: [...notices, ...series.notices] }, names: new Map() };
};

/** A table's text, and the options to read it by. */
const readTableOf = async (
  input: string,
  { timeColumn, countColumn, queueColumn, timezone, encoding, sheet }: SourceOptions,
  shared: SeriesOptions,
): Promise<Pick<SeriesText, 'csv' | 'notices'> & { readonly read: SeriesOptions }> => {
  const read: SeriesOptions = {
    ...shared,
    file: input,
    ...(timeColumn === undefined ? {} : { timeColumn }),
    ...(countColumn === undefined ? {} : { countColumn }),
    ...(queueColumn === undefined ? {} : { queueColumn }),
    ...(timezone === undefined ? {} : { timezone }),
  };
  const { csv, placeOf, notices } = await readInputSeries(input, {
    ...read,
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
  });
  return { csv, notices, read: { ...read, placeOf } };
};

/** Writes the tables that the user asked for. */
export const writeSeries = async (
  options: SeriesCommandOptions,
  result: { readonly csv: string; readonly daysCsv: string },
): Promise<void> => {
  if (options.out !== undefined) await writeOutput(options.out, result.csv);
  if (options.outDays !== undefined) await writeOutput(options.outDays, result.daysCsv);
};
