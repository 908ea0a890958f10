import type { Command } from 'commander';
import { compareRequestSchema } from '../../contract/http/job-requests.ts';
import { UsageError } from '../../kernel/errors.ts';
import { planningFinding } from '../../planning/planning-findings.ts';
import { answerOutOption, writeAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, weekOption } from '../option-values.ts';
import { requestOptions } from '../../words/help.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { askWorkspace } from '../with-workspace.ts';

interface CompareOptions {
  readonly week?: string;
  readonly period?: string;
  readonly out?: string;
}

export const addCompareCommand = (program: Command, run: CommandRunner): void => {
  const command = program.command('compare').summary(help('forecast-against-actual'));
  addRequestOptions(command, compareRequestSchema, requestOptions.compare, {
    week: { read: weekOption, conflicts: ['period'] },
  })
    .addOption(answerOutOption())
    .action(run(answerCompare));
};

const answerCompare = async (context: CliContext, options: CompareOptions): Promise<void> => {
  if (options.week === undefined && options.period === undefined)
    throw new UsageError(planningFinding('give-week-or-period'));
  const request = requestOf(compareRequestSchema, context, options);
  const { compareWeek } = await import('../../planning/compare-week.ts');
  const { document, madeUp } = await askWorkspace(context, (ports) => compareWeek(ports, request));
  const { compareAnswer } = await import('../../render/documents/compare-answer.ts');
  await writeAnswer(context, document, compareAnswer(document, context.lang, madeUp), options.out);
};
