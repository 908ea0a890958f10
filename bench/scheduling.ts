import { createHighsSolver } from '../src/engine/highs-solver.ts';
import { solveCover } from '../src/scheduling/solve-cover.ts';
import { hasCoverInstances, readCoverInstance } from '../tests/support/cover-instance.ts';

/**
 * Price above the bound and seconds for the reference's cover instances, each under a seed with counted
 * limits. Run: node bench/scheduling.ts [rounds of annealing] [instance ...]
 */
const [rounds = '12', ...wanted] = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : ['cover_60_t1', 'cover_400_t1', 'cover_200_t3'];
const solver = createHighsSolver();
for (const name of hasCoverInstances ? names : []) {
  const { problems, links } = readCoverInstance(name);
  const started = performance.now();
  const { cost, bound } = await solveCover(problems, links, solver, {
    gap: 0,
    seed: 1,
    rounds: Number(rounds),
  });
  const seconds = (performance.now() - started) / 1000;
  const gap = (100 * (cost / bound - 1)).toFixed(2);
  process.stdout.write(
    `${name.padEnd(14)} cost ${cost.toFixed(1)} bound ${bound.toFixed(1)} gap ${gap} % in ${seconds.toFixed(1)} s\n`,
  );
}
await solver.close();
