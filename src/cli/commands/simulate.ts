import type { Command } from 'commander';
import { scenarioSchema } from '../../contract/model-files.ts';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/text.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { readJsonInput } from '../input-file.ts';
import { numberOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

interface SimulateOptions {
  readonly plan?: string;
  readonly scenario?: string;
  readonly replications?: number;
}

export const addSimulateCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('simulate')
    .summary('a what-if scenario against a plan')
    .option('--plan <id>', 'default: the latest plan')
    .option(
      '--scenario <file>',
      'JSON: more calls, fewer operators, half the take-up ... (huawu schema scenario)',
    )
    .option('--replications <n>', 'simulations that prove the answer', numberOption({ min: 0, whole: true }))
    .action(run(answerSimulate));
};

const answerSimulate = async (context: CliContext, options: SimulateOptions): Promise<void> => {
  const { plan, replications } = options;
  if (options.scenario === undefined)
    throw new UsageError(text('请用 --scenario 给出情景文件', 'Give a scenario file with --scenario'));
  const scenario = await readJsonInput(scenarioSchema, options.scenario);
  const { runScenario } = await import('../../planning/run-scenario.ts');
  const document = await withWorkspace(context, (ports) =>
    runScenario(ports, {
      scenario,
      seed: context.seed,
      ...(plan === undefined ? {} : { plan }),
      ...(replications === undefined ? {} : { replications }),
    }),
  );
  const { simulateText } = await import('../effect-text.ts');
  context.answer(document, () => simulateText(document, context.lang));
};
