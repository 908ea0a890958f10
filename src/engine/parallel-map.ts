import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../kernel/errors.ts';
import { addWork } from '../kernel/work.ts';
import type { ParallelMap, ParallelTask, Progress } from '../kernel/ports.ts';
import { unpackError } from './packed-error.ts';
import type { TaskReply, TaskRequest } from './parallel-worker.ts';

/** One call of the map: inputs still to hand out, outputs so far. */
interface Batch {
  readonly task: ParallelTask;
  readonly inputs: readonly unknown[];
  readonly outputs: unknown[];
  readonly progress: Progress | undefined;
  readonly resolve: (outputs: unknown[]) => void;
  readonly reject: (error: Error) => void;
  next: number;
  done: number;
  failed: boolean;
}

interface Thread {
  readonly worker: Worker;
  /** The batch it works on, and how many of its inputs it has not answered yet. */
  batch: Batch | undefined;
  waiting: number;
  /** Ends it once it has had nothing to do for long. */
  idle: NodeJS.Timeout | undefined;
}

/** After how long without work a thread ends: what it holds (a heap, WebAssembly, models) goes back with it. */
export const usualIdleMillis = 60_000;

/**
 * Inputs that a thread is handed at once, at most: it goes on while this thread computes and cannot hand out
 * more, and what is cloned ahead stays small.
 */
const mostAhead = 8;

/** A worker thread ended in the midst of a call; its cause is what it died of, where that is known. */
export class ThreadEndedError extends Error {
  override readonly name = 'ThreadEndedError';
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const fail = (batch: Batch | undefined, error: Error): void => {
  if (batch === undefined || batch.failed || batch.done === batch.inputs.length) return;
  batch.failed = true;
  batch.reject(error);
};

/**
 * The kernel's ParallelMap on worker threads, as many as the machine has cores (or `threads`). The task's
 * module is given by URL and its export is called with each input; inputs and outputs must survive structured
 * cloning. Outputs keep the order of the inputs, whoever finishes first. The first error fails the call, with
 * the kernel's error classes kept; a thread that dies fails the call and is replaced. Threads start when
 * first needed and end after `idleMillis` without work; idle ones do not keep the process alive.
 */
export const createParallelMap = (
  threads = availableParallelism(),
  idleMillis = usualIdleMillis,
): ParallelMap & { close(): Promise<void> } => {
  const pool = new ThreadPool(Math.max(1, threads), idleMillis);
  const map = <Output>(
    task: ParallelTask,
    inputs: readonly unknown[],
    progress?: Progress,
  ): Promise<Output[]> => pool.run(task, inputs, progress) as Promise<Output[]>;
  return Object.assign(map, { close: () => pool.close() });
};

class ThreadPool {
  private readonly size: number;
  private readonly threads: Thread[] = [];
  private readonly queue: Batch[] = [];
  private readonly idleMillis: number;
  private closed = false;

  constructor(size: number, idleMillis: number) {
    this.size = size;
    this.idleMillis = idleMillis;
  }

  run(task: ParallelTask, inputs: readonly unknown[], progress?: Progress): Promise<unknown[]> {
    if (this.closed) return Promise.reject(new CancelledError());
    if (inputs.length === 0) return Promise.resolve([]);
    const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
    const outputs = Array.from({ length: inputs.length });
    this.queue.push({ task, inputs, outputs, progress, resolve, reject, next: 0, done: 0, failed: false });
    for (const thread of this.threads) if (thread.waiting === 0) this.feed(thread);
    this.startThreads();
    return promise;
  }

  async close(): Promise<void> {
    this.closed = true;
    const error = new CancelledError();
    for (const batch of this.queue) fail(batch, error);
    for (const thread of this.threads) fail(thread.batch, error);
    this.queue.length = 0;
    for (const thread of this.threads) clearTimeout(thread.idle);
    await Promise.all(this.threads.splice(0).map((thread) => thread.worker.terminate()));
  }

  /** The batch whose inputs are handed out next; finished and failed ones leave the queue. */
  private nextBatch(): Batch | undefined {
    for (let i = 0; i < this.queue.length;) {
      const { failed, next, inputs } = this.queue[i] as Batch;
      if (!failed && next < inputs.length) i += 1;
      else this.queue.splice(i, 1);
    }
    return this.queue.find(({ task }) => task.whenIdle !== true) ?? this.queue[0];
  }

  private startThreads(): void {
    while (!this.closed && this.threads.length < this.size && this.nextBatch() !== undefined) {
      const worker = new Worker(new URL('./parallel-worker.ts', import.meta.url));
      const thread: Thread = { worker, batch: undefined, waiting: 0, idle: undefined };
      this.threads.push(thread);
      worker.on('message', (reply: TaskReply) => this.receive(thread, reply));
      worker.on('error', (cause: unknown) =>
        fail(thread.batch, new ThreadEndedError(asError(cause).message, { cause })),
      );
      worker.on('exit', (code) => this.bury(thread, code));
      this.feed(thread);
    }
  }

  private bury(thread: Thread, code: number): void {
    fail(thread.batch, new ThreadEndedError(`a worker thread ended with code ${code}`));
    this.forget(thread);
    this.startThreads();
  }

  private forget(thread: Thread): void {
    clearTimeout(thread.idle);
    const at = this.threads.indexOf(thread);
    if (at >= 0) this.threads.splice(at, 1);
  }

  /** Lets a thread go that has had nothing to do for long: it is given no more work from now on. */
  private endIdle(thread: Thread): void {
    this.forget(thread);
    void thread.worker.terminate();
  }

  /** Hands the thread its next inputs, or lets it rest. It has those of one batch at a time. */
  private feed(thread: Thread): void {
    const batch = this.nextBatch();
    if (thread.waiting > 0 && batch !== thread.batch) return;
    thread.batch = batch;
    clearTimeout(thread.idle);
    if (batch === undefined) {
      thread.worker.unref();
      thread.idle = setTimeout(() => this.endIdle(thread), this.idleMillis).unref();
      return;
    }
    thread.worker.ref();
    const left = batch.inputs.length - batch.next;
    const ahead = Math.min(mostAhead, Math.max(1, Math.ceil(left / (2 * this.size))));
    while (thread.waiting < ahead && batch.next < batch.inputs.length && this.send(thread, batch));
    if (thread.waiting === 0) this.feed(thread);
  }

  /** False where an input cannot be sent, which fails the call. */
  private send(thread: Thread, batch: Batch): boolean {
    const index = batch.next;
    batch.next += 1;
    try {
      const request: TaskRequest = { index, task: batch.task, input: batch.inputs[index] };
      thread.worker.postMessage(request, []);
      thread.waiting += 1;
      return true;
    } catch (error) {
      fail(batch, asError(error));
      return false;
    }
  }

  private receive(thread: Thread, reply: TaskReply): void {
    const { batch } = thread;
    thread.waiting -= 1;
    addWork(reply.work);
    if (batch === undefined) return;
    if (reply.error !== undefined) fail(batch, unpackError(reply.error));
    else {
      batch.outputs[reply.index] = reply.output;
      batch.done += 1;
      if (!batch.failed) batch.progress?.(batch.done / batch.inputs.length);
      if (batch.done === batch.inputs.length) batch.resolve(batch.outputs);
    }
    this.feed(thread);
  }
}
