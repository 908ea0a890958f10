import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobKind } from '../../src/contract/http/job.ts';
import { type JobQueue, TooManyJobsError } from '../../src/jobs/job-queue.ts';
import { createJobTurns, createLocalJobs } from '../../src/jobs/local-jobs.ts';
import { localActor } from '../../src/kernel/actor.ts';
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

test('a thread ends when nothing has been asked of it for long; the next job gets another', async () => {
  const idle = createTaskThread(jobTasksUrl, undefined, 100);
  const queue = createLocalJobs({
    run: idle.run,
    hotline: 'main',
    now: Date.now,
    onFailure: (error) => failures.push(error),
  });
  const threads = async (): Promise<string[]> => {
    const found: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const { id } = await queue.submit(orderOf({ does: 'thread' }));
      expect((await follow(queue, id)).at(-1)).toMatchObject({ state: 'done' });
      found.push((await queue.answer(id)) ?? '');
      await pause(80 + 20 * turn);
    }
    return found;
  };
  const used = await threads();
  expect(used.at(-1)).not.toBe(used[0]);
  await pause(300);
  await queue.close();
  await idle.close();
});

test('answers are kept as long as there is room for them, the last one always', async () => {
  const queue = createLocalJobs({
    run: async () => ({ json: 'x'.repeat(400) }),
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
    keptCharacters: 1000,
  });
  const ids: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const { id } = await queue.submit(orderOf({ does: 'echo' }));
    ids.push(id);
    await follow(queue, id);
  }
  const answers = await Promise.all(ids.map((id) => queue.answer(id)));
  expect(answers.map((answer) => answer?.length)).toEqual([undefined, undefined, 400, 400]);
  await queue.close();
});

