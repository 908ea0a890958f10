import { setFlagsFromString } from 'node:v8';
import { keepCompiled } from './keep-compiled.ts';
import { productVersion } from './product-folders.ts';
import { runInThread } from './run-in-thread.ts';

// A reader that has seen enough (`huawu plan | head`) closes the pipe: that is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`${error.message}\n`, () => process.exit(1));
    else process.exit();
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

// Threads are many, and each has a young heap of its own: at V8's usual size a server takes a fifth more memory.
setFlagsFromString('--max-semi-space-size=8');
keepCompiled(process.env);
process.exitCode = await runInThread({
  args: process.argv.slice(2),
  version: productVersion(),
  interactive: process.stderr.isTTY,
  out: (chunk) => process.stdout.write(chunk),
  err: (chunk) => process.stderr.write(chunk),
  signal: interrupt.signal,
  atOnce: atOnce.signal,
});
