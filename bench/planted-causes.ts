import { join } from 'node:path';
import { readModels } from '../src/store/workspace-models.ts';
import { explainPlanted, namedFirst, plantedCauses } from '../tests/support/planted-worlds.ts';

/**
 * Does a comparison name the right cause? Made-up weeks, each gone wrong in one known respect, explained by re-running
 * the projection: in how many is the planted cause named first?
 *
 * node bench/planted-causes.ts [worlds]
 */

const worlds = Number(process.argv[2] ?? 200);
const models = await readModels(join(import.meta.dirname, '../models'));
const right = new Map<string, number>();
const all = new Map<string, number>();
const started = performance.now();
for (let i = 0; i < worlds; i += 1) {
  const planted = plantedCauses[i % plantedCauses.length] ?? 'volume';
  all.set(planted, (all.get(planted) ?? 0) + 1);
  if (namedFirst(explainPlanted(models, planted, i)) === planted)
    right.set(planted, (right.get(planted) ?? 0) + 1);
}
const sum = [...right.values()].reduce((total, n) => total + n, 0);
console.log(
  `named first in ${sum} of ${worlds} worlds (${((100 * sum) / worlds).toFixed(1)} %), ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
for (const [cause, count] of all) console.log(`  ${cause}: ${right.get(cause) ?? 0} of ${count}`);
