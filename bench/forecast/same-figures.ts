/**
 * Is what two states of the source forecast the same to the last bit? For every series and method, digests of
 * `forecast --json` and of `backtest --out --out-days`:
 *   node bench/forecast/same-figures.ts --series FOLDER --before TREE [--after TREE] [--only NAME,...] [--methods NAME,...]
 * FOLDER holds NAME.csv (a column of times and one of counts); a TREE is a checkout with its packages installed.
 * Codes and values beside sentences are left out, since they may be added where figures stay. Exits with 1 where any
 * digest differs.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { methodNames } from '../../src/contract/http/job-requests.ts';

const { values: options } = parseArgs({
  options: {
    series: { type: 'string' },
    before: { type: 'string' },
    after: { type: 'string', default: join(import.meta.dirname, '../..') },
    only: { type: 'string' },
    methods: { type: 'string', default: ['auto', ...methodNames].join(',') },
  },
});
const { series, before, after } = options;
if (series === undefined || before === undefined) throw new Error('--series and --before are needed');

const digest = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 16);

/** A document without what goes beside its sentences. */
const withoutCodes = (json: string): string =>
  JSON.stringify(
    JSON.parse(json, (key, value: unknown) => (key === 'code' || key === 'values' ? undefined : value)),
  );

const run = (tree: string, args: readonly string[]): string =>
  execFileSync(process.execPath, [join(tree, 'src/cli/main.ts'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const digestsOf = (tree: string, file: string, method: string): Record<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'same-figures-'));
  const input = ['--input', file, '--country', 'US', '--method', method, '--seed', '3'];
  const rows = join(folder, 'rows.csv');
  const days = join(folder, 'days.csv');
  try {
    const forecast = withoutCodes(run(tree, ['forecast', ...input, '--days', '28', '--json']));
    const scores = withoutCodes(
      run(tree, [
        'backtest',
        ...input,
        '--origins=2',
        '--gap-days=21',
        `--out=${rows}`,
        `--out-days=${days}`,
        '--json',
      ]),
    ).replaceAll(folder, '');
    return {
      forecast: digest(forecast),
      scores: digest(scores),
      rows: digest(readFileSync(rows, 'utf8')),
      days: digest(readFileSync(days, 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const only = options.only?.split(',');
const names = readdirSync(series)
  .filter((file) => file.endsWith('.csv'))
  .map((file) => basename(file, '.csv'))
  .filter((name) => only === undefined || only.includes(name));
let differing = 0;
for (const name of names) {
  for (const method of options.methods.split(',')) {
    const [one, two] = [before, after].map((tree) => digestsOf(tree, join(series, `${name}.csv`), method));
    const parts = Object.keys(one ?? {}).filter((part) => one?.[part] !== two?.[part]);
    differing += parts.length;
    const told = parts.length === 0 ? 'the same' : `differ: ${parts.join(', ')}`;
    console.log(`${name} ${method}: ${Object.values(two ?? {}).join(' ')} ${told}`);
  }
}
process.exitCode = differing > 0 ? 1 : 0;
