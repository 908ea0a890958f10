import { Option, type Command } from 'commander';
import { methodNames, type MethodName } from '../forecast/forecast-types.ts';
import type { ForecastSeries } from '../planning/forecasts/forecast-series.ts';
import type { SeriesOptions } from '../planning/forecasts/series-options.ts';
import type { CliContext } from './cli-context.ts';
import { checkCountry } from './check-country.ts';
import { readInputSeries, readInputTable, writeOutput } from './input-file.ts';
import { numberOption } from './option-values.ts';
import { queueNamesOf } from './queue-names.ts';
import { withWorkspace } from './with-workspace.ts';
import { help } from './help-words.ts';

/** Options that `forecast` and `backtest` share. */
export interface SeriesCommandOptions {
  readonly input?: string;
  readonly timeColumn?: string;
  readonly countColumn?: string;
  readonly queueColumn?: string;
  readonly timezone?: string;
  readonly encoding?: string;
  readonly sheet?: string;
  readonly interval?: number;
  readonly queue?: string;
  readonly method: 'auto' | MethodName;
  readonly country?: string;
  readonly holidays?: string;
  readonly asOf?: string;
  readonly out?: string;
  readonly outDays?: string;
}

export const addSeriesOptions = (command: Command): Command =>
  command
    .option('--input <file>', help('a table (CSV, XLSX, gzip) instead of the workspace'))
    .option(
      '--time-column <name>',
      help('column of times; default: by its heading; date+time where they stand apart'),
    )
    .option('--count-column <name>', help('column of counts; default: by its heading'))
    .option('--queue-column <name>', help('column of queues; default: by its heading, where there is one'))
    .option('--encoding <name>', help('default: recognised from the bytes (UTF-8, GB18030, UTF-16)'))
    .option('--sheet <name>', help('sheet of a spreadsheet; default: every sheet of the same heading'))
    .option('--timezone <zone>', help('IANA zone of the times; default: a plain wall clock'))
    .addOption(
      new Option('--interval <minutes>', help('default: the data’s own step; 1440 for days')).argParser(
        numberOption({ min: 1, max: 1440, whole: true }),
      ),
    )
    .option('--queue <queue>', help('default: every queue'))
    .addOption(
      new Option('--method <name>', help('forecast method'))
        .choices(['auto', ...methodNames])
        .default('auto'),
    )
    .option('--country <code>', help('ISO country of the holidays; default: none with --input'))
    .option('--holidays <file>', help('holidays: CSV date,name[,kind]'))
    .option('--as-of <time>', help('the day’s own counts before HH:MM are known'))
    .option('--out <file>', help('CSV of the intervals'))
    .option('--out-days <file>', help('CSV of the days'));

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
  const { input, interval, queue } = options;
  const shared: SeriesOptions = {
    ...(interval === undefined ? {} : { intervalMinutes: interval }),
    ...(queue === undefined ? {} : { queue }),
    ...(options.country === undefined ? {} : { country: await checkCountry(options.country) }),
    ...(options.holidays === undefined ? {} : { holidaysCsv: await readInputTable(options.holidays) }),
  };
  return input === undefined ? ofWorkspace(context, shared) : ofFile(input, options, shared);
};

const ofWorkspace = async (context: CliContext, shared: SeriesOptions): Promise<SeriesInput> => {
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
  }));
};

const ofFile = async (
  input: string,
  options: SeriesCommandOptions,
  shared: SeriesOptions,
): Promise<SeriesInput> => {
  const { fileSeries } = await import('../planning/forecasts/series-options.ts');
  const { timeColumn, countColumn, queueColumn, timezone, encoding, sheet } = options;
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
  const series = fileSeries(csv, { ...read, placeOf });
  return { series: { ...series, notices: [...notices, ...series.notices] }, names: new Map() };
};

/** Writes the tables that the user asked for. */
export const writeSeries = async (
  options: SeriesCommandOptions,
  result: { readonly csv: string; readonly daysCsv: string },
): Promise<void> => {
  if (options.out !== undefined) await writeOutput(options.out, result.csv);
  if (options.outDays !== undefined) await writeOutput(options.outDays, result.daysCsv);
};
