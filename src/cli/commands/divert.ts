import { Option, type Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { writeOutput } from '../input-file.ts';
import { planNamed } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

interface DivertOptions {
  readonly plan?: string;
  readonly aim?: 'fewest-diverted' | 'best-for-roster';
  readonly asOf?: string;
  readonly out?: string;
}

export const addDivertCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('divert')
    .summary('prompts for a plan’s peaks, and what they do')
    .option('--plan <id>', 'default: latest')
    .addOption(
      new Option(
        '--aim <aim>',
        'divert as few callers as the target allows, or get the most from the roster',
      ).choices(['fewest-diverted', 'best-for-roster']),
    )
    .option(
      '--as-of <time>',
      'what to play now: date and time (2026-11-24T10:30) until which calls are known',
    )
    .option('--out <file>', 'also write a CSV sheet for the switchboard')
    .action(run(answerDivert));
};

const answerDivert = async (context: CliContext, options: DivertOptions): Promise<void> => {
  const { divertPlan } = await import('../../planning/divert-plan.ts');
  const { out, plan: named, ...request } = options;
  const plan = planNamed(named);
  const document = await withWorkspace(context, (ports) =>
    divertPlan(ports, { seed: context.seed, ...request, ...(plan === undefined ? {} : { plan }) }),
  );
  if (out !== undefined) {
    const { sheetOfSpans } = await import('../../diversion/switchboard-sheet.ts');
    await writeOutput(out, sheetOfSpans(document.prompts, context.lang));
  }
  const { divertText } = await import('../effect-text.ts');
  context.answer(document, () => divertText(document, context.lang));
};
