import { createParallelMap } from '../src/engine/parallel-map.ts';
import { connectionRate, serviceLevels, totalOutcome, type OutcomeTotals } from '../src/kernel/measures.ts';
import { makePlan } from '../src/planning/week/make-plan.ts';
import { projectPaths } from '../src/queueing/project.ts';
import { simulatePlanOnThreads } from '../src/queueing/simulator/simulate-plan.ts';
import { demoWorkspace } from '../tests/support/demo-workspace.ts';
import { fallenIll, standardError } from '../tests/support/fallen-ill.ts';

/**
 * Does the demo's planned week hold when its operators fall ill by the stated law? Its roster is lived through for many
 * simulated weeks, operator by operator, and held against the projection with absences and with all there.
 *
 * node bench/absent-operators.ts [weeks] [days of history]
 */
const weeks = Number(process.argv[2] ?? 1000);
const parallel = createParallelMap();
const { ports, close } = await demoWorkspace(
  process.argv[3] === undefined ? undefined : Number(process.argv[3]),
  parallel,
);

try {
  const { plan, planned } = await makePlan(ports, { seed: 1 });
  const allThere = {
    ...planned,
    capacity: {
      ...planned.capacity,
      tiers: planned.capacity.tiers.map(({ tier, operators }) => ({ tier, operators })),
    },
  };
  const [drawn, certain] = [projectPaths(planned), projectPaths(allThere)];
  const ill = { ...planned, capacity: fallenIll(plan, planned, weeks, 77) };
  const lived = await simulatePlanOnThreads(ill, { replications: weeks, seed: 5 }, parallel);
  const row = (name: string, measure: (totals: OutcomeTotals) => number, halfWidth: number): void => {
    const [projected, without, simulated] = [drawn.outcome, certain.outcome, lived.outcome].map(
      (outcome) => 100 * measure(totalOutcome(outcome)),
    );
    const error = 100 * Math.hypot(halfWidth / 1.96, standardError(drawn.pathTotals.map(measure)));
    const off = ((projected ?? 0) - (simulated ?? 0)) / error;
    console.log(
      `${name}: projected ${projected?.toFixed(2)} %, simulated ${simulated?.toFixed(2)} %, ${off.toFixed(1)} standard errors of ${error.toFixed(2)} points apart; with all there ${without?.toFixed(2)} %`,
    );
  };
  console.log(`${weeks} weeks of ${plan.id}`);
  row('connection rate', connectionRate, lived.halfWidths.connectionRate);
  row('rate within 15 s', (totals) => serviceLevels(totals).ofOffered, lived.halfWidths.serviceLevel);
} finally {
  await close();
}
