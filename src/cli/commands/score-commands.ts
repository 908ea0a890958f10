import { type Command, Option } from 'commander';
import type { RateDocument } from '../../contract/documents/score-documents.ts';
import { rateRequestSchema } from '../../contract/http/job-requests.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { UsageError } from '../../kernel/errors.ts';
import { csvCell } from '../../kernel/text.ts';
import { readRate } from '../../monitoring/check-results.ts';
import type { RateHistory } from '../../monitoring/forecast-rate.ts';
import { remarkMadeUp } from '../../render/answer.ts';
import { requestOptions } from '../../words/help.ts';
import { namesAnswer, writeAnswer } from '../answer-out.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { dateOption, help, invalid, numberOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { readInputTable, writeOutput } from '../input-file.ts';
import { addRequestOptions, refuseWithoutInput, requestOf } from '../request-options.ts';
import { queueNamesOf, withWorkspace } from '../with-workspace.ts';

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
  addRequestOptions(rate, rateRequestSchema, requestOptions.rate, { from: { read: dateOption } })
    .option('--out <file>', help('csv-days-ending'))
    .action(run(answerRate));
};

const answerRate = async (context: CliContext, options: RateOptions): Promise<void> => {
  const { runRate } = await import('../../planning/run-rate.ts');
  const { histories, queues, madeUp } = await historiesOf(context, options);
  const document = runRate(histories, requestOf(rateRequestSchema, context, options), queues);
  const { out } = options;
  if (out !== undefined && !namesAnswer(out)) await writeOutput(out, csvOf(document));
  const { rateAnswer } = await import('../../render/documents/score-answers.ts');
  const names = queueNamesOf(queues, context.lang);
  await writeAnswer(context, document, rateAnswer(document, names, context.lang, madeUp), out);
};

/** The lines to forecast, and what people call those that are the hotline's queues. */
interface Lines {
  readonly histories: readonly RateHistory[];
  readonly queues: HotlineModel['queues'];
  readonly madeUp: boolean;
}

const tableOptions = [
  'timeColumn',
  'queueColumn',
  'callsColumn',
  'metColumn',
  'encoding',
  'sheet',
] as const satisfies readonly (keyof RateOptions)[];

const historiesOf = async (context: CliContext, options: RateOptions): Promise<Lines> => {
  refuseWithoutInput(options, tableOptions);
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

export const addGradeCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('grade')
    .summary(help('which-tier-each-operators-own'))
    .option('--all', help('every-operator-with-reasons'))
    .option('--free-seats', help('let-tiers-grow-and-shrink'))
    .action(run(answerGrade));
};

interface GradeOptions {
  readonly all?: boolean;
  readonly freeSeats?: boolean;
}

const answerGrade = async (context: CliContext, { all, freeSeats }: GradeOptions): Promise<void> => {
  const { gradeFromStore } = await import('../../planning/grade-from-store.ts');
  const document = await withWorkspace(context, (ports) =>
    gradeFromStore(ports, freeSeats === undefined ? {} : { freeSeats }),
  );
  const { gradeText } = await import('../../render/documents/score-answers.ts');
  context.answer(document, () => gradeText(document, context.lang, all === true));
};

interface ScorecardOptions {
  readonly period?: string;
  readonly solved?: number;
  readonly partly?: number;
  readonly effect?: number;
  readonly out?: string;
}

export const addScorecardCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('scorecard')
    .summary(help('weights-and-partial-credit'))
    .option('--period <period>', help('results-of-2019'))
    .addOption(new Option('--solved <share>', help('published-share-of-calls-solved')).argParser(shareOption))
    .addOption(new Option('--partly <share>', help('published-share-of-calls-partly')).argParser(shareOption))
    .addOption(
      new Option('--effect <points>', help('score-made-of-both')).argParser(
        numberOption({ min: 0, max: 100 }),
      ),
    )
    .option('--out <file>', help('scorecard-with-what-was-fitted'))
    .action(run(answerScorecard));
};

const shareOption = (value: string): number => {
  const share = readRate(value);
  if (share === undefined) throw invalid(cliFinding('share-or-percentage'));
  return share;
};

const answerScorecard = async (context: CliContext, options: ScorecardOptions): Promise<void> => {
  const { period, solved, partly, effect, out } = options;
  const given = [solved, partly, effect].filter((one) => one !== undefined).length;
  if (given !== 0 && given !== 3) throw new UsageError(allThree);
  const { fitPublishedScores } = await import('../../planning/fit-published-scores.ts');
  const { document, scorecard, madeUp } = await withWorkspace(context, async (ports) => ({
    ...(await fitPublishedScores(ports, {
      seed: context.seed,
      ...(period === undefined ? {} : { period }),
      ...(solved === undefined || partly === undefined || effect === undefined
        ? {}
        : { resolution: { solved, partly, effect } }),
    })),
    madeUp: ports.models.hotline.madeUp,
  }));
  if (out !== undefined) await writeOutput(out, `${JSON.stringify(scorecard, null, 2)}\n`);
  const { scorecardText } = await import('../../render/documents/score-answers.ts');
  const told = { ...document, file: out ?? null };
  // Shares that were given are the caller's own: only fitted weights rest on the workspace's results.
  const onMadeUp = madeUp && told.period !== null;
  context.answer(told, () => remarkMadeUp(scorecardText(told, context.lang), onMadeUp, context.lang));
};

const allThree = cliFinding('give-all-three');
