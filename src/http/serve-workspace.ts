import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { createHighsSolver } from '../engine/highs-solver.ts';
import { createParallelMap } from '../engine/parallel-map.ts';
import { createLocalJobs } from '../jobs/local-jobs.ts';
import { createTaskThread } from '../jobs/task-thread.ts';
import { workspaceTasksUrl } from '../jobs/workspace-tasks.ts';
import { openWorkspace } from '../store/open-workspace.ts';
import { saveHotline } from '../store/save-hotline.ts';
import { openModelFiles } from './model-files.ts';
import { serve, type RunningServer } from './serve.ts';
import { useCases } from './use-cases.ts';

export interface ServeWorkspaceOptions {
  readonly folder: string;
  readonly host?: string;
  readonly port?: number;
  /** Left out: warnings and errors as JSON lines on stderr. */
  readonly log?: Logger;
}

const largestUploadBytes = 512 * 2 ** 20;
const publicFolder = fileURLToPath(new URL('../../public', import.meta.url));

/** Opens a workspace and serves the app and API on it until closed. Throws what `openWorkspace` and `serve` throw. */
export const serveWorkspace = async (options: ServeWorkspaceOptions): Promise<RunningServer> => {
  const workspace = await openWorkspace(options.folder);
  const log = options.log ?? pino({ level: 'warn' }, process.stderr);
  const thread = createTaskThread(workspaceTasksUrl, { folder: workspace.folder, threads: 0 });
  const jobs = createLocalJobs({
    run: thread.run,
    hotline: 'main',
    now: Date.now,
    onFailure: (error, job) => log.error({ err: error, job: job.id, kind: job.kind }, 'job failed'),
  });
  const solver = createHighsSolver();
  const parallel = createParallelMap();
  const modelFiles = openModelFiles(join(workspace.folder, 'models'));
  const closeAll = async (): Promise<void> => {
    await jobs.close();
    await Promise.all([thread.close(), solver.close(), parallel.close()]);
    await workspace.close();
  };
  try {
    const server = await serve({
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.port === undefined ? {} : { port: options.port }),
      services: {
        useCases,
        modelFiles,
        jobs,
        ports: async () => ({
          store: workspace.store,
          models: await modelFiles.read(),
          solver,
          parallel,
          nowMillis: Date.now(),
          progress: () => undefined,
          shouldStop: () => false,
          saveHotline: (hotline) => saveHotline(workspace.folder, hotline),
        }),
        now: Date.now,
        token: randomBytes(32).toString('base64url'),
        log,
        publicFolder,
        largestUploadBytes,
        requestsPerMinute: 12_000,
      },
    });
    return {
      ...server,
      close: async () => {
        await server.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
};
