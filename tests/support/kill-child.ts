import { spawn } from 'node:child_process';

const act = new URL('act.ts', import.meta.url).pathname;

export interface Ended {
  /** The command had acknowledged its work. */
  readonly done: boolean;
  readonly code: number | null;
  /** From `ready` to the end, milliseconds. */
  readonly millis: number;
  readonly err: string;
}

/** Runs a command in a child process and kills it, with no chance to tidy up, so long after it was ready. */
export const runChild = (args: readonly string[], killAfterMillis = Infinity): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [act, JSON.stringify(args)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '' },
    });
    let said = '';
    let err = '';
    let readyAt = Number.NaN;
    let timer: NodeJS.Timeout | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!Number.isNaN(readyAt) || !said.includes('ready')) return;
      readyAt = performance.now();
      if (killAfterMillis < Infinity) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMillis);
    });
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ done: said.includes('done'), code, millis: performance.now() - readyAt, err });
    });
  });
