import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sweep } from '../support/sweep.ts';

const staying = new URL('start-and-stay.ts', import.meta.url).pathname;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-ending-'));
  // The server may run as another user than the tests.
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const startStaying = async (): Promise<{ readonly child: ChildProcess; readonly pid: number | null }> => {
  const child = spawn(process.execPath, [staying], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder },
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, pid: JSON.parse(line.toString()) as number | null };
};

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const signals = sweep(['SIGTERM', 'SIGINT', 'SIGKILL'] as const, (signal) => signal === 'SIGKILL');

test.each(signals)(
  'a process that %s ends takes its server along, and the folder that it leaves',
  async (signal) => {
    const { child, pid } = await startStaying();
    const ended = once(child, 'exit');
    try {
      if (pid !== null) {
        expect(await readdir(folder)).toEqual([expect.stringMatching(/^huawu-postgres-/)]);
        expect(runs(pid)).toBe(true);
      }
    } finally {
      child.kill(signal);
      await ended;
    }
    // Where no server can start there is nothing to be taken along; that was said loudly.
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]), { timeout: 20_000 });
    if (pid !== null) expect(runs(pid)).toBe(false);
  },
);
