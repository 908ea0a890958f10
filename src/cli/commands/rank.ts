import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { queueNamesOf } from '../queue-names.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addRankCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('rank')
    .summary('league table and temperature bands of many hotlines')
    .option('--period <period>', '2019, 2026-Q3 or 2026-11; default: the latest with results')
    .option('--traffic', 'rank the lines by their own traffic: answered within the threshold / offered')
    .option('--at-risk', 'those likeliest to be rated colder next time first')
    .action(run(answerRank));
};

interface RankOptions {
  readonly period?: string;
  readonly traffic?: boolean;
  readonly atRisk?: boolean;
}

const answerRank = async (context: CliContext, { period, traffic, atRisk }: RankOptions): Promise<void> => {
  const { atRiskFirst, rankFromStore } = await import('../../planning/rank-hotlines.ts');
  const { rankQueues } = await import('../../planning/rank-queues.ts');
  const question = { seed: context.seed, ...(period === undefined ? {} : { period }) };
  const rank = traffic === true ? rankQueues : rankFromStore;
  const { document: league, names } = await withWorkspace(context, async (ports) => ({
    document: await rank(ports, question),
    names: queueNamesOf(ports.models.hotline.queues, context.lang),
  }));
  const document = atRisk === true ? atRiskFirst(league) : league;
  const { atRiskText, rankText } = await import('../rank-text.ts');
  const words = atRisk === true ? atRiskText : rankText;
  context.answer(document, () => words(document, names, context.lang));
};
