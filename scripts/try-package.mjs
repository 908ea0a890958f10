// Installs build/huawu-<version>.tgz in an empty folder as a user would, and tries what it promises there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

const consumer = `
import { bandChances } from 'huawu/monitoring';
import { forecastTable } from 'huawu/forecast';
import { erlangA, erlangB, leastOperators } from 'huawu/queueing';

const interval = { loadErlangs: 20, handleTimeSeconds: 240, patienceSeconds: 120, thresholdSeconds: 15 };
const operators: number | undefined = leastOperators(interval, 0.85);
const rows = Array.from({ length: 60 }, (_, day) => {
  const date = new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);
  return \`\${date},\${400 + 30 * (day % 7)}\`;
});
const calls: number | undefined = forecastTable(['date,calls', ...rows].join('\\n')).document.queues[0]?.days[0]?.mean;
const found = [operators, erlangA({ ...interval, operators: 22 }).pConnect, erlangB(20, 22), bandChances(0.96, 20).hot, calls];
if (found.some((value) => typeof value !== 'number' || !Number.isFinite(value))) throw new Error(String(found));
// @ts-expect-error Erlang A asks for patience.
const missing = (): unknown => erlangA({ loadErlangs: 1, operators: 2, handleTimeSeconds: 60, thresholdSeconds: 15 });
void missing;
console.log(found.join(' '));
`;

try {
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "tries-huawu", "private": true, "type": "module" }\n',
  );
  run('install', 'npm', 'install', '--loglevel=error', join(root, 'build', `huawu-${version}.tgz`));
  run('nothing missing, nothing too much', 'npm', 'ls');
  run('a formula', 'npx', 'huawu', 'erlang', '--help');
  run('a plan of the demo', 'npx', 'huawu', 'start', '--once');
  writeFileSync(join(folder, 'consumer.ts'), consumer);
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
    'es2023,dom',
  ];
  run('a strict program', 'npx', 'tsc', ...strict, 'consumer.ts');
  run('that runs', process.execPath, 'consumer.js');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
