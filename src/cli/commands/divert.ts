import { Option, type Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { planOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

interface DivertOptions {
  readonly plan?: string;
  readonly aim?: 'fewest-diverted' | 'best-for-roster';
}

export const addDivertCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('divert')
    .summary('prompts for a plan’s peaks, and what they do')
    .option('--plan <id>', 'default: latest', planOption)
    .addOption(
      new Option(
        '--aim <aim>',
        'divert as few callers as the target allows, or get the most from the roster',
      ).choices(['fewest-diverted', 'best-for-roster']),
    )
    .action(run(answerDivert));
};

const answerDivert = async (context: CliContext, options: DivertOptions): Promise<void> => {
  const { divertPlan } = await import('../../planning/divert-plan.ts');
  const document = await withWorkspace(context, (ports) =>
    divertPlan(ports, { seed: context.seed, ...options }),
  );
  const { divertText } = await import('../effect-text.ts');
  context.answer(document, () => divertText(document, context.lang));
};
