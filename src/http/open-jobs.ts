import type { Logger } from 'pino';
import type { Settings } from '../contract/settings.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { createLocalJobs } from '../jobs/local-jobs.ts';
import { openSharedJobs } from '../jobs/shared-jobs.ts';
import { workspaceTasksUrl, type TaskPlace } from '../jobs/task-place.ts';
import { createTaskThread } from '../jobs/task-thread.ts';
import { waitForMaintenance } from '../jobs/wait-for-maintenance.ts';
import type { Workspace } from '../store/open-workspace.ts';
import type { Metrics } from './metrics.ts';

/** Long work of a server's hotlines: a queue each. */
export interface ServerJobs {
  readonly of: (hotline: string) => JobQueue;
  readonly close: () => Promise<void>;
}

/** Long work in a thread of this process, or handed to the workers on the workspace's database. */
export const openJobs = async (
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
  const onError = (error: Error): void => log.warn({ err: error }, 'the job queue cannot be reached');
  return await openSharedJobs({ address: store, now: Date.now, onError });
};

/** What nobody waits for, lines at a glance, has a thread of its own. */
const jobsOfThreads = (
  workspace: Workspace,
  { store, threads }: Settings,
  metrics: Metrics,
  log: Logger,
): ServerJobs => {
  const place: TaskPlace = { folder: workspace.folder, store, threads };
  const [asked, unasked] = [
    createTaskThread(workspaceTasksUrl, place),
    createTaskThread(workspaceTasksUrl, place),
  ];
  const run = waitForMaintenance(
    metrics.timeTasks((task, ...more) => (task.kind === 'overview' ? unasked : asked).run(task, ...more)),
    async () => (await workspace.store.maintenance()) !== null,
  );
  return {
    of: (hotline) =>
      createLocalJobs({
        run,
        hotline,
        now: Date.now,
        onFailure: (error, job) => log.error({ err: error, job: job.id, kind: job.kind }, 'job failed'),
      }),
    close: async () => {
      await Promise.all([asked.close(), unasked.close()]);
    },
  };
};
