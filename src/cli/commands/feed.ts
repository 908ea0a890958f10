import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type FeedDocument,
  feedKinds,
  type FeedRun,
  handleTimeConventions,
  isPlaceKind,
} from '../../contract/documents/feed-documents.ts';
import type { Alarms } from '../../feeds/alarms.ts';
import type { Feeds } from '../../planning/ports.ts';
import { UsageError } from '../../kernel/errors.ts';
import { wallClockOf } from '../../kernel/time.ts';
import { feedFinding } from '../../feeds/feed-findings.ts';
import { messages } from '../../words/messages.ts';
import { noFigure } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { describeProblem } from '../../words/problems.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { help, listByDefault, numberOption } from '../option-values.ts';
import { settingsOf } from '../settings-of.ts';
import { untilInterrupted, withWorkspace } from '../with-workspace.ts';

const feedWords = messages('terminal-feed');

export const addFeedCommand = (program: Command, run: CommandRunner): void => {
  const feed = program.command('feed').summary(help('live-feeds-of-a-switchboard'));
  feed
    .command('add')
    .summary(help('set-up-a-feed'))
    .argument('<name>', help('name-of-the-feed'))
    .addOption(
      new Option('--kind <kind>', help('kind-of-feed')).choices([...feedKinds]).makeOptionMandatory(),
    )
    .option('--from <path>', help('file-or-folder-to-read'))
    .option('--secret <place>', help('where-the-password-stands'))
    .option('--history <path>', help('where-the-rest-is-read'))
    .option('--query <sql>', help('what-a-feed-asks'))
    .option('--map <file>', help('columns-of-its-rows'))
    .addOption(
      new Option('--every <minutes>', help('minutes-between-questions')).argParser(
        numberOption({ min: 1, max: 1440 }),
      ),
    )
    .addOption(new Option('--queue <pair...>', help('switch-queue-is-queue')).argParser(queuePair))
    .option('--no-queue', help('no-queues-chosen'))
    .option('--time-zone <zone>', help('zone-of-its-wall-clock'))
    .addOption(
      new Option('--late <hours>', help('how-late-events-come')).argParser(numberOption({ min: 0, max: 72 })),
    )
    .addOption(
      new Option('--handle-time <where>', help('where-handle-time-counts')).choices([
        ...handleTimeConventions,
      ]),
    )
    .option('--presence', help('presence-of-a-feed'))
    .option('--no-presence', help('no-presence-of-a-feed'))
    .action(run(answerAdd));
  listByDefault(feed, help('list-the-feeds')).action(run(answerList));
  feed
    .command('test')
    .summary(help('look-at-a-source'))
    .argument('<name>', help('name-of-the-feed'))
    .action(run(answerTest));
  feed
    .command('alarm')
    .summary(help('alarms-of-feeds'))
    .option('--webhook <url>', help('alarms-to-webhook'))
    .option('--no-webhook', help('no-webhook'))
    .option('--mail <address...>', help('alarms-by-mail'))
    .option('--no-mail', help('no-mail'))
    .option('--feeds', help('alarms-for-feeds'))
    .option('--no-feeds', help('no-alarms-for-feeds'))
    .option('--signals', help('alarms-for-signals'))
    .option('--no-signals', help('no-alarms-for-signals'))
    .option('--test', help('send-a-test'))
    .action(run(answerAlarm));
  feed
    .command('remove')
    .summary(help('remove-a-feed'))
    .argument('<name>', help('name-of-the-feed'))
    .action(run(answerRemove));
  feed
    .command('run')
    .summary(help('read-feeds'))
    .argument('[name]', help('name-of-the-feed'))
    .option('--once', help('read-once'))
    .action(run(answerRun));
};

type Pairs = Record<string, string | null>;

/** Stands among pairs, where no queue can, once what was chosen before is not to stay. */
const anew = '';

/** Reads `--queue 1501=general`, which may come several times, also after `--no-queue`. */
const queuePair = (value: string, before: Pairs | false = {}): Pairs => {
  const at = value.lastIndexOf('=');
  if (at < 1) throw new UsageError(feedFinding('bad-queue-pair', { given: value }));
  const queue = value.slice(at + 1).trim();
  const others = before === false ? { [anew]: null } : before;
  return { ...others, [value.slice(0, at).trim()]: queue === '' ? null : queue };
};

/** Bytes that a command reads at once: it has nothing else to do. */
const pieceBytes = 4 * 2 ** 20;
const piecesPerStep = 32;

