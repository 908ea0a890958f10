/**
 * Live feeds under load: how long it takes from a call's last line in a switchboard's log until its interval's row is seen
 * over HTTP, with many lines on one server, and what memory the server takes meanwhile.
 *
 *   node bench/feeds-live.ts [--lines 20] [--calls 50] [--seconds 60 | --minutes 60]
 *
 * Calls are spread over the lines, a queue_log each; four lines of log a call. Each probe writes a call of its own into one
 * line and asks for its traffic of today until all calls written there so far are in it.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { feedSettingsSchema } from '../src/contract/documents/feed-documents.ts';
import { apiRoot, lineRoot, tokenHeader } from '../src/contract/http/api-root.ts';
import type { TodayTraffic } from '../src/contract/http/workspace-document.ts';
import { createWorkspace } from '../src/store/create-workspace.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '20' },
    calls: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    minutes: { type: 'string' },
  },
});
const lines = Number(values.lines);
const callsPerSecond = Number(values.calls);
const seconds = values.minutes === undefined ? Number(values.seconds) : 60 * Number(values.minutes);

const root = join(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'huawu-feeds-live-'));
const workspace = join(folder, 'workspace');
const names = Array.from({ length: lines }, (_, i) => (i === 0 ? 'main' : `line-${i}`));
const logOf = (line: string): string => join(folder, `${line}-queue_log`);

const home = await createWorkspace(workspace, { modelsFrom: join(root, 'models') });
for (const line of names) {
  const at = line === 'main' ? workspace : join(workspace, 'lines', line);
  if (line !== 'main')
    await (await createWorkspace(at, { modelsFrom: join(root, 'models'), hotline: line })).close();
  const model = join(at, 'models/hotline.json');
  const hotline = JSON.parse(readFileSync(model, 'utf8')) as object;
  writeFileSync(model, JSON.stringify({ ...hotline, madeUp: false }));
  await mkdir(folder, { recursive: true });
  writeFileSync(logOf(line), '');
  const settings = feedSettingsSchema.parse({ kind: 'queue-log', from: logOf(line) });
  await (line === 'main' ? home : await home.another(line)).store.feeds.put('hall', settings);
}
await home.close();

const server = spawn(
  process.execPath,
  [join(root, 'src/cli/main.ts'), 'serve', '--port', '0', '--workspace', workspace],
  { stdio: 'ignore', env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '' } },
);
const access = async (): Promise<{ readonly url: string; readonly token: string }> => {
  for (let turn = 0; turn < 600; turn += 1) {
    const file = join(workspace, 'access.json');
    if (existsSync(file)) {
      const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as { url: string | null; token: string };
      if (url !== null && (await fetch(`${url}/health/live`).catch(() => undefined))?.ok === true)
        return { url, token };
    }
    await pause(100);
  }
  throw new Error('the server does not come up');
};

const written = new Map<string, number>();
let id = 0;
/** A call that was answered and is over. */
const writeCall = (line: string): void => {
  const now = Math.floor(Date.now() / 1000);
  const call = `${now}.${(id += 1)}`;
  const talk = 60 + (id % 300);
  appendFileSync(
    logOf(line),
    [
      `${now - talk - 9}|${call}|general|NONE|ENTERQUEUE||1000000${id % 90_000}|1`,
      `${now - talk - 4}|${call}|general|op-${id % 40}|RINGNOANSWER|3000`,
      `${now - talk}|${call}|general|op-${id % 40}|CONNECT|9|${call}9|3`,
      `${now}|${call}|general|op-${id % 40}|COMPLETECALLER|9|${talk}|1\n`,
    ].join('\n'),
  );
  written.set(line, (written.get(line) ?? 0) + 1);
};

const residentMegabytes = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const processorSeconds = (): number => {
  const [, , ...fields] = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(/\) | /);
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

try {
  const { url, token } = await access();
  const offered = async (line: string): Promise<number> => {
    const answer = await fetch(`${url}${line === 'main' ? apiRoot : lineRoot(line)}/traffic/today`, {
      headers: { [tokenHeader]: token },
    });
    const { queues } = (await answer.json()) as TodayTraffic;
    return queues.reduce((sum, queue) => sum + queue.offered, 0);
  };
  // every line is followed before anything is timed
  for (const line of names) writeCall(line);
  for (const line of names) while ((await offered(line)) < 1) await pause(200);
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / 1000;
  const times: number[] = [];
  const memory: number[] = [residentMegabytes()];
  const processorBefore = processorSeconds();
  let calls = 0;
  const load = (async () => {
    while (passed() < seconds) {
      for (; calls < passed() * callsPerSecond; calls += 1) writeCall(names[calls % lines] ?? 'main');
      await pause(20);
    }
  })();
  const probe = (async () => {
    for (let i = 0; passed() < seconds - 3; i += 1) {
      const line = names[(i * 7) % lines] ?? 'main';
      writeCall(line);
      const wanted = written.get(line) ?? 0;
      const from = performance.now();
      while ((await offered(line)) < wanted && performance.now() - from < 60_000) await pause(25);
      times.push(performance.now() - from);
      await pause(100);
    }
  })();
  const watch = (async () => {
    while (passed() < seconds) {
      await pause(Math.min(10_000, seconds * 100));
      memory.push(residentMegabytes());
    }
  })();
  await Promise.all([load, probe, watch]);
  times.sort((a, b) => a - b);
  const third = Math.max(1, Math.floor(memory.length / 3));
  const mean = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0) / some.length;
  console.log(
    JSON.stringify({
      lines,
      callsPerSecond,
      seconds,
      calls: [...written.values()].reduce((a, b) => a + b, 0),
      probes: times.length,
      p50: Math.round(quantile(times, 0.5)),
      p95: Math.round(quantile(times, 0.95)),
      longest: Math.round(times.at(-1) ?? Number.NaN),
      processorShare: Number(((processorSeconds() - processorBefore) / seconds).toFixed(2)),
      megabytesAtStart: Math.round(memory[0] ?? 0),
      megabytesFirstThird: Math.round(mean(memory.slice(0, third))),
      megabytesLastThird: Math.round(mean(memory.slice(-third))),
    }),
  );
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
}
