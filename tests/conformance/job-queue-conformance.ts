import { expect, test } from 'vitest';
import { isFinished, type JobOrder, type JobQueue, type JobRecord } from '../../src/jobs/job-queue.ts';
import type { Models } from '../../src/planning/ports.ts';
import type { TestRequest } from './job-tasks.ts';

/** An order of the suite's own tasks. */
export const orderOf = (request: TestRequest): JobOrder => ({
  kind: 'divert',
  // The suite's own tasks read it, not the product's.
  request: request as never,
  models: { targets: { queues: {} } } as unknown as Models,
  actor: { kind: 'person', id: 'p1', name: 'planner' },
  nowMillis: 1_234_567,
});

/** Every state of a job up to its end. */
export const follow = (jobs: JobQueue, id: string): Promise<JobRecord[]> =>
  new Promise((resolve) => {
    const seen: JobRecord[] = [];
    jobs.watch(id, (job) => {
      seen.push(job);
      if (isFinished(job)) resolve(seen);
    });
  });

export const untilRunning = async (jobs: JobQueue, id: string): Promise<void> => {
  while ((await jobs.job(id))?.state !== 'running') await new Promise((resolve) => setTimeout(resolve, 20));
};

/** What every job queue does, whoever works for it. `hotline` is the one whose jobs it takes in. */
export const jobQueueConformance = (queueOf: () => JobQueue, hotline: string): void => {
  const submit = (request: TestRequest): Promise<JobRecord> => queueOf().submit(orderOf(request));
  const end = async (id: string): Promise<JobRecord | undefined> => (await follow(queueOf(), id)).at(-1);

  test('an order is done, and its answer can be read', async () => {
    const job = await submit({ does: 'echo', value: '话务' });
    expect(job).toMatchObject({ kind: 'divert', state: 'queued', done: 0, error: null });
    expect(await end(job.id)).toMatchObject({ id: job.id, state: 'done', done: 1, error: null, attempt: 1 });
    expect(JSON.parse((await queueOf().answer(job.id)) ?? '')).toEqual({
      value: '话务',
      hotline,
      actor: { kind: 'person', id: 'p1', name: 'planner' },
      nowMillis: 1_234_567,
    });
    expect((await queueOf().list()).map((each) => each.id)).toContain(job.id);
  });

  test('progress comes step by step and never falls', async () => {
    const { id } = await submit({ does: 'steps' });
    const seen = await follow(queueOf(), id);
    expect(seen.map((job) => job.done)).toEqual(seen.map((job) => job.done).toSorted((a, b) => a - b));
    expect(new Set(seen.map((job) => job.step))).toEqual(new Set([null, 'at 0.25', 'at 0.5', 'at 0.75']));
    expect(seen.at(-1)?.state).toBe('done');
  });

  test.each(['turn', 'spin'] as const)(
    'cancel reaches work that does %s, and does not wait for its end',
    async (does) => {
      const { id } = await submit({ does });
      await untilRunning(queueOf(), id);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const asked = performance.now();
      await queueOf().cancel(id);
      expect((await end(id))?.state).toBe('cancelled');
      // Ten times what is promised.
      expect(performance.now() - asked).toBeLessThan(20_000);
      expect(await queueOf().answer(id)).toBeUndefined();
      // And the next job finds someone to work on it.
      const next = await submit({ does: 'echo' });
      expect((await end(next.id))?.state).toBe('done');
    },
  );

  test('a second order for the same answer waits for the first, and only while nothing has changed', async () => {
    const orderAt = (recordsVersion: string | undefined, nowMillis: number, name = 'planner'): JobOrder => ({
      ...orderOf({ does: 'turn' }),
      nowMillis,
      actor: { kind: 'person', id: name, name },
      ...(recordsVersion === undefined ? {} : { recordsVersion }),
    });
    const first = await queueOf().submit(orderAt('7', 1));
    await untilRunning(queueOf(), first.id);
    expect((await queueOf().submit(orderAt('7', 2))).id).toBe(first.id);
    for (const other of [orderAt('8', 2), orderAt('7', 2, 'another')]) {
      const { id } = await queueOf().submit(other);
      expect(id).not.toBe(first.id);
      await queueOf().cancel(id);
    }
    await queueOf().cancel(first.id);
    expect((await end(first.id))?.state).toBe('cancelled');
    const next = await queueOf().submit(orderAt('7', 3));
    expect(next.id).not.toBe(first.id);
    await queueOf().cancel(next.id);
    expect((await end(next.id))?.state).toBe('cancelled');
  });

  test('cancel takes a job that waits out of the queue', async () => {
    const first = await submit({ does: 'turn' });
    await untilRunning(queueOf(), first.id);
    const second = await submit({ does: 'echo' });
    expect((await queueOf().cancel(second.id))?.state).toBe('cancelled');
    await queueOf().cancel(first.id);
    expect((await end(first.id))?.state).toBe('cancelled');
    expect(await queueOf().answer(second.id)).toBeUndefined();
  });

  test("what is wrong with the user's input fails the job at once, and is told with it", async () => {
    const { id } = await submit({ does: 'bad-input' });
    const last = await end(id);
    expect(last).toMatchObject({ state: 'failed', attempt: 1 });
    expect(last?.error?.problems).toMatchObject([{ path: 'plan', rule: 'a-rule' }]);
  });

  test('work that breaks is listed as failed, with its error', async () => {
    const { id } = await submit({ does: 'break' });
    expect(await end(id)).toMatchObject({ state: 'failed' });
    expect((await queueOf().list()).find((job) => job.id === id)?.error?.message).toBe('broken for good');
  });

  test('work that takes its thread with it fails, and the next job is done', async () => {
    const { id } = await submit({ does: 'die' });
    const last = await end(id);
    expect(last).toMatchObject({ state: 'failed' });
    expect(last?.error?.message).toContain('ended with code 7');
    const next = await submit({ does: 'echo' });
    expect((await end(next.id))?.state).toBe('done');
  });

  test('a finished job stays as it is; one that does not exist is undefined', async () => {
    const { id } = await submit({ does: 'echo' });
    await end(id);
    expect((await queueOf().cancel(id))?.state).toBe('done');
    const none = '00000000-0000-4000-8000-000000000000';
    expect([await queueOf().job(none), await queueOf().answer(none), await queueOf().cancel(none)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
};
