import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { apiRoot, lineRoot } from '../contract/http/api-root.ts';
import type { AskedJob } from '../contract/http/requests-by-kind.ts';
import type { Settings } from '../contract/settings.ts';
import { fileUnpackerUntil } from '../engine/file-unpacker.ts';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import type { OpenedHotline } from '../store/open-store.ts';
import { openWorkspace, type Workspace } from '../store/open-workspace.ts';
import { unnamedHotline } from '../words/planning.ts';
import { saveHotline } from '../store/save-hotline.ts';
import { administratorMissing, type NoAdministrator } from '../access/administrators-left.ts';
import { providerRoles } from '../access/openid-member.ts';
import { newCode } from '../access/secrets.ts';
import type { FileUnpacker } from '../ingest/tables/file-unpacker.ts';
import type { JobQueue, JobRecord } from '../jobs/job-queue.ts';
import { localActor } from '../kernel/actor.ts';
import type { ParallelMap, Solver } from '../kernel/ports.ts';
import { createSignInThrottle, type SignInThrottle } from '../access/sign-in-throttle.ts';
import { createAccess, tokenOf, writeAccess, type Access } from './access.ts';
import { answersAside, readyAnswers } from './answer-aside.ts';
import { keepOverviews } from './keep-overviews.ts';
import { createKeptAnswers, keepSummary } from './kept-answers.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openModelFiles } from './model-files.ts';
import { openDoor } from './open-door.ts';
import { openJobs, type ServerJobs } from './open-jobs.ts';
import { openLines } from './open-lines.ts';
import { serve, type RunningServer } from './serve.ts';
import type { Lines, Services } from './services.ts';
import { useCases } from './use-cases.ts';

export interface ServeWorkspaceOptions {
  readonly folder: string;
  readonly settings: Settings;
  /** Left out: JSON lines on stderr, from the level that the settings name. */
  readonly log?: Logger;
}

export interface ServedWorkspace extends RunningServer {
  /** Makes the first administrator: for whoever sees the terminal. Left out where there is one, or nobody signs in. */
  readonly setUpCode?: string;
  /** People sign in, and none of them as an administrator any more. */
  readonly noAdministrator?: NoAdministrator;
  /** Hands in long work of the own hotline as the page does, for a terminal beside it. */
  readonly order: (asked: AskedJob) => Promise<JobRecord>;
  /** Calls back with a job as it is and with every change; answers how to stop. */
  readonly watch: JobQueue['watch'];
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
    const ground = await openGround(workspace, settings, log, closings);
    const { services, setUpCode: code } = openServer(ground, workspace);
    const server = await serve({ ...settings, services });
    closings.push(() => server.close());
    const { token, run } = ground.access;
    await writeAccess(workspace.folder, { token, url: server.url, run });
    closings.push(keepOverviews(services, log));
    const setUpCode = (await services.door?.signIn.wantsSetUp()) === true ? code : undefined;
    const noAdministrator =
      settings.signIn === 'off'
        ? undefined
        : administratorMissing(await workspace.accounts.members(), Date.now(), providerRoles(settings));
    const { jobs, modelFiles, now } = services;
    return {
      ...server,
      close: closeAll,
      order: async (asked) =>
        jobs.submit({ ...asked, models: await modelFiles.read(), actor: localActor, nowMillis: now() }),
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
interface Ground {
  readonly settings: Settings;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly folder: string;
  readonly jobs: ServerJobs;
  readonly solver: Solver;
  readonly parallel: ParallelMap;
  readonly unpacker: FileUnpacker;
  readonly throttle: SignInThrottle;
  readonly access: Access;
}

const openGround = async (
  workspace: Workspace,
  settings: Settings,
  log: Logger,
  closings: Closing[],
): Promise<Ground> => {
  const metrics = createMetrics();
  const jobs = await openJobs(workspace, settings, metrics, log);
  closings.push(() => jobs.close());
  const solver = createHighsSolver();
  const parallel = createParallelMap(settings.threads === 0 ? undefined : settings.threads);
  // Nobody waits for it; a server that is stopped meanwhile ends the threads.
  void readyAnswers(parallel).catch(() => undefined);
  closings.push(async () => {
    await Promise.all([solver.close(), parallel.close()]);
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
    unpacker: fileUnpackerUntil(stop.signal),
    throttle: createSignInThrottle(() => performance.now()),
    access: createAccess(token, Date.now),
  };
};

/** What answers for the workspace's own hotline and, once somebody asks for it, for each of the others. */
const openServer = (
  ground: Ground,
  workspace: Workspace,
): { readonly services: Services; readonly setUpCode: string } => {
  const { settings, folder } = ground;
  const setUpCode = newCode();
  const lines = openLines({
    folder,
    home: settings.hotline,
    own: () => services,
    open: async ({ line, folder: at }) =>
      openServices(ground, lines, {
        ...(await workspace.another(line)),
        hotline: line,
        folder: at,
        root: lineRoot(line),
      }),
  });
  const services: Services = openServices(ground, lines, {
    store: workspace.store,
    accounts: workspace.accounts,
    hotline: settings.hotline,
    folder,
    root: apiRoot,
    setUpCode,
  });
  return { services, setUpCode };
};

/** One of the hotlines. */
interface OwnLine extends OpenedHotline {
  readonly hotline: string;
  /** Where its models stand. */
  readonly folder: string;
  readonly root: string;
  readonly setUpCode?: string;
}

const openServices = (ground: Ground, lines: Lines, own: OwnLine): Services => {
  const { settings, metrics, log, solver, parallel, unpacker, access } = ground;
  const { hotline, folder, root } = own;
  const modelFiles = openModelFiles(join(folder, 'models'));
  const kept = createKeptAnswers(64);
  const store = keepSummary(metrics.timeStore(own.store), kept);
  return {
    root,
    lines,
    useCases: {
      ...useCases,
      ...answersAside({ folder: ground.folder, store: settings.store, hotline }, parallel),
    },
    modelFiles,
    jobs: ground.jobs.of(hotline),
    store,
    kept,
    ports: async (actor) => ({
      store: store.by(actor),
      models: await modelFiles.read(),
      solver,
      unpacker,
      parallel,
      nowMillis: Date.now(),
      progress: () => undefined,
      shouldStop: () => false,
      saveHotline: (saved) => saveHotline(folder, { name: unnamedHotline, ...saved }),
    }),
    now: Date.now,
    access,
    door: openDoor(settings, log, ground.throttle, own.accounts, own.setUpCode),
    publicUrl: settings.publicUrl,
    trustedProxy: settings.trustedProxy,
    log,
    metrics,
    publicFolder,
    largestUploadBytes: settings.largestUploadMegabytes * 2 ** 20,
    requestsPerMinute: settings.requestsPerMinute,
  };
};
