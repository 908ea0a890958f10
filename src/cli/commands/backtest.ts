import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { backtestRequestSchema } from '../../contract/http/job-requests.ts';
import { isPlainDate, type PlainDate } from '../../kernel/time.ts';
import { backtestOptions } from '../../words/help.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { invalid, numberOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { addSeriesOptions, readSeries, writeSeries, type SeriesCommandOptions } from '../series-input.ts';
import { help } from '../help-words.ts';

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
  const { backtestText } = await import('../../render/documents/forecast-text.ts');
  context.answer(result.document, () => backtestText(result.document, names, context.lang));
};
