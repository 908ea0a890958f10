import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { type AccountStore, notedAccounts } from '../access/accounts.ts';
import { administratorMissing, createOpenId, openIdRoles, providerRoles } from '../access/openid.ts';
import { createApiTokens } from '../access/recognise.ts';
import { newCode } from '../access/secrets.ts';
import { createSignInThrottle, type SignInEvent, type SignInThrottle } from '../access/sign-in-context.ts';
import { createSignIn } from '../access/sign-in.ts';
import { apiRoot, lineRoot } from '../contract/http/api-root.ts';
import { dayRequestSchema } from '../contract/http/job-requests.ts';
import type { Settings } from '../contract/settings.ts';
import { fileUnpackerUntil } from '../engine/file-unpacker.ts';
import { alarmCounts, createAlarms } from '../feeds/alarms.ts';
import { createFeeds, feedSecret } from '../feeds/feeds.ts';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import type { FileUnpacker } from '../ingest/tables/file-unpacker.ts';
import { isUrgent, type JobQueue, waitForMaintenance } from '../jobs/job-queue.ts';
import { createJobTurns, createLocalJobs } from '../jobs/local-jobs.ts';
import { createTaskThread, type TaskPlace, workspaceTasksUrl } from '../jobs/task-thread.ts';
import { type Actor, localActor } from '../kernel/actor.ts';
import type { ParallelMap, Solver } from '../kernel/ports.ts';
import { type Text, untranslated } from '../kernel/text.ts';
import { hourMillis } from '../kernel/time.ts';
import type { Ports, Store } from '../planning/ports.ts';
import type { OpenedHotline } from '../store/open-store.ts';
import { openWorkspace, type Workspace } from '../store/open-workspace.ts';
import { saveHotline } from '../store/workspace-models.ts';
import { lineName, type WorkspaceLine, workspaceLines } from '../store/workspace-lines.ts';
import { unnamedHotline } from '../words/planning.ts';
import { type Access, createAccess, tokenOf, writeAccess } from './access.ts';
import { offloadedAnswers, warmAnswerThreads } from './answer-aside.ts';
import { keepOverviews } from './keep-overviews.ts';
import { createKeptAnswers, type KeptAnswers } from './kept-answers.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openModelFiles } from './model-files.ts';
import { serve, type ServedWorkspace } from './serve.ts';
import type { Door, LineName, Lines, Services } from './services.ts';
import { useCases } from './use-cases.ts';

interface ServeWorkspaceOptions {
  readonly folder: string;
  readonly settings: Settings;
  /** Left out: JSON lines on stderr, from the level that the settings name. */
  readonly log?: Logger;
}

type Closing = () => Promise<void>;

const publicFolder = fileURLToPath(new URL('../../public', import.meta.url));

