import { extname } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/text.ts';
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
  const { reportFile, reportFormats } = await import('../../report/report-file.ts');
  const format = reportFormats.find((known) => extname(options.out).toLowerCase() === `.${known}`);
  if (format === undefined) throw new UsageError(unknownEnding);
  const plan = await withWorkspace(context, (ports) => ports.store.plan(planNamed(options.plan)));
  if (plan === undefined) throw new UsageError(noSuchPlan(options.plan));
  await writeOutput(options.out, await reportFile(plan, format, context.lang));
  const said = text(
    `计划 ${plan.id}（${plan.week}）已写入 ${options.out}`,
    `Plan ${plan.id} (${plan.week}) written to ${options.out}`,
  );
  context.answer({ document: 'report', plan: plan.id, format, file: options.out }, () => said[context.lang]);
};

const unknownEnding = text(
  '--out 的文件名应以 .html、.xlsx 或 .csv 结尾',
  'The name given to --out must end in .html, .xlsx or .csv',
);

const noSuchPlan = (id: string | undefined) =>
  id === undefined
    ? text('还没有计划，请先运行 huawu plan', 'There is no plan yet: run huawu plan first')
    : text(`没有编号为 ${id} 的计划`, `There is no plan ${id}`);
