import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import type { Settings } from '../contract/settings.ts';
import { fileUnpackerUntil } from '../engine/file-unpacker.ts';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { createLocalJobs } from '../jobs/local-jobs.ts';
import { openSharedJobs } from '../jobs/shared-jobs.ts';
import { createTaskThread } from '../jobs/task-thread.ts';
import { workspaceTasksUrl, type TaskPlace } from '../jobs/workspace-tasks.ts';
import { openWorkspace, type Workspace } from '../store/open-workspace.ts';
import { unnamedHotline } from '../words/planning.ts';
import { saveHotline } from '../store/save-hotline.ts';
import { createApiTokens } from '../access/api-tokens.ts';
import { notedAccounts } from '../access/noted-accounts.ts';
import { createOpenId } from '../access/openid.ts';
import { openIdRoles } from '../access/openid-member.ts';
import { newCode } from '../access/secrets.ts';
import { createSignIn, type DoorEvent } from '../access/sign-in.ts';
import type { Actor } from '../kernel/actor.ts';
import { createSignInThrottle } from '../access/sign-in-throttle.ts';
import { createAccess } from './access.ts';
import { tokenOf, writeAccess } from './access-file.ts';
import { answersAside } from './answer-aside.ts';
import { createKeptAnswers, keepSummary } from './kept-answers.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openModelFiles } from './model-files.ts';
import { serve, type RunningServer } from './serve.ts';
import type { Door, Services } from './services.ts';
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
    const workspace = await openWorkspace(folder, settings);
    closings.push(() => workspace.close());
    const movedTo = await workspace.store.movedTo();
    if (movedTo !== undefined)
      log.warn({ movedTo }, 'the records were moved from here: nothing can be written');
    const metrics = createMetrics();
    const jobs = await openJobs(workspace, settings, metrics, log, closings);
    const token = await tokenOf(workspace.folder);
    const door = openDoor(workspace, settings, log);
    const services = openServices(workspace, settings, metrics, log, jobs, token, closings, door?.door);
    const server = await serve({ ...settings, services });
    closings.push(() => server.close());
    await writeAccess(workspace.folder, { token, url: server.url });
    const setUpCode = (await door?.door.signIn.wantsSetUp()) === true ? door?.setUpCode : undefined;
    return { ...server, close: closeAll, ...(setUpCode === undefined ? {} : { setUpCode }) };
  } catch (error) {
    await closeAll();
    throw error;
  }
};

/** Where people sign in; undefined where one machine has one user. */
const openDoor = (
  { accounts: store }: Workspace,
  settings: Settings,
  log: Logger,
): { readonly door: Door; readonly setUpCode: string } | undefined => {
  const { signIn, sessionIdleMinutes, sessionHours } = settings;
  if (signIn === 'off') return undefined;
  const setUpCode = newCode();
  // Who came and went is told whatever else the log is to hold.
  const doorLog = log.isLevelEnabled('fatal') ? log.child({}, { level: 'info' }) : log;
  const ground = {
    store,
    throttle: createSignInThrottle(Date.now),
    now: Date.now,
    idleMillis: sessionIdleMinutes * 60_000,
    longestMillis: sessionHours * 3_600_000,
    setUpCode,
    heard: (event: DoorEvent) => doorLog.info(event, 'sign-in'),
  };
  const door = {
    signIn: createSignIn(ground),
    accounts: (actor: Actor) => notedAccounts(ground, actor),
    tokens: createApiTokens(ground),
    ...openIdDoor(settings),
  };
  return { door, setUpCode };
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
  return { openId: { openId: createOpenId(provider, Date.now), people, name } };
};

/** Long work in a thread of this process, or handed to the workers on the workspace's database. */
const openJobs = async (
  workspace: Workspace,
  { store, hotline, jobs: where, threads }: Settings,
  metrics: Metrics,
  log: Logger,
  closings: Closing[],
): Promise<JobQueue> => {
  const onError = (error: Error): void => log.warn({ err: error }, 'the job queue cannot be reached');
  let jobs: JobQueue;
  if (where === 'workers') {
    const shared = await openSharedJobs({ address: store, now: Date.now, onError });
    closings.push(() => shared.close());
    jobs = shared.of(hotline);
  } else {
    const place: TaskPlace = { folder: workspace.folder, store, threads };
    const thread = createTaskThread(workspaceTasksUrl, place);
    closings.push(() => thread.close());
    jobs = createLocalJobs({
      run: metrics.timeTasks(thread.run),
      hotline,
      now: Date.now,
      onFailure: (error, job) => log.error({ err: error, job: job.id, kind: job.kind }, 'job failed'),
    });
  }
  closings.push(() => jobs.close());
  metrics.showJobs(jobs);
  return jobs;
};

const openServices = (
  workspace: Workspace,
  settings: Settings,
  metrics: Metrics,
  log: Logger,
  jobs: JobQueue,
  token: string,
  closings: Closing[],
  door: Door | undefined,
): Services => {
  const solver = createHighsSolver();
  const parallel = createParallelMap(settings.threads === 0 ? undefined : settings.threads);
  closings.push(async () => {
    await Promise.all([solver.close(), parallel.close()]);
  });
  const stop = new AbortController();
  const unpacker = fileUnpackerUntil(stop.signal);
  closings.push(() => Promise.resolve(stop.abort()));
  const modelFiles = openModelFiles(join(workspace.folder, 'models'));
  const kept = createKeptAnswers(64);
  const store = keepSummary(metrics.timeStore(workspace.store), kept);
  return {
    useCases: {
      ...useCases,
      ...answersAside(
        { folder: workspace.folder, store: settings.store, hotline: settings.hotline },
        parallel,
      ),
    },
    modelFiles,
    jobs,
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
      saveHotline: (hotline) => saveHotline(workspace.folder, { name: unnamedHotline, ...hotline }),
    }),
    now: Date.now,
    access: createAccess(token, Date.now),
    door,
    publicUrl: settings.publicUrl,
    trustedProxy: settings.trustedProxy,
    log,
    metrics,
    publicFolder,
    largestUploadBytes: settings.largestUploadMegabytes * 2 ** 20,
    requestsPerMinute: settings.requestsPerMinute,
  };
};