test('whoever only asks has a share, gives way to those who plan, and is told who holds the queue', async () => {
  const queue = createLocalJobs({
    run: (task) =>
      new Promise((resolve) => ends.push(() => resolve({ json: JSON.stringify(task.actor.id) }))),
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
    longestQueue: 32,
  });
  const ends: (() => void)[] = [];
  const order = (id: string, asks: boolean, holder = id) => ({
    ...orderOf({ does: 'echo' }),
    actor: { kind: 'person' as const, id, name: id },
    holder,
    asks,
  });
  const refusal = async (id: string, asks: boolean, holder = id) => {
    const error: unknown = await queue.submit(order(id, asks, holder)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof TooManyJobsError ? error : undefined;
  };
  const asked = Array.from({ length: 8 }, (_, i) => `viewer${i}`);
  for (const id of asked) for (let turn = 0; turn < 2; turn += 1) await queue.submit(order(id, true));
  expect(await refusal('viewer0', true)).toMatchObject({ own: true });
  // A program takes of its owner's share.
  expect(await refusal('token', true, 'viewer0')).toMatchObject({ own: true });
  expect(await refusal('late', true)).toMatchObject({ own: false });
  const planned = await queue.submit(order('planner', false));
  for (let turn = 0; turn < 14; turn += 1) await queue.submit(order('planner', false));
  const last = await queue.submit(order('other planner', false));
  expect((await refusal('third', false))?.holders[0]).toEqual({ name: 'planner', jobs: 15 });
  // What runs goes on; then those who plan, whoever has fewer waiting first.
  const done: string[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    while (ends.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const running = (await queue.list()).find(({ state }) => state === 'running');
    done.push(running?.id ?? '');
    ends.shift()?.();
    await follow(queue, running?.id ?? '');
  }
  expect(done.slice(1)).toEqual([planned.id, last.id]);
  const closed = queue.close();
  for (let turn = 0; turn < 3; turn += 1) {
    for (const end of ends.splice(0)) end();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await closed;
});

test('a stand-in is looked for at once; the rest by what can wait, and of that by when it was asked for', async () => {
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const queue = createLocalJobs({
    run: (task) =>
      new Promise((resolve) => {
        const called = String((task.request as { called?: string }).called);
        begun.push(called);
        ends.set(called, () => resolve({ json: 'null' }));
      }),
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
  });
  const ask = (kind: JobKind, called: string, more: object = {}) => {
    const { request: _request, ...rest } = orderOf({ does: 'echo' });
    return queue.submit({ ...rest, kind, request: { called, ...more } } as never);
  };
  const untilBegun = async (n: number): Promise<void> => {
    while (begun.length < n) await pause(1);
  };
  await ask('forecast', 'forecast');
  await untilBegun(1);
  await ask('plan', 'what-if', { handleTimeFactor: 0.9 });
  await ask('divert', 'prompts');
  await ask('repair', 'stand-in');
  await untilBegun(2);
  expect(begun).toEqual(['forecast', 'stand-in']);
  ends.get('forecast')?.();
  await untilBegun(3);
  // Asked when less of one's own waits than when the what-if was asked for.
  await ask('compare', 'comparison');
  for (const [n, called] of [
    [4, 'prompts'],
    [5, 'what-if'],
  ] as const) {
    ends.get(called)?.();
    await untilBegun(n);
  }
  expect(begun.slice(2)).toEqual(['prompts', 'what-if', 'comparison']);
  for (const end of ends.values()) end();
  await queue.close();
});

test('what only asks stands back for a planner’s job that has waited, and begins anew after it', async () => {
  const own = createTaskThread(jobTasksUrl, undefined);
  const queue = createLocalJobs({
    run: own.run,
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
    patienceMillis: 100,
  });
  const viewer = { kind: 'person' as const, id: 'v', name: 'viewer' };
  const asked = await queue.submit({ ...orderOf({ does: 'turn' }), actor: viewer, asks: true });
  await untilRunning(queue, asked.id);
  const planned = await queue.submit(orderOf({ does: 'echo' }));
  expect((await follow(queue, planned.id)).at(-1)).toMatchObject({ state: 'done' });
  await untilRunning(queue, asked.id);
  await queue.cancel(asked.id);
  expect((await follow(queue, asked.id)).at(-1)).toMatchObject({ state: 'cancelled' });
  await queue.close();
  await own.close();
});

test('a server’s hotlines take turns: whoever plans on one does not wait for who asks on another', async () => {
  const own = createTaskThread(jobTasksUrl, undefined);
  const turns = createJobTurns();
  const [east, west] = ['east', 'west'].map((hotline) =>
    createLocalJobs({
      run: own.run,
      hotline,
      turns,
      now: Date.now,
      onFailure: () => undefined,
      patienceMillis: 100,
    }),
  ) as [JobQueue, JobQueue];
  const viewer = { kind: 'person' as const, id: 'v', name: 'viewer' };
  const asked = await east.submit({ ...orderOf({ does: 'turn' }), actor: viewer, asks: true });
  const waiting = await east.submit({ ...orderOf({ does: 'turn', value: '2' }), actor: viewer, asks: true });
  await untilRunning(east, asked.id);
  const planned = await west.submit(orderOf({ does: 'echo' }));
  expect((await follow(west, planned.id)).at(-1)).toMatchObject({ state: 'done' });
  expect(await west.job(asked.id)).toBeUndefined();
  for (const { id } of [waiting, asked]) await east.cancel(id);
  await Promise.all([east.close(), west.close()]);
  await own.close();
});

test('what nobody waits for makes way at once for whatever anybody orders', async () => {
  const own = createTaskThread(jobTasksUrl, undefined);
  const queue = createLocalJobs({ run: own.run, hotline: 'main', now: Date.now, onFailure: () => undefined });
  const glance = await queue.submit({ ...orderOf({ does: 'turn' }), actor: localActor, asks: true });
  await untilRunning(queue, glance.id);
  const viewer = { kind: 'person' as const, id: 'v', name: 'viewer' };
  const begun = performance.now();
  const asked = await queue.submit({ ...orderOf({ does: 'echo' }), actor: viewer, asks: true });
  expect((await follow(queue, asked.id)).at(-1)).toMatchObject({ state: 'done' });
  // A planner's patience alone would be twenty seconds, and a viewer had none.
  expect(performance.now() - begun).toBeLessThan(15_000);
  await queue.cancel(glance.id);
  await queue.close();
  await own.close();
});

test('an order costs the same however large those are that wait', async () => {
  const queue = createLocalJobs({
    run: () => new Promise(() => undefined),
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
  });
  const order = (value: string) => ({ ...orderOf({ does: 'echo', value }), recordsVersion: '1' });
  for (let at = 0; at < 40; at += 1) await queue.submit(order(`${at}`.padEnd(900_000, 'x')));
  const millis: number[] = [];
  for (let at = 0; at < 5; at += 1) {
    const begun = process.cpuUsage();
    await queue.submit(order(`small ${at}`));
    const { user, system } = process.cpuUsage(begun);
    millis.push((user + system) / 1000);
  }
  // The least of them: a collection of what the large ones left behind falls into one or the other.
  expect(Math.min(...millis)).toBeLessThan(12);
});

test('what somebody only asks ends by itself, so that the next one is answered', async () => {
  const own = createTaskThread(jobTasksUrl, undefined);
  const queue = createLocalJobs({
    run: own.run,
    hotline: 'main',
    now: Date.now,
    onFailure: () => expect.fail('it is nothing of ours'),
    longestAskedMillis: 300,
  });
  const viewer = { kind: 'person' as const, id: 'v', name: 'viewer' };
  const endless = await queue.submit({ ...orderOf({ does: 'turn' }), actor: viewer, asks: true });
  const next = await queue.submit(orderOf({ does: 'echo' }));
  expect((await follow(queue, endless.id)).at(-1)).toMatchObject({
    state: 'failed',
    error: { name: 'NoAnswerError' },
  });
  expect((await follow(queue, next.id)).at(-1)).toMatchObject({ state: 'done' });
  await queue.close();
  await own.close();
});

test('what one person orders and gives up takes nobody else’s answer away', async () => {
  const queue = createLocalJobs({
    run: async () => ({ json: '1' }),
    hotline: 'main',
    now: Date.now,
    onFailure: () => undefined,
  });
  const order = (id: string) => ({
    ...orderOf({ does: 'echo' }),
    actor: { kind: 'person' as const, id, name: id },
  });
  const first = await queue.submit(order('planner'));
  await follow(queue, first.id);
  for (let turn = 0; turn < 60; turn += 1) {
    const { id } = await queue.submit(order('viewer'));
    if (turn % 2 === 0) await queue.cancel(id);
    await follow(queue, id);
  }
  expect(await queue.answer(first.id)).toBe('1');
  expect((await queue.list()).length).toBeLessThan(30);
  await queue.close();
});

test('a queue that is too long is refused, and old jobs are forgotten', async () => {
  const first = await jobs.submit(orderOf({ does: 'turn' }));
  const second = await jobs.submit(orderOf({ does: 'echo' }));
  await jobs.submit(orderOf({ does: 'echo' }));
  await expect(jobs.submit(orderOf({ does: 'echo' }))).rejects.toThrow(TooManyJobsError);
  await jobs.cancel(first.id);
  await follow(jobs, second.id);
  expect((await jobs.list()).length).toBeLessThanOrEqual(3 * 4 + 3);
  expect(failures.length).toBeGreaterThan(0);
});
