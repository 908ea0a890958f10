import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tokenOf } from '../../src/http/access.ts';
import { startClients, withToken } from '../support/clients.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';

const inRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Resident memory of a process, megabytes. */
const residentOf = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
};

const halfSeconds = 15;
/** Least reads in either half, however long a busy machine takes for them: fewer tell nothing of memory. */
const halfReads = 150;

// The longest soaks are commands: bench/load/run.ts --seconds 120 --check (or 600).
test.skipIf(process.platform !== 'linux')(
  `ten clients for ${2 * halfSeconds} seconds and more: no error, and memory stays level`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huawu-soak-'));
    const workspace = await createWorkspace(join(folder, 'workspace'), { modelsFrom: inRoot('models') });
    const made = JSON.parse(await readFile(inRoot('data/demo.json'), 'utf8')) as object;
    await makeDemo(workspace.store, { ...made, days: 70 });
    await workspace.close();
    const args = ['serve', '--port', '0', '--json', '--workspace', workspace.folder];
    const server = spawn(process.execPath, [inRoot('src/cli/main.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [said] = (await once(server.stdout, 'data')) as [Buffer];
      const { url } = JSON.parse(String(said)) as { url: string };
      const paths = ['/workspace', '/plans', '/ranking', '/models/hotline', '/overrules', '/jobs'];
      const clients = await startClients(url, withToken(await tokenOf(workspace.folder)), {
        count: 10,
        pauseMillis: 20,
        whatIfShare: 0,
        paths,
      });
      const half = async () => {
        const wanted = clients.reads() + halfReads;
        await pause(1000 * halfSeconds);
        while (clients.reads() < wanted && server.exitCode === null) await pause(100);
      };
      await half();
      const before = await residentOf(server.pid);
      await half();
      const after = await residentOf(server.pid);
      const { errors, readMillis } = await clients.stop();
      expect(errors).toEqual([]);
      expect(readMillis.length).toBeGreaterThanOrEqual(2 * halfReads);
      expect(after).toBeLessThan(1.3 * before);
    } finally {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    }
  },
);
