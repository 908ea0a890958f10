import { cliFinding } from '../cli-findings.ts';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import { planningFinding } from '../../planning/planning-findings.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { writeOutput } from '../input-file.ts';
import { planNamed } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addReportCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('report')
    .summary('a plan as a page, workbook or CSV')
    .option('--plan <id>', 'default: the latest, of the week that was planned last')
    .requiredOption('--out <file>', 'name ending in .html, .xlsx or .csv')
    .action(run(answerReport));
};

const answerReport = async (
  context: CliContext,
  options: { readonly plan?: string; readonly out: string },
): Promise<void> => {
  const { reportFile, reportFormats } = await import('../../render/report-file.ts');
  const format = reportFormats.find((known) => extname(options.out).toLowerCase() === `.${known}`);
  if (format === undefined) throw new UsageError(unknownEnding);
  const plan = await withWorkspace(context, (ports) => ports.store.plan(planNamed(options.plan)));
  if (plan === undefined) throw new UsageError(noSuchPlan(options.plan));
  await writeOutput(options.out, await reportFile(plan, format, context.lang));
  const said = cliFinding('report-written', { id: plan.id, week: plan.week, out: options.out });
  context.answer({ document: 'report', plan: plan.id, format, file: options.out }, () => context.say(said));
};

const unknownEnding = cliFinding('unknown-report-ending');

const noSuchPlan = (id: string | undefined) =>
  id === undefined ? planningFinding('no-plan-yet') : planningFinding('no-such-plan', { id });
