import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
  readonly url: string;
  /** Processor time of the server's threads so far, milliseconds, by the hundredth of a second; NaN where the system does not tell. */
  processorMillis(): number;
  /** Memory of the server and its readers as of the last tenth of a second, MB; NaN where the system does not tell. */
  megabytes(): number;
  /** Most memory of the server and its readers that was seen so far, MB; NaN where the system does not tell. */
  mostMegabytes(): number;
  close(): Promise<void>;
}

/** No answer may take longer, milliseconds. */
export const latestMillis = 10_000;

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

export const startFuzzedServer = async (
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<FuzzedServer> => {
  const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--json', '--workspace', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // As at its first start ever: `huawu` keeps what it has compiled, and there is nothing yet.
      NODE_COMPILE_CACHE: join(dirname(folder), 'compiled'),
      HUAWU_REQUESTS_PER_MINUTE: '1000000',
      HUAWU_LOG_LEVEL: 'error',
      HUAWU_THREADS: '1',
      ...environment,
    },
  });
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(String(said)) as { url: string };
  const token = await tokenOf(folder);
  let [now, most] = [Number.NaN, Number.NaN];
  const look = async (): Promise<void> => {
    now = await megabytesOf(server);
    most = Number.isNaN(most) ? now : Math.max(most, now);
  };
  const watch = setInterval(() => void look(), 100);
  return {
    url,
    processorMillis: () => processorMillisOf(server),
    megabytes: () => now,
    ask: async (method, path, init = {}) => {
      const begun = performance.now();
      const headers = new Headers(init.headers);
      headers.set(tokenHeader, token);
      const late = AbortSignal.timeout(2 * latestMillis);
      const response = await fetch(`${url}${path}`, { ...init, method, headers, signal: late });
      // A stream of events goes on until somebody leaves.
      const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const body = streams ? '' : await response.text();
      if (streams) await response.body?.cancel();
      const millis = performance.now() - begun;
      if (response.status >= 500) throw new Error(`${response.status} ${body.slice(0, 300)}`);
      if (millis > latestMillis) throw new Error(`answered after ${Math.round(millis)} ms`);
      const contentType = response.headers.get('content-type');
      if (!streams && path.startsWith(apiRoot))
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

/** `utime` and `stime` of proc(5), in the hundredths of a second that Linux counts. */
const processorMillisOf = ({ pid }: ChildProcess): number => {
  try {
    const [, after = ''] = /\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = after.split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
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
