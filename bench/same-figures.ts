import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Do two checkouts compute the same? Each makes up the demo hotline by each seed and answers the same commands with
 * `--json`; every number of the first must stand at the same place in the answer of the second, to the last bit.
 * Sentences, ids and moments may differ, and the second may say more. Series to forecast are compared byte for byte.
 *
 * node bench/same-figures.ts BEFORE AFTER [--seeds 1,2,3] [--commands plan,compare] [SERIES.csv ...]
 */
const words = process.argv.slice(2);
const optionOf = (name: string, fallback: string): string[] => {
  const at = words.indexOf(name);
  return (at < 0 ? fallback : (words.splice(at, 2)[1] ?? fallback)).split(',');
};
const seeds = optionOf('--seeds', '1,2,3');
const commands: Readonly<Record<string, readonly string[]>> = {
  plan: [],
  require: [],
  divert: [],
  simulate: [],
  compare: [],
  rank: [],
  rate: [],
  grade: [],
  bands: [],
  forecast: [],
  scorecard: [],
};
const chosen = optionOf('--commands', Object.keys(commands).join());
const [before, after, ...series] = words;
if (before === undefined || after === undefined) throw new Error('two checkouts are wanted: BEFORE AFTER');

const run = promisify(execFile);

interface Answer {
  readonly code: number;
  readonly out: string;
}

/** A command of a checkout, in its own Node; what it refuses is an answer too. */
const huawu = async (root: string, args: readonly string[]): Promise<Answer> => {
  const node = join(root, 'node_modules/.bin/node');
  try {
    const { stdout } = await run(node, [join(root, 'src/cli/main.ts'), ...args], { maxBuffer: 2 ** 30 });
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stdout } = error as { code?: number; stdout?: string };
    return { code: code ?? -1, out: stdout ?? '' };
  }
};

/** Moments of this run, and what hangs on them. */
const differing = /(createdAt|startedAt|finishedAt|Millis$|\.id$|^id$|seconds$|elapsed)/i;

const numbersOf = (value: unknown, path = '', found = new Map<string, number>()): Map<string, number> => {
  if (typeof value === 'number') found.set(path, value);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      numbersOf(item, path === '' ? key : `${path}.${key}`, found);
  return found;
};

/** How many numbers of the first answer there are, and the first few that the second has not or has otherwise. */
const compare = (one: Answer, other: Answer): { readonly count: number; readonly unequal: string[] } => {
  if (one.code !== other.code) return { count: 0, unequal: [`exit code ${one.code} → ${other.code}`] };
  const [first, second] = [one, other].map(({ out }) => numbersOf(JSON.parse(out)));
  const unequal = [...(first ?? [])]
    .filter(([path, value]) => !differing.test(path) && !Object.is(second?.get(path), value))
    .map(([path, value]) => `${path}: ${value} → ${second?.get(path)}`);
  return { count: first?.size ?? 0, unequal };
};

let failed = false;
const report = (name: string, { count, unequal }: ReturnType<typeof compare>): void => {
  failed ||= unequal.length > 0;
  console.log(`${name.padEnd(24)} ${count} numbers, ${unequal.length} unequal`);
  for (const line of unequal.slice(0, 5)) console.log(`    ${line}`);
};

const folder = await mkdtemp(join(tmpdir(), 'huawu-same-'));
try {
  for (const seed of seeds) {
    const spaces = [before, after].map((root, i) => ({
      root: resolve(root),
      workspace: join(folder, `${seed}-${i}`),
    }));
    const answers = (args: (workspace: string) => readonly string[]): Promise<Answer[]> =>
      Promise.all(
        spaces.map(({ root, workspace }) =>
          huawu(root, [...args(workspace), '--workspace', workspace, '--seed', seed, '--json']),
        ),
      );
    const told = (name: string, [one, other]: readonly Answer[]): void => {
      if (one !== undefined && other !== undefined) report(`${name} (seed ${seed})`, compare(one, other));
    };
    told('demo', await answers(() => ['demo']));
    for (const command of chosen) told(command, await answers(() => [command, ...(commands[command] ?? [])]));
  }
  for (const file of series.filter((name) => existsSync(name))) {
    const outs = await Promise.all(
      [before, after].map(async (root, i) => {
        const out = join(folder, `${i}.csv`);
        await huawu(resolve(root), ['backtest', '--input', resolve(file), '--out', out]);
        return readFileSync(out, 'utf8');
      }),
    );
    report(`backtest ${file.split('/').at(-1)}`, {
      count: (outs[0] ?? '').split('\n').length,
      unequal: outs[0] === outs[1] ? [] : ['the files differ'],
    });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
