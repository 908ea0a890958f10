import { settleRequirement } from '../src/staffing/settle-requirement.ts';
import type { Capacity } from '../src/kernel/hotline.ts';
import type { Estimate } from '../src/queueing/simulator/plan-rates.ts';
import { simulatePlan, type PlanSimulation } from '../src/queueing/simulator/simulate-plan.ts';
import { operatorHours } from '../src/staffing/require-operators.ts';
import { requireDedicated, pooledRequest } from '../src/staffing/price-variants.ts';
import { requireOperators } from '../src/staffing/require-operators.ts';
import { tierDesigns } from '../tests/support/tier-designs.ts';

/**
 * Mixes of tiers settled by simulation beside the formula's, a line for each queue and one pool: hours,
 * simulated rates under a seed that they were not chosen by, and what taking any one operator of a middle hour
 * away leaves of the worst queue's margin. Run: node bench/tier-mixes.ts [replications] [word of a name ...]
 */
const [replications = '200', ...wanted] = process.argv.slice(2);
const hoursOf = ({ tiers }: Capacity): number =>
  tiers.reduce((sum, { operators }) => sum + operators.reduce((s, n) => s + n, 0), 0);
const busy = 3;

for (const { name, request } of tierDesigns) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const simulate = (capacity: Capacity, seed: number, times = 1): PlanSimulation =>
    simulatePlan(
      { demand: request.demand, capacity, policy: request.policy },
      {
        replications: times * Number(replications),
        seed,
      },
    );
  const margin = ({ queues }: PlanSimulation, interval: number): number =>
    Math.min(
      ...queues.flatMap(({ intervals }) => [
        (intervals.connectionRate[interval]?.[0] ?? 1) - request.targets.connectionRate,
        (intervals.serviceLevel[interval]?.[0] ?? 1) - (request.targets.serviceLevel ?? 0),
      ]),
    );
  const started = process.cpuUsage().user;
  const byFormula = requireOperators(request);
  const { capacity } = await settleRequirement(request, byFormula, (tried) =>
    Promise.resolve(simulate(tried, 1)),
  );
  const seconds = (process.cpuUsage().user - started) / 1e6;
  const dedicated = requireDedicated(request).reduce((sum, own) => sum + operatorHours(own, 60), 0);
  console.log(
    `${name}: settled ${hoursOf(capacity)} h, formula ${hoursOf(byFormula.capacity)}, dedicated ${dedicated}, pooled ${operatorHours(requireOperators({ ...pooledRequest(request), estimate: true }), 60)}; ${seconds.toFixed(0)} s`,
  );
  for (const { queue, connectionRate, serviceLevel } of simulate(capacity, 77, 3).queues) {
    const say = ([rate, width]: Estimate = [Number.NaN, Number.NaN]): string =>
      `${rate.toFixed(4)} ± ${width.toFixed(4)}`;
    console.log(`  ${queue}: connection ${say(connectionRate)}, within ${say(serviceLevel)}`);
  }
  for (const [k, { tier, operators }] of capacity.tiers.entries()) {
    if (operators[busy] === 0) continue;
    const tiers = capacity.tiers.map((own, j) =>
      j === k ? { ...own, operators: own.operators.map((n, i) => (i === busy ? n - 1 : n)) } : own,
    );
    const left = margin(simulate({ ...capacity, tiers }, 77, 3), busy);
    console.log(
      `  without one of ${tier} (${operators[busy]}): margin of the worst queue ${left.toFixed(4)}`,
    );
  }
}
