/**
 * Do fifty people at once get their answers, and does memory stay level?
 *   node bench/load/run.ts [--clients 50] [--seconds 60] [--pause 1000] [--workspace DIR] [--signed-in] [--check]
 * Serves a workspace with a plan (./huawu-workspace where none is named: `huawu demo` makes it) from a process of its own. Each client
 * asks, waits for the answer, thinks for `pause` milliseconds on average and asks again: nine in ten are reads of what
 * the pages show (workspace, plan, what it was made for, league table, models, changes, jobs), one in ten is a what-if: a
 * scenario ordered as a job, its progress followed, its answer fetched. Whoever has waited 15 s without work on it having
 * begun gives it up; one that is being worked on is waited for. Two cores cannot answer two what-ifs a second: what they
 * do answer, and after how long, is printed. Prints errors, times of reads, the server's processor time, and its memory in
 * quarters of the run. With --check it fails on any error, on reads whose 99th percentile is above 300 ms, where fewer
 * than one what-if in eight was answered, or where memory has grown by a fifth from the second quarter to the last.
 * With --signed-in a copy of the workspace is served where people sign in: every client is an account of its own with a
 * session, and says every ten seconds what it shows; meanwhile somebody guesses at one account's password five times a
 * second. It fails as well where the guesser is not made to wait, or where that keeps anybody else out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { tokenOf } from '../../src/http/access.ts';
import { makePeople } from './people.ts';
import { startClients, withToken, type Tally } from '../../tests/support/clients.ts';

const { values: options } = parseArgs({
  options: {
    clients: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    pause: { type: 'string', default: '1000' },
    workspace: { type: 'string', default: 'huawu-workspace' },
    'signed-in': { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});
/** Share of what-ifs that must be answered. */
const leastAnswered = 1 / 8;
const seconds = Number(options.seconds);

const people = options['signed-in']
  ? await makePeople(options.workspace, Number(options.clients))
  : undefined;
const folder = people?.folder ?? options.workspace;
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--json', '--workspace', folder], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, HUAWU_LOG_LEVEL: 'error', HUAWU_SIGN_IN: people === undefined ? 'off' : 'on' },
});
const [said] = (await once(server.stdout, 'data')) as [Buffer];
const { url } = JSON.parse(String(said)) as { url?: string };
// The server has said what is wrong.
if (url === undefined) process.exit(1);

/** Processor time of the server so far, seconds; Linux only. */
const serverSeconds = async (): Promise<number> => {
  const stat = await readFile(`/proc/${server.pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** Resident memory of the server, megabytes; Linux only. */
const residentMegabytes = async (): Promise<number> => {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

const report = (tally: Tally, quarters: readonly number[]): boolean => {
  const reads = tally.readMillis.toSorted((a, b) => a - b);
  const p99 = at(reads, 0.99);
  console.log(
    `${options.clients} clients for ${seconds} s on ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(
    `reads ${reads.length}: median ${at(reads, 0.5).toFixed(0)}, p99 ${p99.toFixed(0)}, most ${at(reads, 1).toFixed(0)} ms`,
  );
  for (const [path, millis] of tally.byPath) {
    const sorted = millis.toSorted((a, b) => a - b);
    console.log(
      `  ${path.padEnd(24)} ${sorted.length}: median ${at(sorted, 0.5).toFixed(0)}, p99 ${at(sorted, 0.99).toFixed(0)} ms`,
    );
  }
  const waits = tally.answerMillis.toSorted((a, b) => a - b);
  console.log(
    `what-ifs ${tally.whatIfs}: answered ${tally.answered} (after ${(at(waits, 0.5) / 1000).toFixed(1)} s, the longest ${(at(waits, 1) / 1000).toFixed(1)} s), given up before they began ${tally.cancelled}, under way at the end ${tally.cutOff}`,
  );
  console.log(
    `errors ${tally.errors.length}${tally.errors.length === 0 ? '' : `: ${tally.errors.slice(0, 5).join(' | ')}`}`,
  );
  console.log(`memory by quarter: ${quarters.map((mb) => mb.toFixed(0)).join(', ')} MB`);
  const [, second = Number.NaN, , last = Number.NaN] = quarters;
  const answered = tally.answered >= leastAnswered * (tally.whatIfs - tally.cutOff);
  return tally.errors.length === 0 && p99 <= 300 && answered && last <= 1.2 * second;
};

try {
  const signedIn = await people?.signIn(url);
  const clients = await startClients(url, signedIn?.headersOf ?? withToken(await tokenOf(folder)), {
    count: Number(options.clients),
    pauseMillis: Number(options.pause),
  });
  const quarters: number[] = [];
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const seen: number[] = [];
    for (let part = 0; part < 5; part += 1) {
      await pause((seconds * 1000) / 20);
      seen.push(await residentMegabytes());
    }
    quarters.push(seen.reduce((sum, value) => sum + value, 0) / seen.length);
  }
  const { user, system } = process.cpuUsage();
  const busy = await serverSeconds();
  const tally = await clients.stop();
  const harm = (await signedIn?.stop()) ?? [];
  for (const line of harm) console.log(line);
  const fine = report(tally, quarters) && harm.length === 0;
  console.log(
    `processor: server ${busy.toFixed(0)} s, clients ${((user + system) / 1e6).toFixed(0)} s in ${seconds} s on the clock`,
  );
  if (options.check && !fine) process.exitCode = 1;
} finally {
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  await people?.remove();
}
