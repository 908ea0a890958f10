import { english } from '../tests/support/said.ts';
import { readFileSync } from 'node:fs';
import { hotlineSchema } from '../src/contract/models/hotline-model.ts';
import { promptsSchema } from '../src/contract/models/prompts-model.ts';
import { targetsSchema } from '../src/contract/models/targets-model.ts';
import { tiersSchema } from '../src/contract/models/tiers-model.ts';
import { asRates, type Demand } from '../src/kernel/hotline.ts';
import { connectionRate, occupancy, serviceLevels, totalOutcome } from '../src/kernel/measures.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { buildPolicy } from '../src/planning/operation/planned-operation.ts';
import { project, projectPaths } from '../src/queueing/project.ts';
import { requireOperators } from '../src/staffing/require-operators.ts';

/** A week of half-hours, five queues, four tiers, 100 sample paths: times of projection and requirement. */

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../models/${name}.json`, import.meta.url), 'utf8'));
const hotline = hotlineSchema.parse(read('hotline'));
const targets = targetsSchema.parse(read('targets'));
const tiersModel = tiersSchema.parse(read('tiers'));
const count = 336;
const pathCount = 100;
const random = seededRandom(7);
const daily: Record<string, number> = {
  general: 1500,
  'social-security': 900,
  'housing-fund': 450,
  enterprise: 250,
  'move-car': 400,
};
const shape = Float64Array.from(
  { length: 48 },
  (_, i) => 0.15 + Math.exp(-(((i - 20) / 3.5) ** 2)) + 0.9 * Math.exp(-(((i - 30) / 4) ** 2)),
);
const mass = shape.reduce((a, b) => a + b, 0);
const levels = Float64Array.from({ length: pathCount * 7 }, () => Math.exp(0.12 * random.normal()));

const demand: Demand = {
  horizon: { zone: hotline.zone, startMillis: Date.UTC(2026, 10, 22, 16), intervalMinutes: 30, count },
  queues: hotline.queues.map((queue) => {
    const freshMean = Float64Array.from(
      { length: count },
      (_, i) => ((daily[queue.queue] ?? 300) * (shape[i % 48] ?? 0)) / mass,
    );
    const paths = new Float64Array(count * pathCount);
    for (let p = 0; p < pathCount; p += 1) {
      for (let i = 0; i < count; i += 1) {
        paths[p * count + i] =
          (freshMean[i] ?? 0) * (levels[p * 7 + Math.floor(i / 48)] ?? 1) * Math.exp(0.06 * random.normal());
      }
    }
    return {
      queue: queue.queue,
      freshMean,
      ratePaths: asRates(paths),
      pathCount,
      handleTimeSeconds: new Float64Array(count).fill(queue.assumedHandleTimeSeconds),
      patienceSeconds: queue.assumedPatienceSeconds,
      repeats: hotline.assumedRepeats,
    };
  }),
};
const policy = buildPolicy(hotline, tiersModel, promptsSchema.parse(read('prompts')));
const timed = <Result>(name: string, work: () => Result): Result => {
  const started = performance.now();
  const result = work();
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(2)} s`);
  return result;
};
const trunks = hotline.trunks ?? Infinity;
const request = {
  demand,
  policy,
  tiers: tiersModel.tiers,
  targets,
  trunks,
  open: new Uint8Array(count).fill(1),
};
const requirement = timed('requirement, 336 x 5 x 4 x 100 paths', () => requireOperators(request));
for (const { tier, operators } of requirement.tiers) {
  console.log(
    `  ${tier}: ${operators.reduce((a, b) => a + b, 0) / 2} h, peak ${Math.max(...operators)}: ${operators.slice(48, 96).join(' ')}`,
  );
}
for (const said of [...requirement.reasons, ...requirement.relaxed]) console.log(`  ${english(said)}`);
timed('project on the mean demand', () => project({ demand, capacity: requirement.capacity, policy }));
const { outcome } = timed('projectPaths, 100 paths', () =>
  projectPaths({ demand, capacity: requirement.capacity, policy }),
);
const totals = totalOutcome(outcome);
console.log(
  `  connection ${connectionRate(totals)}, within ${serviceLevels(totals).ofOffered}, occupancy ${occupancy(outcome)}, blocked ${totals.blocked / totals.offered}`,
);
