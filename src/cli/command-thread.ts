import { parentPort, workerData } from 'node:worker_threads';
import { hearPassingPaths } from '../store/passing-paths.ts';
import { runCli } from './run-cli.ts';

/** What the thread of a command line is started with. */
export interface CommandThreadData {
  readonly args: readonly string[];
  readonly version: string;
  readonly interactive: boolean;
  /** One Int32: 1 asks the command to stop. Read in the midst of work that lets no message in. */
  readonly stop: SharedArrayBuffer;
}

export type CommandReply =
  | { readonly out: string }
  | { readonly err: string }
  /** The command serves until it is told to stop, and then ends in order by itself. */
  | { readonly serving: true }
  | { readonly path: string; readonly there: boolean }
  | { readonly exitCode: number };

const { args, version, interactive, stop } = workerData as CommandThreadData;
const flag = new Int32Array(stop);
const interrupt = new AbortController();
const reply = (message: CommandReply): void => parentPort?.postMessage(message, []);

hearPassingPaths((path, there) => reply({ path, there }));
parentPort?.on('message', () => interrupt.abort());
parentPort?.unref();

const exitCode = await runCli(
  args,
  {
    out: (out) => reply({ out }),
    err: (err) => reply({ err }),
    interactive,
    nowMillis: () => Date.now(),
    signal: interrupt.signal,
    shouldStop: () => Atomics.load(flag, 0) === 1,
    serving: () => reply({ serving: true }),
  },
  version,
);
reply({ exitCode });
