import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addRankCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('rank')
    .summary('league table and temperature bands of many hotlines')
    .option('--period <period>', '2019, 2026-Q3 or 2026-11; default: the latest with results')
    .action(run(answerRank));
};

const answerRank = async (context: CliContext, options: { readonly period?: string }): Promise<void> => {
  const { rankFromStore } = await import('../../planning/rank-hotlines.ts');
  const document = await withWorkspace(context, (ports) =>
    rankFromStore(ports, { seed: context.seed, ...options }),
  );
  const { rankText } = await import('../rank-text.ts');
  context.answer(document, () => rankText(document, context.lang));
};
