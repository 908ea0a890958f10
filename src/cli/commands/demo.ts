import { Option, type Command } from 'commander';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { weekOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';
import { help } from '../help-words.ts';

export const addDemoCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('demo')
    .summary(help('make-up-a-hotline'))
    .addOption(new Option('--week <week>', help('iso-week-default')).argParser(weekOption))
    .option('--verbose', help('print-the-whole-plan-and-roster'))
    .action(run(answerDemo));
};

interface DemoOptions {
  readonly week?: string;
  readonly verbose?: boolean;
}

const answerDemo = async (context: CliContext, { week, verbose }: DemoOptions): Promise<void> => {
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  await printPlan(context, await planDemo(context, week), verbose);
};

/** Prints a plan on one screen; with `verbose` all of it and, of the made-up hotline, who works when. As JSON the plan alone. */
export const printPlan = async (context: CliContext, plan: PlanDocument, verbose = false): Promise<void> => {
  const { renderPlanSummary, renderPlanText } = await import('../../render/plan-text.ts');
  const isWhole = verbose && !context.json;
  const names = isWhole && plan.hotline.madeUp ? [await weekByName(context, plan)] : [];
  context.answer(plan, () =>
    isWhole
      ? [renderPlanText(plan, context.lang), ...names].join('\n\n')
      : renderPlanSummary(plan, context.lang),
  );
};

const weekByName = async (context: CliContext, plan: PlanDocument): Promise<string> => {
  const { makeRoster } = await import('../../planning/make-roster.ts');
  const { rosterRequestSchema } = await import('../../contract/http/roster-requests.ts');
  const { weekText } = await import('../../render/roster-text.ts');
  const request = rosterRequestSchema.parse({ from: plan.days[0]?.date, weeks: 1, seed: context.seed });
  const roster = await withWorkspace(context, (ports) => makeRoster(ports, request));
  return weekText(roster, context.lang);
};

/** Plans a week of whatever the workspace holds. */
export const planDemo = async (context: CliContext, week?: string): Promise<PlanDocument> => {
  const { planWeek } = await import('../../planning/plan-week.ts');
  const { withStanding } = await import('../../planning/shown-plan.ts');
  const request = { seed: context.seed, ...(week === undefined ? {} : { week }) };
  return withWorkspace(context, async (ports) => withStanding(ports.store, await planWeek(ports, request)));
};
