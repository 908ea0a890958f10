import type { Command } from 'commander';
import { accuracyRequestSchema } from '../../contract/http/job-requests.ts';
import { accuracyOptions } from '../../words/help.ts';
import { answerOutOption, writeAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';
import { queueNamesOf, withWorkspace } from '../with-workspace.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';

export const addAccuracyCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('accuracy').summary(help('how-good-forecasts-have-been')),
    accuracyRequestSchema,
    accuracyOptions,
  )
    .addOption(answerOutOption())
    .action(run(answerAccuracy));
};

const answerAccuracy = async (
  context: CliContext,
  { out, ...options }: { readonly out?: string },
): Promise<void> => {
  const request = requestOf(accuracyRequestSchema, context, options);
  const { measureAccuracy } = await import('../../planning/measure-accuracy.ts');
  const { document, hotline } = await withWorkspace(context, async (ports) => ({
    document: await measureAccuracy(ports, request),
    hotline: ports.models.hotline,
  }));
  const { accuracyAnswer } = await import('../../render/documents/accuracy-answer.ts');
  const names = queueNamesOf(hotline.queues, context.lang);
  await writeAnswer(context, document, accuracyAnswer(document, names, context.lang, hotline.madeUp), out);
};
