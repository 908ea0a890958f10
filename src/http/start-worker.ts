import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import type { Settings } from '../contract/settings.ts';
import { createTaskThread, type TaskPlace, workspaceTasksUrl } from '../jobs/task-thread.ts';
import { waitForMaintenance } from '../jobs/job-queue.ts';
import { workOnJobs, type JobEnd } from '../jobs/work-on-jobs.ts';
import type { Database } from '../store/database.ts';
import { readMaintenance } from '../store/facts.ts';
import { connect, refuseOtherSchema } from '../store/open-store.ts';
import { createMetrics, type Metrics } from './metrics.ts';

interface WorkerOptions {
  readonly folder: string;
  /** `store` is the address of a PostgreSQL database. */
  readonly settings: Settings;
  /** Left out: nothing listens. */
  readonly metricsPort?: number;
  readonly log?: Logger;
}

interface RunningWorker {
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
  const database = await fitDatabase(folder, store);
  const metrics = createMetrics();
  const place: TaskPlace = { folder, store, threads };
  const thread = createTaskThread(workspaceTasksUrl, place);
  const closings = [() => thread.close(), () => database.close()];
  const closeAll = async (): Promise<void> => {
    for (const close of closings.splice(0)) await close();
  };
  try {
    const worker = await workOnJobs({
      address: store,
      run: waitForMaintenance(
        metrics.timeTasks(thread.run),
        async () => (await readMaintenance(database.reads.db)) !== null,
      ),
      onEnd: (end) => logEnd(log, end),
      onError: (error) => log.warn({ err: error }, 'the job queue cannot be reached'),
    });
    closings.unshift(() => worker.close());
    const listening = metricsPort === undefined ? undefined : await serveMetrics(metrics, metricsPort);
    closings.unshift(async () => {
      listening?.close();
      listening?.closeAllConnections();
    });
    return { metricsUrl: listening === undefined ? null : urlOf(listening), close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
};

const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;

/**
 * First of all the store's own words for an address that leads nowhere, and for records of another version: their jobs
 * are for workers that know them. What is left open tells whether there is maintenance.
 */
const fitDatabase = async (folder: string, store: string): Promise<Database> => {
  const database = await connect({ folder, store }, { connections: 1 });
  try {
    await refuseOtherSchema(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
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