/** Opens a workspace and serves the app and API on it until closed. Throws what `openWorkspace` and `serve` throw. */
export const serveWorkspace = async ({
  folder,
  settings,
  log = pino({ level: settings.logLevel }, process.stderr),
}: ServeWorkspaceOptions): Promise<ServedWorkspace> => {
  const closings: Closing[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closings.splice(0).toReversed()) await close();
  };
  try {
    const workspace = await openWorkspace(folder, {
      ...settings,
      warn: (problem) => log.warn(problem, 'a pair of the settings stands the wrong way round'),
    });
    closings.push(() => workspace.close());
    const movedTo = await workspace.store.movedTo();
    if (movedTo !== undefined)
      log.warn({ movedTo }, 'the records were moved from here: nothing can be written');
    const context = await openServerContext(workspace, settings, log, closings);
    const { services, setUpCode: code } = openServer(context, workspace);
    const server = await serve({ ...settings, services });
    closings.push(() => server.close());
    const { token, run } = context.access;
    await writeAccess(workspace.folder, { token, url: server.url, run });
    closings.push(keepOverviews(services, log), followFeeds(services, log));
    const setUpCode = (await services.door?.signIn.wantsSetUp()) === true ? code : undefined;
    const noAdministrator =
      settings.signIn === 'off'
        ? undefined
        : administratorMissing(await workspace.accounts.members(), Date.now(), providerRoles(settings));
    const { jobs, modelFiles, now } = services;
    return {
      ...server,
      close: closeAll,
      order: async (asked, more) =>
        jobs.submit({
          ...asked,
          models: await modelFiles.read(),
          actor: localActor,
          nowMillis: now(),
          ...more,
        }),
      watch: (id, listener) => jobs.watch(id, listener),
      ...(setUpCode === undefined ? {} : { setUpCode }),
      ...(noAdministrator === undefined ? {} : { noAdministrator }),
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
};

/** What all hotlines of a server share. */
interface ServerContext {
  readonly settings: Settings;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly folder: string;
  readonly jobs: ServerJobs;
  readonly solver: Solver;
  readonly parallel: ParallelMap;
  readonly dayThread: ParallelMap;
  readonly unpacker: FileUnpacker;
  readonly throttle: SignInThrottle;
  readonly access: Access;
}

/** A day's thread lives from one row to the next: what it holds is expensive to work out. */
const dayThreadIdleMillis = hourMillis;

const openServerContext = async (
  workspace: Workspace,
  settings: Settings,
  log: Logger,
  closings: Closing[],
): Promise<ServerContext> => {
  const metrics = createMetrics();
  const jobs = await openJobs(workspace, settings, metrics, log);
  closings.push(() => jobs.close());
  const solver = createHighsSolver();
  const parallel = createParallelMap(settings.threads === 0 ? undefined : settings.threads);
  // Nobody waits for it; a server that is stopped meanwhile ends the threads.
  void warmAnswerThreads(parallel).catch(() => undefined);
  const dayThread = createParallelMap(1, dayThreadIdleMillis);
  closings.push(async () => {
    await Promise.all([solver.close(), parallel.close(), dayThread.close()]);
  });
  const stop = new AbortController();
  closings.push(() => Promise.resolve(stop.abort()));
  const token = await tokenOf(workspace.folder);
  return {
    settings,
    log,
    metrics,
    folder: workspace.folder,
    jobs,
    solver,
    parallel,
    dayThread,
    unpacker: fileUnpackerUntil(stop.signal),
    throttle: createSignInThrottle(() => performance.now()),
    access: createAccess(token, Date.now),
  };
};

/** What answers for the workspace's own hotline and, once somebody asks for it, for each of the others. */
const openServer = (
  context: ServerContext,
  workspace: Workspace,
): { readonly services: Services; readonly setUpCode: string } => {
  const { settings, folder } = context;
  const setUpCode = newCode();
  const lines = openLines({
    folder,
    home: settings.hotline,
    own: () => services,
    open: async ({ line, folder: at }) =>
      openServices(context, lines, {
        ...(await workspace.another(line)),
        hotline: line,
        folder: at,
        root: lineRoot(line),
      }),
  });
  const services: Services = openServices(context, lines, {
    store: workspace.store,
    accounts: workspace.accounts,
    hotline: settings.hotline,
    folder,
    root: apiRoot,
    setUpCode,
  });
  return { services, setUpCode };
};

interface OwnLine extends OpenedHotline {
  readonly hotline: string;
  /** Where its models stand. */
  readonly folder: string;
  readonly root: string;
  readonly setUpCode?: string;
}

/** The same store; what traffic it holds is counted again only when traffic or events have changed. */
const keepSummary = (store: Store, kept: KeptAnswers): Store => ({
  ...store,
  by: (actor) => keepSummary(store.by(actor), kept),
  trafficSummary: async () => kept(`summary/${await store.dataHash()}`, () => store.trafficSummary()),
});

const openServices = (context: ServerContext, lines: Lines, own: OwnLine): Services => {
  const { settings, metrics, log, solver, parallel, dayThread, unpacker, access } = context;
  const { hotline, folder, root } = own;
  const modelFiles = openModelFiles(join(folder, 'models'));
  const kept = createKeptAnswers(64);
  const save: Ports['saveHotline'] = (saved) => saveHotline(folder, { name: unnamedHotline, ...saved });
  const store = keepSummary(metrics.timeStore(own.store), kept);
  const feeds = createFeeds({
    store: own.store,
    models: () => modelFiles.read(),
    saveHotline: save,
    unpacker,
    now: Date.now,
    secret: feedSecret(access.token),
    pieceBytes: 2 ** 18,
    piecesPerStep: 16,
  });
  metrics.showFeeds(
    hotline,
    () => feeds.list(),
    () => alarmCounts(own.store),
    Date.now,
  );
  const answers = {
    ...useCases,
    ...offloadedAnswers({ folder: context.folder, store: settings.store, hotline }, { parallel, dayThread }),
  };
  const ports: Services['ports'] = async (actor) => ({
    store: store.by(actor),
    models: await modelFiles.read(),
    solver,
    unpacker,
    parallel,
    nowMillis: Date.now(),
    progress: () => undefined,
    shouldStop: () => false,
    saveHotline: save,
  });
  const alarms = createAlarms({
    settings,
    store: own.store,
    folder,
    hotline: async () => (await modelFiles.read()).hotline,
    feeds: () => feeds.list(),
    day: async () =>
      answers.describeDay(await ports(localActor), dayRequestSchema.parse({ part: 'picture' })),
    now: Date.now,
  });
  return {
    root,
    lines,
    useCases: answers,
    modelFiles,
    jobs: context.jobs.of(hotline),
    store,
    kept,
    ports,
    feeds,
    alarms,
    feedFolder: join(folder, 'feeds'),
    now: Date.now,
    access,
    door: openDoor(settings, log, context.throttle, own.accounts, own.setUpCode),
    publicUrl: settings.publicUrl,
    trustedProxy: settings.trustedProxy,
    log,
    metrics,
    publicFolder,
    largestUploadBytes: settings.largestUploadMegabytes * 2 ** 20,
    requestsPerMinute: settings.requestsPerMinute,
  };
};

/** Where people sign in; undefined where one machine has one user. `setUpCode`: what the first administrator types. */
const openDoor = (
  settings: Settings,
  log: Logger,
  throttle: SignInThrottle,
  store: AccountStore,
  setUpCode: string | undefined,
): Door | undefined => {
  const { signIn, sessionIdleMinutes, sessionHours } = settings;
  if (signIn === 'off') return undefined;
  // Who came and went is told whatever else the log is to hold.
  const signInLog = log.isLevelEnabled('fatal') ? log.child({}, { level: 'info' }) : log;
  const context = {
    store,
    throttle,
    now: Date.now,
    idleMillis: sessionIdleMinutes * 60_000,
    longestMillis: sessionHours * hourMillis,
    ...(setUpCode === undefined ? {} : { setUpCode }),
    heard: (event: SignInEvent) => signInLog.info(event, 'sign-in'),
  };
  return {
    hotline: store.hotline,
    signIn: createSignIn(context),
    accounts: (actor: Actor) => notedAccounts(context, actor),
    tokens: createApiTokens(context),
    rolesOf: (user) => store.rolesOf(user),
    ...openIdDoor(settings),
  };
};

const openIdDoor = (settings: Settings): Pick<Door, 'openId'> => {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = settings;
  if (issuer === '') return {};
  const provider = { issuer, clientId, clientSecret, scopes: settings.oidcScopes };
  const people = {
    userClaim: settings.oidcUserClaim,
    roleClaim: settings.oidcRoleClaim,
    roles: openIdRoles(settings.oidcRoles),
  };
  const name = settings.oidcName === '' ? new URL(issuer).host : settings.oidcName;
  return { openId: { openId: createOpenId(provider), people, name } };
};

/** Long work of a server's hotlines: a queue each. */
interface ServerJobs {
  readonly of: (hotline: string) => JobQueue;
  readonly close: () => Promise<void>;
}

/** Long work in a thread of this process, or handed to the workers on the workspace's database. */
const openJobs = async (
  workspace: Workspace,
  settings: Settings,
  metrics: Metrics,
  log: Logger,
): Promise<ServerJobs> => {
  const { of: open, close } =
    settings.jobs === 'workers'
      ? await jobsOfWorkers(settings, log)
      : jobsOfThreads(workspace, settings, metrics, log);
  const queues = new Map<string, JobQueue>();
  metrics.showJobs({
    list: async () => (await Promise.all([...queues.values()].map((queue) => queue.list()))).flat(),
  });
  return {
    of: (hotline) => {
      const queue = queues.get(hotline) ?? open(hotline);
      queues.set(hotline, queue);
      return queue;
    },
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await close();
    },
  };
};

