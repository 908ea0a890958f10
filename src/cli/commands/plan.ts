import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { bandsToPlan, type BandToPlan } from '../../contract/bands-to-plan.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { numberOption, weekOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

interface PlanOptions {
  readonly week?: string;
  readonly targets?: string;
  readonly band?: BandToPlan;
  readonly confidence?: number;
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
    .addOption(new Option('--band <band>', 'staff for a temperature band').choices(bandsToPlan))
    .addOption(
      new Option('--confidence <share>', 'chance of that band (default: 0.9)').argParser(
        numberOption({ min: 0, max: 1, open: true }),
      ),
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
  const { usualBandConfidence } = await import('../../planning/band/staff-for-band.ts');
  const { renderPlanText } = await import('../../report/plan-text.ts');
  const { week, band, confidence, testCalls } = options;
  if (band === undefined && (confidence !== undefined || testCalls !== undefined))
    throw new UsageError(onlyWithBand);
  const targets = options.targets === undefined ? undefined : await readTargets(options.targets);
  const wish = band && {
    band,
    confidence: confidence ?? usualBandConfidence,
    ...(testCalls === undefined ? {} : { testCalls }),
  };
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

const onlyWithBand = cliFinding('only-with-band');

const readTargets = async (file: string): Promise<TargetsModel> => {
  const { targetsSchema } = await import('../../contract/models/targets-model.ts');
  const { readJsonInput } = await import('../json-input.ts');
  return readJsonInput(targetsSchema, file);
};
