import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
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
  batch: Batch | undefined;
}

const fail = (batch: Batch, error: Error): void => {
  if (batch.failed) return;
  batch.failed = true;
  batch.reject(error);
};

/**
 * The kernel's ParallelMap on worker threads, as many as the machine has cores (or `threads`). The task's
 * module is given by URL and its export is called with each input; inputs and outputs must survive structured
 * cloning. Outputs keep the order of the inputs, whoever finishes first. The first error fails the call, with
 * the kernel's error classes kept. Threads start when first needed and do not keep the process alive.
 */
export const createParallelMap = (
  threads = availableParallelism(),
): ParallelMap & { close(): Promise<void> } => {
  const pool: Thread[] = [];
  const queue: Batch[] = [];
  let closed = false;

  const nextBatch = (): Batch | undefined => {
    while (queue[0] !== undefined && (queue[0].failed || queue[0].next >= queue[0].inputs.length)) {
      queue.shift();
    }
    return queue[0];
  };
  const feed = (thread: Thread): void => {
    const batch = nextBatch();
    thread.batch = batch;
    if (batch === undefined) {
      thread.worker.unref();
      return;
    }
    const index = batch.next;
    batch.next += 1;
    thread.worker.ref();
    const request: TaskRequest = { index, task: batch.task, input: batch.inputs[index] };
    try {
      thread.worker.postMessage(request);
    } catch (error) {
      fail(batch, error instanceof Error ? error : new Error(String(error)));
      feed(thread);
    }
  };
  const receive = (thread: Thread, reply: TaskReply): void => {
    const { batch } = thread;
    if (batch === undefined) return;
    if (reply.error !== undefined) {
      fail(batch, unpackError(reply.error));
    } else {
      batch.outputs[reply.index] = reply.output;
      batch.done += 1;
      batch.progress?.(batch.done / batch.inputs.length);
      if (batch.done === batch.inputs.length) batch.resolve(batch.outputs);
    }
    feed(thread);
  };
  const startThread = (): void => {
    const worker = new Worker(new URL('./parallel-worker.ts', import.meta.url));
    const thread: Thread = { worker, batch: undefined };
    pool.push(thread);
    worker.on('message', (reply: TaskReply) => receive(thread, reply));
    worker.on('error', (error: unknown) => {
      pool.splice(pool.indexOf(thread), 1);
      if (thread.batch !== undefined)
        fail(thread.batch, error instanceof Error ? error : new Error(String(error)));
      if (!closed && nextBatch() !== undefined) startThread();
    });
    feed(thread);
  };

  const map = <Input, Output>(
    task: ParallelTask,
    inputs: readonly Input[],
    progress?: Progress,
  ): Promise<Output[]> => {
    if (closed) return Promise.reject(new Error('the parallel map is closed'));
    if (inputs.length === 0) return Promise.resolve([]);
    return new Promise<unknown[]>((resolve, reject) => {
      queue.push({
        task,
        inputs,
        outputs: Array.from({ length: inputs.length }),
        progress,
        resolve,
        reject,
        next: 0,
        done: 0,
        failed: false,
      });
      for (const thread of pool) if (thread.batch === undefined) feed(thread);
      const wanted = Math.min(Math.max(1, threads), pool.length + inputs.length);
      while (pool.length < wanted && nextBatch() !== undefined) startThread();
    }) as Promise<Output[]>;
  };
  const close = async (): Promise<void> => {
    closed = true;
    for (const batch of [...queue, ...pool.flatMap((thread) => thread.batch ?? [])]) {
      if (batch.done < batch.inputs.length) fail(batch, new Error('the parallel map is closed'));
    }
    queue.length = 0;
    await Promise.all(pool.map((thread) => thread.worker.terminate()));
    pool.length = 0;
  };
  return Object.assign(map, { close });
};
