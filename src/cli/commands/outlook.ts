import type { Command } from 'commander';
import type { OutlookDocument } from '../../contract/documents/forecast-document.ts';
import { outlookRequestSchema } from '../../contract/http/job-requests.ts';
import { csvCell } from '../../kernel/text.ts';
import { outlookOptions } from '../../words/help.ts';
import { writeAnswer, namesAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';
import { writeOutput } from '../input-file.ts';
import { dateOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { addSourceOptions, readPeriods, type SourceOptions } from '../series-input.ts';

type OutlookCommandOptions = SourceOptions & { readonly out?: string };

export const addOutlookCommand = (program: Command, run: CommandRunner): void => {
  const outlook = addSourceOptions(program.command('outlook').summary(help('calls-of-the-weeks')));
  addRequestOptions(outlook, outlookRequestSchema, outlookOptions, { from: { read: dateOption } })
    .option('--out <file>', help('csv-of-the-weeks'))
    .action(run(answerOutlook));
};

const answerOutlook = async (context: CliContext, options: OutlookCommandOptions): Promise<void> => {
  const { runOutlook } = await import('../../planning/run-outlook.ts');
  const request = requestOf(outlookRequestSchema, context, options);
  const { series, names, madeUp } = await readPeriods(context, options, request);
  const document = runOutlook(series, request);
  const { out } = options;
  if (out !== undefined && !namesAnswer(out)) await writeOutput(out, csvOf(document));
  const { outlookAnswer } = await import('../../render/documents/outlook-answer.ts');
  await writeAnswer(context, document, outlookAnswer(document, names, context.lang, madeUp), out);
};

const csvOf = ({ queues }: OutlookDocument): string => {
  const rows = queues.flatMap(({ queue, origin, periods }) =>
    periods.map(({ start, mean, q025, q10, q50, q90, q975 }) =>
      [csvCell(queue), origin, start, mean, q025, q10, q50, q90, q975].join(','),
    ),
  );
  return `${['queue,origin,start,mean,q025,q10,q50,q90,q975', ...rows].join('\n')}\n`;
};
