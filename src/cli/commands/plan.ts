import { Option, type Command } from 'commander';
import type { TargetsModel } from '../../contract/model-files.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { numberOption, weekOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

interface PlanOptions {
  readonly week?: string;
  readonly targets?: string;
  readonly band?: 'hot' | 'warm';
  readonly confidence: number;
  readonly testCalls?: number;
}

export const addPlanCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('plan')
    .summary('plan a week: forecast, requirement, shifts, prompts, projection')
    .addOption(
      new Option('--week <week>', 'ISO week; default: the week after the data').argParser(weekOption),
    )
    .addOption(new Option('--targets <file>', 'JSON in the shape of models/targets.json').conflicts('band'))
    .addOption(new Option('--band <band>', 'staff for a temperature band').choices(['hot', 'warm']))
    .addOption(
      new Option('--confidence <share>', 'chance of that band')
        .argParser(numberOption({ min: 0, max: 1, open: true }))
        .default(0.9),
    )
    .addOption(
      new Option('--test-calls <n>', 'test calls of the next monitoring').argParser(
        numberOption({ min: 1, max: 1000, whole: true }),
      ),
    )
    .action(run(answerPlan));
};

const answerPlan = async (context: CliContext, options: PlanOptions): Promise<void> => {
  const { planWeek } = await import('../../planning/plan-week.ts');
  const { renderPlanText } = await import('../../report/plan-text.ts');
  const { week, band, confidence, testCalls } = options;
  const targets = options.targets === undefined ? undefined : await readTargets(options.targets);
  const wish = band && { band, confidence, ...(testCalls === undefined ? {} : { testCalls }) };
  const plan = await withWorkspace(context, (ports) =>
    planWeek(ports, {
      seed: context.seed,
      ...(week === undefined ? {} : { week }),
      ...(targets === undefined ? {} : { targets }),
      ...(wish === undefined ? {} : { band: wish }),
    }),
  );
  context.answer(plan, () => renderPlanText(plan, context.lang));
};

const readTargets = async (file: string): Promise<TargetsModel> => {
  const { targetsSchema } = await import('../../contract/model-files.ts');
  const { readJsonInput } = await import('../json-input.ts');
  return readJsonInput(targetsSchema, file);
};
