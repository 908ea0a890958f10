import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import {
  divertRequestSchema,
  leversRequestSchema,
  type DivertRequest,
} from '../../contract/http/job-requests.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { writeOutput } from '../input-file.ts';
import { remarkMadeUp, remarkUnusual } from '../../render/answer.ts';
import { requestOptions } from '../../words/help.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { askWorkspace, withWorkspace } from '../with-workspace.ts';

interface DivertOptions {
  readonly out?: string;
  readonly levers?: boolean;
  readonly recover?: number;
  readonly budget?: number;
}

export const addDivertCommand = (program: Command, run: CommandRunner): void => {
  const command = program.command('divert').summary(help('prompts-for-a-plans-peaks'));
  addRequestOptions(command, divertRequestSchema, requestOptions.divert, { offeredTo: { read: waitAbove } });
  command.addOption(
    new Option('--levers', help('same-target-by-prompts')).conflicts([
      'aim',
      'asOf',
      'out',
      'offeredTo',
      'patienceFactor',
    ]),
  );
  addRequestOptions(command, leversRequestSchema, requestOptions.levers)
    .option('--out <file>', help('also-write-a-csv-sheet'))
    .action(run(answerDivert));
};

const waitAbove = (value: string): DivertRequest['offeredTo'] => ({
  waitAboveSeconds: numberOption({ min: 0, max: 86_400 })(value),
});

const answerDivert = async (context: CliContext, options: DivertOptions): Promise<void> => {
  if (options.levers === true) return answerLevers(context, options);
  if (options.recover !== undefined || options.budget !== undefined)
    throw new UsageError(cliFinding('only-with-levers'));
  const { divertPlan } = await import('../../planning/divert-plan.ts');
  const { out } = options;
  const request = requestOf(divertRequestSchema, context, options);
  const { document, names, madeUp } = await askWorkspace(context, (ports) => divertPlan(ports, request));
  if (out !== undefined) {
    const { sheetOfSpans } = await import('../../render/switchboard-sheet.ts');
    await writeOutput(out, sheetOfSpans(document.prompts, names, context.lang));
  }
  const { divertText } = await import('../../render/documents/effect-text.ts');
  context.answer(document, () =>
    remarkMadeUp(
      remarkUnusual(divertText(document, names, context.lang), document, context.lang),
      madeUp,
      context.lang,
    ),
  );
};

const answerLevers = async (context: CliContext, options: DivertOptions): Promise<void> => {
  const { compareLevers } = await import('../../planning/compare-levers.ts');
  const request = requestOf(leversRequestSchema, context, options);
  const document = await withWorkspace(context, (ports) => compareLevers(ports, request));
  const { leversText } = await import('../../render/documents/effect-text.ts');
  context.answer(document, () => remarkUnusual(leversText(document, context.lang), document, context.lang));
};
