import { spawn } from 'node:child_process';

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;

export interface Signalled {
  /** The command had ended by itself before the signal came. */
  readonly endedBefore: boolean;
  readonly code: number | null;
  /** From the signal, or the start where none came, to the end of the process, milliseconds. */
  readonly millis: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line as a process of its own and sends it a signal so long after its start. */
export const signalCommand = (
  args: readonly string[],
  signal: 'SIGINT' | 'SIGTERM',
  afterMillis: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Signalled> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '', ...env },
    });
    const said = { out: '', err: '' };
    let from = performance.now();
    let ended = false;
    let sent = false;
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    child.once('error', reject);
    child.once('exit', () => (ended = true));
    const timer = setTimeout(() => {
      if (ended) return;
      sent = true;
      from = performance.now();
      child.kill(signal);
    }, afterMillis);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ endedBefore: !sent, code, millis: performance.now() - from, ...said });
    });
  });
