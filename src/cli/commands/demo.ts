import { Option, type Command } from 'commander';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { weekOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';
import { help } from '../help-words.ts';

export const addDemoCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('demo')
    .summary(help('make up a hotline, run the whole main job on it, print the plan'))
    .addOption(
      new Option('--week <week>', help('ISO week; default: the week after the data')).argParser(weekOption),
    )
    .action(run(answerDemo));
};

const answerDemo = async (context: CliContext, options: { readonly week?: string }): Promise<void> => {
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  const plan = await planDemo(context, options.week);
  const { renderPlanText } = await import('../../render/plan-text.ts');
  context.answer(plan, () => renderPlanText(plan, context.lang));
};

/** Plans a week of whatever the workspace holds. */
export const planDemo = async (context: CliContext, week?: string): Promise<PlanDocument> => {
  const { planWeek } = await import('../../planning/plan-week.ts');
  return withWorkspace(context, (ports) =>
    planWeek(ports, { seed: context.seed, ...(week === undefined ? {} : { week }) }),
  );
};
