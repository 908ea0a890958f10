import type { Command } from 'commander';
import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import { forecastRequestSchema } from '../../contract/http/job-requests.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { forecastOptions } from '../../words/help.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { dateOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { queueNamesOf, withWorkspace } from '../with-workspace.ts';
import { addSeriesOptions, readSeries, writeSeries, type SeriesCommandOptions } from '../series-input.ts';
import { help } from '../help-words.ts';

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
  const { forecastText } = await import('../../render/documents/forecast-text.ts');
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
