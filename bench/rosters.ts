import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createHighsSolver } from '../src/engine/highs-solver.ts';
import { createParallelMap } from '../src/engine/parallel-map.ts';
import { evaluateRoster } from '../src/rostering/evaluate/evaluate-roster.ts';
import { solveRoster } from '../src/rostering/search/solve-roster.ts';
import { readRosterInstance } from '../tests/support/roster-instance.ts';

/**
 * Rosters one instance in the time given, start of the process included, and writes `employee,day,shift,tier`.
 * Prints cost by the separate evaluator, proved bound, gap and seconds.
 * Run: node bench/rosters.ts --instance FILE --seconds N --out SOLUTION.csv [--seed N] [--threads N] [--verbose]
 * With --rounds N limits are counts instead of seconds, and the same seed gives the same roster.
 */
const { values } = parseArgs({
  options: {
    instance: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    threads: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
  },
});
if (values.instance === undefined || values.out === undefined) {
  process.stderr.write('usage: node bench/rosters.ts --instance FILE --seconds N --out SOLUTION.csv\n');
  process.exit(2);
}
/** Seconds kept back for writing and closing. */
const reserve = 2;
const elapsed = (): number => performance.now() / 1000;
const secondsLeft = (): number => Number(values.seconds) - reserve - elapsed();

const { problem, hasTiers } = readRosterInstance(values.instance);
const threads = Number(values.threads);
const solvers = Array.from({ length: threads }, () => createHighsSolver());
const parallel = createParallelMap(threads);
const answer = await solveRoster(problem, {
  solvers,
  parallel,
  seed: Number(values.seed),
  rounds: Number(values.rounds ?? 1e9),
  ...(values.rounds === undefined ? { secondsLeft } : {}),
  progress: ({ step, cost, bound }) => {
    if (values.verbose) process.stderr.write(`${elapsed().toFixed(1)} s ${step} ${cost} ≥ ${bound}\n`);
  },
});
const rows = answer.roster.map(({ person, day, shift, tier }) =>
  [
    problem.people[person]?.person,
    day,
    problem.shifts[shift]?.shift,
    hasTiers ? problem.tiers[tier] : '',
  ].join(),
);
writeFileSync(values.out, ['employee,day,shift,tier', ...rows, ''].join('\n'));
const { cost, hardBroken, gaps } = evaluateRoster(problem, answer.roster);
const uncovered = gaps.reduce((sum, { missing }) => sum + Math.max(0, missing), 0);
const gap = cost === 0 ? 0 : (100 * (cost - answer.bound)) / cost;
process.stdout.write(
  `cost ${cost} bound ${answer.bound} gap ${gap.toFixed(2)} % in ${elapsed().toFixed(1)} s; hard rules broken ${hardBroken.length}, uncovered ${uncovered}\n`,
);
if (Math.abs(cost - answer.cost) > 1e-6)
  process.stdout.write(`the search counted ${answer.cost}: the evaluator's cost stands\n`);
await Promise.all([...solvers.map((solver) => solver.close()), parallel.close()]);
