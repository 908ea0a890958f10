import type { Command } from 'commander';
import type { ForecastDocument, OutlookDocument } from '../../contract/documents/forecast-document.ts';
import {
  accuracyRequestSchema,
  backtestRequestSchema,
  forecastRequestSchema,
  outlookRequestSchema,
  topicsRequestSchema,
} from '../../contract/http/job-requests.ts';
import { csvCell } from '../../kernel/text.ts';
import { isPlainDate, type PlainDate } from '../../kernel/time.ts';
import {
  accuracyOptions,
  backtestOptions,
  forecastOptions,
  outlookOptions,
  topicsOptions,
} from '../../words/help.ts';
import { answerOutOption, namesAnswer, writeAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { dateOption, help, invalid, numberOption, weekOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { writeOutput } from '../input-file.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import {
  addSeriesOptions,
  addSourceOptions,
  readPeriods,
  readSeries,
  type SeriesCommandOptions,
  type SourceOptions,
  writeSeries,
} from '../series-input.ts';
import { queueNamesOf, withWorkspace } from '../with-workspace.ts';

interface ForecastCommandOptions extends SeriesCommandOptions {
  readonly from?: PlainDate;
  readonly days: number;
}

export const addForecastCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    addSeriesOptions(program.command('forecast')).summary(help('calls-to-come')),
    forecastRequestSchema,
    forecastOptions,
    { from: { read: dateOption } },
  ).action(run(answerForecast));
};

const answerForecast = async (context: CliContext, options: ForecastCommandOptions): Promise<void> => {
  const { document, names } = isOwnForecast(options)
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

/** Whole days of the workspace's line at its own step; a table to write or other steps are made from the series. */
const isOwnForecast = (options: ForecastCommandOptions): boolean =>
  [
    options.input,
    options.interval,
    options.asOf,
    options.country,
    options.holidays,
    options.out,
    options.outDays,
  ].every((option) => option === undefined);

const forecastWorkspace = async (
  context: CliContext,
  options: ForecastCommandOptions,
): Promise<NamedForecast> => {
  const { forecastDays } = await import('../../planning/forecast-days.ts');
  const request = requestOf(forecastRequestSchema, context, options);
  return withWorkspace(context, async (ports) => ({
    document: await forecastDays(ports, { ...request, method: options.method }),
    names: queueNamesOf(ports.models.hotline.queues, context.lang),
  }));
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
    topicsOptions,
    { week: { read: weekOption, conflicts: ['from'] }, from: { read: dateOption } },
  )
    .addOption(answerOutOption())
    .action(run(answerTopics));
};

const answerTopics = async (
  context: CliContext,
  { out, ...options }: { readonly out?: string },
): Promise<void> => {
  const request = requestOf(topicsRequestSchema, context, options);
  const { forecastByTopic } = await import('../../planning/forecast-by-topic.ts');
  const { document, madeUp } = await withWorkspace(context, async (ports) => ({
    document: await forecastByTopic(ports, request),
    madeUp: ports.models.hotline.madeUp,
  }));
  const { topicsAnswer } = await import('../../render/documents/forecast-answers.ts');
  await writeAnswer(context, document, topicsAnswer(document, context.lang, madeUp), out);
};

type OutlookCommandOptions = SourceOptions & { readonly out?: string };

export const addOutlookCommand = (program: Command, run: CommandRunner): void => {
  const outlook = addSourceOptions(program.command('outlook').summary(help('calls-of-the-weeks')));
  addRequestOptions(outlook, outlookRequestSchema, outlookOptions, { from: { read: dateOption } })
    .option('--out <file>', help('csv-of-the-weeks'))
    .action(run(answerOutlook));
};

const answerOutlook = async (context: CliContext, options: OutlookCommandOptions): Promise<void> => {
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
    backtestOptions,
    { origins: { read: originsOption } },
  ).action(run(answerBacktest));
};

const originsOption = (given: string): number | readonly PlainDate[] => {
  if (/^\d{1,3}$/.test(given)) return numberOption({ min: 1, whole: true })(given);
  const dates = given.split(',').map((date) => date.trim());
  if (!dates.every(isPlainDate)) throw invalid(cliFinding('weeks-or-dates'));
  return dates;
};

const answerBacktest = async (context: CliContext, options: SeriesCommandOptions): Promise<void> => {
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
    accuracyOptions,
  )
    .addOption(answerOutOption())
    .action(run(answerAccuracy));
};

const answerAccuracy = async (
  context: CliContext,
  { out, ...options }: { readonly out?: string },
): Promise<void> => {
  const request = requestOf(accuracyRequestSchema, context, options);
  const { measureAccuracy } = await import('../../planning/measure-accuracy.ts');
  const { document, hotline } = await withWorkspace(context, async (ports) => ({
    document: await measureAccuracy(ports, request),
    hotline: ports.models.hotline,
  }));
  const { accuracyAnswer } = await import('../../render/documents/accuracy-answer.ts');
  const names = queueNamesOf(hotline.queues, context.lang);
  await writeAnswer(context, document, accuracyAnswer(document, names, context.lang, hotline.madeUp), out);
};
