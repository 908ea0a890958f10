import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import { addDays, weekOf } from '../../kernel/time.ts';
import { unpackError } from '../../engine/packed-error.ts';
import type { ServedWorkspace } from '../../http/serve.ts';
import { isFinished, type JobRecord } from '../../jobs/job-queue.ts';
import { shownPlan } from '../../planning/shown-plan.ts';
import { describeProblem } from '../../words/problems.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';
import { planDemo, printPlan } from './demo.ts';
import {
  addServeOptions,
  printAddress,
  runningServer,
  type ServeCommandOptions,
  serveUntilInterrupted,
} from './serve-commands.ts';

interface StartOptions extends ServeCommandOptions {
  readonly once?: boolean;
  readonly verbose?: boolean;
}

export const addStartCommand = (program: Command, run: CommandRunner): void => {
  addServeOptions(program.command('start'))
    .summary(help('everything-at-once'))
    .option('--once', help('print-the-plan-and-end'))
    .option('--verbose', help('print-the-whole-plan'))
    .action(run(answerStart));
};

/**
 * The first minute of a stranger: makes the demo hotline where there is no workspace, serves the app, plans the week after
 * the data while the page already stands, and prints its sentence. A user's own workspace without data is only served.
 * Where the workspace's server runs already, only a fresh address of it is printed.
 */
const answerStart = async (context: CliContext, options: StartOptions): Promise<void> => {
  const running = options.once === true ? undefined : await runningServer(context);
  if (running !== undefined) {
    await printAddress(context, options, running);
    return;
  }
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  const isPlannable = await hasTraffic(context);
  if (options.once !== true)
    await serveUntilInterrupted(context, options, isPlannable ? planBeside(context, options) : undefined);
  else if (isPlannable) await printPlan(context, await planDemo(context), options.verbose);
  else throw new UsageError(nothingToPlan);
};

/**
 * Plans the coming week as one of the server's jobs, so that the page shows how far it is; prints the plan once it is
 * there. With --json there is one document, the address: the plan is made all the same.
 */
const planBeside =
  (context: CliContext, { verbose = false }: StartOptions) =>
  async ({ order, watch }: ServedWorkspace): Promise<void> => {
    const { showProgress } = await import('../show-progress.ts');
    const show = showProgress(context.terminal, context.lang);
    const { id } = await order({ kind: 'plan', request: { seed: context.seed } });
    const { promise: end, resolve } = Promise.withResolvers<JobRecord>();
    const stop = watch(id, (job) => (isFinished(job) ? resolve(job) : show(job.done, job.step ?? undefined)));
    const { error, path } = await end;
    stop();
    show(1, 'done');
    // A line that cannot be planned yet is served all the same: what it lacks is brought in on the page.
    for (const problem of error?.problems ?? [])
      context.notice(describeProblem(problem, context.lang, 'terminal'));
    if (error !== null && error.problems === undefined) throw unpackError(error);
    const planId = path?.split('/').at(-1);
    if (planId === undefined) return;
    const plan = await withWorkspace(context, ({ store }) => shownPlan(store, planId));
    if (plan === undefined) return;
    if (plan.hotline.madeUp) await fillDemo(context, order, plan);
    if (context.json) return;
    const { renderPlanBrief, renderPlanText } = await import('../../render/plan-text.ts');
    context.answer(plan, () => `${(verbose ? renderPlanText : renderPlanBrief)(plan, context.lang)}\n`);
  };

/**
 * Has the demo's roster and the comparison of its last week made as well, one after the other behind the plan: their pages
 * have something to show when one first opens them. A roster that is there is left as it is.
 */
const fillDemo = async (
  context: CliContext,
  order: ServedWorkspace['order'],
  plan: PlanDocument,
): Promise<void> => {
  const { rosterRequestSchema } = await import('../../contract/http/roster-requests.ts');
  const { compareRequestSchema } = await import('../../contract/http/job-requests.ts');
  const { seed } = context;
  const rosters = await withWorkspace(context, ({ store }) => store.rosters());
  const request = rosterRequestSchema.parse({ from: plan.firstDate, weeks: 1, seed });
  if (rosters.length === 0) await order({ kind: 'roster', request });
  const week = weekOf(addDays(plan.firstDate, -7));
  await order({ kind: 'compare', request: compareRequestSchema.parse({ week, seed }) });
};

const hasTraffic = (context: CliContext): Promise<boolean> =>
  withWorkspace(context, async ({ store }) => (await store.trafficSummary()).length > 0);

const nothingToPlan = cliFinding('nothing-to-plan');
