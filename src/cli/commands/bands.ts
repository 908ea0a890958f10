import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { bandsRequestSchema } from '../../contract/http/job-requests.ts';
import { UsageError } from '../../kernel/errors.ts';
import { requestOptions } from '../../words/help.ts';
import { answerOutOption, writeAnswer } from '../answer-out.ts';
import type { CommandAnswer, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { askWorkspace } from '../with-workspace.ts';

export const addBandsCommand = (program: Command, run: CommandRunner): void => {
  addRequestOptions(
    program.command('bands').summary(help('what-the-hot-band-takes')),
    bandsRequestSchema,
    requestOptions.bands,
  )
    .addOption(answerOutOption())
    .action(run(answerBands));
};

const answerBands: CommandAnswer<{ readonly plan?: string; readonly out?: string }> = async (
  context,
  { plan, out, ...options },
) => {
  const request = { ...requestOf(bandsRequestSchema, context, options), plan };
  const [n = 0, ...others] = request.testCalls;
  const { connected } = request;
  if (connected !== undefined && (others.length > 0 || connected > n)) throw new UsageError(oneNumber);
  const { bandNeeds } = await import('../../planning/band-needs.ts');
  const { document, madeUp } = await askWorkspace(context, (ports) => bandNeeds(ports, request));
  const { bandsAnswer } = await import('../../render/documents/requirement-answers.ts');
  await writeAnswer(context, document, bandsAnswer(document, context.lang, madeUp), out);
};

const oneNumber = cliFinding('one-number-of-test-calls');
