import { cliFinding } from '../cli-findings.ts';
import { extname, join } from 'node:path';
import { Option, type Command } from 'commander';
import {
  reportFormats,
  reportPages,
  reportTables,
  type ReportRequest,
} from '../../contract/report-formats.ts';
import { UsageError } from '../../kernel/errors.ts';
import { planningFinding } from '../../planning/planning-findings.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, planNamed } from '../option-values.ts';
import { refuseOverwriting, writeOutput } from '../input-file.ts';
import { productFolder } from '../product-folders.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addReportCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('report')
    .summary(help('plan-as-a-page'))
    .option('--plan <id>', help('default-the-latest'))
    .requiredOption('--out <file>', help('name-ending-in-html'))
    .option('--replace', help('overwrite-the-file'))
    .addOption(new Option('--page <page>', help('of-html')).choices(reportPages))
    .addOption(new Option('--table <table>', help('of-csv')).choices(reportTables))
    .action(run(answerReport));
};

const answerReport = async (
  context: CliContext,
  options: Omit<ReportRequest, 'format'> & {
    readonly plan?: string;
    readonly out: string;
    readonly replace?: boolean;
  },
): Promise<void> => {
  const { reportFile } = await import('../../render/report-file.ts');
  const { inputsChangedSince } = await import('../../planning/history/changed-since.ts');
  const { earlierPlan, shownPlan } = await import('../../planning/shown-plan.ts');
  const format = reportFormats.find((known) => extname(options.out).toLowerCase() === `.${known}`);
  if (format === undefined) throw new UsageError(unknownEnding);
  if (options.page !== undefined && format !== 'html') throw new UsageError(cliFinding('page-only-of-html'));
  if ((format === 'csv') !== (options.table !== undefined))
    throw new UsageError(cliFinding('table-with-csv', { tables: reportTables }));
  refuseOverwriting(options.out, options.replace);
  const [plan, earlier, since] = await withWorkspace(context, async (ports) => {
    const { store } = ports;
    const shown = await shownPlan(store, planNamed(options.plan));
    return [
      shown,
      shown && (await earlierPlan(store, shown.id)),
      shown && (await inputsChangedSince(ports, shown)),
    ] as const;
  });
  if (plan === undefined) throw new UsageError(noSuchPlan(options.plan));
  const made = await reportFile(plan, context.lang, { ...options, format }, earlier, since);
  const { embedFonts } = await import('../../engine/embed-fonts.ts');
  const file = format === 'html' ? await embedFonts(made, join(productFolder('public'), 'app')) : made;
  await writeOutput(options.out, file);
  const said = cliFinding('report-written', { id: plan.id, week: plan.week, out: options.out });
  context.answer({ document: 'report', plan: plan.id, format, file: options.out }, () => context.say(said));
};

const unknownEnding = cliFinding('unknown-report-ending');

const noSuchPlan = (id: string | undefined) =>
  id === undefined ? planningFinding('no-plan-yet') : planningFinding('no-such-plan', { id });
