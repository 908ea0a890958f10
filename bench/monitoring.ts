/**
 * A bureau's figures: results of 344 hotlines over 7 years, and 350,000 single test calls of them, through the
 * product's own commands. Times are of this process: CPU (user + system) and wall.
 *
 * node bench/monitoring.ts [hotlines] [years] [test calls] [sqlite|postgres] [alone]
 *
 * With `alone` the test calls come without published results: every league is made from them.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/kernel/random.ts';
import { apiRoot, tokenHeader } from '../src/contract/http/api-root.ts';
import { settingsSchema } from '../src/contract/settings.ts';
import type { RunningServer } from '../src/http/serve.ts';
import { serveWorkspace } from '../src/http/serve-workspace.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';
import { runCommand } from '../tests/support/run-command.ts';

const [hotlines = 344, years = 7, testCalls = 350_000] = process.argv.slice(2, 5).map(Number);
const alone = process.argv[6] === 'alone';
const server = process.argv[5] === 'postgres' ? await startPostgres() : undefined;
if (server !== undefined) process.env['HUAWU_STORE'] = await server.makeDatabase('bureau');
const firstYear = 2020;
const random = seededRandom(5);
const rates = Array.from({ length: hotlines }, () => (random.uniform() < 0.09 ? 0 : random.uniform() ** 0.4));
const connects = (line: number): boolean => random.uniform() < (rates[line] ?? 0);

const listOf = (): string =>
  ['hotline,name,province,region,city_tier']
    .concat(rates.map((_, i) => `line-${i},示例 ${i},省 ${i % 31},区 ${i % 7},${i % 3}`))
    .join('\n');

const resultsOf = (): string => {
  const rows = ['hotline,period,test_calls,connected,mean_seconds,total'];
  for (let year = 0; year < years; year += 1)
    for (let line = 0; line < hotlines; line += 1) {
      const connected = Array.from({ length: 11 }, () => connects(line)).filter(Boolean).length;
      rows.push(`line-${line},${firstYear + year},11,${connected},${8 + (line % 20)},${40 + 5 * connected}`);
    }
  return rows.join('\n');
};

const callsOf = (): string => {
  const rows = ['hotline,placed_at,connected,seconds_to_operator,reception-etiquette'];
  const span = (years * 365 * 86_400_000) / testCalls;
  for (let i = 0; i < testCalls; i += 1) {
    const at = new Date(Date.UTC(firstYear, 0, 1) + Math.floor(i * span)).toISOString().slice(0, 19);
    const got = connects(i % hotlines);
    rows.push(
      `line-${i % hotlines},${at},${got ? 1 : 0},${got ? 5 + (i % 30) : ''},${got ? 60 + (i % 40) : ''}`,
    );
  }
  return rows.join('\n');
};

const measure = async <Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const answer = await work();
  const { user, system } = process.cpuUsage(cpu);
  const wall = ((performance.now() - began) / 1000).toFixed(2);
  console.log(`${what}: ${((user + system) / 1e6).toFixed(2)} s CPU, ${wall} s wall`);
  return answer;
};

const folder = await mkdtemp(join(tmpdir(), 'huawu-bureau-'));
const workspace = join(folder, 'bureau');
const huawu = async (what: string, ...words: string[]): Promise<void> => {
  const { code, err } = await measure(what, () => runCommand([...words, '--workspace', workspace]));
  if (code !== 0) throw new Error(err);
};
const given = async (name: string, csv: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, csv);
  return file;
};

const ask = ({ url, token }: RunningServer, path: string, what: string): Promise<void> =>
  measure(what, async () => {
    const answer = await fetch(`${url}${apiRoot}${path}`, { headers: { [tokenHeader]: token } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await answer.arrayBuffer();
  });

/** Each page is asked of a server that has just started: the second answer of a server is a kept one. */
const pages = async (of: string): Promise<void> => {
  const ranking = `/ranking?period=${firstYear + years - 1}&seed=1`;
  for (const [what, path] of [
    ['the ranking', ranking],
    ['one hotline through the years', '/ranking/hotline?hotline=line-7&seed=1'],
  ] as const) {
    const store = process.env['HUAWU_STORE'];
    const settings = { port: 0, threads: 1, ...(store === undefined ? {} : { store }) };
    const running = await serveWorkspace({ folder: workspace, settings: settingsSchema.parse(settings) });
    try {
      for (const asked of ['first', 'again'])
        await ask(running, path, `page of ${what}, asked ${asked}, ${of}`);
    } finally {
      await running.close();
    }
  }
};

try {
  const [list, results, calls] = [
    await given('hotlines.csv', listOf()),
    await given('results.csv', resultsOf()),
    await given('calls.csv', callsOf()),
  ];
  await huawu('new workspace', 'init', '--timezone', 'Asia/Shanghai');
  if (alone) await huawu(`list of ${hotlines} hotlines comes in`, 'ingest', 'monitoring', list);
  else {
    const came = `results of ${hotlines} hotlines over ${years} years come in`;
    await huawu(came, 'ingest', 'monitoring', list, results);
    await huawu('ranking of the last year', 'rank');
    await pages('results only');
  }
  await huawu(`${testCalls} single test calls come in`, 'ingest', 'monitoring', calls);
  await huawu('ranking beside the test calls', 'rank');
  await pages('beside the test calls');
} finally {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
}
