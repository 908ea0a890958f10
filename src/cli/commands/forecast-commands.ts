import { type Command, Option } from 'commander';
import type { ForecastDocument, OutlookDocument } from '../../contract/documents/forecast-document.ts';
import {
  accuracyRequestSchema,
  backtestRequestSchema,
  forecastRequestSchema,
  outlookRequestSchema,
  topicsRequestSchema,
  type OutlookRequest,
  methodNames,
  type MethodName,
} from '../../contract/http/job-requests.ts';
import type { SeriesCsvOptions } from '../../ingest/series/series-columns.ts';
import type { SeriesText, SeriesSourceOptions } from '../../ingest/series/series-source.ts';
import { UsageError } from '../../kernel/errors.ts';
import { csvCell } from '../../kernel/text.ts';
import { isPlainDate, type PlainDate } from '../../kernel/time.ts';
import type { ForecastSeries } from '../../planning/forecasts/forecast-series.ts';
import type { PeriodSeries, SeriesOptions } from '../../planning/forecasts/series-options.ts';
import { optionName, requestOptions } from '../../words/help.ts';
import { answerOutOption, namesAnswer, writeAnswer } from '../answer-out.ts';
import { checkCountry } from '../check-country.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { dateOption, help, invalid, numberOption, weekOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { writeOutput, readInputTable, fileSource } from '../input-file.ts';
import { addRequestOptions, refuseWithoutInput, requestOf } from '../request-options.ts';
import { askWorkspace, queueNamesOf, withWorkspace } from '../with-workspace.ts';

interface ForecastCommandOptions extends SeriesCommandOptions {
  readonly from?: PlainDate;
  readonly days: number;
  readonly cause?: string;
}

export const addForecastCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    addSeriesOptions(program.command('forecast')).summary(help('calls-to-come')),
    forecastRequestSchema,
    requestOptions.forecast,
    { from: { read: dateOption } },
  ).action(run(answerForecast));
};

const answerForecast = async (context: CliContext, options: ForecastCommandOptions): Promise<void> => {
  refuseWithoutInput(options, tableOptions);
  const ofSeries = seriesOptions.find((name) => options[name] !== undefined);
  if (ofSeries !== undefined && options.cause !== undefined)
    throw new UsageError(cliFinding('cause-of-own-forecast', { option: optionName(ofSeries) }));
  const { document, names } =
    ofSeries === undefined
      ? await forecastWorkspace(context, options)
      : await forecastTable(context, options);
  const { forecastText } = await import('../../render/documents/forecast-answers.ts');
  context.answer(document, () => forecastText(document, names, context.lang));
};

/** A forecast, and what people call its queues. */
interface NamedForecast {
  readonly document: ForecastDocument;
  readonly names: ReadonlyMap<string, string>;
}

/** Asked with none of these, it is whole days of the workspace's line at its own step. */
const seriesOptions = ['input', 'interval', 'asOf', 'country', 'holidays', 'out', 'outDays'] as const;

const forecastWorkspace = async (
  context: CliContext,
  options: ForecastCommandOptions,
): Promise<NamedForecast> => {
  const { forecastDays } = await import('../../planning/forecast-days.ts');
  const request = requestOf(forecastRequestSchema, context, options);
  return askWorkspace(context, (ports) => forecastDays(ports, { ...request, method: options.method }));
};

const forecastTable = async (
  context: CliContext,
  options: ForecastCommandOptions,
): Promise<NamedForecast> => {
  const { forecastSeries } = await import('../../planning/run-forecast-file.ts');
  const { series, names } = await readSeries(context, options);
  const result = forecastSeries(series, {
    method: options.method,
    seed: context.seed,
    days: options.days,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  });
  await writeSeries(options, result);
  return { document: result.document, names };
};

export const addTopicsCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('topics').summary(help('demands-by-topic')),
    topicsRequestSchema,
    requestOptions.topics,
    { week: { read: weekOption, conflicts: ['from'] }, from: { read: dateOption } },
  )
    .addOption(answerOutOption())
    .action(run(answerTopics));
};

const answerTopics: CommandAnswer<{ readonly out?: string }> = async (context, { out, ...options }) => {
  const request = requestOf(topicsRequestSchema, context, options);
  const { forecastByTopic } = await import('../../planning/forecast-by-topic.ts');
  const { document, madeUp } = await askWorkspace(context, (ports) => forecastByTopic(ports, request));
  const { topicsAnswer } = await import('../../render/documents/forecast-answers.ts');
  await writeAnswer(context, document, topicsAnswer(document, context.lang, madeUp), out);
};

type OutlookCommandOptions = SourceOptions & { readonly out?: string };

export const addOutlookCommand = (program: Command, run: CommandRunner): void => {
  const outlook = addSourceOptions(program.command('outlook').summary(help('calls-of-the-weeks')));
  addRequestOptions(outlook, outlookRequestSchema, requestOptions.outlook, { from: { read: dateOption } })
    .option('--out <file>', help('csv-of-the-weeks'))
    .action(run(answerOutlook));
};

const answerOutlook = async (context: CliContext, options: OutlookCommandOptions): Promise<void> => {
  refuseWithoutInput(options, tableOptions);
  const { runOutlook } = await import('../../planning/run-outlook.ts');
  const request = requestOf(outlookRequestSchema, context, options);
  const { series, names, madeUp } = await readPeriods(context, options, request);
  const document = runOutlook(series, request);
  const { out } = options;
  if (out !== undefined && !namesAnswer(out)) await writeOutput(out, csvOf(document));
  const { outlookAnswer } = await import('../../render/documents/forecast-answers.ts');
  await writeAnswer(context, document, outlookAnswer(document, names, context.lang, madeUp), out);
};

