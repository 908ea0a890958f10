import { speak } from '../src/words/speak.ts';
import type { PlanDocument } from '../src/contract/documents/plan-document.ts';
import { planWeek } from '../src/planning/plan-week.ts';
import { demoWorkspace } from '../tests/support/demo-workspace.ts';
import { simulateMonitorings } from '../tests/support/simulate-monitorings.ts';

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
const { ports, close } = await demoWorkspace(days);
const band = { band: 'hot', confidence: 0.9, testCalls: 11 } as const;

const { say } = speak('en', 'terminal');

/** The next cheaper plan: the cheapest that reaches the chance which the plan's own notice gives for it. */
const cheaperPlan = (plan: PlanDocument): Promise<PlanDocument> => {
  const said = plan.notices.map(say).join('\n');
  const chance = Number(/next lower target.*lowers the chance to (\d+\.\d)%/.exec(said)?.[1]) / 100;
  return planWeek(ports, { seed: seed ?? 1, ...band, confidence: chance - 0.0005 });
};

try {
  const started = performance.now();
  const plan = await planWeek(ports, { seed: seed ?? 1, ...band });
  console.log(`planned in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const variant of plan.variants)
    console.log(`  ${say(variant.name)}: ${variant.operatorHours} operator-hours before shifts`);
  for (const notice of plan.notices
    .map(say)
    .filter((said) => /test calls|next lower|books|price of/.test(said)))
    console.log(`  ${notice}`);
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
  await close();
}
