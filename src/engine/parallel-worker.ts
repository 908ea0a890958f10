import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { ParallelTask } from '../kernel/ports.ts';
import { takeWork, type Work } from '../kernel/work.ts';
import { packError, type PackedError } from './packed-error.ts';

export interface TaskRequest {
  readonly batch: number;
  readonly index: number;
  readonly task: ParallelTask;
  readonly input: unknown;
}
export interface TaskReply {
  readonly batch: number;
  readonly index: number;
  readonly output?: unknown;
  readonly error?: PackedError;
  /** What the thread has done since it answered last. */
  readonly work: Work;
}

type TaskFunction = (input: unknown) => unknown;

const loadTask = async (task: ParallelTask): Promise<TaskFunction> => {
  const loaded = (await import(task.module)) as Record<string, unknown>;
  const found = loaded[task.name];
  if (typeof found !== 'function') throw new TypeError(`${task.module} exports no function ${task.name}`);
  return found as TaskFunction;
};

const run = async (request: TaskRequest): Promise<TaskReply> => {
  try {
    const perform = await loadTask(request.task);
    const output = await perform(request.input);
    return { batch: request.batch, index: request.index, output, work: takeWork() };
  } catch (error) {
    return { batch: request.batch, index: request.index, error: packError(error), work: takeWork() };
  }
};

const answer = async (request: TaskRequest): Promise<void> => {
  const reply = await run(request);
  try {
    parentPort?.postMessage(reply, []);
  } catch (error) {
    // An output that no thread can send (a function, a symbol) is the task's error.
    const failed: TaskReply = {
      batch: request.batch,
      index: request.index,
      error: packError(error),
      work: takeWork(),
    };
    parentPort?.postMessage(failed, []);
  }
};

/** What is asked and not begun: what may wait goes after what may not, whichever came first. */
const asked: TaskRequest[] = [];
let isServing = false;

const serve = async (): Promise<void> => {
  if (isServing || parentPort === null) return;
  isServing = true;
  while (asked.length > 0) {
    const next = asked.findIndex(({ task }) => task.whenIdle !== true);
    const [request] = asked.splice(Math.max(0, next), 1);
    if (request !== undefined) await answer(request);
    for (;;) {
      const come = receiveMessageOnPort(parentPort);
      if (come === undefined) break;
      asked.push(come.message as TaskRequest);
    }
  }
  isServing = false;
};

parentPort?.on('message', (request: TaskRequest) => {
  asked.push(request);
  void serve();
});
