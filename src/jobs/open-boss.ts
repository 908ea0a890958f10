import { PgBoss, type SendOptions } from 'pg-boss';
import { applicationName } from '../store/migrations.ts';
import type { JobTable, JobTicket } from './job-table.ts';

export const jobsQueue = 'huawu-jobs';
const bossSchema = 'huawu_boss';
const deadQueue = 'huawu-dead-jobs';

/** How often a job whose attempt failed or whose worker died is tried again, and after what pause. */
export interface Retries {
  readonly limit: number;
  /** Seconds before the second attempt; doubles with every further one. */
  readonly delaySeconds: number;
}
export const usualRetries: Retries = { limit: 5, delaySeconds: 2 };

/** How a job is sent: a worker that has not been heard of for ten seconds (the least there is) is given up. */
export const sendOptions = ({ limit, delaySeconds }: Retries): SendOptions => ({
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
export const openBoss = async (
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