/** Works with the feeds of the workspace that the command is for. */
export const withFeeds = async <Answer>(
  context: CliContext,
  work: (feeds: Feeds, alarms: Alarms) => Promise<Answer>,
): Promise<Answer> => {
  const { createFeeds, feedSecret } = await import('../../feeds/feeds.ts');
  const { createAlarms } = await import('../../feeds/alarms.ts');
  const { settings } = await settingsOf(context, {}, true);
  const { tokenOf } = await import('../../http/access.ts');
  const { homeFolder } = await import('../../store/workspace-lines.ts');
  const { readModels } = await import('../../store/workspace-models.ts');
  return withWorkspace(context, async ({ store, unpacker, saveHotline }) => {
    const folder = resolve(context.workspace);
    const secret = feedSecret(await tokenOf(homeFolder(folder)));
    const models = () => readModels(resolve(folder, 'models'));
    const now = context.terminal.nowMillis;
    const feeds = createFeeds({
      store,
      models,
      saveHotline,
      unpacker,
      now,
      secret,
      pieceBytes,
      piecesPerStep,
    });
    const alarms = createAlarms({
      settings,
      store,
      folder,
      hotline: async () => (await models()).hotline,
      feeds: () => feeds.list(),
      // the server alone follows the day
      day: async () => undefined,
      now,
    });
    return work(feeds, alarms);
  });
};

interface AddOptions {
  readonly kind: (typeof feedKinds)[number];
  readonly from?: string;
  readonly secret?: string;
  readonly history?: string;
  readonly query?: string;
  readonly map?: string;
  readonly every?: number;
  readonly queue?: Pairs | false;
  readonly timeZone?: string;
  readonly late?: number;
  readonly presence?: boolean;
  readonly handleTime?: (typeof handleTimeConventions)[number];
}

/** Sets a feed up, or changes one: what is not said stays, of another kind queues and presence; what is empty is unset. */
const answerAdd: CommandAnswer<AddOptions> = async (context, options, [name = '']) => {
  const { feedSettingsSchema, feedToPutSchema } = await import('../../contract/documents/feed-documents.ts');
  const { parseDocument } = await import('../../contract/parse-document.ts');
  const { kind, from, secret, history, query, map, every, queue, timeZone, late, handleTime, presence } =
    options;
  const { readInputText } = await import('../input-file.ts');
  const { readJsonInput } = await import('../json-input.ts');
  const { z } = await import('zod');
  const isPlace = isPlaceKind(kind, from);
  const said = {
    kind,
    from: from === undefined || kind === 'push' ? undefined : isPlace ? resolve(from) : from,
    secret: secret && wholeSecret(secret),
    history: history && resolve(history),
    query: query?.startsWith('@') === true ? await readInputText(query.slice(1)) : query,
    map: map === undefined || map === '' ? map : await readJsonInput(z.record(z.string(), z.unknown()), map),
    everyMinutes: every,
    timeZone,
    lateHours: late,
    handleTime,
    presence,
  };
  const feed = await withFeeds(context, async (feeds) => {
    const before = (await feeds.list()).find((each) => each.name === name);
    const stays = Object.entries(before ?? {}).filter(
      ([setting]) =>
        setting !== 'madeUp' &&
        Object.hasOwn(feedSettingsSchema.shape, setting) &&
        (before?.kind === kind || setting === 'presence'),
    );
    const given = Object.entries(said).filter(([, value]) => value !== undefined);
    const all = Object.entries(Object.fromEntries<unknown>([...stays, ...given]));
    const { [anew]: isAnew, ...pairs } = queue === false ? { [anew]: null } : (queue ?? {});
    const settings = parseDocument(feedToPutSchema, {
      ...Object.fromEntries(all.filter(([, value]) => value !== '')),
      queues: { ...(isAnew === undefined ? before?.queues : {}), ...pairs },
    });
    return feeds.put(name, settings);
  });
  context.answer({ document: 'feed-added', ...feed }, () => context.say(feedFinding('feed-added', { name })));
};

/** Where a password stands, by its whole path where it is a file. */
const wholeSecret = (secret: string): string =>
  secret.startsWith('file:') ? `file:${resolve(secret.slice('file:'.length))}` : secret;

const answerList = async (context: CliContext): Promise<void> => {
  const feeds = await withFeeds(context, (all) => all.list());
  const { readModels } = await import('../../store/workspace-models.ts');
  const { zone } = (await readModels(resolve(context.workspace, 'models'))).hotline;
  const { terminalRows } = await import('../../render/terminal-table.ts');
  const { headed } = await import('../../render/table.ts');
  const words = spoken(feedWords, context.lang);
  context.answer({ document: 'feeds', feeds }, () =>
    terminalRows(
      context.lang,
      feeds,
      headed<FeedDocument>(words.heads, [
        ['text', ({ name }) => name],
        ['text', ({ kind }) => kind],
        ['text', ({ state }) => words[state.is]],
        [
          'text',
          ({ state }) =>
            state.since === null
              ? noFigure
              : wallClockOf(Date.parse(state.since), zone).slice(0, 16).replace('T', ' '),
        ],
        ['number:0', ({ read }) => read],
        ['number:0', ({ stored }) => stored],
        ['number:0', ({ unknown }) => unknown],
        ['number:0', ({ refused }) => refused],
        [
          'text',
          ({ state }) =>
            state.why === undefined ? '' : describeProblem(state.why, context.lang, 'terminal'),
        ],
      ]),
    ),
  );
};

