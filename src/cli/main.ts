import { rmSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../kernel/errors.ts';
import { commandPhase } from './command-phase.ts';
import type { CommandReply, CommandThreadData } from './command-thread.ts';
import { productVersion } from './product-folders.ts';

/**
 * Memory that glibc shares out by thread, and keeps for good once it has grown: a server whose threads come and go would
 * hold some hundred megabytes more after each job. Two parts of it are enough, and what is large goes back at once. It is
 * read where a process begins, so one that serves begins once more; what the user has set stays.
 */
const givingBack = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '1048576',
};

const serves = process.argv.slice(2).some((word) => ['serve', 'start', 'worker'].includes(word));

/**
 * Threads are many, and each has a young heap of its own: at V8's usual size a server takes a fifth more memory. A heap may
 * grow to four times what it holds before it is looked through, which a server's would on every busy minute; and it gives
 * back what a job took. Code that was compiled under one set of flags is of no use under another: no thread changes them.
 */
const flags = ['--max-semi-space-size=8', ...(serves ? ['--heap-growing-percent=50', '--expose-gc'] : [])];

const isSet = Object.keys(givingBack).some((name) => process.env[name] !== undefined);
// Begun with its flags, a server keeps what it compiles apart from what other commands do.
if (serves && !isSet && process.platform === 'linux')
  process.execve?.(
    process.execPath,
    [process.execPath, ...flags, ...process.execArgv, ...process.argv.slice(1)],
    { ...process.env, ...givingBack },
  );
for (const flag of flags) setFlagsFromString(flag);

// A reader that has seen enough (`huawu plan | head`) closes the pipe: that is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.exitCode = 1;
    if (stream === process.stderr) process.exit();
    const told = process.argv.slice(2).filter((word) => word !== '--json');
    const terminal = { out: () => undefined, err: (said: string) => void process.stderr.write(said) };
    void import('./report-failure.ts').then(({ reportFailure }) => {
      reportFailure(error, told, terminal);
      process.exit(1);
    });
  });

// The first interrupt asks for an orderly end, the second takes it.
const interrupt = new AbortController();
const atOnce = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (interrupt.signal.aborted) atOnce.abort();
    interrupt.abort();
  });

// npm dies of a signal without passing it on: what it leaves behind would serve on unseen.
const parent = process.ppid;
if (process.env['npm_command'] !== undefined && process.platform !== 'win32')
  setInterval(() => {
    if (process.ppid !== parent) interrupt.abort();
  }, 500).unref();

/** How long a command may go on after it was asked to stop; then its thread is ended. */
const graceMillis = 200;
/** The same for one that serves (open requests are ended, a job is handed back), and one that stores what it made. */
const longGraceMillis = 20_000;
/** How long a thread is waited for that was ended: a system call that never returns (a hung share, a pipe) holds it. */
const lastResortMillis = 10_000;

/**
 * Runs a command line in a thread of its own and answers its exit code, so that this thread hears an interrupt however
 * long the command computes without a pause. Asked to stop, the command may end in order (what asks `shouldStop` does);
 * else its thread is ended at once, which the store bears as it bears a power cut, and what was written only for
 * the time being is removed.
 */
export const runInThread = (command: ThreadedCommand): Promise<number> => new CommandThread(command).ended;

class CommandThread {
  readonly ended: Promise<number>;
  readonly #command: ThreadedCommand;
  readonly #worker: Worker;
  readonly #phase = new SharedArrayBuffer(4);
  readonly #temporaryPaths = new Set<string>();
  #serving = false;
  #exitCode: number | undefined;
  #failure: unknown;

  constructor(command: ThreadedCommand) {
    this.#command = command;
    const { args, version, interactive, signal } = command;
    const workerData: CommandThreadData = { args, version, interactive, phase: this.#phase };
    this.#worker = new Worker(new URL('./command-thread.ts', import.meta.url), { workerData });
    this.#worker.on('message', (reply: CommandReply) => this.#hear(reply));
    this.#worker.on('error', (error: unknown) => (this.#failure = error));
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.ended = exited.then(() => this.#end());
    if (signal.aborted) this.#interrupt();
    else signal.addEventListener('abort', () => this.#interrupt(), { once: true });
  }

  #hear(reply: CommandReply): void {
    if ('out' in reply) this.#command.out(reply.out);
    else if ('err' in reply) this.#command.err(reply.err);
    else if ('serving' in reply) this.#serving = true;
    else if ('exitCode' in reply) this.#exitCode = reply.exitCode;
    else if (reply.there) this.#temporaryPaths.add(reply.path);
    else this.#temporaryPaths.delete(reply.path);
  }

  #interrupt(): void {
    const { working, stopping, finishing } = commandPhase;
    const phase = Atomics.compareExchange(new Int32Array(this.#phase), 0, working, stopping);
    this.#worker.postMessage('stop', []);
    const late = (): void => void this.#worker.terminate();
    const grace = this.#serving || phase === finishing ? longGraceMillis : graceMillis;
    setTimeout(late, grace).unref();
    setTimeout(() => void this.#giveUp(), grace + lastResortMillis).unref();
    const { atOnce } = this.#command;
    if (atOnce?.aborted === true) void this.#giveUp();
    else atOnce?.addEventListener('abort', () => void this.#giveUp(), { once: true });
  }

  /** Ends the process although the thread does not end: an exit would wait for it. */
  async #giveUp(): Promise<void> {
    try {
      await this.#end();
    } finally {
      process.kill(process.pid, 'SIGKILL');
    }
  }

  async #end(): Promise<number> {
    for (const path of this.#temporaryPaths) {
      try {
        rmSync(path, { recursive: true, force: true });
      } catch {
        // Nothing could be made there either.
      }
    }
    if (this.#exitCode !== undefined) return this.#exitCode;
    // Loaded only where it is needed: the command's own thread has it already.
    const { reportFailure } = await import('./report-failure.ts');
    const { args, out, err, signal } = this.#command;
    const thrown = signal.aborted ? new CancelledError() : this.#failure;
    return reportFailure(thrown, args, { out, err });
  }
}

const [word, ...others] = process.argv.slice(2);
if (others.length === 0 && (word === '--version' || word === '-V'))
  process.stdout.write(`${productVersion()}\n`);
else
  process.exitCode = await runInThread({
    args: process.argv.slice(2),
    version: productVersion(),
    interactive: process.stderr.isTTY,
    out: (chunk) => process.stdout.write(chunk),
    err: (chunk) => process.stderr.write(chunk),
    signal: interrupt.signal,
    atOnce: atOnce.signal,
  });

interface ThreadedCommand {
  readonly args: readonly string[];
  readonly version: string;
  readonly interactive: boolean;
  readonly out: (chunk: string) => void;
  readonly err: (chunk: string) => void;
  /** Asks the command to stop. */
  readonly signal: AbortSignal;
  /** Ends it at once. */
  readonly atOnce?: AbortSignal;
}
