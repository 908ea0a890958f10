import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { isPostgresAddress } from '../../contract/settings.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';
import { untilInterrupted } from '../with-workspace.ts';

interface WorkerCommandOptions {
  readonly store?: string;
  readonly threads?: number;
  readonly metricsPort?: number;
}

export const addWorkerCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('worker')
    .summary(help('do-the-jobs'))
    .option('--store <address>', help('postgres-address-or-default'))
    .addOption(
      new Option('--threads <n>', help('threads-for-one-job')).argParser(
        numberOption({ min: 0, max: 256, whole: true }),
      ),
    )
    .addOption(
      new Option('--metrics-port <n>', help('answers-metrics-and-health-live')).argParser(
        numberOption({ min: 0, max: 65_535, whole: true }),
      ),
    )
    .action(run(workUntilInterrupted));
};

/** Does jobs until the user interrupts; a job that runs then is handed back. */
const workUntilInterrupted = async (context: CliContext, options: WorkerCommandOptions): Promise<void> => {
  const { metricsPort, ...given } = options;
  const { settings } = await settingsOf(context, given);
  if (!isPostgresAddress(settings.store)) throw new UsageError(needsPostgres);
  const { startWorker } = await import('../../http/start-worker.ts');
  const worker = await startWorker({
    folder: context.workspace,
    settings,
    ...(metricsPort === undefined ? {} : { metricsPort }),
  });
  const said = cliFinding('worker-ready');
  context.answer({ document: 'worker', metrics: worker.metricsUrl }, () => context.say(said));
  await untilInterrupted(context.terminal);
  await worker.close();
};

const needsPostgres = cliFinding('worker-needs-postgres');
