import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { isPlainDate, type PlainDate } from '../../kernel/time.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { invalid, numberOption } from '../option-values.ts';
import { addSeriesOptions, readSeries, writeSeries, type SeriesCommandOptions } from '../series-input.ts';

interface BacktestCommandOptions extends SeriesCommandOptions {
  readonly origins: number | readonly PlainDate[];
  readonly gapDays: number;
  readonly horizonDays: number;
}

export const addBacktestCommand = (program: Command, run: CommandRunner): void => {
  addSeriesOptions(program.command('backtest'))
    .summary('how well forecasts would have done: rolling origins')
    .addOption(
      new Option('--origins <origins>', 'the last so many full weeks, or DATE,DATE,...')
        .argParser(originsOption)
        .default(8),
    )
    .addOption(
      new Option('--gap-days <n>', 'days between origin and first scored day')
        .argParser(numberOption({ min: 0, max: 3660, whole: true }))
        .default(0),
    )
    .addOption(
      new Option('--horizon-days <n>', 'days scored')
        .argParser(numberOption({ min: 1, max: 366, whole: true }))
        .default(7),
    )
    .action(run(answerBacktest));
};

const originsOption = (given: string): number | readonly PlainDate[] => {
  if (/^\d{1,3}$/.test(given)) return numberOption({ min: 1, whole: true })(given);
  const dates = given.split(',').map((date) => date.trim());
  if (!dates.every(isPlainDate)) throw invalid(cliFinding('weeks-or-dates'));
  return dates;
};

const answerBacktest = async (context: CliContext, options: BacktestCommandOptions): Promise<void> => {
  const { backtestSeries } = await import('../../planning/run-backtest.ts');
  const { series, names } = await readSeries(context, options);
  const result = backtestSeries(series, {
    method: options.method,
    seed: context.seed,
    origins: options.origins,
    gapDays: options.gapDays,
    horizonDays: options.horizonDays,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  });
  await writeSeries(options, result);
  const { backtestText } = await import('../../render/documents/forecast-text.ts');
  context.answer(result.document, () => backtestText(result.document, names, context.lang));
};
