import { randomUUID } from 'node:crypto';
import { PgBoss, type SendOptions } from 'pg-boss';
import { applicationName } from '../store/migrations.ts';
import { isFinished, type JobQueue, type JobRecord, placeInQueue, usualLongestQueue } from './job-queue.ts';
import { type JobTable, type JobTicket, openJobTable } from './job-table.ts';

interface SharedJobsOptions {
  /** postgres://user:password@host:port/database */
  readonly address: string;
  readonly now: () => number;
  /** Hears of trouble with the database that passes or does not; work goes on when it is back. */
  readonly onError: (error: Error) => void;
  readonly retries?: Retries;
  /** Jobs of one hotline that may wait or run; default `usualLongestQueue`. */
  readonly longestQueue?: number;
}

/** The jobs of a whole database. */
interface SharedJobs {
  /** Those of one hotline: what is handed in and seen by its own people. Its `close` leaves the others open. */
  of(hotline: string): JobQueue;
  close(): Promise<void>;
}

/** How often jobs that somebody watches are looked at, milliseconds. */
const lookMillis = 200;

/**
 * Jobs in a PostgreSQL database, done by whatever processes run `huawu worker` on it. An order is there once it was
 * acknowledged, whatever dies afterwards; an attempt that fails or whose worker dies is followed by another.
 */
export const openSharedJobs = async (options: SharedJobsOptions): Promise<SharedJobs> => {
  const { address, onError } = options;
  const table = await openJobTable(address);
  const boss = await openJobQueue(address, table, onError).catch(async (error: unknown) => {
    await table.close();
    throw error;
  });
  const queues: JobQueue[] = [];
  return {
    of: (hotline) => {
      const queue = queueOf(hotline, table, boss, options);
      queues.push(queue);
      return queue;
    },
    close: async () => {
      for (const queue of queues) await queue.close();
      await boss.stop({ graceful: true, timeout: 2000 });
      await table.close();
    },
  };
};

const queueOf = (
  hotline: string,
  table: JobTable,
  boss: PgBoss,
  { now, onError, retries = usualRetries, longestQueue = usualLongestQueue }: SharedJobsOptions,
): JobQueue => {
  const watching = watchJobs(table, hotline, onError);
  const job = async (id: string): Promise<JobRecord | undefined> =>
    isUuid(id) ? (await table.find(hotline, [id]))[0] : undefined;
  return {
    submit: (order) =>
      table.inTransaction(async (client) => {
        const held = await table.unfinished(client, hotline);
        const alike = await table.alike(client, hotline, order);
        if (alike !== undefined) return alike;
        const place = placeInQueue(held, order, longestQueue);
        const key = { hotline, id: randomUUID() };
        const record = await table.add(client, key, { order, place }, now());
        const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
        await boss.send(jobsQueue, key, { ...sendOptions(retries), id: key.id, priority: place, db });
        return record;
      }),
    list: () => table.list(hotline),
    job,
    answer: async (id) => (isUuid(id) ? table.answer({ hotline, id }) : undefined),
    cancel: async (id) => {
      if (!isUuid(id)) return undefined;
      if (await table.cancel({ hotline, id })) await boss.cancel(jobsQueue, id);
      return job(id);
    },
    watch: (id, listener) => watching.watch(id, listener),
    close: async () => watching.close(),
  };
};

const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

type Listener = (job: JobRecord) => void;

/** One poll of the table for all watched jobs: another machine may be working on them. */
const watchJobs = (table: JobTable, hotline: string, onError: (error: Error) => void) => {
  const listeners = new Map<string, Map<Listener, string>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const forget = (id: string, listener: Listener): void => {
    const all = listeners.get(id);
    all?.delete(listener);
    if (all?.size === 0) listeners.delete(id);
  };
  const tell = (record: JobRecord): void => {
    const now = JSON.stringify(record);
    for (const [listener, before] of listeners.get(record.id) ?? []) {
      if (before === now) continue;
      listeners.get(record.id)?.set(listener, now);
      if (isFinished(record)) forget(record.id, listener);
      listener(record);
    }
  };
  const look = async (): Promise<void> => {
    try {
      for (const record of await table.find(hotline, [...listeners.keys()])) tell(record);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
    timer = undefined;
    lookAgain(lookMillis);
  };
  const lookAgain = (millis: number): void => {
    if (!closed && listeners.size > 0) timer ??= setTimeout(() => void look(), millis);
  };
  return {
    watch: (id: string, listener: Listener): (() => void) => {
      if (!isUuid(id)) return () => undefined;
      const all = listeners.get(id) ?? new Map<Listener, string>();
      listeners.set(id, all.set(listener, ''));
      lookAgain(0);
      return () => forget(id, listener);
    },
    close: (): void => {
      closed = true;
      clearTimeout(timer);
    },
  };
};

export const jobsQueue = 'huawu-jobs';
const bossSchema = 'huawu_boss';
const deadQueue = 'huawu-dead-jobs';

/** How often a job whose attempt failed or whose worker died is tried again, and after what pause. */
interface Retries {
  readonly limit: number;
  /** Seconds before the second attempt; doubles with every further one. */
  readonly delaySeconds: number;
}
const usualRetries: Retries = { limit: 5, delaySeconds: 2 };

/** How a job is sent: a worker that has not been heard of for ten seconds (the least there is) is given up. */
const sendOptions = ({ limit, delaySeconds }: Retries): SendOptions => ({
  retryLimit: limit,
  retryDelay: delaySeconds,
  retryBackoff: true,
  retryDelayMax: 300,
  heartbeatSeconds: 10,
  expireInSeconds: 6 * 3600,
});

/**
 * The job queue in a PostgreSQL database, made where it is missing. Every process that opens it also watches for
 * workers that died and for jobs whose last attempt did: those are noted in the table, where their owners see them.
 */
export const openJobQueue = async (
  address: string,
  table: JobTable,
  onError: (error: Error) => void,
): Promise<PgBoss> => {
  const boss = new PgBoss({
    connectionString: address,
    schema: bossSchema,
    application_name: applicationName,
    max: 4,
    schedule: false,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
  });
  boss.on('error', onError);
  await boss.start();
  try {
    await boss.createQueue(deadQueue);
    await boss.createQueue(jobsQueue, { deadLetter: deadQueue });
    await boss.work<JobTicket>(deadQueue, { pollingIntervalSeconds: 1, batchSize: 20 }, async (dead) => {
      for (const { data } of dead) await table.bury(data, diedSilently);
    });
    // Whatever became of a ticket (a worker's death that nobody heard of, a queue that was cleaned): its job does not run.
    const looking = setInterval(
      () => void table.buryLost(bossSchema, diedSilently).catch(onError),
      lostMillis,
    );
    looking.unref();
    boss.once('stopped', () => clearInterval(looking));
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
};

/** How often it is looked for jobs that no worker will take up any more, milliseconds. */
const lostMillis = 5_000;

const diedSilently = {
  name: 'Error',
  message: 'every worker that took this job up died before it could answer',
};
