import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { type BandToPlan, isWhatIf } from '../../contract/plan-states.ts';
import { planRequestSchema } from '../../contract/http/job-requests.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { UsageError } from '../../kernel/errors.ts';
import { planOptions } from '../../words/help.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, weekOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

interface PlanOptions {
  readonly targets?: string;
  readonly band?: BandToPlan;
  readonly confidence?: number;
  readonly testCalls?: number;
  readonly verbose?: boolean;
}

export const addPlanCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program
      .command('plan')
      .summary(help('plan-a-week'))
      .addOption(new Option('--targets <file>', help('json-in-the-shape')).conflicts('band')),
    planRequestSchema,
    planOptions,
    { week: { read: weekOption } },
  )
    .option('--verbose', help('print-the-whole-plan'))
    .action(run(answerPlan));
};

const answerPlan = async (context: CliContext, options: PlanOptions): Promise<void> => {
  const { planWeek } = await import('../../planning/plan-week.ts');
  const { withStanding } = await import('../../planning/shown-plan.ts');
  const { renderPlanSummary, renderPlanText } = await import('../../render/plan-text.ts');
  const { band, confidence, testCalls, verbose, ...asked } = options;
  if (band === undefined && (confidence !== undefined || testCalls !== undefined))
    throw new UsageError(onlyWithBand);
  const targets = options.targets === undefined ? undefined : await readTargets(options.targets);
  const request = requestOf(planRequestSchema, context, { ...asked, band, confidence, testCalls, targets });
  const { plan, own } = await withWorkspace(context, async (ports) => {
    const made = await planWeek(ports, request);
    const standing = isWhatIf(made.id) ? await ports.store.planOfWeek(made.week) : undefined;
    return {
      plan: await withStanding(ports.store, made),
      own: standing === undefined || isWhatIf(standing.id) ? undefined : standing,
    };
  });
  context.answer(plan, () =>
    (verbose === true ? renderPlanText : renderPlanSummary)(plan, context.lang, own),
  );
};

const onlyWithBand = cliFinding('only-with-band');

const readTargets = async (file: string): Promise<TargetsModel> => {
  const { targetsSchema } = await import('../../contract/models/targets-model.ts');
  const { readJsonInput } = await import('../json-input.ts');
  return readJsonInput(targetsSchema, file);
};
