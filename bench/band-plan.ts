import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanDocument } from '../src/contract/documents/plan-document.ts';
import { createHighsSolver } from '../src/engine/highs-solver.ts';
import { createParallelMap } from '../src/engine/parallel-map.ts';
import { makeDemo } from '../src/planning/make-demo.ts';
import { planWeek } from '../src/planning/plan-week.ts';
import type { Ports } from '../src/planning/ports.ts';
import { createWorkspace } from '../src/store/create-workspace.ts';
import { simulateMonitorings } from '../tests/planning/simulate-monitorings.ts';

/**
 * Does a plan for a band keep its word? `plan --band hot --confidence 0.9 --test-calls 11` on the demo line, then
 * the plan and the next cheaper one are each monitored a thousand times, every time on a demand path of its own
 * (drawn with another seed than the plan's) and with eleven test calls at drawn times.
 *
 * node bench/band-plan.ts [days of history] [monitorings] [seed]
 */

const [days, monitorings, seed] = [process.argv[2], process.argv[3], process.argv[4]].map((word) =>
  word === undefined ? undefined : Number(word),
);
const root = join(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'huawu-band-'));
const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom: join(root, 'models') });
const settings = JSON.parse(await readFile(join(root, 'data/demo.json'), 'utf8')) as object;
await makeDemo(workspace.store, days === undefined ? settings : { ...settings, days });
const solver = createHighsSolver();
const parallel = createParallelMap(1);
const ports: Ports = {
  store: workspace.store,
  models: workspace.models,
  solver,
  parallel,
  nowMillis: Date.UTC(2026, 10, 23),
  progress: () => undefined,
  shouldStop: () => false,
  saveHotline: () => Promise.resolve(),
};
const band = { band: 'hot', confidence: 0.9, testCalls: 11 } as const;

/** The next cheaper plan: the cheapest that reaches the chance which the plan's own notice gives for it. */
const cheaperPlan = (plan: PlanDocument): Promise<PlanDocument> => {
  const said = plan.notices.map((notice) => notice.en).join('\n');
  const chance = Number(/next lower target.*lowers the chance to (\d+\.\d)%/.exec(said)?.[1]) / 100;
  return planWeek(ports, { seed: seed ?? 1, band: { ...band, confidence: chance - 0.0005 } });
};

try {
  const started = performance.now();
  const plan = await planWeek(ports, { seed: seed ?? 1, band });
  console.log(`planned in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const variant of plan.variants)
    console.log(`  ${variant.name.en}: ${variant.operatorHours} operator-hours before shifts`);
  for (const notice of plan.notices.filter((said) => /test calls|next lower|books|price of/.test(said.en)))
    console.log(`  ${notice.en}`);
  const asked = { monitorings: monitorings ?? 1000, testCalls: 11, seed: 1_000_003 };
  const tell = async (name: string, made: PlanDocument): Promise<void> => {
    const { hot, meanChance } = await simulateMonitorings(ports, made, asked);
    const { total, monitoring } = made;
    console.log(
      `${name}: ${total.scheduledOperatorHours.toFixed(0)} operator-hours, chance of hot as planned ${monitoring.bandChances.hot.toFixed(3)}, hot in ${hot} of ${asked.monitorings} simulated monitorings (mean chance over their demand paths ${meanChance.toFixed(4)})`,
    );
  };
  await tell('plan', plan);
  await tell('next cheaper plan', await cheaperPlan(plan));
} finally {
  await solver.close();
  await parallel.close();
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
}
