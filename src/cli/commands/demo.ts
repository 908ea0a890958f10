import { Option, type Command } from 'commander';
import { feedSettingsSchema } from '../../contract/documents/feed-documents.ts';
import { switchboardSockets } from '../../demo/switchboard-events.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { mondayOfWeek, type PlainDate, weekOf } from '../../kernel/time.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help, numberOption, weekOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import type { LiveOptions } from '../play-live.ts';
import { withWorkspace } from '../with-workspace.ts';

export const addDemoCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('demo')
    .summary(help('make-up-a-hotline'))
    .addOption(new Option('--week <week>', help('iso-week-default')).argParser(weekOption))
    .option('--verbose', help('print-the-whole-plan-and-roster'))
    .option('--live', help('todays-calls-as-they-come'))
    .addOption(
      new Option('--speed <n>', help('times-as-fast')).argParser(numberOption({ min: 1, max: 86_400 })),
    )
    .option('--out <folder>', help('folder-of-the-queue-log'))
    .addOption(
      new Option('--socket <kind>', help('socket-of-the-switchboard')).choices([...switchboardSockets]),
    )
    .option('--once', help('write-what-has-happened-and-end'))
    .addOption(
      new Option('--port <n>', help('default-12345-0-any-free')).argParser(
        numberOption({ min: 0, max: 65_535, whole: true }),
      ),
    )
    .action(run(answerDemo));
};

interface DemoOptions extends LiveOptions {
  readonly week?: string;
  readonly verbose?: boolean;
  readonly live?: boolean;
  readonly once?: boolean;
  readonly port?: number;
}

const answerDemo = async (context: CliContext, options: DemoOptions): Promise<void> => {
  const { week, verbose, live } = options;
  const { prepareDemo } = await import('../prepare-demo.ts');
  await prepareDemo(context);
  if (live === true) return answerLive(context, options);
  await printPlan(context, await planDemo(context, week), verbose);
};

/** What the feed of the made-up switchboard is called. */
const liveFeed = 'demo';

/** Serves the page while the made-up switchboard writes its log, which a feed follows; with `once` writes and reads what has happened today, and ends. */
const answerLive = async (context: CliContext, options: DemoOptions): Promise<void> => {
  const { prepareLive } = await import('../play-live.ts');
  const { withFeeds } = await import('./feed.ts');
  const { file, date, catchUp, play, openSocket } = await prepareLive(context, options);
  if (options.once !== true) await planLiveWeek(context, date);
  const settings = feedSettingsSchema.parse({ kind: 'queue-log', from: file, madeUp: true });
  await withFeeds(context, (feeds) => feeds.put(liveFeed, settings));
  if (options.once === true) {
    const played = await catchUp();
    await withFeeds(context, (feeds) => feeds.run(liveFeed));
    const said = cliFinding('live-written', { file, ...played });
    context.answer({ document: 'demo-live', file, date, ...played }, () => context.say(said));
    return;
  }
  const { serveUntilInterrupted } = await import('./serve-commands.ts');
  const { port } = options;
  await serveUntilInterrupted(
    context,
    { ...(port === undefined ? {} : { port }), page: 'today' },
    async () => {
      context.notice(cliFinding('live-begins', { file }));
      const address = await openSocket();
      if (address !== undefined) context.notice(cliFinding('live-socket', { address }));
      context.notice(cliFinding('live-written', { file, ...(await play()) }));
    },
  );
};

/**
 * What the day is held against: the plan of its week and the roster, published, that says who can be asked; each made where
 * there is none.
 */
const planLiveWeek = async (context: CliContext, date: PlainDate): Promise<void> => {
  const week = weekOf(date);
  const isThere = await withWorkspace(context, async ({ store }) =>
    (await store.plans()).some((plan) => plan.week === week),
  );
  if (!isThere) await planDemo(context, week);
  await withWorkspace(context, async (ports) => {
    const isRostered = (await ports.store.rosters()).some(
      ({ from, to, publishedAt }) => publishedAt !== null && from <= date && date <= to,
    );
    if (!isRostered) {
      const { makeRoster } = await import('../../planning/make-roster.ts');
      const { publishRoster } = await import('../../planning/change-roster.ts');
      const { rosterRequestSchema } = await import('../../contract/http/roster-requests.ts');
      const request = { from: mondayOfWeek(week), weeks: 1, seed: context.seed };
      const { id: roster, broken } = await makeRoster(ports, rosterRequestSchema.parse(request));
      if (!broken.some(({ hard }) => hard)) await publishRoster(ports, { roster });
    }
  });
};

/** Prints a plan on one screen; with `verbose` all of it and, of the made-up hotline, who works when. As JSON the plan alone. */
export const printPlan = async (context: CliContext, plan: PlanDocument, verbose = false): Promise<void> => {
  const { renderPlanSummary, renderPlanText } = await import('../../render/plan-text.ts');
  const isWhole = verbose && !context.json;
  const names = isWhole && plan.hotline.madeUp ? [await weekByName(context, plan)] : [];
  context.answer(plan, () =>
    isWhole
      ? [renderPlanText(plan, context.lang), ...names].join('\n\n')
      : renderPlanSummary(plan, context.lang),
  );
};

const weekByName = async (context: CliContext, plan: PlanDocument): Promise<string> => {
  const { makeRoster } = await import('../../planning/make-roster.ts');
  const { rosterRequestSchema } = await import('../../contract/http/roster-requests.ts');
  const { weekText } = await import('../../render/roster-text.ts');
  const request = rosterRequestSchema.parse({ from: plan.days[0]?.date, weeks: 1, seed: context.seed });
  const roster = await withWorkspace(context, (ports) => makeRoster(ports, request));
  return weekText(roster, context.lang);
};

/** Plans a week of whatever the workspace holds. */
export const planDemo = async (context: CliContext, week?: string): Promise<PlanDocument> => {
  const { planWeek } = await import('../../planning/plan-week.ts');
  const { withStanding } = await import('../../planning/shown-plan.ts');
  const request = { seed: context.seed, ...(week === undefined ? {} : { week }) };
  return withWorkspace(context, async (ports) => withStanding(ports.store, await planWeek(ports, request)));
};
