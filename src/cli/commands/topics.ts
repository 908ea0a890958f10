import type { Command } from 'commander';
import { topicsRequestSchema } from '../../contract/http/job-requests.ts';
import { topicsOptions } from '../../words/help.ts';
import { answerOutOption, writeAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';
import { dateOption, weekOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addTopicsCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('topics').summary(help('demands-by-topic')),
    topicsRequestSchema,
    topicsOptions,
    { week: { read: weekOption, conflicts: ['from'] }, from: { read: dateOption } },
  )
    .addOption(answerOutOption())
    .action(run(answerTopics));
};

const answerTopics = async (
  context: CliContext,
  { out, ...options }: { readonly out?: string },
): Promise<void> => {
  const request = requestOf(topicsRequestSchema, context, options);
  const { forecastByTopic } = await import('../../planning/forecast-by-topic.ts');
  const { document, madeUp } = await withWorkspace(context, async (ports) => ({
    document: await forecastByTopic(ports, request),
    madeUp: ports.models.hotline.madeUp,
  }));
  const { topicsAnswer } = await import('../../render/documents/topics-answer.ts');
  await writeAnswer(context, document, topicsAnswer(document, context.lang, madeUp), out);
};
