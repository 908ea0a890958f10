import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import { rankQuery, type RankQuery } from '../../contract/http/job-requests.ts';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import { filterHotlines, filterOf } from '../../render/league.ts';
import { requestOptions } from '../../words/help.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { writeOutput } from '../input-file.ts';
import { addRequestOptions, requestOf } from '../request-options.ts';
import { askWorkspace, withWorkspace } from '../with-workspace.ts';

const groupingNames = { province: 'province', region: 'region', 'city-tier': 'cityTier' } as const;

interface RankOptions {
  readonly period?: string;
  readonly traffic?: boolean;
  readonly atRisk?: boolean;
  readonly by?: keyof typeof groupingNames;
  readonly hotline?: string;
  readonly out?: string;
}

export const addRankCommand = (program: Command, run: CommandRunner): void => {
  const command = program.command('rank').summary(help('league-table-and-temperature-bands'));
  addRequestOptions(command, rankQuery, requestOptions.rank)
    .option('--traffic', help('rank-the-lines'))
    .option('--at-risk', help('those-likeliest-to-be-rated'))
    .addOption(
      new Option('--by <what>', help('figures-of-groups-in-place')).choices(Object.keys(groupingNames)),
    )
    .option('--hotline <id>', help('one-hotline-through-all-periods'))
    .option('--out <file>', help('league-table-as-csv'))
    .action(run(answerRank));
};

const answerRank = async (context: CliContext, options: RankOptions): Promise<void> => {
  if (options.hotline !== undefined) return answerHotline(context, options.hotline, options);
  const { atRiskFirst, rankFromStore } = await import('../../planning/rank-from-store.ts');
  const { rankQueues } = await import('../../planning/rank-queues.ts');
  const { traffic, atRisk, by, out } = options;
  const request = requestOf(rankQuery, context, options);
  const rank = traffic === true ? rankQueues : rankFromStore;
  const { document: league, names } = await askWorkspace(context, (ports) => rank(ports, request));
  const passing = narrowed(league, request);
  const document = atRisk === true ? atRiskFirst(passing) : passing;
  if (out !== undefined) {
    const { rankingCsv } = await import('../../render/league.ts');
    await writeOutput(
      out,
      rankingCsv(document.hotlines, document.secondsStandard.standardSeconds, context.lang),
    );
  }
  const { atRiskText, groupsText, rankText } = await import('../../render/documents/rank-text.ts');
  context.answer(document, () => {
    if (by !== undefined) return groupsText(document, groupingNames[by], context.lang);
    return (atRisk === true ? atRiskText : rankText)(document, names, context.lang);
  });
};

/** The hotlines that pass the filters, with their places among all; bands and standards stay those of all. */
const narrowed = (league: RankDocument, request: RankQuery): RankDocument => {
  const hotlines = filterHotlines(league.hotlines, filterOf({ ...request, move: request.moved }));
  if (hotlines.length === 0 && league.hotlines.length > 0) throw new UsageError(noneLeft);
  return { ...league, hotlines };
};

const answerHotline = async (context: CliContext, hotline: string, options: RankOptions): Promise<void> => {
  const { by, traffic, atRisk, period, out } = options;
  if ([by, traffic, atRisk, period, out].some((one) => one !== undefined)) throw new UsageError(hotlineAlone);
  const { hotlineThroughPeriods } = await import('../../planning/rank-from-store.ts');
  const document = await withWorkspace(context, (ports) =>
    hotlineThroughPeriods(ports, { hotline, seed: context.seed }),
  );
  const { hotlineText } = await import('../../render/documents/rank-text.ts');
  context.answer(document, () => hotlineText(document, context.lang));
};

const noneLeft = cliFinding('no-hotline-passes');

const hotlineAlone = cliFinding('hotline-goes-alone');
