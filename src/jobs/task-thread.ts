import { Worker } from 'node:worker_threads';
import { unpackError } from '../engine/packed-error.ts';
import { usualIdleMillis } from '../engine/parallel-map.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Progress } from '../kernel/ports.ts';
import type { JobTask, RunTask, TaskAnswer } from './job-queue.ts';
import type { TaskReply, TaskThreadData } from './task-worker.ts';

/** How long work may go on after it was asked to stop; then its thread is ended. */
const graceMillis = 700;

/**
 * Runs tasks on a worker thread, one after the other, so that long steps block nobody. The thread opens the tasks by
 * itself (`openTasks(data)` of the module at `url`) and stays warm between them; after `idleMillis` without a task it
 * closes what it has opened and ends, and its memory with it. One that dies fails its task and is replaced. Work that
 * does not heed the wish to stop loses its thread.
 */
export const createTaskThread = (
  url: string,
  data: unknown,
  idleMillis = usualIdleMillis,
): { readonly run: RunTask; close(): Promise<void> } => {
  const thread = new TaskThread(url, data, idleMillis);
  return {
    run: (task, progress, signal) => thread.run(task, progress, signal),
    close: () => thread.close(),
  };
};

class TaskThread {
  readonly #data: Omit<TaskThreadData, 'stop'>;
  readonly #stop = new SharedArrayBuffer(4);
  readonly #idleMillis: number;
  #worker: Worker | undefined;
  #busy = false;
  #idle: NodeJS.Timeout | undefined;
  /** Threads that close what they have opened. */
  readonly #leaving = new Set<Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: string, data: unknown, idleMillis: number) {
    this.#data = { module: url, data };
    this.#idleMillis = idleMillis;
  }

  run(task: JobTask, progress: Progress, signal: AbortSignal): Promise<TaskAnswer> {
    const answer = this.#last.then(() => this.#perform(task, progress, signal));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** Lets an idle thread close what it has opened; a busy one is ended at once. */
  async close(): Promise<void> {
    if (this.#busy) await this.#end();
    else this.#letGo();
    await Promise.all(this.#leaving);
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** Has an idle thread close what it has opened and end; the next task gets a new one. */
  #letGo(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    if (worker === undefined) return;
    this.#worker = undefined;
    worker.ref();
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close', []);
    const late = new Promise<void>((resolve) => setTimeout(resolve, graceMillis).unref());
    const gone = Promise.race([exited, late])
      .then(() => worker.terminate())
      .finally(() => this.#leaving.delete(gone));
    this.#leaving.add(gone);
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const workerData: TaskThreadData = { ...this.#data, stop: this.#stop };
    const worker = new Worker(new URL('./task-worker.ts', import.meta.url), { workerData });
    // Without a listener an error (out of memory) would end the process; 'exit' follows and is dealt with.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }

  #perform(task: JobTask, progress: Progress, signal: AbortSignal): Promise<TaskAnswer> {
    if (signal.aborted) return Promise.reject(new CancelledError());
    Atomics.store(new Int32Array(this.#stop), 0, 0);
    clearTimeout(this.#idle);
    const worker = this.#started();
    const { promise, resolve, reject } = Promise.withResolvers<TaskAnswer>();
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      Atomics.store(new Int32Array(this.#stop), 0, 1);
      grace = setTimeout(() => void this.#end(), graceMillis);
    };
    const onMessage = (reply: TaskReply): void => {
      if ('done' in reply) progress(reply.done, reply.step);
      else if ('answer' in reply) resolve(reply.answer);
      // What breaks once it was asked to stop broke of being stopped.
      else reject(signal.aborted ? new CancelledError() : unpackError(reply.error));
    };
    const onError = (error: unknown): void =>
      reject(error instanceof Error ? error : new Error(String(error)));
    const onExit = (code: number): void => {
      reject(signal.aborted ? new CancelledError() : new Error(`the job's thread ended with code ${code}`));
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal.addEventListener('abort', onAbort);
    worker.ref();
    this.#busy = true;
    worker.postMessage(task, []);
    return promise.finally(() => {
      this.#busy = false;
      clearTimeout(grace);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      this.#idle = setTimeout(() => this.#letGo(), this.#idleMillis).unref();
    });
  }
}

/** Where a task thread finds the records, and how many threads it may use. */
export interface TaskPlace {
  /** Holds huawu.db where the store is SQLite. */
  readonly folder: string;
  /** `sqlite`, or the address of a PostgreSQL database. */
  readonly store: string;
  /** 0: as many as the machine has cores. */
  readonly threads: number;
}

/** The product's own tasks, as a task thread loads them: who hands orders on need not load what carries them out. */
export const workspaceTasksUrl = new URL('./workspace-tasks.ts', import.meta.url).href;
