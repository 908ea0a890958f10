import { afterAll, beforeAll, expect, test } from 'vitest';
import { TooManyJobsError } from '../../src/jobs/job-queue.ts';
import { createLocalJobs } from '../../src/jobs/local-jobs.ts';
import { createTaskThread } from '../../src/jobs/task-thread.ts';
import { follow, jobQueueConformance, orderOf, untilRunning } from './job-queue-conformance.ts';
import { jobTasksUrl } from './job-tasks.ts';

let thread: ReturnType<typeof createTaskThread>;
let jobs: ReturnType<typeof createLocalJobs>;
const failures: unknown[] = [];
const start = (): void => {
  thread = createTaskThread(jobTasksUrl, undefined);
  jobs = createLocalJobs({
    run: thread.run,
    hotline: 'main',
    now: Date.now,
    onFailure: (error) => failures.push(error),
    longestQueue: 3,
    kept: 4,
  });
};
beforeAll(start);
afterAll(async () => {
  await jobs.close();
  await thread.close();
});

jobQueueConformance(() => jobs, 'main');

test('this thread goes on while a job holds its own', async () => {
  const { id } = await jobs.submit(orderOf({ does: 'spin' }));
  await untilRunning(jobs, id);
  const lags: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 10));
    lags.push(performance.now() - from - 10);
  }
  await jobs.cancel(id);
  await follow(jobs, id);
  expect(lags.toSorted((a, b) => a - b)[10]).toBeLessThan(50);
});

test('a queue that is too long is refused, and old jobs are forgotten', async () => {
  const first = await jobs.submit(orderOf({ does: 'turn' }));
  const second = await jobs.submit(orderOf({ does: 'echo' }));
  await jobs.submit(orderOf({ does: 'echo' }));
  await expect(jobs.submit(orderOf({ does: 'echo' }))).rejects.toThrow(TooManyJobsError);
  await jobs.cancel(first.id);
  await follow(jobs, second.id);
  expect((await jobs.list()).length).toBeLessThanOrEqual(4 + 3);
  expect(failures.length).toBeGreaterThan(0);
});