const jobsOfWorkers = async ({ store }: Settings, log: Logger): Promise<ServerJobs> => {
  const { openSharedJobs } = await import('../jobs/shared-jobs.ts');
  const onError = (error: Error): void => log.warn({ err: error }, 'the job queue cannot be reached');
  return await openSharedJobs({ address: store, now: Date.now, onError });
};

/** All hotlines' jobs go through one thread, one after the other; what is urgent has one of its own. */
const jobsOfThreads = (
  workspace: Workspace,
  { store, threads }: Settings,
  metrics: Metrics,
  log: Logger,
): ServerJobs => {
  const place: TaskPlace = { folder: workspace.folder, store, threads };
  const [usual, urgent] = [
    createTaskThread(workspaceTasksUrl, place),
    createTaskThread(workspaceTasksUrl, place),
  ];
  const turns = createJobTurns();
  const run = waitForMaintenance(
    metrics.timeTasks((task, ...more) => (isUrgent(task.kind) ? urgent : usual).run(task, ...more)),
    async () => (await workspace.store.maintenance()) !== null,
  );
  return {
    of: (hotline) =>
      createLocalJobs({
        run,
        hotline,
        turns,
        now: Date.now,
        onFailure: (error, job) => log.error({ err: error, job: job.id, kind: job.kind }, 'job failed'),
      }),
    close: async () => {
      await Promise.all([usual.close(), urgent.close()]);
    },
  };
};

