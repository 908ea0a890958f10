import { cliFinding } from '../cli-findings.ts';
import { type Command, Option } from 'commander';
import { erlangLimits } from '../../contract/erlang-limits.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { namingFile, readInputTable, writeOutput } from '../input-file.ts';

interface ErlangOptions {
  readonly callsPerHour?: number;
  readonly aht?: number;
  readonly patience: number;
  readonly operators?: number;
  readonly trunks: number;
  readonly within: number;
  readonly input?: string;
  readonly out?: string;
}

export const addErlangCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('erlang')
    .summary(help('one-interval'))
    .addOption(
      new Option('--calls-per-hour <calls>', help('calls-offered-in-an-hour')).argParser(
        numberOption({ min: 0, max: erlangLimits.callsPerHour }),
      ),
    )
    .addOption(
      new Option('--aht <seconds>', help('mean-handle-time')).argParser(
        numberOption({ min: 0, open: true, max: erlangLimits.handleTimeSeconds }),
      ),
    )
    .addOption(
      new Option('--patience <seconds>', help('mean-patience'))
        .argParser(numberOption({ min: 0, infinite: true, max: erlangLimits.patienceSeconds }))
        .default(Infinity, 'inf'),
    )
    .addOption(
      new Option('--operators <n>', help('operators-ready-for-calls')).argParser(
        numberOption({ min: 0, whole: true, max: erlangLimits.operators }),
      ),
    )
    .addOption(
      new Option('--trunks <n>', help('lines-most-calls-in-service'))
        .argParser(numberOption({ min: 0, whole: true, infinite: true, max: erlangLimits.trunks }))
        .default(Infinity, 'inf'),
    )
    .addOption(
      new Option('--within <seconds>', help('answer-time-threshold'))
        .argParser(numberOption({ min: 0, max: erlangLimits.thresholdSeconds }))
        .default(15),
    )
    .addOption(
      new Option('--input <file>', help('csv-with-columns-load-erl')).conflicts([
        'callsPerHour',
        'aht',
        'patience',
        'operators',
        'trunks',
        'within',
      ]),
    )
    .option('--out <file>', help('where-the-table-goes'))
    .action(run(answerErlang));
};

const answerErlang = async (context: CliContext, options: ErlangOptions): Promise<void> => {
  const { erlangDocument, runErlangTable } = await import('../../queueing/erlang-table.ts');
  if (options.input !== undefined) {
    const file = options.input;
    const csv = await readInputTable(file);
    const table = namingFile(file, () => runErlangTable(csv));
    if (options.out === undefined) context.terminal.out(table);
    else await writeOutput(options.out, table);
    return;
  }
  if (options.out !== undefined) throw new UsageError(cliFinding('goes-with-input', { option: '--out' }));
  const { callsPerHour, aht, operators } = options;
  if (callsPerHour === undefined || aht === undefined || operators === undefined)
    throw new UsageError(cliFinding('give-load-or-table'));
  const loadErlangs = (callsPerHour / 3600) * aht;
  refuseBeyondLimits(loadErlangs, options.patience / aht);
  const document = erlangDocument({
    loadErlangs,
    operators,
    handleTimeSeconds: aht,
    patienceSeconds: options.patience,
    trunks: options.trunks,
    thresholdSeconds: options.within,
  });
  const { erlangText } = await import('../../render/documents/erlang-text.ts');
  context.answer(document, () => erlangText(document, options.within, context.lang));
};

const refuseBeyondLimits = (loadErlangs: number, patienceHandleTimes: number): void => {
  const most = erlangLimits;
  if (loadErlangs > most.loadErlangs)
    throw new UsageError(cliFinding('load-beyond-limit', { erlangs: loadErlangs, most: most.loadErlangs }));
  if (patienceHandleTimes !== Infinity && patienceHandleTimes > most.patienceHandleTimes)
    throw new UsageError(cliFinding('patience-beyond-limit', { handleTimes: most.patienceHandleTimes }));
};
