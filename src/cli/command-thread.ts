import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError } from '../kernel/errors.ts';
import { commandPhase } from './command-phase.ts';
import { listenForTemporaryPaths } from '../store/workspace-files.ts';
import { runCli } from './run-cli.ts';

/** What the thread of a command line is started with. */
export interface CommandThreadData {
  readonly args: readonly string[];
  readonly version: string;
  readonly interactive: boolean;
  /** How far it is (`commandPhase`). Read and set in the midst of work that lets no message in. */
  readonly phase: SharedArrayBuffer;
}

export type CommandReply =
  | { readonly out: string }
  | { readonly err: string }
  /** The command serves until it is told to stop, and then ends in order by itself. */
  | { readonly serving: true }
  | { readonly path: string; readonly there: boolean }
  | { readonly exitCode: number };

const { args, version, interactive, phase: shared } = workerData as CommandThreadData;
const phase = new Int32Array(shared);
const interrupt = new AbortController();
const reply = (message: CommandReply): void => parentPort?.postMessage(message, []);

listenForTemporaryPaths((path, there) => reply({ path, there }));
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
    shouldStop: () => Atomics.load(phase, 0) === commandPhase.stopping,
    finishing: () => {
      const { working, finishing, stopping } = commandPhase;
      if (Atomics.compareExchange(phase, 0, working, finishing) === stopping) throw new CancelledError();
    },
    serving: () => reply({ serving: true }),
  },
  version,
);
reply({ exitCode });
