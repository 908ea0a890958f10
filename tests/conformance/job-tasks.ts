import { setTimeout as pause } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { BadInputError, CancelledError } from '../../src/kernel/errors.ts';
import { problemAt } from '../support/problem-at.ts';
import { text } from '../support/text.ts';
import type { JobTask, OpenTasks } from '../../src/jobs/job-queue.ts';

/** What a test's job is to do. */
export interface TestRequest {
  readonly does: 'echo' | 'steps' | 'spin' | 'turn' | 'bad-input' | 'break' | 'die' | 'break-once' | 'thread';
  readonly value?: string;
}

const said = text('不对', 'wrong');
const attempts = new Map<string, number>();

const work: Record<
  TestRequest['does'],
  (
    task: JobTask,
    progress: (done: number, step?: string) => void,
    shouldStop: () => boolean,
  ) => Promise<unknown>
> = {
  echo: async ({ request, hotline, actor, nowMillis }) => ({
    value: (request as TestRequest).value,
    hotline,
    actor,
    nowMillis,
  }),
  steps: async (_, progress) => {
    for (const done of [0.25, 0.5, 0.75]) {
      progress(done, `at ${done}`);
      await pause(500);
    }
    return 'walked';
  },
  // Holds its thread for good, and heeds nothing.
  spin: async (_, progress) => {
    progress(0.1, 'spinning');
    for (;;);
  },
  turn: async (_, progress, shouldStop) => {
    progress(0.1, 'turning');
    while (!shouldStop()) await pause(5);
    throw new CancelledError();
  },
  'bad-input': () => Promise.reject(new BadInputError([problemAt('plan', 'a-rule', 1, said, said)])),
  break: () => Promise.reject(new RangeError('broken for good')),
  die: async () => process.exit(7),
  thread: async () => threadId,
  'break-once': async ({ id }) => {
    const attempt = (attempts.get(id) ?? 0) + 1;
    attempts.set(id, attempt);
    if (attempt === 1) throw new RangeError('broken once');
    return 'mended';
  },
};

/** Tasks of the job suites, loaded by a task thread. */
export const openTasks = async (): Promise<OpenTasks> => ({
  run: async (task, progress, shouldStop) => ({
    json: JSON.stringify(await work[(task.request as TestRequest).does](task, progress, shouldStop)),
  }),
  close: async () => {},
});

export const jobTasksUrl = import.meta.url;
