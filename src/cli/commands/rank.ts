import { cliFinding } from '../cli-findings.ts';
import { Option, type Command } from 'commander';
import type { RankDocument } from '../../contract/documents/rank-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import { bands, filterHotlines, filterOf, moves, type Filter } from '../../render/league.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { writeOutput } from '../input-file.ts';
import { queueNamesOf } from '../queue-names.ts';
import { withWorkspace } from '../with-workspace.ts';

const groupingNames = { province: 'province', region: 'region', 'city-tier': 'cityTier' } as const;

interface RankOptions {
  readonly period?: string;
  readonly traffic?: boolean;
  readonly atRisk?: boolean;
  readonly by?: keyof typeof groupingNames;
  readonly province?: string;
  readonly region?: string;
  readonly cityTier?: string;
  readonly roundTheClock?: Filter['roundTheClock'];
  readonly smartVoice?: Filter['smartVoice'];
  readonly enterpriseLine?: Filter['enterpriseLine'];
  readonly band?: Filter['band'];
  readonly moved?: Filter['move'];
  readonly hotline?: string;
  readonly out?: string;
}

export const addRankCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('rank')
    .summary('league table and temperature bands of many hotlines')
    .option('--period <period>', '2019, 2026-Q3 or 2026-11; default: the latest with results')
    .option('--traffic', 'rank the lines by their own traffic: answered within the threshold / offered')
    .option('--at-risk', 'those likeliest to be rated colder next time first')
    .addOption(
      new Option('--by <what>', 'figures of groups in place of single hotlines').choices(
        Object.keys(groupingNames),
      ),
    )
    .option('--province <name>', 'hotlines of this province only')
    .option('--region <name>', 'hotlines of this region only')
    .option('--city-tier <name>', 'hotlines of this city tier only')
    .addOption(yesOrNo('--round-the-clock', 'hotlines that are open round the clock, or that are not'))
    .addOption(yesOrNo('--smart-voice', 'hotlines with smart voice, or without'))
    .addOption(yesOrNo('--enterprise-line', 'hotlines with an enterprise line, or without'))
    .addOption(new Option('--band <band>', 'hotlines in this band only').choices([...bands]))
    .addOption(
      new Option('--moved <how>', 'hotlines that went up or down a band, or moved beyond chance').choices([
        ...moves,
      ]),
    )
    .option('--hotline <id>', 'one hotline through all periods')
    .option('--out <file>', 'the league table as CSV')
    .action(run(answerRank));
};

const yesOrNo = (name: string, words: string): Option =>
  new Option(`${name} <yes|no>`, words).choices(['yes', 'no']);

const answerRank = async (context: CliContext, options: RankOptions): Promise<void> => {
  if (options.hotline !== undefined) return answerHotline(context, options.hotline, options);
  const { atRiskFirst, rankFromStore } = await import('../../planning/rank-hotlines.ts');
  const { rankQueues } = await import('../../planning/rank-queues.ts');
  const { period, traffic, atRisk, by, out } = options;
  const question = { seed: context.seed, ...(period === undefined ? {} : { period }) };
  const rank = traffic === true ? rankQueues : rankFromStore;
  const { document: league, names } = await withWorkspace(context, async (ports) => ({
    document: await rank(ports, question),
    names: queueNamesOf(ports.models.hotline.queues, context.lang),
  }));
  const passing = narrowed(league, options);
  const document = atRisk === true ? atRiskFirst(passing) : passing;
  if (out !== undefined) {
    const { rankingCsv } = await import('../../render/ranking-csv.ts');
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
const narrowed = (league: RankDocument, options: RankOptions): RankDocument => {
  const hotlines = filterHotlines(league.hotlines, filterOf({ ...options, move: options.moved }));
  if (hotlines.length === 0 && league.hotlines.length > 0) throw new UsageError(noneLeft);
  return { ...league, hotlines };
};

const answerHotline = async (context: CliContext, hotline: string, options: RankOptions): Promise<void> => {
  const { by, traffic, atRisk, period, out } = options;
  if ([by, traffic, atRisk, period, out].some((one) => one !== undefined)) throw new UsageError(hotlineAlone);
  const { hotlineThroughPeriods } = await import('../../planning/hotline-through-periods.ts');
  const document = await withWorkspace(context, (ports) =>
    hotlineThroughPeriods(ports, { hotline, seed: context.seed }),
  );
  const { hotlineText } = await import('../../render/documents/hotline-text.ts');
  context.answer(document, () => hotlineText(document, context.lang));
};

const noneLeft = cliFinding('no-hotline-passes');

const hotlineAlone = cliFinding('hotline-goes-alone');
