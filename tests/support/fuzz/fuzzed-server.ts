import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { apiRoot, tokenHeader } from '../../../src/contract/http/api-root.ts';
import { tokenOf } from '../../../src/http/access.ts';
import { checkAnswer } from '../check-answer.ts';

/** A server in a process of its own, and what may not befall it. */
export interface FuzzedServer {
  /** Sends a request; throws where the answer is an error of the server's own, late, or not as described. */
  ask(
    method: string,
    path: string,
    init?: RequestInit,
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** Most memory of the server and its readers that was seen so far, MB; NaN where the system does not tell. */
  mostMegabytes(): number;
  close(): Promise<void>;
}

/** No answer may take longer, milliseconds. */
export const latestMillis = 10_000;

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

export const startFuzzedServer = async (folder: string): Promise<FuzzedServer> => {
  const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--json', '--workspace', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      HUAWU_REQUESTS_PER_MINUTE: '1000000',
      HUAWU_LOG_LEVEL: 'error',
      HUAWU_THREADS: '1',
    },
  });
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(String(said)) as { url: string };
  const token = await tokenOf(folder);
  let most = Number.NaN;
  const watch = setInterval(() => {
    void megabytesOf(server).then((now) => (most = Number.isNaN(most) ? now : Math.max(most, now)));
  }, 100);
  return {
    ask: async (method, path, init = {}) => {
      const begun = performance.now();
      const headers = new Headers(init.headers);
      headers.set(tokenHeader, token);
      const late = AbortSignal.timeout(2 * latestMillis);
      const response = await fetch(`${url}${path}`, { ...init, method, headers, signal: late });
      const body = path.endsWith('/events') ? '' : await response.text();
      if (path.endsWith('/events')) await response.body?.cancel();
      const millis = performance.now() - begun;
      if (response.status >= 500) throw new Error(`${response.status} ${body.slice(0, 300)}`);
      if (millis > latestMillis) throw new Error(`answered after ${Math.round(millis)} ms`);
      const contentType = response.headers.get('content-type');
      if (!path.endsWith('/events') && path.startsWith(apiRoot))
        checkAnswer({
          method,
          path: new URL(path, url).pathname,
          status: response.status,
          contentType,
          body,
        });
      return { status: response.status, body };
    },
    mostMegabytes: () => most,
    close: async () => {
      clearInterval(watch);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const closed = once(server, 'close');
      server.kill('SIGTERM');
      await closed;
    },
  };
};

/** Resident memory of a process and its children, MB; NaN where the system does not tell (all but Linux). */
const megabytesOf = async ({ pid }: ChildProcess): Promise<number> => {
  const children = await readdir(`/proc/${pid}/task`)
    .then((tasks) =>
      Promise.all(
        tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
      ),
    )
    .catch(() => ['']);
  const all = [String(pid), ...children.join(' ').split(' ').filter(Boolean)];
  const resident = await Promise.all(
    all.map(async (each) => {
      const status = await readFile(`/proc/${each}/status`, 'utf8').catch(() => '');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    }),
  );
  const sum = resident.reduce((total, each) => total + each, 0);
  return sum === 0 ? Number.NaN : sum;
};
