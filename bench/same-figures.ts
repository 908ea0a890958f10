import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Do two checkouts compute the same? Each makes up the demo hotline by each seed, plans its week and answers the same
 * commands with `--json`; every number of the first must stand at the same place in the answer of the second, to the
 * last bit; of those that do not, how many are off by more than rounding (1e-9) is said, and in which parts. A command that does not answer fails.
 * Sentences, ids and moments may differ, and the second may say more. Series to forecast are compared byte for byte.
 * A seed takes about two minutes of processor time, half of it for `compare`, which plans another week.
 *
 * node bench/same-figures.ts BEFORE AFTER [--seeds 1,2,3] [--commands plan,compare] [SERIES.csv ...]
 */
const words = process.argv.slice(2);
const optionOf = (name: string, fallback: string): string[] => {
  const at = words.indexOf(name);
  return (at < 0 ? fallback : (words.splice(at, 2)[1] ?? fallback)).split(',');
};
const seeds = optionOf('--seeds', '1');
const folder = await mkdtemp(join(tmpdir(), 'huawu-same-'));
const scenario = join(folder, 'scenario.json');
/** The demo's last week of data is the one before the week that it plans. */
const commands: Readonly<Record<string, readonly string[]>> = {
  require: [],
  divert: [],
  simulate: ['--scenario', scenario, '--replications', '8'],
  compare: ['--week', '2026-W47'],
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
const differing = /(createdAt|startedAt|finishedAt|Millis$|\.id$|^id$|elapsed)/i;

const numbersOf = (value: unknown, path = '', found = new Map<string, number>()): Map<string, number> => {
  if (typeof value === 'number') found.set(path, value);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      numbersOf(item, path === '' ? key : `${path}.${key}`, found);
  return found;
};

interface Comparison {
  readonly count: number;
  /** Numbers that the second answer has not or has otherwise; those off by more than rounding come first. */
  readonly unequal: readonly string[];
  readonly far: number;
}

const compare = (one: Answer, other: Answer): Comparison => {
  if (one.code !== 0 || other.code !== 0)
    return { count: 0, unequal: [`exit code ${one.code} → ${other.code}`], far: 1 };
  const [first, second] = [one, other].map(({ out }) => numbersOf(JSON.parse(out)));
  const unequal = [...(first ?? [])].filter(
    ([path, value]) => !differing.test(path) && !Object.is(second?.get(path), value),
  );
  const far = unequal.filter(([path, value]) => !isRounding(value, second?.get(path)));
  const near = unequal.filter(([path, value]) => isRounding(value, second?.get(path)));
  return {
    count: first?.size ?? 0,
    unequal: [...far, ...near].map(([path, value]) => `${path}: ${value} → ${second?.get(path)}`),
    far: far.length,
  };
};

const isRounding = (one: number, other = Number.NaN): boolean =>
  Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));

let failed = false;
const report = (name: string, { count, unequal, far }: Comparison): void => {
  failed ||= unequal.length > 0;
  console.log(`${name.padEnd(24)} ${count} numbers, ${unequal.length} unequal, ${far} by more than rounding`);
  const parts = Map.groupBy(unequal, (line) => line.split(/[.:]/)[0] ?? '');
  if (parts.size > 1)
    console.log(`    by part: ${[...parts].map(([part, own]) => `${part} ${own.length}`).join(', ')}`);
  for (const own of parts.values())
    for (const line of own.slice(0, parts.size > 1 ? 2 : 5)) console.log(`    ${line}`);
};

try {
  await writeFile(scenario, JSON.stringify({ scenario: 'busier', callsFactor: 1.1, prompts: 'none' }));
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
      far: outs[0] === outs[1] ? 0 : 1,
    });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
