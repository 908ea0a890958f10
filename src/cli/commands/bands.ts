import { cliFinding } from '../cli-findings.ts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { numberOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

interface BandsOptions {
  readonly testCalls: readonly number[];
  readonly connected?: number;
  readonly plan?: string;
}

export const addBandsCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('bands')
    .summary('what the hot band takes by the number of test calls, and what a sample of them says')
    .addOption(
      new Option('--test-calls <n,n,...>', 'numbers of test calls')
        .argParser(testCallsOption)
        .default([11, 20], '11,20'),
    )
    .addOption(
      new Option('--connected <k>', 'how many of one number of test calls got through').argParser(
        numberOption({ min: 0, max: 1_000_000, whole: true }),
      ),
    )
    .option('--plan <id>', 'operator-hours for the week of this plan, or latest')
    .action(run(answerBands));
};

const testCallsOption = (given: string): readonly number[] => {
  const read = numberOption({ min: 1, max: 1000, whole: true });
  const numbers = given.split(',').map((one) => read(one));
  if (numbers.length > 10) throw new InvalidArgumentError('at most ten');
  return numbers;
};

const answerBands = async (
  context: CliContext,
  { testCalls, connected, plan }: BandsOptions,
): Promise<void> => {
  const [n = 0, ...others] = testCalls;
  if (connected !== undefined && (others.length > 0 || connected > n)) throw new UsageError(oneNumber);
  const { bandNeeds } = await import('../../planning/band-needs.ts');
  const document = await withWorkspace(context, (ports) =>
    bandNeeds(ports, {
      testCalls,
      ...(connected === undefined ? {} : { sample: { connected, testCalls: n } }),
      ...(plan === undefined ? {} : { plan }),
    }),
  );
  const { bandsText } = await import('../../render/documents/bands-text.ts');
  context.answer(document, () => bandsText(document, context.lang));
};

const oneNumber = cliFinding('one-number-of-test-calls');
