import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import type { RateDocument } from '../../contract/documents/score-documents.ts';
import { rateRequestSchema } from '../../contract/http/job-requests.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { csvCell } from '../../kernel/text.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { RateHistory } from '../../monitoring/forecast-rate.ts';
import { rateOptions } from '../../words/help.ts';
import { writeAnswer, namesAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { readInputTable, writeOutput } from '../input-file.ts';
import { dateOption } from '../option-values.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { queueNamesOf, withWorkspace } from '../with-workspace.ts';
import { help } from '../help-words.ts';

interface RateOptions {
  readonly input?: string;
  readonly timeColumn?: string;
  readonly queueColumn?: string;
  readonly callsColumn?: string;
  readonly metColumn?: string;
  readonly encoding?: string;
  readonly sheet?: string;
  readonly queue?: string;
  readonly out?: string;
}

export const addRateCommand = (program: Command, run: CommandRunner): void => {
  const rate = program
    .command('rate')
    .summary(help('share-of-calls-answered-in-time'))
    .option('--input <file>', help('table'))
    .option('--time-column <name>', help('column-of-times'))
    .option('--queue-column <name>', help('column-of-queues'))
    .option('--calls-column <name>', help('column-of-calls'))
    .option('--met-column <name>', help('column-of-calls-answered'))
    .option('--encoding <name>', help('default-recognised-from-the-bytes'))
    .option('--sheet <name>', help('sheet-spreadsheet-default-first'));
  addRequestOptions(rate, rateRequestSchema, rateOptions, { from: { read: dateOption } })
    .option('--out <file>', help('csv-days-ending'))
    .action(run(answerRate));
};

const answerRate = async (context: CliContext, options: RateOptions): Promise<void> => {
  const { runRate } = await import('../../planning/run-rate.ts');
  const { histories, queues, madeUp } = await historiesOf(context, options);
  const document = runRate(histories, requestOf(rateRequestSchema, context, options), queues);
  const { out } = options;
  if (out !== undefined && !namesAnswer(out)) await writeOutput(out, csvOf(document));
  const { rateAnswer } = await import('../../render/documents/rate-answer.ts');
  const names = queueNamesOf(queues, context.lang);
  await writeAnswer(context, document, rateAnswer(document, names, context.lang, madeUp), out);
};

/** The lines to forecast, and what people call those that are the hotline's queues. */
interface Lines {
  readonly histories: readonly RateHistory[];
  readonly queues: HotlineModel['queues'];
  readonly madeUp: boolean;
}

const historiesOf = async (context: CliContext, options: RateOptions): Promise<Lines> => {
  const { rateHistories, rateHistoriesOf } = await import('../../planning/rank-queues.ts');
  const { input, callsColumn: calls, metColumn: met, encoding, sheet } = options;
  if (input === undefined)
    return withWorkspace(context, async (ports) => ({
      histories: await rateHistories(ports, options.queue),
      queues: ports.models.hotline.queues,
      madeUp: ports.models.hotline.madeUp,
    }));
  if (calls === undefined || met === undefined) throw new UsageError(columnsWanted);
  const csv = await readInputTable(input, {
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
  });
  const { timeColumn, queueColumn, queue } = options;
  const histories = rateHistoriesOf(
    csv,
    {
      file: input,
      ...(timeColumn === undefined ? {} : { timeColumn }),
      ...(queueColumn === undefined ? {} : { queueColumn }),
      ...(queue === undefined ? {} : { queue }),
    },
    { calls, met },
  );
  return { histories, queues: [], madeUp: false };
};

const columnsWanted = cliFinding('name-both-columns');

const csvOf = ({ from, lines }: RateDocument): string => {
  const rows = lines.flatMap(({ line, days }) =>
    days.map((day) =>
      [
        csvCell(line),
        from,
        day.date,
        day.mean,
        day.q025,
        day.q10,
        day.q90,
        day.q975,
        day.calls ?? '',
        day.actual ?? '',
      ].join(','),
    ),
  );
  return `${['line,origin,date,mean,q025,q10,q90,q975,calls,actual', ...rows].join('\n')}\n`;
};
