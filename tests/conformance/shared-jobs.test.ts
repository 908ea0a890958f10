import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTaskThread } from '../../src/jobs/task-thread.ts';
import { openSharedJobs } from '../../src/jobs/shared-jobs.ts';
import { workOnJobs, type JobEnd } from '../../src/jobs/work-on-jobs.ts';
import { TooManyJobsError, type JobQueue } from '../../src/jobs/job-queue.ts';
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts';
import { follow, jobQueueConformance, orderOf, untilRunning } from './job-queue-conformance.ts';
import { jobTasksUrl } from './job-tasks.ts';
import { isLongRun } from '../support/sweep.ts';

type SharedJobs = Awaited<ReturnType<typeof openSharedJobs>>;

const server: PostgresServer | undefined = await startPostgres();
afterAll(() => server?.close());

describe.skipIf(server === undefined)('jobs on PostgreSQL', () => {
  let address = '';
  let shared: SharedJobs;
  let jobs: JobQueue;
  let thread: ReturnType<typeof createTaskThread>;
  let worker: Awaited<ReturnType<typeof workOnJobs>>;
  const ends: JobEnd[] = [];
  const troubles: Error[] = [];
  const openShared = (): Promise<SharedJobs> =>
    openSharedJobs({
      address,
      now: Date.now,
      onError: (error) => troubles.push(error),
      retries: { limit: 1, delaySeconds: 1 },
      longestQueue: 3,
    });
  const startWorker = async (): Promise<void> => {
    worker = await workOnJobs({
      address,
      run: thread.run,
      onEnd: (end) => ends.push(end),
      onError: (error) => troubles.push(error),
      patienceMillis: 300,
      longestAskedMillis: 3_000,
    });
  };

  beforeAll(async () => {
    address = (await server?.makeDatabase('jobs')) ?? '';
    shared = await openShared();
    jobs = shared.of('line-a');
    thread = createTaskThread(jobTasksUrl, undefined);
    await startWorker();
  });
  afterAll(async () => {
    await shared.close();
    await worker.close();
    await thread.close();
  });

  jobQueueConformance(() => jobs, 'line-a');

  test('an attempt that broke is followed by another, after a pause', async () => {
    const { id } = await jobs.submit(orderOf({ does: 'break-once' }));
    const seen = await follow(jobs, id);
    expect(seen.find((job) => job.state === 'queued' && job.error !== null)?.error?.message).toBe(
      'broken once',
    );
    expect(seen.at(-1)).toMatchObject({ state: 'done', attempt: 2, error: null });
    expect(await jobs.answer(id)).toBe('"mended"');
    expect(ends.filter((end) => end.id === id).map((end) => end.outcome)).toEqual(['again', 'done']);
  });

  test("one hotline does not see another's jobs, and both are worked on", async () => {
    const other = shared.of('line-b');
    const { id } = await other.submit(orderOf({ does: 'echo' }));
    expect((await follow(other, id)).at(-1)?.state).toBe('done');
    expect(JSON.parse((await other.answer(id)) ?? '')).toMatchObject({ hotline: 'line-b' });
    expect([await jobs.job(id), await jobs.answer(id), await jobs.cancel(id)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await jobs.list()).map((job) => job.id)).not.toContain(id);
  });

  test('too much that waits for one hotline is refused, by whatever server, and holds up no other', async () => {
    await worker.close();
    const [one, two] = await Promise.all([openShared(), openShared()]);
    const [here, there] = [one.of('line-full'), two.of('line-full')];
    const first = await here.submit(orderOf({ does: 'echo' }));
    await Promise.all([there, here].map((queue) => queue.submit(orderOf({ does: 'echo' }))));
    await expect(there.submit(orderOf({ does: 'echo' }))).rejects.toThrow(TooManyJobsError);
    await two.of('line-empty').submit(orderOf({ does: 'echo' }));
    await here.cancel(first.id);
    const next = await there.submit(orderOf({ does: 'echo' }));
    await startWorker();
    expect((await follow(there, next.id)).at(-1)?.state).toBe('done');
    await Promise.all([one.close(), two.close()]);
  });

  test('of orders that come at the same moment no more are taken in than may wait', async () => {
    await worker.close();
    const [one, two] = await Promise.all([openShared(), openShared()]);
    const queues = [one.of('line-rush'), two.of('line-rush')];
    const orders = [0, 1, 2, 3].flatMap(() => queues.map((queue) => queue.submit(orderOf({ does: 'echo' }))));
    const settled = await Promise.allSettled(orders);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const end of settled)
      if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(TooManyJobsError);
    await startWorker();
    await Promise.all([one.close(), two.close()]);
  });

  test('a job that no worker will take up any more, whatever became of its ticket, has failed', async () => {
    const { id } = await jobs.submit(orderOf({ does: 'turn' }));
    await untilRunning(jobs, id);
    const client = new Client({ connectionString: address });
    await client.connect();
    await client.query('delete from huawu_boss.job where id = $1', [id]);
    await client.end();
    expect((await follow(jobs, id)).at(-1)).toMatchObject({ state: 'failed' });
  });

  test.runIf(isLongRun)(
    'what only asks makes way for a planner’s job on whatever machine, begins anew, and ends by itself',
    async () => {
      const viewer = { kind: 'person' as const, id: 'v', name: 'viewer' };
      const asked = await jobs.submit({ ...orderOf({ does: 'turn' }), actor: viewer, asks: true });
      await untilRunning(jobs, asked.id);
      const planned = await shared.of('line-c').submit(orderOf({ does: 'echo' }));
      expect((await follow(shared.of('line-c'), planned.id)).at(-1)).toMatchObject({ state: 'done' });
      const seen = await follow(jobs, asked.id);
      expect(seen.at(-1)).toMatchObject({ state: 'failed', attempt: 2, error: { name: 'NoAnswerError' } });
      expect(ends.filter((end) => end.id === asked.id).map((end) => end.outcome)).toEqual([
        'again',
        'failed',
      ]);
    },
  );

  test('a worker that is stopped hands its job back, and an order outlives whoever took it in', async () => {
    const taker = await openShared();
    const { id } = await taker.of('line-a').submit(orderOf({ does: 'steps' }));
    await untilRunning(jobs, id);
    await taker.close();
    await worker.close();
    expect(await jobs.job(id)).toMatchObject({ state: 'queued', attempt: 1 });
    await startWorker();
    expect((await follow(jobs, id)).at(-1)).toMatchObject({ state: 'done', attempt: 2 });
  });
});
