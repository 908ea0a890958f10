import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { withWorkspace } from '../with-workspace.ts';
import { answerWithNames, planDemo } from './demo.ts';
import { runningServer } from './open.ts';
import { addServeOptions, serveUntilInterrupted, tellAddress, type ServeCommandOptions } from './serve.ts';
import { help } from '../help-words.ts';

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
 * The first minute of a stranger: makes the demo hotline where there is no workspace, plans the week after the
 * data, prints its sentence, and serves the app. A user's own workspace without data is only served. Where the workspace's
 * server runs already, only a fresh address of it is told.
 */
const answerStart = async (context: CliContext, options: StartOptions): Promise<void> => {
  const running = options.once === true ? undefined : await runningServer(context);
  if (running !== undefined) {
    await tellAddress(context, options, running);
    return;
  }
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  if (await hasTraffic(context)) {
    const plan = await planDemo(context);
    // With --json there is one document: the plan with --once, else the address that is served.
    if (options.once === true) await answerWithNames(context, plan);
    else if (!context.json) {
      const { renderPlanBrief, renderPlanText } = await import('../../render/plan-text.ts');
      const render = options.verbose === true ? renderPlanText : renderPlanBrief;
      context.answer(plan, () => `${render(plan, context.lang)}\n\n`);
    }
  } else if (options.once === true) throw new UsageError(nothingToPlan);
  if (options.once !== true) await serveUntilInterrupted(context, options);
};

const hasTraffic = (context: CliContext): Promise<boolean> =>
  withWorkspace(context, async ({ store }) => (await store.trafficSummary()).length > 0);

const nothingToPlan = cliFinding('nothing-to-plan');