const csvOf = ({ queues }: OutlookDocument): string => {
  const rows = queues.flatMap(({ queue, origin, periods }) =>
    periods.map(({ start, mean, q025, q10, q50, q90, q975 }) =>
      [csvCell(queue), origin, start, mean, q025, q10, q50, q90, q975].join(','),
    ),
  );
  return `${['queue,origin,start,mean,q025,q10,q50,q90,q975', ...rows].join('\n')}\n`;
};

export const addBacktestCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    addSeriesOptions(program.command('backtest')).summary(help('how-well-forecasts-would-have')),
    backtestRequestSchema,
    requestOptions.backtest,
    { origins: { read: originsOption } },
  ).action(run(answerBacktest));
};

const originsOption = (value: string): number | readonly PlainDate[] => {
  if (/^\d{1,3}$/.test(value)) return numberOption({ min: 1, whole: true })(value);
  const dates = value.split(',').map((date) => date.trim());
  if (!dates.every(isPlainDate)) throw invalid(cliFinding('weeks-or-dates'));
  return dates;
};

const answerBacktest = async (context: CliContext, options: SeriesCommandOptions): Promise<void> => {
  refuseWithoutInput(options, tableOptions);
  const { backtestSeries } = await import('../../planning/run-backtest.ts');
  const { series, names } = await readSeries(context, options);
  const request = requestOf(backtestRequestSchema, context, options);
  const result = backtestSeries(series, { ...request, method: options.method });
  await writeSeries(options, result);
  const { backtestText } = await import('../../render/documents/forecast-answers.ts');
  context.answer(result.document, () => backtestText(result.document, names, context.lang));
};

export const addAccuracyCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('accuracy').summary(help('how-good-forecasts-have-been')),
    accuracyRequestSchema,
    requestOptions.accuracy,
  )
    .addOption(answerOutOption())
    .action(run(answerAccuracy));
};

const answerAccuracy: CommandAnswer<{ readonly out?: string }> = async (context, { out, ...options }) => {
  const request = requestOf(accuracyRequestSchema, context, options);
  const { measureAccuracy } = await import('../../planning/measure-accuracy.ts');
  const { document, names, madeUp } = await askWorkspace(context, (ports) => measureAccuracy(ports, request));
  const { accuracyAnswer } = await import('../../render/documents/accuracy-answer.ts');
  await writeAnswer(context, document, accuracyAnswer(document, names, context.lang, madeUp), out);
};

/** Where a series comes from: a table or the workspace, and its holidays. */
interface SourceOptions {
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

/** How the table given with `--input` is read. */
const tableOptions = [
  'timeColumn',
  'countColumn',
  'queueColumn',
  'timezone',
  'encoding',
  'sheet',
] as const satisfies readonly (keyof SourceOptions)[];

/** Options that `forecast` and `backtest` share. */
interface SeriesCommandOptions extends SourceOptions {
  readonly interval?: number;
  readonly method: 'auto' | MethodName;
  readonly asOf?: string;
  readonly out?: string;
  readonly outDays?: string;
}

const addSourceOptions = (command: Command): Command =>
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

const addSeriesOptions = (command: Command): Command =>
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
const readSeries = async (context: CliContext, options: SeriesCommandOptions): Promise<SeriesInput> => {
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
const readPeriods = async (
  context: CliContext,
  options: SourceOptions,
  { by, from }: Pick<OutlookRequest, 'by' | 'from'>,
): Promise<PeriodsInput> => {
  const { input } = options;
  const shared = await sharedOptions(options);
  if (input !== undefined) {
    const { filePeriods } = await import('../../planning/forecasts/series-options.ts');
    const { csv, read, notices } = await readTableOf(input, options, shared);
    const series = filePeriods(csv, by, read, from);
    return {
      series: { ...series, notices: [...notices, ...series.notices] },
      names: new Map(),
      madeUp: false,
    };
  }
  const { periodsOfSeries } = await import('../../planning/forecasts/series-options.ts');
  const { series, names, madeUp } = await ofWorkspace(context, shared);
  return { series: periodsOfSeries(series, by, from), names, madeUp };
};

const ofWorkspace = async (
  context: CliContext,
  shared: SeriesOptions,
): Promise<SeriesInput & Pick<PeriodsInput, 'madeUp'>> => {
  const { workspaceSeries } = await import('../../planning/forecasts/workspace-series.ts');
  const { calendarFor } = await import('../../planning/forecasts/series-options.ts');
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
  const { fileSeries } = await import('../../planning/forecasts/series-options.ts');
  const { csv, read, notices } = await readTableOf(input, options, shared);
  const series = fileSeries(csv, read);
  return { series: { ...series, notices: [...notices, ...series.notices] }, names: new Map() };
};

/** A series that the user named, every sheet of it that has its heading. */
const readInputSeries = async (
  file: string,
  options: Omit<SeriesSourceOptions, 'unpacker'> & SeriesCsvOptions,
): Promise<SeriesText> => {
  const { seriesSheetsOf } = await import('../../ingest/series/series-source.ts');
  const { fileUnpacker } = await import('../../engine/file-unpacker.ts');
  return seriesSheetsOf(await fileSource(file), { ...options, unpacker: fileUnpacker });
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
const writeSeries = async (
  options: SeriesCommandOptions,
  result: { readonly csv: string; readonly daysCsv: string },
): Promise<void> => {
  if (options.out !== undefined) await writeOutput(options.out, result.csv);
  if (options.outDays !== undefined) await writeOutput(options.outDays, result.daysCsv);
};
