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
    .action(run(answerDemo));
};

const answerDemo = async (context: CliContext, options: { readonly week?: string }): Promise<void> => {
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  await answerWithNames(context, await planDemo(context, options.week));
};

/** Prints a plan and, of the made-up hotline, its week by name: who works when beside the counts. As JSON the plan alone. */
export const answerWithNames = async (context: CliContext, plan: PlanDocument): Promise<void> => {
  const { renderPlanText } = await import('../../render/plan-text.ts');
  const names = context.json || !plan.hotline.madeUp ? [] : [await weekByName(context, plan)];
  context.answer(plan, () => [renderPlanText(plan, context.lang), ...names].join('\n\n'));
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