interface LinesContext {
  readonly folder: string;
  /** The workspace's own line. */
  readonly home: string;
  /** What answers for the workspace's own line, and for another. */
  readonly own: () => Services;
  readonly open: (line: WorkspaceLine) => Promise<Services>;
}

/** How long the list of folders is good for, milliseconds: a line that is made meanwhile is seen soon. */
const listMillis = 5_000;

/** The hotlines of a workspace as a server answers for them: what was opened stays so. */
const openLines = ({ folder, home, own, open }: LinesContext): Lines => {
  const opened = new Map<string, Promise<Services>>();
  const nameOf = createNames();
  let listed: { readonly at: number; readonly lines: Promise<readonly NamedLine[]> } | undefined;
  const list = (): Promise<readonly NamedLine[]> => {
    if (listed === undefined || performance.now() - listed.at > listMillis)
      listed = { at: performance.now(), lines: namedLines(folder, home, nameOf) };
    return listed.lines;
  };
  return {
    home,
    all: list,
    open: async (line) => {
      if (line === home) return own();
      const known = opened.get(line);
      if (known !== undefined) return known;
      const found = (await list()).find((each) => each.line === line);
      if (found === undefined) return undefined;
      const opening = open(found);
      opened.set(line, opening);
      // What failed is not open: the next one to ask tries again.
      opening.catch(() => opened.delete(line));
      return opening;
    },
  };
};

type NamedLine = LineName & WorkspaceLine;

const namedLines = async (
  folder: string,
  home: string,
  nameOf: (line: WorkspaceLine) => Promise<Text>,
): Promise<readonly NamedLine[]> =>
  Promise.all(
    (await workspaceLines(folder, home)).map(async (each) => ({ ...each, name: await nameOf(each) })),
  );

/** What lines are called, read again only where a file has changed. */
const createNames = (): ((line: WorkspaceLine) => Promise<Text>) => {
  const known = new Map<string, { readonly changed: number; readonly name: Text }>();
  return async ({ line, folder }) => {
    const file = join(folder, 'models', 'hotline.json');
    try {
      const { mtimeMs: changed } = await stat(file);
      const before = known.get(line);
      if (before?.changed === changed) return before.name;
      const name = await lineName({ line, folder });
      known.set(line, { changed, name });
      return name;
    } catch {
      return untranslated(line);
    }
  };
};

/** How often it is looked whether a further line has feeds by now, milliseconds. */
const linesMillis = 30_000;

/** Follows the feeds of every line; answers what ends it. */
const followFeeds = ({ lines }: Services, log: Logger): Closing => {
  const stop = new AbortController();
  const followed = new Map<string, Closing>();
  const heard = (feed: string, err: unknown): void => log.warn({ err, feed }, 'a feed could not be read');
  const unheard = (err: unknown): void => log.warn({ err }, 'alarms could not be looked after');
  const look = async (): Promise<void> => {
    for (const { line } of await lines.all()) {
      if (followed.has(line) || stop.signal.aborted) continue;
      const services = await lines.open(line);
      if (services === undefined) continue;
      const { feeds, alarms } = services;
      if (line !== lines.home && (await feeds.list()).length === 0) continue;
      const ends = [feeds.follow(heard), alarms.follow(unheard)];
      followed.set(line, async () => {
        await Promise.all(ends.map((end) => end()));
      });
    }
  };
  const ended = (async () => {
    while (!stop.signal.aborted) {
      await look().catch((error: unknown) => heard('', error));
      await pause(linesMillis, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stop.abort();
    await ended;
    await Promise.all([...followed.values()].map((end) => end()));
  };
};
