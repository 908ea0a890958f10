import { Option, type Command } from 'commander';
import { text } from '../../kernel/text.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { invalid, planNamed } from '../option-values.ts';
import { remarkMadeUp } from '../made-up-remark.ts';
import { withWorkspace } from '../with-workspace.ts';

interface RequireOptions {
  readonly plan?: string;
  readonly at?: string;
  readonly tier?: string;
  readonly curve?: 'connection-rate' | 'service-level' | 'none';
}

export const addRequireCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('require')
    .summary('what it would take: one operator more or less, and what each rate costs')
    .option('--plan <id>', 'default: latest')
    .option(
      '--at <time>',
      'local time within an interval of the plan (2026-11-24T10:30); default: the weakest',
      timeOption,
    )
    .option('--tier <name>', 'the one tier to change; default: each')
    .addOption(
      new Option(
        '--curve <rate>',
        'which rate to price from 80 % to 99 % (default: connection-rate)',
      ).choices(['connection-rate', 'service-level', 'none']),
    )
    .action(run(answerRequire));
};

const timeOption = (given: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/.test(given))
    throw invalid(text('日期和时刻，如 2026-11-24T10:30', 'a date and time such as 2026-11-24T10:30'));
  return given;
};

const answerRequire = async (context: CliContext, options: RequireOptions): Promise<void> => {
  const { explainRequirement } = await import('../../planning/explain-requirement.ts');
  const { plan: named, at, tier, curve } = options;
  const plan = planNamed(named);
  const { document, madeUp } = await withWorkspace(context, async (ports) => ({
    document: await explainRequirement(ports, {
      ...(plan === undefined ? {} : { plan }),
      ...(at === undefined ? {} : { at }),
      ...(tier === undefined ? {} : { tier }),
      ...(curve === undefined ? {} : { curve }),
    }),
    madeUp: ports.models.hotline.madeUp,
  }));
  const { requirementText } = await import('../requirement-text.ts');
  context.answer(document, () => remarkMadeUp(requirementText(document, context.lang), madeUp, context.lang));
};
