import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../kernel/errors.ts';
import { addWork } from '../kernel/work.ts';
import type { ParallelMap, ParallelTask, Progress } from '../kernel/ports.ts';
import { unpackError } from './packed-error.ts';
import type { TaskReply, TaskRequest } from './parallel-worker.ts';

/** One call of the map: inputs still to hand out, outputs so far. */
interface Batch {
  readonly id: number;
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
  /** The batches of the inputs that it was handed and has not answered yet, one for each input. */
  readonly held: Batch[];
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

const mayWait = ({ task }: Batch): boolean => task.whenIdle === true;

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const fail = (batch: Batch, error: Error): void => {
  if (batch.failed || batch.done === batch.inputs.length) return;
  batch.failed = true;
  batch.reject(error);
};

const failAll = ({ held }: Thread, error: Error): void => {
  for (const batch of held) fail(batch, error);
};

/**
 * The kernel's ParallelMap on worker threads, as many as the machine has cores (or `threads`). The task's
 * module is given by URL and its export is called with each input; inputs and outputs must survive structured
 * cloning. Outputs keep the order of the inputs, whichever finishes first. The first error fails the call, with
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
  private asked = 0;
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
    const id = (this.asked += 1);
    this.queue.push({
      id,
      task,
      inputs,
      outputs,
      progress,
      resolve,
      reject,
      next: 0,
      done: 0,
      failed: false,
    });
    for (const thread of this.threads.toSorted((a, b) => a.held.length - b.held.length)) this.feed(thread);
    this.startThreads();
    return promise;
  }

  async close(): Promise<void> {
    this.closed = true;
    const error = new CancelledError();
    for (const batch of this.queue) fail(batch, error);
    for (const thread of this.threads) failAll(thread, error);
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
    return this.queue.find((batch) => !mayWait(batch)) ?? this.queue[0];
  }

  private startThreads(): void {
    while (!this.closed && this.threads.length < this.size && this.nextBatch() !== undefined) {
      const worker = new Worker(new URL('./parallel-worker.ts', import.meta.url));
      const thread: Thread = { worker, held: [], idle: undefined };
      this.threads.push(thread);
      worker.on('message', (reply: TaskReply) => this.receive(thread, reply));
      worker.on('error', (cause: unknown) =>
        failAll(thread, new ThreadEndedError(asError(cause).message, { cause })),
      );
      worker.on('exit', (code) => this.bury(thread, code));
      this.feed(thread);
    }
  }

  private bury(thread: Thread, code: number): void {
    failAll(thread, new ThreadEndedError(`a worker thread ended with code ${code}`));
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

  /**
   * Hands the thread its next inputs, or lets it rest. It has those of one batch at a time, and with them those that may
   * wait, which it then leaves for later. One core is kept free of these: anyone who asked for them goes on beside them.
   */
  private feed(thread: Thread): void {
    const batch = this.nextBatch();
    clearTimeout(thread.idle);
    if (batch === undefined) {
      if (thread.held.length > 0) return;
      thread.worker.unref();
      thread.idle = setTimeout(() => this.endIdle(thread), this.idleMillis).unref();
      return;
    }
    if (!this.mayTake(thread, batch)) return;
    thread.worker.ref();
    const left = batch.inputs.length - batch.next;
    // What may wait goes on through all that this thread does for itself, seconds long.
    const parts = mayWait(batch) ? this.size - 1 : 2 * this.size;
    const ahead = Math.min(mostAhead, Math.max(1, Math.ceil(left / Math.max(1, parts))));
    let own = thread.held.filter((held) => held === batch).length;
    while (own < ahead && batch.next < batch.inputs.length && this.send(thread, batch)) own += 1;
    if (own === 0) this.feed(thread);
  }

  private mayTake(thread: Thread, batch: Batch): boolean {
    const { held } = thread;
    if (!mayWait(batch)) return held.every((other) => other === batch || mayWait(other));
    const others = this.threads.filter((other) => other !== thread && other.held.some(mayWait)).length;
    return held.every((other) => other === batch) && others < Math.max(1, this.size - 1);
  }

  /** False where an input cannot be sent, which fails the call. */
  private send(thread: Thread, batch: Batch): boolean {
    const index = batch.next;
    batch.next += 1;
    try {
      const request: TaskRequest = { batch: batch.id, index, task: batch.task, input: batch.inputs[index] };
      thread.worker.postMessage(request, []);
      thread.held.push(batch);
      return true;
    } catch (error) {
      fail(batch, asError(error));
      return false;
    }
  }

  private receive(thread: Thread, reply: TaskReply): void {
    const [batch] = thread.held.splice(
      thread.held.findIndex(({ id }) => id === reply.batch),
      1,
    );
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
