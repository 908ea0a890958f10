import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import type { Ports } from '../planning/ports.ts';
import { openWorkspace, type Workspace } from '../store/open-workspace.ts';
import type { OpenTasks } from './job-queue.ts';
import { performJob } from './perform-job.ts';

/** Where a task thread finds the records, and how many threads it may use. */
export interface TaskPlace {
  readonly folder: string;
  /** 0: as many as the machine has cores. */
  readonly threads: number;
}

const notHere = (): Promise<never> => Promise.reject(new Error('a job does not change model files'));

/** The product's own tasks, for a task thread: the records are opened once and kept open. */
export const openTasks = async (data: unknown): Promise<OpenTasks> => {
  const { folder, threads } = data as TaskPlace;
  const solver = createHighsSolver();
  const parallel = createParallelMap(threads === 0 ? undefined : threads);
  let workspace: Promise<Workspace> | undefined;
  const opened = (): Promise<Workspace> => {
    workspace ??= openWorkspace(folder);
    workspace.catch(() => (workspace = undefined));
    return workspace;
  };
  return {
    run: async ({ models, nowMillis, kind, request }, progress, shouldStop) => {
      const { store } = await opened();
      const ports: Ports = {
        store,
        models,
        solver,
        parallel,
        nowMillis,
        progress,
        shouldStop,
        saveHotline: notHere,
      };
      return performJob(ports, kind, request);
    },
    close: async () => {
      await Promise.all([solver.close(), parallel.close()]);
      await (await workspace)?.close();
    },
  };
};

/** This module, as a task thread loads it. */
export const workspaceTasksUrl = import.meta.url;
