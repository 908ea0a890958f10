import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { UsageError } from '../../kernel/errors.ts';
import { readRate } from '../../monitoring/check-results.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { writeOutput } from '../input-file.ts';
import { remarkMadeUp } from '../../render/answer.ts';
import { invalid, numberOption } from '../option-values.ts';
import { withWorkspace } from '../with-workspace.ts';
import { help } from '../help-words.ts';

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

const shareOption = (given: string): number => {
  const share = readRate(given);
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
  const { scorecardText } = await import('../../render/documents/scorecard-text.ts');
  const told = { ...document, file: out ?? null };
  // Shares that were given are the caller's own: only fitted weights rest on the workspace's results.
  const onMadeUp = madeUp && told.period !== null;
  context.answer(told, () => remarkMadeUp(scorecardText(told, context.lang), onMadeUp, context.lang));
};

const allThree = cliFinding('give-all-three');
