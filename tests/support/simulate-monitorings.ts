import { asRates, type BehaviourPaths, type Demand } from '../../src/kernel/hotline.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { bandChances, bandOfCount } from '../../src/monitoring/bands.ts';
import { figuresAtTestTimes, testTimesOf } from '../../src/monitoring/test-times.ts';
import { buildDemand } from '../../src/planning/forecasts/build-demand.ts';
import { forecastWeek } from '../../src/planning/forecasts/forecast-week.ts';
import { lineHistory } from '../../src/planning/history/line-history.ts';
import { loadPlan } from '../../src/planning/operation/stored-plan.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { weekHorizon } from '../../src/planning/operation/week-horizon.ts';
import { projectPaths } from '../../src/queueing/project.ts';

export interface SimulatedMonitorings {
  /** Monitorings that rated the line hot. */
  readonly hot: number;
  /** The same without the luck of single test calls: mean chance of hot over the same demand paths. */
  readonly meanChance: number;
}

/**
 * How often a stored plan is rated hot: each monitoring has a demand path of its own, drawn with another seed than
 * the plan's, and its test calls fall at drawn times; each connects with the chance it has there and then.
 */
export const simulateMonitorings = async (
  ports: Ports,
  plan: PlanDocument,
  asked: { readonly monitorings: number; readonly testCalls: number; readonly seed: number },
): Promise<SimulatedMonitorings> => {
  const { planned } = await loadPlan(ports, plan.id);
  const { models } = planned;
  const { zone, intervalMinutes, greetingSeconds } = models.hotline;
  const week = weekHorizon(plan.week, zone, intervalMinutes);
  const line = await lineHistory(ports, { before: week.firstDate });
  const { history } = line;
  const request = { seed: asked.seed, method: 'auto', pathCount: asked.monitorings } as const;
  const forecast = await forecastWeek(ports, line, week, request);
  const { demand } = buildDemand(models, history, forecast, week);
  const times = testTimesOf(demand.horizon, models.monitor);
  const random = seededRandom(asked.seed, 9);
  let hot = 0;
  let chances = 0;
  for (const future of futuresOf(demand, asked.monitorings)) {
    const { outcome } = projectPaths({ ...planned, demand: future });
    const whole = figuresAtTestTimes(outcome, models.monitor, { greetingSeconds, weights: times });
    chances += bandChances(whole.connectionRate, asked.testCalls, models.monitor.bands).hot;
    let connected = 0;
    for (let call = 0; call < asked.testCalls; call += 1) {
      const weights = new Float64Array(times.length);
      weights[drawn(times, random.uniform())] = 1;
      const { connectionRate } = figuresAtTestTimes(outcome, models.monitor, { greetingSeconds, weights });
      if (random.uniform() < connectionRate) connected += 1;
    }
    if (bandOfCount(connected, asked.testCalls, models.monitor.bands) === 'hot') hot += 1;
  }
  return { hot, meanChance: chances / asked.monitorings };
};

/** The interval in which a share of all test times is reached. */
const drawn = (times: Float64Array, share: number): number => {
  let sum = 0;
  for (const [i, weight] of times.entries()) {
    sum += weight;
    if (share < sum) return i;
  }
  return times.findLastIndex((weight) => weight > 0);
};

/** Each of the demand's futures as a demand of its own; the mean where there are none. */
const futuresOf = (demand: Demand, most: number): Demand[] => {
  const { count } = demand.horizon;
  const paths = Math.min(most, ...demand.queues.map((queue) => queue.pathCount));
  if (paths === 0) return [demand];
  return Array.from({ length: paths }, (_, p) => ({
    ...demand,
    queues: demand.queues.map((queue) => ({
      ...queue,
      ratePaths: asRates(queue.ratePaths.subarray(p * count, (p + 1) * count)),
      pathCount: 1,
      ...(queue.behaviour === undefined ? {} : { behaviour: behaviourOf(queue.behaviour, p) }),
    })),
  }));
};

/** How callers and operators behave in one future. */
const behaviourOf = (behaviour: BehaviourPaths, path: number): BehaviourPaths => ({
  handleTime: behaviour.handleTime.subarray(path, path + 1),
  patience: behaviour.patience.subarray(path, path + 1),
  repeats: behaviour.repeats.subarray(path, path + 1),
});
