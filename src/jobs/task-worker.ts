import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { packError, type PackedError } from '../engine/packed-error.ts';
import type { JobTask, OpenTasks, TaskAnswer } from './job-queue.ts';

/** What a task thread is started with. */
export interface TaskThreadData {
  /** URL of a module that exports `openTasks(data)`. */
  readonly module: string;
  readonly data: unknown;
  /** One Int32: 1 asks the running task to stop. Read in the midst of work that lets no message in. */
  readonly stop: SharedArrayBuffer;
}

export type TaskReply =
  | { readonly done: number; readonly step: string | undefined }
  | { readonly answer: TaskAnswer }
  | { readonly error: PackedError };

interface TaskModule {
  openTasks(data: unknown): Promise<OpenTasks>;
}

/**
 * Long work stands back for anyone who waits for a page: on Linux, where priority is a thread's own (setpriority(2)), the
 * threads that this one starts have it too. Elsewhere it would hold for the whole process.
 */
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

const { module, data, stop } = workerData as TaskThreadData;
const flag = new Int32Array(stop);
let opened: Promise<OpenTasks> | undefined;
const open = async (): Promise<OpenTasks> => ((await import(module)) as TaskModule).openTasks(data);

const reply = (message: TaskReply): void => parentPort?.postMessage(message, []);

const closeAll = async (): Promise<void> => {
  try {
    await (await opened)?.close();
  } finally {
    process.exit(0);
  }
};

parentPort?.on('message', (task: JobTask | 'close') => {
  if (task === 'close') return void closeAll();
  opened ??= open();
  return void opened
    .then((tasks) =>
      tasks.run(
        task,
        (done, step) => reply({ done, step }),
        () => Atomics.load(flag, 0) === 1,
      ),
    )
    .then(
      (answer) => reply({ answer }),
      (error: unknown) => reply({ error: packError(error) }),
    );
});
