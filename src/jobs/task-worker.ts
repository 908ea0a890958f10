import { constants, setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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
 * Long work gives way to anyone who waits for a page: on Linux, where priority is a thread's own (setpriority(2)), the
 * threads that this one starts have it too. Elsewhere it would hold for the whole process.
 */
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

const { module, data, stop } = workerData as TaskThreadData;
const flag = new Int32Array(stop);
let opened: Promise<OpenTasks> | undefined;
const open = async (): Promise<OpenTasks> => ((await import(module)) as TaskModule).openTasks(data);

/**
 * What a job took goes back when it ends: a thread that then waits would keep it for as long as it allocates nothing, and
 * the arrays of a plan are a hundred megabytes. A server has the flag from its beginning (`cli/main.ts`).
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how: { type: 'major'; execution: 'async' }) => Promise<void>;

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
    )
    .then(() => collect({ type: 'major', execution: 'async' }));
});
