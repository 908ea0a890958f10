import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import type { Settings } from '../contract/settings.ts';
import { createTaskThread } from '../jobs/task-thread.ts';
import { workOnJobs, type JobEnd } from '../jobs/work-on-jobs.ts';
import { workspaceTasksUrl, type TaskPlace } from '../jobs/workspace-tasks.ts';
import { connect, refuseOtherSchema } from '../store/open-store.ts';
import { createMetrics, type Metrics } from './metrics.ts';

export interface WorkerOptions {
  readonly folder: string;
  /** `store` is the address of a PostgreSQL database. */
  readonly settings: Settings;
  /** Left out: nothing listens. */
  readonly metricsPort?: number;
  readonly log?: Logger;
}

export interface RunningWorker {
  readonly metricsUrl: string | null;
  /** Hands a running job back and ends. */
  close(): Promise<void>;
}

/** Does the jobs of a database, each in a thread beside this one. Throws what the store throws of an address. */
export const startWorker = async ({
  folder,
  settings,
  metricsPort,
  log = pino({ level: settings.logLevel }, process.stderr),
}: WorkerOptions): Promise<RunningWorker> => {
  const { store, threads } = settings;
  await refuseUnfit(folder, store);
  const metrics = createMetrics();
  const place: TaskPlace = { folder, store, threads };
  const thread = createTaskThread(workspaceTasksUrl, place);
  const worker = await workOnJobs({
    address: store,
    run: metrics.timeTasks(thread.run),
    onEnd: (end) => logEnd(log, end),
    onError: (error) => log.warn({ err: error }, 'the job queue cannot be reached'),
  });
  const listening =
    metricsPort === undefined
      ? undefined
      : await serveMetrics(metrics, metricsPort).catch(async (error: unknown) => {
          await worker.close();
          await thread.close();
          throw error;
        });
  return {
    metricsUrl:
      listening === undefined
        ? null
        : `http://127.0.0.1:${(listening.address() as AddressInfo).port}/metrics`,
    close: async () => {
      listening?.close();
      listening?.closeAllConnections();
      await worker.close();
      await thread.close();
    },
  };
};

/**
 * First of all the store's own words for an address that leads nowhere, and for records of another version: their jobs
 * are for workers that know them.
 */
const refuseUnfit = async (folder: string, store: string): Promise<void> => {
  const database = await connect({ folder, store });
  try {
    await refuseOtherSchema(database);
  } finally {
    await database.close();
  }
};

const logEnd = (log: Logger, { error, ...end }: JobEnd): void => {
  const ended = { ...end, seconds: Number(end.seconds.toFixed(3)) };
  if (end.outcome === 'done' || end.outcome === 'cancelled') log.info(ended, 'job ended');
  else log.error({ ...ended, err: error }, 'job ended');
};

const serveMetrics = async ({ registry }: Metrics, port: number): Promise<Server> => {
  const server = createServer((request, response) => {
    const live = request.url === '/health/live';
    if (!live && request.url !== '/metrics') return response.writeHead(404).end();
    response.setHeader('Content-Type', live ? 'application/json' : registry.contentType);
    const body = live ? Promise.resolve('{"ok":true}') : registry.metrics();
    return void body.then((written) => response.end(written));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