const answerTest = async (context: CliContext, _: object, [name = '']: readonly string[]): Promise<void> => {
  const test = await withFeeds(context, (feeds) => feeds.test(name));
  const words = spoken(feedWords, context.lang);
  context.answer({ document: 'feed-test', feed: name, ...test }, () =>
    test.problem === null
      ? [
          words.tested(test),
          ...test.queues.map(({ queue, as, calls }) =>
            words.testedQueue({ queue, as: as ?? words.noQueue, calls }),
          ),
        ].join('\n')
      : describeProblem(test.problem, context.lang, 'terminal'),
  );
  if (!test.ok) context.terminal.endWith?.(3);
};

interface AlarmOptions {
  readonly webhook?: string | false;
  readonly mail?: readonly string[] | false;
  readonly feeds?: boolean;
  readonly signals?: boolean;
  readonly test?: boolean;
}

/** Changes what is named, and says how alarms stand. An address that is a secret is read from the standard input as `-`. */
const answerAlarm = async (
  context: CliContext,
  { webhook, mail, feeds: forFeeds, signals, test = false }: AlarmOptions,
): Promise<void> => {
  const { alarmChangeSchema } = await import('../../contract/documents/feed-documents.ts');
  const { parseDocument } = await import('../../contract/parse-document.ts');
  const { text } = await import('node:stream/consumers');
  const address = webhook === '-' ? (await text(process.stdin)).trim() : webhook;
  const change = parseDocument(alarmChangeSchema, {
    ...(address === undefined ? {} : { webhook: address === false ? '' : address }),
    ...(mail === undefined ? {} : { mail: mail === false ? [] : mail }),
    ...(forFeeds === undefined ? {} : { feeds: forFeeds }),
    ...(signals === undefined ? {} : { signals }),
  });
  const { shown, tried } = await withFeeds(context, async (_, alarms) => ({
    shown:
      Object.keys(change).length === 0
        ? await alarms.show()
        : await alarms.change({ ...change, language: context.lang }),
    tried: test ? await alarms.test() : [],
  }));
  const words = spoken(feedWords, context.lang);
  const { list } = speak(context.lang, 'terminal');
  context.answer({ document: 'alarms', ...shown, tried }, () =>
    [
      words.alarmsGo({
        to: list([...(shown.webhook === null ? [] : [shown.webhook]), ...shown.mail]) || words.nowhere,
      }),
      ...shown.open.map(({ subject, what }) => words.alarmOpen({ subject, what })),
      words.alarmCounts({ sent: shown.sent, waiting: shown.waiting, givenUp: shown.givenUp }),
      ...(shown.failure === null ? [] : [words.alarmFailed(shown.failure)]),
      ...tried.map(({ way, why }) => words.alarmTried({ way, why: why ?? words.taken })),
    ].join('\n'),
  );
  if (tried.some(({ why }) => why !== null)) context.terminal.endWith?.(3);
};

const answerRemove: CommandAnswer = async (context, _, [name = '']) => {
  const known = await withFeeds(context, async (feeds) =>
    (await feeds.remove(name)) ? undefined : (await feeds.list()).map((feed) => feed.name),
  );
  if (known !== undefined) throw new UsageError(feedFinding('no-such-feed', { name, known }));
  context.answer({ document: 'feed-removed', name }, () =>
    context.say(feedFinding('feed-removed', { name })),
  );
};

const answerRun: CommandAnswer<{ readonly once?: boolean }> = async (context, { once = false }, [name]) => {
  await withFeeds(context, async (feeds) => {
    const all = (await feeds.list()).filter((feed) => name === undefined || feed.name === name);
    if (all.length === 0)
      throw new UsageError(
        name === undefined ? feedFinding('no-feeds') : feedFinding('no-such-feed', { name, known: [] }),
      );
    if (!once) {
      const end = feeds.follow((feed, error) => context.terminal.err(`${feed}: ${String(error)}\n`), name);
      context.notice(feedFinding('feed-following'));
      await untilInterrupted(context.terminal);
      await end();
      return;
    }
    const runs: FeedRun[] = [];
    for (const feed of all) runs.push(await feeds.run(feed.name));
    const [only, ...others] = runs;
    const words = spoken(feedWords, context.lang);
    context.answer(
      only !== undefined && others.length === 0
        ? { document: 'feed-run', ...only }
        : { document: 'feed-runs', feeds: runs },
      () =>
        runs.map(({ intervals, ...run }) => words.ran({ ...run, intervals: intervals.length })).join('\n'),
    );
    const broken = runs.find(({ state }) => state.is === 'broken')?.state.why;
    if (broken !== undefined) {
      context.notice(describeProblem(broken, context.lang, 'terminal'));
      context.terminal.endWith?.(3);
    }
  });
};
